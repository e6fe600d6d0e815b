//! What the tests share: the kinds of message with every way into them, and the published samples.

#![allow(dead_code, unused_imports)] // Each test file uses a part.

pub(crate) mod documents;
pub(crate) mod fixtures;
pub(crate) mod mirror;
pub(crate) mod strategies;

use offline_push::json::{self, DecodeError, Encode};
use offline_push::{ext, tim, vivo};

/// The canonical JSON of a decoded message, or why there is none.
pub(crate) type Decoded = Result<String, DecodeError>;

/// What was written in pieces, and in one.
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
}

/// A kind of message, and the ways to decode it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) from_str: fn(&str) -> Decoded,
    pub(crate) from_slice: fn(&[u8]) -> Decoded,
    pub(crate) in_place: fn(&mut [u8]) -> Decoded,
    pub(crate) escaped: fn(&[u8], &mut [u8]) -> Decoded,
    /// Keeps the bytes.
    pub(crate) owned: fn(&[u8]) -> Result<Kept, DecodeError>,
    /// Decodes in place and writes through a buffer of a length; what was written, and what `to_slice` writes.
    #[cfg(feature = "embedded-io")]
    pub(crate) streamed: fn(&[u8], usize) -> Option<Streamed>,
    /// Gives the length of the rest, too.
    pub(crate) from_prefix: fn(&str) -> Result<(String, usize), DecodeError>,
}

macro_rules! kinds {
    ($($name:literal => $model:ty,)+) => {
        /// Every kind of message that the tests know.
        pub(crate) const KINDS: &[Kind] = &[$(Kind {
            name: $name,
            from_str: |text| json::from_str::<$model>(text).map(|model| encoded(&model)),
            from_slice: |bytes| json::from_slice::<$model>(bytes).map(|model| encoded(&model)),
            in_place: |bytes| json::from_slice_in_place::<$model>(bytes).map(|model| encoded(&model)),
            escaped: |bytes, scratch| {
                json::from_slice_escaped::<$model>(bytes, scratch).map(|model| encoded(&model))
            },
            owned: |bytes| json::Owned::<$model, ROOM>::receive(bytes).map(|owned| Kept {
                view: encoded(&owned.get()),
                whole: encoded(&owned),
                debug: format!("{owned:?}"),
                view_debug: format!("{:?}", owned.get()),
            }),
            #[cfg(feature = "embedded-io")]
            streamed: |bytes, length| {
                let mut bytes = bytes.to_vec();
                let model = json::from_slice_in_place::<$model>(&mut bytes).ok()?;
                let mut out = Pieces::new(usize::MAX);
                let written = json::to_writer(&model, &mut out, &mut vec![0; length]);
                assert_eq!(written, Ok(out.bytes.len()));
                Some((out.bytes, encoded(&model).into_bytes()))
            },
            from_prefix: |text| {
                json::from_prefix::<$model>(text).map(|(model, rest)| (encoded(&model), rest.len()))
            },
        },)+];
    };
}

kinds! {
    "tim.token" => tim::OfflinePushToken,
    "tim.settings" => tim::OfflinePushSettings,
    "tim.info" => tim::OfflinePushInfo,
    "tim.vendor-params" => tim::VendorParams,
    "tim.ext" => ext::ExtInfo,
    "vivo.auth" => vivo::AuthRequest,
    "vivo.auth.reply" => vivo::AuthResponse,
    "vivo.send" => vivo::Notification,
    "vivo.send.reply" => vivo::SendResponse,
    "vivo.receipt" => vivo::Receipts,
    "vivo.list-payload" => vivo::ListPayload,
    "vivo.list-payload.reply" => vivo::TaskResponse,
    "vivo.list-push" => vivo::ListPush,
    "vivo.list-push.reply" => vivo::ListPushResponse,
    "vivo.all" => vivo::AllPush,
    "vivo.all.reply" => vivo::TaskResponse,
    "vivo.tag-push" => vivo::TagPush,
    "vivo.tag-push.reply" => vivo::TaskResponse,
    "vivo.statistics.reply" => vivo::StatisticsResponse,
    "tim.sendmsg" => tim::rest::SendMessage,
    "tim.sendmsg.reply" => tim::rest::SendMessageResponse,
    "tim.batch" => tim::rest::BatchSendMessage,
    "tim.batch.reply" => tim::rest::BatchSendMessageResponse,
    "tim.group" => tim::rest::SendGroupMessage,
    "tim.group.reply" => tim::rest::SendGroupMessageResponse,
    "tim.all-members" => tim::rest::AllMembersPush,
    "tim.all-members.reply" => tim::rest::AllMembersPushResponse,
    "tim.timpush" => tim::rest::PushBatch,
    "tim.timpush.reply" => tim::rest::PushBatchResponse,
    "tim.web" => tim::WebPushInfo,
}

/// The kind of that name.
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
#[cfg(feature = "embedded-io")]
pub(crate) struct Pieces {
    pub(crate) bytes: Vec<u8>,
    pub(crate) longest: usize,
    room: usize,
}

#[cfg(feature = "embedded-io")]
impl Pieces {
    pub(crate) fn new(room: usize) -> Self {
        Self { bytes: Vec::new(), longest: 0, room }
    }
}

#[cfg(feature = "embedded-io")]
impl embedded_io::ErrorType for Pieces {
    type Error = embedded_io::ErrorKind;
}

#[cfg(feature = "embedded-io")]
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

/// Text as a JSON value, by `serde_json`.
pub(crate) fn value(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| unreachable!("{error} in {text}"))
}
