use super::{
    BaseInfo, CapsuleData, IslandClick, IslandData, LiveImage, LiveMessage, LiveMessageSend, LiveOperation,
    LiveProgressState, LiveTemplate, PriorityInfo, ProgressInfo, RightInfo, SubInfo, TemplateData,
};
use crate::check::{CheckError, Rule};
use crate::json::{List, Members};
use crate::vivo::{NotificationExtra, NotifyType, SkipType};

type Checked = Result<(), CheckError>;

fn error(field: &'static str, rule: Rule) -> Checked {
    Err(CheckError::new(field, rule))
}

fn range(field: &'static str, min: i64, max: i64) -> Checked {
    error(field, Rule::OutOfRange { min, max })
}

fn sound<'a>() -> LiveMessage<'a> {
    LiveMessage::new(LiveOperation::UPDATE, "TAKEOUT", LiveTemplate::PROGRESS)
        .template_data(TemplateData::new())
}

fn request<'a>() -> LiveMessageSend<'a> {
    LiveMessageSend::new("title", "content", "request-1", 7, sound())
        .reg_id("12345678901234567890123")
        .notify_type(NotifyType::NONE)
        .skip_type(SkipType::OPEN_APP)
}

#[test]
fn check_request_has_the_rules_of_a_notification_and_its_own() {
    assert_eq!(request().check(), Ok(()));
    assert_eq!(request().time_to_live(59).check(), range("timeToLive", 60, 604_800));
    assert_eq!(request().notify_id(0).check(), range("notifyId", 1, i32::MAX.into()));
    assert_eq!(request().skip_type(SkipType::OPEN_URL).check(), error("skipContent", Rule::Missing));
    let chinese = "中".repeat(51);
    let first = |count: usize| chinese.get(..count * "中".len()).unwrap();
    assert_eq!(request().title(first(20)).content(first(50)).check(), Ok(()));
    assert_eq!(request().title(first(21)).check(), error("title", Rule::TooLong { max: 40 }));
    assert_eq!(request().content(first(51)).check(), error("content", Rule::TooLong { max: 100 }));
    let extra = NotificationExtra::new().callback_id("100").callback_param("vivo");
    assert_eq!(request().extra(extra.clone()).check(), Ok(()));
    let old = extra.callback("https://example.com");
    assert_eq!(request().extra(old).check(), error("callback", Rule::NotAllowed));
    assert_eq!(request().live_message(sound().scene("")).check(), error("scene", Rule::Missing));
    let category = Members::new(r#"{"category":"IM"}"#).unwrap();
    assert_eq!(request().members(category).check(), Ok(()));
    let twice = Members::new(r#"{"notifyId":8}"#).unwrap();
    assert_eq!(request().members(twice).check(), error("notifyId", Rule::DuplicateKey));
}

#[test]
fn check_message_operation_and_template_of_a_server_only() {
    for number in [0, 3] {
        let message = sound().operation(LiveOperation::new(number));
        assert_eq!(message.check(), error("operation", Rule::UnknownValue), "{number}");
    }
    for number in [0, 3, 5, 7] {
        let message = sound().template_type(LiveTemplate::new(number));
        assert_eq!(message.check(), error("templateType", Rule::UnknownValue), "{number}");
    }
    assert_eq!(sound().keep_duration(3600).check(), Ok(()));
    assert_eq!(sound().keep_duration(3601).check(), range("keepDuration", 0, 3600));
    let mut message = sound();
    message.template_data = None;
    assert_eq!(message.check(), error("templateData", Rule::Missing));
    assert_eq!(message.operation(LiveOperation::END).check(), Ok(()));
}

#[test]
fn check_template_data_each_rule() {
    let check = |data| sound().template_data(data).check();
    let no_path = error("path", Rule::Missing);
    let image = LiveImage::new("");
    assert_eq!(check(TemplateData::new().base_info(BaseInfo::new().icon(image.clone()))), no_path);
    let priority = |info| check(TemplateData::new().priority_info(info));
    assert_eq!(priority(PriorityInfo::new().image(image)), no_path);
    assert_eq!(priority(PriorityInfo::new().skip_type(SkipType::OPEN_APP)), Ok(()));
    assert_eq!(priority(PriorityInfo::new().skip_content("a:b")), error("skipType", Rule::Missing));
    let sub = |number| check(TemplateData::new().sub_info(SubInfo::new().sub_type(number)));
    assert_eq!((sub(4), sub(5)), (Ok(()), range("type", 0, 4)));

    let progress = |info| check(TemplateData::new().progress_info(info));
    let icons = [const { LiveImage::new("res/a.png") }; 6];
    for count in 0..=6 {
        let list = List::from_slice(icons.get(..count).unwrap());
        let expected = if (2..=5).contains(&count) { Ok(()) } else { range("nodeIcon", 2, 5) };
        assert_eq!(progress(ProgressInfo::new().node_icon(list)), expected, "{count}");
    }
    assert_eq!(progress(ProgressInfo::new().progress(101)), range("progress", 0, 100));
    assert_eq!(progress(ProgressInfo::new().indicator_loc(0)), range("indicatorLoc", 1, 2));
}

#[test]
fn check_capsule_and_island_each_rule() {
    let capsule = |state| sound().capsule_data(CapsuleData::new().state(state)).check();
    assert_eq!((capsule(1), capsule(2)), (Ok(()), range("state", 0, 1)));
    let check = |island| sound().island_data(island).check();
    let island = IslandData::new;
    assert_eq!(check(island().left_template(1).right_template(6).show_time(180)), Ok(()));
    assert_eq!(check(island().left_template(2)), range("leftTemplate", 1, 1));
    assert_eq!(check(island().right_template(7)), range("rightTemplate", 1, 6));
    assert_eq!(check(island().show_time(181)), range("showTime", 0, 180));
    assert_eq!(check(island().click_type(IslandClick::new(3))), range("clickType", 0, 2));
    let right = |info| check(island().right_info(info));
    assert_eq!(right(RightInfo::new().progress_state(LiveProgressState::FAILED)), Ok(()));
    assert_eq!(
        right(RightInfo::new().progress_state(LiveProgressState::new(2))),
        range("progressState", -1, 1)
    );
    assert_eq!(right(RightInfo::new().wave_state(2)), range("waveState", 0, 1));
}
