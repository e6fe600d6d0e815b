//! Maps: views of the caller's pairs and of the input, with keys that were set and removed.

use crate::common::encoded;
use offline_push::json::{self, MAX_INSERTED_PAIRS, Map, MapError, MapValue};
use offline_push::vivo::Notification;

fn push<'a>(map: Map<'a>) -> Notification<'a> {
    let mut push = Notification::new("title", "content", "request-1");
    push.client_custom_map = Some(map);
    push
}

/// The map as it stands in an encoded message.
fn object(map: &Map<'_>) -> String {
    let body = encoded(&push(map.clone()));
    let start = body.find(r#""clientCustomMap":"#).expect("a map") + r#""clientCustomMap":"#.len();
    let end = body.find(r#","requestId""#).expect("an id");
    body[start..end].to_owned()
}

fn body(object: &str) -> Vec<u8> {
    format!(r#"{{"title":"t","content":"c","clientCustomMap":{object},"requestId":"r"}}"#).into_bytes()
}

fn received(body: &mut [u8]) -> Map<'_> {
    json::from_slice_in_place::<Notification>(body).unwrap().client_custom_map.unwrap()
}

#[test]
fn iter_of_the_input_gives_the_pairs_of_the_sender() {
    for pairs in [&[][..], &[("k", "v")], &[("b", "深圳 \"\n"), ("a\\", ""), ("", "😀")]] {
        let (viewed, last) = pairs.split_at(pairs.len().saturating_sub(MAX_INSERTED_PAIRS));
        let mut inserted = Map::from_slice(viewed);
        last.iter().for_each(|(key, value)| inserted.insert(key, value).unwrap());
        let push = push(Map::from_slice(pairs));
        let mut body = encoded(&push).into_bytes();
        let received = received(&mut body);
        for map in [&inserted, &received] {
            assert_eq!((map.len(), map.is_empty()), (pairs.len(), pairs.is_empty()));
            assert!(map.iter().map(|(key, value)| (key, value.text().unwrap())).eq(pairs.iter().copied()));
            assert_eq!(Some(map), push.client_custom_map.as_ref());
            for (key, value) in pairs {
                assert_eq!((map.text(key), map.get(key)), (Some(*value), Some(MapValue::Text(value))));
            }
            assert_eq!((map.text("K"), map.get("nobody")), (None, None));
        }
    }
}

fn to_postcard<T: serde::Serialize + ?Sized>(value: &T) -> Vec<u8> {
    postcard::to_slice(value, &mut [0; 256]).unwrap().to_vec()
}

/// A view of each kind of `a`, `b` and `c`, with what is written for it.
fn each_view(then: impl Fn(Map<'_>)) {
    let pairs = [("a", "1"), ("b", "\"2\n"), ("c", "3")];
    then(Map::from_slice(&pairs));
    then(received(&mut body(r#"{"a":"1","b":"\"2\n","c":"3"}"#)));
    then(received(&mut body(r#" { "\u0061" : "1" , "b" : "\u00222\u000a" , "\u0063" : "\u0033" } "#)));
    assert_eq!(pairs, [("a", "1"), ("b", "\"2\n"), ("c", "3")], "the sender's pairs are as they were");
}

/// The map holds these pairs and no others, in every way to look at it.
fn holds(map: &Map<'_>, pairs: &[(&str, &str)], written: &str) {
    let expected = Map::from_slice(pairs);
    assert_eq!((map, map.len(), map.is_empty()), (&expected, pairs.len(), pairs.is_empty()));
    assert_eq!(&expected, map);
    assert!(map.into_iter().eq(pairs.iter().map(|(key, text)| (*key, MapValue::Text(text)))));
    for (key, text) in pairs {
        assert_eq!((map.get(key), map.text(key)), (Some(MapValue::Text(text)), Some(*text)));
    }
    assert_eq!(format!("{map:?}"), format!("{expected:?}"));
    assert_eq!(object(map), written);
    assert_eq!(serde_json::to_string(map).unwrap(), written);
    assert_eq!(received(&mut body(written)), expected);
    assert_eq!(postcard::from_bytes(&to_postcard(map)), Ok(written));
}

#[test]
fn insert_of_a_new_key_comes_last() {
    each_view(|mut map| {
        holds(&map, &[("a", "1"), ("b", "\"2\n"), ("c", "3")], r#"{"a":"1","b":"\"2\n","c":"3"}"#);
        map.insert("d", "\\4").unwrap();
        map.insert("", "5").unwrap();
        holds(
            &map,
            &[("a", "1"), ("b", "\"2\n"), ("c", "3"), ("d", "\\4"), ("", "5")],
            r#"{"a":"1","b":"\"2\n","c":"3","d":"\\4","":"5"}"#,
        );
    });
}

#[test]
fn insert_of_a_known_key_replaces_in_its_place() {
    each_view(|mut map| {
        map.insert("b", "x\n").unwrap();
        map.insert("d", "4").unwrap();
        let pairs = [("a", "1"), ("b", "x\n"), ("c", "3"), ("d", "4")];
        holds(&map, &pairs, r#"{"a":"1","b":"x\n","c":"3","d":"4"}"#);
    });
}

#[test]
fn insert_again_replaces_what_was_inserted() {
    each_view(|mut map| {
        for (key, value) in [("d", "4"), ("a", "0"), ("d", "5"), ("a", "6")] {
            map.insert(key, value).unwrap();
        }
        let pairs = [("a", "6"), ("b", "\"2\n"), ("c", "3"), ("d", "5")];
        holds(&map, &pairs, r#"{"a":"6","b":"\"2\n","c":"3","d":"5"}"#);
    });
}

#[test]
fn insert_into_an_empty_map_gives_the_pairs_in_order() {
    for mut map in [Map::new(), Map::default(), received(&mut body("{}")), received(&mut body(" { } "))] {
        holds(&map, &[], "{}");
        map.insert("b", "1").unwrap();
        map.insert("a", "2").unwrap();
        holds(&map, &[("b", "1"), ("a", "2")], r#"{"b":"1","a":"2"}"#);
    }
}

#[test]
fn insert_beyond_the_capacity_leaves_the_map_as_it_was() {
    each_view(|mut map| {
        let before = map.clone();
        let keys = ["x", "y", "z"];
        for key in &keys[..MAX_INSERTED_PAIRS] {
            assert_eq!(map.insert(key, "v"), Ok(()));
        }
        let full = map.clone();
        assert_eq!(map.insert(keys[MAX_INSERTED_PAIRS], "v"), Err(MapError::Full));
        assert_eq!(map.insert("a", "v"), Err(MapError::Full), "another value of the view takes room as well");
        assert_eq!(map.remove("a"), Err(MapError::Full));
        assert_eq!(map.remove("nobody"), Ok(()));
        assert_eq!(map, full);
        assert_eq!(map.insert("x", "w"), Ok(()), "a key that was set needs no room");
        assert_eq!((map.len(), map.text("x")), (before.len() + MAX_INSERTED_PAIRS, Some("w")));
        assert_eq!(MapError::Full.to_string(), "at most 2 keys of a map can be set or removed");
    });
}

#[test]
fn insert_over_a_large_view_does_not_copy_it() {
    let keys: Vec<_> = (0..1000).map(|number| format!("k{number}")).collect();
    let pairs: Vec<_> = keys.iter().map(|key| (key.as_str(), "v")).collect();
    let mut text = encoded(&push(Map::from_slice(&pairs))).into_bytes();
    for mut map in [Map::from_slice(&pairs), received(&mut text)] {
        map.insert("k500", "w").unwrap();
        map.insert("ext", "x").unwrap();
        assert_eq!((map.len(), map.text("k500"), map.text("ext")), (1001, Some("w"), Some("x")));
        assert_eq!(map.iter().last(), Some(("ext", MapValue::Text("x"))));
        assert_eq!(map.iter().nth(500), Some(("k500", MapValue::Text("w"))));
        let mut written = encoded(&push(map.clone())).into_bytes();
        assert_eq!(received(&mut written), map);
    }
}

#[test]
fn insert_beside_values_that_are_not_text_keeps_them() {
    let mut text = body(r#"{"a": {"b" : "\u0031"} ,"b":[1, 2],"c":"\u0033","d":null}"#);
    let mut map = received(&mut text);
    assert_eq!(object(&map), r#"{"a":{"b" : "\u0031"},"b":[1, 2],"c":"3","d":null}"#);
    map.insert("b", "text").unwrap();
    map.insert("e", "5").unwrap();
    assert_eq!(map.get("a").unwrap().text(), None);
    assert_eq!((map.text("b"), map.text("c"), map.text("e")), (Some("text"), Some("3"), Some("5")));
    let written = r#"{"a":{"b" : "\u0031"},"b":"text","c":"3","d":null,"e":"5"}"#;
    assert_eq!(object(&map), written);
    assert_eq!(received(&mut body(written)), map);
    assert_eq!(postcard::from_bytes(&to_postcard(&map)), Ok(written));
}

#[test]
fn insert_of_a_key_that_comes_twice_leaves_it_once() {
    let pairs = [("a", "1"), ("b", "2"), ("a", "3")];
    for mut map in [Map::from_slice(&pairs), received(&mut body(r#"{"a":"1","b":"2","\u0061":"3"}"#))] {
        assert_eq!((object(&map).as_str(), map.text("a")), (r#"{"a":"1","b":"2","a":"3"}"#, Some("1")));
        map.insert("a", "4").unwrap();
        holds(&map, &[("a", "4"), ("b", "2")], r#"{"a":"4","b":"2"}"#);
        map.remove("a").unwrap();
        holds(&map, &[("b", "2")], r#"{"b":"2"}"#);
    }
}

#[test]
fn remove_of_a_viewed_key_takes_the_pair_out() {
    each_view(|mut map| {
        map.remove("b").unwrap();
        holds(&map, &[("a", "1"), ("c", "3")], r#"{"a":"1","c":"3"}"#);
        assert_eq!((map.get("b"), map.text("b")), (None, None));
        map.remove("a").unwrap();
        holds(&map, &[("c", "3")], r#"{"c":"3"}"#);
        assert_eq!(map.remove("c"), Err(MapError::Full));
        map.insert("b", "5").unwrap();
        holds(&map, &[("b", "5"), ("c", "3")], r#"{"b":"5","c":"3"}"#);
    });
}

#[test]
fn remove_of_every_key_leaves_an_empty_map() {
    let mut text = body(r#"{"a":[],"b":"2"}"#);
    let mut map = received(&mut text);
    map.remove("b").unwrap();
    map.remove("a").unwrap();
    holds(&map, &[], "{}");
    assert_eq!(map, Map::new());
}

#[test]
fn remove_of_an_inserted_key_makes_room_for_another() {
    each_view(|mut map| {
        map.insert("x", "1").unwrap();
        map.insert("y", "2").unwrap();
        let key = String::from("x");
        map.remove(&key).unwrap();
        drop(key);
        map.insert("z", "3").unwrap();
        let pairs = [("a", "1"), ("b", "\"2\n"), ("c", "3"), ("y", "2"), ("z", "3")];
        holds(&map, &pairs, r#"{"a":"1","b":"\"2\n","c":"3","y":"2","z":"3"}"#);
        map.remove("z").unwrap();
        map.insert("x", "4").unwrap();
        assert_eq!(map.iter().last(), Some(("x", MapValue::Text("4"))));
    });
}

#[test]
fn remove_of_an_unknown_key_takes_no_room() {
    each_view(|mut map| {
        for key in ["", "A", "x", "y", "z"] {
            map.remove(key).unwrap();
        }
        assert_eq!((map.len(), map.insert("x", "1"), map.insert("y", "2")), (3, Ok(()), Ok(())));
    });
}

#[test]
fn map_iter_stays_at_its_end() {
    each_view(|mut map| {
        map.insert("d", "4").unwrap();
        let mut pairs = map.iter();
        assert_eq!(pairs.by_ref().count(), 4);
        assert_eq!((pairs.next(), pairs.next()), (None, None));
        assert_eq!(format!("{pairs:?}"), "MapIter(..)");
    });
}

#[test]
fn map_takes_at_most_96_bytes() {
    if cfg!(target_pointer_width = "64") {
        assert!(size_of::<Option<Map<'_>>>() <= 96, "{}", size_of::<Option<Map<'_>>>());
    }
}
