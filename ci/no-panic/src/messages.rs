//! Every message: decoded and encoded in every way, owned, and checked.

use core::convert::Infallible;
use core::hint::black_box;

use offline_push::CheckError;
use offline_push::ext::{ConversationExt, Entity, ExtInfo};
use offline_push::json::{self, DecodeError, EncodeError, Owned, WriteError};
use offline_push::tim::rest::{
    AllMembersPush, AllMembersPushResponse, BatchSendMessage, BatchSendMessageResponse, MessageElement,
    PushBatch, PushBatchResponse, SendGroupMessage, SendGroupMessageResponse, SendMessage,
    SendMessageResponse,
};
use offline_push::tim::{
    ApnsPayload, MessagePush, OfflinePushInfo, OfflinePushSettings, OfflinePushToken, VendorParams,
    WebPushInfo,
};
use offline_push::vivo::{
    AllPush, AuthRequest, AuthResponse, ListPayload, ListPush, ListPushResponse, Notification, Receipts,
    Rules, SendResponse, StatisticsResponse, TagPush, TaskResponse,
};

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

/// As in `proved!` and `linked!`, under a symbol that says which message.
macro_rules! function {
    (proved $name:ident, fn $function:ident $($rest:tt)*) => {
        #[inline(never)]
        #[cfg_attr(panic = "unwind", no_panic::no_panic)]
        #[cfg_attr(panic = "abort", unsafe(export_name = concat!(stringify!($name), "::", stringify!($function))))]
        fn $function $($rest)*
    };
    (linked $name:ident, fn $function:ident $($rest:tt)*) => {
        #[inline(never)]
        #[cfg_attr(panic = "abort", unsafe(export_name = concat!(stringify!($name), "::", stringify!($function))))]
        fn $function $($rest)*
    };
}

