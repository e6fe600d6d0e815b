//! Messages that own their bytes: for other tasks, queues and storage.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::fmt;
use core::marker::PhantomData;

use super::error::{DecodeError, DecodeErrorKind, EncodeError};
use super::pieces::VERBATIM_LEVELS;
use super::reader::Cursor;
use super::sealed::Sealed;
use super::show::{Reveal, Show, show_in_logs};
use super::utf8::utf8;
use super::value::WriteValue;
use super::writer::{Sink, Writer, verbatim};
use super::{Decode, Encode};
use crate::bytes::copy;

/// A message that owns at most `N` bytes, in an array. It is for firmware; on a server, `Boxed` (feature `alloc`) needs no `N`.
///
/// It has no lifetime: it is `Send` and `'static`, so it fits into a channel between tasks, a `static`, or a queue. `M` is the message
/// with the lifetime `'static`, as in `Owned<Notification<'static>, 1024>`; [`vivo`](crate::vivo) and [`tim`](crate::tim) have aliases
/// for such types. [`get`](Stored::get) returns the message itself, which borrows from the `Owned`.
///
/// [`Stored`] describes what is kept, and what it costs.
///
/// ```
/// use heapless::spsc::Queue;
/// use offline_push::json::{self, Owned};
/// use offline_push::vivo::{Notification, NotifyType, SkipType};
///
/// // Between the task that decides and the task that owns the socket.
/// let mut queue: Queue<Owned<Notification<'static>, 512>, 4> = Queue::new();
/// let (mut producer, mut consumer) = queue.split();
///
/// // In the task that has the texts.
/// {
///     let (title, content) = (String::from("Alice"), String::from("See you\nat seven"));
///     let push = Notification::new(&title, &content, "request-1")
///         .notify_type(NotifyType::RING)
///         .skip_type(SkipType::OPEN_APP);
///     producer.enqueue(Owned::new(&push)?).map_err(|_| "the queue is full")?;
/// }
///
/// // In the other one.
/// let push = consumer.dequeue().ok_or("the queue is empty")?;
/// assert_eq!(push.get().content, "See you\nat seven");
/// let mut body = [0; 512];
/// let body = json::to_str(&push, &mut body)?; // POST it to Notification::PATH
/// assert!(body.starts_with(r#"{"notifyType":2,"title":"Alice","content":"See you\nat seven""#));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// The array is made on the stack and moved. So `N` is at most 131,072: a longer array does not compile.
///
/// ```compile_fail,E0080
/// use offline_push::json::Owned;
/// use offline_push::vivo::ListPush;
///
/// let _ = Owned::<ListPush<'static>, 500_000>::receive(b"{}");
/// ```
pub type Owned<M, const N: usize> = Stored<M, [u8; N]>;

/// A message that owns its bytes on the heap. Feature `alloc`.
///
/// It is like [`Owned`], but without a maximum length. It needs three words of memory, plus the memory for the JSON text. It
/// suits channels, maps and structs of your own, including structs that serde deserializes: escapes are resolved, and nothing
/// borrows from the input.
///
/// ```
/// use offline_push::json::{self, Boxed};
/// use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Job {
///     settings: Boxed<OfflinePushSettings<'static>>,
///     token: Boxed<OfflinePushToken<'static>>,
/// }
///
/// let job = r#"{
///     "settings": {"offline_push_config_ext": "{\"conversationID\":\"c2c_alice\"}"},
///     "token": {"offline_push_token_business_id": 6666, "offline_push_token_token": "12345678901234567890123"}
/// }"#;
/// let job: Job = serde_json::from_str(job)?;
/// let ext = job.settings.get().ext.ok_or("no ext")?;
/// assert_eq!(ext.as_str(), Some(r#"{"conversationID":"c2c_alice"}"#));
/// assert_eq!(job.token.get().business_id, 6666);
///
/// let body: Vec<u8> = json::to_vec(&job.settings)?;
/// assert!(body.ends_with(br#"{\"conversationID\":\"c2c_alice\"}"}"#));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub type Boxed<M> = Stored<M, Box<[u8]>>;

