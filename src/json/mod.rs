//! The codec. It encodes messages as JSON and decodes them without allocation, even from untrusted input.
//!
//! | You want | Call |
//! |---|---|
//! | bytes in a buffer | [`to_slice`], [`to_str`], `to_heapless_vec` |
//! | the exact length first (Content-Length) | [`encoded_len`] |
//! | a buffer that is always long enough | [`Encode::MAX_ENCODED_LEN`]; for vivo's requests, `MAX_CHECKED_LEN` |
//! | bytes into a socket, in pieces | `to_embedded_writer` (feature `embedded-io-0_7`) |
//! | a list from your own structs | [`List::from_texts`] |
//! | a message from a receive buffer, escapes included (JSON in JSON) | [`from_slice_in_place`], [`from_slice_with_scratch`] |
//! | a message from read-only input | [`from_str`], [`from_slice`] |
//! | a message at the start of longer input | [`from_prefix_in_place`], [`from_prefix`], [`from_prefix_slice`] |
//! | a `Vec<u8>`, a `String`, any `std::io::Write` | `to_vec`, `to_string` (feature `alloc`), `to_writer` (feature `std`) |
//! | bytes in pieces, for async programs and DMA | [`Pieces`] |
//! | a part of the bytes, without keeping state | [`write_at`] |
//! | a message that you keep, or send to another task | [`Owned`], `Boxed` (feature `alloc`) |
//!
//! # What is strict, and what is tolerated
//!
//! The decoder follows the grammar of RFC 8259 everywhere, even inside unknown members. It rejects raw control characters
//! in strings, `01`, `[1,]`, wrong escapes, bytes that are not UTF-8, a byte order mark, and text after the end. Each error
//! gives its position. A duplicate field is an error. Unknown values may be nested at most [`MAX_DEPTH`] levels deep. A noncharacter, such
//! as U+FFFE, is accepted in text.
//!
//! Vendors and their libraries differ, so the decoder tolerates what real senders write:
//!
//! | Input | Reads as |
//! |---|---|
//! | members in any order, unknown members, escaped keys | the same message |
//! | `null` in an optional field | absent |
//! | a number in a string (`"1"`), `-0` | the number |
//! | an integer written as `2.0` or `1.7E9` (Gson, Lua) | the integer, exactly; `2.5` is an error |
//! | a number where an id is text | its digits |
//! | a lone surrogate escape (`\ud83d`), which an app writes when it cuts an emoji in half | U+FFFD in text; untouched in raw values |
//! | `[]` in place of an empty object (PHP) | the empty object |
//! | a wrong type in an optional member of a **reply** | absent, so a successful reply does not become an error |
//!
//! # Escapes
//!
//! A decoded message borrows its text from the input. Decoding changes the bytes of text that has an escape. For this
//! reason, read-only input with an escape in a known text field is rejected ([`DecodeErrorKind::EscapedText`]). Decoding in place
//! resolves escapes inside the receive buffer, in the same pass: use it for messages with `ext`.
//!
//! ```
//! use offline_push::json;
//! use offline_push::vivo::SendResponse;
//!
//! let mut received = *br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#;
//! let reply: SendResponse = json::from_slice_in_place(&mut received)?;
//! assert_eq!(reply.desc, Some("regId不合法"));
//! # Ok::<(), json::DecodeError>(())
//! ```
//!
//! # Serde
//!
//! Every message implements `serde::Serialize`. A message also implements `Deserialize` if serde can read all its fields. A
//! message with a [`List`], a [`Map`], a [`Keyed`] or a [`Raw`] value does not: these are views of JSON text, and serde
//! provides no access to that text. Read such a message with this module.
//!
//! ```compile_fail,E0277
//! let push: offline_push::vivo::Notification = serde_json::from_str("{}")?;
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Through serde, text must have no escapes, and an integer must be a JSON number. An error names the field and never shows its value.
//!
//! In a format that is not human-readable, such as postcard, a message with `Deserialize` is encoded as a tuple of all its fields.
//! Any other message is encoded as one string that contains its JSON:
//!
//! ```
//! use offline_push::json::{self, List};
//! use offline_push::vivo::TagExpression;
//!
//! let mut tags = TagExpression::new();
//! tags.or_tags = Some(List::from_slice(&["\"quoted\""]));
//! let mut stored = [0; 64];
//! let stored = postcard::to_slice(&tags, &mut stored)?;
//!
//! let text: &str = postcard::from_bytes(stored)?;
//! let mut scratch = [0; 64];
//! let read: TagExpression = json::from_slice_with_scratch(text.as_bytes(), &mut scratch)?;
//! assert_eq!(read, tags);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Logs
//!
//! `Debug` and `defmt` of a message never show what a user or an app wrote: title, content, ext, ids of users and conversations, URLs,
//! the keys and values of a map. They show its length in characters, as `"<12 chars>"`. Words of the protocol (categories, sounds,
//! task ids, descriptions in a reply) are quoted and escaped, so that no text adds a line to a log. Secrets are shown as `***`. `{:?}` and
//! `defmt` leave out absent members. [`Revealed`] shows the texts, too, but no secrets. No error contains a text.
//!
//! # Speed and size
//!
//! One algorithm serves servers and microcontrollers. How it scans bytes depends on two features:
//!
//! - without features, strings are scanned eight bytes at a time, and the usual keys of a message are found by a perfect hash;
//! - `simd` scans strings, and validates UTF-8, with vector instructions. It needs `std`;
//! - `small` leaves out unrolled and vector code, for firmware.
//!
//! All results are identical, including errors.

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod copy;
#[doc(hidden)]
pub mod description;
mod error;
pub(crate) mod escape;
mod integer;
mod keyed;
mod list;
mod map;
mod mark;
#[cfg(not(feature = "small"))]
pub(crate) mod names;
pub(crate) mod number;
pub(crate) mod object;
mod owned;
mod pieces;
#[cfg(not(feature = "small"))]
pub(crate) mod plain;
mod raw;
pub(crate) mod reader;
mod scan;
pub(crate) mod serde;
pub(crate) mod show;
pub(crate) mod source;
#[cfg(feature = "embedded-io-0_7")]
mod stream;
pub(crate) mod tagged;
mod utf8;
pub(crate) mod value;
pub(crate) mod writer;

