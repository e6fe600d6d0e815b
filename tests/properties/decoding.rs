//! What holds for any bytes that are decoded as a message: the crate reads them as the interpreter of the message's
//! description does, and all entry points agree with one another.

use offline_push::json::{DecodeError, DecodeErrorKind};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::de::IgnoredAny;

use crate::common::interpreter::{Input, Verdict, interpret};
use crate::common::{Kind, first_difference, may_be_first_not_utf8, mended};

/// All entry points agree, and do with the document what the interpreter says.
pub(crate) fn is_read_as_interpreted(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
    is_read_alike_everywhere(kind, bytes)?;
    let Ok(document) = str::from_utf8(bytes) else { return Ok(()) };
    let (decoded, read_only) = (kind.in_place(bytes), (kind.from_str)(document));
    for (input, decoded) in [(Input::Writable, &decoded), (Input::ReadOnly, &read_only)] {
        let agreed = match (interpret(kind.description, document, input), decoded) {
            (Verdict::NotJson, Err(error)) => is_at_the_first_bad_byte(document, *error),
            (verdict, decoded) => agrees(&verdict, decoded),
        };
        if let Err(reason) = agreed {
            let about = format!("{} from {input:?} input: {reason}\nin {document}", kind.name);
            return Err(TestCaseError::fail(about));
        }
    }
    // What was read and written is read again as the same.
    if let Ok(canonical) = decoded {
        prop_assert_eq!(kind.in_place(canonical.as_bytes()), Ok(canonical), "{} {}", kind.name, document);
    }
    Ok(())
}

/// Whether the crate did what the interpreter says. If not, the error is the first difference.
fn agrees(verdict: &Verdict, decoded: &Result<String, DecodeError>) -> Result<(), String> {
    match (verdict, decoded) {
        (Verdict::Reads(expected), Ok(text)) if expected == text => Ok(()),
        (Verdict::Reads(expected), Ok(text)) => {
            Err(format!("{} (left: crate, right: interpreter)", first_difference(text, expected)))
        }
        (Verdict::Reads(expected), Err(error)) => {
            Err(format!("the crate refuses it ({error}), not reading {expected}"))
        }
        (Verdict::Refused(fault), Err(error)) if *fault == (*error).into() => Ok(()),
        (verdict, Err(error)) => Err(format!("the crate says {error:?}, the interpreter {verdict:?}")),
        (verdict, Ok(text)) => Err(format!("the crate reads {text}, the interpreter says {verdict:?}")),
    }
}

/// Whether the error of a document that is not JSON is at the first wrong byte: no JSON begins with the bytes up to and including this
/// one. A fault of another kind may come before it.
fn is_at_the_first_bad_byte(document: &str, error: DecodeError) -> Result<(), String> {
    use DecodeErrorKind::{
        ControlCharacter, EndOfInput, InvalidEscape, InvalidNumber, TrailingText, UnexpectedByte,
    };

    let bytes = mended(document.as_bytes());
    let parses = |bytes: &[u8]| match serde_json::from_slice::<IgnoredAny>(bytes) {
        Ok(_) => true,
        Err(error) => error.is_eof(),
    };
    // For a number that ends too early, `serde_json` has another error.
    let is_within_number = |start: &[u8]| start.last().is_some_and(|last| b"-+.eE".contains(last));
    let begins_json =
        |start: &[u8]| parses(start) || (is_within_number(start) && parses(&[start, b"0"].concat()));
    let (mut good, mut bad) = (0, bytes.len() + 1);
    while bad - good > 1 {
        let middle = good.midpoint(bad);
        *(if begins_json(&bytes[..middle]) { &mut good } else { &mut bad }) = middle;
    }
    let bad = good;
    let at = error.offset();
    let right = match error.kind() {
        EndOfInput => bad == bytes.len() && at == bad,
        ControlCharacter => at == bad && bytes.get(bad).is_some_and(|byte| *byte < b' '),
        UnexpectedByte | InvalidNumber | TrailingText => at == bad && bad < bytes.len(),
        // The error is at the backslash, but `serde_json` looks at four digits at once.
        InvalidEscape => at < bad && bad <= at + 6 && bytes[at] == b'\\',
        _ => at <= bad,
    };
    if right { Ok(()) } else { Err(format!("the crate says {error:?}, the first bad byte is {bad}")) }
}

