//! `byte[]` as Gson writes it: an array of signed integers.

use core::fmt;

use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::bytes::BufferFull;
use crate::ext::Ext;
use crate::json::DecodeErrorKind;
use crate::json::List;
use crate::json::description::Type;
use crate::json::object::Key;
use crate::json::reader::{At, Reader};
use crate::json::serde::serialize_json_text;
use crate::json::show::{Reveal, Show, show_in_logs};
use crate::json::source::Source;
use crate::json::value::{ReadValue, WriteValue};
use crate::json::writer::{Sink, each};

/// Bytes as Gson writes Java's `byte[]`: an array of integers. It needs no memory of its own. For encoding, it borrows the bytes;
/// after decoding, it borrows the array in the input, and reads the bytes during iteration.
///
/// Java's bytes are signed, so Gson writes -128 to 127. The decoder accepts -128 to 255, as Gson's own decoder does
/// (`TypeAdapters.BYTE`, "allow up to 255 to support unsigned values"): 200 is the same byte as -56. Any other number is
/// [`OutOfRange`](crate::json::DecodeErrorKind::OutOfRange). Bytes of the caller are encoded as -128 to 127. A decoded array is
/// encoded with the numbers that it has.
///
/// Two values are equal if their bytes are equal.
///
/// ```
/// use offline_push::json;
/// use offline_push::tim::{JavaBytes, JavaPushInfo};
///
/// let info: JavaPushInfo = json::from_str(r#"{"extension":[-27,165,-67]}"#)?;
/// let extension = info.extension.unwrap();
/// assert_eq!(extension, JavaBytes::from("好"));
/// assert_eq!(extension.write_to(&mut [0; 8])?, "好".as_bytes());
///
/// let mut buffer = [0; 64];
/// let info = JavaPushInfo::new().extension(JavaBytes::from("好"));
/// assert_eq!(json::to_str(&info, &mut buffer)?, r#"{"extension":[-27,-91,-67]}"#);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct JavaBytes<'a> {
    content: Content<'a>,
}

#[derive(Clone, Copy)]
enum Content<'a> {
    Bytes(&'a [u8]),
    Array(List<'a, Number>),
}

impl<'a> JavaBytes<'a> {
    /// Bytes to encode. For text and for an [`Ext`], there is `From`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { content: Content::Bytes(bytes) }
    }

    /// The number of bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self.content {
            Content::Bytes(bytes) => bytes.len(),
            Content::Array(array) => array.len(),
        }
    }

    /// True if there are no bytes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes, in order.
    #[must_use = "an iterator does nothing by itself"]
    pub fn iter(&self) -> impl Iterator<Item = u8> + use<'a> {
        let (bytes, array) = match self.content {
            Content::Bytes(bytes) => (bytes, List::EMPTY),
            Content::Array(array) => (Default::default(), array),
        };
        bytes.iter().copied().chain(array.iter().map(Number::byte))
    }

    /// Writes the bytes to the start of a buffer, and returns them.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if the buffer has fewer than [`len`](Self::len) bytes.
    pub fn write_to<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], BufferFull> {
        let full = BufferFull { needed: self.len() };
        let (taken, _) = buffer.split_at_mut_checked(self.len()).ok_or(full)?;
        for (place, byte) in taken.iter_mut().zip(self.iter()) {
            *place = byte;
        }
        Ok(taken)
    }

    /// The bytes as an ext, which is [text](Ext::as_str) if they are UTF-8.
    ///
    /// `scratch` holds the bytes of a decoded array. A buffer of [`len`](Self::len) bytes is always long enough; for bytes that
    /// were given to [`new`](Self::new), it may be empty.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. The error contains the exact length.
    pub fn to_ext(&self, scratch: &'a mut [u8]) -> Result<Ext<'a>, BufferFull> {
        let bytes = match self.content {
            Content::Bytes(bytes) => bytes,
            Content::Array(_) => self.write_to(scratch)?,
        };
        Ok(core::str::from_utf8(bytes).map_or(Ext::new(bytes), Ext::from))
    }

    /// How much room [`to_ext`](Self::to_ext) needs.
    pub(in crate::tim) const fn room(&self) -> usize {
        match self.content {
            Content::Bytes(_) => 0,
            Content::Array(array) => array.len(),
        }
    }

    /// True if the bytes are UTF-8. This needs no buffer, unlike [`to_ext`](Self::to_ext).
    #[must_use]
    pub fn is_text(&self) -> bool {
        // The bytes that a character still needs, and the range of the next one: table 3-7 of the Unicode Standard.
        const ANY: (u8, u8) = (0x80, 0xbf);
        let (mut left, mut range) = (0_u8, ANY);
        for byte in self.iter() {
            (left, range) = match byte {
                _ if left > 0 => {
                    if byte < range.0 || range.1 < byte {
                        return false;
                    }
                    (left.saturating_sub(1), ANY)
                }
                0..=0x7f => (0, ANY),
                0xc2..=0xdf => (1, ANY),
                0xe0 => (2, (0xa0, 0xbf)),
                0xed => (2, (0x80, 0x9f)),
                0xe1..=0xef => (2, ANY),
                0xf0 => (3, (0x90, 0xbf)),
                0xf1..=0xf3 => (3, ANY),
                0xf4 => (3, (0x80, 0x8f)),
                _ => return false,
            };
        }
        left == 0
    }
}

