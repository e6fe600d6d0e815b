//! Every message, there and back: through the codec, in serde's formats, through short buffers, and to another thread. The
//! models are what random documents decode to; with feature `arbitrary`, the fuzz target `roundtrip` makes others.

use std::marker::PhantomData;

use offline_push::json::{self, Encode, EncodeError, Message, Owned};
use offline_push::{ext, tim, vivo};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::{Deserialize, Serialize};

use crate::common::documents::messages;
use crate::common::{self, ROOM, kind};
use crate::holds;
use crate::properties::models::{comes_back, encoded};

/// What holds for a model of one kind, which a document decodes to. A document that is not a message proves nothing.
struct Model {
    name: &'static str,
    /// Encoders, decoders, and serde's formats.
    comes_back: fn(&[u8]) -> TestCaseResult,
    /// Every buffer that is too short, and another thread.
    fits: fn(&[u8]) -> TestCaseResult,
}

macro_rules! models {
    ($($name:literal => $model:ty,)+) => {
        const MODELS: &[Model] = &[$(Model {
            name: $name,
            comes_back: |document| {
                let mut document = document.to_vec();
                let Ok(model) = json::from_slice_in_place::<$model>(&mut document) else { return Ok(()) };
                comes_back(kind($name), &model)?;
                let text = encoded(&model)?;
                let mut bytes = text.clone().into_bytes();
                let again = json::from_slice_in_place::<$model>(&mut bytes);
                prop_assert!(again.as_ref() == Ok(&model), "{:?} is not {:?}", again, model);

                let bytes = postcard(&model);
                let probe = Probe::<$model>(PhantomData);
                match probe.read_postcard(&bytes) {
                    Some(read) => prop_assert_eq!(read, Ok(model.clone()), "{}", text),
                    None => prop_assert_eq!(postcard::from_bytes(&bytes), Ok(&*text)),
                }
                match probe.read_json(&text) {
                    Some(Ok(read)) => prop_assert_eq!(&read, &model, "{}", text),
                    Some(Err(error)) => prop_assert!(text.contains('\\'), "{}", error),
                    None => {}
                }
                Ok(())
            },
            fits: |document| {
                let mut document = document.to_vec();
                let Ok(model) = json::from_slice_in_place::<$model>(&mut document) else { return Ok(()) };
                names_the_needed_length(&model)?;
                let owned = moved::<$model>(&model)?;
                prop_assert_eq!(owned.get(), model);
                Ok(())
            },
        },)+];
    };
}

offline_push::__for_each_message!(models);

/// Reads a message through serde, if serde can: the inherent methods take precedence over those of [`Unreadable`].
struct Probe<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Probe<T> {
    fn read_postcard(&self, bytes: &'de [u8]) -> Option<postcard::Result<T>> {
        Some(postcard::from_bytes(bytes))
    }

    fn read_json(&self, text: &'de str) -> Option<serde_json::Result<T>> {
        Some(serde_json::from_str(text))
    }
}

trait Unreadable<T> {
    fn read_postcard(&self, _: &[u8]) -> Option<postcard::Result<T>> {
        None
    }

    fn read_json(&self, _: &str) -> Option<serde_json::Result<T>> {
        None
    }
}

impl<T> Unreadable<T> for Probe<T> {}

fn postcard<T: Serialize>(model: &T) -> Vec<u8> {
    let mut buffer = vec![0; ROOM];
    postcard::to_slice(model, &mut buffer).unwrap().to_vec()
}

/// A buffer that is too short, by any length, reports the needed length, and a buffer of that length takes the message.
fn names_the_needed_length<T: Encode>(model: &T) -> TestCaseResult {
    let needed = json::encoded_len(model);
    let full = Err(EncodeError::BufferFull(offline_push::BufferFull { needed }));
    let mut buffer = vec![0; needed];
    for length in 0..needed {
        prop_assert_eq!(json::to_slice(model, &mut buffer[..length]).map(|written| written.len()), full);
    }
    prop_assert_eq!(json::to_str(model, &mut buffer[..needed - 1]).map(str::len), full);
    prop_assert_eq!(json::to_heapless_vec::<_, 1>(model).map(|written| written.len()), full);
    prop_assert_eq!(json::to_slice(model, &mut buffer).map(|written| written.len()), Ok(needed));
    Ok(())
}

/// The message after it has moved to another thread, where it is looked at, and back.
fn moved<M: Message>(model: &M::Of<'_>) -> Result<Box<Owned<M, ROOM>>, TestCaseError> {
    let (mut sent, mut seen) = (Some(Box::new(Owned::<M, ROOM>::new(model)?)), None);
    elsewhere(&mut || {
        seen = sent.take().map(|owned| {
            let seen = common::encoded(&owned.get());
            (seen, owned)
        });
    });
    let (seen, owned) = seen.unwrap();
    prop_assert_eq!(&common::encoded(&owned.get()), &seen, "the view is the same whenever it is taken");
    prop_assert_eq!(common::encoded(&*owned), common::encoded(model));
    prop_assert_eq!(&owned, &owned.clone());
    Ok(owned)
}

/// Works in another thread. One function for all kinds: the code of threads is long.
fn elsewhere(work: &mut (dyn FnMut() + Send)) {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap());
}

#[test]
fn encode_every_model_and_decode_it_again() {
    for model in MODELS {
        let documents = messages(kind(model.name).description);
        holds(model.name, 80, documents, |document| (model.comes_back)(document.as_bytes()));
    }
}

#[test]
fn encode_into_short_buffers_and_other_threads() {
    for model in MODELS {
        let documents = messages(kind(model.name).description);
        holds(model.name, 10, documents, |document| (model.fits)(document.as_bytes()));
    }
}

/// The number of messages with `Deserialize`, so that the test finds a message that has lost it.
#[test]
fn deserialize_exists_for_messages_without_views() {
    macro_rules! readable {
        ($($name:literal => $model:ty,)+) => {
            [$(($name, Probe::<$model>(PhantomData).read_postcard(b"").is_some()),)+]
        };
    }
    for (name, readable) in offline_push::__for_each_message!(readable) {
        assert_eq!(readable, !has_views(kind(name).description), "{name}");
    }
}

fn has_views(value: &json::description::Type) -> bool {
    use json::description::Type;
    match value {
        Type::Object(object) => object.fields.iter().any(|field| has_views(field.value)),
        Type::Raw | Type::Map | Type::List(_) | Type::Keyed(_) | Type::Tagged(_) => true,
        Type::Text | Type::Integer { .. } | Type::Boolean => false,
    }
}
