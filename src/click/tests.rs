use std::string::{String, ToString};

use super::{ClickAction, ClickEvent};
use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::{Rules, SkipType};

/// The guide's values for the console.
const URL: &str = "https://cloud.tencent.com/document/product/269";
const SCREEN: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";

/// An action of each kind, with and without ext.
pub(crate) fn actions() -> [ClickAction<'static>; 6] {
    let ext = Some(Ext::from(r#"{"level":15}"#));
    let intent = IntentUri::try_new("intent:#Intent;end").unwrap();
    [
        ClickAction::OpenApp { ext: None },
        ClickAction::OpenApp { ext },
        ClickAction::OpenUrl(WebUrl::try_new("https://cloud.tencent.com/").unwrap()),
        ClickAction::OpenScreen { intent, ext: None },
        ClickAction::OpenScreen { intent, ext },
        ClickAction::Custom("text"),
    ]
}

#[test]
fn from_console_roundtrips_through_skip_type_and_content() {
    for (event, entered, number, content) in [
        (ClickEvent::OpenApp, "", 1, None),
        (ClickEvent::OpenUrl, URL, 2, Some(URL)),
        (ClickEvent::OpenScreen, SCREEN, 4, Some(SCREEN)),
    ] {
        let action = ClickAction::from_console(event, entered).unwrap();
        assert_eq!((action.skip_type().get(), action.skip_content()), (number, content));
        assert_eq!((action.click_event(), action.ext()), (Some(event), None));
        assert_eq!(ClickAction::from_skip(Some(SkipType::new(number)), content), Ok(action));
        assert_eq!(ClickAction::from_console(event, action.skip_content().unwrap_or_default()), Ok(action));
    }
    assert_eq!(ClickEvent::default(), ClickEvent::OpenApp);
    assert_eq!(ClickAction::default().click_event(), Some(ClickEvent::default()));
}

#[test]
fn from_skip_returns_the_action_without_ext() {
    for action in actions() {
        let read = ClickAction::from_skip(Some(action.skip_type()), action.skip_content());
        assert_eq!(read, Ok(action.with_ext(None)));
        let Some(event) = action.click_event() else { continue };
        let entered = action.skip_content().unwrap_or_default();
        assert_eq!(ClickAction::from_console(event, entered), read);
    }
    let url = actions()[2];
    assert_eq!(url.with_ext(Some(Ext::from("x"))), url, "a URL carries no ext");
}

#[test]
fn click_event_of_custom_is_none() {
    assert_eq!(ClickAction::Custom("text").click_event(), None);
    let chosen = actions().into_iter().filter_map(|action| action.click_event());
    assert!(chosen.eq([
        ClickEvent::OpenApp,
        ClickEvent::OpenApp,
        ClickEvent::OpenUrl,
        ClickEvent::OpenScreen,
        ClickEvent::OpenScreen,
    ]));
}

#[test]
fn click_event_display_has_the_consoles_words() {
    let shown =
        [ClickEvent::OpenApp, ClickEvent::OpenUrl, ClickEvent::OpenScreen].map(|event| event.to_string());
    assert_eq!(shown, ["Open app", "Open URL", "Open specific app interface"]);
}

#[test]
fn from_console_refuses_text_of_another_kind() {
    let refused = |event, entered| ClickAction::from_console(event, entered).unwrap_err();
    let of_rule = |rule| CheckError::new("skipContent", rule);
    for event in [ClickEvent::OpenUrl, ClickEvent::OpenScreen] {
        assert_eq!([refused(event, ""), refused(event, " \n")], [of_rule(Rule::Missing); 2]);
    }
    for entered in ["cloud.tencent.com", "ftp://a", "https://", SCREEN] {
        assert_eq!(refused(ClickEvent::OpenUrl, entered), of_rule(Rule::NotWebUrl), "{entered}");
    }
    for entered in ["com.example.ChatActivity", URL, "intent:#Intent;launchFlags=x;end", "intent:#Intent;a=b"]
    {
        assert_eq!(refused(ClickEvent::OpenScreen, entered), of_rule(Rule::NotIntentUri), "{entered}");
    }
    // "Open app" ignores the text.
    for entered in ["", URL, "\0"] {
        assert_eq!(ClickAction::from_console(ClickEvent::OpenApp, entered), Ok(ClickAction::default()));
        let skipped = ClickAction::from_skip(Some(SkipType::OPEN_APP), Some(entered));
        assert_eq!(skipped, Ok(ClickAction::default()));
    }
}

#[test]
fn from_skip_refuses_an_unknown_skip_type() {
    let out_of_range = CheckError::new("skipType", Rule::OutOfRange { min: 1, max: 4 });
    for content in [None, Some(""), Some(URL), Some(SCREEN)] {
        for number in [i32::MIN, -1, 0, 5, i32::MAX] {
            let refused = ClickAction::from_skip(Some(SkipType::new(number)), content);
            assert_eq!(refused, Err(out_of_range));
        }
        let missing = CheckError::new("skipType", Rule::Missing);
        assert_eq!(ClickAction::from_skip(None, content), Err(missing));
    }
}

/// A `skipContent` of this many UTF-16 units; `filler` has one or two.
fn of_length(beginning: &str, filler: &str, end: &str, units: usize) -> String {
    let length = |text: &str| text.encode_utf16().count();
    let (fixed, each) = (length(beginning) + length(end), length(filler));
    let rest = units - fixed;
    let content = String::from(beginning) + &filler.repeat(rest / each) + &"a".repeat(rest % each) + end;
    assert_eq!(length(&content), units);
    content
}

#[test]
fn check_against_limits_the_length_by_the_rules() {
    for (kind, beginning, end, newest, java_sdk) in [
        (SkipType::OPEN_URL, "https://a/", "", 2048, 1000),
        (SkipType::OPEN_SCREEN, "intent:#Intent;S.a=", ";end", 2048, 1024),
        (SkipType::CUSTOM, "", "", 1024, 1024),
    ] {
        for filler in ["a", "é", "中", "😀"] {
            for (rules, max) in [(Rules::Newest, newest), (Rules::JavaSdk, java_sdk)] {
                let longest = of_length(beginning, filler, end, max as usize);
                let action = ClickAction::from_skip(Some(kind), Some(&longest)).unwrap();
                assert_eq!(action.check_against(rules), Ok(()), "{kind} by {rules:?}");

                let longer = of_length(beginning, filler, end, max as usize + 1);
                let action = ClickAction::from_skip(Some(kind), Some(&longer)).unwrap();
                let too_long = CheckError::new("skipContent", Rule::TooLong { max });
                assert_eq!(action.check_against(rules), Err(too_long), "{kind} by {rules:?}");
            }
        }
    }
}

#[test]
fn check_against_refuses_blank_custom_text() {
    let missing = CheckError::new("skipContent", Rule::Missing);
    for rules in [Rules::Newest, Rules::JavaSdk] {
        for action in actions() {
            assert_eq!(action.check_against(rules), Ok(()));
        }
        for blank in ["", " ", "\n\u{3000}"] {
            assert_eq!(ClickAction::Custom(blank).check_against(rules), Err(missing));
        }
    }
}

#[test]
fn from_console_trims_white_space() {
    for (event, entered) in [(ClickEvent::OpenUrl, URL), (ClickEvent::OpenScreen, SCREEN)] {
        let pasted = std::format!(" {entered}\r\n");
        let action = ClickAction::from_console(event, &pasted).unwrap();
        assert_eq!(action.skip_content(), Some(entered));
    }
}
