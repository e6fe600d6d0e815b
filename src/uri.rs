//! Checked URIs that a tap may open: web URLs, and URIs of screens.

use core::fmt;

use crate::bytes::split_at_byte;
use crate::check::{CheckError, Rule};
use crate::intent::{Intent, IntentError};
use crate::json::show::show_text;

/// vivo's wire field for both kinds of URI.
const FIELD: &str = "skipContent";

/// A URL for the browser. It starts with `http://` or `https://`: vivo and the IM console accept no other scheme.
///
/// ```
/// use offline_push::WebUrl;
///
/// let url = WebUrl::try_new("https://cloud.tencent.com/document/product/269")?;
/// assert_eq!(url.as_str(), "https://cloud.tencent.com/document/product/269");
/// assert!(WebUrl::try_new("ftp://cloud.tencent.com").is_err());
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WebUrl<'a>(&'a str);

show_text! { WebUrl }

impl<'a> WebUrl<'a> {
    /// Checks that a URL has one of these schemes in any letter case, a host that is not empty, no spaces and no control
    /// characters. The rest of the URL is not checked, and neither is its length: see [`Rules`](crate::vivo::Rules) for the
    /// limits.
    ///
    /// # Errors
    ///
    /// [`Rule::NotWebUrl`].
    pub const fn try_new(url: &'a str) -> Result<Self, CheckError> {
        if is_web_url(url) { Ok(Self(url)) } else { Err(CheckError::new(FIELD, Rule::NotWebUrl)) }
    }

    /// The URL.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }
}

/// A URI that names a screen of the app: an Android intent URI (`intent://…#Intent;…;end`), or a URI with a scheme of the app.
///
/// ```
/// use offline_push::IntentUri;
///
/// let uri = "intent:#Intent;component=com.example/.ChatActivity;end";
/// assert_eq!(IntentUri::try_new(uri)?.as_str(), uri);
/// assert!(IntentUri::try_new("yanxuan://yxwebview?url=x").is_ok());
/// assert!(IntentUri::try_new("com.example.ChatActivity").is_err());
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct IntentUri<'a>(&'a str);

show_text! { IntentUri }

impl<'a> IntentUri<'a> {
    /// Checks that a URI has a scheme other than `http` and `https`, no spaces and no control characters, and that a phone
    /// can [read it as an intent](Self::intent).
    ///
    /// A scheme is a letter followed by letters, digits, `+`, `-` and `.` (RFC 3986). `_` is accepted too, because Tencent's
    /// Flutter guide uses `tencent_im_push://…`.
    ///
    /// # Errors
    ///
    /// [`Rule::NotIntentUri`]. [`Intent::parse`] reports the reason and the position.
    pub fn try_new(uri: &'a str) -> Result<Self, CheckError> {
        Self::read(uri).map(|(uri, _)| uri)
    }

    /// Checks a URI as [`try_new`](Self::try_new) does, and keeps the intent that was read for it.
    pub(crate) fn read(uri: &'a str) -> Result<(Self, Intent<'a>), CheckError> {
        let error = CheckError::new(FIELD, Rule::NotIntentUri);
        if !has_own_scheme(uri) {
            return Err(error);
        }
        let intent = Intent::parse(uri).map_err(|_| error)?;
        Ok((Self(uri), intent))
    }

    /// The URI.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// The intent that the phone reads from the URI.
    ///
    /// # Errors
    ///
    /// None, because [`try_new`](Self::try_new) accepts readable URIs only. The type is that of [`Intent::parse`].
    pub fn intent(&self) -> Result<Intent<'a>, IntentError> {
        Intent::parse(self.0)
    }
}

/// What both types have in common.
macro_rules! checked_text {
    ($name:ident) => {
        #[cfg(feature = "alloc")]
        impl<'a> $name<'a> {
            /// A text that was checked when it was stored.
            pub(crate) const fn checked_before(text: &'a str) -> Self {
                Self(text)
            }
        }

        impl<'a> TryFrom<&'a str> for $name<'a> {
            type Error = CheckError;

            fn try_from(text: &'a str) -> Result<Self, CheckError> {
                Self::try_new(text)
            }
        }

        impl AsRef<str> for $name<'_> {
            fn as_ref(&self) -> &str {
                self.0
            }
        }

        impl fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.0)
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name<'a> {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                Self::try_new(u.arbitrary()?).map_err(|_| arbitrary::Error::IncorrectFormat)
            }
        }
    };
}

checked_text!(WebUrl);
checked_text!(IntentUri);

