//! What a tap may open, as text that has been looked at: web URLs, and URIs of screens.

use crate::bytes::split_at_byte;
use crate::check::{CheckError, Rule, ensure};
use crate::intent::{Intent, IntentError};

/// The wire field that both kinds travel in, at vivo.
const FIELD: &str = "skipContent";

/// A URL for the browser: `http://` or `https://`, which is all that vivo and the IM console take.
///
/// ```
/// use offline_push::WebUrl;
///
/// let url = WebUrl::new("https://cloud.tencent.com/document/product/269")?;
/// assert_eq!(url.as_str(), "https://cloud.tencent.com/document/product/269");
/// assert!(WebUrl::new("ftp://cloud.tencent.com").is_err());
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct WebUrl<'a>(&'a str);

impl<'a> WebUrl<'a> {
    /// Checks a URL: the scheme in letters of any case, a host that is not empty, neither spaces nor control characters.
    /// The rest is not looked at; how long it may be is the [`Rules`](crate::vivo::Rules)' affair.
    ///
    /// # Errors
    ///
    /// [`Rule::NotWebUrl`].
    pub fn new(url: &'a str) -> Result<Self, CheckError> {
        ensure(is_web_url(url), FIELD, Rule::NotWebUrl)?;
        Ok(Self(url))
    }

    /// The URL.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }
}

/// A URI that names a screen: an Android intent URI (`intent://…#Intent;…;end`), or one of the app's own scheme.
///
/// ```
/// use offline_push::IntentUri;
///
/// assert!(IntentUri::new("intent:#Intent;component=com.example/.ChatActivity;end").is_ok());
/// assert!(IntentUri::new("yanxuan://yxwebview?url=x").is_ok());
/// assert!(IntentUri::new("com.example.ChatActivity").is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct IntentUri<'a>(&'a str);

impl<'a> IntentUri<'a> {
    /// Checks that a URI has a scheme, other than those of the web, that it holds neither spaces nor control characters, and
    /// that a phone can [read it as an intent](Self::intent).
    ///
    /// A scheme is a letter followed by letters, digits, `+`, `-` and `.` (RFC 3986), here also `_`: Tencent's own Flutter
    /// guide uses `tencent_im_push://…`.
    ///
    /// # Errors
    ///
    /// [`Rule::NotIntentUri`]; [`Intent::parse`] says where and why.
    pub fn new(uri: &'a str) -> Result<Self, CheckError> {
        ensure(is_intent_uri(uri), FIELD, Rule::NotIntentUri)?;
        Ok(Self(uri))
    }

    /// The URI.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// What the phone makes of it.
    ///
    /// # Errors
    ///
    /// None: what cannot be read is no `IntentUri`. The type is that of [`Intent::parse`].
    pub fn intent(&self) -> Result<Intent<'a>, IntentError> {
        Intent::parse(self.0)
    }
}

/// Text that a URI may consist of. Characters beyond ASCII are in use unescaped.
fn is_clean(uri: &str) -> bool {
    !uri.chars().any(|character| character == ' ' || character.is_control())
}

/// The schemes of the web, in letters of any case.
fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn is_web_url(url: &str) -> bool {
    let Some((scheme, rest)) = split_at_byte(url, b':') else { return false };
    let Some(rest) = rest.strip_prefix("//") else { return false };
    // Bytes and not text: searching text backwards links panics.
    let authority = rest.as_bytes().split(|byte| matches!(byte, b'/' | b'?' | b'#')).next();
    let place = authority.and_then(|authority| authority.rsplit(|byte| *byte == b'@').next());
    let host = place.is_some_and(|place| !matches!(place.first(), None | Some(b':')));
    is_web(scheme) && host && is_clean(url)
}

