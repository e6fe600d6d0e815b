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
            match self.here() {
                open @ (b'{' | b'[') => {
                    if depth == MAX_DEPTH {
                        return self.fail(DecodeErrorKind::TooDeep, self.pos);
                    }
                    let object = open == b'{';
                    if self.open(open, closing(object))? {
                        depth += 1;
                        objects = objects << 1 | u32::from(object);
                        if object {
                            self.any_key()?;
                        }
                        continue;
                    }
                }
                b't' => self.literal(b"true")?,
                b'f' => self.literal(b"false")?,
                b'n' => self.literal(b"null")?,
                b'-' | b'0'..=b'9' => self.skip_number()?,
                _ if self.at_text() => self.string(false)?,
                _ => return self.unexpected(self.pos),
            }
            // Behind a value: up, as long as containers end here.
            loop {
                if depth == 0 {
                    return Some(());
                }
                let object = objects & 1 == 1;
                if self.more(closing(object))? {
                    if object {
                        self.any_key()?;
                    }
                    break;
                }
                depth -= 1;
                objects >>= 1;
            }
        }
    }
}

/// What ends an object or a list.
const fn closing(object: bool) -> u8 {
    if object { b'}' } else { b']' }
}