/// Built for size: only the general method, without the fast path before it.
pub(crate) const SMALL: bool = cfg!(feature = "small");

/// Which codec this is: tests and measurements say what they are about.
#[doc(hidden)]
pub const CODEC: &str = if SMALL {
    "small"
} else if cfg!(feature = "simd") {
    "vectors"
} else {
    "words"
};

pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use keyed::{Keyed, KeyedIter};
pub use list::{List, ListIter, Texts};
pub use map::{MAX_INSERTED_PAIRS, Map, MapError, MapIter, MapValue};
pub(crate) use number::open_number;
pub(crate) use object::message;
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use owned::Boxed;
pub(crate) use owned::owned_aliases;
pub use owned::{Message, Owned, Stored};
pub use pieces::Pieces;
pub(crate) use raw::{MAX_CHECKED_KEYS, check_members, is_new};
pub use raw::{Members, MembersIter, Raw};
pub use reader::MAX_DEPTH;
pub(crate) use show::Redacted;
pub use show::Revealed;
#[cfg(feature = "embedded-io-0_7")]
pub use stream::{WriteError, to_embedded_writer};
pub(crate) use tagged::tagged;

use reader::Cursor;
use source::{Checked, Source};
use writer::{Sink, Writer, measure};

use crate::bytes::{BufferFull, copy};

pub(crate) mod sealed {
    /// Only messages of this crate are encoded and decoded here.
    pub trait Sealed {}
}

/// A message that can be encoded.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message of `offline_push`",
    label = "not one of the messages in `offline_push::tim`, `offline_push::vivo` and `offline_push::ext`",
    note = "a serde type of your own travels as ext: see `offline_push::Ext::from_serde`, or use `serde_json_core` directly"
)]
pub trait Encode: sealed::Sealed {
    /// Length of the longest encoding of any value that passes its `check()`, in bytes. Only a message whose fields are all bounded
    /// has this constant: code that names it for another message does not compile.
    ///
    /// ```
    /// use offline_push::json::{self, Encode};
    /// use offline_push::tim::OfflinePushToken;
    ///
    /// let token = OfflinePushToken::new(6666, "regId");
    /// token.check()?;
    /// let mut buffer = [0; OfflinePushToken::MAX_ENCODED_LEN];
    /// assert!(json::to_slice(&token, &mut buffer).is_ok());
    /// # Ok::<(), offline_push::CheckError>(())
    /// ```
    const MAX_ENCODED_LEN: usize;

