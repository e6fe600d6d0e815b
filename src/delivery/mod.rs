//! Makes a push for vivo from a chat message. Tencent IM's server does this while the receiver's app is not running.
//!
//! [`Delivery::decide`] decides whether the message is pushed at all. [`compose`] makes the push, for a caller that has
//! decided already. [`compose_for_list`] makes a push to many devices.
//!
//! ```
//! use offline_push::delivery;
//! use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
//! use offline_push::vivo::Certificate;
//! use offline_push::{ClickAction, Ext, json};
//!
//! // The IM console stores the app's vivo credentials.
//! let key = "a90685ff-ebad-4df3-a265-3d4bb8e3a389";
//! let click = ClickAction::OpenApp { ext: None };
//! let certificate = Certificate::new(6666, 11178, key, "secret", click);
//!
//! // The receiver's phone has reported a token.
//! let token = OfflinePushToken::new(6666, "12345678901234567890123");
//! // The sender has attached settings to the message.
//! let settings = OfflinePushSettings::new()
//!     .description("今晚七点在老地方见")
//!     .ext(Ext::from("ext content"));
//!
//! let mut scratch = [0; delivery::SCRATCH_LEN];
//! let composed =
//!     delivery::compose(&settings, &token, &certificate, "request-1", &mut scratch)?;
//! assert!(composed.report.default_title);
//!
//! let mut body = [0; 1024];
//! assert_eq!(
//!     json::to_str(&composed.notification, &mut body)?,
//!     "{\"appId\":11178,\"regId\":\"12345678901234567890123\",\"notifyType\":4,\
//!      \"title\":\"a new message\",\"content\":\"今晚七点在老地方见\",\"skipType\":1,\
//!      \"classification\":1,\"clientCustomMap\":{\"ext\":\"ext content\"},\
//!      \"requestId\":\"request-1\"}",
//! );
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

#[cfg(feature = "alloc")]
mod boxed;
mod compose;
mod decide;
mod element;
mod ext;
mod options;
#[cfg(feature = "alloc")]
mod owned_certificate;
mod report;

#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use boxed::{ComposedBoxed, compose_boxed};
pub use compose::{
    ComposeError, Composed, ComposedList, DEFAULT_CONTENT, DEFAULT_TITLE, SCRATCH_LEN, compose,
    compose_for_list,
};
pub use decide::{Delivery, NoPush, PendingPush, Presence};
pub use element::{Element, TEXT_LEN, describe};
pub use ext::{ExtDropped, ExtPolicy};
pub use options::PushOptions;
#[cfg(feature = "alloc")]
#[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
pub use owned_certificate::OwnedCertificate;
pub use report::ComposeReport;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
