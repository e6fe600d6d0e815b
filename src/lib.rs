//! Offline push for chat apps: typed messages and a JSON codec for Tencent IM and vivo push.
//!
//! When the receiver's app is not running, Tencent IM delivers chat messages through the push service of the phone's vendor. This crate
//! provides every message on the path of such a push as a Rust type, a codec that never allocates, recurses or panics, and the logic
//! between the messages. It does no networking: use it with any HTTP client. It is `no_std`, and runs on servers and on microcontrollers.
//!
//! # The path of a push
//!
//! 1. The app turns vivo push on. The SDK reports a [state](vivo::PushState) (0 for success, 101 for "unsupported") and a regId.
//!    [`Vendor`] and [`CertificateIds`] find the phone's push service and the certificate id for it.
//! 2. After login, the app reports the certificate id and the regId as an [`OfflinePushToken`](tim::OfflinePushToken).
//!    [`Registration`](registration::Registration) decides when to report, and when to report again.
//! 3. A sender attaches [`OfflinePushSettings`](tim::OfflinePushSettings) with an [`Ext`] to a message. Over the REST API, the
//!    sender attaches an [`OfflinePushInfo`](tim::OfflinePushInfo).
//! 4. The receiver's app is not running. The IM side [decides](delivery::Delivery) whether to push and
//!    [composes](delivery::compose) a [`Notification`](vivo::Notification) with the app's
//!    [`Certificate`](vivo::Certificate). It posts the notification with the auth token from the reply to an
//!    [auth request](vivo::AuthRequest).
//! 5. vivo [replies](vivo::SendResponse) with a [code](vivo::ResultCode), which says what to do next.
//! 6. The user [taps](tap) the notification. The [click action](ClickAction) opens the app, a URL or a screen (an [`intent`]),
//!    and the app reads the ext.
//!
//! ```
//! use offline_push::delivery::{Delivery, SCRATCH_LEN, TEXT_LEN};
//! use offline_push::registration::{Event, RegId, Registration, RegistrationAction, Timing, UserId};
//! use offline_push::tim::OfflinePushSettings;
//! use offline_push::vivo::{Advice, Certificate, PushState, SendResponse};
//! use offline_push::{CertificateIds, ClickAction, Ext, Vendor, json};
//!
//! // The phone.
//! let vendor = Vendor::from_build("vivo", "vivo");
//! let ids = CertificateIds::new(&[(Vendor::VIVO, 6666)]);
//! let mut phone = Registration::new(ids.id(vendor).ok_or("no certificate")?);
//! assert_eq!(phone.handle(Event::Started), RegistrationAction::Initialize(Timing::Now));
//! assert_eq!(phone.handle(Event::Initialized), RegistrationAction::TurnOn(Timing::Now));
//! let action = phone.handle(Event::TurnOn(PushState::new(0)));
//! assert_eq!(action, RegistrationAction::ReadRegId);
//! let reg_id = RegId::try_new("12345678901234567890123")?;
//! assert_eq!(phone.handle(Event::RegId(reg_id)), RegistrationAction::Wait);
//! let RegistrationAction::Report(report) = phone.handle(Event::Login(UserId::new("bob"))) else {
//!     panic!("no report")
//! };
//!
//! // The sender.
//! let settings = OfflinePushSettings::new()
//!     .description("See you at seven")
//!     .ext(Ext::from(r#"{"conversationID":"c2c_alice"}"#));
//!
//! // The IM server.
//! let click = ClickAction::default();
//! let certificate = Certificate::new(6666, 10004, "app key", "app secret", click);
//! let delivery = Delivery::new(&settings, &certificate, Some(report.token));
//! let (mut text, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
//! let push = delivery.decide(&mut text)?.compose("request-1", &mut scratch)?;
//! let mut body = [0; 1024];
//! let body = json::to_slice(&push.notification, &mut body)?; // send it
//!
//! let mut received = *br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#;
//! let reply: SendResponse = json::from_slice_in_place(&mut received)?;
//! assert_eq!(reply.advice_for(None), Advice::DropToken);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # More
//!
//! | task | module or type |
//! |---|---|
//! | send a request, read its reply | [`exchange`] |
//! | push to up to 1000 devices, to all devices, or by tag | [`vivo`] |
//! | keep vivo's auth token valid | [`vivo::AuthTokenLife`] |
//! | send a call again, and know when to stop | [`vivo::Attempts`] |
//! | keep the token valid and send calls again, in a server with any HTTP client | `vivo::Call` (features `http` and `sign`) |
//! | stay below vivo's limits | [`vivo::Pacing`], [`vivo::Quotas`] |
//! | follow one push until the tap | [`vivo::Fate`] |
//! | read statistics and receipts of pushes | [`vivo::StatisticsRequest`], [`vivo::Receipts`] |
//! | send a message with a push through Tencent's REST API | [`tim::rest`] |
//! | convert a push between Tencent's APIs | [`tim::convert`] |
//! | find out why no push arrives | [`diagnose`] |
//! | truncate a title to the length that a vendor shows | [`limits`] |
//!
//! # Features
//!
//! | feature | effect |
//! |---|---|
//! | `ext-serde` (default) | reads and writes an [`Ext`] as your own serde type, with `serde-json-core` |
//! | `heapless-0_9` (default) | `json::to_heapless_vec` |
//! | `sign` (default) | `vivo::Certificate::sign` and `vivo::Pacing`, with `md-5` |
//! | `alloc` | owned messages on the heap (`json::Boxed`), `json::to_vec`, `json::to_string` |
//! | `std` | includes `alloc`, and adds `vivo::unix_millis`, and `json::to_writer`, which writes to any `std::io::Write` |
//! | `http` | includes `std`, and adds requests and replies as the types of the crate `http`, and `vivo::Call` for servers |
//! | `webhook-sign` | checks the signature of Tencent IM's webhooks: `tim::callback::Query::verify`, with `sha2` |
//! | `simd` | for servers: scans strings and validates UTF-8 with vector instructions; needs `std` |
//! | `small` | for firmware: leaves out unrolled and vector code; overrides `simd` |
//! | `embedded-io-0_7` | `json::to_embedded_writer` writes a message through a small buffer to any `embedded_io::Write` |
//! | `defmt` | formats messages, codes and errors for firmware logs, without secrets and without texts of users |
//! | `arbitrary` | makes messages from bytes, for fuzzers |

