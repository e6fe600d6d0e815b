use std::collections::BTreeMap;
use std::format;
use std::string::String;

use serde::{Deserialize, Serialize};

use super::{Ext, ExtError};
use crate::bytes::BufferFull;
use crate::json::MAX_DEPTH;

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

fn parse<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, ExtError> {
    let mut scratch = [0; 256];
    Ext::from(json).parse(&mut scratch)
}

fn refused<T: for<'de> Deserialize<'de>>(json: &str) -> bool {
    matches!(parse::<T>(json), Err(ExtError::NotJson(_)))
}

#[test]
fn an_escape_is_never_handed_out_as_it_is() {
    assert_eq!(parse(r#"{"s":"a\nb"}"#), Ok(Owned { s: "a\nb".into() }));
    assert_eq!(Ext::from(r#"{"s":"a\nb"}"#).parse::<Borrowed>(&mut [0; 64]), Err(ExtError::WrongType));
}

#[test]
fn parse_surrogates_reads_pair_and_half_in_any_member() {
    assert_eq!(parse(r#"{"s":"\uD83D\ude00!"}"#), Ok(Owned { s: "😀!".into() }));
    assert_eq!(parse(r#"{"z":"\uD83D\uDE00","a":1}"#), Ok(Number { a: 1 }));
    assert_eq!(parse(r#"{"s":"\uD83D!"}"#), Ok(Owned { s: "\u{fffd}!".into() }));
    assert_eq!(parse(r#"{"z":"\uDE00\uD83D","a":1}"#), Ok(Number { a: 1 }));
}

#[test]
fn text_borrows_where_json_does_not_demand_its_escapes() {
    let ext = Ext::from(r#"{"s":"\u4e2d\u6587 http:\/\/a \ud83d\ude00","z":"\"\n"}"#);
    let mut scratch = [0; 128];
    assert_eq!(ext.parse::<Borrowed>(&mut scratch), Ok(Borrowed { s: "中文 http://a 😀" }));
}

#[test]
fn an_escaped_key_is_found() {
    assert_eq!(parse(r#"{"\u0061":1}"#), Ok(Number { a: 1 }));
    assert_eq!(parse(r#"{"z\n":2,"\u0061":1}"#), Ok(Number { a: 1 }));
}

#[test]
fn what_is_no_json_is_refused_also_in_fields_nobody_asks_for() {
    for json in [
        r#"{"a":1,"s":"\u+041"}"#,
        r#"{"a":1,"s":"\x"}"#,
        "{\"a\":1,\"s\":\"a\nb\"}",
        r#"{"z":@#$ nope,"a":1}"#,
        r#"{"z":tru,"a":1}"#,
        r#"{"z":1 2 3,"a":1}"#,
        r#"{"z":[,1],"a":1}"#,
        r#"{"a":01}"#,
        r#"{"a":1}x"#,
        "{\"a\":1}\0",
        "\u{feff}{\"a\":1}",
        r#"{"a":1"#,
        "",
    ] {
        assert!(refused::<Number<u8>>(json), "{json}");
    }
    assert!(["+1.", ".5", "1e"].into_iter().all(refused::<f64>));
    assert!(refused::<[u8; 1]>("[,1]"));
}

#[test]
fn bytes_that_are_not_text_are_refused_wherever_they_stand() {
    let ext = Ext::new(b"{\"z\":\xff,\"a\":1}");
    assert_eq!(ext.parse::<Number<u8>>(&mut []), Err(ExtError::NotUtf8));
    assert_eq!(ext.as_str(), None);
    assert_eq!(format!("{ext:?}"), r#"Ext(b"{\"z\":\xff,\"a\":1}")"#);
}

#[test]
fn nesting_ends_before_the_stack_does() {
    let nested = |depth| format!(r#"{{"z":{}{},"a":1}}"#, "[".repeat(depth), "]".repeat(depth));
    assert_eq!(parse(&nested(MAX_DEPTH - 1)), Ok(Number { a: 1 }));
    assert!(refused::<Number<u8>>(&nested(MAX_DEPTH)));
    assert!(refused::<Number<u8>>(&nested(100_000)));
}

#[test]
fn scratch_that_is_too_short_says_how_much_is_needed_and_that_suffices() {
    for json in [
        r#"{"s":"plain"}"#,
        r#"{"s":"a\nb"}"#,
        r#"{"s":"\u4e2d"}"#,
        r#"{"z":"\n123456","s":"\u4e2d\t"}"#,
        r#"{"z\n\n":[{"y":"\"\""}],"s":"\\"}"#,
        r#"{"s":"\ud83d\ude00\u0000\u001f\/"}"#,
    ] {
        let mut scratch = [0; 128];
        let wanted = Ext::from(json).parse::<Owned>(&mut scratch).map(|owned| owned.s);
        assert!(wanted.is_ok(), "{json}");
        let needed = match Ext::from(json).parse::<Owned>(&mut []) {
            Err(ExtError::BufferFull(BufferFull { needed })) => needed,
            _ => 0,
        };
        assert_eq!(needed == 0, !json.contains('\\'), "{json}");
        assert!(needed <= 2 * json.len(), "{json}");
        for length in 0..=needed {
            let mut scratch = [0; 128];
            let read = Ext::from(json).parse::<Owned>(scratch.get_mut(..length).unwrap());
            if length < needed {
                assert_eq!(read, Err(ExtError::BufferFull(BufferFull { needed })), "{json}");
            } else {
                assert_eq!(read.map(|owned| owned.s), wanted, "{json}");
            }
        }
    }
}

#[test]
fn json_of_another_shape_is_of_the_wrong_type() {
    for json in
        [r#"{"a":256}"#, r#"{"a":1.0}"#, r#"{"a":"1"}"#, "{}", r#"{"a":1,"a":1}"#, "[]", r#"{"a":null}"#]
    {
        assert_eq!(parse::<Number<u8>>(json), Err(ExtError::WrongType), "{json}");
    }
    assert_eq!(parse("null"), Ok(None::<u8>));
    assert_eq!(parse::<Number<f32>>(r#"{"a":1e999}"#), Ok(Number { a: f32::INFINITY }));
    assert!(parse::<Number<f32>>(r#"{"a":null}"#).is_ok_and(|number| number.a.is_nan()));
}

#[test]
fn a_type_that_the_library_cannot_read_is_named_so() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "t")]
    enum Tagged {
        X { _a: u8 },
    }
    assert_eq!(parse::<Tagged>(r#"{"t":"X","_a":1}"#), Err(ExtError::Unsupported));
    assert_eq!(Ext::from(r#"{"a":"x"}"#).parse::<Number<&[u8]>>(&mut []), Err(ExtError::Unsupported));
}

#[test]
fn maps_are_read_by_borrowed_keys() {
    let ext = Ext::from(r#"{"x":1,"\u4e2d":2,"x":3}"#);
    let mut scratch = [0; 64];
    let map = ext.parse::<BTreeMap<&str, u8>>(&mut scratch).unwrap();
    assert_eq!(map, BTreeMap::from([("x", 3), ("中", 2)]));
}

#[test]
#[should_panic(expected = "unreachable")]
fn documented_limit_other_keys_of_maps_panic() {
    let _ = parse::<BTreeMap<u8, u8>>(r#"{"1":2}"#);
}

#[test]
#[should_panic(expected = "unreachable")]
fn documented_limit_a_char_panics_when_written() {
    let _ = Ext::write(&'x', &mut [0; 16]);
}

#[test]
#[should_panic(expected = "unreachable")]
fn documented_limit_a_tuple_variant_panics_when_written() {
    #[derive(Serialize)]
    enum Pair {
        Of(u8, u8),
    }
    let _ = Ext::write(&Pair::Of(1, 2), &mut [0; 16]);
}

#[test]
#[should_panic(expected = "unreachable")]
fn documented_limit_128_bits_panic_when_written() {
    let _ = Ext::write(&1i128, &mut [0; 64]);
}

#[test]
fn output_that_is_no_json_is_refused() {
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
    assert!(matches!(Ext::write(&Quote { field: 1 }, &mut buffer), Err(ExtError::NotJson(_))));
    assert!(matches!(Ext::write(&RawBytes(b"a\"b"), &mut buffer), Err(ExtError::NotJson(_))));
    assert_eq!(Ext::write(&RawBytes(&[0xff]), &mut buffer), Err(ExtError::NotUtf8));
    assert!(matches!(Ext::write(&BTreeMap::from([(1, 2)]), &mut buffer), Err(ExtError::NotJson(_))));
    let unescaped = serde_json_core::str::EscapedStr("\"");
    assert!(matches!(Ext::write(&unescaped, &mut buffer), Err(ExtError::NotJson(_))));
}

#[test]
fn what_is_written_is_read_again() {
    let text = "\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}中😀\u{2028}";
    let mut buffer = [0; 128];
    let ext = Ext::write(&BTreeMap::from([("s", text)]), &mut buffer).unwrap();
    assert_eq!(parse(ext.as_str().unwrap()), Ok(Owned { s: text.into() }));
    assert_eq!(Ext::write(text, &mut [0; 8]), Err(ExtError::TooLong));
}

#[test]
fn ext_is_text_where_people_read_and_bytes_elsewhere() {
    let ext = Ext::from("中");
    assert_eq!(ext, Ext::new("中".as_bytes()));
    assert_eq!(serde_json::to_string(&ext).unwrap(), "\"中\"");
    assert_eq!(serde_json::from_str::<Ext>("\"中\"").unwrap(), ext);
    assert!(serde_json::to_string(&Ext::new(b"\xff")).is_err());

    let mut buffer = [0; 8];
    let bytes = postcard::to_slice(&Ext::new(b"\xff"), &mut buffer).unwrap();
    assert_eq!(postcard::from_bytes::<Ext>(bytes).unwrap(), Ext::new(b"\xff"));
}
