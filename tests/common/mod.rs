//! What the tests share: the kinds of message with every way into them, and the published samples.

#![allow(dead_code, unused_imports)] // Each test file uses a part.
#![allow(clippy::expect_used)]

pub(crate) mod documents;
pub(crate) mod fixtures;
pub(crate) mod interpreter;
pub(crate) mod spots;

use offline_push::json::description::Type;
use offline_push::json::{self, Decode, DecodeError, Encode};
use offline_push::{ext, tim, vivo};

/// The canonical JSON of a decoded message, or why there is none.
pub(crate) type Decoded = Result<String, DecodeError>;

/// The canonical JSON of a message at the start of input, and the rest.
pub(crate) type Prefix<R> = Result<(String, R), DecodeError>;

/// What was written in pieces, and what was written at once.
type Streamed = (Vec<u8>, Vec<u8>);

/// Capacity of the owned messages in tests: longer than any that the strategies make.
pub(crate) const ROOM: usize = 64 * 1024;

/// What an owned message gives.
pub(crate) struct Kept {
    /// The view, encoded.
    pub(crate) view: String,
    /// All of it, encoded.
    pub(crate) whole: String,
    pub(crate) debug: String,
    /// `Debug` of the view.
    pub(crate) view_debug: String,
    /// `{:#?}` of the view.
    pub(crate) pretty: String,
    /// `Debug` of the view with its texts.
    pub(crate) revealed: String,
}

/// A kind of message, and the ways to decode it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// Its members, as data.
    pub(crate) description: &'static Type,
    pub(crate) from_str: fn(&str) -> Decoded,
    pub(crate) from_slice: fn(&[u8]) -> Decoded,
    pub(crate) in_place: fn(&mut [u8]) -> Decoded,
    pub(crate) escaped: fn(&[u8], &mut [u8]) -> Decoded,
    /// Keeps the bytes.
    pub(crate) owned: fn(&[u8]) -> Result<Kept, DecodeError>,
    /// Decodes in place, and writes through a buffer of a length. Returns what was written, and what `to_slice` writes.
    #[cfg(feature = "embedded-io-0_7")]
    pub(crate) streamed: fn(&[u8], usize) -> Option<Streamed>,
    /// Decodes in place, and keeps the bytes. Returns each message in pieces of a length, and written at once.
    pub(crate) in_pieces: fn(&[u8], usize) -> Option<[Streamed; 2]>,
    /// Gives the length of the rest, too.
    pub(crate) from_prefix: fn(&str) -> Prefix<usize>,
    pub(crate) from_prefix_slice: fn(&[u8]) -> Prefix<usize>,
    /// Gives the rest.
    pub(crate) from_prefix_in_place: fn(&[u8]) -> Prefix<Vec<u8>>,
}

