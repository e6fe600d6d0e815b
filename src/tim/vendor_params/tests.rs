use std::string::String;
use std::vec;

use super::VendorParams;
use crate::check::{CheckError, Rule};
use crate::json::{self, Raw};
use crate::tim::OfflinePushSettings;
use crate::vivo::NotifyType;

fn encoded(params: &VendorParams<'_>) -> String {
    let mut buffer = vec![0; json::encoded_len(params)];
    json::to_str(params, &mut buffer).unwrap().into()
}

#[test]
fn oppos_parameters_are_read_as_objects_and_as_text_and_written_as_they_were() {
    for text in [
        r#"{"oppoTitleParam":{"city":"Beijing"},"oppoContentParam":{"userName":"Tom","city":"Shenzhen"}}"#,
        // What the page's Java code writes: JSON inside JSON.
        r#"{"oppoTitleParam":"{\"title\":\"title\"}","oppoContentParam":"{\"desc\":\"\\u6807\"}"}"#,
    ] {
        let params: VendorParams<'_> = json::from_str(text).unwrap();
        assert_eq!(params.check(), Ok(()));
        assert_eq!(encoded(&params), text);
        let mut received = text.as_bytes().to_vec();
        assert_eq!(json::from_slice_in_place::<VendorParams<'_>>(&mut received).as_ref(), Ok(&params));
    }
}

#[test]
fn vivos_notify_type_is_read_as_a_number_and_as_text_and_written_as_a_number() {
    for text in [r#"{"vivoNotifyType":2}"#, r#"{"vivoNotifyType":"2"}"#] {
        let params: VendorParams<'_> = json::from_str(text).unwrap();
        assert_eq!(params.vivo_notify_type, Some(NotifyType::RING));
        assert_eq!(encoded(&params), r#"{"vivoNotifyType":2}"#);
    }
}

#[test]
fn they_travel_as_text_in_the_settings() {
    let mut received = *br#"{"offline_push_config_vendor_params":
        "{\"fcmPriority\":\"high\",\"oppoTitleParam\":\"{\\\"title\\\":\\\"\\u6807\\\"}\"}"}"#;
    let settings: OfflinePushSettings<'_> = json::from_slice_in_place(&mut received).unwrap();
    let params: VendorParams<'_> = json::from_str(settings.vendor_params.unwrap()).unwrap();
    assert_eq!(params.fcm_priority, Some("high"));
    assert_eq!(params.oppo_title_param, Some(Raw::new(r#""{\"title\":\"\u6807\"}""#).unwrap()));
}

#[test]
fn what_the_page_does_not_list_is_named() {
    let check = |change: &dyn Fn(&mut VendorParams<'static>)| {
        let mut params = VendorParams::default();
        change(&mut params);
        params.check()
    };
    let error = |field, rule| Err(CheckError::new(field, rule));
    for (word, holds) in [("", true), ("normal", true), ("high", true), ("HIGH", false)] {
        let expected = if holds { Ok(()) } else { error("fcmPriority", Rule::UnknownValue) };
        assert_eq!(check(&|params| params.fcm_priority = Some(word)), expected);
    }
    for number in 0..6 {
        let holds = (1..=4).contains(&number);
        let expected = if holds { Ok(()) } else { error("vivoNotifyType", Rule::UnknownValue) };
        assert_eq!(check(&|params| params.vivo_notify_type = Some(NotifyType::new(number))), expected);
    }
    for (text, holds) in [("{}", true), (r#""{}""#, true), ("null", false), ("1", false), ("[]", false)] {
        let raw = Some(Raw::new(text).unwrap());
        let expected = |field| if holds { Ok(()) } else { error(field, Rule::NotObject) };
        assert_eq!(check(&|params| params.oppo_title_param = raw), expected("oppoTitleParam"));
        assert_eq!(check(&|params| params.oppo_content_param = raw), expected("oppoContentParam"));
    }
}
