//! Messages with many fields: a field has a bit, and the slot has none on the wire.

use std::string::{String, ToString};
use std::vec::Vec;
use std::{format, vec};

use ::serde::Serialize;
use ::serde::de::DeserializeOwned;

use crate::json::{self, DecodeErrorKind, Map, Members};

message! {
    /// 32 fields, and the slot.
    pub struct Slotted32<'a> {
        /// Field 0.
        f00: u32 = "f00",
        /// Field 1.
        f01: Option<u32> = "f01",
        /// Field 2.
        f02: Option<u32> = "f02",
        /// Field 3.
        f03: Option<u32> = "f03",
        /// Field 4.
        f04: Option<u32> = "f04",
        /// Field 5.
        f05: Option<u32> = "f05",
        /// Field 6.
        f06: Option<u32> = "f06",
        /// Field 7.
        f07: Option<u32> = "f07",
        /// Field 8.
        f08: Option<u32> = "f08",
        /// Field 9.
        f09: Option<u32> = "f09",
        /// Field 10.
        f10: Option<u32> = "f10",
        /// Field 11.
        f11: Option<u32> = "f11",
        /// Field 12.
        f12: Option<u32> = "f12",
        /// Field 13.
        f13: Option<u32> = "f13",
        /// Field 14.
        f14: Option<u32> = "f14",
        /// Field 15.
        f15: Option<u32> = "f15",
        /// Field 16.
        f16: Option<u32> = "f16",
        /// Field 17.
        f17: Option<u32> = "f17",
        /// Field 18.
        f18: Option<u32> = "f18",
        /// Field 19.
        f19: Option<u32> = "f19",
        /// Field 20.
        f20: Option<u32> = "f20",
        /// Field 21.
        f21: Option<u32> = "f21",
        /// Field 22.
        f22: Option<u32> = "f22",
        /// Field 23.
        f23: Option<u32> = "f23",
        /// Field 24.
        f24: Option<u32> = "f24",
        /// Field 25.
        f25: Option<u32> = "f25",
        /// Field 26.
        f26: Option<u32> = "f26",
        /// Field 27.
        f27: Option<u32> = "f27",
        /// Field 28.
        f28: Option<u32> = "f28",
        /// Field 29.
        f29: Option<u32> = "f29",
        /// Field 30.
        f30: Option<u32> = "f30",
        /// Field 31.
        f31: u32 = "f31",
    }
    /// The slot.
    ..members: Option<Members<'a>>
}

message! {
    /// 40 fields.
    pub struct Plain40 {
        /// Field 0.
        f00: u32 = "f00",
        /// Field 1.
        f01: Option<u32> = "f01",
        /// Field 2.
        f02: Option<u32> = "f02",
        /// Field 3.
        f03: Option<u32> = "f03",
        /// Field 4.
        f04: Option<u32> = "f04",
        /// Field 5.
        f05: Option<u32> = "f05",
        /// Field 6.
        f06: Option<u32> = "f06",
        /// Field 7.
        f07: Option<u32> = "f07",
        /// Field 8.
        f08: Option<u32> = "f08",
        /// Field 9.
        f09: Option<u32> = "f09",
        /// Field 10.
        f10: Option<u32> = "f10",
        /// Field 11.
        f11: Option<u32> = "f11",
        /// Field 12.
        f12: Option<u32> = "f12",
        /// Field 13.
        f13: Option<u32> = "f13",
        /// Field 14.
        f14: Option<u32> = "f14",
        /// Field 15.
        f15: Option<u32> = "f15",
        /// Field 16.
        f16: Option<u32> = "f16",
        /// Field 17.
        f17: Option<u32> = "f17",
        /// Field 18.
        f18: Option<u32> = "f18",
        /// Field 19.
        f19: Option<u32> = "f19",
        /// Field 20.
        f20: Option<u32> = "f20",
        /// Field 21.
        f21: Option<u32> = "f21",
        /// Field 22.
        f22: Option<u32> = "f22",
        /// Field 23.
        f23: Option<u32> = "f23",
        /// Field 24.
        f24: Option<u32> = "f24",
        /// Field 25.
        f25: Option<u32> = "f25",
        /// Field 26.
        f26: Option<u32> = "f26",
        /// Field 27.
        f27: Option<u32> = "f27",
        /// Field 28.
        f28: Option<u32> = "f28",
        /// Field 29.
        f29: Option<u32> = "f29",
        /// Field 30.
        f30: Option<u32> = "f30",
        /// Field 31.
        f31: Option<u32> = "f31",
        /// Field 32.
        f32: Option<u32> = "f32",
        /// Field 33.
        f33: u32 = "f33",
        /// Field 34.
        f34: Option<u32> = "f34",
        /// Field 35.
        f35: Option<u32> = "f35",
        /// Field 36.
        f36: Option<u32> = "f36",
        /// Field 37.
        f37: Option<u32> = "f37",
        /// Field 38.
        f38: Option<u32> = "f38",
        /// Field 39.
        f39: u32 = "f39",
    }
}

