//! Bytes that are not UTF-8, and bytes that could be taken for the traces of resolving escapes in place.

use offline_push::json::DecodeErrorKind::{NotUtf8, UnexpectedByte};

use crate::common::{kind, may_be_first_not_utf8};
use crate::strict::harness::{
    ESCAPED_SIBLING, IN_TEXT, IN_UNREAD, INTEGER, Place, with_escape_before, with_escape_behind,
};

const NOT_UTF8: &[&[u8]] = &[
    b"\x80",                     // A continuation alone,
    b"\xbf",                     // the last of them.
    b"\xc0\x80",                 // Overlong: NUL,
    b"\xc1\xbf",                 // two bytes,
    b"\xe0\x80\x80",             // three bytes,
    b"\xe0\x9f\xbf",             //
    b"\xf0\x80\x80\x80",         // four bytes.
    b"\xf0\x8f\xbf\xbf",         //
    b"\xed\xa0\x80",             // Surrogates: the first,
    b"\xed\xbf\xbf",             // the last,
    b"\xed\xa0\xbd\xed\xb8\x80", // a pair of them.
    b"\xf4\x90\x80\x80",         // Beyond U+10FFFF.
    b"\xf5\x80\x80\x80",         //
    b"\xf8\x88\x80\x80\x80",     // Five bytes.
    b"\xc3",                     // Cut short, before the quote,
    b"\xe4\xbd",                 //
    b"\xf0\x9f\x98",             //
    b"\xe4\xbdx",                // and before a letter.
    b"\xfe",                     // In no UTF-8 text at all.
    b"\xff",
    b"\xff\xfe",
];

/// `from_slice` checks all bytes before it reads: it knows no field.
fn refused_by_from_slice(bytes: &[u8], offset: usize) {
    let error = (kind("vivo.send").from_slice)(bytes).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (NotUtf8, offset), "{:?}", String::from_utf8_lossy(bytes));
    assert_eq!((error.field(), error.index()), (None, None));
}

/// In place, bytes behind an escape of the same string may be in front of that by what the escape has freed.
fn refused_in_place(bytes: &[u8], offset: usize) {
    for outcome in [kind("vivo.send").in_place(bytes), kind("vivo.send").escaped(bytes)] {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.field(), error.index()), (NotUtf8, None, None));
        let here = error.offset() == offset || may_be_first_not_utf8(bytes, error.offset());
        assert!(here, "{error}, not {offset}: {:?}", String::from_utf8_lossy(bytes));
    }
}

fn refused(place: &Place, inserted: &[u8], at: usize) {
    let (bytes, offset) = place.with(inserted);
    refused_by_from_slice(&bytes, offset + at);
    refused_in_place(&bytes, offset + at);
    let bytes = with_escape_before(&bytes);
    refused_in_place(&bytes, ESCAPED_SIBLING.len() + offset + at);
    let (bytes, offset) = place.with(inserted);
    refused_in_place(&with_escape_behind(&bytes), offset + at);
}

#[test]
fn bytes_that_are_not_utf8_are_refused_in_every_string() {
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        for before in ["", "今晚", "seven o'clock, at the old place"] {
            for bad in NOT_UTF8 {
                refused(place, &[before.as_bytes(), bad].concat(), before.len());
            }
        }
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused_before_and_behind_an_escape() {
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        for bad in NOT_UTF8 {
            refused(place, &[br"a\n", *bad].concat(), 3);
            refused(place, &[br"a\u4e0d\ud83d\ude00", *bad, br"\n"].concat(), 19);
            refused(place, &[b"a", *bad, br"\u0041"].concat(), 1);
        }
    }
}

/// Two halves of a character do not meet because the escape between them is resolved.
#[test]
fn escapes_do_not_mend_what_is_not_utf8() {
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        for halves in [&b"\xe4\\n\xbd\xa0"[..], b"\xe4\\u00bd\xa0", b"\xf0\x9f\\/\x98\x80", b"\xc3\\u0080"] {
            refused(place, halves, 0);
        }
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused_in_a_number_sent_as_a_string() {
    for place in INTEGER {
        refused(place, b"\"1\x80\"", 2);
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused_between_tokens() {
    let message = br#"{"title":"t","new":["x"],"content":"c","requestId":"r","clientCustomMap":{"k":"v"}} "#;
    for at in [0, 1, 9, 12, 18, 19, 20, 23, 24, 25, message.len() - 3, message.len() - 2, message.len()] {
        for bad in NOT_UTF8 {
            let (before, after) = message.split_at(at);
            let bytes = [before, bad, after].concat();
            refused_by_from_slice(&bytes, at);
            refused_in_place(&bytes, at);
        }
    }
}

/// Bytes that no JSON holds outside of a string, white space excepted: free for an in-place decoder to mark what it
/// did, as long as it tells its own marks from the sender's.
fn marks() -> impl Iterator<Item = u8> {
    (0..b' ').filter(|byte| !b"\t\n\r".contains(byte)).chain([0x7f, 0xfe, 0xff])
}

/// In place of its quotes, a string gets something else.
fn forge(place: &Place, inside: &str, open: &[u8], close: &[u8]) -> (Vec<u8>, usize) {
    let (bytes, offset) = place.with(inside);
    let opening = bytes[..offset].iter().rposition(|byte| *byte == b'"').unwrap();
    let closing = offset + inside.len();
    assert_eq!(bytes[closing], b'"');
    ([&bytes[..opening], open, &bytes[opening + 1..closing], close, &bytes[closing + 1..]].concat(), opening)
}

/// Refused at the forged quote, with and without escapes in the message.
fn refused_as_forged(bytes: &[u8], at: usize) {
    let (before, behind) = (with_escape_before(bytes), with_escape_behind(bytes));
    for (bytes, at) in [(bytes, at), (&before, ESCAPED_SIBLING.len() + at), (&behind, at)] {
        for outcome in [kind("vivo.send").in_place(bytes), kind("vivo.send").escaped(bytes)] {
            let error = outcome.unwrap_err();
            assert!(matches!(error.kind(), NotUtf8 | UnexpectedByte), "{error}");
            assert_eq!(error.offset(), at, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}

#[test]
fn no_byte_stands_for_a_quote() {
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        for mark in marks() {
            for fill in [&[mark][..], &[mark, mark], &[mark, mark, mark, mark, mark, mark]] {
                let (bytes, at) = forge(place, "forged", &[mark], fill);
                refused_as_forged(&bytes, at);
            }
            // With a length in front.
            let (bytes, at) = forge(place, "0000000000000006forged", &[mark], &[mark]);
            refused_as_forged(&bytes, at);
        }
    }
}

#[test]
fn no_byte_goes_unnoticed_behind_a_string_with_escapes() {
    for place in &IN_TEXT[..5] {
        for mark in marks() {
            for fill in [&[mark][..], &[mark, mark, mark]] {
                for inside in [r"a\n", r"a\u0000", r"\u0000\u0001\u0002\u0003\u007f"] {
                    let (bytes, at) = forge(place, inside, b"\"", &[b"\"", fill].concat());
                    refused_as_forged(&bytes, at + inside.len() + 2);
                }
            }
        }
    }
}
