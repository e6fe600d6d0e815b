//! Messages that own their bytes, so that they cross from task to task and are kept.

use core::fmt;
use core::marker::PhantomData;

use super::error::{DecodeError, DecodeErrorKind, EncodeError};
use super::reader::Cursor;
use super::sealed::Sealed;
use super::value::WriteValue;
use super::writer::{Sink, verbatim};
use super::{Decode, Encode};

/// A message that owns its bytes, at most `N` of them, and so has no lifetime: it is `Send` and `'static`, fit for a channel
/// between tasks of firmware, a `static` or a queue on its way to flash.
///
/// `M` is the message with the lifetime `'static`, as in `Owned<Notification<'static>, 1024>`; [`get`](Self::get) gives the
/// message itself, which borrows from here, as often as wanted.
///
/// ```
/// use heapless::spsc::Queue;
/// use offline_push::json::{self, Owned};
/// use offline_push::vivo::{Notification, NotifyType, SkipType};
///
/// // Between the task that decides and the one that has the socket.
/// let mut queue: Queue<Owned<Notification<'static>, 512>, 4> = Queue::new();
/// let (mut producer, mut consumer) = queue.split();
///
/// // In one task, where the texts live.
/// {
///     let (title, content) = (String::from("Alice"), String::from("See you\nat seven"));
///     let mut push = Notification::new(&title, &content, "request-1");
///     push.notify_type = Some(NotifyType::RING);
///     push.skip_type = Some(SkipType::OPEN_APP);
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
/// The JSON, with the escapes of text resolved in place. So `N` bounds the length of the JSON
/// ([`encoded_len`](super::encoded_len)), and what was made or received stays whole: encoding the `Owned` writes all of it,
/// members that no model knows included, without white space between its members. The view that [`get`](Self::get) gives is
/// what decoding gives, which passes those members over: a slot of newer members (`Notification::members`) is `None` in it,
/// and an optional [`Raw`](super::Raw) value that is `null` is `None`. To send a message on, encode the `Owned` and not its
/// view.
///
/// Two are equal if their messages are. `Debug` and `defmt` show the message, without its secrets.
///
/// # Cost
///
/// `N` bytes, and the size of a `usize`. [`get`](Self::get) decodes, each time: call it once and use what it gives. The bytes
/// are not looked at for UTF-8 again.
pub struct Owned<M: Message, const N: usize> {
    /// JSON that was read as `M` before, its text resolved.
    text: heapless::String<N>,
    message: PhantomData<fn() -> M>,
}

/// A message with the lifetime `'static`, as a name for the message with any lifetime: what [`Owned`] and generic code that
/// keeps messages are about.
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
    /// Takes a message in: encodes it.
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
        let encoded = super::to_vec(message)?;
        let unreadable =
            |error: DecodeError| EncodeError::Unreadable { field: error.field.unwrap_or_default() };
        Self::receive_vec(encoded).map_err(unreadable)
    }

    /// Takes received bytes in: a copy of them is decoded once, to see that they are such a message.
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
        let too_long = |_| DecodeError::at(DecodeErrorKind::BufferFull, bytes.len());
        let copy = heapless::Vec::from_slice(bytes).map_err(too_long)?;
        Self::receive_vec(copy)
    }

    /// Takes the bytes in that a vector of `heapless` 0.9 has received, without a second buffer.
    ///
    /// # Errors
    ///
    /// As [`from_slice_in_place`](super::from_slice_in_place).
    pub fn receive_vec(mut bytes: heapless::Vec<u8, N>) -> Result<Self, DecodeError> {
        super::resolve_in_place::<M::Of<'_>>(&mut bytes)?;
        // Decoding has seen that it is text, and left it so; this is what safe code pays for saying so.
        let not_utf8 = |_| DecodeError::at(DecodeErrorKind::NotUtf8, 0);
        let text = heapless::String::from_utf8(bytes).map_err(not_utf8)?;
        Ok(Self { text, message: PhantomData })
    }

    /// The message, decoded anew each time.
    ///
    /// It cannot fail: the same bytes were decoded before they were kept, and nothing changes them.
    #[must_use]
    pub fn get(&self) -> M::Of<'_> {
        Decode::decode_again(Cursor::again(&self.text))
    }
}

impl<M: Message, const N: usize> Clone for Owned<M, N> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), message: PhantomData }
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

/// All that is kept, with its escapes put back.
impl<M: Message, const N: usize> WriteValue for Owned<M, N> {
    /// No character is written longer than it was read.
    const MAX_LEN: Option<usize> = Some(N);

    fn write<S: Sink>(&self, writer: &mut S) {
        writer.input(|writer| verbatim(writer, &self.text));
    }
}

super::codec! { encode Owned<M, N>, [M: Message, const N: usize] }

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
