//! How long a message may be: the constants for it hold for every message that passes `check()`, and are not longer than necessary.

use crate::common::encoded;
use crate::common::fixtures::{self, SAMPLES};
use offline_push::delivery::{SCRATCH_LEN, compose};
use offline_push::ext::TimPushFeatures;
use offline_push::intent::Intent;
use offline_push::json::description::Type;
use offline_push::json::{self, Decode, Encode, List, Map, Members, Raw};
use offline_push::registration::{Registration, TokenReport};
use offline_push::tim::rest::AllMembersPush;
use offline_push::tim::{OfflinePushSettings, OfflinePushToken, TokenType};
use offline_push::vivo::{
    AllPush, AuthRequest, Certificate, ListPayload, ListPush, Notification, NotificationExtra, NotifyType,
    Rules, SendResponse, SkipType, TagExpression, TimedDisplay,
};
use offline_push::{ClickAction, Ext, IntentUri, WebUrl};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

#[test]
fn max_encoded_len_of_bounded_messages() {
    // For other messages, the constant does not compile. A message that loses its bound is found here.
    assert_eq!(OfflinePushToken::MAX_ENCODED_LEN, 1691);
    assert_eq!(TimedDisplay::MAX_ENCODED_LEN, 98);
    assert_eq!(TimPushFeatures::MAX_ENCODED_LEN, 62);
}

/// Each additional receiver adds the same length.
#[test]
fn max_checked_len_grows_with_the_receivers() {
    let one = ListPush::max_checked_len(1) - ListPush::max_checked_len(0);
    assert_eq!(ListPush::max_checked_len(1000), ListPush::max_checked_len(0) + 1000 * one);
}

/// The length of the members that a test leaves out because they are newer than the test. Each counts as the longest number.
fn newer(description: &Type, text: &str) -> usize {
    let Type::Object(message) = description else { unreachable!("a message is an object") };
    let absent = message.fields.iter().filter(|field| !text.contains(&format!("\"{}\":", field.wire)));
    absent.map(|field| field.wire.len() + r#""":,"#.len() + "18446744073709551615".len()).sum()
}

/// The start of a text, with this number of UTF-16 units.
fn cut(text: &str, max: usize) -> String {
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units <= max
    };
    text.chars().take_while(fits).collect()
}

/// Text up to a limit. It consists of characters that take the most room in JSON for what they count, or of these and others.
fn greedy(max: usize) -> impl Strategy<Value = String> {
    let piece = select(vec!["\u{1}", "\u{1f}", "\"", "\\", "\n", "中", "😀", "a", "\u{7f}", "\u{2028}"]);
    let one = select(vec!["\u{1}", "中", "😀", "\\"]).prop_map(move |text| text.repeat(max));
    let mixed = vec(piece, 0..=max).prop_map(|pieces| pieces.concat());
    prop_oneof![one, mixed].prop_map(move |text| cut(&text, max))
}

/// What a tap opens.
fn opened() -> impl Strategy<Value = (SkipType, Option<String>)> {
    let uri = |head: &'static str| {
        let tail = vec(select(vec!["中", "\"", "\\", "😀", "a"]), 0..2100);
        tail.prop_map(move |pieces| Some(cut(&format!("{head}{}", pieces.concat()), 2048)))
    };
    prop_oneof![
        Just((SkipType::OPEN_APP, None)),
        uri("http://a").prop_map(|url| (SkipType::OPEN_URL, url)),
        uri("a:").prop_map(|uri| (SkipType::OPEN_SCREEN, uri)),
        greedy(1024).prop_map(|text| (SkipType::CUSTOM, Some(text))),
    ]
}

fn keys_and_values() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((greedy(30), greedy(40)), 0..20).prop_map(|pairs| {
        let number = |(index, (key, value))| (format!("{index}{key}"), value);
        pairs.into_iter().enumerate().map(number).collect()
    })
}

