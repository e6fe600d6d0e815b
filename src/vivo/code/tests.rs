use super::{Advice, Quota, Repeat, ResultCode};
use crate::vivo::UserStatus;

/// Every number near a published one, and the ends.
fn numbers() -> impl Iterator<Item = i32> {
    (-2..=40_000).chain([i32::MIN, i32::MAX])
}

#[test]
fn advice_meaning_and_name_exist_for_the_same_codes() {
    let mut known = 0;
    for number in numbers() {
        let code = ResultCode::new(number);
        assert_eq!(code.get(), number);
        let advised = code.advice() != Advice::Unknown;
        assert_eq!((advised, advised), (code.meaning().is_some(), code.name().is_some()), "{number}");
        known += usize::from(advised);
        let status = UserStatus::new(number);
        assert_eq!(status.advice() != Advice::Unknown, status.meaning().is_some(), "{number}");
    }
    assert!(known >= 72, "{known}");
}

/// What drops a token, stops a sender or makes it repeat a request; all other codes do nothing of this.
#[test]
fn advice_of_each_code_with_consequences() {
    for number in numbers() {
        let code = ResultCode::new(number);
        let (advice, repeat) = match number {
            0 => (Advice::Done, Repeat::Never),
            10000 => (Advice::Reauthenticate, Repeat::Once),
            10070 | 10073 | 10250 | 10252 | 10254 => (Advice::StopForToday, Repeat::Later),
            10071 => (Advice::WaitForWindow, Repeat::Later),
            10040 | 10072 | 10093 => (Advice::BackOff, Repeat::AfterPause),
            10155 => (Advice::StoreAgain, Repeat::Never),
            10302 => (Advice::DropToken, Repeat::Never),
            10045 => (Advice::FixAccount, Repeat::Never),
            10085 | 10104 => (Advice::FixText, Repeat::Never),
            10089 => (Advice::FixRequest { field: "addBadge" }, Repeat::Never),
            _ => {
                let harmless =
                    [Advice::FixAccount, Advice::FixText, Advice::DeviceUnreachable, Advice::Unknown];
                let advice = code.advice();
                assert!(
                    harmless.contains(&advice) || matches!(advice, Advice::FixRequest { .. }),
                    "{number}"
                );
                (advice, Repeat::Never)
            }
        };
        assert_eq!((code.advice(), code.advice().repeat()), (advice, repeat), "{number}");
        assert_eq!(code.is_success(), number == 0);
    }
    // A device that is not a test device keeps its token.
    let statuses = [1, 2, 4].map(|number| UserStatus::new(number).advice());
    assert_eq!(statuses, [Advice::DropToken, Advice::DropToken, Advice::FixAccount]);
}

#[test]
fn advice_fix_request_names_a_field_of_the_meaning() {
    for number in numbers() {
        let code = ResultCode::new(number);
        if let Advice::FixRequest { field } = code.advice() {
            assert!(code.meaning().unwrap().contains(field), "{number}: {field}");
        }
    }
}

#[test]
fn messages_per_user_of_each_quota() {
    for (quota, news, other) in [
        (Quota::Operational, Some(3), Some(2)),
        (Quota::System, Some(20), Some(20)),
        (Quota::Authentications, None, None),
        (Quota::ListPayloads, None, None),
        (Quota::AllPushes, None, None),
    ] {
        assert_eq!((quota.messages_per_user(true), quota.messages_per_user(false)), (news, other));
    }
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
    for number in numbers() {
        let code = ResultCode::new(number);
        assert_eq!(code.quota().is_some(), code.advice() == Advice::StopForToday, "{number}");
    }
}