macro_rules! kinds {
    ($($name:literal => $model:ty,)+) => {
        /// Every kind of message that the tests know.
        pub(crate) const KINDS: &[Kind] = &[$(Kind {
            name: $name,
            description: <$model as Decode<'static>>::DESCRIPTION,
            from_str: |text| json::from_str::<$model>(text).map(|model| encoded(&model)),
            from_slice: |bytes| json::from_slice::<$model>(bytes).map(|model| encoded(&model)),
            in_place: |bytes| json::from_slice_in_place::<$model>(bytes).map(|model| encoded(&model)),
            escaped: |bytes, scratch| {
                json::from_slice_with_scratch::<$model>(bytes, scratch).map(|model| encoded(&model))
            },
            owned: |bytes| json::Owned::<$model, ROOM>::receive(bytes).map(|owned| Kept {
                view: encoded(&owned.get()),
                whole: encoded(&owned),
                debug: format!("{owned:?}"),
                view_debug: format!("{:?}", owned.get()),
                pretty: format!("{:#?}", owned.get()),
                revealed: format!("{:?}", json::Revealed(&owned.get())),
            }),
            #[cfg(feature = "embedded-io-0_7")]
            streamed: |bytes, length| {
                let mut bytes = bytes.to_vec();
                let model = json::from_slice_in_place::<$model>(&mut bytes).ok()?;
                let mut out = Pieces::new(usize::MAX);
                let written = json::to_embedded_writer(&model, &mut out, &mut vec![0; length]);
                assert_eq!(written, Ok(out.bytes.len()));
                Some((out.bytes, encoded(&model).into_bytes()))
            },
            in_pieces: |bytes, length| {
                let owned = json::Owned::<$model, ROOM>::receive(bytes).ok()?;
                let mut bytes = bytes.to_vec();
                let model = json::from_slice_in_place::<$model>(&mut bytes).ok()?;
                Some([
                    (in_pieces(&model, length), encoded(&model).into_bytes()),
                    (in_pieces(&owned, length), encoded(&owned).into_bytes()),
                ])
            },
            from_prefix: |text| {
                json::from_prefix::<$model>(text).map(|(model, rest)| (encoded(&model), rest.len()))
            },
            from_prefix_slice: |bytes| {
                json::from_prefix_slice::<$model>(bytes).map(|(model, rest)| (encoded(&model), rest.len()))
            },
            from_prefix_in_place: |bytes| {
                let mut bytes = bytes.to_vec();
                let (model, rest) = json::from_prefix_in_place::<$model>(&mut bytes)?;
                Ok((encoded(&model), rest.to_vec()))
            },
        },)+];
    };
}

offline_push::__for_each_message!(kinds);

/// The kind with that name.
pub(crate) fn kind(name: &str) -> &'static Kind {
    KINDS.iter().find(|kind| kind.name == name).expect("a name out of KINDS")
}

impl Kind {
    /// Decodes a copy in place.
    pub(crate) fn in_place(&self, bytes: &[u8]) -> Decoded {
        (self.in_place)(&mut bytes.to_vec())
    }

    /// Decodes by way of a scratch buffer of the same length.
    pub(crate) fn escaped(&self, bytes: &[u8]) -> Decoded {
        (self.escaped)(bytes, &mut vec![0; bytes.len()])
    }
}

/// A writer that keeps what it is given, and fails when it is full.
#[cfg(feature = "embedded-io-0_7")]
pub(crate) struct Pieces {
    pub(crate) bytes: Vec<u8>,
    pub(crate) longest: usize,
    room: usize,
}

#[cfg(feature = "embedded-io-0_7")]
impl Pieces {
    pub(crate) fn new(room: usize) -> Self {
        Self { bytes: Vec::new(), longest: 0, room }
    }
}

#[cfg(feature = "embedded-io-0_7")]
impl embedded_io::ErrorType for Pieces {
    type Error = embedded_io::ErrorKind;
}

#[cfg(feature = "embedded-io-0_7")]
impl embedded_io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        if self.bytes.len() + bytes.len() > self.room {
            return Err(embedded_io::ErrorKind::BrokenPipe);
        }
        self.longest = self.longest.max(bytes.len());
        self.bytes.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// A message as the JSON text that the crate writes.
pub(crate) fn encoded<T: Encode>(model: &T) -> String {
    let mut buffer = vec![0; json::encoded_len(model)];
    json::to_str(model, &mut buffer).expect("as long as encoded_len says").to_owned()
}

/// A message in pieces of a length, put together.
pub(crate) fn in_pieces<T: Encode>(model: &T, length: usize) -> Vec<u8> {
    let mut pieces = json::Pieces::new(model).expect("a message that can be encoded");
    let (mut all, mut piece) = (Vec::new(), vec![0xee; length]);
    let whole = pieces.len();
    while let written @ 1.. = pieces.next(&mut piece) {
        all.extend_from_slice(&piece[..written]);
        assert_eq!(pieces.len(), whole.saturating_sub(all.len()));
        assert!(written == length || pieces.is_empty(), "only the last piece is shorter");
    }
    assert!(pieces.is_empty() && all.len() == whole, "{} of {whole} bytes", all.len());
    all
}

/// Text as a JSON value, by `serde_json`, with U+FFFD for half a surrogate pair.
pub(crate) fn value(text: &str) -> serde_json::Value {
    serde_json::from_slice(&mended(text.as_bytes())).unwrap_or_else(|error| unreachable!("{error} in {text}"))
}

