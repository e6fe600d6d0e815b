//! Maps: views of the caller's pairs and of the input, with keys that were set and removed. A vector of pairs does the same.

use crate::common::encoded;
use offline_push::json::{self, MAX_INSERTED_PAIRS, Map, MapError, MapValue, Revealed};
use offline_push::vivo::Notification;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;

use crate::cases;

/// The map as it is in an encoded message.
fn object(map: &Map<'_>) -> String {
    let mut push = Notification::new("title", "content", "request-1");
    push.client_custom_map = Some(map.clone());
    let body = encoded(&push);
    let (_, object) = body.split_once(r#""clientCustomMap":"#).expect("a map");
    object.strip_suffix(r#","requestId":"request-1"}"#).expect("an id").to_owned()
}

fn body(object: &str) -> Vec<u8> {
    format!(r#"{{"title":"t","content":"c","clientCustomMap":{object},"requestId":"r"}}"#).into_bytes()
}

fn received(body: &mut [u8]) -> Map<'_> {
    json::from_slice_in_place::<Notification>(body).unwrap().client_custom_map.unwrap()
}

fn to_postcard<T: serde::Serialize + ?Sized>(value: &T) -> Vec<u8> {
    postcard::to_slice(value, &mut vec![0; 16 * 1024]).unwrap().to_vec()
}

/// The map holds these pairs and no others, in every way to look at it.
fn holds(map: &Map<'_>, pairs: &[(&str, &str)]) -> TestCaseResult {
    let expected = Map::from_slice(pairs);
    prop_assert_eq!((map, map.len(), map.is_empty()), (&expected, pairs.len(), pairs.is_empty()));
    prop_assert_eq!(&expected, map);
    prop_assert!(map.into_iter().eq(pairs.iter().map(|(key, text)| (*key, MapValue::Text(text)))));
    for (key, _) in pairs {
        let first = pairs.iter().find(|(other, _)| other == key).map(|(_, text)| *text);
        prop_assert_eq!((map.get(key), map.text(key)), (first.map(MapValue::Text), first));
    }
    prop_assert_eq!((map.get("nobody"), map.text("nobody")), (None, None));
    prop_assert_eq!(format!("{:?}", Revealed(map)), format!("{:?}", Revealed(&expected)));
    let written = pairs.iter().map(|(key, text)| {
        format!("{}:{}", serde_json::to_string(key).unwrap(), serde_json::to_string(text).unwrap())
    });
    let written = format!("{{{}}}", written.collect::<Vec<_>>().join(","));
    prop_assert_eq!(&object(map), &written);
    prop_assert_eq!(&serde_json::to_string(map).unwrap(), &written);
    let (mut sent, bytes) = (body(&written), to_postcard(map));
    prop_assert_eq!(&received(&mut sent), &expected);
    prop_assert_eq!(postcard::from_bytes(&bytes), Ok(written.as_str()));
    Ok(())
}

/// What edits make of pairs: a known key keeps its first place, and a new one comes last.
fn edited<'p>(pairs: &[(&'p str, &'p str)], edits: &[(&'p str, Option<&'p str>)]) -> Vec<(&'p str, &'p str)> {
    let mut left = edits.to_vec();
    let mut expected = Vec::new();
    for (key, text) in pairs {
        match left.iter_mut().find(|(other, _)| other == key) {
            Some((_, value)) => expected.extend(value.take().map(|text| (*key, text))),
            None => expected.push((*key, *text)),
        }
    }
    expected.extend(left.iter().filter_map(|(key, value)| Some((*key, (*value)?))));
    expected
}

/// Few keys, so that most are met again; some have escapes.
fn key() -> impl Strategy<Value = &'static str> {
    select(vec!["a", "b\n", "\\c\"", "深圳", ""])
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn insert_and_remove_edit_the_pairs(
        pairs in vec((key(), select(vec!["1", "\"2\n", ""])), 0..6),
        changes in vec((key(), of(select(vec!["x\n", "y"]))), 0..8),
    ) {
        let written = object(&Map::from_slice(&pairs));
        let spelled = written.replace('1', r"\u0031").replace('a', r"\u0061").replace(',', " ,\t");
        let (mut plain, mut escaped) = (body(&written), body(&spelled));
        for mut map in [Map::from_slice(&pairs), received(&mut plain), received(&mut escaped)] {
            let mut edits: Vec<(&str, Option<&str>)> = Vec::new();
            holds(&map, &pairs)?;
            for (key, value) in &changes {
                let outcome = match value {
                    Some(value) => map.insert(key, value),
                    // The key lives only as long as the call.
                    None => map.remove(&String::from(*key)),
                };
                let viewed = pairs.iter().any(|(other, _)| other == key);
                let known = edits.iter().position(|(other, _)| other == key);
                match known {
                    // A pair that was added and is removed makes room for another one.
                    _ if value.is_none() && !viewed => edits.retain(|(other, _)| other != key),
                    Some(place) => edits[place].1 = *value,
                    None if edits.len() < MAX_INSERTED_PAIRS => edits.push((key, *value)),
                    None => {
                        prop_assert_eq!(outcome, Err(MapError::Full));
                        continue;
                    }
                }
                prop_assert_eq!(outcome, Ok(()));
                holds(&map, &edited(&pairs, &edits))?;
            }
        }
    }
}