/// One module for each message, with one function for each of the codec's. Its symbols are `message::function`.
macro_rules! messages {
    ($($name:ident: $message:ident $(, $how:ident $check:ident($($argument:ident: $type:ty = $value:expr),*))*;)*) => {
        $(mod $name {
            use super::*;

            type Borrowed<'a> = $message<'a>;
            type Kept = Owned<$message<'static>, ROOM>;

            function!(linked $name, fn from_str<'a>(text: &'a str) -> Result<Borrowed<'a>, DecodeError> {
                json::from_str(text)
            });
            function!(linked $name, fn from_slice<'a>(bytes: &'a [u8]) -> Result<Borrowed<'a>, DecodeError> {
                json::from_slice(bytes)
            });
            function!(linked $name, fn from_slice_in_place<'a>(bytes: &'a mut [u8]) -> Result<Borrowed<'a>, DecodeError> {
                json::from_slice_in_place(bytes)
            });
            function!(linked $name, fn from_slice_with_scratch<'a>(bytes: &[u8], scratch: &'a mut [u8]) -> Result<Borrowed<'a>, DecodeError> {
                json::from_slice_with_scratch(bytes, scratch)
            });
            function!(linked $name, fn from_prefix<'a>(text: &'a str) -> Result<(Borrowed<'a>, &'a str), DecodeError> {
                json::from_prefix(text)
            });
            function!(linked $name, fn to_slice<'b>(message: &Borrowed<'_>, buffer: &'b mut [u8]) -> Result<&'b mut [u8], EncodeError> {
                json::to_slice(message, buffer)
            });
            function!(linked $name, fn to_str<'b>(message: &Borrowed<'_>, buffer: &'b mut [u8]) -> Result<&'b str, EncodeError> {
                json::to_str(message, buffer)
            });
            function!(linked $name, fn to_vec(message: &Borrowed<'_>) -> Result<heapless::Vec<u8, ROOM>, EncodeError> {
                json::to_heapless_vec(message)
            });
            function!(linked $name, fn encoded_len(message: &Borrowed<'_>) -> usize {
                json::encoded_len(message)
            });
            function!(linked $name, fn to_writer(message: &Borrowed<'_>, buffer: &mut [u8]) -> Result<usize, WriteError<Infallible>> {
                json::to_writer(message, Socket, buffer)
            });
            function!(linked $name, fn owned_new(message: &Borrowed<'_>) -> Result<Kept, EncodeError> {
                Owned::new(message)
            });
            function!(linked $name, fn owned_receive(bytes: &[u8]) -> Result<Kept, DecodeError> {
                Owned::receive(bytes)
            });
            function!(linked $name, fn owned_get<'a>(owned: &'a Kept) -> Borrowed<'a> {
                owned.get()
            });
            function!(linked $name, fn owned_to_slice<'b>(owned: &Kept, buffer: &'b mut [u8]) -> Result<&'b mut [u8], EncodeError> {
                json::to_slice(owned, buffer)
            });
            function!(linked $name, fn equal(one: &Borrowed<'_>, other: &Borrowed<'_>) -> bool {
                one == other
            });
            function!(proved $name, fn copy<'a>(message: &Borrowed<'a>) -> Borrowed<'a> {
                message.clone()
            });
            $(function!($how $name, fn $check(message: &Borrowed<'_> $(, $argument: $type)*) -> Result<(), CheckError> {
                message.$check($($argument),*)
            });)*

            fn encode(message: &Borrowed<'_>) {
                let (message, mut buffer) = (black_box(message), [0; ROOM]);
                used(to_slice(message, &mut buffer));
                used(to_str(message, &mut buffer));
                used(to_vec(message));
                used(encoded_len(message));
                used(to_writer(message, &mut buffer));
                used(owned_new(message));
                used(equal(message, &copy(message)));
                $(used($check(message $(, black_box($value))*));)*
            }

            pub(super) fn each(text: &str) {
                let (bytes, mut room) = (text.as_bytes(), [0; ROOM]);
                used(from_str(text).map(|message| encode(&message)));
                used(from_slice(bytes).map(|message| encode(&message)));
                used(from_prefix(text).map(|(message, _)| encode(&message)));
                used(from_slice_with_scratch(bytes, &mut room).map(|message| encode(&message)));
                room = [b' '; ROOM];
                room.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
                used(from_slice_in_place(black_box(&mut room)).map(|message| encode(&message)));
                if let Ok(owned) = owned_receive(bytes) {
                    used((owned_get(&owned), owned_to_slice(&owned, &mut room).is_ok()));
                }
            }
        })*

        pub(super) fn each(text: &str) {
            $($name::each(text);)*
        }
    };
}

messages! {
    token: OfflinePushToken, proved check();
    settings: OfflinePushSettings;
    info: OfflinePushInfo, proved check();
    web: WebPushInfo, proved check();
    params: VendorParams, proved check();
    message: MessagePush, proved check();
    apns: ApnsPayload;
    container: ExtInfo, proved check();
    entity: Entity, proved check();
    conversation: ConversationExt;

    notification: Notification, linked check(), linked check_against(rules: Rules = Rules::JavaSdk);
    auth: AuthRequest, proved check();
    auth_reply: AuthResponse;
    send_reply: SendResponse;
    list_payload: ListPayload, linked check(), linked check_against(rules: Rules = Rules::JavaSdk);
    list_push: ListPush, linked check(), linked check_against(rules: Rules = Rules::JavaSdk);
    list_push_reply: ListPushResponse;
    all_push: AllPush, linked check(), linked check_against(rules: Rules = Rules::JavaSdk);
    tag_push: TagPush, linked check(), linked check_against(rules: Rules = Rules::JavaSdk);
    task_reply: TaskResponse;
    statistics_reply: StatisticsResponse;
    receipts: Receipts;

    send_message: SendMessage, linked check();
    send_message_reply: SendMessageResponse;
    batch: BatchSendMessage, linked check();
    batch_reply: BatchSendMessageResponse;
    group: SendGroupMessage, linked check();
    group_reply: SendGroupMessageResponse;
    all_members: AllMembersPush, linked check();
    all_members_reply: AllMembersPushResponse;
    push_batch: PushBatch, linked check();
    push_batch_reply: PushBatchResponse;
    element: MessageElement, proved check();
}