    /// Maximum depth of nested containers in it.
    #[doc(hidden)]
    const LEVELS: usize;

    /// Writes the message.
    #[doc(hidden)]
    fn encode<S: Sink>(&self, sink: &mut S);
}

/// [`Encode::MAX_ENCODED_LEN`] of a message with this bound.
pub(crate) const fn max_encoded_len(bound: Option<usize>) -> usize {
    match bound {
        Some(length) => length,
        None => {
            #[allow(clippy::panic)] // While compiling, never at run time.
            {
                panic!(
                    "a field of this message has no bound: see its MAX_CHECKED_LEN, if it has one, or json::encoded_len"
                )
            }
        }
    }
}

/// A message that can be decoded.
///
/// Only the functions of this module make a message, so no message lacks a required field:
///
/// ```compile_fail,E0599
/// fn without_fields<'a, T: offline_push::json::Decode<'a>>() -> T {
///     T::empty()
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message of `offline_push`",
    label = "not one of the messages in `offline_push::tim`, `offline_push::vivo` and `offline_push::ext`",
    note = "a serde type of your own is read from ext: see `offline_push::Ext::to_serde`, or use `serde_json_core` directly"
)]
pub trait Decode<'a>: sealed::Sealed + Sized {
    /// The description of the message, as data.
    #[doc(hidden)]
    const DESCRIPTION: &'static description::Type;

    /// Reads the message. With `whole`, nothing may follow it.
    #[doc(hidden)]
    fn decode<S: Source<'a>>(cursor: &mut Cursor<S>, whole: bool) -> Result<Self, DecodeError>;

    /// Reads a message that was read before.
    #[doc(hidden)]
    fn decode_again(cursor: Cursor<Checked<'a>>) -> Self;
}

/// Makes a type a message. The code that writes and reads it stays private to the crate.
macro_rules! codec {
    (encode $type:ty $(, [$($param:tt)*])?) => {
        impl $(<$($param)*>)? $crate::json::sealed::Sealed for $type {}

        impl $(<$($param)*>)? $crate::json::Encode for $type {
            const MAX_ENCODED_LEN: usize =
                $crate::json::max_encoded_len(<Self as $crate::json::value::WriteValue>::MAX_LEN);
            const LEVELS: usize = <Self as $crate::json::value::WriteValue>::LEVELS;

            #[inline]
            fn encode<Out: $crate::json::writer::Sink>(&self, sink: &mut Out) {
                $crate::json::value::WriteValue::write(self, sink);
            }
        }
    };
    (decode $life:lifetime $type:ty $(, [$($param:tt)*])?) => {
        impl<$life $(, $($param)*)?> $crate::json::Decode<$life> for $type {
            const DESCRIPTION: &'static $crate::json::description::Type =
                <Self as $crate::json::value::ReadValue<$life>>::DESCRIPTION;

            #[inline]
            fn decode<S: $crate::json::source::Source<$life>>(
                cursor: &mut $crate::json::reader::Cursor<S>,
                whole: bool,
            ) -> Result<Self, $crate::json::DecodeError> {
                cursor.decode(whole)
            }

            #[inline]
            fn decode_again(
                cursor: $crate::json::reader::Cursor<$crate::json::source::Checked<$life>>,
            ) -> Self {
                cursor.decode_again()
            }
        }
    };
}

pub(crate) use codec;