/// A message that owns its bytes in a storage `S`: an array ([`Owned`]), the heap (`Boxed`), or any other bytes that can be written,
/// such as `&'static mut [u8]` or a box from a pool.
///
/// ```
/// use offline_push::json::Stored;
/// use offline_push::vivo::SendResponse;
///
/// let memory: &'static mut [u8] = Box::leak(Box::new([0; 128]));
/// let received = br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#;
/// let reply = Stored::<SendResponse<'static>, _>::receive_in(memory, |buffer| {
///     buffer[..received.len()].copy_from_slice(received);
///     received.len()
/// })?;
/// assert_eq!(reply.get().desc, Some("regId不合法"));
/// # Ok::<(), offline_push::json::DecodeError>(())
/// ```
///
/// # What is kept
///
/// `Stored` keeps the JSON text, with its escapes resolved in place. The storage limits the length of the JSON
/// ([`encoded_len`](super::encoded_len)). Encoding the value writes the whole JSON text, including unknown members, without white
/// space between members. Serialization with serde does the same.
///
/// [`get`](Self::get) returns what decoding returns, and decoding skips unknown members: the slot `members` is `None`, and an
/// optional [`Raw`](super::Raw) value that is `null` is `None`. So, to forward a message, encode the owned form, not the
/// result of `get`.
///
/// Two values are equal if their messages are equal. `Debug` and `defmt` show the message, with lengths in place of its texts.
///
/// # serde
///
/// A `Stored` is serialized as its message is: as an object in a human-readable format, and as one string of JSON in any
/// other format (postcard). It is deserialized from both forms, from borrowed and from owned text, with and without escapes.
/// An error has the text of a [`DecodeError`]: the field, and the byte offset in the value, counted without white space. It
/// never shows a value.
///
/// # Cost
///
/// A `Stored` needs the memory of its storage and of a `usize`. [`get`](Self::get) checks that the bytes are UTF-8, and
/// decodes them, each time: call it once and use the result.
///
/// A storage must return the same bytes each time. If it does not, [`get`](Self::get) returns a meaningless message; it does not panic.
pub struct Stored<M: Message, S> {
    /// JSON that was decoded as `M` before, with its escapes resolved.
    storage: S,
    length: usize,
    message: PhantomData<fn() -> M>,
}

/// A message type with the lifetime `'static`, which represents the message with any lifetime. [`Owned`] and generic code that keeps
/// messages use it.
///
/// ```
/// use offline_push::json::{DecodeError, Message, Owned};
/// use offline_push::vivo::{SendResponse, TaskResponse};
///
/// /// Some transport, for replies of any kind.
/// fn receive<M: Message>(bytes: &[u8]) -> Result<Owned<M, 256>, DecodeError> {
///     Owned::receive(bytes)
/// }
/// let reply = receive::<SendResponse<'static>>(br#"{"result":0,"taskId":"1"}"#)?;
/// assert_eq!(reply.get().task_id, Some("1"));
/// # Ok::<(), DecodeError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message of `offline_push` with the lifetime `'static`",
    label = "not one of the messages in `offline_push::tim`, `offline_push::vivo` and `offline_push::ext`",
    note = "messages that borrow are named with `'static` here: `Owned<Notification<'static>, 1024>`"
)]
pub trait Message: Sealed + 'static {
    /// The message with a lifetime.
    type Of<'a>: Encode + Decode<'a> + Clone + Eq + Show + fmt::Debug + 'a;
}

/// Longest array of an [`Owned`].
const MAX_ARRAY_LEN: usize = 1 << 17;

impl<M: Message, const N: usize> Owned<M, N> {
    /// Compiles only if the array is short enough to be moved on any stack.
    const FITS_ON_STACK: () = assert!(
        N <= MAX_ARRAY_LEN,
        "an `Owned` of more than 131,072 bytes overflows the stack: use `json::Boxed` (feature `alloc`)"
    );

    /// Encodes a message and keeps the JSON.
    ///
    /// # Errors
    ///
    /// [`EncodeError::BufferFull`] with the number of bytes needed, [`EncodeError::NotUtf8`] as for every encoding, and
    /// [`EncodeError::Unreadable`] for a message that breaks the format in a way that `check` finds.
    ///
    /// ```
    /// use offline_push::json::{EncodeError, Owned};
    /// use offline_push::tim::OfflinePushToken;
    ///
    /// let token = OfflinePushToken::new(6666, "12345678901234567890123");
    /// let owned = Owned::<OfflinePushToken<'static>, 128>::new(&token)?;
    /// assert_eq!(owned.get(), token);
    /// let short = Owned::<OfflinePushToken<'static>, 64>::new(&token);
    /// assert_eq!(short, Err(EncodeError::BufferFull(offline_push::BufferFull { needed: 92 })));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[inline]
    pub fn new(message: &M::Of<'_>) -> Result<Self, EncodeError> {
        let () = Self::FITS_ON_STACK;
        Self::new_in([0; N], message)
    }

