//! From the sender's settings to vivo's request: the step that IM's server takes while the receiver's app is dead.
//!
//! ```
//! use offline_push::delivery::{self, Certificate};
//! use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
//! use offline_push::{ClickAction, Ext, IntentUri, json};
//!
//! // What the IM console stores: the app at vivo, and that a tap opens the chat.
//! let intent = IntentUri::new(
//!     "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
//!      component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
//! )?;
//! let click = ClickAction::OpenScreen { intent, ext: None };
//! let certificate = Certificate::new(11178, "a90685ff-ebad-4df3-a265-3d4bb8e3a389", "secret", click)?;
//!
//! // What the receiver's phone has reported, and what the sender attached to the message.
//! let token = OfflinePushToken::new(6666, "12345678901234567890123")?;
//! let mut settings = OfflinePushSettings::new();
//! settings.description = Some("今晚七点在老地方见");
//! settings.ext = Some(Ext::from("ext content"));
//!
//! let mut scratch = [0; delivery::SCRATCH_LEN];
//! let composed = delivery::compose(&settings, &token, &certificate, "request-1", &mut scratch)?;
//! assert!(composed.report.default_title);
//!
//! let mut body = [0; 1024];
//! assert_eq!(
//!     json::to_str(&composed.notification, &mut body)?,
//!     "{\"appId\":11178,\"regId\":\"12345678901234567890123\",\"notifyType\":4,\"title\":\"a new message\",\
//!      \"content\":\"今晚七点在老地方见\",\"skipType\":4,\
//!      \"skipContent\":\"intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
//!      component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end\",\
//!      \"classification\":1,\"clientCustomMap\":{\"ext\":\"ext content\"},\"requestId\":\"request-1\"}",
//! );
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

use core::fmt;

pub use crate::certificate::Certificate;
use crate::check::{CheckError, Rule, ensure};
use crate::tim::{OfflinePushSettings, OfflinePushToken, TokenType};
use crate::vivo::{Classification, Notification, NotifyType};

/// Title of a push whose sender gives none (the guide's step 3).
pub const DEFAULT_TITLE: &str = "a new message";
/// A scratch buffer of this many bytes suffices for any settings: both texts cut, at three bytes a UTF-16 unit.
pub const SCRATCH_LEN: usize =
    3 * (TITLE_LEN - ELLIPSIS.len() + CONTENT_LEN - ELLIPSIS.len()) + 2 * ELLIPSIS.len();

/// vivo's limits as Tencent applies them, in UTF-16 units; vivo's newest text counts characters, which are no more.
const TITLE_LEN: usize = 40;
const CONTENT_LEN: usize = 100;
/// Stands at the end of what was cut.
const ELLIPSIS: &str = "...";

/// A push for vivo, and what became of the sender's wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Composed<'a> {
    /// What goes to vivo. It passes [`Notification::check`].
    pub notification: Notification<'a>,
    /// What was cut, dropped or filled in.
    pub report: Report,
}

/// What was cut, dropped or filled in on the way to vivo. Shown as a list in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Report {
    /// The title is longer than vivo shows (40 UTF-16 units): its first 37 and "..." were sent.
    pub title_cut: bool,
    /// The description is longer than vivo shows (100 UTF-16 units): its first 97 and "..." were sent.
    pub content_cut: bool,
    /// There is no title: [`DEFAULT_TITLE`] was sent.
    pub default_title: bool,
    /// There is a sound for Android; vivo takes none.
    pub sound_dropped: bool,
    /// There is an ext, and a click event through which none passes ("open URL").
    pub ext_dropped: bool,
    /// There are vendor parameters, of which this version sends none (`vivoNotifyType` is for vivo).
    pub vendor_params_dropped: bool,
}

impl Report {
    fn lines(&self) -> [(bool, &'static str); 6] {
        [
            (self.title_cut, "title cut"),
            (self.content_cut, "content cut"),
            (self.default_title, "default title"),
            (self.sound_dropped, "sound dropped"),
            (self.ext_dropped, "ext dropped"),
            (self.vendor_params_dropped, "vendor parameters dropped"),
        ]
    }

    /// True if all was sent as the sender wished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines().iter().all(|(applies, _)| !applies)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("sent as it was");
        }
        let mut separator = "";
        for (_, line) in self.lines().into_iter().filter(|(applies, _)| *applies) {
            write!(f, "{separator}{line}")?;
            separator = ", ";
        }
        Ok(())
    }
}

/// Why there is no push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ComposeError {
    /// The sender has turned push off for this message: nothing is wrong, and nothing is to be sent.
    PushDisabled,
    /// A field breaks a rule of Tencent's or vivo's.
    Check(CheckError),
    /// The scratch buffer is too short for the texts that have to be cut.
    ScratchTooShort {
        /// Bytes needed; at most [`SCRATCH_LEN`].
        needed: usize,
    },
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PushDisabled => f.write_str("the sender has turned push off for this message"),
            Self::Check(error) => error.fmt(f),
            Self::ScratchTooShort { needed } => {
                write!(f, "the scratch buffer is too short: {needed} bytes are needed")
            }
        }
    }
}

impl core::error::Error for ComposeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Check(error) => Some(error),
            _ => None,
        }
    }
}

impl From<CheckError> for ComposeError {
    fn from(error: CheckError) -> Self {
        Self::Check(error)
    }
}