#[test]
fn insert_over_a_large_view_does_not_copy_it() {
    let keys: Vec<_> = (0..1000).map(|number| format!("k{number}")).collect();
    let pairs: Vec<_> = keys.iter().map(|key| (key.as_str(), "v")).collect();
    let mut text = body(&object(&Map::from_slice(&pairs)));
    for mut map in [Map::from_slice(&pairs), received(&mut text)] {
        map.insert("k500", "w").unwrap();
        map.insert("ext", "x").unwrap();
        assert_eq!((map.len(), map.iter().nth(500)), (1001, Some(("k500", MapValue::Text("w")))));
        assert_eq!(map.iter().last(), Some(("ext", MapValue::Text("x"))));
        assert_eq!(received(&mut body(&object(&map))), map);
    }
}

#[test]
fn insert_beside_values_that_are_not_text_keeps_them() {
    let mut text = body(r#"{"a": {"b" : "\u0031"} ,"b":[1, 2],"c":"\u0033","d":null}"#);
    let mut map = received(&mut text);
    assert_eq!(object(&map), r#"{"a":{"b" : "\u0031"},"b":[1, 2],"c":"3","d":null}"#);
    map.insert("b", "text").unwrap();
    map.insert("e", "5").unwrap();
    assert_eq!((map.text("a"), map.text("b"), map.text("c")), (None, Some("text"), Some("3")));
    let written = r#"{"a":{"b" : "\u0031"},"b":"text","c":"3","d":null,"e":"5"}"#;
    assert_eq!(object(&map), written);
    assert_eq!(received(&mut body(written)), map);
    assert_eq!(postcard::from_bytes(&to_postcard(&map)), Ok(written));
}

#[test]
fn iter_stays_at_its_end() {
    let mut text = body(r#"{"a":"1"}"#);
    for mut map in [Map::new(), Map::default(), received(&mut text)] {
        map.insert("d", "4").unwrap();
        let mut pairs = map.iter();
        assert_eq!(pairs.by_ref().last(), Some(("d", MapValue::Text("4"))));
        assert_eq!((pairs.next(), pairs.next()), (None, None));
        assert_eq!(format!("{pairs:?}"), "MapIter(..)");
    }
    assert_eq!(MapError::Full.to_string(), "at most 2 keys of a map can be set or removed");
    if cfg!(target_pointer_width = "64") {
        assert!(size_of::<Option<Map<'_>>>() <= 96, "{}", size_of::<Option<Map<'_>>>());
    }
}
