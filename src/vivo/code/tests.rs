use core::fmt::Debug;
use std::format;
use std::string::String;

use super::{Advice, Quota, Repeat, ResultCode};
use crate::vivo::{PushState, UserStatus};

#[test]
fn advice_is_known_for_named_codes_only() {
    for number in (-2..=40_000).chain([i32::MIN, i32::MAX]) {
        let code = ResultCode::new(number);
        let advised = code.advice() != Advice::Unknown;
        assert_eq!(advised, code.meaning().is_some(), "{number}");

        let status = UserStatus::new(number);
        let advised = status.advice() != Advice::Unknown;
        assert_eq!(advised, status.meaning().is_some(), "{number}");
    }
}

#[test]
fn new_keeps_an_unknown_number() {
    for number in [i32::MIN, -1, 5, 10089, 10091, 10303, 10500, i32::MAX] {
        let code = ResultCode::new(number);
        assert_eq!((code.get(), code.meaning()), (number, None));
        assert_eq!(code.advice(), Advice::Unknown);
        assert!(!code.is_success());
        assert_eq!(UserStatus::new(number).get(), number);
    }
}

#[test]
fn is_success_is_for_0_only() {
    for number in -2..=40_000 {
        let code = ResultCode::new(number);
        assert_eq!(code.is_success(), number == 0, "{number}");
        assert_eq!(code.advice() == Advice::Done, number == 0, "{number}");
    }
}

#[test]
fn advice_drop_token_10302_and_reauthenticate_10000_only() {
    for number in -2..=40_000 {
        let advice = ResultCode::new(number).advice();
        assert_eq!(advice == Advice::DropToken, number == 10302);
        assert_eq!(advice == Advice::Reauthenticate, number == 10000);
    }
}

#[test]
fn advice_quota_stops_and_too_fast_backs_off() {
    for number in [10070, 10073, 10250, 10252, 10254] {
        assert_eq!(ResultCode::new(number).advice(), Advice::StopForToday);
    }
    for number in [10072, 10093] {
        assert_eq!(ResultCode::new(number).advice(), Advice::BackOff);
    }
    assert_eq!(ResultCode::new(10071).advice(), Advice::WaitForWindow);
}

#[test]
fn advice_fix_request_names_a_field_of_the_meaning() {
    for number in 0..=40_000 {
        let code = ResultCode::new(number);
        if let Advice::FixRequest { field } = code.advice() {
            let meaning = code.meaning().unwrap_or_default();
            // 10155 is about the stored message that the task id refers to.
            let named = meaning.contains(field) || number == 10155;
            assert!(named, "{number}: {field}");
        }
    }
}

#[test]
fn advice_not_test_device_keeps_the_token() {
    assert_eq!(UserStatus::new(4).advice(), Advice::FixAccount);
    assert_eq!(ResultCode::new(10045).advice(), Advice::FixAccount);
    assert_eq!(UserStatus::new(1).advice(), Advice::DropToken);
    assert_eq!(UserStatus::new(2).advice(), Advice::DropToken);
}

/// All numbers that have a meaning in a source.
const PUBLISHED: &[i32] = &[
    0, 10000, 10043, 10045, 10050, 10051, 10054, 10055, 10056, 10057, 10058, 10059, 10060, 10061, 10062,
    10063, 10064, 10065, 10066, 10067, 10068, 10069, 10070, 10071, 10072, 10073, 10082, 10093, 10094, 10095,
    10096, 10097, 10103, 10104, 10150, 10151, 10152, 10153, 10154, 10155, 10200, 10201, 10202, 10203, 10204,
    10205, 10206, 10207, 10250, 10252, 10254, 10301, 10302, 10304, 10305, 10306, 10307, 10311, 10352, 10353,
    10471, 10473, 10601, 10609, 10614, 10616, 10800, 10801, 11000,
];

#[test]
fn name_exists_for_published_codes_only() {
    for number in -2..=40_000 {
        assert_eq!(ResultCode::new(number).name().is_some(), PUBLISHED.contains(&number), "{number}");
    }
}

#[test]
fn repeat_of_each_published_code() {
    for number in PUBLISHED {
        let expected = match number {
            10000 => Repeat::Once,
            10072 | 10093 => Repeat::AfterPause,
            10070 | 10071 | 10073 | 10250 | 10252 | 10254 => Repeat::Later,
            _ => Repeat::Never,
        };
        assert_eq!(ResultCode::new(*number).advice().repeat(), expected, "{number}");
    }
    assert_eq!(Advice::Unknown.repeat(), Repeat::Never);
}

#[test]
fn quota_path_is_the_endpoint_of_the_quota() {
    for (number, quota, path) in [
        (10070, Quota::Operational, None),
        (10073, Quota::System, None),
        (10250, Quota::Authentications, Some("/message/auth")),
        (10252, Quota::ListPayloads, Some("/message/saveListPayload")),
        (10254, Quota::AllPushes, Some("/message/all")),
    ] {
        assert_eq!(ResultCode::new(number).quota(), Some(quota));
        assert_eq!(quota.path(), path);
    }
    for number in -2..=40_000 {
        let code = ResultCode::new(number);
        assert_eq!(code.quota().is_some(), code.advice() == Advice::StopForToday, "{number}");
    }
}

/// The name of a variant, without its fields, in `snake_case`.
fn snake_case(variant: &impl Debug) -> String {
    let shown = format!("{variant:?}");
    let name = shown.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default();
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

#[test]
fn name_is_the_variant_in_snake_case() {
    for number in 0..=40_000 {
        let advice = ResultCode::new(number).advice();
        assert_eq!(advice.name(), snake_case(&advice));
        assert_eq!(advice.repeat().name(), snake_case(&advice.repeat()));
        let advice = PushState::new(number).advice();
        assert_eq!(advice.name(), snake_case(&advice));
        if let Some(quota) = ResultCode::new(number).quota() {
            assert_eq!(quota.name(), snake_case(&quota));
        }
    }
    assert_eq!(Advice::DeviceUnreachable.name(), "device_unreachable");
}