/// Encodes a message into the start of a buffer.
///
/// # Errors
///
/// [`EncodeError::BufferFull`] says how many bytes are needed.
///
/// ```
/// use offline_push::json::{self, EncodeError};
/// use offline_push::tim::OfflinePushToken;
///
/// let token = OfflinePushToken::new(6666, "12345678901234567890123");
/// let mut buffer = [0; 128];
/// let json = json::to_slice(&token, &mut buffer)?;
/// assert!(json.starts_with(br#"{"offline_push_token_token":"123456"#));
///
/// assert_eq!(json::to_slice(&token, &mut [0; 8]), Err(EncodeError::BufferFull(offline_push::BufferFull { needed: 92 })));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn to_slice<'b, T: Encode + ?Sized>(
    value: &T,
    buffer: &'b mut [u8],
) -> Result<&'b mut [u8], EncodeError> {
    let mut writer = Writer::new(buffer);
    let needed = write(value, &mut writer)?;
    writer.into_written().ok_or(EncodeError::BufferFull(BufferFull { needed }))
}

/// Writes a message; its length.
fn write<T: Encode + ?Sized>(value: &T, writer: &mut impl Sink) -> Result<usize, EncodeError> {
    value.encode(writer);
    match writer.refused() {
        Some(field) => Err(EncodeError::NotUtf8 { field }),
        None => Ok(writer.len()),
    }
}

/// Encodes a message into the start of a buffer, as text.
///
/// # Errors
///
/// As [`to_slice`].
pub fn to_str<'b, T: Encode + ?Sized>(value: &T, buffer: &'b mut [u8]) -> Result<&'b str, EncodeError> {
    let written = to_slice(value, buffer)?;
    // Everything that is written is text, but safe code must check it to return a `str`.
    utf8::utf8(written).ok_or(EncodeError::NotUtf8 { field: "" })
}

/// Encodes a message into a vector of `heapless` 0.9. Feature `heapless-0_9`, on by default.
///
/// # Errors
///
/// As [`to_slice`].
#[cfg(feature = "heapless-0_9")]
#[cfg_attr(docsrs, doc(cfg(feature = "heapless-0_9")))]
pub fn to_heapless_vec<T: Encode + ?Sized, const N: usize>(
    value: &T,
) -> Result<heapless::Vec<u8, N>, EncodeError> {
    let mut vec = heapless::Vec::new();
    let full = |_| EncodeError::BufferFull(BufferFull { needed: encoded_len(value) });
    vec.resize_default(N).map_err(full)?;
    let length = to_slice(value, &mut vec)?.len();
    vec.truncate(length);
    Ok(vec)
}

/// Encodes a message into a vector. Feature `alloc`.
///
/// # Errors
///
/// [`EncodeError::NotUtf8`].
///
/// ```
/// use offline_push::json;
/// use offline_push::tim::OfflinePushToken;
///
/// let token = OfflinePushToken::new(6666, "12345678901234567890123");
/// let body: Vec<u8> = json::to_vec(&token)?;
/// assert_eq!(body.len(), json::encoded_len(&token));
/// # Ok::<(), json::EncodeError>(())
/// ```
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Result<alloc::vec::Vec<u8>, EncodeError> {
    let mut bytes = alloc::vec![0; encoded_len(value)];
    let length = to_slice(value, &mut bytes)?.len();
    bytes.truncate(length);
    Ok(bytes)
}

/// Encodes a message into a string. Feature `alloc`.
///
/// # Errors
///
/// As [`to_vec`].
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub fn to_string<T: Encode + ?Sized>(value: &T) -> Result<alloc::string::String, EncodeError> {
    // Everything that is written is text, but safe code must check it to return a `str`.
    alloc::string::String::from_utf8(to_vec(value)?).map_err(|_| EncodeError::NotUtf8 { field: "" })
}

