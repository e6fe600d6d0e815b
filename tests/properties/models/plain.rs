//! Messages of text, numbers and switches, which are what they decode to.

use offline_push::{tim, vivo};
use serde_json::Value;

use super::Model;
use crate::common::mirror::{Mirror, messages as mirror};

macro_rules! plain {
    ($($model:ty, $mirror:ty;)+) => {$(
        impl Model for $model {
            fn as_decoded(&self) -> Self {
                self.clone()
            }

            fn expected(&self) -> Value {
                serde_json::to_value(<$mirror>::of(self)).unwrap()
            }

            fn has_raw(&self) -> bool {
                false
            }
        }
    )+};
}

plain! {
    tim::OfflinePushToken<'_>, mirror::Token;
    tim::OfflinePushSettings<'_>, mirror::Settings;
    vivo::AuthRequest<'_>, mirror::AuthRequest;
    vivo::AuthResponse<'_>, mirror::AuthResponse;
    vivo::SendResponse<'_>, mirror::SendResponse;
    vivo::TaskResponse<'_>, mirror::TaskResponse;
    tim::rest::SendMessageResponse<'_>, mirror::SendMessageResponse;
    tim::rest::SendGroupMessageResponse<'_>, mirror::SendGroupMessageResponse;
    tim::rest::AllMembersPushResponse<'_>, mirror::AllMembersPushResponse;
    tim::WebPushInfo<'_>, mirror::WebPushInfo;
}