message! {
    /// 64 fields, and the slot.
    pub struct Slotted64<'a> {
        /// Field 0.
        f00: Option<u32> = "f00",
        /// Field 1.
        f01: Option<u32> = "f01",
        /// Field 2.
        f02: Option<u32> = "f02",
        /// Field 3.
        f03: Option<u32> = "f03",
        /// Field 4.
        f04: Option<u32> = "f04",
        /// Field 5.
        f05: Option<u32> = "f05",
        /// Field 6.
        f06: Option<u32> = "f06",
        /// Field 7.
        f07: Option<u32> = "f07",
        /// Field 8.
        f08: Option<u32> = "f08",
        /// Field 9.
        f09: Option<u32> = "f09",
        /// Field 10.
        f10: Option<u32> = "f10",
        /// Field 11.
        f11: Option<u32> = "f11",
        /// Field 12.
        f12: Option<u32> = "f12",
        /// Field 13.
        f13: Option<u32> = "f13",
        /// Field 14.
        f14: Option<u32> = "f14",
        /// Field 15.
        f15: Option<u32> = "f15",
        /// Field 16.
        f16: Option<u32> = "f16",
        /// Field 17.
        f17: Option<u32> = "f17",
        /// Field 18.
        f18: Option<u32> = "f18",
        /// Field 19.
        f19: Option<u32> = "f19",
        /// Field 20.
        f20: Option<u32> = "f20",
        /// Field 21.
        f21: Option<u32> = "f21",
        /// Field 22.
        f22: Option<u32> = "f22",
        /// Field 23.
        f23: Option<u32> = "f23",
        /// Field 24.
        f24: Option<u32> = "f24",
        /// Field 25.
        f25: Option<u32> = "f25",
        /// Field 26.
        f26: Option<u32> = "f26",
        /// Field 27.
        f27: Option<u32> = "f27",
        /// Field 28.
        f28: Option<u32> = "f28",
        /// Field 29.
        f29: Option<u32> = "f29",
        /// Field 30.
        f30: Option<u32> = "f30",
        /// Field 31.
        f31: Option<u32> = "f31",
        /// Field 32.
        f32: Option<u32> = "f32",
        /// Field 33.
        f33: Option<u32> = "f33",
        /// Field 34.
        f34: Option<u32> = "f34",
        /// Field 35.
        f35: Option<u32> = "f35",
        /// Field 36.
        f36: Option<u32> = "f36",
        /// Field 37.
        f37: Option<u32> = "f37",
        /// Field 38.
        f38: Option<u32> = "f38",
        /// Field 39.
        f39: Option<u32> = "f39",
        /// Field 40.
        f40: Option<u32> = "f40",
        /// Field 41.
        f41: Option<u32> = "f41",
        /// Field 42.
        f42: Option<u32> = "f42",
        /// Field 43.
        f43: Option<u32> = "f43",
        /// Field 44.
        f44: Option<u32> = "f44",
        /// Field 45.
        f45: Option<u32> = "f45",
        /// Field 46.
        f46: Option<u32> = "f46",
        /// Field 47.
        f47: Option<u32> = "f47",
        /// Field 48.
        f48: Option<u32> = "f48",
        /// Field 49.
        f49: Option<u32> = "f49",
        /// Field 50.
        f50: Option<u32> = "f50",
        /// Field 51.
        f51: Option<u32> = "f51",
        /// Field 52.
        f52: Option<u32> = "f52",
        /// Field 53.
        f53: Option<u32> = "f53",
        /// Field 54.
        f54: Option<u32> = "f54",
        /// Field 55.
        f55: Option<u32> = "f55",
        /// Field 56.
        f56: Option<u32> = "f56",
        /// Field 57.
        f57: Option<u32> = "f57",
        /// Field 58.
        f58: Option<u32> = "f58",
        /// Field 59.
        f59: Option<u32> = "f59",
        /// Field 60.
        f60: Option<u32> = "f60",
        /// Field 61.
        f61: Option<u32> = "f61",
        /// Field 62.
        f62: Option<u32> = "f62",
        /// Field 63.
        f63: u32 = "f63",
    }
    /// The slot.
    ..members: Option<Members<'a>>
}