/// Encodes a message into a writer of the standard library, in pieces of up to 4 KiB. Feature `std`.
///
/// Returns the number of bytes. [`encoded_len`] returns this number in advance. The writer is not flushed.
///
/// # Errors
///
/// The writer's error. If the message cannot be encoded, the error has the kind `InvalidData` and contains the
/// [`EncodeError`]; in this case, nothing has been written.
///
/// ```
/// use offline_push::json;
/// use offline_push::tim::OfflinePushToken;
///
/// let token = OfflinePushToken::new(6666, "12345678901234567890123");
/// let mut file = Vec::new();
/// assert_eq!(json::to_writer(&token, &mut file)?, json::encoded_len(&token));
/// # Ok::<(), std::io::Error>(())
/// ```
#[cfg(feature = "std")]
#[cfg_attr(docsrs, doc(cfg(feature = "std")))]
pub fn to_writer<T: Encode + ?Sized>(value: &T, writer: impl std::io::Write) -> std::io::Result<usize> {
    struct Pieces<W> {
        to: W,
        result: std::io::Result<()>,
    }
    impl<W: std::io::Write> writer::Drain for Pieces<W> {
        fn drain(&mut self, bytes: &[u8]) -> usize {
            if self.result.is_ok() {
                self.result = self.to.write_all(bytes);
            }
            bytes.len()
        }
    }
    let invalid = |error| std::io::Error::new(std::io::ErrorKind::InvalidData, error);
    let length = write(value, &mut measure()).map_err(invalid)?;
    let mut pieces = Pieces { to: writer, result: Ok(()) };
    let mut buffer = [0; 4096];
    let mut drained = Writer::draining(&mut buffer, &mut pieces);
    value.encode(&mut drained);
    drained.finish();
    pieces.result.map(|()| length)
}

/// Writes a part of the encoded message: the bytes from `offset` on, as many as fit into `piece`. Returns their number, which is 0
/// after the end.
///
/// Call this function with the number of bytes sent so far, until it returns 0. The message must not change in between. Each call
/// goes through the whole message: its time is linear in the length of the message, so `n` pieces take `n` times as long as one
/// pass. For a message that is longer than a few pieces, use [`Pieces`], which takes linear time for all pieces together, but
/// keeps state.
///
/// A message that [`to_slice`] refuses with [`EncodeError::NotUtf8`] is written without the refused bytes: encode it once, or `check`
/// it, before you send.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::Notification;
///
/// let push = Notification::new("Alice", "See you\nat seven", "request-1");
/// let (mut sent, mut piece) = (Vec::new(), [0; 16]);
/// loop {
///     match json::write_at(&push, sent.len(), &mut piece) {
///         0 => break,
///         length => sent.extend(&piece[..length]),
///     }
/// }
/// assert_eq!(sent.len(), json::encoded_len(&push));
/// assert!(sent.ends_with(br#""content":"See you\nat seven","requestId":"request-1"}"#));
/// ```
#[must_use]
pub fn write_at<T: Encode + ?Sized>(value: &T, offset: usize, piece: &mut [u8]) -> usize {
    pieces::window(offset, piece, |writer| value.encode(writer)).0
}

/// The exact length of the encoded message in bytes.
///
/// A message that [`to_slice`] refuses with [`EncodeError::NotUtf8`] has no encoding: the result does not count the refused bytes.
#[must_use]
pub fn encoded_len<T: Encode + ?Sized>(value: &T) -> usize {
    let mut measure = measure();
    value.encode(&mut measure);
    measure.len()
}

/// Decodes a message from text.
///
/// # Errors
///
/// The place and the reason; [`DecodeErrorKind::EscapedText`] for text that only decoding in place can read.
pub fn from_str<'a, T: Decode<'a>>(text: &'a str) -> Result<T, DecodeError> {
    T::decode(&mut Cursor::new(text), true)
}

/// Decodes a message from bytes, which must be UTF-8.
///
/// # Errors
///
/// As [`from_str`], and [`DecodeErrorKind::NotUtf8`].
pub fn from_slice<'a, T: Decode<'a>>(bytes: &'a [u8]) -> Result<T, DecodeError> {
    match utf8::utf8(bytes) {
        Some(text) => from_str(text),
        None => Err(utf8::not_utf8(bytes)),
    }
}

/// Decodes a message inside its buffer: escapes are resolved in place, so that every field is plain text.
///
/// Afterwards, the buffer no longer contains the JSON that it contained before, whether or not there was an error. If you
/// need the JSON again, keep a copy.
///
/// # Errors
///
/// The place and the reason.
pub fn from_slice_in_place<'a, T: Decode<'a>>(bytes: &'a mut [u8]) -> Result<T, DecodeError> {
    T::decode(&mut Cursor::in_place(bytes), true)
}

