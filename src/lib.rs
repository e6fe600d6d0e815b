//! Offline push for chat: a message reaches a phone that has killed the app. Tencent IM does that through the phone
//! vendor's push service, and this crate speaks what travels on the way, for vivo: typed messages, a codec that neither
//! allocates nor recurses nor panics, and the logic between them. It is `no_std` and fits a microcontroller.
//!
//! # The way of one push
//!
//! 1. The app turns vivo push on: a [state](vivo::PushState) (0, or 101 for "not on this phone"), then a regId. Whose push
//!    service a phone has, and which certificate belongs to it, [`Vendor`] and [`Certificates`] say.
//! 2. After login it reports certificate id + regId, an [`OfflinePushToken`](tim::OfflinePushToken). When to report, when
//!    to keep quiet and when to report again, [`Registration`](registration::Registration) says.
//! 3. A sender attaches [`OfflinePushSettings`](tim::OfflinePushSettings) with an [`Ext`] to a message; over the REST API,
//!    an [`OfflinePushInfo`](tim::OfflinePushInfo).
//! 4. The receiver's app is dead, so the IM side [decides](delivery::Delivery) for a push, [composes](delivery::compose) a
//!    [`Notification`](vivo::Notification) under the app's [`Certificate`](vivo::Certificate) and posts it, with the
//!    token of an [auth request](vivo::AuthRequest).
//! 5. vivo [replies](vivo::SendResponse) with a [code](vivo::ResultCode), which knows what to do next.
//! 6. The user [taps](tap): the [click action](ClickAction) opens the app, a URL or a screen (an [`intent`]), and the app
//!    reads the ext.
//!
//! ```
//! use offline_push::delivery::{Delivery, SCRATCH_LEN, TEXT_LEN};
//! use offline_push::registration::{Action, Event, RegId, Registration};
//! use offline_push::tim::OfflinePushSettings;
//! use offline_push::vivo::{Advice, Certificate, PushState, SendResponse};
//! use offline_push::{Certificates, ClickAction, Ext, Vendor, json};
//!
//! // The phone.
//! let id = Certificates::new(&[(Vendor::VIVO, 6666)]).id(Vendor::from_build("vivo", "vivo")).unwrap();
//! let mut phone = Registration::new(id);
//! assert_eq!(phone.handle(Event::TurnOn(PushState::new(0))), Action::ReadRegId);
//! assert_eq!(phone.handle(Event::RegId(RegId::new("12345678901234567890123")?)), Action::Wait);
//! let Action::Report(report) = phone.handle(Event::Login) else { panic!("a token is to be reported") };
//!
//! // The sender, and IM's server.
//! let mut settings = OfflinePushSettings::new();
//! settings.description = Some("See you at seven");
//! settings.ext = Some(Ext::from(r#"{"conversationID":"c2c_alice"}"#));
//! let certificate = Certificate::new(10004, "app key", "app secret", ClickAction::default());
//! let delivery = Delivery::new(&settings, &certificate, Some(report.token));
//! let (mut text, mut scratch, mut body) = ([0; TEXT_LEN], [0; SCRATCH_LEN], [0; 1024]);
//! let push = delivery.decide(&mut text)?.compose("request-1", &mut scratch)?;
//! let body = json::to_slice(&push.notification, &mut body)?; // the HTTP client's part
//!
//! let mut received = *br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#;
//! let reply: SendResponse = json::from_slice_in_place(&mut received)?;
//! assert_eq!(reply.result.advice(), Advice::DropToken);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Beside that way
//!
//! | wanted | here |
//! |---|---|
//! | one push to up to 1000 devices, to all, to those with a tag | [`vivo`], its table |
//! | vivo's auth token kept alive | [`vivo::AuthTokenLife`] |
//! | numbers and receipts of what was pushed | [`vivo::StatisticsRequest`], [`vivo::Receipts`] |
//! | a message with a push, sent over Tencent's REST API | [`tim::rest`] |
//! | the same push in the words of another API | [`tim::convert`] |
//! | a title as each vendor shows it | [`limits`] |
//!
//! # Features
//!
//! All are off by default. `simd`: strings are scanned, and UTF-8 is validated, with vector instructions; needs `std`. `small`:
//! for firmware, leaves out unrolled and vector code. `defmt`: messages, codes and errors can be logged by
//! firmware, without their secrets. `arbitrary`: fuzzers make messages out of bytes. `embedded-io`: `json::to_writer`
//! streams a message through a small buffer into any `embedded_io::Write`.

#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(test)]
extern crate std;

/// The example of the README, tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod bytes;
mod check;
mod click;
pub mod delivery;
mod digits;
pub mod exchange;
pub mod ext;
pub mod intent;
pub mod json;
pub mod limits;
pub mod registration;
mod registry;
pub mod tap;
pub mod tim;
mod uri;
mod uri_writer;
mod vendor;
pub mod vivo;

pub use bytes::BufferFull;
pub use check::{CheckError, Rule};
pub use click::{ClickAction, ClickEvent};
pub use exchange::{ReplyError, Request, Response, read_reply};
pub use ext::{Ext, ExtError};
pub use tim::OfflinePushToken as TimOfflinePushToken;
pub use uri::{IntentUri, WebUrl};
pub use vendor::{Certificates, TokenError, Vendor};