/// All functions that decode a kind of message say the same about the bytes.
pub(crate) fn is_read_alike_everywhere(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
    let name = kind.name;
    let in_place = kind.in_place(bytes);
    prop_assert_eq!(&in_place, &kind.escaped(bytes), "{}", name);
    if let Err(error) = &in_place {
        prop_assert_ne!(error.kind(), DecodeErrorKind::EscapedText, "{}", name);
        prop_assert!(error.offset() <= bytes.len(), "{}", name);
    }
    prefix_in_place_agrees(kind, bytes, &in_place)?;
    let from_slice = (kind.from_slice)(bytes);
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(not_utf8) => {
            let error = from_slice.unwrap_err();
            prop_assert_eq!(
                (error.kind(), error.offset()),
                (DecodeErrorKind::NotUtf8, not_utf8.valid_up_to())
            );
            let error = in_place.unwrap_err();
            prop_assert_eq!(
                (error.kind(), error.field(), error.index()),
                (DecodeErrorKind::NotUtf8, None, None)
            );
            prop_assert!(may_be_first_not_utf8(bytes, error.offset()), "{} {}", name, error);
            return Ok(());
        }
    };
    let from_str = (kind.from_str)(text);
    prop_assert_eq!(&from_str, &from_slice, "{}", name);
    match &from_str {
        // Only read-only input is refused with this error, and only for an escape.
        Err(error) if error.kind() == DecodeErrorKind::EscapedText => {
            prop_assert_eq!(bytes.get(error.offset()), Some(&b'\\'), "{}", name);
        }
        _ => prop_assert_eq!(&from_str, &in_place, "{}", name),
    }
    let from_prefix = (kind.from_prefix)(text);
    prop_assert_eq!(&from_prefix, &(kind.from_prefix_slice)(bytes), "{}", name);
    match (&from_str, from_prefix) {
        (Ok(whole), Ok((message, rest))) => {
            prop_assert_eq!(whole, &message, "{}", name);
            let rest = &text[text.len() - rest..];
            prop_assert!(rest.bytes().all(|byte| b" \t\r\n".contains(&byte)), "{} {:?}", name, rest);
        }
        (Err(error), Ok((message, rest))) => {
            prop_assert_eq!(error.kind(), DecodeErrorKind::TrailingText, "{}", name);
            prop_assert!(error.offset() >= bytes.len() - rest, "{} {}", name, error);
            prop_assert_eq!((kind.from_str)(&text[..text.len() - rest]), Ok(message), "{}", name);
        }
        (from_str, Err(error)) => prop_assert_eq!(from_str.as_ref().err(), Some(&error), "{}", name),
    }
    Ok(())
}

/// The message at the start of a buffer is what the bytes up to the rest decode to, and the rest is as it was.
fn prefix_in_place_agrees(kind: &Kind, bytes: &[u8], whole: &Result<String, DecodeError>) -> TestCaseResult {
    match ((kind.from_prefix_in_place)(bytes), whole) {
        (Ok((message, rest)), whole) => {
            prop_assert!(bytes.ends_with(&rest), "{} {}", kind.name, rest.escape_ascii());
            let end = bytes.len() - rest.len();
            prop_assert_eq!(kind.in_place(&bytes[..end]), Ok(message.clone()), "{}", kind.name);
            let only_space = rest.iter().all(|byte| b" \t\r\n".contains(byte));
            prop_assert_eq!(whole.as_ref().ok(), Some(&message).filter(|_| only_space), "{}", kind.name);
        }
        // Bytes behind the fault that are not UTF-8 do not belong to this message.
        (Err(error), Err(whole)) => {
            prop_assert!(
                error == *whole || whole.kind() == DecodeErrorKind::NotUtf8,
                "{} {}",
                kind.name,
                error
            );
        }
        (Err(error), Ok(_)) => prop_assert!(false, "{} {}", kind.name, error),
    }
    Ok(())
}
