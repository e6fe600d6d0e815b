//! Maps with open keys, as the peers hold them.

use jzon::ser::write_escaped_str_sink;
use jzon::{Error, FromJson, JsonSink, Scanner, ToJson, VecSink};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Entries as they come. One small allocation costs the peers less than an inline map of 16 pairs, which
/// would be copied with the notification, and much less than a tree or a hash table.
pub struct Entries<K, V>(pub Vec<(K, V)>);

/// Texts by text.
pub type Pairs<T> = Entries<T, T>;

impl<K, V> FromIterator<(K, V)> for Entries<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<K: Serialize, V: Serialize> Serialize for Entries<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<K, V> {
    type Value = Entries<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Entries<K, V>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = members.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

impl<V: ToJson> ToJson for Entries<&str, V> {
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
            value.json_write_sink(target);
        }
        target.push(b'}');
    }
}

impl<'de, V: FromJson<'de>> FromJson<'de> for Entries<&'de str, V> {
    #[inline]
    fn from_json_scanner(scanner: &mut Scanner<'de>) -> Result<Self, Error> {
        let mut entries = Vec::new();
        scanner.skip_whitespace();
        scanner.expect_byte(b'{')?;
        let mut next = scanner.peek_byte_after_ws()?;
        while next != b'}' {
            let key = <&str>::from_json_scanner(scanner)?;
            scanner.skip_whitespace();
            scanner.expect_byte(b':')?;
            entries.push((key, V::from_json_scanner(scanner)?));
            next = scanner.peek_byte_after_ws()?;
            match next {
                b',' => scanner.advance(),
                b'}' => {}
                _ => return Err(Error::UnexpectedToken),
            }
        }
        scanner.advance();
        Ok(Self(entries))
    }
}