/// Decodes a message inside its buffer, to prepare the buffer: after that, it has text that [`Cursor::again`] can read any number
/// of times.
fn resolve_in_place<'a, T: Decode<'a>>(bytes: &'a mut [u8]) -> Result<(), DecodeError> {
    let length = bytes.len();
    let mut cursor = Cursor::in_place(bytes);
    let kept = cursor.reader.keep(cursor.at);
    T::decode(&mut cursor, true)?;
    match cursor.reader.release_all(kept, length) {
        Some(_) => Ok(()),
        None => Err(cursor.reader.error()),
    }
}

/// Decodes a message from read-only bytes with escapes: they are copied into `scratch`, which must be at least
/// as long as `bytes`, and decoded there.
///
/// # Errors
///
/// As [`from_slice_in_place`], and [`DecodeErrorKind::BufferFull`].
pub fn from_slice_with_scratch<'a, T: Decode<'a>>(
    bytes: &[u8],
    scratch: &'a mut [u8],
) -> Result<T, DecodeError> {
    match scratch.get_mut(..bytes.len()) {
        Some(place) => {
            copy(place, bytes);
            from_slice_in_place(place)
        }
        None => Err(DecodeError::at(DecodeErrorKind::BufferFull, bytes.len())),
    }
}

/// Decodes a message from the start of text and returns the rest of the text: for framed and streamed input.
///
/// # Errors
///
/// As [`from_str`]. The rest is not checked, and includes the white space after the message. A loop over a stream ends when the rest is
/// blank.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::SendResponse;
///
/// let (first, rest) = json::from_prefix::<SendResponse>("{\"result\":0}\n{\"result\":10000}")?;
/// assert!(first.result.is_success());
/// assert_eq!(rest, "\n{\"result\":10000}");
/// # Ok::<(), json::DecodeError>(())
/// ```
pub fn from_prefix<'a, T: Decode<'a>>(text: &'a str) -> Result<(T, &'a str), DecodeError> {
    let mut cursor = Cursor::new(text);
    let message = T::decode(&mut cursor, false)?;
    Ok((message, text.get(cursor.offset()..).unwrap_or_default()))
}

/// Decodes a message from the start of bytes and returns the rest of them, as [`from_prefix`] does with text.
///
/// Only the message is checked for UTF-8. So a loop over many messages takes linear time, and the rest may be anything.
///
/// # Errors
///
/// As [`from_slice`]. Input that ends within the message is [`DecodeErrorKind::EndOfInput`]: receive more, and try again.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::SendResponse;
///
/// let (first, rest) = json::from_prefix_slice::<SendResponse>(b"{\"result\":0}\xff\x00")?;
/// assert!(first.result.is_success());
/// assert_eq!(rest, b"\xff\x00");
/// # Ok::<(), json::DecodeError>(())
/// ```
pub fn from_prefix_slice<'a, T: Decode<'a>>(bytes: &'a [u8]) -> Result<(T, &'a [u8]), DecodeError> {
    let mut cursor = Cursor::over_bytes(bytes);
    let message = T::decode(&mut cursor, false)?;
    Ok((message, bytes.get(cursor.offset()..).unwrap_or_default()))
}

/// Decodes a message in place, at the start of its buffer, and returns the rest of the buffer: [`from_slice_in_place`] for streams.
///
/// # Errors
///
/// As [`from_slice_in_place`]. After an error, the start of the buffer cannot be used again, so decode only complete input, such
/// as a line.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::SendResponse;
///
/// let mut received = *b"{\"result\":1,\"desc\":\"\\u4e0d\"}\n{\"result\":0}";
/// let (first, rest) = json::from_prefix_in_place::<SendResponse>(&mut received)?;
/// let (second, rest) = json::from_prefix_in_place::<SendResponse>(rest)?;
/// assert_eq!(first.desc, Some("不"));
/// assert!(second.result.is_success() && rest.is_empty());
/// # Ok::<(), json::DecodeError>(())
/// ```
pub fn from_prefix_in_place<'a, T: Decode<'a>>(
    bytes: &'a mut [u8],
) -> Result<(T, &'a mut [u8]), DecodeError> {
    let mut cursor = Cursor::in_place(bytes);
    let message = T::decode(&mut cursor, false)?;
    Ok((message, cursor.into_rest()))
}
