//! What holds for any model: all ways to encode it write the same, serde writes the same, and the crate reads what was written as the
//! interpreter of the model's description does.

use offline_push::json::description::Type;
use offline_push::json::{self, Encode, EncodeError};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;
use serde_json::Value;

use crate::common::interpreter::{Input, Verdict, interpret};
use crate::common::{Kind, first_difference, in_pieces, mended};

/// Longer than most of them.
const VEC: usize = 1024;

/// The encoded message. Checks that all ways to encode write the same.
pub(crate) fn encoded<T: Encode>(model: &T) -> Result<String, TestCaseError> {
    let length = json::encoded_len(model);
    let mut exact = vec![0; length];
    let written = json::to_slice(model, &mut exact).map(|written| written.to_vec());
    prop_assert_eq!(written.as_ref().map(Vec::len), Ok(length));
    let written = written.unwrap();

    let mut roomy = vec![0xee; length + 40];
    prop_assert_eq!(json::to_slice(model, &mut roomy).map(|written| &*written), Ok(written.as_slice()));
    let text = json::to_str(model, &mut roomy).unwrap().to_owned();
    prop_assert_eq!(text.as_bytes(), &written);
    for part in [1, 7, 1 + length % 61] {
        prop_assert_eq!(in_pieces(model, part), written.as_slice(), "{} in pieces of {}", text, part);
    }
    let full = EncodeError::BufferFull(offline_push::BufferFull { needed: length });
    let expected = if length <= VEC { Ok(text.clone().into_bytes()) } else { Err(full) };
    prop_assert_eq!(json::to_heapless_vec::<_, VEC>(model).map(|written| written.to_vec()), expected);
    Ok(text)
}

/// `serde_json` writes the same bytes; only raw values may be spelled in another way.
fn serde_writes_the_same<T: Serialize>(kind: &Kind, model: &T, text: &str) -> TestCaseResult {
    // `serde_json` has no value for numbers beyond all floats, which a raw value may hold.
    let Ok(theirs) = serde_json::from_slice::<Value>(&mended(text.as_bytes())) else { return Ok(()) };
    let written = serde_json::to_string(model).unwrap();
    let alike = written == text
        || (has_raw(kind.description) && same(&serde_json::from_str(&written).unwrap(), &theirs));
    prop_assert!(alike, "{}: {} (left: serde) in {}", kind.name, first_difference(&written, text), text);
    Ok(())
}

/// Whether it may hold raw values or members that no model knows.
fn has_raw(value: &Type) -> bool {
    match value {
        Type::Raw | Type::Map | Type::Tagged(_) => true,
        Type::Object(object) => object.extensible || object.fields.iter().any(|field| has_raw(field.value)),
        Type::List(inner) | Type::Keyed(inner) => has_raw(inner),
        Type::Text | Type::Integer { .. } | Type::Boolean => false,
    }
}

/// True for equal values; `serde_json` reads a float to within its last digit.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
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

/// The crate and serde write the model as the same JSON, which is read as it should be.
pub(crate) fn comes_back<T: Encode + Serialize>(kind: &Kind, model: &T) -> TestCaseResult {
    let mut buffer = vec![0; json::encoded_len(model)];
    if let Err(EncodeError::NotUtf8 { field }) = json::to_slice(model, &mut buffer) {
        prop_assert!(field.to_lowercase().contains("ext"), "{}", field);
        return Ok(());
    }
    let text = encoded(model)?;
    serde_writes_the_same(kind, model, &text)?;
    let read = match kind.in_place(text.as_bytes()) {
        Ok(read) => read,
        // It is possible to build an element of a known type with the content of another type. It is refused.
        Err(error) => return Err(TestCaseError::fail(format!("{}: {error} in {text}", kind.name))),
    };
    let expected = interpret(kind.description, &text, Input::Writable);
    prop_assert_eq!(&Verdict::Reads(read), &expected, "{}: {}", kind.name, text);
    Ok(())
}

#[cfg(feature = "arbitrary")]
macro_rules! any_model {
    ($($name:literal => $model:ty,)+) => {
        /// The same for the model of that kind that a fuzzer's bytes make, if they make one.
        pub(crate) fn any_model_comes_back(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
            use offline_push::{ext, tim, vivo};

            let mut bytes = arbitrary::Unstructured::new(bytes);
            match kind.name {
                $($name => match bytes.arbitrary::<$model>() {
                    Ok(model) => comes_back(kind, &model),
                    Err(_) => Ok(()),
                },)+
                other => unreachable!("{other} is not in the registry"),
            }
        }
    };
}

#[cfg(feature = "arbitrary")]
offline_push::__for_each_message!(any_model);
