use std::format;
use std::vec::Vec;

use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::click::tests::actions;
use crate::ext::Ext;
use crate::json::{self, Map};
use crate::vivo::{Notification, SkipType};

#[test]
fn click_action_returns_the_last_action_that_was_set() {
    let mut push = Notification::new("title", "content", "id");
    for before in actions() {
        for action in actions() {
            push.set_click_action(before).unwrap();
            push.set_click_action(action).unwrap();
            assert_eq!(push.click_action(), Ok(action));
            assert_eq!(push.client_custom_map.is_some(), action.ext().is_some());
        }
    }
}

#[test]
fn set_click_action_keeps_the_other_pairs() {
    let sent =
        r#"{"title":"t","content":"c","requestId":"1","clientCustomMap":{"k1":"v1","ext":[],"k2":{"a":""}}}"#;
    let mut push: Notification<'_> = json::from_str(sent).unwrap();
    for action in actions() {
        push.set_click_action(action).unwrap();
        assert_eq!(push.click_action(), Ok(action));
        let map = push.client_custom_map.as_ref().unwrap();
        assert_eq!(map.text("ext").map(Ext::from), action.ext());
        assert_eq!((map.text("k1"), map.get("k2").is_some(), map.text("k2")), (Some("v1"), true, None));
    }
}

#[test]
fn click_action_refuses_invalid_fields() {
    let push = Notification::new("title", "content", "id");
    assert_eq!(push.click_action(), Err(CheckError::new("skipType", Rule::Missing)));
    for skip_type in [SkipType::OPEN_URL, SkipType::CUSTOM, SkipType::OPEN_SCREEN] {
        let push = push.clone().skip_type(skip_type);
        assert_eq!(push.click_action(), Err(CheckError::new("skipContent", Rule::Missing)));
        let empty = push.skip_content("");
        assert_eq!(empty.click_action(), Err(CheckError::new("skipContent", Rule::Missing)));
    }
    let push = push.skip_type(SkipType::OPEN_URL).skip_content("intent:#Intent;end");
    assert_eq!(push.click_action(), Err(CheckError::new("skipContent", Rule::NotWebUrl)));

    let sent =
        r#"{"title":"t","content":"c","requestId":"1","skipType":1,"clientCustomMap":{"ext":{"a":""}}}"#;
    let push: Notification<'_> = json::from_str(sent).unwrap();
    assert_eq!(push.click_action(), Err(CheckError::new("clientCustomMap", Rule::NotText)));
}

#[test]
fn set_click_action_adds_ext_to_a_map_of_any_size() {
    let keys: Vec<_> = (0..100).map(|index| format!("{index}")).collect();
    let pairs: Vec<_> = keys.iter().map(|key| (key.as_str(), "")).collect();
    let mut push = Notification::new("title", "content", "id");
    push.client_custom_map = Some(Map::from_slice(&pairs));
    for action in actions() {
        push.set_click_action(action).unwrap();
        assert_eq!(push.click_action(), Ok(action));
        let ext = usize::from(action.ext().is_some());
        assert_eq!(push.client_custom_map.as_ref().unwrap().len(), pairs.len() + ext);
    }
}

#[test]
fn set_click_action_that_fails_changes_nothing() {
    let mut push = Notification::new("title", "content", "id");
    let full = Rule::TooMany { max: 2 };
    let bytes = ClickAction::OpenApp { ext: Some(Ext::new(b"\xff")) };
    for (pairs, action, rule) in
        [(&[][..], actions()[1], full), (&[("ext", "old")], actions()[0], full), (&[], bytes, Rule::NotText)]
    {
        let mut map = Map::from_slice(pairs);
        for key in ["1", "2"] {
            map.insert(key, "").unwrap();
        }
        push.client_custom_map = Some(map);
        let before = push.clone();
        assert_eq!(push.set_click_action(action), Err(CheckError::new("clientCustomMap", rule)));
        assert_eq!(push, before);
    }
}

#[test]
fn set_click_action_without_ext_keeps_an_empty_map() {
    let mut push = Notification::new("title", "content", "id");
    push.client_custom_map = Some(Map::new());
    push.set_click_action(actions()[0]).unwrap();
    assert_eq!(push.client_custom_map, Some(Map::new()));
    push.set_click_action(actions()[1]).unwrap();
    push.set_click_action(actions()[0]).unwrap();
    assert_eq!(push.client_custom_map, None);
}