message! {
    /// A map, and text that serde can read.
    pub struct Mapped<'a> {
        /// Text.
        text: Option<&'a str> = "text",
        /// A map.
        map: Map<'a> = "map",
        /// A flag.
        flag: bool = "flag" as flag,
    }
}

/// The JSON of fields from 0 on, each with its index.
fn object(indices: impl Iterator<Item = usize>) -> String {
    let members: Vec<_> = indices.map(|index| format!("\"f{index:02}\":{index}")).collect();
    format!("{{{}}}", members.join(","))
}

fn postcard(message: &impl Serialize) -> Vec<u8> {
    postcard::to_slice(message, &mut vec![0; 1 << 18]).unwrap().to_vec()
}

/// Tests a message with the given number of fields, by all decoders.
macro_rules! fields {
    ($name:ident: $model:ty, $count:literal) => {
        #[test]
        fn $name() {
            let whole = object(0..$count);
            for text in
                [&whole, &object((0..$count).rev()), &object((0..$count).map(|i| (i * 7 + 3) % $count))]
            {
                let message: $model = json::from_str(text).unwrap();
                let mut in_place = text.clone().into_bytes();
                assert_eq!(json::from_slice_in_place::<$model>(&mut in_place).as_ref(), Ok(&message));
                assert_eq!(serde_json::from_str::<$model>(text).unwrap(), message);
                let mut buffer = [0; 1024];
                assert_eq!(json::to_str(&message, &mut buffer), Ok(whole.as_str()));
                assert_eq!(serde_json::to_string(&message).unwrap(), whole);
                let bytes = postcard(&message);
                assert_eq!(postcard::from_bytes::<$model>(&bytes).as_ref(), Ok(&message));
                assert!(postcard::from_bytes::<$model>(&bytes[..bytes.len() - 1]).is_err());
            }
            for index in 0..$count {
                let field = format!("f{index:02}");
                let twice = format!("{},\"{field}\":1}}", &whole[..whole.len() - 1]);
                let error = json::from_str::<$model>(&twice).unwrap_err();
                assert_eq!((error.kind(), error.field()), (DecodeErrorKind::DuplicateField, Some(&*field)));
                let error = serde_json::from_str::<$model>(&twice).unwrap_err().to_string();
                assert!(error.starts_with(&format!("duplicate field `{field}`")), "{error}");

                let without = object((0..$count).filter(|other| *other != index));
                let (ours, theirs) =
                    (json::from_str::<$model>(&without), serde_json::from_str::<$model>(&without));
                match (ours, theirs) {
                    (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
                    (Err(ours), Err(theirs)) => {
                        assert_eq!(
                            (ours.kind(), ours.field()),
                            (DecodeErrorKind::MissingField, Some(&*field))
                        );
                        let theirs = theirs.to_string();
                        assert!(theirs.starts_with(&format!("missing field `{field}`")), "{theirs}");
                    }
                    other => unreachable!("{other:?}"),
                }
            }
        }
    };
}

fields!(thirty_two_fields_and_the_slot: Slotted32, 32);
fields!(forty_fields: Plain40, 40);
fields!(sixty_four_fields_and_the_slot: Slotted64, 64);

#[test]
fn required_fields_have_their_bits() {
    assert_eq!(Slotted32::REQUIRED, 1 | 1 << 31);
    assert_eq!(Plain40::REQUIRED, 1 | 1 << 33 | 1 << 39);
    assert_eq!(Slotted64::REQUIRED, 1 << 63);
}

#[test]
fn slot_travels_behind_the_fields() {
    let members = r#"{"new": ["\n", 1.50]}"#;
    let (some, all) = (object([0, 31].into_iter()), object(0..64));
    let mut small: Slotted32 = json::from_str(&some).unwrap();
    let mut large: Slotted64 = json::from_str(&all).unwrap();
    assert_eq!(postcard::from_bytes::<Slotted32>(&postcard(&small)), Ok(small.clone()));
    small.members = Some(Members::new(members).unwrap());
    large.members = Some(Members::new(members).unwrap());
    let (small_bytes, large_bytes) = (postcard(&small), postcard(&large));
    assert_eq!(postcard::from_bytes::<Slotted32>(&small_bytes).as_ref(), Ok(&small));
    assert_eq!(postcard::from_bytes::<Slotted64>(&large_bytes).as_ref(), Ok(&large));
    assert!(postcard::from_bytes::<Slotted64>(&large_bytes[..large_bytes.len() - 1]).is_err());

    // In JSON it has no name.
    let text = serde_json::to_string(&small).unwrap();
    assert_eq!(text, r#"{"f00":0,"f31":31,"new":["\n",1.5]}"#);
    small.members = None;
    assert_eq!(serde_json::from_str::<Slotted32>(&text.replace("\\n", "")).unwrap(), small);
    let named = r#"{"f00":0,"members":1,"f31":31,"members":{}}"#;
    assert_eq!(serde_json::from_str::<Slotted32>(named).unwrap(), small);
}

/// The shape in binary formats is stable within a minor version.
#[test]
fn postcard_bytes_of_a_slot() {
    let text = object([0, 2, 31].into_iter());
    let mut message: Slotted32 = json::from_str(&text).unwrap();
    let mut expected = vec![0, 0, 1, 2];
    expected.extend([0; 28]);
    expected.push(31);
    assert_eq!(postcard(&message), [&expected[..], &[0]].concat());
    message.members = Some(Members::new(r#"{"a":1}"#).unwrap());
    assert_eq!(postcard(&message), [&expected[..], b"\x01\x07{\"a\":1}"].concat());
}

/// The same. Serde cannot read a map, so a message that holds one is its JSON text.
#[test]
fn postcard_message_with_a_map_is_json_text() {
    let pairs = [("k", "v"), ("quote \"", "line\n"), ("\0\x01\\", "")];
    let message = Mapped { text: Some("a\n"), map: Map::from_slice(&pairs), flag: true };
    let map = r#"{"k":"v","quote \"":"line\n","\u0000\u0001\\":""}"#;
    let whole = format!(r#"{{"text":"a\n","map":{map},"flag":true}}"#);
    assert_eq!(postcard::from_bytes(&postcard(&message)), Ok(whole.as_str()));
    assert_eq!(postcard::from_bytes(&postcard(&message.map)), Ok(map));
    let mut received = whole.into_bytes();
    assert_eq!(json::from_slice_in_place(&mut received), Ok(message));
    let message = Mapped { text: None, map: Map::new(), flag: true };
    assert_eq!(postcard::from_bytes(&postcard(&message)), Ok(r#"{"map":{},"flag":true}"#));
}

#[test]
fn decode_map_of_any_text_reads_what_was_written() {
    let all: String = (0..=0x80u8).map(char::from).collect();
    let texts =
        ["", "\"", "\\", "\n", "\x7f", "\x7f\0", "中\t文", &all, &all[1..], &all[..32], &all.repeat(40)];
    let pairs: Vec<_> = texts.iter().flat_map(|key| texts.iter().map(|value| (*key, *value))).collect();
    let message = Mapped { text: None, map: Map::from_slice(&pairs), flag: false };
    let mut written = vec![0; json::encoded_len(&message)];
    let length = written.len();
    assert_eq!(json::to_slice(&message, &mut written).unwrap().len(), length);
    let mut received = written.clone();
    let read: Mapped = json::from_slice_in_place(&mut received).unwrap();
    assert_eq!(read, message);
    // What was read is a view like any other.
    let mut again = vec![0; length];
    assert_eq!(json::to_slice(&read, &mut again).map(|again| &*again), Ok(&*written));
    assert_eq!(postcard(&read.map), postcard(&Map::from_slice(&pairs)));
}

#[test]
fn a_message_of_numbers_is_owned() {
    const fn is_owned<T: DeserializeOwned>() {}
    is_owned::<Plain40>();
}