fn is_intent_uri(uri: &str) -> bool {
    let Some((scheme, _)) = split_at_byte(uri, b':') else { return false };
    let named = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_'));
    named && !is_web(scheme) && is_clean(uri) && Intent::parse(uri).is_ok()
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for WebUrl<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Self::new(u.arbitrary()?).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for IntentUri<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Self::new(u.arbitrary()?).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::format;

    use super::{IntentUri, WebUrl};
    use crate::check::{CheckError, Rule};
    use crate::intent::{Intent, IntentErrorKind, MAX_ENTRIES};

    #[test]
    fn a_web_url_has_a_web_scheme_and_a_host() {
        for url in [
            "http://www.vivo.com",
            "HTTPS://a",
            "https://user:pw@host:8080/?q#f",
            "https://[::1]:80/",
            "http://例え.jp/标题",
        ] {
            assert_eq!(WebUrl::new(url).map(|url| url.as_str()), Ok(url));
        }
        for url in [
            "",
            "www.vivo.com",
            "//www.vivo.com",
            "ftp://www.vivo.com",
            "intent://a#Intent;end",
            "http:/a",
            "https://",
            "https:///path",
            "https://?q",
            "https://#f",
            "https://user@/",
            "https://:80/",
            "https://a b",
            "https://a\n",
            " https://a",
            "https://a\u{7f}",
        ] {
            assert_eq!(WebUrl::new(url), Err(CheckError::new("skipContent", Rule::NotWebUrl)), "{url:?}");
        }
    }

    #[test]
    fn an_intent_uri_has_a_scheme_of_its_own() {
        for uri in [
            "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end",
            "intent:#Intent;end",
            "tencent_im_push://com.example/message?#Intent;scheme=tencent_im_push;end",
            "yanxuan://yxwebview?url=http://a",
            "android-app://com.example",
            "intent://io.dcloud.unipush/?#Intent;S.title=标题;end",
        ] {
            assert_eq!(IntentUri::new(uri).map(|uri| uri.as_str()), Ok(uri));
        }
        for uri in [
            "",
            ":",
            "com.example.Chat",
            "1a:b",
            "_a:b",
            "a b:c",
            "http://a",
            "HTTPS://a",
            "a:b c",
            "a:\t",
            "例:b",
            "intent:#Intent;launchFlags=high;end",
            "intent:#Intent;S.a=b",
        ] {
            assert_eq!(
                IntentUri::new(uri),
                Err(CheckError::new("skipContent", Rule::NotIntentUri)),
                "{uri:?}"
            );
        }
    }

    #[test]
    fn what_a_phone_cannot_read_is_no_intent_uri_whatever_is_wrong() {
        let too_many = format!("intent:#Intent;{}end", "i.a=1;".repeat(MAX_ENTRIES + 1));
        for (uri, kind) in [
            ("intent:#Intent;S.a=b", IntentErrorKind::NoEnd),
            ("intent:#Intent;", IntentErrorKind::NoEnd),
            ("intent:#Intent;launchHwFlags=0x1;end", IntentErrorKind::UnknownField),
            ("own://a#Intent;x.a=b;end", IntentErrorKind::UnknownField),
            ("intent:#Intent;S.a;end", IntentErrorKind::NoValue),
            ("intent:#Intent;launchFlags=4x;end", IntentErrorKind::NotANumber),
            ("intent:#Intent;b.a=128;end", IntentErrorKind::NotANumber),
            ("intent:#Intent;c.a=;end", IntentErrorKind::NotAChar),
            ("android-app:", IntentErrorKind::NoPackage),
            ("intent:#action(a)end", IntentErrorKind::LegacyForm),
            (&*too_many, IntentErrorKind::TooMany),
        ] {
            assert_eq!(Intent::parse(uri).unwrap_err().kind(), kind, "{uri}");
            assert_eq!(IntentUri::new(uri), Err(CheckError::new("skipContent", Rule::NotIntentUri)), "{uri}");
        }
    }

    #[test]
    fn an_intent_uri_always_reads_as_an_intent() {
        for uri in [
            "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end",
            "tencent_im_push://com.example/message?#Intent;scheme=tencent_im_push;end",
            "yanxuan://yxwebview?url=http://a#b",
            "android-app://com.example",
        ] {
            let read = IntentUri::new(uri).unwrap().intent();
            assert_eq!(read, Intent::parse(uri));
            assert!(read.is_ok(), "{uri}");
        }
    }
}
