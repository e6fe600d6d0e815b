//! The data of an intent: a URI in one part or several.

use core::fmt::{self, Write as _};
use core::hash::{Hash, Hasher};

use super::text::{Characters, Chars, Text};
use crate::bytes::split_at_byte;
use crate::json::show::{self, Reveal, Show, show_in_logs};
#[cfg(feature = "defmt")]
use crate::json::show::{Length, Shown};
use crate::uri_writer::UriWriter;

/// The data of an intent: `scheme:rest` or `scheme://authority/path`. An intent URI contains the scheme separately, so the data may
/// consist of several parts; it is compared and shown as one text.
///
/// ```
/// use offline_push::intent::Data;
///
/// let data = Data::new("pushscheme://com.tencent.qcloud.tim/detail?title=testTitle");
/// assert_eq!(data.scheme().unwrap(), "pushscheme");
/// assert_eq!(data.host(), Some("com.tencent.qcloud.tim"));
/// assert_eq!(data.path(), "/detail");
/// assert!(data.to_string().ends_with("/detail?title=testTitle"));
/// ```
#[derive(Clone, Copy)]
pub struct Data<'a> {
    scheme: Option<Text<'a>>,
    /// Only for `android-app:` URIs, which escape the authority and have no slashes before it.
    authority: Option<Text<'a>>,
    rest: &'a str,
}

impl<'a> Data<'a> {
    /// Data from a URI. The scheme is the text before the first `:`, if it consists of letters, digits, `+`, `-`, `.` and `_`. RFC 3986
    /// does not permit the `_`, but `tencent_im_push://` contains it. Text without a scheme is accepted as it is.
    #[must_use]
    pub fn new(uri: &'a str) -> Self {
        match split_at_byte(uri, b':') {
            Some((scheme, rest)) if is_scheme(scheme) => Self::of_scheme(Text::new(scheme), rest),
            _ => Self { scheme: None, authority: None, rest: uri },
        }
    }

    /// Data from a scheme and the text after the `:`.
    pub(super) const fn of_scheme(scheme: Text<'a>, rest: &'a str) -> Self {
        Self { scheme: Some(scheme), authority: None, rest }
    }

    pub(super) const fn of_authority(scheme: Text<'a>, authority: Text<'a>, rest: &'a str) -> Self {
        Self { scheme: Some(scheme), authority: Some(authority), rest }
    }

    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> Option<Text<'a>> {
        self.scheme
    }

    /// The text after the scheme, and after the authority if that is kept separately.
    pub(super) const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Writes the text after the scheme and its `:`.
    pub(super) fn write_rest(&self, output: &mut UriWriter<'_>) {
        if let Some(authority) = self.authority {
            output.put("//");
            output.put_chars(authority.chars());
        }
        output.put(self.rest);
    }

    /// The authority, and the rest from the path on, without decoding.
    pub(super) fn hierarchy(&self) -> Option<(Text<'a>, &'a str)> {
        if let Some(authority) = self.authority {
            return Some((authority, self.rest));
        }
        let rest = self.rest.strip_prefix("//")?;
        let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#'));
        let end = end.unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end)?;
        Some((Text::new(authority), rest))
    }

    /// The host, between `//` (or a user name) and `/` (or the `:` of a port), as in an intent filter's `android:host` (AOSP,
    /// `android/net/Uri.java`). Escapes in it are not decoded. `None` for data without a host.
    #[must_use]
    pub fn host(&self) -> Option<&'a str> {
        let (authority, _) = self.hierarchy()?;
        let authority = authority.as_str()?;
        // This searches bytes, because a backward search in text would link panics into the program.
        let user = authority.bytes().rposition(|byte| byte == b'@').map_or(0, |at| at.saturating_add(1));
        let host = authority.get(user..)?;
        let port = host.bytes().rev().take_while(u8::is_ascii_digit).count();
        let without_port =
            host.get(..host.len().saturating_sub(port)).and_then(|host| host.strip_suffix(":"));
        let host = without_port.unwrap_or(host);
        (!host.is_empty()).then_some(host)
    }

    /// The path after the host, without query and fragment: `android:path` of an intent filter. Empty for data without a path, and
    /// for data without a `/` after the scheme (`mailto:…`).
    #[must_use]
    pub fn path(&self) -> &'a str {
        let rest = match self.hierarchy() {
            Some((_, rest)) => rest,
            None if self.scheme.is_some() && !self.rest.starts_with('/') => "",
            None => self.rest,
        };
        let end = rest.bytes().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// True if there are no characters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chars().next().is_none()
    }

    pub(super) fn starts_with(&self, word: &str) -> bool {
        self.chars().take(word.len()).eq(word.chars())
    }

    /// The characters of the whole text.
    pub fn chars(&self) -> impl Iterator<Item = char> + Clone + use<'a> {
        let text = |text: Option<Text<'a>>| text.map_or(NO_CHARS, |text| text.chars());
        let colon = self.scheme.map_or("", |_| ":");
        let slashes = self.authority.map_or("", |_| "//");
        let head = text(self.scheme).chain(colon.chars()).chain(slashes.chars());
        head.chain(text(self.authority)).chain(self.rest.chars())
    }
}

const NO_CHARS: Chars<'static> = Text::new("").chars();

fn is_scheme(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
    !text.is_empty() && text.bytes().all(letter)
}

impl<'a> From<&'a str> for Data<'a> {
    fn from(uri: &'a str) -> Self {
        Self::new(uri)
    }
}

impl PartialEq for Data<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.chars().eq(other.chars())
    }
}

impl Eq for Data<'_> {}

impl Hash for Data<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.chars().for_each(|character| character.hash(state));
        state.write_u8(0xff);
    }
}

impl PartialEq<&str> for Data<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.chars().eq(other.chars())
    }
}

impl fmt::Display for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chars().try_for_each(|character| f.write_char(character))
    }
}

impl Show for Data<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show::tuple("Data", &Characters(self.chars()), reveal, f)
    }

    /// If it reveals the parts, they are as in the URI, without decoding.
    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        match reveal {
            Reveal::Nothing => defmt::write!(f, "Data({})", Length(self.chars().count())),
            Reveal::Public | Reveal::All => {
                let parts =
                    (Shown(self.scheme, reveal), Shown(self.authority, reveal), Shown(self.rest, reveal));
                defmt::write!(f, "Data({}, {}, {})", parts.0, parts.1, parts.2);
            }
        }
    }
}

show_in_logs! { Data<'_> }

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Data<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.arbitrary().map(Self::new)
    }
}
