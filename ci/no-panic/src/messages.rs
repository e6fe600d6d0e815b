//! Every message of the registry: decoded and encoded in every way, owned, compared, and checked. One root for each message.
#![cfg_attr(feature = "may-panic", allow(dead_code, unused))]

use core::convert::Infallible;
use core::hint::black_box;

use offline_push::json::{self, DecodeError, Encode, Message, Owned, Pieces};
use offline_push::vivo::{ListPush, Notification, Rules};
use offline_push::{CheckError, ext, tim, vivo};

use crate::used;

/// Capacity of what owns a message here.
const ROOM: usize = 512;

/// What a message is written into: takes all of it.
struct Socket;

impl embedded_io::ErrorType for Socket {
    type Error = Infallible;
}

impl embedded_io::Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(black_box(bytes).len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// A `check` for messages without one. An inherent `check` takes precedence.
trait Unchecked {
    fn check(&self) -> Result<(), CheckError> {
        Ok(())
    }
}

impl<T> Unchecked for T {}

macro_rules! messages {
    ($($name:literal => $model:ty,)+) => {
        fn messages(text: &str) {
            $({
                #[inline(never)]
                #[cfg_attr(panic = "abort", unsafe(export_name = concat!("message::", $name)))]
                fn message(text: &str) {
                    decoded::<$model>(text, |message| used(message.check().is_ok()));
                }
                message(text);
            })+
        }
    };
}

// They are most of the work, and firmware's check that a panic is found does without.
#[cfg(not(feature = "may-panic"))]
offline_push::__for_each_message!(messages);

/// A message out of the text, in every way, and what comes of it.
#[inline(never)]
fn decoded<M: Message>(text: &str, check: impl Fn(&M::Of<'_>)) {
    let bytes = text.as_bytes();
    let then = |decoded: Result<M::Of<'_>, DecodeError>| came::<M>(&decoded, &check);
    then(json::from_str(text));
    then(json::from_slice(bytes));
    then(json::from_prefix(text).map(|(message, rest)| {
        used(rest);
        message
    }));
    then(json::from_prefix_slice(bytes).map(|(message, rest)| {
        used(rest);
        message
    }));
    let mut room = [0; ROOM];
    then(json::from_slice_with_scratch(bytes, &mut room));
    for whole in black_box([true, false]) {
        room = [b' '; ROOM];
        room.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
        then(if whole {
            json::from_slice_in_place(black_box(&mut room))
        } else {
            json::from_prefix_in_place(black_box(&mut room)).map(|(message, rest)| {
                used(rest);
                message
            })
        });
    }
    if let Ok(owned) = Owned::<M, ROOM>::receive(bytes) {
        used(json::to_slice(&owned, &mut room).is_ok());
        in_pieces(&owned);
        encoded::<M>(black_box(&owned.get()));
    }
}

/// What comes of a message, or of an error. Once for all ways to decode it: a copy for each is much work for the compiler.
#[inline(never)]
fn came<M: Message>(decoded: &Result<M::Of<'_>, DecodeError>, check: &impl Fn(&M::Of<'_>)) {
    match decoded {
        Ok(message) => {
            check(message);
            encoded::<M>(black_box(message));
        }
        Err(error) => used((error.kind().description(), error.offset(), error.field(), error.index())),
    }
}

#[inline(never)]
fn in_pieces<T: Encode>(message: &T) {
    let mut piece = [0; 16];
    if let Ok(mut pieces) = Pieces::new(message) {
        while black_box(pieces.next(&mut piece)) > 0 {}
        used((pieces.clone().len(), pieces.is_empty()));
    }
}

#[inline(never)]
fn encoded<M: Message>(message: &M::Of<'_>) {
    let mut buffer = [0; ROOM];
    used(json::to_slice(message, &mut buffer).is_ok());
    used(json::to_str(message, &mut buffer).is_ok());
    used(json::to_heapless_vec::<_, ROOM>(message).is_ok());
    used(json::encoded_len(message));
    used(json::to_embedded_writer(message, Socket, &mut buffer).is_ok());
    in_pieces(message);
    used(*message == message.clone());
    used(Owned::<M, ROOM>::new(message).is_ok());
}

linked! {
    fn notification_check_against(push: &Notification<'_>, rules: Rules) -> bool { push.check_against(rules).is_ok() }
    fn list_push_check_against(push: &ListPush<'_>, rules: Rules) -> bool { push.check_against(rules).is_ok() }
}

pub(crate) fn each(text: &str) {
    #[cfg(not(feature = "may-panic"))]
    messages(text);
    let push = Notification::new(text, text, text);
    used(notification_check_against(&push, black_box(Rules::JavaSdk)));
    used(list_push_check_against(&ListPush::new(text, text), black_box(Rules::JavaSdk)));
}
