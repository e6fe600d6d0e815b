//! Messages that go out in pieces: the same bytes as in one, through a buffer of any length.

use crate::common::documents::messages;
use crate::common::fixtures::{self, SAMPLES};
use crate::common::{KINDS, Pieces, encoded, kind};
use embedded_io::ErrorKind;
use offline_push::Ext;
use offline_push::json::{self, EncodeError, List, Map, Texts, WriteError};
use offline_push::tim::OfflinePushSettings;
use offline_push::vivo::{Notification, TagExpression};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[test]
fn to_writer_every_sample_is_as_encoded_in_one() {
    for sample in SAMPLES {
        let text = fixtures::read(sample.file);
        for length in [2, 3, 4, 5, 7, 8, 9, 15, 16, 31, 63, 64, 100, 255, 4096] {
            if let Some((streamed, whole)) = (kind(sample.kind).streamed)(text.as_bytes(), length) {
                assert_eq!(streamed, whole, "{} by {length}", sample.file);
            }
        }
    }
}

#[test]
fn to_writer_random_message_is_as_encoded_in_one() {
    let mut runner = TestRunner::deterministic();
    for kind in KINDS {
        let strategy = (messages(kind.description), 2..200usize);
        let mut good = 0;
        for _ in 0..200 {
            let (message, length) = strategy.new_tree(&mut runner).unwrap().current();
            if let Some((streamed, whole)) = (kind.streamed)(message.as_bytes(), length) {
                assert_eq!(streamed, whole, "{message} by {length}");
                good += 1;
            }
        }
        assert!(good >= 20, "{good} of 200 {}", kind.name);
    }
}

#[test]
fn to_writer_text_with_escapes_at_the_end_of_a_piece() {
    for text in ["\"\\\n\0\u{1f}é😀", "中文\t中文", "plain", ""] {
        let pairs = [(text, text), ("k", text)];
        let mut push = Notification::new(text, text, text);
        push.client_custom_map = Some(Map::from_slice(&pairs));
        let whole = encoded(&push);
        for length in 2..=whole.len() + 2 {
            let mut out = Pieces::new(usize::MAX);
            assert_eq!(json::to_embedded_writer(&push, &mut out, &mut vec![0xee; length]), Ok(whole.len()));
            assert_eq!(String::from_utf8(out.bytes).unwrap(), whole);
            assert!(out.longest <= length, "no piece is longer than the buffer");
        }
    }
}

#[test]
fn to_writer_thousand_ids_in_a_small_buffer() {
    let ids: Vec<String> = (0..1000).map(|id| format!("{id:023}")).collect();
    let texts = Texts::new(&ids, |id| id.as_str());
    let mut expression = TagExpression::new();
    expression.or_tags = Some(List::from_texts(&texts));
    let expected = serde_json::json!({ "orTags": ids }).to_string();

    let mut out = Pieces::new(usize::MAX);
    assert_eq!(json::encoded_len(&expression), expected.len());
    assert_eq!(json::to_embedded_writer(&expression, &mut out, &mut [0; 128]), Ok(expected.len()));
    assert_eq!(String::from_utf8(out.bytes).unwrap(), expected);
    assert_eq!(encoded(&expression), expected);
}

#[test]
fn to_writer_that_fails_is_handed_nothing_more() {
    let push = Notification::new("title", "content", "request-1");
    let length = json::encoded_len(&push);
    for room in 0..length {
        let mut out = Pieces::new(room);
        let failed = json::to_embedded_writer(&push, &mut out, &mut [0; 8]);
        assert_eq!(failed, Err(WriteError::Write(ErrorKind::BrokenPipe)));
        assert!(encoded(&push).as_bytes().starts_with(&out.bytes), "no gap");
    }
    assert_eq!(json::to_embedded_writer(&push, Pieces::new(length), &mut [0; 8]), Ok(length));
}

#[test]
fn to_writer_message_that_cannot_be_encoded() {
    let mut settings = OfflinePushSettings::new();
    settings.title = Some("a title that is longer than the buffer");
    settings.ext = Some(Ext::new(b"\xff"));
    let mut out = Pieces::new(usize::MAX);
    let refused = json::to_embedded_writer(&settings, &mut out, &mut [0; 8]);
    assert_eq!(refused, Err(EncodeError::NotUtf8 { field: "offline_push_config_ext" }.into()));

    settings.ext = None;
    for length in [0, 1] {
        let refused = json::to_embedded_writer(&settings, &mut out, &mut vec![0; length]);
        assert_eq!(refused, Err(EncodeError::BufferFull(offline_push::BufferFull { needed: 2 }).into()));
    }
    assert_eq!(out.bytes, b"");
}