/// True without spaces and control characters (C0, DEL, C1). Unescaped non-ASCII characters are used in practice.
const fn is_clean(mut uri: &[u8]) -> bool {
    while let [_, rest @ ..] = uri {
        if matches!(uri, [..=b' ' | 0x7f, ..] | [0xc2, 0x80..=0x9f, ..]) {
            return false;
        }
        uri = rest;
    }
    true
}

/// True for the schemes of the web, in any letter case.
fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

const fn is_web_url(url: &str) -> bool {
    let url = url.as_bytes();
    let ([b'h' | b'H', b't' | b'T', b't' | b'T', b'p' | b'P', b's' | b'S', b':', b'/', b'/', rest @ ..]
    | [b'h' | b'H', b't' | b'T', b't' | b'T', b'p' | b'P', b':', b'/', b'/', rest @ ..]) = url
    else {
        return false;
    };
    has_host(rest) && is_clean(url)
}

/// True if there is a host between the user name and the port.
const fn has_host(mut rest: &[u8]) -> bool {
    let (mut at_start, mut found) = (true, false);
    loop {
        match rest {
            [] | [b'/' | b'?' | b'#', ..] => return found,
            [b'@', tail @ ..] => (at_start, found, rest) = (true, false, tail),
            [first, tail @ ..] => {
                if at_start {
                    found = *first != b':';
                }
                (at_start, rest) = (false, tail);
            }
        }
    }
}

/// True for a URI with a scheme that is not the web's, without spaces and control characters.
fn has_own_scheme(uri: &str) -> bool {
    let Some((scheme, _)) = split_at_byte(uri, b':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_'));
    is_scheme && !is_web(scheme) && is_clean(uri.as_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::format;

    use super::{IntentUri, WebUrl};
    use crate::check::{CheckError, Rule};
    use crate::intent::{Intent, IntentErrorKind, MAX_ENTRIES};

    #[test]
    fn web_url_needs_a_web_scheme_and_a_host() {
        for url in [
            "http://www.vivo.com", "HTTPS://a", "hTtP://a@:@b\u{a0}", "https://user:pw@host:8080/?q#f",
            "https://[::1]:80/", "http://例え.jp/标题",
        ] {
            let checked = WebUrl::try_from(url).unwrap();
            assert_eq!((checked.as_str(), checked.as_ref(), format!("{checked}")), (url, url, url.into()));
        }
        for url in [
            "", "www.vivo.com", "//www.vivo.com", "ftp://www.vivo.com", "intent://a#Intent;end", "http:/a",
            "https://", "https:///path", "https://?q", "https://#f", "https://user@/", "https://:80/",
            "https://a b", "https://a\n", " https://a", "https://a\u{7f}", "https://a\u{80}",
            "https://a\u{9f}", "https://user@:80/",
        ] {
            assert_eq!(WebUrl::try_new(url), Err(CheckError::new("skipContent", Rule::NotWebUrl)), "{url:?}");
        }
    }

    #[test]
    fn intent_uri_needs_a_scheme_other_than_the_webs() {
        for uri in [
            "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end",
            "intent:#Intent;end",
            "tencent_im_push://com.example/message?#Intent;scheme=tencent_im_push;end",
            "yanxuan://yxwebview?url=http://a",
            "android-app://com.example",
            "intent://io.dcloud.unipush/?#Intent;S.title=标题;end",
        ] {
            assert_eq!(IntentUri::try_new(uri).map(|uri| uri.as_str()), Ok(uri));
        }
        for uri in [
            "", ":", "com.example.Chat", "1a:b", "_a:b", "a b:c", "http://a", "HTTPS://a", "a:b c", "a:\t",
            "例:b", "intent:#Intent;launchFlags=high;end", "intent:#Intent;S.a=b",
        ] {
            assert_eq!(
                IntentUri::try_new(uri),
                Err(CheckError::new("skipContent", Rule::NotIntentUri)),
                "{uri:?}"
            );
        }
    }

    #[test]
    fn intent_uri_refuses_what_intent_parse_refuses() {
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
            assert_eq!(
                IntentUri::try_new(uri),
                Err(CheckError::new("skipContent", Rule::NotIntentUri)),
                "{uri}"
            );
        }
    }

    #[test]
    fn intent_of_an_intent_uri_never_fails() {
        for uri in [
            "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end",
            "tencent_im_push://com.example/message?#Intent;scheme=tencent_im_push;end",
            "yanxuan://yxwebview?url=http://a#b",
            "android-app://com.example",
        ] {
            let read = IntentUri::try_new(uri).unwrap().intent();
            assert_eq!(read, Intent::parse(uri));
            assert!(read.is_ok(), "{uri}");
        }
    }
}