fn as_texts(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect()
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn max_checked_len_of_a_push(
        texts in (greedy(40), greedy(100), greedy(64), greedy(64), greedy(128), greedy(192), greedy(70)),
        reg_id in prop_oneof![Just(String::new()), "[!-~]{200,256}", "\\\\{256}"],
        (skip_type, skip_content) in opened(),
        pairs in keys_and_values(),
        numbers in (any::<u64>(), 60..604_800u32, 1..i32::MAX as u32, any::<i32>(), any::<u64>()),
        open in (greedy(300), greedy(300), greedy(300)),
        is_open in any::<bool>(),
    ) {
        let pairs = as_texts(&pairs);
        let mut push = Notification::new(&texts.0, &texts.1, &texts.2);
        (push.profile_id, push.alias, push.reg_id) = (Some(&*texts.3), Some(&*texts.6), Some(&*reg_id));
        (push.skip_type, push.skip_content) = (Some(skip_type), skip_content.as_deref());
        (push.app_id, push.time_to_live) = (Some(numbers.0), Some(numbers.1));
        (push.notify_id, push.is_business_msg) = (Some(numbers.2), Some(numbers.3));
        push.notify_type = Some(NotifyType::RING_AND_VIBRATE);
        push.category = Some("DEVICE_REMINDER");
        push.client_custom_map = Some(Map::from_slice(&pairs));
        push.timed_display = Some(TimedDisplay::new(false, numbers.4, numbers.4.saturating_add(1)));
        push.tag_expression = Some(TagExpression::new());
        (push.send_online, push.foreground_show, push.add_badge) = (Some(false), Some(false), Some(false));
        let mut extra = NotificationExtra::new();
        (extra.callback, extra.callback_param) = (Some(&*texts.4), Some(&*texts.5));
        // If there is a regId, the alias is not checked.
        let mut more = if reg_id.is_empty() { 0 } else { json::encoded_len(&push) };
        if !reg_id.is_empty() {
            push.alias = Some("");
            more -= json::encoded_len(&push);
            push.alias = Some(&*texts.6);
        }
        let raw = serde_json::to_string(&open.1).unwrap();
        let members = serde_json::json!({ "new": open.2 }).to_string();
        if is_open {
            extra.callback_id = Some(&open.0);
            push.audit_review = Some(Raw::new(&raw).unwrap());
            push.members = Some(Members::new(&members).unwrap());
            more += serde_json::to_string(&open.0).unwrap().len() - 2 + raw.len() + members.len();
        }
        push.extra = Some(extra);

        let length = json::encoded_len(&push);
        let passes = push.check().is_ok();
        prop_assert!(passes || push.check_against(Rules::JavaSdk).is_err(), "the Java SDK allows nothing longer");
        prop_assume!(passes);
        prop_assert!(length <= Notification::MAX_CHECKED_LEN + more);
        (push.reg_id, push.alias, push.profile_id) = (None, None, None);
        let payload = ListPayload::new(push.clone());
        if payload.check().is_ok() {
            prop_assert!(json::encoded_len(&payload) <= ListPayload::MAX_CHECKED_LEN + more);
        }
        let all = AllPush::new(push.clone());
        if all.check().is_ok() {
            prop_assert!(json::encoded_len(&all) <= AllPush::MAX_CHECKED_LEN + more);
        }
    }

    #[test]
    fn max_checked_len_of_a_composed_push(
        (title, content) in (greedy(60), greedy(130)),
        request_id in greedy(64),
        ext in greedy(1100),
        click in opened(),
        token in "[!-~]{1,256}",
    ) {
        let click = match &click {
            (SkipType::OPEN_URL, Some(url)) => WebUrl::try_new(url).map(ClickAction::OpenUrl).ok(),
            (SkipType::OPEN_SCREEN, Some(uri)) => {
                IntentUri::try_new(uri).map(|intent| ClickAction::OpenScreen { intent, ext: None }).ok()
            }
            _ => None,
        };
        let certificate = Certificate::new(1, u64::MAX, "key", "secret", click.unwrap_or_default());
        let mut settings = OfflinePushSettings::new();
        (settings.title, settings.description) = (Some(&*title), Some(&*content));
        settings.ext = Some(Ext::from(ext.as_str()));
        let token = OfflinePushToken::new(1, &token);
        let mut scratch = [0; SCRATCH_LEN];
        let composed = compose(&settings, &token, &certificate, &request_id, &mut scratch);
        prop_assume!(composed.is_ok());
        prop_assert!(json::encoded_len(&composed.unwrap().notification) <= Notification::MAX_CHECKED_LEN);
    }

    #[test]
    fn max_checked_len_of_a_list_push(
        ids in vec(prop_oneof!["[!-~]{200,256}", "\\\\{256}"], 2..6),
        aliases in vec(greedy(70), 2..6),
        by_alias in any::<bool>(),
        task_id in "[!-+\\--~]{1,40}",
        request_id in greedy(64),
        app_id in 1..=u64::MAX,
    ) {
        let texts: Vec<_> = if by_alias { &aliases } else { &ids }.iter().map(String::as_str).collect();
        let mut push = ListPush::new(&task_id, &request_id);
        push.app_id = Some(app_id);
        (push.reg_ids, push.aliases) = (Some(List::from_slice(&texts)), Some(List::from_slice(&[])));
        if by_alias {
            (push.reg_ids, push.aliases) = (push.aliases, push.reg_ids);
        }
        push.push_mode = Some(0.into());
        prop_assume!(push.check().is_ok());
        let more = serde_json::to_string(&task_id).unwrap().len() - 2;
        prop_assert!(json::encoded_len(&push) <= ListPush::max_checked_len(texts.len()) + more);
    }

    #[test]
    fn max_checked_len_of_an_auth_request(
        app_id in 1..=u64::MAX,
        key in greedy(60),
        time in 1_000_000_000_000..=9_999_999_999_999u64,
        sign in "[0-9a-f]{32}",
    ) {
        let request = AuthRequest::new(app_id, &key, time, &sign);
        prop_assume!(request.check().is_ok());
        let more = serde_json::to_string(&key).unwrap().len() - 2;
        prop_assert!(json::encoded_len(&request) <= AuthRequest::MAX_CHECKED_LEN + more);
    }

    #[test]
    fn max_encoded_len_of_a_token(token in greedy(256), id in 1..=u32::MAX, kind in 0..3i32) {
        let kind = TokenType::new(kind);
        let mut token = OfflinePushToken::new(id, &token).token_type(kind);
        prop_assume!(token.check().is_ok());
        token.is_tpns_token = Some(kind == TokenType::TPNS);
        prop_assert_eq!(token.check(), Ok(()));
        prop_assert!(json::encoded_len(&token) <= OfflinePushToken::MAX_ENCODED_LEN);
    }
}