#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

/// The package `server` compiles the examples of the README, which need an HTTP client.
#[cfg(test)]
mod readme_tests {
    /// The blocks of code of a page.
    fn code(page: &str) -> impl Iterator<Item = &str> {
        page.split("\n```").skip(1).step_by(2)
    }

    #[test]
    fn readme_code_is_the_same_in_both_languages() {
        let (english, chinese) = (include_str!("../README.md"), include_str!("../README.zh-CN.md"));
        assert!(code(english).eq(code(chinese)));
        assert_eq!(code(english).filter(|block| block.starts_with("rust")).count(), 3);
    }
}

mod bytes;
mod check;
mod click;
pub mod delivery;
pub mod diagnose;
mod digits;
pub mod exchange;
pub mod ext;
pub mod intent;
pub mod json;
pub mod limits;
pub mod registration;
mod registry;
mod setters;
pub mod tap;
pub mod tim;
mod uri;
mod uri_writer;
mod vendor;
pub mod vivo;

pub use bytes::BufferFull;
pub use check::{CheckAll, CheckError, Rule};
pub use click::{ClickAction, ClickEvent};
pub use exchange::{ReplyError, Request, Response, read_reply};
pub use ext::Ext;
#[cfg(feature = "ext-serde")]
#[cfg_attr(docsrs, doc(cfg(feature = "ext-serde")))]
pub use ext::ExtError;
pub use tim::OfflinePushToken as TimOfflinePushToken;
pub use uri::{IntentUri, WebUrl};
pub use vendor::{CertificateIds, ConsoleValue, SdkStart, TokenError, Vendor};
