//! Requests of the REST API with values of any length, and replies with lists.

use offline_push::tim::OfflinePushInfo;
use offline_push::tim::rest::{
    AllMembersPush, BatchSendMessage, BatchSendMessageResponse, PushBatch, PushBatchResponse,
    SendGroupMessage, SendMessage,
};

use offline_push::json::Members;
use serde::Serialize;
use serde_json::Value;

use super::Model;
use crate::common::mirror::{Mirror, messages as mirror};
use crate::common::value;

/// What a message shall be, with the members of its slot.
fn expected<T, M: Mirror<T> + Serialize>(message: &T, members: Option<Members<'_>>) -> Value {
    let mut expected = serde_json::to_value(M::of(message)).unwrap();
    if let Some(members) = members {
        let Value::Object(members) = value(members.as_str()) else { unreachable!() };
        expected.as_object_mut().unwrap().extend(members);
    }
    expected
}

fn decoded(info: &mut Option<OfflinePushInfo<'_>>) {
    *info = info.as_ref().map(Model::as_decoded);
}

macro_rules! requests {
    ($($model:ident: |$message:ident| $decoded:expr;)+) => {$(
        impl Model for $model<'_> {
            fn as_decoded(&self) -> Self {
                let mut $message = self.clone();
                $message.members = None;
                $decoded;
                $message
            }

            fn expected(&self) -> Value {
                expected::<_, mirror::$model>(self, self.members)
            }

            /// Its elements may.
            fn has_raw(&self) -> bool {
                true
            }
        }
    )+};
}

requests! {
    SendMessage: |message| decoded(&mut message.offline_push_info);
    BatchSendMessage: |message| decoded(&mut message.offline_push_info);
    SendGroupMessage: |message| decoded(&mut message.offline_push_info);
    PushBatch: |message| message.offline_push_info = message.offline_push_info.as_decoded();
}

impl Model for AllMembersPush<'_> {
    fn as_decoded(&self) -> Self {
        let mut push = self.clone();
        push.members = None;
        decoded(&mut push.offline_push_info);
        push
    }

    fn expected(&self) -> Value {
        expected::<_, mirror::AllMembersPush>(self, self.members)
    }

    fn has_raw(&self) -> bool {
        true
    }
}

macro_rules! replies {
    ($($model:ident)+) => {$(
        impl Model for $model<'_> {
            fn as_decoded(&self) -> Self {
                self.clone()
            }

            fn expected(&self) -> Value {
                expected::<_, mirror::$model>(self, None)
            }

            fn has_raw(&self) -> bool {
                false
            }
        }
    )+};
}

replies! { BatchSendMessageResponse PushBatchResponse }