    /// Copies received bytes and decodes them once, to check that they are a message of this type.
    ///
    /// # Errors
    ///
    /// As [`from_slice_in_place`](super::from_slice_in_place), and [`DecodeErrorKind::BufferFull`] for more than `N`
    /// bytes.
    ///
    /// ```
    /// use offline_push::json::Owned;
    /// use offline_push::vivo::SendResponse;
    ///
    /// let received = br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#;
    /// let reply = Owned::<SendResponse<'static>, 128>::receive(received)?;
    /// assert_eq!(reply.get().desc, Some("regId不合法"));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    #[inline]
    pub fn receive(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::receive_with(|buffer| {
            if let Some(place) = buffer.get_mut(..bytes.len()) {
                copy(place, bytes);
            }
            bytes.len()
        })
    }

    /// Receives bytes into the place where they will stay, without a second buffer. `receive` fills the buffer from its start and
    /// returns how many bytes it has written.
    ///
    /// # Errors
    ///
    /// As [`receive`](Self::receive).
    ///
    /// ```
    /// use offline_push::json::Owned;
    /// use offline_push::vivo::SendResponse;
    /// use std::io::Read;
    ///
    /// let mut socket = br#"{"result":0,"taskId":"1"}"#.as_slice();
    /// let reply = Owned::<SendResponse<'static>, 128>::receive_with(|buffer| socket.read(buffer).unwrap_or(0))?;
    /// assert_eq!(reply.get().task_id, Some("1"));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    #[inline]
    pub fn receive_with(receive: impl FnOnce(&mut [u8]) -> usize) -> Result<Self, DecodeError> {
        let () = Self::FITS_ON_STACK;
        Self::receive_in([0; N], receive)
    }
}

#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
impl<M: Message> Boxed<M> {
    /// Encodes a message and keeps the JSON.
    ///
    /// # Errors
    ///
    /// [`EncodeError::NotUtf8`], and [`EncodeError::Unreadable`] for a message that breaks the format in a way that `check` finds.
    pub fn new(message: &M::Of<'_>) -> Result<Self, EncodeError> {
        let bytes = super::to_vec(message)?;
        Self::receive(bytes).map_err(unreadable)
    }

    /// Decodes received bytes, and keeps them: escapes are resolved in place.
    ///
    /// # Errors
    ///
    /// As [`from_slice_in_place`](super::from_slice_in_place).
    ///
    /// ```
    /// use offline_push::json::Boxed;
    /// use offline_push::vivo::SendResponse;
    ///
    /// let received: Vec<u8> = br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#.to_vec();
    /// let reply = Boxed::<SendResponse<'static>>::receive(received)?;
    /// assert_eq!(reply.get().desc, Some("regId不合法"));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    pub fn receive(bytes: impl Into<Box<[u8]>>) -> Result<Self, DecodeError> {
        let bytes = bytes.into();
        let length = bytes.len();
        Self::receive_in(bytes, |_| length)
    }
}

/// The error of an encoded message that cannot be decoded again.
fn unreadable(error: DecodeError) -> EncodeError {
    EncodeError::Unreadable { field: error.field.unwrap_or_default() }
}

impl<M: Message, S: AsRef<[u8]> + AsMut<[u8]>> Stored<M, S> {
    /// Encodes a message into a storage and keeps the JSON there.
    ///
    /// # Errors
    ///
    /// [`EncodeError::BufferFull`] with the number of bytes needed, [`EncodeError::NotUtf8`] as for every encoding, and
    /// [`EncodeError::Unreadable`] for a message that breaks the format in a way that `check` finds.
    #[inline]
    pub fn new_in(storage: S, message: &M::Of<'_>) -> Result<Self, EncodeError> {
        let mut stored = Self { storage, length: 0, message: PhantomData };
        stored.length = super::to_slice(message, stored.storage.as_mut())?.len();
        stored.resolve().map_err(unreadable)?;
        Ok(stored)
    }

    /// Receives bytes into a storage, where they will stay. `receive` fills the storage from its start and returns how many bytes it
    /// has written.
    ///
    /// # Errors
    ///
    /// As [`from_slice_in_place`](super::from_slice_in_place), and [`DecodeErrorKind::BufferFull`] if `receive` returns a
    /// number that is larger than the length of the storage.
    #[inline]
    pub fn receive_in(storage: S, receive: impl FnOnce(&mut [u8]) -> usize) -> Result<Self, DecodeError> {
        let mut stored = Self { storage, length: 0, message: PhantomData };
        stored.length = receive(stored.storage.as_mut());
        stored.resolve()?;
        Ok(stored)
    }

