//! Strings in a buffer that the small decoder may write to.

use super::bytes::store;
use super::error::DecodeErrorKind;
use super::escape;
use super::reader::Reader;
use super::source::Source;
use crate::work::looked_at;

/// Passes a string of a buffer. If it is text, its escapes are resolved.
#[inline(never)]
pub(super) fn pass_in_buffer(reader: &mut Reader<'_>, text: bool) -> Option<()> {
    if reader.here() != b'"' {
        return reader.wrong_type();
    }
    let Source::Buffer(bytes) = &mut reader.source else { return None };
    let open = reader.pos;
    // What is no text is not written: behind the end.
    let (mut from, mut to) = (open + 1, if text { open + 1 } else { bytes.len() });
    // The first half of a pair, which waits for the second.
    let mut high = 0;
    let fault = loop {
        let Some(&byte) = bytes.get(from) else { break Some(DecodeErrorKind::EndOfInput) };
        looked_at!(1);
        let mut code = u32::from(byte);
        let mut length = 1;
        if byte == b'\\' {
            let unit = escape::unit(bytes, from);
            let Some(read) = unit.code() else {
                if unit.ends(bytes) {
                    from = bytes.len();
                    break Some(DecodeErrorKind::EndOfInput);
                }
                break Some(DecodeErrorKind::InvalidEscape);
            };
            (code, length) = read;
        } else if high == 0 {
            if byte == b'"' {
                break None;
            }
            if byte < 0x20 {
                break Some(DecodeErrorKind::ControlCharacter);
            }
            store(bytes, to, [byte]);
            (from, to) = (from + 1, to + 1);
            continue;
        }
        if escape::is_second(code) != (high != 0) {
            from -= if high != 0 { 6 } else { 0 };
            break Some(DecodeErrorKind::LoneSurrogate);
        }
        from += length;
        if high != 0 {
            code = escape::pair(high, code);
            high = 0;
        } else if escape::is_half(code) {
            high = code;
            continue;
        }
        let (mut up, lead) = escape::lead(code);
        let mut next = lead | code >> up;
        loop {
            store(bytes, to, [next as u8]);
            to += 1;
            if up == 0 {
                break;
            }
            up -= 6;
            next = 0x80 | code >> up & 0x3f;
        }
    };
    if let Some(kind) = fault {
        return reader.fail(kind, from);
    }
    // Nothing that continues it, if it is a number.
    store(bytes, to, [b'"']);
    let escaped = to < from;
    if let (Some(mark), true) = (reader.keeps, escaped) {
        mark(bytes, open, to, from + 1);
    }
    (reader.start, reader.end) = (open + 1, to);
    reader.pos = from + 1;
    Some(())
}
