use super::ClickAction;
use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::json::{self, MAX_OWNED_PAIRS, Map};
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::{Notification, SkipType};

fn actions() -> [ClickAction<'static>; 6] {
    let ext = Some(Ext::from(r#"{"level":15}"#));
    let intent = IntentUri::new("intent:#Intent;end").unwrap();
    [
        ClickAction::OpenApp { ext: None },
        ClickAction::OpenApp { ext },
        ClickAction::OpenUrl(WebUrl::new("https://cloud.tencent.com/").unwrap()),
        ClickAction::OpenScreen { intent, ext: None },
        ClickAction::OpenScreen { intent, ext },
        ClickAction::Custom("text"),
    ]
}

#[test]
fn every_action_is_read_as_it_was_set_whatever_was_there_before() {
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
fn a_url_carries_no_ext_and_the_other_pairs_stay() {
    let mut push = Notification::new("title", "content", "id");
    push.client_custom_map = Some(Map::from_slice(&[("k1", "v1"), ("ext", "old"), ("k2", "v2")]));
    for action in actions() {
        push.set_click_action(action).unwrap();
        let map = push.client_custom_map.as_ref().unwrap();
        assert_eq!(map.text("ext").map(Ext::from), action.ext());
        assert_eq!((map.text("k1"), map.text("k2")), (Some("v1"), Some("v2")));
    }
    let url = actions()[2];
    assert_eq!(url.with_ext(Some(Ext::from("x"))), url);
}

#[test]
fn what_the_view_cannot_read_it_names() {
    let refused = |skip_type: i32, content: Option<&'static str>| {
        let mut push = Notification::new("title", "content", "id");
        push.skip_type = Some(SkipType::new(skip_type));
        push.skip_content = content;
        push.click_action().unwrap_err()
    };
    for skip_type in [2, 3, 4] {
        for content in [None, Some("")] {
            assert_eq!(refused(skip_type, content), CheckError::new("skipContent", Rule::Missing));
        }
    }
    assert_eq!(refused(2, Some("intent:#Intent;end")).rule, Rule::NotWebUrl);
    assert_eq!(refused(4, Some("https://a")).rule, Rule::NotIntentUri);
    assert_eq!(refused(5, None), CheckError::new("skipType", Rule::OutOfRange { min: 1, max: 4 }));
    let push = Notification::new("title", "content", "id");
    assert_eq!(push.click_action(), Err(CheckError::new("skipType", Rule::Missing)));

    let sent =
        r#"{"title":"t","content":"c","requestId":"1","skipType":1,"clientCustomMap":{"ext":{"a":""}}}"#;
    let push: Notification<'_> = json::from_str(sent).unwrap();
    assert_eq!(push.click_action(), Err(CheckError::new("clientCustomMap", Rule::NotText)));
}

#[test]
fn an_action_that_does_not_fit_leaves_the_notification_as_it_was() {
    let pairs: std::vec::Vec<_> = (0..MAX_OWNED_PAIRS).map(|index| std::format!("{index}")).collect();
    let pairs: std::vec::Vec<_> = pairs.iter().map(|key| (key.as_str(), "")).collect();
    let mut push = Notification::new("title", "content", "id");
    push.client_custom_map = Some(Map::from_slice(&pairs));
    let before = push.clone();
    let full = push.set_click_action(actions()[1]).unwrap_err();
    assert_eq!(full, CheckError::new("clientCustomMap", Rule::TooMany { max: 16 }));
    let bytes = push.set_click_action(ClickAction::OpenApp { ext: Some(Ext::new(b"\xff")) }).unwrap_err();
    assert_eq!(bytes, CheckError::new("clientCustomMap", Rule::NotText));
    assert_eq!(push, before);
}
