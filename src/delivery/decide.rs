//! Decides whether a message is pushed.

use core::fmt;
use core::time::Duration;

use super::compose::{ComposeError, Composed, compose_options};
use super::element::{Element, TEXT_LEN, describe};
use super::options::{PushOptions, non_blank};
use crate::setters::setters;
use crate::tim::OfflinePushToken;
use crate::vivo::{Certificate, SavedCertificate};

/// State of the receiver's app, as the IM server knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Presence {
    /// The user is logged in. The app is in the foreground, or is in the background and has not reported this. The app gets
    /// the message itself.
    Online,
    /// The user is logged in, and the app has reported that it is in the background (`doBackground`). Such an app has received
    /// pushes since SDK 5.0.1 (client API reference, `V2TIMOfflinePushManager`), for C++ and Harmony since 6.1. `doForeground`
    /// ends this state.
    Background,
    /// The user or the system has killed the app, or the network has been lost for minutes, and the user has not logged out:
    /// this is the guide's case. This state lasts seven days.
    #[doc(alias = "PushOnline")]
    Killed,
    /// The user has been offline for seven days without a login. The device gets no more pushes (IM's document about
    /// user states, cloud.tencent.com/document/product/269/3602).
    #[doc(alias = "Offline")]
    Expired,
    /// The user has logged out. The device gets no more pushes.
    LoggedOut,
    /// IM has logged the user out, because they logged in on another device. The device gets no more pushes.
    Kicked,
}

impl Presence {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Background => "background",
            Self::Killed => "killed",
            Self::Expired => "expired",
            Self::LoggedOut => "logged_out",
            Self::Kicked => "kicked",
        }
    }
}

/// Why a valid message is not pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum NoPush {
    /// The sender has turned push off for this message.
    Disabled,
    /// The message is for online users only.
    OnlineOnly,
    /// The receiver has muted the conversation, and this setting applies to the message.
    Muted,
    /// The app gets the message itself.
    Online,
    /// The user has logged out.
    LoggedOut,
    /// IM has logged the user out.
    Kicked,
    /// The user has not logged in for seven days.
    Expired,
    /// The device has not reported a token.
    NoToken,
    /// The message is a single custom element without a description, and the sender gives no description either. IM does not
    /// push such a message (format description, product/1047/33527). Any other message without text is pushed with
    /// [`DEFAULT_CONTENT`](super::DEFAULT_CONTENT).
    NoContent,
    /// The certificate was added less than ten minutes ago, and is not in force yet.
    CertificateNotInForce {
        /// Time until it is in force.
        wait: Duration,
    },
    /// The certificates from before and after the edit have different ids. An edit keeps the id, so one of them is another
    /// certificate.
    CertificateIdChanged,
}

impl NoPush {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::OnlineOnly => "online_only",
            Self::Muted => "muted",
            Self::Online => "online",
            Self::LoggedOut => "logged_out",
            Self::Kicked => "kicked",
            Self::Expired => "expired",
            Self::NoToken => "no_token",
            Self::NoContent => "no_content",
            Self::CertificateNotInForce { .. } => "certificate_not_in_force",
            Self::CertificateIdChanged => "certificate_id_changed",
        }
    }
}

impl fmt::Display for NoPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Disabled => "the sender has turned push off for this message",
            Self::OnlineOnly => "the message is for online users only",
            Self::Muted => "the receiver has muted the conversation",
            Self::Online => "the app gets the message itself",
            Self::LoggedOut => "the receiver has logged out",
            Self::Kicked => "the receiver was logged out by another device",
            Self::Expired => "the receiver has not logged in for seven days",
            Self::NoToken => "the device has not reported a token",
            Self::NoContent => "the message is a custom element without description",
            Self::CertificateIdChanged => "the certificates from before and after the edit have two ids",
            Self::CertificateNotInForce { wait } => {
                // Rounded up: the certificate is in force after this many seconds.
                let started = u64::from(wait.subsec_nanos() > 0);
                let seconds = wait.as_secs().saturating_add(started);
                return write!(f, "the certificate takes effect in {seconds} s");
            }
        })
    }
}

impl core::error::Error for NoPush {}

