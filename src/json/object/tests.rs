//! Messages with many fields: a field has a bit, and the slot has none on the wire.

use std::string::{String, ToString};
use std::vec::Vec;
use std::{format, vec};

use ::serde::Serialize;
use ::serde::de::DeserializeOwned;

use crate::json::{self, DecodeErrorKind, Map, Members};

/// A message of optional numbers, but for the first and the last one, which are required.
macro_rules! wide {
    ($(#[$meta:meta])* $name:ident $(<$life:lifetime>)?: $first:ident $first_wire:literal,
        $($field:ident $wire:literal)+, $last:ident $last_wire:literal; $($slot:tt)*) => {
        message! {
            $(#[$meta])*
            pub struct $name $(<$life>)? {
                /// The first.
                $first: u32 = $first_wire,
                $(
                    /// One between.
                    $field: Option<u32> = $wire,
                )+
                /// The last.
                $last: u32 = $last_wire,
            }
            $($slot)*
        }
    };
}

wide! {
    /// 33 fields.
    Plain33: f00 "f00", f01 "f01" f02 "f02" f03 "f03" f04 "f04" f05 "f05" f06 "f06" f07 "f07" f08 "f08" f09 "f09"
    f10 "f10" f11 "f11" f12 "f12" f13 "f13" f14 "f14" f15 "f15" f16 "f16" f17 "f17" f18 "f18" f19 "f19" f20 "f20"
    f21 "f21" f22 "f22" f23 "f23" f24 "f24" f25 "f25" f26 "f26" f27 "f27" f28 "f28" f29 "f29" f30 "f30" f31 "f31",
    f32 "f32";
}

wide! {
    /// 64 fields, the most that there may be, and the slot.
    Slotted64<'a>: f00 "f00", f01 "f01" f02 "f02" f03 "f03" f04 "f04" f05 "f05" f06 "f06" f07 "f07" f08 "f08"
    f09 "f09" f10 "f10" f11 "f11" f12 "f12" f13 "f13" f14 "f14" f15 "f15" f16 "f16" f17 "f17" f18 "f18" f19 "f19"
    f20 "f20" f21 "f21" f22 "f22" f23 "f23" f24 "f24" f25 "f25" f26 "f26" f27 "f27" f28 "f28" f29 "f29" f30 "f30"
    f31 "f31" f32 "f32" f33 "f33" f34 "f34" f35 "f35" f36 "f36" f37 "f37" f38 "f38" f39 "f39" f40 "f40" f41 "f41"
    f42 "f42" f43 "f43" f44 "f44" f45 "f45" f46 "f46" f47 "f47" f48 "f48" f49 "f49" f50 "f50" f51 "f51" f52 "f52"
    f53 "f53" f54 "f54" f55 "f55" f56 "f56" f57 "f57" f58 "f58" f59 "f59" f60 "f60" f61 "f61" f62 "f62", f63 "f63";
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
                let ours = json::from_str::<$model>(&without);
                let theirs = serde_json::from_str::<$model>(&without).map_err(|error| error.to_string());
                if (1..$count - 1).contains(&index) {
                    assert_eq!(ours.unwrap(), theirs.unwrap());
                } else {
                    let ours = ours.unwrap_err();
                    assert_eq!((ours.kind(), ours.field()), (DecodeErrorKind::MissingField, Some(&*field)));
                    assert!(theirs.unwrap_err().starts_with(&format!("missing field `{field}`")));
                }
            }
        }
    };
}

fields!(decode_33_fields: Plain33, 33);
fields!(decode_64_fields_and_the_slot: Slotted64, 64);

/// The shape in binary formats is stable within a minor version.
#[test]
fn postcard_slot_stands_behind_the_fields() {
    let text = object([0, 2, 63].into_iter());
    let mut message: Slotted64 = json::from_str(&text).unwrap();
    let mut expected = vec![0, 0, 1, 2];
    expected.extend([0; 60]);
    expected.push(63);
    assert_eq!(postcard(&message), [&expected[..], &[0]].concat());
    message.members = Some(Members::new(r#"{"new": ["\n", 1.50]}"#).unwrap());
    let bytes = postcard(&message);
    assert_eq!(bytes, [&expected[..], b"\x01\x15{\"new\": [\"\\n\", 1.50]}"].concat());
    assert_eq!(postcard::from_bytes::<Slotted64>(&bytes).as_ref(), Ok(&message));
    assert!(postcard::from_bytes::<Slotted64>(&bytes[..bytes.len() - 1]).is_err());
}

#[test]
fn serde_json_slot_has_no_name() {
    let mut message: Slotted64 = json::from_str(r#"{"f00":0,"f63":63}"#).unwrap();
    let named = r#"{"f00":0,"members":1,"f63":63,"members":{}}"#;
    assert_eq!(serde_json::from_str::<Slotted64>(named).unwrap(), message);
    message.members = Some(Members::new(r#"{"new": ["\n", 1.50]}"#).unwrap());
    assert_eq!(serde_json::to_string(&message).unwrap(), r#"{"f00":0,"f63":63,"new":["\n",1.5]}"#);
}

/// Serde cannot read a map, so a message that holds one is its JSON text.
#[test]
fn postcard_message_with_a_map_is_json_text() {
    let pairs = [("k", "v"), ("quote \"", "line\n"), ("\0\x01\\", "")];
    let message = Mapped { text: Some("a\n"), map: Map::from_slice(&pairs), flag: true };
    let map = r#"{"k":"v","quote \"":"line\n","\u0000\u0001\\":""}"#;
    let whole = format!(r#"{{"text":"a\n","map":{map},"flag":true}}"#);
    assert_eq!(postcard::from_bytes(&postcard(&message)), Ok(whole.as_str()));
    assert_eq!(postcard::from_bytes(&postcard(&message.map)), Ok(map));
}

#[test]
fn decode_map_of_any_text_reads_what_was_written() {
    let all: String = (0..=0x80u8).map(char::from).collect();
    let texts =
        ["", "\"", "\\", "\n", "\x7f", "\x7f\0", "中\t文", &all, &all[1..], &all[..32], &all.repeat(40)];
    let pairs: Vec<_> = texts.iter().flat_map(|key| texts.iter().map(|value| (*key, *value))).collect();
    let message = Mapped { text: None, map: Map::from_slice(&pairs), flag: false };
    let mut written = vec![0; json::encoded_len(&message)];
    json::to_slice(&message, &mut written).unwrap();
    let mut received = written.clone();
    let read: Mapped = json::from_slice_in_place(&mut received).unwrap();
    assert_eq!(read, message);
    // What was read is a view like any other.
    let mut again = vec![0; written.len()];
    assert_eq!(json::to_slice(&read, &mut again).map(|again| &*again), Ok(&*written));
    assert_eq!(postcard(&read.map), postcard(&message.map));
}

#[test]
fn deserialize_message_of_numbers_is_owned() {
    const fn is_owned<T: DeserializeOwned>() {}
    is_owned::<Plain33>();
}