/// Makes the push for vivo of a message's settings, the receiver's token and the app's certificate.
///
/// | vivo | from |
/// |---|---|
/// | `appId` | the certificate |
/// | `regId` | the token |
/// | `title` | the Android title, else the common one, else [`DEFAULT_TITLE`] |
/// | `content` | the description |
/// | `skipType`, `skipContent` | the certificate's click event |
/// | `clientCustomMap` | the ext, under the key `ext`, where the click event lets it pass |
/// | `category` | the Android part's `vivo_category` |
/// | `classification` | without category: the Android part's, else 1 (system), as Tencent's default is; with one it is left out, since the category decides and SDKs fill in 1 on their own |
/// | `notifyType` | 4 (ring and vibrate), Tencent's default |
/// | `requestId` | the argument: at most 64 characters, another one for every push |
///
/// Blank text counts as absent, since SDKs send it so. Without a description there is no push, whether or not there is a
/// title: vivo wants content, and the text that IM makes from the elements of a message (`[Location]`) has to be put into
/// the description by the caller, as this function does not see the message.
///
/// Titles beyond 40 and contents beyond 100 UTF-16 units are cut as Tencent cuts them: three units short of the limit,
/// with "..." behind, and never inside a character; characters that combine into one sign may be parted. The cut texts
/// stand in `scratch`. What was cut, dropped or filled in is in the [`Report`]. Everything else of the notification is
/// left to its defaults and may be set afterwards.
///
/// # Errors
///
/// [`ComposeError::PushDisabled`]; [`ComposeError::Check`] for a token that is not a phone vendor's, an ext that is not
/// text (also one that is too long), and whatever else breaks a rule; [`ComposeError::ScratchTooShort`].
pub fn compose<'a>(
    settings: &OfflinePushSettings<'a>,
    token: &OfflinePushToken<'a>,
    certificate: &Certificate<'a>,
    request_id: &'a str,
    scratch: &'a mut [u8],
) -> Result<Composed<'a>, ComposeError> {
    if !settings.enabled() {
        return Err(ComposeError::PushDisabled);
    }
    check_token(token)?;
    certificate.check()?;

    let android = settings.android.as_ref();
    let title = android.and_then(|android| given(android.title)).or(given(settings.title));
    let content = given(settings.description)
        .ok_or(ComposeError::Check(CheckError::new("offline_push_config_desc", Rule::Missing)))?;
    let mut report = Report {
        default_title: title.is_none(),
        sound_dropped: android.is_some_and(|android| given(android.sound).is_some()),
        vendor_params_dropped: given(settings.vendor_params).is_some(),
        ..Report::default()
    };
    let title = title.unwrap_or(DEFAULT_TITLE);

    let (short_title, short_content) = (cut(title, TITLE_LEN), cut(content, CONTENT_LEN));
    report.title_cut = short_title.is_some();
    report.content_cut = short_content.is_some();
    let length = |short: Option<&str>| short.map_or(0, |short| short.len() + ELLIPSIS.len());
    let needed = length(short_title) + length(short_content);
    let parts = scratch.get_mut(..needed).and_then(|all| all.split_at_mut_checked(length(short_title)));
    let (for_title, for_content) = parts.ok_or(ComposeError::ScratchTooShort { needed })?;
    let title = short_title.map_or(title, |short| with_ellipsis(short, for_title));
    let content = short_content.map_or(content, |short| with_ellipsis(short, for_content));

    let mut notification = Notification::new(title, content, request_id);
    notification.app_id = Some(certificate.app_id);
    notification.reg_id = Some(token.token);
    notification.notify_type = Some(NotifyType::RING_AND_VIBRATE);
    notification.category = android.and_then(|android| given(android.vivo_category));
    if notification.category.is_none() {
        let given = android.and_then(|android| android.vivo_classification);
        notification.classification = Some(given.unwrap_or(Classification::SYSTEM));
    }

    let mut click = certificate.click;
    if let Some(ext) = settings.ext.filter(|ext| !ext.is_empty()) {
        report.ext_dropped = !click.carries_ext();
        ensure(report.ext_dropped || ext.as_str().is_some(), "offline_push_config_ext", Rule::NotText)?;
        click = click.with_ext(Some(ext));
    }
    notification.set_click_action(click)?;
    notification.check()?;
    Ok(Composed { notification, report })
}

/// vivo knows nothing of TPNS's tokens and Apple's.
fn check_token(token: &OfflinePushToken<'_>) -> Result<(), CheckError> {
    token.check()?;
    let of_vendor = token.token_type.is_none_or(|kind| kind == TokenType::VENDOR);
    ensure(of_vendor, "offline_push_token_type", Rule::Conflict)?;
    ensure(token.is_tpns_token != Some(true), "offline_push_token_is_tpns_token", Rule::Conflict)
}

/// Text that says something.
fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// What stays in front of the ellipsis of a text longer than `limit` UTF-16 units; `None` for one that is not.
fn cut(text: &str, limit: usize) -> Option<&str> {
    let mut units = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units + ELLIPSIS.len() <= limit {
            end = at + character.len_utf8();
        }
        if units > limit {
            return text.get(..end);
        }
    }
    None
}

/// Fills a place of the right length.
fn with_ellipsis<'a>(text: &str, place: &'a mut [u8]) -> &'a str {
    for (place, byte) in place.iter_mut().zip(text.bytes().chain(ELLIPSIS.bytes())) {
        *place = byte;
    }
    // Two texts make a text; the check is what safe code pays for saying so.
    core::str::from_utf8(place).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
