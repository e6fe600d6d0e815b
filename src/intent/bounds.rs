//! The position of an intent's sender on the screen.

use super::error::IntentErrorKind;
use super::number::{digits_of, eat};
use super::text::Text;
use crate::uri_writer::UriWriter;

/// A rectangle on the screen, in pixels: `sourceBounds`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[allow(clippy::exhaustive_structs)] // A rectangle has four sides.
pub struct Bounds {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

impl Bounds {
    /// Reads `left top right bottom`, separated by one space each. `None` for anything else, as Android's
    /// `Rect.unflattenFromString`, but an error for a number beyond 32 bits.
    pub(super) fn read(text: Text<'_>) -> Result<Option<Self>, IntentErrorKind> {
        let mut rest = text.chars();
        let mut sides = [None; 4];
        for (index, side) in sides.iter_mut().enumerate() {
            if index > 0 && !eat(&mut rest, |character| character == ' ') {
                return Ok(None);
            }
            let negative = eat(&mut rest, |character| character == '-');
            let digits = rest.clone();
            if !eat(&mut rest, |character| character.is_ascii_digit()) {
                return Ok(None);
            }
            while eat(&mut rest, |character| character.is_ascii_digit()) {}
            let digits = digits.take_while(|character| character.is_ascii_digit());
            *side = digits_of(negative, digits, 10).and_then(|number| i32::try_from(number).ok());
        }
        match (rest.next(), sides) {
            (None, [Some(left), Some(top), Some(right), Some(bottom)]) => {
                Ok(Some(Self { left, top, right, bottom }))
            }
            (None, _) => Err(IntentErrorKind::NotANumber),
            (Some(_), _) => Ok(None),
        }
    }

    /// Writes the numbers, separated by escaped spaces.
    pub(super) fn write(&self, output: &mut UriWriter<'_>) {
        let mut space = "";
        for side in [self.left, self.top, self.right, self.bottom] {
            output.put(space);
            output.put_integer(i64::from(side));
            space = "%20";
        }
    }
}
