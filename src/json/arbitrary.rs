//! Views for fuzzers: made from the fuzzer's text, if it is such a value.

use arbitrary::{Arbitrary, Result, Unstructured};

use super::keyed::Keyed;
use super::list::List;
use super::map::{MAX_INSERTED_PAIRS, Map};
use super::raw::{Members, Raw};
use super::reader::Cursor;
use super::value::ReadValue;

impl<'a> Arbitrary<'a> for Raw<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self::new(u.arbitrary()?).unwrap_or(Self::EMPTY))
    }
}

impl<'a> Arbitrary<'a> for Members<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Self::new(u.arbitrary()?).or_else(|_| Self::new("{}")).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}

/// The value at the start of a text.
fn read<'a, T: ReadValue<'a>>(text: &'a str) -> Option<T> {
    let mut cursor = Cursor::new(text);
    cursor.start();
    cursor.read()
}

impl<'a> Arbitrary<'a> for Map<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut map = read(u.arbitrary()?).unwrap_or(Self::EMPTY);
        for _ in 0..u.int_in_range(0..=MAX_INSERTED_PAIRS)? {
            map.insert(u.arbitrary()?, u.arbitrary()?).map_err(|_| arbitrary::Error::IncorrectFormat)?;
        }
        Ok(map)
    }
}

impl<'a, T: ReadValue<'a>> Arbitrary<'a> for List<'a, T> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(read(u.arbitrary()?).unwrap_or(Self::EMPTY))
    }
}

impl<'a, T: ReadValue<'a>> Arbitrary<'a> for Keyed<'a, T> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(read(u.arbitrary()?).unwrap_or(Self::EMPTY))
    }
}
