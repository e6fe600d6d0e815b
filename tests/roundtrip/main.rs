//! Random messages, there and back: through the codec, against `serde_json`, and in serde's formats.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

mod open;
mod plain;
mod rest;

use common::mirror::{Mirror, messages as mirror};
use common::strategies;
use common::{ROOM, kind, value};
use offline_push::json::{self, Encode, EncodeError, MAX_OWNED_PAIRS, Members, Message, Owned, Raw};
use offline_push::vivo;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;
use serde_json::Value;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// Longer than most of them.
const VEC: usize = 1024;

/// The encoded message; on the way, all ways to encode say the same.
fn encoded<T: Encode>(model: &T) -> Result<String, TestCaseError> {
    let length = json::encoded_len(model);
    let mut exact = vec![0; length];
    let written = json::to_slice(model, &mut exact).map(|written| written.to_vec());
    prop_assert_eq!(written.as_ref().map(Vec::len), Ok(length));
    let written = written.unwrap();

    let mut roomy = vec![0xee; length + 40];
    prop_assert_eq!(json::to_slice(model, &mut roomy).map(|written| &*written), Ok(written.as_slice()));
    let text = json::to_str(model, &mut roomy).unwrap().to_owned();
    prop_assert_eq!(text.as_bytes(), &written);
    let full = EncodeError::BufferFull { needed: length };
    let expected = if length <= VEC { Ok(text.clone().into_bytes()) } else { Err(full) };
    prop_assert_eq!(json::to_vec::<_, VEC>(model).map(|written| written.to_vec()), expected);
    Ok(text)
}

/// A buffer of any length below the needed one names that, and a longer one then takes the message.
fn names_the_needed_length<T: Encode>(model: &T) -> TestCaseResult {
    let needed = json::encoded_len(model);
    let full = Err(EncodeError::BufferFull { needed });
    let mut buffer = vec![0; needed];
    for length in 0..needed {
        prop_assert_eq!(json::to_slice(model, &mut buffer[..length]).map(|written| written.len()), full);
    }
    prop_assert_eq!(json::to_str(model, &mut buffer[..needed - 1]).map(str::len), full);
    prop_assert_eq!(json::to_vec::<_, 1>(model).map(|written| written.len()), full);
    prop_assert_eq!(json::to_slice(model, &mut buffer).map(|written| written.len()), Ok(needed));
    Ok(())
}

/// The message after it has crossed a channel to another thread, where it is looked at, and back.
fn crossed<M: Message>(model: &M::Of<'_>) -> Result<Box<Owned<M, ROOM>>, TestCaseError> {
    let owned = Box::new(Owned::<M, ROOM>::new(model)?);
    let (to, there) = std::sync::mpsc::channel();
    let (back, from) = std::sync::mpsc::channel();
    let other = std::thread::spawn(move || {
        let owned: Box<Owned<M, ROOM>> = there.recv().unwrap();
        let seen = common::encoded(&owned.get());
        back.send((owned, seen)).unwrap();
    });
    to.send(owned).unwrap();
    let (owned, seen) = from.recv().unwrap();
    other.join().unwrap();
    prop_assert_eq!(&common::encoded(&owned.get()), &seen, "the view is the same whenever it is taken");
    prop_assert!(json::encoded_len(&*owned) <= json::encoded_len(model));
    // What is sent on is all of it, down to members that the view does not have.
    prop_assert_eq!(value(&common::encoded(&*owned)), value(&common::encoded(model)));
    prop_assert_eq!(&owned, &owned.clone());
    Ok(owned)
}

/// `serde_json` writes the same bytes; only raw values may be spelled in another way.
fn serde_writes_the_same<T: Serialize>(model: &T, text: &str, has_raw: bool) -> TestCaseResult {
    let written = serde_json::to_string(model).unwrap();
    if has_raw {
        prop_assert!(same(&value(&written), &value(text)), "{} for {}", written, text);
    } else {
        prop_assert_eq!(&written, text);
    }
    Ok(())
}

/// True for equal values; `serde_json` reads a float to within its last digit.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            let (exact, left, right) = (left == right, left.as_f64().unwrap(), right.as_f64().unwrap());
            exact || (left - right).abs() <= 1e-15 * left.abs()
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

fn postcard<T: Serialize>(model: &T) -> Vec<u8> {
    let mut buffer = vec![0; ROOM];
    postcard::to_slice(model, &mut buffer).unwrap().to_vec()
}

/// True if the encoded message holds a raw value. In text the quotes would have backslashes.
fn has_raw(text: &str) -> bool {
    text.contains(r#","customData":"#) || text.contains(r#"{"customData":"#)
}

#[test]
fn an_escape_is_written_wherever_in_the_text_it_stands() {
    for length in 0..70 {
        for at in 0..length {
            for special in ["\"", "\\", "\n", "\0", "\u{1f}", "\u{7f}", "é"] {
                let text = format!("{}{special}{}", "x".repeat(at), "y".repeat(length - at - 1));
                let expected = format!(
                    r#"{{"title":{0},"content":{0},"requestId":"r"}}"#,
                    serde_json::to_string(&text).unwrap()
                );
                let push = vivo::Notification::new(&text, &text, "r");
                let mut buffer = vec![0; expected.len()];
                assert_eq!(json::to_str(&push, &mut buffer), Ok(expected.as_str()));
            }
        }
    }
}