/// The longest text with this number of characters: control characters that are not white space.
fn full(max: usize) -> String {
    "\u{1}".repeat(max)
}

#[test]
fn longest_token_of_a_report_is_as_long_as_its_bound() {
    let reg_id = "\\".repeat(256);
    let token = OfflinePushToken::new(u32::MAX, &reg_id);
    assert_eq!(json::encoded_len(&token), TokenReport::MAX_LEN);
    assert_eq!(TokenReport::MAX_LEN, 587);
}

#[test]
fn longest_push_comes_near() {
    let (title, content, id) = (full(40), full(100), full(64));
    let url = format!("http://{}", "中".repeat(2048 - 7));
    let reg_id = "\\".repeat(256);
    let (callback, param) = (full(128), full(192));
    let keys: Vec<_> = (0..32).map(|index| char::from_u32(index).unwrap().to_string()).collect();
    let value = "\u{1}".repeat(1024 - 32);
    let mut pairs: Vec<_> = keys.iter().map(|key| (key.as_str(), "")).collect();
    pairs[0].1 = &value;

    let mut push = Notification::new(&title, &content, &id);
    (push.app_id, push.time_to_live, push.notify_id) = (Some(u64::MAX), Some(604_800), Some(i32::MAX as u32));
    (push.reg_id, push.alias, push.profile_id) = (Some(&*reg_id), Some(""), Some(&*id));
    push.notify_type = Some(NotifyType::RING);
    (push.skip_type, push.skip_content) = (Some(SkipType::OPEN_URL), Some(&*url));
    (push.network_type, push.classification) = (Some((-1).into()), Some(1.into()));
    (push.category, push.push_mode) = (Some("A_CATEGORY_OF_THE_LONGEST_LENGTH"), Some(0.into()));
    push.client_custom_map = Some(Map::from_slice(&pairs));
    let mut extra = NotificationExtra::new();
    (extra.callback, extra.callback_param, extra.callback_id) = (Some(&*callback), Some(&*param), Some(""));
    push.extra = Some(extra);
    (push.send_online, push.foreground_show, push.add_badge) = (Some(false), Some(false), Some(false));
    push.timed_display = Some(TimedDisplay::new(false, u64::MAX - 1, u64::MAX));
    let mut tags = TagExpression::new();
    let none = Some(List::from_slice(&[]));
    (tags.or_tags, tags.and_tags, tags.not_tags) = (none, none, none);
    (push.tag_expression, push.is_business_msg) = (Some(tags), Some(i32::MIN));

    assert_eq!(push.check_shape(), Ok(()));
    let more = newer(Notification::DESCRIPTION, &encoded(&push));
    let unused = Notification::MAX_CHECKED_LEN - json::encoded_len(&push);
    assert!(unused <= 110 + more, "{unused} bytes that no push takes");

    push.reg_id = None;
    (push.alias, push.skip_type) = (Some(&*id), Some(SkipType::CUSTOM));
    let custom = full(1024);
    push.skip_content = Some(&custom);
    assert_eq!(push.check_shape(), Ok(()));
    assert!(Notification::MAX_CHECKED_LEN - json::encoded_len(&push) <= 300 + more);
}

