//! The map with open keys, as the peers hold it.

use jzon::ser::write_escaped_str_sink;
use jzon::{Error, FromJson, JsonSink, Scanner, ToJson, VecSink};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Pairs as they come. One small allocation costs the peers less than an inline map of 16 pairs, which
/// would be copied with the notification, and much less than a tree or a hash table.
pub struct Pairs<T>(Vec<(T, T)>);

impl<T> FromIterator<(T, T)> for Pairs<T> {
    fn from_iter<I: IntoIterator<Item = (T, T)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Pairs<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}

struct PairsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
    type Value = Pairs<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Pairs<T>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = members.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

impl ToJson for Pairs<&str> {
    fn json_write(&self, target: &mut Vec<u8>) {
        self.json_write_sink(&mut VecSink(target));
    }

    #[inline]
    fn json_write_sink<S: JsonSink>(&self, target: &mut S) {
        target.push(b'{');
        for (i, (key, value)) in self.0.iter().enumerate() {
            if i > 0 {
                target.push(b',');
            }
            write_escaped_str_sink(key, target);
            target.push(b':');
            write_escaped_str_sink(value, target);
        }
        target.push(b'}');
    }
}

impl<'de> FromJson<'de> for Pairs<&'de str> {
    #[inline]
    fn from_json_scanner(scanner: &mut Scanner<'de>) -> Result<Self, Error> {
        let mut pairs = Vec::new();
        scanner.skip_whitespace();
        scanner.expect_byte(b'{')?;
        let mut next = scanner.peek_byte_after_ws()?;
        while next != b'}' {
            let key = <&str>::from_json_scanner(scanner)?;
            scanner.skip_whitespace();
            scanner.expect_byte(b':')?;
            pairs.push((key, <&str>::from_json_scanner(scanner)?));
            next = scanner.peek_byte_after_ws()?;
            match next {
                b',' => scanner.advance(),
                b'}' => {}
                _ => return Err(Error::UnexpectedToken),
            }
        }
        scanner.advance();
        Ok(Self(pairs))
    }
}
