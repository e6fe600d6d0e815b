//! What the IM console stores, so that IM can push through vivo.

use core::fmt;
use core::num::NonZeroU32;
use core::time::Duration;

use crate::check::{CheckError, Rule, ensure, present};
use crate::click::ClickAction;
use crate::vivo::android::{ActivityEntry, ClassName, PushEntries};
use crate::vivo::{AuthRequest, Rules, Sign};

/// A vivo certificate, as the IM console stores it: the app at vivo, and what a tap does. The console answers with the
/// certificate id that devices report ([`OfflinePushToken::business_id`](crate::tim::OfflinePushToken::business_id)); it
/// takes effect ten minutes after saving.
///
/// ```
/// use offline_push::ClickAction;
/// use offline_push::delivery::Certificate;
///
/// // The example of vivo's own document.
/// let (key, secret) = ("25509283-3767-4b9e-83fe-b6e55ac6243e", "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21");
/// let certificate = Certificate::new(10004, key, secret, ClickAction::default())?;
///
/// let sign = certificate.sign(1_501_484_120_000);
/// let request = certificate.auth_request(1_501_484_120_000, &sign);
/// assert_eq!(request.sign, "fe3b46a2befc60334c2388676a752bd6");
/// assert!(!format!("{certificate:?}").contains("7265f2a4"));
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certificate<'a> {
    /// The app's id at vivo.
    #[doc(alias = "AppID")]
    pub app_id: u64,
    /// The app's key at vivo.
    #[doc(alias = "AppKey")]
    pub app_key: &'a str,
    /// The app's secret at vivo, which signs auth requests and never travels. Shown as `***`.
    #[doc(alias = "AppSecret")]
    pub app_secret: &'a str,
    /// The certificate id that the console gave it, where it is known: pushes to tokens of another certificate are refused
    /// then. Each vendor has its own, so that a Xiaomi token does not go to vivo.
    pub id: Option<NonZeroU32>,
    /// The *click event*. The console knows no ext; one given here goes with pushes whose sender gives none.
    pub click: ClickAction<'a>,
}

impl<'a> Certificate<'a> {
    /// A certificate, and every change of one, takes effect so long after it was saved in the console (the guide's step 2).
    pub const TAKES_EFFECT_AFTER: Duration = Duration::from_secs(600);

    /// A certificate. White space around key and secret, which comes with copying them, is dropped: vivo's older text trims
    /// what it signs, and its newer one is silent.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn new(
        app_id: u64,
        app_key: &'a str,
        app_secret: &'a str,
        click: ClickAction<'a>,
    ) -> Result<Self, CheckError> {
        let certificate =
            Self { app_id, app_key: app_key.trim(), app_secret: app_secret.trim(), id: None, click };
        certificate.check()?;
        Ok(certificate)
    }

    /// Looks for what vivo cannot do without, and at the click event.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] for an id of 0 (vivo's result 10200), a blank key (10201) or a blank secret;
    /// [`Rule::TooLong`] for a URL, URI or text beyond vivo's newest limits.
    pub fn check(&self) -> Result<(), CheckError> {
        ensure(self.app_id != 0, "appId", Rule::Missing)?;
        present(self.app_key.trim(), "appKey")?;
        present(self.app_secret.trim(), "appSecret")?;
        self.click.check_against(Rules::Newest)
    }

    /// What the manifest of the app says for vivo's SDK: the guide's step 3.2. The secret stays here.
    ///
    /// # Errors
    ///
    /// As [`PushEntries::new`].
    pub fn push_entries(&self) -> Result<PushEntries<'a>, CheckError> {
        PushEntries::new(self.app_id, self.app_key.trim())
    }

    /// What the manifest of the app says for the activity that the click event opens: the guide's "Open specific app
    /// interface". `None` for another click event, for an intent that names no activity or no `scheme://host/path`, and for a
    /// host or path with percent escapes: a manifest has none, as Android compares it with decoded text.
    ///
    /// # Errors
    ///
    /// As [`ClassName::of`] and [`ActivityEntry::new`].
    ///
    /// ```
    /// use offline_push::delivery::Certificate;
    /// use offline_push::{ClickAction, ClickEvent};
    ///
    /// let uri = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    ///            component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
    /// let click = ClickAction::from_console(ClickEvent::OpenScreen, uri)?;
    /// let certificate = Certificate::new(11178, "a90685ff-ebad-4df3-a265-3d4bb8e3a389", "secret", click)?;
    /// let manifest = certificate.activity_entry()?.map(|entry| entry.to_string()).unwrap_or_default();
    /// assert!(manifest.contains(r#"android:name="com.tencent.qcloud.tim.demo.chat.ChatActivity""#));
    /// assert!(manifest.contains(r#"android:scheme="pushscheme""#));
    /// # Ok::<(), offline_push::CheckError>(())
    /// ```
    pub fn activity_entry(&self) -> Result<Option<ActivityEntry<'a>>, CheckError> {
        let ClickAction::OpenScreen { intent, .. } = self.click else { return Ok(None) };
        let Ok(intent) = intent.intent() else { return Ok(None) };
        let (Some(component), Some(data)) = (intent.component, intent.data) else { return Ok(None) };
        let scheme = data.scheme().and_then(|scheme| scheme.as_str());
        let (Some(scheme), Some(host), path) = (scheme, data.host(), data.path()) else { return Ok(None) };
        if path.is_empty() || host.contains('%') || path.contains('%') {
            return Ok(None);
        }
        ActivityEntry::new(ClassName::of(&component)?, scheme, host, path).map(Some)
    }

    /// Signs an auth request at a time (Unix milliseconds).
    #[must_use]
    pub fn sign(&self, timestamp: u64) -> Sign {
        Sign::new(self.app_id, self.app_key, timestamp, self.app_secret)
    }

    /// The auth request with the [`sign`](Self::sign) of the same time.
    #[must_use]
    pub fn auth_request<'s>(&self, timestamp: u64, sign: &'s Sign) -> AuthRequest<'s>
    where
        'a: 's,
    {
        AuthRequest::new(self.app_id, self.app_key.trim(), timestamp, sign.as_str())
    }
}

impl fmt::Debug for Certificate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("app_id", &self.app_id)
            .field("app_key", &self.app_key)
            .field("app_secret", &"***")
            .field("id", &self.id)
            .field("click", &self.click)
            .finish()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Certificate<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(
            f,
            "Certificate {{ app_id: {=u64}, app_key: {=str}, app_secret: \"***\", id: {=u32}, click: {} }}",
            self.app_id,
            self.app_key,
            self.id.map_or(0, NonZeroU32::get),
            self.click
        );
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Certificate<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self {
            app_id: u.arbitrary()?,
            app_key: u.arbitrary()?,
            app_secret: u.arbitrary()?,
            id: u.arbitrary()?,
            click: u.arbitrary()?,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
