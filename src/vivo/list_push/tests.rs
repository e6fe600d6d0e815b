use std::format;
use std::string::String;
use std::vec::Vec;

use super::ListPush;
use crate::check::{CheckError, Rule};
use crate::json::{self, List};
use crate::vivo::{ListPushResponse, PushMode, ResultCode, Rules};

const TASK: &str = "342982232646905856";

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
}

fn sound<'a>() -> ListPush<'a> {
    ListPush::new(TASK, "request-1").reg_ids(List::from_slice(&["12345678901234567890121", "v2-abc_DEF"]))
}

fn to_reg_ids(reg_ids: &[&str]) -> Result<(), CheckError> {
    sound().reg_ids(List::from_slice(reg_ids)).check()
}

fn to_aliases(rules: Rules, aliases: &[&str]) -> Result<(), CheckError> {
    ListPush::new(TASK, "request-1").aliases(List::from_slice(aliases)).check_against(rules)
}

#[test]
fn split_parts_are_whole_and_pass_the_check() {
    let receivers = std::vec![(); 5000];
    for count in (0..=12).chain(990..=1010).chain(1990..=2010).chain([2999, 3000, 3001, 4001, 5000]) {
        let lengths: Vec<_> = ListPush::split(receivers.get(..count).unwrap()).map(<[()]>::len).collect();
        assert_eq!(lengths.iter().sum::<usize>(), count);
        let fits = |length: &usize| (2..=1000).contains(length);
        assert!(count == 1 || lengths.iter().all(fits), "{count}: {lengths:?}");
        assert_eq!(lengths.len(), count.div_ceil(1000));
    }
    let numbers = [1, 2, 3];
    assert!(ListPush::split(&numbers).flatten().eq(&numbers));
}

#[test]
fn check_takes_2_to_1000_recipients() {
    let ids: Vec<String> = (0..1001).map(|number| format!("{number:023}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let range = Rule::OutOfRange { min: 2, max: 1000 };
    for (count, by_reg_id, by_alias) in [
        (0, error("regIds", Rule::Missing), error("regIds", Rule::Missing)),
        (1, error("regIds", range), error("aliases", range)),
        (2, Ok(()), Ok(())),
        (1000, Ok(()), Ok(())),
        (1001, error("regIds", range), error("aliases", range)),
    ] {
        let some = ids.get(..count).unwrap();
        assert_eq!(to_reg_ids(some), by_reg_id, "{count}");
        assert_eq!(to_aliases(Rules::Newest, some), by_alias, "{count}");
    }
}

#[test]
fn check_reg_ids_override_aliases() {
    let mut push = sound();
    push.aliases = Some(List::from_slice(&["one alias is too few"]));
    assert_eq!(push.check(), Ok(()));
    push.reg_ids = Some(List::from_slice(&[]));
    assert_eq!(push.check(), error("aliases", Rule::OutOfRange { min: 2, max: 1000 }));
    push.reg_ids = None;
    push.aliases = None;
    assert_eq!(push.check(), error("regIds", Rule::Missing));
}

#[test]
fn check_examines_every_reg_id() {
    let long = "1".repeat(257);
    for (bad, rule) in [
        ("", Rule::Missing),
        ("a b", Rule::UnknownValue),
        ("a\n", Rule::UnknownValue),
        ("标", Rule::UnknownValue),
        (&long, Rule::TooLong { max: 256 }),
    ] {
        assert_eq!(to_reg_ids(&[bad, "1", "2"]), error("regIds", rule));
        assert_eq!(to_reg_ids(&["1", "2", bad]), error("regIds", rule));
    }
}

#[test]
fn check_alias_length_depends_on_the_rules() {
    let (forty, seventy, more) = ("a".repeat(40), "a".repeat(70), "a".repeat(71));
    assert_eq!(to_aliases(Rules::JavaSdk, &[&forty, "b"]), Ok(()));
    assert_eq!(to_aliases(Rules::JavaSdk, &["b", &seventy]), error("aliases", Rule::TooLong { max: 40 }));
    assert_eq!(to_aliases(Rules::Newest, &["b", &seventy]), Ok(()));
    assert_eq!(to_aliases(Rules::Newest, &["b", &more]), error("aliases", Rule::TooLong { max: 70 }));
    assert_eq!(to_aliases(Rules::Newest, &["b", ""]), error("aliases", Rule::Missing));
}

#[test]
fn check_the_other_fields() {
    let check = |change: fn(&mut ListPush<'static>)| {
        let mut push = sound();
        change(&mut push);
        push.check()
    };
    assert_eq!(check(|push| push.app_id = Some(0)), error("appId", Rule::Missing));
    assert_eq!(check(|push| push.app_id = Some(10004)), Ok(()));
    assert_eq!(check(|push| push.task_id = ""), error("taskId", Rule::Missing));
    for odd in ["1 2", "1,2", "一", "1\0"] {
        assert_eq!(sound().task_id(odd).check(), error("taskId", Rule::UnknownValue), "{odd:?}");
    }
    assert_eq!(check(|push| push.request_id = " "), error("requestId", Rule::Missing));
    let long = "r".repeat(65);
    assert_eq!(sound().request_id(&long).check(), error("requestId", Rule::TooLong { max: 64 }));
    assert_eq!(check(|push| push.push_mode = Some(PushMode::TEST)), Ok(()));
    assert_eq!(check(|push| push.push_mode = Some(PushMode::new(2))), error("pushMode", Rule::UnknownValue));
}

#[test]
fn dropped_and_retried_divide_the_recipients_that_were_left_out() {
    let body = r#","invalidUsers":[{"status":1,"userid":"a"},{"status":2,"userid":"b"},{"status":3,"userid":"c"},
        {"status":4,"userid":"d"},{"status":9,"userid":"e"},{"userid":"f"},{"status":1}]}"#;
    for (result, push_mode, dropped) in [
        (0, None, "ab"),
        (0, Some(PushMode::FORMAL), "ab"),
        (10302, None, "ab"),
        (0, Some(PushMode::TEST), ""),
        (10302, Some(PushMode::TEST), ""),
        // Under review, a phone that is not a test device is refused.
        (10045, None, ""),
        (10070, None, ""),
    ] {
        let json = format!(r#"{{"result":{result}{body}"#);
        let reply: ListPushResponse<'_> = json::from_str(&json).unwrap();
        assert_eq!(reply.dropped(push_mode).collect::<String>(), dropped, "{result}");
        let retried: String = "abcdef".chars().filter(|user| !dropped.contains(*user)).collect();
        assert_eq!(reply.retried(push_mode).collect::<String>(), retried, "{result}");
    }
    assert_eq!(ListPushResponse::new(ResultCode::SUCCESS).dropped(None).count(), 0);
}
