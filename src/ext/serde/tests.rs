use std::collections::BTreeMap;
use std::format;
use std::string::String;

use serde::{Deserialize, Serialize};

use super::{Ext, ExtError};
use crate::bytes::BufferFull;
use crate::json::{MAX_DEPTH, Revealed};

#[derive(Debug, PartialEq, Deserialize)]
struct Owned {
    s: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Borrowed<'a> {
    s: &'a str,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Number<T> {
    a: T,
}

fn read<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, ExtError> {
    let mut scratch = [0; 256];
    Ext::from(json).to_serde(&mut scratch)
}

fn not_json<T: for<'de> Deserialize<'de>>(json: &str) -> bool {
    matches!(read::<T>(json), Err(ExtError::NotJson(_)))
}

#[test]
fn to_serde_escape_in_a_borrowed_text_is_wrong_type() {
    assert_eq!(read(r#"{"s":"a\nb"}"#), Ok(Owned { s: "a\nb".into() }));
    assert_eq!(Ext::from(r#"{"s":"a\nb"}"#).to_serde::<Borrowed>(&mut [0; 64]), Err(ExtError::WrongType));
}

#[test]
fn to_serde_escapes_in_text_and_keys() {
    let ext = Ext::from(r#"{"s":"\u4e2d\u6587 http:\/\/a \ud83d\ude00","z":"\"\n"}"#);
    let mut scratch = [0; 128];
    assert_eq!(ext.to_serde::<Borrowed>(&mut scratch), Ok(Borrowed { s: "中文 http://a 😀" }));
    assert_eq!(read(r#"{"s":"\uD83D!"}"#), Ok(Owned { s: "\u{fffd}!".into() }));
    assert_eq!(read(r#"{"z\n":"\uDE00\uD83D","\u0061":1}"#), Ok(Number { a: 1 }));
}

#[test]
fn to_serde_refuses_invalid_json_in_unused_fields() {
    for json in [
        r#"{"a":1,"s":"\u+041"}"#, r#"{"a":1,"s":"\x"}"#, "{\"a\":1,\"s\":\"a\nb\"}",
        r#"{"z":@#$ nope,"a":1}"#, r#"{"z":tru,"a":1}"#, r#"{"z":1 2 3,"a":1}"#, r#"{"z":[,1],"a":1}"#,
        r#"{"a":01}"#, r#"{"a":1}x"#, "{\"a\":1}\0", "\u{feff}{\"a\":1}", r#"{"a":1"#, "",
    ] {
        assert!(not_json::<Number<u8>>(json), "{json}");
    }
    assert!(["+1.", ".5", "1e"].into_iter().all(not_json::<f64>));
    assert!(not_json::<[u8; 1]>("[,1]"));
}

#[test]
fn to_serde_refuses_invalid_utf8_in_unused_fields() {
    let ext = Ext::new(b"{\"z\":\xff,\"a\":1}");
    assert_eq!(ext.to_serde::<Number<u8>>(&mut []), Err(ExtError::NotUtf8));
    assert_eq!(ext.as_str(), None);
    assert_eq!(format!("{ext:?} {:?}", Revealed(&ext)), r#"Ext("<13 bytes>") Ext(b"{\"z\":\xff,\"a\":1}")"#);
}

#[test]
fn to_serde_refuses_deep_nesting() {
    let nested = |depth| format!(r#"{{"z":{}{},"a":1}}"#, "[".repeat(depth), "]".repeat(depth));
    assert_eq!(read(&nested(MAX_DEPTH - 1)), Ok(Number { a: 1 }));
    assert!(not_json::<Number<u8>>(&nested(MAX_DEPTH)));
    assert!(not_json::<Number<u8>>(&nested(100_000)));
}

#[test]
fn to_serde_short_scratch_tells_the_bytes_needed() {
    for json in [
        r#"{"s":"plain"}"#, r#"{"s":"a\nb"}"#, r#"{"s":"\u4e2d"}"#, r#"{"z":"\n123456","s":"\u4e2d\t"}"#,
        r#"{"z\n\n":[{"y":"\"\""}],"s":"\\"}"#, r#"{"s":"\ud83d\ude00\u0000\u001f\/"}"#,
    ] {
        let mut scratch = [0; 128];
        let wanted = Ext::from(json).to_serde::<Owned>(&mut scratch).map(|owned| owned.s);
        assert!(wanted.is_ok(), "{json}");
        let needed = match Ext::from(json).to_serde::<Owned>(&mut []) {
            Err(ExtError::BufferFull(BufferFull { needed })) => needed,
            _ => 0,
        };
        assert_eq!(needed == 0, !json.contains('\\'), "{json}");
        assert!(needed <= 2 * json.len(), "{json}");
        for length in 0..=needed {
            let mut scratch = [0; 128];
            let read = Ext::from(json).to_serde::<Owned>(scratch.get_mut(..length).unwrap());
            if length < needed {
                assert_eq!(read, Err(ExtError::BufferFull(BufferFull { needed })), "{json}");
            } else {
                assert_eq!(read.map(|owned| owned.s), wanted, "{json}");
            }
        }
    }
}

#[test]
fn to_serde_unfit_json_is_wrong_type() {
    for json in
        [r#"{"a":256}"#, r#"{"a":1.0}"#, r#"{"a":"1"}"#, "{}", r#"{"a":1,"a":1}"#, "[]", r#"{"a":null}"#]
    {
        assert_eq!(read::<Number<u8>>(json), Err(ExtError::WrongType), "{json}");
    }
    assert_eq!(read("null"), Ok(None::<u8>));
    assert_eq!(read::<Number<f32>>(r#"{"a":1e999}"#), Ok(Number { a: f32::INFINITY }));
    assert!(read::<Number<f32>>(r#"{"a":null}"#).is_ok_and(|number| number.a.is_nan()));
}

#[test]
fn to_serde_unreadable_type_is_unsupported() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "t")]
    enum Tagged {
        X { _a: u8 },
    }
    assert_eq!(read::<Tagged>(r#"{"t":"X","_a":1}"#), Err(ExtError::Unsupported));
    assert_eq!(Ext::from(r#"{"a":"x"}"#).to_serde::<Number<&[u8]>>(&mut []), Err(ExtError::Unsupported));
}

#[test]
fn to_serde_reads_maps_with_borrowed_keys() {
    let ext = Ext::from(r#"{"x":1,"\u4e2d":2,"x":3}"#);
    let mut scratch = [0; 64];
    let map = ext.to_serde::<BTreeMap<&str, u8>>(&mut scratch).unwrap();
    assert_eq!(map, BTreeMap::from([("x", 3), ("中", 2)]));
}

#[test]
#[should_panic(expected = "unreachable")]
fn to_serde_map_with_other_keys_panics() {
    let _ = read::<BTreeMap<u8, u8>>(r#"{"1":2}"#);
}

#[test]
#[should_panic(expected = "unreachable")]
fn from_serde_char_panics() {
    let _ = Ext::from_serde(&'x', &mut [0; 16]);
}

#[test]
#[should_panic(expected = "unreachable")]
fn from_serde_tuple_variant_panics() {
    #[derive(Serialize)]
    enum Pair {
        Of(u8, u8),
    }
    let _ = Ext::from_serde(&Pair::Of(1, 2), &mut [0; 16]);
}

#[test]
#[should_panic(expected = "unreachable")]
fn from_serde_128_bit_integer_panics() {
    let _ = Ext::from_serde(&1i128, &mut [0; 64]);
}

#[test]
fn from_serde_refuses_output_that_is_not_json() {
    #[derive(Serialize)]
    struct Quote {
        #[serde(rename = "a\"b")]
        field: u8,
    }
    struct RawBytes(&'static [u8]);
    impl Serialize for RawBytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(self.0)
        }
    }
    let mut buffer = [0; 64];
    assert!(matches!(Ext::from_serde(&Quote { field: 1 }, &mut buffer), Err(ExtError::NotJson(_))));
    assert!(matches!(Ext::from_serde(&RawBytes(b"a\"b"), &mut buffer), Err(ExtError::NotJson(_))));
    assert_eq!(Ext::from_serde(&RawBytes(&[0xff]), &mut buffer), Err(ExtError::NotUtf8));
    assert!(matches!(Ext::from_serde(&BTreeMap::from([(1, 2)]), &mut buffer), Err(ExtError::NotJson(_))));
    let unescaped = serde_json_core::str::EscapedStr("\"");
    assert!(matches!(Ext::from_serde(&unescaped, &mut buffer), Err(ExtError::NotJson(_))));
}

#[test]
fn to_serde_reads_what_from_serde_wrote() {
    let text = "\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}中😀\u{2028}";
    let mut buffer = [0; 128];
    let ext = Ext::from_serde(&BTreeMap::from([("s", text)]), &mut buffer).unwrap();
    assert_eq!(read(ext.as_str().unwrap()), Ok(Owned { s: text.into() }));
    assert_eq!(Ext::from_serde(text, &mut [0; 8]), Err(ExtError::TooLong));
}
