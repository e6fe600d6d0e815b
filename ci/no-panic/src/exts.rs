//! The ext that an app is handed, and the tap that hands it over. Not `Ext::to_serde` and `Ext::from_serde`: they hand the caller's
//! own types to serde-json-core, which may panic.

use core::hint::black_box;

use offline_push::ext::{Conversation, ConversationExt, Entity, ExtContent, ExtInfo};
use offline_push::intent::Intent;
use offline_push::json::{DecodeError, EncodeError, Map};
use offline_push::tap::{ReceivedExt, Tap};
use offline_push::tim::ApnsPayload;
use offline_push::vivo::{Notification, Rules, SkipType};
use offline_push::{BufferFull, CheckError, ClickAction, ClickEvent, Ext, Vendor};

use crate::used;

linked! {
    fn ext_content<'a>(ext: Ext<'a>, scratch: &'a mut [u8]) -> Result<ExtContent<'a>, DecodeError> {
        ext.content(scratch)
    }
    fn ext_decode<'a>(ext: Ext<'a>, scratch: &'a mut [u8]) -> Result<ExtInfo<'a>, DecodeError> {
        ext.to_message(scratch)
    }
    fn ext_encode<'a>(info: &ExtInfo<'_>, buffer: &'a mut [u8]) -> Result<Ext<'a>, EncodeError> {
        Ext::from_message(info, buffer)
    }
    fn received_content<'a>(received: &ReceivedExt<'a>, scratch: &'a mut [u8]) -> Result<ExtContent<'a>, DecodeError> {
        received.content(scratch)
    }
}

proved! {
    fn notification_tap<'a>(push: &Notification<'a>, client_sdk: u32) -> Result<Tap<'a>, CheckError> {
        Tap::from_notification(&push, client_sdk)
    }
    fn notification_set_click_action<'a>(push: &mut Notification<'a>, click: ClickAction<'a>) -> Result<(), CheckError> {
        push.set_click_action(click)
    }
    fn notification_click_action<'a>(push: &Notification<'a>) -> Result<ClickAction<'a>, CheckError> {
        push.click_action()
    }
    fn received_from_pairs<'a>(vendor: Vendor, pairs: &Map<'a>) -> Option<ReceivedExt<'a>> {
        ReceivedExt::from_pairs(vendor, pairs)
    }
    fn ext_as_str<'a>(ext: &Ext<'a>) -> Option<&'a str> { ext.as_str() }
    fn ext_content_conversation<'a>(content: &ExtContent<'a>) -> Option<Conversation<'a>> { content.conversation() }
    fn entity_conversation<'a>(entity: &Entity<'a>) -> Option<Conversation<'a>> { entity.conversation() }
    fn entity_custom_data(entity: &Entity<'_>) -> Option<usize> { entity.custom_data_bytes().map(Iterator::count) }
    fn conversation_of<'a>(ext: &ConversationExt<'a>) -> Conversation<'a> { ext.conversation() }
    fn received_from_intent<'a>(
        vendor: Vendor,
        intent: &Intent<'a>,
        buffer: &'a mut [u8],
    ) -> Result<Option<ReceivedExt<'a>>, BufferFull> {
        ReceivedExt::from_intent(vendor, intent, buffer)
    }
    fn received_from_apns<'a>(payload: &ApnsPayload<'a>) -> Option<ReceivedExt<'a>> { ReceivedExt::from_apns(payload) }
    fn received_as_ext<'a>(received: &ReceivedExt<'a>) -> Ext<'a> { received.as_ext() }
    fn click_from_console(event: ClickEvent, entered: &str) -> Result<ClickAction<'_>, CheckError> {
        ClickAction::from_console(event, entered)
    }
    fn click_from_skip(kind: Option<SkipType>, content: Option<&str>) -> Result<ClickAction<'_>, CheckError> {
        ClickAction::from_skip(kind, content)
    }
    fn click_check_against(click: &ClickAction<'_>, rules: Rules) -> Result<(), CheckError> {
        click.check_against(rules)
    }
    fn click_parts<'a>(click: &ClickAction<'a>) -> (Option<ClickEvent>, SkipType, Option<&'a str>, Option<Ext<'a>>, bool) {
        (click.click_event(), click.skip_type(), click.skip_content(), click.ext(), click.carries_ext())
    }
    fn click_with_ext<'a>(click: ClickAction<'a>, ext: Option<Ext<'a>>) -> ClickAction<'a> { click.with_ext(ext) }
}

pub(crate) fn each(text: &str) {
    exts(text);
    received(text);
    clicks(text);
}

fn exts(text: &str) {
    let (mut one, mut other) = ([0; 256], [0; 256]);
    let ext = Ext::new(black_box(text.as_bytes()));
    used(ext_as_str(&ext));
    used(ext_content(ext, &mut one).map(|content| ext_content_conversation(&content).is_some()).is_ok());
    if let Ok(info) = ext_decode(ext, &mut other) {
        used(info.entity.as_ref().map(|entity| (entity_conversation(entity), entity_custom_data(entity))));
        used(ext_encode(&info, &mut one).is_ok());
    }
    used(conversation_of(&ConversationExt::new(text)));
}

fn received(text: &str) {
    let (mut buffer, mut scratch) = ([0; 256], [0; 256]);
    let pairs = [("ext", text), ("entity", text), ("conversationID", text)];
    for vendor in black_box([Vendor::VIVO, Vendor::OPPO]) {
        let Some(received) = received_from_pairs(vendor, &Map::from_slice(&pairs)) else { continue };
        used(received_as_ext(&received));
        used(received_content(&received, &mut scratch).is_ok());
    }
    if let Ok(intent) = Intent::parse(text) {
        used(received_from_intent(black_box(Vendor::VIVO), &intent, &mut buffer).is_ok());
    }
    let mut payload = ApnsPayload::new();
    payload.ext = Some(Ext::from(text));
    used(received_from_apns(&payload));
}

fn clicks(text: &str) {
    used(click_from_skip(black_box(Some(SkipType::OPEN_APP)), Some(text)).is_ok());
    for event in black_box([ClickEvent::OpenApp, ClickEvent::OpenUrl, ClickEvent::OpenScreen]) {
        let Ok(click) = click_from_console(event, text) else { continue };
        used((click_check_against(&click, black_box(Rules::Newest)), click_parts(&click)));
        let mut push = Notification::new("title", "content", "request-1");
        let click = click_with_ext(click, Some(Ext::from(text)));
        used(notification_set_click_action(&mut push, click).is_ok());
        used((notification_click_action(&push).is_ok(), notification_tap(&push, black_box(480)).is_ok()));
    }
}
