//! Whether there is a push at all.

use core::fmt;
use core::time::Duration;

use super::text::given;
use super::{ComposeError, Composed, LIMITS, Wishes, compose_wishes};
use crate::bytes::copy;
use crate::tim::OfflinePushToken;
use crate::vivo::Certificate;

/// Where the receiver is, as IM's server knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Presence {
    /// Logged in, with the app in front, or behind without word of it: the app gets the message itself.
    Online,
    /// Logged in, and the app has said that it went into the background (`doBackground`): pushed since SDK 5.0.1 (client API
    /// reference, `V2TIMOfflinePushManager`), 6.1 for C++ and Harmony. `doForeground` ends it.
    Background,
    /// The app was killed, by the user or the system, or the network has been lost for minutes, and the user has not logged
    /// out: the guide's case. Lasts seven days.
    #[doc(alias = "PushOnline")]
    Killed,
    /// Seven days have gone by so, without a login: the device gets no pushes any more (IM's document about user states,
    /// cloud.tencent.com/document/product/269/3602).
    #[doc(alias = "Offline")]
    Expired,
    /// The user has logged out. The device gets no pushes any more.
    LoggedOut,
    /// IM has logged the user out, as they logged in on another device: the same.
    Kicked,
}

/// Why there is no push, where nothing is wrong with the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum NoPush {
    /// The sender has turned push off for this message.
    Disabled,
    /// The message is for users online only.
    OnlineOnly,
    /// The receiver's do-not-disturb holds for this message.
    Muted,
    /// The app gets the message itself.
    Online,
    /// The user has logged out.
    LoggedOut,
    /// IM has logged the user out.
    Kicked,
    /// The user has not logged in for seven days.
    Expired,
    /// The device has reported no token.
    NoToken,
    /// There is no description, and the message has no text that is known here. Documented for a message of one custom element
    /// without description (format description, product/1047/33527); for other elements without text, which IM words in
    /// a way that is not, give a description or [`Element::Other`] a text.
    NoContent,
    /// The certificate takes effect later.
    CertificateNotInForce {
        /// From now on.
        wait: Duration,
    },
}

impl fmt::Display for NoPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Disabled => "the sender has turned push off for this message",
            Self::OnlineOnly => "the message is for users online only",
            Self::Muted => "the receiver has muted the conversation",
            Self::Online => "the app gets the message itself",
            Self::LoggedOut => "the receiver has logged out",
            Self::Kicked => "the receiver was logged out by another device",
            Self::Expired => "the receiver has not logged in for seven days",
            Self::NoToken => "the device has reported no token",
            Self::NoContent => "there is no description and no text",
            Self::CertificateNotInForce { wait } => {
                let begun = u64::from(wait.subsec_nanos() > 0);
                return write!(
                    f,
                    "the certificate takes effect in {} s",
                    wait.as_secs().saturating_add(begun)
                );
            }
        })
    }
}

impl core::error::Error for NoPush {}

/// A part of a message, as far as a push shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Element<'a> {
    /// `TIMTextElem`: its text.
    Text(&'a str),
    /// `TIMFaceElem`: shown as `[Face]`.
    Face,
    /// `TIMLocationElem`: shown as `[Location]`.
    Location,
    /// `TIMCustomElem`: its own description (`Desc`), if it has one. The format description says both that it is ignored
    /// beside an `OfflinePushInfo`, and that a push wants one of the two; so it counts where the sender's is missing.
    Custom {
        /// What it says of itself.
        description: Option<&'a str>,
    },
    /// Any other: no text of it is documented, so it has the one given here (`[Voice]`, say), or none.
    Other {
        /// What stands for it.
        text: Option<&'a str>,
    },
}

/// Room for the text of [`describe`]: what vivo shows, at three bytes a UTF-16 unit, and one character more.
pub const TEXT_LEN: usize = 3 * LIMITS.content + char::MAX.len_utf8();

/// The text that IM makes of a message without description: those of its elements, joined with nothing between (format
/// description, product/1047/33527). Only as much of it as a push can show is made, and one character more, so that it is
/// cut as the whole would be. White space in front is left out, as vivo's SDK trims it.
///
/// `None` if there is none.
///
/// ```
/// use offline_push::delivery::{Element, TEXT_LEN, describe};
///
/// let mut buffer = [0; TEXT_LEN];
/// let elements = [Element::Text("See you at "), Element::Location, Element::Face];
/// assert_eq!(describe(&elements, &mut buffer), Some("See you at [Location][Face]"));
/// assert_eq!(describe(&[Element::Custom { description: None }], &mut buffer), None);
/// ```
pub fn describe<'b>(elements: &[Element<'_>], buffer: &'b mut [u8; TEXT_LEN]) -> Option<&'b str> {
    let texts = elements.iter().map(|element| match element {
        Element::Text(text) => text,
        Element::Face => "[Face]",
        Element::Location => "[Location]",
        Element::Custom { description: text } | Element::Other { text } => text.unwrap_or_default(),
    });
    let (mut length, mut units) = (0usize, 0usize);
    for character in texts.flat_map(str::chars).skip_while(|character| character.is_whitespace()) {
        let mut bytes = [0; 4];
        let bytes = character.encode_utf8(&mut bytes).as_bytes();
        let place = buffer.get_mut(length..).and_then(|rest| rest.get_mut(..bytes.len()));
        // One character beyond the limit tells that there is more.
        let Some(place) = place.filter(|_| units <= LIMITS.content) else { break };
        copy(place, bytes);
        length = length.saturating_add(bytes.len());
        units = units.saturating_add(character.len_utf16());
    }
    given(core::str::from_utf8(buffer.get(..length)?).ok())
}