impl<'a> From<&'a str> for JavaBytes<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text.as_bytes())
    }
}

impl<'a> From<Ext<'a>> for JavaBytes<'a> {
    fn from(ext: Ext<'a>) -> Self {
        Self::new(ext.as_bytes())
    }
}

impl PartialEq for JavaBytes<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for JavaBytes<'_> {}

impl Show for JavaBytes<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if reveal != Reveal::All {
            return write!(f, "JavaBytes(\"<{} bytes>\")", self.len());
        }
        f.write_str("JavaBytes(b\"")?;
        self.iter().try_for_each(|byte| write!(f, "{}", core::ascii::escape_default(byte)))?;
        f.write_str("\")")
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        if reveal == Reveal::All {
            defmt::write!(f, "JavaBytes(");
            crate::json::show::log_list(self.iter().map(u32::from), reveal, f);
            defmt::write!(f, ")");
        } else {
            defmt::write!(f, "JavaBytes(\"<{=usize} bytes>\")", self.len());
        }
    }
}

show_in_logs! { JavaBytes<'_> }

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for JavaBytes<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let content =
            if u.arbitrary()? { Content::Bytes(u.arbitrary()?) } else { Content::Array(u.arbitrary()?) };
        Ok(Self { content })
    }
}

impl WriteValue for JavaBytes<'_> {
    const MAX_LEN: Option<usize> = None;
    const LEVELS: usize = <List<'_, Number> as WriteValue>::LEVELS;

    fn write<S: Sink>(&self, writer: &mut S) {
        match self.content {
            Content::Array(array) => array.write(writer),
            Content::Bytes(bytes) => {
                if !writer.enter() {
                    return;
                }
                let opened = writer.open(b'[');
                each(bytes, writer, |byte, writer| Number::of(*byte).write_member(Key::ELEMENT, writer));
                writer.close(opened, b']');
            }
        }
    }
}

impl<'a> ReadValue<'a> for JavaBytes<'a> {
    const EMPTY: Self = Self { content: Content::Bytes(&[]) };
    const DESCRIPTION: &'static Type = <List<'a, Number> as ReadValue<'a>>::DESCRIPTION;

    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let mut array = List::EMPTY;
        let next = array.fill(reader, at)?;
        self.content = Content::Array(array);
        Some(next)
    }
}

/// Writes numbers in human-readable formats, as on the wire, and JSON in other formats.
impl Serialize for JavaBytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serialize_json_text(self, serializer);
        }
        let mut seq = serializer.serialize_seq(Some(self.len()))?;
        match self.content {
            Content::Bytes(bytes) => {
                bytes.iter().try_for_each(|byte| seq.serialize_element(&byte.cast_signed()))?;
            }
            Content::Array(array) => {
                array.iter().try_for_each(|number| seq.serialize_element(&number.0))?;
            }
        }
        seq.end()
    }
}

/// A byte in an array: -128 to 255.
#[derive(Clone, Copy)]
struct Number(i16);

impl Number {
    /// The signed number of a byte.
    fn of(byte: u8) -> Self {
        Self(i16::from(byte.cast_signed()))
    }

    /// The low eight bits are the byte, for signed and unsigned numbers.
    const fn byte(self) -> u8 {
        let [byte, _] = self.0.to_le_bytes();
        byte
    }
}

impl WriteValue for Number {
    const MAX_LEN: Option<usize> = Some("-128".len());

    fn write<S: Sink>(&self, writer: &mut S) {
        i32::from(self.0).write(writer);
    }
}

impl<'a> ReadValue<'a> for Number {
    const EMPTY: Self = Self(0);
    const DESCRIPTION: &'static Type = &Type::Integer { min: -128, max: 255 };

    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let start = reader.offset(at);
        // This takes numbers from -256 on.
        let (bits, next) = reader.integer(at, 255, true)?;
        self.0 = bits as i16;
        if self.0 < -128 { reader.fail(DecodeErrorKind::OutOfRange, start) } else { Some(next) }
    }
}
