//! Text in a URI, decoded while it is read.

use core::fmt::{self, Write as _};
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;

use crate::bytes::BufferFull;
use crate::json::show::{Length, Reveal, Show, show_in_logs};
use crate::uri_writer::UriWriter;

/// A text value of an intent: plain text, or a part of a URI whose percent escapes are resolved while it is read.
///
/// Escapes are read as by Android's `Uri.decode` (AOSP, `android/net/UriCodec.java`), which never fails:
///
/// - Bytes that are not UTF-8 read as U+FFFD.
/// - A `%` without two hexadecimal digits reads as U+FFFD, followed by a control character: the value of the one digit, or NUL
///   (`%4x` reads as U+FFFD, U+0004). Such a `%` consumes the text up to and including the first character that is not a
///   digit. If the text ends before such a character, there is no control character. A character beyond the Basic Multilingual
///   Plane is consumed completely; Android leaves half of it.
/// - `+` is not decoded.
///
/// ```
/// use offline_push::intent::{Intent, Text};
///
/// let uri = "intent:#Intent;package=com.example;S.title=%E6%A0%87%E9%A2%98;end";
/// let intent = Intent::parse(uri)?;
/// assert_eq!(intent.package.unwrap().as_str(), Some("com.example"));
///
/// let title = intent.text_extra("title").unwrap();
/// assert_eq!(title, "标题");
/// assert_eq!(title.as_str(), None); // it has escapes
/// let mut buffer = [0; 16];
/// assert_eq!(title.copy_to(&mut buffer), Ok("标题"));
/// assert_eq!(title, Text::new("标题"));
/// # Ok::<(), offline_push::intent::IntentError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Text<'a> {
    raw: &'a str,
    encoded: bool,
}

impl<'a> Text<'a> {
    /// Plain text, in which `%` has no special meaning.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { raw: text, encoded: false }
    }

    /// A part of a URI.
    pub(super) const fn encoded(raw: &'a str) -> Self {
        Self { raw, encoded: true }
    }

    /// A part of this text, of the same kind.
    pub(super) const fn part(self, raw: &'a str) -> Self {
        Self { raw, encoded: self.encoded }
    }

    /// The text without decoding.
    pub(super) const fn raw(self) -> &'a str {
        self.raw
    }

    /// The text, if it has no percent escapes and needs no decoding.
    #[must_use]
    pub fn as_str(&self) -> Option<&'a str> {
        (!self.encoded || !self.raw.as_bytes().contains(&b'%')).then_some(self.raw)
    }

    /// True if there are no characters.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// The decoded characters.
    #[must_use]
    pub const fn chars(&self) -> Chars<'a> {
        Chars { rest: self.raw, encoded: self.encoded, left: None }
    }

    /// Copies the decoded text to the start of a buffer. It is never longer than in the URI, except for replacements (U+FFFD has
    /// three bytes).
    ///
    /// # Errors
    ///
    /// [`BufferFull`] with the number of bytes needed.
    pub fn copy_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        let mut output = UriWriter::new(buffer);
        output.put_chars(self.chars());
        output.finish()
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.chars().eq(other.chars())
    }
}

impl Eq for Text<'_> {}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.chars().eq(other.chars())
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.chars().for_each(|character| character.hash(state));
        state.write_u8(0xff);
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chars().try_for_each(|character| f.write_char(character))
    }
}

impl Show for Text<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Characters(self.chars()).show(reveal, f)
    }

    /// Revealed, the text is as in the URI, without decoding.
    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        match reveal {
            Reveal::Nothing => defmt::write!(f, "{}", Length(self.chars().count())),
            Reveal::Public | Reveal::All => defmt::write!(f, "{=str:?}", self.raw),
        }
    }
}

show_in_logs! { Text<'_> }

/// Characters for `Debug`.
pub(super) struct Characters<C>(pub(super) C);

impl<C: Iterator<Item = char> + Clone> Show for Characters<C> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.clone();
        if reveal == Reveal::Nothing {
            return fmt::Debug::fmt(&Length(characters.count()), f);
        }
        f.write_char('"')?;
        characters.try_for_each(|character| match character {
            '\'' => f.write_char(character),
            _ => character.escape_debug().try_for_each(|character| f.write_char(character)),
        })?;
        f.write_char('"')
    }

    /// `defmt` takes no text in pieces, so this is the length.
    #[cfg(feature = "defmt")]
    fn log(&self, _: Reveal, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{}", Length(self.0.clone().count()));
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Text<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.arbitrary().map(Self::new)
    }
}

/// The decoded characters of a [`Text`].
#[derive(Clone)]
pub struct Chars<'a> {
    rest: &'a str,
    encoded: bool,
    /// The control character after a malformed escape.
    left: Option<char>,
}

impl fmt::Debug for Chars<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chars(..)")
    }
}

impl<'a> Chars<'a> {
    /// The text that is not read yet, without decoding.
    pub(super) const fn rest(&self) -> &'a str {
        self.rest
    }
}

impl Iterator for Chars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(left) = self.left.take() {
            return Some(left);
        }
        let mut plain = self.rest.chars();
        let first = plain.next()?;
        if first != '%' || !self.encoded {
            self.rest = plain.as_str();
            return Some(first);
        }
        if let Some((character, rest)) = escaped(self.rest) {
            self.rest = rest;
            return Some(character);
        }
        (self.left, self.rest) = malformed(plain);
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.left.is_some());
        (left.max(usize::from(!self.rest.is_empty())), self.rest.len().checked_add(left))
    }
}

impl FusedIterator for Chars<'_> {}

/// The first escaped byte, and the text after it.
fn escape(text: &str) -> Option<(u8, &str)> {
    let &[b'%', high, low, ..] = text.as_bytes() else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = digit(high)? << 4 | digit(low)?;
    Some((u8::try_from(byte).ok()?, text.get(3..)?))
}

/// The character from the escapes at the start of a text, and the text after them. `None` without an escape.
fn escaped(text: &str) -> Option<(char, &str)> {
    // No character has more than four bytes.
    let mut bytes = [0; 4];
    let (mut rest, mut length) = (text, 0);
    for place in &mut bytes {
        let Some((byte, tail)) = escape(rest) else { break };
        (*place, rest) = (byte, tail);
        length += 1;
    }
    let chunk = bytes.get(..length)?.utf8_chunks().next()?;
    let (character, taken) = match chunk.valid().chars().next() {
        Some(character) => (character, character.len_utf8()),
        None => (char::REPLACEMENT_CHARACTER, chunk.invalid().len()),
    };
    Some((character, text.get(3 * taken..)?))
}

/// The control character after the U+FFFD for a malformed escape, and the text after it.
fn malformed(mut after: core::str::Chars<'_>) -> (Option<char>, &str) {
    let mut left = 0;
    for _ in 0..2 {
        let Some(character) = after.next() else { return (None, "") };
        let Some(digit) = character.to_digit(16) else { break };
        left = digit;
    }
    (char::from_u32(left), after.as_str())
}