#[test]
fn longest_list_push_and_auth_request_come_near() {
    let (reg_id, request_id) = ("\\".repeat(256), full(64));
    let reg_ids = vec![reg_id.as_str(); 1000];
    let mut push = ListPush::new("1", &request_id);
    (push.app_id, push.push_mode) = (Some(u64::MAX), Some(0.into()));
    push.reg_ids = Some(List::from_slice(&reg_ids));
    push.aliases = Some(List::from_slice(&[]));
    assert_eq!(push.check(), Ok(()));
    let unused = ListPush::max_checked_len(1000) + 1 - json::encoded_len(&push);
    assert!(
        unused <= 20 + newer(ListPush::DESCRIPTION, &encoded(&push)),
        "{unused} bytes that no list push takes"
    );

    let sign = "0".repeat(32);
    let request = AuthRequest::new(u64::MAX, "k", 9_999_999_999_999, &sign);
    assert_eq!(request.check(), Ok(()));
    let unused = AuthRequest::MAX_CHECKED_LEN + 1 - json::encoded_len(&request);
    assert!(
        unused <= 10 + newer(AuthRequest::DESCRIPTION, &encoded(&request)),
        "{unused} bytes that no auth request takes"
    );
}

#[test]
fn samples_are_as_long_as_documented() {
    let longest = |kinds: &[&str], length: fn(&str) -> usize| {
        let samples = SAMPLES.iter().filter(|sample| kinds.contains(&sample.kind));
        samples.map(|sample| length(&fixtures::read(sample.file))).max()
    };
    // Requests as they are sent, replies as they are received.
    let sent = |kinds| longest(kinds, |text| crate::common::value(text).to_string().len());
    assert_eq!(sent(&["tim.info"]), Some(507));
    assert_eq!(sent(&["tim.settings"]), Some(1825));
    assert_eq!(sent(&["tim.sendmsg", "tim.batch", "tim.group", "tim.all-members", "tim.timpush"]), Some(568));
    assert_eq!(sent(&["vivo.auth"]), Some(135));
    assert_eq!(sent(&["vivo.send", "vivo.list-payload", "vivo.all", "vivo.tag-push"]), Some(718));
    assert_eq!(sent(&["vivo.list-push"]), Some(145));
    let received = |kinds| longest(kinds, str::len);
    let short = ["vivo.auth.reply", "vivo.send.reply", "vivo.task.reply", "vivo.task.reply"];
    assert_eq!(received(&short), Some(123));
    let rest = ["tim.sendmsg.reply", "tim.batch.reply", "tim.group.reply", "tim.timpush.reply"];
    assert_eq!(received(&rest), Some(255));
    assert_eq!(received(&["vivo.list-push.reply"]), Some(331));
    assert_eq!(received(&["vivo.statistics.reply"]), Some(376));
    assert_eq!(received(&["vivo.receipt"]), Some(165));
}

/// A message in memory holds its fields directly: a field that is not small is found here.
#[cfg(target_pointer_width = "64")]
#[test]
fn size_of_messages_in_memory() {
    assert!(size_of::<Notification<'_>>() <= 640, "{}", size_of::<Notification<'_>>());
    assert!(size_of::<SendResponse<'_>>() <= 80, "{}", size_of::<SendResponse<'_>>());
    assert!(size_of::<AllMembersPush<'_>>() <= 1280, "{}", size_of::<AllMembersPush<'_>>());
    assert!(size_of::<Registration>() <= 304, "{}", size_of::<Registration>());
    assert!(size_of::<Intent<'_>>() <= 336, "{}", size_of::<Intent<'_>>());
}
