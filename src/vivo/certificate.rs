//! The certificate that the IM console stores, so that IM can push through vivo.

mod saved;

use core::time::Duration;

use super::android::{ActivityEntry, ClassName, PushEntries};
use super::rules::{Rules, filled};
#[cfg(feature = "sign")]
use super::{auth::AuthRequest, sign::Sign};
use crate::bytes::trim;
use crate::check::{CheckError, Rule, ensure};
use crate::click::ClickAction;
use crate::json::show::show;
use crate::setters::setters;
use crate::vendor::Vendor;

pub use saved::SavedCertificate;

/// A vivo certificate, as the IM console stores it: its id, the app's id, key and secret at vivo, and what a tap does.
///
/// The console gives each certificate an id, which devices report
/// ([`OfflinePushToken::business_id`](field@crate::tim::OfflinePushToken::business_id)). A push is composed for tokens of this
/// certificate only, so that a token of another vendor is not sent to vivo. A certificate takes effect ten minutes after it is
/// saved; see [`SavedCertificate`].
///
/// ```
/// use offline_push::ClickAction;
/// use offline_push::vivo::Certificate;
///
/// // The example from vivo's own document.
/// let app_key = "25509283-3767-4b9e-83fe-b6e55ac6243e";
/// let app_secret = "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21";
/// let certificate = Certificate::new(6666, 10004, app_key, app_secret, ClickAction::default());
/// certificate.check()?;
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
    /// The certificate id, which the IM console assigns: the guide's `VIVO_PUSH_BUZID`. Not 0.
    #[doc(alias = "VIVO_PUSH_BUZID")]
    pub id: u32,
    /// The app's id at vivo.
    #[doc(alias = "AppID")]
    pub app_id: u64,
    /// The app's key at vivo. Shown as `***`.
    #[doc(alias = "AppKey")]
    pub app_key: &'a str,
    /// The app's secret at vivo. It signs auth requests, and is never sent. Shown as `***`.
    #[doc(alias = "AppSecret")]
    pub app_secret: &'a str,
    /// The *click event*. The console has no field for an ext. An ext that is set here is used for pushes whose sender sets
    /// none.
    pub click: ClickAction<'a>,
    /// True: a push is composed for tokens of other certificates, too. The default is false. Set it to true if the app at vivo
    /// has several certificates in the console, and this one is used for the devices of all of them.
    pub accept_tokens_of_other_certificates: bool,
}

impl<'a> Certificate<'a> {
    /// Time until a certificate takes effect after it is saved or changed in the console: ten minutes (the guide's step 2).
    pub const TAKES_EFFECT_AFTER: Duration = Duration::from_secs(600);

    /// The vendor that the certificate is for: the *push platform* in the console.
    pub const VENDOR: Vendor = Vendor::VIVO;

    /// Name of the id, in errors.
    pub(crate) const ID: &'static str = "certificate.id";

    /// A certificate: its id in the IM console, and then the fields in the order of vivo's console. Nothing is checked: call
    /// [`check`](Self::check).
    ///
    /// White space around the key and the secret is often copied with them. It is ignored wherever they are used: vivo's older
    /// document says to trim the parts of the sign, and the newer document does not mention white space.
    #[must_use]
    pub const fn new(
        id: u32,
        app_id: u64,
        app_key: &'a str,
        app_secret: &'a str,
        click: ClickAction<'a>,
    ) -> Self {
        Self { id, app_id, app_key, app_secret, click, accept_tokens_of_other_certificates: false }
    }

    setters! {
        accept_tokens_of_other_certificates: bool,
    }

    /// True if a push is composed for tokens that name this certificate id
    /// ([`OfflinePushToken::business_id`](field@crate::tim::OfflinePushToken::business_id)): this certificate's own
    /// [`id`](field@Self::id), or any id if
    /// [`accept_tokens_of_other_certificates`](field@Self::accept_tokens_of_other_certificates) is true. Use it to select the
    /// receivers of a list.
    #[must_use]
    pub const fn accepts(&self, certificate_id: u32) -> bool {
        self.accept_tokens_of_other_certificates || self.id == certificate_id
    }

