//! Texts, decoded while they are read.

use std::hash::{BuildHasher, RandomState};

use offline_push::BufferFull;
use offline_push::intent::{Intent, Text};
use offline_push::json::Revealed;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::{android, cases, strategies, written};

/// Looks at the text of a URI in every way.
fn reads_as(encoded: &str, expected: &str) -> TestCaseResult {
    let uri = format!("intent:#Intent;type={encoded};end");
    let text = Intent::parse(&uri).unwrap().mime_type.unwrap();
    is(text, expected)?;
    let plain = (!encoded.contains('%')).then_some(encoded);
    prop_assert_eq!(text.as_str(), plain);
    prop_assert_eq!(text.is_empty(), encoded.is_empty());

    is(Text::new(expected), expected)?;
    prop_assert_eq!(Text::new(expected).as_str(), Some(expected));
    prop_assert_eq!(text, Text::new(expected));
    let states = RandomState::new();
    prop_assert_eq!(states.hash_one(text), states.hash_one(Text::new(expected)));
    prop_assert_eq!(states.hash_one((text, text)), states.hash_one((text, Text::new(expected))));
    Ok(())
}

fn is(text: Text, expected: &str) -> TestCaseResult {
    prop_assert_eq!(text.chars().collect::<String>(), expected);
    prop_assert_eq!(text.to_string(), expected);
    prop_assert_eq!(text, expected);
    let longer = format!("{expected}x");
    prop_assert_ne!(text, longer.as_str());
    let shorter: String = expected.chars().skip(1).collect();
    prop_assert_eq!(text == shorter.as_str(), expected.is_empty());

    let mut rest = text.chars();
    for read in 0..=expected.chars().count() {
        let left = expected.chars().count() - read;
        let (least, most) = rest.size_hint();
        prop_assert!(least <= left && left <= most.unwrap(), "{} in {:?}", left, (least, most));
        prop_assert!(rest.clone().eq(expected.chars().skip(read)));
        prop_assert_eq!(rest.next(), expected.chars().nth(read));
    }
    prop_assert_eq!(rest.next(), None);

    let mut buffer = vec![0xee; expected.len() + 3];
    for length in 0..expected.len() {
        let full = Err(BufferFull { needed: expected.len() });
        prop_assert_eq!(text.copy_to(&mut buffer[..length]), full);
    }
    prop_assert_eq!(text.copy_to(&mut buffer[..expected.len()]).map(str::to_owned), Ok(expected.to_owned()));
    prop_assert_eq!(text.copy_to(&mut buffer).map(str::to_owned), Ok(expected.to_owned()));
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn text_is_what_androids_decode_gives(encoded in strategies::encoded()) {
        let encoded = encoded.replace(['#', ';'], "");
        reads_as(&encoded, &android::decode(&encoded))?;
    }

    #[test]
    fn text_of_any_bytes_is_utf8_with_losses(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
        let upper: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
        let lower: String = bytes.iter().map(|byte| format!("%{byte:02x}")).collect();
        let expected = String::from_utf8_lossy(&bytes);
        reads_as(&upper, &expected)?;
        reads_as(&lower, &expected)?;
    }

    #[test]
    fn text_that_is_escaped_reads_as_before(text in strategies::hostile()) {
        let mut intent = Intent::new();
        intent.mime_type = Some(Text::new(text));
        let uri = written(&intent);
        prop_assert_eq!(Intent::parse(&uri).unwrap().mime_type.unwrap(), text);
        let value = uri.strip_prefix("intent:#Intent;type=").unwrap().strip_suffix(";end").unwrap();
        let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"_-!.~'()*/%".contains(&byte);
        prop_assert!(value.bytes().all(stays), "{}", value);
    }
}

#[test]
fn text_with_broken_escapes() {
    for (encoded, expected) in [
        ("", ""),
        ("a+b", "a+b"),
        ("%41%62%2B", "Ab+"),
        ("%e6%a0%87", "标"),
        ("标%E9%A2%98", "标题"),
        ("%F0%9F%98%80", "😀"),
        ("%00", "\0"),
        ("%25%34%31", "%41"),
        // Not UTF-8: one replacement for each part that no character begins with.
        ("%E6", "\u{fffd}"),
        ("%E6%A0", "\u{fffd}"),
        ("%E6%A0x", "\u{fffd}x"),
        ("%E6%A0%41", "\u{fffd}A"),
        ("%F0%9F%98%E6%A0%87", "\u{fffd}标"),
        ("%80", "\u{fffd}"),
        ("%C0%AF", "\u{fffd}\u{fffd}"),
        ("%ED%A0%80", "\u{fffd}\u{fffd}\u{fffd}"),
        ("%F4%90%80%80", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
        ("%E6%A0标", "\u{fffd}标"),
        ("%E6\u{a0}", "\u{fffd}\u{a0}"),
        // Without two digits, the part that was read becomes a control character, except at the end.
        ("%", "\u{fffd}"),
        ("%4", "\u{fffd}"),
        ("%E6%4", "\u{fffd}\u{fffd}"),
        ("%z", "\u{fffd}\0"),
        ("%zz", "\u{fffd}\0z"),
        ("%4z", "\u{fffd}\u{4}"),
        ("%4z%41", "\u{fffd}\u{4}A"),
        ("%%41", "\u{fffd}\u{0}41"),
        ("%4%41", "\u{fffd}\u{4}41"),
        ("%标%41", "\u{fffd}\0A"),
        ("%+1", "\u{fffd}\u{0}1"),
        ("%F%9F", "\u{fffd}\u{f}9F"),
    ] {
        assert_eq!(android::decode(encoded), expected, "{encoded}");
        reads_as(encoded, expected).unwrap();
    }
    // Android leaves half of the character here, which is not a character.
    reads_as("%😀a", "\u{fffd}\0a").unwrap();
}

#[test]
fn text_debug_shows_what_is_in_it() {
    for text in ["", "abc", "it's", "a \"b\"", "a\n\0\\", "标题", "\u{fffd}"] {
        assert_eq!(format!("{:?}", Revealed(&Text::new(text))), format!("{text:?}"));
    }
    let intent = Intent::parse("intent:#Intent;type=%E6%A0%87%22;end").unwrap();
    assert_eq!(
        format!("{:?} {:?}", intent.mime_type, Revealed(&intent.mime_type)),
        r#"Some("<2 chars>") "标\"""#
    );
}

#[test]
fn text_hash_is_of_the_decoded_text() {
    let states = RandomState::new();
    assert_ne!(states.hash_one(Text::new("%41")), states.hash_one(Text::new("A")));
    assert_ne!(Text::new("%41"), Text::new("A"));
    let pairs = [("ab", "c"), ("a", "bc")].map(|(one, two)| (Text::new(one), Text::new(two)));
    assert_ne!(states.hash_one(pairs[0]), states.hash_one(pairs[1]));
}
