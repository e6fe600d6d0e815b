//! Input that ends too early: every proper prefix of every sample is an error, and never a message.

use crate::common::fixtures::{self, Outcome, SAMPLES};
use crate::common::{Decoded, Kind, kind};
use offline_push::json::{DecodeError, DecodeErrorKind, Members, Raw};

/// The samples that are messages, without the white space around them, and with their text escaped, too.
fn messages() -> Vec<(&'static Kind, String)> {
    let mut messages = Vec::new();
    for sample in SAMPLES {
        if matches!(sample.outcome, Outcome::Same(_)) {
            let text = fixtures::read(sample.file).trim().to_owned();
            messages.push((kind(sample.kind), escaped(&text)));
            messages.push((kind(sample.kind), text));
        }
    }
    messages
}

/// The same JSON with an escape for each character that is not ASCII, and for each `t` in a string.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut inside = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        inside ^= character == '"';
        if character == '\\' {
            escaped.push(character);
            escaped.extend(characters.next());
        } else if inside && (character == 't' || !character.is_ascii()) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

fn error(outcome: Decoded, prefix: &[u8]) -> DecodeError {
    outcome.expect_err(&format!("no message in {}", String::from_utf8_lossy(prefix)))
}

#[test]
fn the_samples_themselves_are_messages() {
    for (kind, text) in messages() {
        let decoded = kind.in_place(text.as_bytes());
        assert!(decoded.is_ok(), "{decoded:?} from {text}");
    }
}

#[test]
fn in_place_a_prefix_ends_too_early() {
    for (kind, text) in messages() {
        for end in 0..text.len() {
            let prefix = &text.as_bytes()[..end];
            for outcome in [kind.in_place(prefix), kind.escaped(prefix)] {
                let error = error(outcome, prefix);
                if text.is_char_boundary(end) {
                    assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::EndOfInput, end), "{error}");
                } else {
                    let cut = matches!(error.kind(), DecodeErrorKind::EndOfInput | DecodeErrorKind::NotUtf8);
                    assert!(cut, "{error}");
                }
            }
        }
    }
}

#[test]
fn in_read_only_text_a_prefix_ends_too_early() {
    for (kind, text) in messages() {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let prefix = &text[..end];
            let from_prefix = (kind.from_prefix)(prefix).map(|(message, _)| message);
            for outcome in [(kind.from_str)(prefix), (kind.from_slice)(prefix.as_bytes()), from_prefix] {
                let error = error(outcome, prefix.as_bytes());
                match error.kind() {
                    DecodeErrorKind::EndOfInput => assert_eq!(error.offset(), end),
                    // An escape that came before the end.
                    kind => assert_eq!(kind, DecodeErrorKind::EscapedText),
                }
            }
        }
    }
}

#[test]
fn a_prefix_that_ends_inside_a_character_is_not_utf8() {
    for (kind, text) in messages() {
        for end in (0..text.len()).filter(|end| !text.is_char_boundary(*end)) {
            let prefix = &text.as_bytes()[..end];
            let error = error((kind.from_slice)(prefix), prefix);
            let start = (0..end).rfind(|start| text.is_char_boundary(*start));
            assert_eq!((error.kind(), Some(error.offset())), (DecodeErrorKind::NotUtf8, start));
        }
    }
}

#[test]
fn a_prefix_of_a_raw_value_is_none() {
    for (_, text) in messages() {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let errors = [Raw::new(&text[..end]).map(|_| ()), Members::new(&text[..end]).map(|_| ())];
            for error in errors.map(Result::unwrap_err) {
                assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::EndOfInput, end));
            }
        }
    }
}