    /// Checks the required fields and the click event.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] for a certificate id of 0 (the demos' value for "not set"), an app id of 0 (vivo's result 10200), a blank
    /// key (10201) or a blank secret: the fields are `certificate.id`, `appId`, `appKey` and `appSecret`. [`Rule::TooLong`] for a URL,
    /// URI or text that is longer than vivo's newest limits allow.
    pub fn check(&self) -> Result<(), CheckError> {
        ensure(self.id != 0, Self::ID, Rule::Missing)?;
        ensure(self.app_id != 0, "appId", Rule::Missing)?;
        filled(Some(self.app_key), "appKey")?;
        filled(Some(self.app_secret), "appSecret")?;
        self.click.check_against(Rules::Newest)
    }

    /// The entries for vivo's SDK in the app's manifest (the guide's step 3.2). They do not contain the secret.
    ///
    /// # Errors
    ///
    /// As [`PushEntries::check`].
    pub fn push_entries(&self) -> Result<PushEntries<'a>, CheckError> {
        let entries = PushEntries::new(self.app_id, trim(self.app_key));
        entries.check()?;
        Ok(entries)
    }

    /// The entry in the app's manifest for the activity that the click event opens (the guide's "Open specific app interface").
    ///
    /// `None` in these cases:
    ///
    /// - The click event does not open a screen.
    /// - The intent has no component, or no `scheme://host/path`.
    /// - The host or path has percent escapes. A manifest cannot contain them, because Android compares the text of the manifest
    ///   with decoded text.
    ///
    /// # Errors
    ///
    /// As [`ClassName::from_component`] and [`ActivityEntry::check`].
    ///
    /// ```
    /// use offline_push::vivo::Certificate;
    /// use offline_push::{ClickAction, ClickEvent};
    ///
    /// let uri = "intent://com.example/detail#Intent;scheme=pushscheme;\
    ///            component=com.example/.chat.ChatActivity;end";
    /// let click = ClickAction::from_console(ClickEvent::OpenScreen, uri)?;
    /// let certificate = Certificate::new(6666, 11178, "app key", "app secret", click);
    /// let entry = certificate.activity_entry()?.map(|entry| entry.to_string());
    /// let manifest = entry.unwrap_or_default();
    /// assert!(manifest.contains(r#"android:name="com.example.chat.ChatActivity""#));
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
        let entry = ActivityEntry::new(ClassName::from_component(&component)?, scheme, host, path);
        entry.check()?;
        Ok(Some(entry))
    }

    /// The signature of an auth request at a Unix time, in milliseconds.
    #[cfg(feature = "sign")]
    #[cfg_attr(docsrs, doc(cfg(feature = "sign")))]
    #[must_use]
    pub fn sign(&self, timestamp: u64) -> Sign {
        Sign::new(self.app_id, self.app_key, timestamp, self.app_secret)
    }

    /// An auth request at a Unix time, in milliseconds. The sign must be from [`sign`](Self::sign), for the same time.
    #[cfg(feature = "sign")]
    #[cfg_attr(docsrs, doc(cfg(feature = "sign")))]
    #[must_use]
    pub fn auth_request<'s>(&self, timestamp: u64, sign: &'s Sign) -> AuthRequest<'s>
    where
        'a: 's,
    {
        AuthRequest::new(self.app_id, trim(self.app_key), timestamp, sign.as_str())
    }
}

show! {
    struct Certificate<'_> {
        id,
        app_id,
        app_key [secret],
        app_secret [secret],
        click,
        accept_tokens_of_other_certificates,
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Certificate<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self {
            id: u.arbitrary()?,
            app_id: u.arbitrary()?,
            app_key: u.arbitrary()?,
            app_secret: u.arbitrary()?,
            click: u.arbitrary()?,
            accept_tokens_of_other_certificates: u.arbitrary()?,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