/// A message on its way to a receiver, and all that decides whether it is pushed.
///
/// ```
/// use offline_push::ClickAction;
/// use offline_push::delivery::{Delivery, Element, NoPush, Presence, SCRATCH_LEN, TEXT_LEN};
/// use offline_push::vivo::Certificate;
/// use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
///
/// let certificate = Certificate::new(11178, "key", "secret", ClickAction::default());
/// let token = OfflinePushToken::new(6666, "12345678901234567890123");
/// let settings = OfflinePushSettings::new();
/// let mut delivery = Delivery::new(&settings, &certificate, Some(token));
/// delivery.elements = &[Element::Text("See you at seven")];
///
/// let mut text = [0; TEXT_LEN];
/// delivery.presence = Presence::Online;
/// assert_eq!(delivery.decide(&mut text).err(), Some(NoPush::Online));
///
/// delivery.presence = Presence::Killed;
/// let due = delivery.decide(&mut text)?;
/// let mut scratch = [0; SCRATCH_LEN];
/// let push = due.compose("request-1", &mut scratch)?;
/// assert_eq!(push.notification.content, "See you at seven");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Delivery<'a> {
    /// What the sender wishes.
    pub wishes: Wishes<'a>,
    /// The message's elements: its description where the sender gives none.
    pub elements: &'a [Element<'a>],
    /// Where the receiver is.
    pub presence: Presence,
    /// The message is for users online only: `MsgLifeTime` 0, `onlineUserOnly` of the SDKs.
    #[doc(alias = "MsgLifeTime")]
    #[doc(alias = "onlineUserOnly")]
    pub online_only: bool,
    /// The receiver has muted the conversation, and that holds for this message: always for one that a client sent, for one
    /// sent over the REST API to one user only where `SendMsgControl` has `WithMuteNotifications`
    /// (tencentcloud.com/document/product/1047/34920).
    #[doc(alias = "WithMuteNotifications")]
    pub muted: bool,
    /// What the receiver's device has reported.
    pub token: Option<OfflinePushToken<'a>>,
    /// The certificate that the token names.
    pub certificate: Certificate<'a>,
    /// How long ago the certificate was saved in the console; `None` for long enough. Within ten minutes after a change, the
    /// certificate from before it is in force: give that one, and `None`.
    pub saved: Option<Duration>,
}

impl<'a> Delivery<'a> {
    /// A message to a receiver whose app was killed; nothing is muted, and the certificate is in force.
    #[must_use]
    pub fn new(
        wishes: impl Into<Wishes<'a>>,
        certificate: &Certificate<'a>,
        token: Option<OfflinePushToken<'a>>,
    ) -> Self {
        Self {
            wishes: wishes.into(),
            elements: &[],
            presence: Presence::Killed,
            online_only: false,
            muted: false,
            token,
            certificate: *certificate,
            saved: None,
        }
    }

    /// Whether the message is pushed. `text` takes the description that is made of the elements, if it is needed
    /// ([`describe`]).
    ///
    /// # Errors
    ///
    /// The first reason against it, in the order in which [`NoPush`] has them.
    pub fn decide<'d>(&'d self, text: &'d mut [u8; TEXT_LEN]) -> Result<Due<'d>, NoPush> {
        if self.wishes.disabled {
            return Err(NoPush::Disabled);
        }
        if self.online_only {
            return Err(NoPush::OnlineOnly);
        }
        if self.muted {
            return Err(NoPush::Muted);
        }
        match self.presence {
            Presence::Background | Presence::Killed => {}
            Presence::Online => return Err(NoPush::Online),
            Presence::LoggedOut => return Err(NoPush::LoggedOut),
            Presence::Kicked => return Err(NoPush::Kicked),
            Presence::Expired => return Err(NoPush::Expired),
        }
        let token = self.token.as_ref().ok_or(NoPush::NoToken)?;
        let description = self.wishes.description().or_else(|| describe(self.elements, text));
        let description = description.ok_or(NoPush::NoContent)?;
        let wait = self.saved.and_then(|saved| Certificate::TAKES_EFFECT_AFTER.checked_sub(saved));
        match wait.filter(|wait| !wait.is_zero()) {
            Some(wait) => Err(NoPush::CertificateNotInForce { wait }),
            None => Ok(Due {
                wishes: Wishes { description: Some(description), ..self.wishes },
                token,
                certificate: &self.certificate,
            }),
        }
    }
}

/// A push that is due: only [`Delivery::decide`] makes one.
///
/// ```compile_fail,E0451
/// # use offline_push::delivery::{Delivery, Due, Wishes};
/// # use offline_push::vivo::Certificate;
/// # use offline_push::tim::OfflinePushToken;
/// fn due<'a>(wishes: Wishes<'a>, token: &'a OfflinePushToken<'a>, certificate: &'a Certificate<'a>) -> Due<'a> {
///     Due { wishes, token, certificate }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Due<'a> {
    wishes: Wishes<'a>,
    token: &'a OfflinePushToken<'a>,
    certificate: &'a Certificate<'a>,
}

impl<'a> Due<'a> {
    /// Makes the push for vivo, as [`compose`](super::compose) does.
    ///
    /// # Errors
    ///
    /// As [`compose`](super::compose), but for [`ComposeError::NoPush`].
    pub fn compose(&self, request_id: &'a str, scratch: &'a mut [u8]) -> Result<Composed<'a>, ComposeError> {
        compose_wishes(&self.wishes, self.token, self.certificate, request_id, scratch)
    }
}
