//! Passing values over that nobody asked for: checked like any other, without recursion.

use super::error::DecodeErrorKind;
use super::reader::{MAX_DEPTH, Reader};

impl Reader<'_> {
    /// Any value, checked and passed without recursion: one bit a level says whether it is an object.
    #[inline(never)]
    pub(crate) fn skip(&mut self) -> Option<()> {
        let mut depth = 0;
        let mut objects = 0u32;
        loop {
            let open = self.here();
            let mut more = false;
            if open == b'{' || open == b'[' {
                if depth == MAX_DEPTH {
                    return self.fail(DecodeErrorKind::TooDeep, self.pos);
                }
                let object = open == b'{';
                more = self.open(open, closing(object))?;
                if more {
                    depth += 1;
                    objects = objects << 1 | u32::from(object);
                }
            } else if self.at_number() {
                self.skip_number()?;
            } else if matches!(open, b't' | b'f' | b'n') {
                self.word()?;
            } else {
                self.string(false)?;
            }
            // Behind a value: up, as long as containers end here.
            while !more {
                if depth == 0 {
                    return Some(());
                }
                more = self.more(closing(objects & 1 == 1))?;
                if !more {
                    depth -= 1;
                    objects >>= 1;
                }
            }
            if objects & 1 == 1 {
                self.any_key(false)?;
            }
        }
    }
}

/// What ends an object or a list.
const fn closing(object: bool) -> u8 {
    if object { b'}' } else { b']' }
}