    /// Reads what [`as_bytes`](Self::as_bytes) returned, or JSON, into a storage. Everything is checked, as for received bytes.
    ///
    /// # Errors
    ///
    /// As [`from_slice_in_place`](super::from_slice_in_place), and [`DecodeErrorKind::BufferFull`] with the length of the JSON.
    ///
    /// ```
    /// use offline_push::vivo::{Notification, OwnedNotification};
    ///
    /// let push = Notification::new("Alice", "See you\nat seven", "request-1");
    /// let kept = OwnedNotification::<128>::new(&push)?;
    /// let flash: Vec<u8> = kept.as_bytes().to_vec();
    /// let restored = OwnedNotification::<128>::restore_in([0; 128], &flash)?;
    /// assert_eq!(restored.get(), push);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn restore_in(storage: S, bytes: &[u8]) -> Result<Self, DecodeError> {
        let Some(kept) = utf8(bytes) else { return Err(super::utf8::not_utf8(bytes)) };
        Self::receive_in(storage, |buffer| {
            let mut writer = Writer::new(buffer);
            verbatim(&mut writer, kept);
            writer.len()
        })
    }

    /// Resolves the escapes of what was written.
    fn resolve(&mut self) -> Result<(), DecodeError> {
        match self.storage.as_mut().get_mut(..self.length) {
            Some(text) => super::resolve_in_place::<M::Of<'_>>(text),
            None => Err(DecodeError::at(DecodeErrorKind::BufferFull, self.length)),
        }
    }
}

impl<M: Message, S: AsRef<[u8]>> Stored<M, S> {
    /// The JSON that is kept, with its escapes resolved.
    pub(super) fn text(&self) -> &str {
        // It was checked when it was stored, but safe code must check it again to get a `&str`.
        self.storage.as_ref().get(..self.length).and_then(utf8).unwrap_or_default()
    }

    /// Decodes the message. This cannot fail, because the same bytes were decoded before.
    ///
    /// Each call decodes again: call it once and use the result.
    #[must_use]
    pub fn get(&self) -> M::Of<'_> {
        Decode::decode_again(Cursor::again(self.text()))
    }

    /// The bytes that are kept, without a copy, for example to write them to flash. [`restore_in`](Self::restore_in) reads them.
    ///
    /// If the JSON had no escapes, the bytes are JSON. If the JSON had escapes, they have a form that only this crate can
    /// read, and only in a version with the same minor number. For other programs, [encode](super::to_slice) the value.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.text().as_bytes()
    }
}

impl<M: Message, S: Clone> Clone for Stored<M, S> {
    fn clone(&self) -> Self {
        Self { storage: self.storage.clone(), length: self.length, message: PhantomData }
    }
}

impl<M: Message, S: AsRef<[u8]>> PartialEq for Stored<M, S> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<M: Message, S: AsRef<[u8]>> Eq for Stored<M, S> {}

impl<M: Message, S: AsRef<[u8]>> Show for Stored<M, S> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().show(reveal, f)
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        self.get().log(reveal, f);
    }
}

show_in_logs! { Stored<M, S>, [M: Message, S: AsRef<[u8]>] }

/// Writes everything that is kept, with its escapes.
impl<M: Message, S: AsRef<[u8]>> WriteValue for Stored<M, S> {
    /// The storage is not bounded by its type.
    const MAX_LEN: Option<usize> = None;
    const LEVELS: usize = VERBATIM_LEVELS;

    fn write<W: Sink>(&self, writer: &mut W) {
        // Output in parts uses the bytes as they are: if each part checked all of them for UTF-8, the time would be
        // quadratic.
        let json = self.storage.as_ref().get(..self.length).unwrap_or_default();
        writer.input(json, |writer| verbatim(writer, self.text()));
    }
}

super::codec! { encode Stored<M, S>, [M: Message, S: AsRef<[u8]>] }

/// Names the owned forms of messages, so that nobody has to write `'static`.
macro_rules! owned_aliases {
    ($($message:ident => $owned:ident, $boxed:ident;)+) => {$(
        #[doc = concat!("The message [`", stringify!($message), "`] with at most `N` bytes of its own, in an array: see [`Owned`]($crate::json::Owned).")]
        pub type $owned<const N: usize> = $crate::json::Owned<$message<'static>, N>;

        #[doc = concat!("The message [`", stringify!($message), "`] with its own bytes, on the heap: see [`Boxed`]($crate::json::Boxed).")]
        #[cfg(feature = "alloc")]
        #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
        pub type $boxed = $crate::json::Boxed<$message<'static>>;
    )+};
}

pub(crate) use owned_aliases;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
