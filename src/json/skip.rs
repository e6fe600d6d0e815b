//! Passing values over that nobody asked for: checked like any other, without recursion.

use super::error::DecodeErrorKind;
use super::escape;
use super::reader::{MAX_DEPTH, Reader};
use super::scan;

impl Reader<'_> {
    /// A string, checked and passed.
    fn skip_string(&mut self) -> Option<()> {
        let mut end = scan::special_from(self.bytes, self.pos + 1);
        loop {
            match self.byte(end) {
                Some(b'"') => break,
                Some(b'\\') => match escape::check(self.bytes, end) {
                    Ok(next) => end = scan::special_from(self.bytes, next),
                    Err((kind, at)) => return self.fail(kind, at),
                },
                Some(_) => return self.fail(DecodeErrorKind::ControlCharacter, end),
                None => return self.fail(DecodeErrorKind::EndOfInput, end),
            }
        }
        self.pos = end + 1;
        Some(())
    }

    /// Any value, checked and passed without recursion: one bit a level says whether it is an object.
    #[inline(never)]
    pub(crate) fn skip(&mut self) -> Option<()> {
        let mut depth = 0;
        let mut objects = 0u32;
        loop {
            let mut opened = false;
            match self.here() {
                Some(b'"') => self.skip_string()?,
                Some(b'{' | b'[') => opened = true,
                Some(b't') => self.literal(b"true")?,
                Some(b'f') => self.literal(b"false")?,
                Some(b'n') => self.literal(b"null")?,
                Some(b'-' | b'0'..=b'9') => self.skip_number()?,
                _ => return self.unexpected(self.pos),
            }
            if opened {
                if depth == MAX_DEPTH {
                    return self.fail(DecodeErrorKind::TooDeep, self.pos);
                }
                let object = self.byte(self.pos) == Some(b'{');
                depth += 1;
                objects = objects << 1 | u32::from(object);
                let (open, close) = if object { (b'{', b'}') } else { (b'[', b']') };
                if self.open(open, close)? {
                    if object {
                        self.key_span()?;
                    }
                    continue;
                }
                depth -= 1;
                objects >>= 1;
            }
            // Behind a value: up, as long as containers end here.
            loop {
                if depth == 0 {
                    return Some(());
                }
                let object = objects & 1 == 1;
                if self.more(if object { b'}' } else { b']' })? {
                    if object {
                        self.key_span()?;
                    }
                    break;
                }
                depth -= 1;
                objects >>= 1;
            }
        }
    }

    /// Any key and its colon; the span of the key as it is written.
    pub(super) fn key_span(&mut self) -> Option<(usize, usize)> {
        if self.here() != Some(b'"') {
            return self.unexpected(self.pos);
        }
        let start = self.pos + 1;
        self.skip_string()?;
        let end = self.pos - 1;
        self.colon()?;
        Some((start, end))
    }
}
