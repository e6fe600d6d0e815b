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
    let mut push = Notification::new("title", "content", "id");
    push.client_custom_map = Some(Map::from_slice(&[("k1", "v1"), ("ext", "old"), ("k2", "v2")]));
    for action in actions() {
        push.set_click_action(action).unwrap();
        let map = push.client_custom_map.as_ref().unwrap();
        assert_eq!(map.text("ext").map(Ext::from), action.ext());
        assert_eq!((map.text("k1"), map.text("k2")), (Some("v1"), Some("v2")));
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
fn set_click_action_keeps_values_that_are_not_text() {
    let sent = r#"{"title":"t","content":"c","requestId":"1","clientCustomMap":{"ext":[],"k":{"a":""}}}"#;
    let mut push: Notification<'_> = json::from_str(sent).unwrap();
    for action in actions() {
        push.set_click_action(action).unwrap();
        assert_eq!(push.click_action(), Ok(action));
        let map = push.client_custom_map.as_ref().unwrap();
        assert_eq!((map.get("k").is_some(), map.text("k")), (true, None));
    }
}

#[test]
fn set_click_action_without_room_changes_nothing() {
    let mut push = Notification::new("title", "content", "id");
    for pairs in [&[][..], &[("ext", "old")]] {
        let mut map = Map::from_slice(pairs);
        for key in ["1", "2"] {
            map.insert(key, "").unwrap();
        }
        push.client_custom_map = Some(map);
        let before = push.clone();
        let action = if pairs.is_empty() { actions()[1] } else { actions()[0] };
        let full = push.set_click_action(action).unwrap_err();
        assert_eq!(full, CheckError::new("clientCustomMap", Rule::TooMany { max: 2 }));
        assert_eq!(push, before);
    }
}

#[test]
fn set_click_action_with_bytes_changes_nothing() {
    let mut push = Notification::new("title", "content", "id");
    let before = push.clone();
    let bytes = push.set_click_action(ClickAction::OpenApp { ext: Some(Ext::new(b"\xff")) }).unwrap_err();
    assert_eq!(bytes, CheckError::new("clientCustomMap", Rule::NotText));
    assert_eq!(push, before);
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