/// A message for one receiver, with everything that decides whether it is pushed.
///
/// ```
/// use offline_push::ClickAction;
/// use offline_push::delivery::{Delivery, Element, NoPush, Presence};
/// use offline_push::delivery::{SCRATCH_LEN, TEXT_LEN};
/// use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
/// use offline_push::vivo::Certificate;
///
/// let certificate = Certificate::new(6666, 11178, "key", "secret", ClickAction::default());
/// let token = OfflinePushToken::new(6666, "12345678901234567890123");
/// let settings = OfflinePushSettings::new();
/// let delivery = Delivery::new(&settings, &certificate, Some(token))
///     .elements(&[Element::Text("See you at seven")]);
///
/// let mut text = [0; TEXT_LEN];
/// let online = delivery.clone().presence(Presence::Online);
/// assert_eq!(online.decide(&mut text).err(), Some(NoPush::Online));
///
/// let pending = delivery.decide(&mut text)?; // the app was killed
/// let mut scratch = [0; SCRATCH_LEN];
/// let push = pending.compose("request-1", &mut scratch)?;
/// assert_eq!(push.notification.content, "See you at seven");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Delivery<'a> {
    /// The sender's options.
    pub options: PushOptions<'a>,
    /// The elements of the message. Their text is the description if the sender gives no description.
    pub elements: &'a [Element<'a>],
    /// State of the receiver's app.
    pub presence: Presence,
    /// True if the message is for online users only: `MsgLifeTime` 0, `onlineUserOnly` of the SDKs.
    #[doc(alias = "MsgLifeTime")]
    #[doc(alias = "onlineUserOnly")]
    pub online_only: bool,
    /// True if the receiver has muted the conversation and this setting applies to the message. The setting always applies to
    /// a message that a client sent. It applies to a message that was sent to one user over the REST API only if
    /// `SendMsgControl` has `WithMuteNotifications` (tencentcloud.com/document/product/1047/34920).
    #[doc(alias = "WithMuteNotifications")]
    pub muted: bool,
    /// The token that the receiver's device has reported.
    pub token: Option<OfflinePushToken<'a>>,
    /// The certificate that the token names. In the ten minutes after an edit, the push is made with the certificate from before
    /// the edit.
    pub certificate: SavedCertificate<'a>,
}

impl<'a> Delivery<'a> {
    /// A message for a receiver whose app was killed, in a conversation that is not muted. The certificate is a [`Certificate`]
    /// in force, or a [`SavedCertificate`].
    #[must_use]
    pub fn new(
        options: impl Into<PushOptions<'a>>,
        certificate: impl Into<SavedCertificate<'a>>,
        token: Option<OfflinePushToken<'a>>,
    ) -> Self {
        Self {
            options: options.into(),
            elements: &[],
            presence: Presence::Killed,
            online_only: false,
            muted: false,
            token,
            certificate: certificate.into(),
        }
    }

    setters! {
        options: PushOptions<'a>,
        elements: &'a [Element<'a>],
        presence: Presence,
        online_only: bool,
        muted: bool,
        token: OfflinePushToken<'a> as Some,
        certificate: SavedCertificate<'a>,
    }

    /// Decides whether the message is pushed. If the description has to be made from the elements, it is written to `text`
    /// ([`describe`]).
    ///
    /// # Errors
    ///
    /// The first reason that applies, in the order in which [`NoPush`] declares them.
    pub fn decide<'d>(&'d self, text: &'d mut [u8; TEXT_LEN]) -> Result<PendingPush<'d>, NoPush> {
        if self.options.disabled {
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
        let description = non_blank(self.options.description).or_else(|| describe(self.elements, text));
        if description.is_none() && matches!(self.elements, [Element::Custom { .. }]) {
            return Err(NoPush::NoContent);
        }
        let options = PushOptions { description, ..self.options };
        match self.certificate.in_force() {
            _ if !self.certificate.has_one_id() => Err(NoPush::CertificateIdChanged),
            Some(certificate) => Ok(PendingPush { options, token, certificate }),
            None => Err(NoPush::CertificateNotInForce { wait: self.certificate.wait() }),
        }
    }
}

/// A push that has been decided on, but not composed yet. Only [`Delivery::decide`] makes a `PendingPush`, so this does not
/// compile:
///
/// ```compile_fail,E0451
/// # use offline_push::delivery::{PendingPush, PushOptions};
/// # use offline_push::tim::OfflinePushToken;
/// # use offline_push::vivo::Certificate;
/// fn pending<'a>(
///     options: PushOptions<'a>,
///     token: &'a OfflinePushToken<'a>,
///     certificate: &'a Certificate<'a>,
/// ) -> PendingPush<'a> {
///     PendingPush { options, token, certificate }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct PendingPush<'a> {
    options: PushOptions<'a>,
    token: &'a OfflinePushToken<'a>,
    certificate: &'a Certificate<'a>,
}

impl<'a> PendingPush<'a> {
    /// Makes the push for vivo, as [`compose`](super::compose) does.
    ///
    /// # Errors
    ///
    /// As [`compose`](super::compose), except [`ComposeError::NoPush`].
    pub fn compose(&self, request_id: &'a str, scratch: &'a mut [u8]) -> Result<Composed<'a>, ComposeError> {
        compose_options(&self.options, self.token, self.certificate, request_id, scratch)
    }
}
