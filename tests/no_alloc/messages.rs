//! Encoding and decoding.

use super::*;

/// Encodes in every way; a buffer that is too short is no reason to allocate, either.
pub(crate) fn encode<T: Encode>(model: &T) {
    let mut buffer = [0; 4096];
    black_box(json::encoded_len(model));
    black_box(json::to_slice(model, &mut buffer).is_ok());
    black_box(json::to_str(model, &mut buffer).is_ok());
    black_box(json::to_heapless_vec::<_, 4096>(model).is_ok());
    black_box(json::to_heapless_vec::<_, 16>(model).is_ok());
    black_box(json::to_slice(model, &mut buffer[..16]).is_ok());
}

/// Decodes in every way, and encodes what comes of it.
macro_rules! decode {
    ($model:ty, $text:expr) => {{
        fn each<'a, T: Decode<'a> + Encode>(text: &'a str, in_place: &'a mut [u8], scratch: &'a mut [u8]) {
            let encoded = |model: Result<T, _>| model.map(|model| encode(&model)).is_ok();
            black_box(encoded(json::from_str(text)));
            black_box(encoded(json::from_slice(text.as_bytes())));
            black_box(encoded(json::from_prefix(text).map(|(model, _)| model)));
            in_place.copy_from_slice(text.as_bytes());
            black_box(encoded(json::from_slice_in_place(in_place)));
            black_box(encoded(json::from_slice_with_scratch(text.as_bytes(), scratch)));
        }
        let text: &str = $text;
        let (mut in_place, mut scratch) = ([0; 4096], [0; 4096]);
        each::<$model>(text, &mut in_place[..text.len()], &mut scratch);
    }};
}

macro_rules! decode_each {
    ($($name:literal => $model:ty,)+) => {
        /// Every kind of message out of every text, most of which are no message of the kind: errors count, too.
        fn decode_all(text: &str) {
            $(decode!($model, text);)+
            decode_others(text);
        }
    };
}

offline_push::__for_each_message!(decode_each);

fn decode_others(text: &str) {
    black_box(Ext::from(text).content(&mut [0; 4096]).is_ok());
    black_box(Raw::new(text).is_ok());
    black_box(Members::new(text).map(|members| members.iter().count()).is_ok());
}

#[test]
fn decoding_and_encoding_samples_allocates_nothing() {
    let files = SAMPLES.iter().map(|sample| sample.file).chain(EXTS.iter().copied());
    for file in files {
        let text = fixtures::read(file);
        let escaped = text.replace('i', r"\u0069").replace("标", r"\u6807");
        assert_eq!(allocations(|| decode_all(&text)), 0, "{file}");
        assert_eq!(allocations(|| decode_all(&escaped)), 0, "{file} with escapes");
    }
}

#[test]
fn decoding_hostile_input_allocates_nothing() {
    let deep = "[".repeat(2000);
    let deep_member = format!(r#"{{"result":0,"new":{}"#, r#"{"a":"#.repeat(500));
    let inputs = [
        "",
        "{",
        "[",
        "null",
        "{\"result\":",
        r#"{"result":0,"desc":"\"#,
        r#"{"result":0,"desc":"\ud83d"}"#,
        r#"{"result":99999999999999999999999999}"#,
        r#"{"title":"\u0041\x"}"#,
        &deep,
        &deep_member,
    ];
    for input in inputs {
        assert_eq!(allocations(|| decode_all(input)), 0, "{input}");
    }
}

#[test]
fn a_message_with_everything_in_it_allocates_nothing() {
    let tags = ["深圳", "广州", "a \"tag\" with \\ and \n"];
    let pairs = [("ext", r#"{"entity":{"content":"今晚"}}"#), ("k", "v")];
    let work = || {
        let mut push = Notification::new("新消息 \u{1}", "今晚七点 \"老地方\" 😀", "request-1");
        push.client_custom_map = Some(Map::from_slice(&pairs));
        push.extra = Some(NotificationExtra::new());
        push.timed_display = Some(TimedDisplay::new(true, 1, u64::MAX));
        push.audit_review = Raw::new(r#"[{"a":1.5}]"#).ok();
        push.members = Members::new(r#"{"new":[1,2,3]}"#).ok();
        let mut expression = TagExpression::new();
        expression.or_tags = Some(List::from_slice(&tags));
        push.tag_expression = Some(expression);
        encode(&push);
        let owned = json::Owned::<Notification<'static>, 1024>::new(&push).unwrap();
        assert_eq!(owned.get().content, push.content);
        encode(&owned);

        let mut buffer = [0; 4096];
        let body = json::to_slice(&push, &mut buffer).unwrap();
        let received: Notification = json::from_slice_in_place(body).unwrap();
        assert_eq!(received.tag_expression, push.tag_expression);
        assert_eq!(received.client_custom_map, push.client_custom_map);
        let mut map = received.client_custom_map.clone().unwrap();
        assert_eq!(map.text("ext"), Some(pairs[0].1));
        assert_eq!(map.get("k").and_then(MapValue::text), Some("v"));
        map.insert("l", "w").unwrap();
        assert_eq!((map.len(), map.is_empty()), (3, false));
        let lists = received.tag_expression.unwrap();
        assert!(lists.or_tags.unwrap().iter().eq(tags));

        let sign = Sign::new(10004, "key", 1_501_484_120_000, "secret");
        encode(&AuthRequest::new(10004, "key", 1_501_484_120_000, sign.as_str()));
    };
    assert_eq!(allocations(work), 0);
}
