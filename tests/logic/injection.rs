//! Nothing that a stranger sends can end a header or change a URL: a token or an id with line breaks, other control characters
//! or URL syntax is refused or escaped.

use offline_push::Request;
use offline_push::json::List;
use offline_push::tim::rest::{PushBatch, Region, SendMessage, Url};
use offline_push::vivo::{StatisticsRequest, auth_header_value};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestCaseResult;

/// Texts that end a line, a header, a path or a parameter; escapes and half an escape; and any other text.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "\r\n", "\n", "\r", "\0", "\t", "\u{b}", "\u{7f}", "\u{85}", "\u{2028}", " ", "&", "=", "?", "#",
        "/", "\\", "%", "%0d%0a", "%00", "+", ",", ";", ":", "@", "\"", "<", "中", "😀", "\u{feff}", "a",
        "Host: evil", "..",
    ];
    let mixed = proptest::collection::vec(select(pieces.to_vec()), 0..8).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => mixed, 1 => any::<String>(), 1 => "[ -~]{0,40}"]
}

/// The parameters of a query, unescaped.
fn parameters(url: &str) -> Vec<(String, String)> {
    let (_, query) = url.split_once('?').expect("a query");
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').expect("a value");
        (unescaped(name), unescaped(value))
    };
    query.split('&').map(pair).collect()
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte == b'%' {
            let digits = str::from_utf8(&rest[..2]).expect("two digits");
            bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
            rest = &rest[2..];
        } else {
            bytes.push(*byte);
        }
    }
    String::from_utf8(bytes).expect("escapes of UTF-8")
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn url_is_sound(url: &str, identifier: &str, usersig: &str) -> TestCaseResult {
    prop_assert!(is_visible(url), "{:?}", url);
    prop_assert!(!url.contains(['#', '"', '<', '\\']), "{:?}", url);
    let expected = [
        ("sdkappid", "88888888"),
        ("identifier", identifier),
        ("usersig", usersig),
        ("random", "7"),
        ("contenttype", "json"),
    ];
    prop_assert_eq!(
        parameters(url),
        expected.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn auth_header_value_is_visible_ascii(token in hostile()) {
        match auth_header_value(&token) {
            Ok(value) => {
                prop_assert!(is_visible(value) && !value.is_empty(), "{:?}", value);
                prop_assert_eq!(value, &token);
            }
            Err(error) => {
                prop_assert!(token.is_empty() || !is_visible(&token), "{:?}", token);
                prop_assert!(!error.to_string().contains(['\r', '\n']));
            }
        }
    }

    #[test]
    fn url_has_its_parameters_whatever_they_hold(identifier in hostile(), usersig in hostile()) {
        let url = Url::new(Region::China.host(), 88_888_888, &identifier, &usersig, 7);
        let mut buffer = vec![0; 1024 + 9 * (identifier.len() + usersig.len())];
        let absolute = url.absolute::<SendMessage>(&mut buffer)?;
        let path = absolute.strip_prefix("https://").expect("a scheme").split_once('/').expect("a path");
        prop_assert_eq!(path.0, Region::China.host());
        prop_assert!(path.1.starts_with("v4/openim/sendmsg?"));
        url_is_sound(absolute, &identifier, &usersig)?;
        url_is_sound(url.path_and_query::<PushBatch>(&mut buffer)?, &identifier, &usersig)?;
    }

    #[test]
    fn statistics_task_ids_stay_one_parameter(first in hostile(), second in hostile()) {
        let ids = [first.as_str(), &second];
        let request = StatisticsRequest::new(List::from_slice(&ids));
        let mut buffer = vec![0; 256 + 9 * (first.len() + second.len())];
        let url = request.path_and_query(&mut buffer)?;
        prop_assert!(is_visible(url), "{:?}", url);
        let value = url.strip_prefix("/report/getStatistics?taskIds=").expect("the path");
        let values: Vec<_> = value.split(',').map(unescaped).collect();
        prop_assert_eq!(values, [first, second]);
        prop_assert!(!value.contains(['&', '=', '#', '?', '/', '\\', '"', '<']), "{:?}", value);
    }
}
