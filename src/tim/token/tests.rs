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

/// The JSON of a fixture without its white space, which stands in no text of it but one.
fn compact(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text).unwrap().to_string()
}

#[test]
fn each_version_of_the_sdk_has_its_form() {
    let v6 = include_str!("../../../tests/fixtures/tencent/c_offline_push_token_v6.json");
    let token = OfflinePushToken::new_v6(1_234_578, "xxxxx", false).unwrap();
    assert_eq!(encoded(&token), compact(v6));
    let v7 = include_str!("../../../tests/fixtures/tencent/c_offline_push_token_v7.json");
    let token = OfflinePushToken::new_v7(1_234_578, "token base16 string", TokenType::VENDOR).unwrap();
    assert_eq!(encoded(&token), compact(v7));
    let error = |rule| CheckError::new(OfflinePushToken::TOKEN, rule);
    assert_eq!(OfflinePushToken::new_v6(1, "", false), Err(error(Rule::Missing)));
    assert_eq!(OfflinePushToken::new_v7(1, "", TokenType::VOIP), Err(error(Rule::Missing)));
}

#[test]
fn a_type_that_contradicts_the_older_switch_is_named() {
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
        let mut token = OfflinePushToken::new(6666, "regId").unwrap();
        (token.is_tpns_token, token.token_type) = (tpns, kind);
        assert_eq!(token.check(), expected, "{token:?}");
    }
}

#[test]
fn a_certificate_id_is_needed_but_for_tpns() {
    let missing = Err(CheckError::new("offline_push_token_business_id", Rule::Missing));
    assert_eq!(OfflinePushToken::new(0, "regId"), missing);
    assert_eq!(OfflinePushToken::new_v6(0, "regId", false), missing);
    assert_eq!(OfflinePushToken::new_v7(0, "regId", TokenType::VOIP), missing);
    assert!(OfflinePushToken::new_v6(0, "token", true).is_ok());
    assert!(OfflinePushToken::new_v7(0, "token", TokenType::TPNS).is_ok());
}

#[test]
fn hex_of_either_case_is_read() {
    let mut buffer = [0xee; 9];
    for text in ["0123456789abcdef", "0123456789ABCDEF", "0123456789aBcDeF"] {
        let expected = Ok(&[0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef][..]);
        assert_eq!(OfflinePushToken::raw_token(text, &mut buffer), expected);
    }
    assert_eq!(OfflinePushToken::raw_token("", &mut []), Ok(&[][..]));
}

#[test]
fn what_is_no_hex_is_said_by_its_place_and_never_by_itself() {
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
    assert_eq!(
        format!("{}", HexTokenError::BufferFull(BufferFull { needed: 9 })),
        "the buffer is too short: 9 bytes are needed"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn bytes_come_back_from_hex(raw in vec_of(any::<u8>(), 0..129), upper in any::<bool>()) {
        let mut text = vec![0; raw.len() * 2];
        let text: String = OfflinePushToken::hex_token(&raw, &mut text).unwrap().into();
        let text = if upper { text.to_uppercase() } else { text };
        let mut buffer: Vec<u8> = vec![0; raw.len()];
        prop_assert_eq!(OfflinePushToken::raw_token(&text, &mut buffer), Ok(&raw[..]));
        if let Some(shorter) = buffer.len().checked_sub(1) {
            let full = HexTokenError::BufferFull(BufferFull { needed: raw.len() });
            prop_assert_eq!(OfflinePushToken::raw_token(&text, &mut buffer[..shorter]), Err(full));
        }
    }
}
