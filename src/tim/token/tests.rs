use std::format;
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use proptest::collection::vec as vec_of;
use proptest::prelude::*;

use super::{HexTokenError, OfflinePushToken, TokenType};
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::json;

fn encoded(token: &OfflinePushToken<'_>) -> String {
    let mut buffer = [0; 256];
    json::to_str(token, &mut buffer).unwrap().into()
}

/// The JSON of a fixture in the compact form.
fn compact(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text).unwrap().to_string()
}

#[test]
fn new_with_a_setter_gives_the_form_of_each_sdk_version() {
    let v6 = include_str!("../../../tests/fixtures/tencent/c_offline_push_token_v6.json");
    let token = OfflinePushToken::new(1_234_578, "xxxxx").is_tpns_token(false);
    assert_eq!((encoded(&token), token.check()), (compact(v6), Ok(())));
    let v7 = include_str!("../../../tests/fixtures/tencent/c_offline_push_token_v7.json");
    let token = OfflinePushToken::new(1_234_578, "token base16 string").token_type(TokenType::VENDOR);
    assert_eq!((encoded(&token), token.check()), (compact(v7), Ok(())));
}

#[test]
fn check_token_length() {
    let error = |rule| Err(CheckError::new(OfflinePushToken::TOKEN, rule));
    for (length, expected) in
        [(0, error(Rule::Missing)), (1, Ok(())), (256, Ok(())), (257, error(Rule::TooLong { max: 256 }))]
    {
        assert_eq!(OfflinePushToken::new(6666, &"x".repeat(length)).check(), expected, "{length}");
    }
}

#[test]
fn check_type_and_older_switch_that_disagree() {
    let conflict = Err(CheckError::new(
        "offline_push_token_type",
        Rule::Conflict { with: "offline_push_token_is_tpns_token" },
    ));
    for (tpns, kind, expected) in [
        (None, None, Ok(())),
        (Some(false), None, Ok(())),
        (Some(true), None, Ok(())),
        (None, Some(TokenType::TPNS), Ok(())),
        (Some(false), Some(TokenType::VENDOR), Ok(())),
        (Some(false), Some(TokenType::VOIP), Ok(())),
        (Some(true), Some(TokenType::TPNS), Ok(())),
        (Some(true), Some(TokenType::VENDOR), conflict),
        (Some(true), Some(TokenType::VOIP), conflict),
        (Some(false), Some(TokenType::TPNS), conflict),
    ] {
        let mut token = OfflinePushToken::new(6666, "regId");
        (token.is_tpns_token, token.token_type) = (tpns, kind);
        assert_eq!(token.check(), expected, "{token:?}");
    }
}

#[test]
fn check_certificate_id_is_optional_for_tpns_only() {
    let token = OfflinePushToken::new(0, "token");
    let missing = Err(CheckError::new("offline_push_token_business_id", Rule::Missing));
    assert_eq!(token.check(), missing);
    assert_eq!(token.clone().is_tpns_token(false).check(), missing);
    assert_eq!(token.clone().token_type(TokenType::VOIP).check(), missing);
    assert_eq!(token.clone().is_tpns_token(true).check(), Ok(()));
    assert_eq!(token.token_type(TokenType::TPNS).check(), Ok(()));
}

#[test]
fn raw_token_digits_of_either_case() {
    let mut buffer = [0xee; 9];
    for text in ["0123456789abcdef", "0123456789ABCDEF", "0123456789aBcDeF"] {
        let expected = Ok(&[0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef][..]);
        assert_eq!(OfflinePushToken::raw_token(text, &mut buffer), expected);
    }
    assert_eq!(OfflinePushToken::raw_token("", &mut []), Ok(&[][..]));
}

#[test]
fn raw_token_errors_give_the_place_and_not_the_text() {
    let mut buffer = [0; 8];
    for (text, expected) in [
        ("0", HexTokenError::OddLength),
        ("01234", HexTokenError::OddLength),
        ("s3cr3t", HexTokenError::NotHex { offset: 0 }),
        ("0a0g", HexTokenError::NotHex { offset: 3 }),
        ("0a 0b", HexTokenError::NotHex { offset: 2 }),
        ("<0a0b0c0d>", HexTokenError::NotHex { offset: 0 }),
        ("0a中", HexTokenError::NotHex { offset: 2 }),
        ("+a", HexTokenError::NotHex { offset: 0 }),
        ("0001020304050607ff", HexTokenError::BufferFull(BufferFull { needed: 9 })),
    ] {
        let error = OfflinePushToken::raw_token(text, &mut buffer).unwrap_err();
        assert_eq!(error, expected, "{text}");
        assert!(!format!("{error} {error:?}").contains(text));
    }
    let full = HexTokenError::BufferFull(BufferFull { needed: 9 });
    assert_eq!(full.to_string(), "the buffer is too short: 9 bytes are needed");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn hex_token_and_raw_token_are_inverse(raw in vec_of(any::<u8>(), 0..129), upper in any::<bool>()) {
        let needed = raw.len() * 2;
        let mut buffer = vec![0; needed];
        let text: String = OfflinePushToken::hex_token(&raw, &mut buffer).unwrap().into();
        if let Some(shorter) = needed.checked_sub(1) {
            let full = OfflinePushToken::hex_token(&raw, &mut buffer[..shorter]);
            prop_assert_eq!(full, Err(BufferFull { needed }));
        }
        let text = if upper { text.to_uppercase() } else { text };
        let mut buffer: Vec<u8> = vec![0; raw.len()];
        prop_assert_eq!(OfflinePushToken::raw_token(&text, &mut buffer), Ok(&raw[..]));
        if let Some(shorter) = buffer.len().checked_sub(1) {
            let full = HexTokenError::BufferFull(BufferFull { needed: raw.len() });
            prop_assert_eq!(OfflinePushToken::raw_token(&text, &mut buffer[..shorter]), Err(full));
        }
    }
}
