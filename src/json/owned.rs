//! Messages that own their bytes: for other tasks, queues and storage.

use core::fmt;
use core::marker::PhantomData;

use super::error::{DecodeError, DecodeErrorKind, EncodeError};
use super::reader::Cursor;
use super::sealed::Sealed;
use super::utf8::utf8;
use super::value::WriteValue;
use super::writer::{Sink, verbatim};
use super::{Decode, Encode};
use crate::bytes::copy;

/// A message that owns its bytes, at most `N` of them. It has no lifetime: it is `Send` and `'static`, so it fits into a channel
/// between tasks, a `static`, or a queue.
///
/// `M` is the message with the lifetime `'static`, as in `Owned<Notification<'static>, 1024>`. [`get`](Self::get) returns the message
/// itself, which borrows from the `Owned`.
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
/// // In one task, where the texts live.
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
/// # What is kept
///
/// The JSON text, with its escapes resolved in place. `N` limits the length of the JSON ([`encoded_len`](super::encoded_len)).
/// Encoding the `Owned` writes all of it, unknown members included, without white space between members.
///
/// [`get`](Self::get) returns what decoding returns, which skips unknown members: the slot `members` is `None`, and an optional
/// [`Raw`](super::Raw) value that is `null` is `None`. So, to send a message on, encode the `Owned` and not its view.
///
/// Two values are equal if their messages are equal. `Debug` and `defmt` show the message, without its secrets.
///
/// # Cost
///
/// `N` bytes, and the size of a `usize`. [`get`](Self::get) checks the bytes for UTF-8 and decodes each time: call it once and use
/// the result.
pub struct Owned<M: Message, const N: usize> {
    /// JSON that was read as `M` before, its text resolved.
    bytes: [u8; N],
    length: usize,
    message: PhantomData<fn() -> M>,
}

/// A message type with the lifetime `'static`, which stands for the message with any lifetime. [`Owned`] and generic code that keeps
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
    type Of<'a>: Encode + Decode<'a> + Clone + Eq + fmt::Debug + 'a;
}

impl<M: Message, const N: usize> Owned<M, N> {
    /// Encodes a message and keeps the JSON.
    ///
    /// # Errors
    ///
    /// [`EncodeError::BufferFull`] with the bytes needed, [`EncodeError::NotUtf8`] as anywhere, and
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
    pub fn new(message: &M::Of<'_>) -> Result<Self, EncodeError> {
        let mut bytes = [0; N];
        let length = super::to_slice(message, &mut bytes)?.len();
        let unreadable =
            |error: DecodeError| EncodeError::Unreadable { field: error.field.unwrap_or_default() };
        Self::resolved(bytes, length).map_err(unreadable)
    }

    /// Copies received bytes and decodes them once, to check that they are such a message.
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
    pub fn receive_with(receive: impl FnOnce(&mut [u8; N]) -> usize) -> Result<Self, DecodeError> {
        let mut bytes = [0; N];
        let length = receive(&mut bytes);
        Self::resolved(bytes, length)
    }

    /// Resolves the escapes in the first bytes.
    fn resolved(bytes: [u8; N], length: usize) -> Result<Self, DecodeError> {
        let mut owned = Self { bytes, length, message: PhantomData };
        let Some(text) = owned.bytes.get_mut(..length) else {
            return Err(DecodeError::at(DecodeErrorKind::BufferFull, length));
        };
        super::resolve_in_place::<M::Of<'_>>(text)?;
        Ok(owned)
    }

    /// The JSON that is kept.
    fn text(&self) -> &str {
        // It was checked when it was taken in; safe code has to check again to say so.
        self.bytes.get(..self.length).and_then(utf8).unwrap_or_default()
    }

    /// Decodes the message. This cannot fail, because the same bytes were decoded before.
    ///
    /// Each call decodes again: call it once and use the result.
    #[must_use]
    pub fn get(&self) -> M::Of<'_> {
        Decode::decode_again(Cursor::again(self.text()))
    }
}

impl<M: Message, const N: usize> Clone for Owned<M, N> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes, length: self.length, message: PhantomData }
    }
}

impl<M: Message, const N: usize> PartialEq for Owned<M, N> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<M: Message, const N: usize> Eq for Owned<M, N> {}

impl<M: Message, const N: usize> fmt::Debug for Owned<M, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

#[cfg(feature = "defmt")]
impl<M: Message, const N: usize> defmt::Format for Owned<M, N>
where
    for<'a> M::Of<'a>: defmt::Format,
{
    fn format(&self, f: defmt::Formatter<'_>) {
        self.get().format(f);
    }
}

/// Everything that is kept, with its escapes.
impl<M: Message, const N: usize> WriteValue for Owned<M, N> {
    /// No character is written longer than it was read.
    const MAX_LEN: Option<usize> = Some(N);

    fn write<S: Sink>(&self, writer: &mut S) {
        writer.input(|writer| verbatim(writer, self.text()));
    }
}

super::codec! { encode Owned<M, N>, [M: Message, const N: usize] }

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
