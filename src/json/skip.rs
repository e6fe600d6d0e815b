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
            let first = self.here();
            let mut more = false;
            if matches!(first, b'{' | b'[') {
                if depth == MAX_DEPTH {
                    return self.fail(DecodeErrorKind::TooDeep, self.pos);
                }
                depth += 1;
                objects = objects << 1 | u32::from(first == b'{');
                self.pos += 1;
                self.pass_space();
                more = self.here() != closing(objects);
            } else if self.at_number() {
                self.number()?;
            } else if first.is_ascii_lowercase() {
                self.word()?;
            } else {
                self.string(false)?;
            }
            // Behind a value: up, as long as containers end here.
            while !more {
                if depth == 0 {
                    return Some(());
                }
                more = self.more(closing(objects))?;
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

/// What ends the innermost container.
const fn closing(objects: u32) -> u8 {
    // They differ in one bit.
    b']' | (objects as u8 & 1) << 5
}