/// Where two JSON texts differ first, as a JSON pointer with both values.
pub(crate) fn first_difference(left: &str, right: &str) -> String {
    fn walk(path: &str, left: &serde_json::Value, right: &serde_json::Value) -> Option<String> {
        use serde_json::Value::{Array, Object};
        match (left, right) {
            (Object(left), Object(right)) => {
                let all = left.keys().chain(right.keys().filter(|key| !left.contains_key(*key)));
                let null = &serde_json::Value::Null;
                let member = |object: &'_ serde_json::Map<_, _>, key: &str| {
                    object.get(key).cloned().unwrap_or(null.clone())
                };
                all.into_iter().find_map(|key| {
                    let path = format!("{path}/{key}");
                    match (left.contains_key(key), right.contains_key(key)) {
                        (true, true) => walk(&path, &member(left, key), &member(right, key)),
                        (is_left, _) => {
                            let (side, other) = if is_left { ("left", left) } else { ("right", right) };
                            Some(format!("{path} is {} on the {side} only", member(other, key)))
                        }
                    }
                })
            }
            (Array(left), Array(right)) if left.len() == right.len() => {
                let mut pairs = left.iter().zip(right).enumerate();
                pairs.find_map(|(index, (left, right))| walk(&format!("{path}/{index}"), left, right))
            }
            _ if left == right => None,
            _ => Some(format!("{path} is {left} on the left, {right} on the right")),
        }
    }
    let parsed = |text: &str| serde_json::from_slice(&mended(text.as_bytes())).unwrap_or_default();
    walk("", &parsed(left), &parsed(right)).unwrap_or_else(|| {
        let at = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
        format!("the same members, with another order or spelling from byte {at}")
    })
}

/// JSON with `\ufffd` in place of each escape that is half of a surrogate pair: `serde_json` refuses those, and this crate reads them
/// as U+FFFD. All other bytes stay where they are.
pub(crate) fn mended(bytes: &[u8]) -> Vec<u8> {
    let mut mended = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], unit(bytes, at)) {
            (b'\\', Some(0xd800..0xdc00)) if matches!(unit(bytes, at + 6), Some(0xdc00..0xe000)) => at += 12,
            (b'\\', Some(0xd800..0xe000)) => {
                mended[at + 2..at + 6].copy_from_slice(b"fffd");
                at += 6;
            }
            (b'\\', _) => at += 2,
            _ => at += 1,
        }
    }
    mended
}

/// The code unit that is escaped there.
fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let all_digits = digits.iter().all(u8::is_ascii_hexdigit);
    str::from_utf8(digits).ok().filter(|_| all_digits).and_then(|digits| u32::from_str_radix(digits, 16).ok())
}

/// Whether an error about bytes that are not UTF-8, from decoding in place, has a permitted offset: that of the first such byte, or a
/// smaller one. The escapes before it in the same string may be resolved by then, so the difference is at most what they free.
pub(crate) fn may_be_first_not_utf8(bytes: &[u8], offset: usize) -> bool {
    let Err(error) = str::from_utf8(bytes) else { return false };
    let first = error.valid_up_to();
    let (mut at, mut inside, mut freed) = (0, false, 0);
    while at < first {
        match bytes[at] {
            b'"' => (inside, freed, at) = (!inside, 0, at + 1),
            b'\\' if inside => match (unit(bytes, at), unit(bytes, at + 6)) {
                (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (freed, at) = (freed + 12 - 4, at + 12),
                (Some(0..0x80), _) => (freed, at) = (freed + 6 - 1, at + 6),
                (Some(0x80..0x800), _) => (freed, at) = (freed + 6 - 2, at + 6),
                (Some(_), _) => (freed, at) = (freed + 6 - 3, at + 6),
                (None, _) => (freed, at) = (freed + 1, at + 2),
            },
            _ => at += 1,
        }
    }
    offset <= first && (offset == first || (inside && offset + freed >= first))
}
