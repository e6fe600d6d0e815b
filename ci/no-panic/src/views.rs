//! What is read out of decoded messages: lists, maps, raw JSON and receipts.

use core::hint::black_box;

use offline_push::Response;
use offline_push::json::{
    self, DecodeError, Keyed, List, ListIter, Map, MapError, MapIter, MapValue, Members, MembersIter, Raw,
    Texts,
};
use offline_push::tim::rest::{AccountError, MessageElement, Outcome, PushBatchResponse};
use offline_push::vivo::{InvalidUser, ListPush, Receipt, ReceiptReason, ReceiptType, Receipts, RegIds};

use crate::used;

linked! {
    fn list_of_texts_next<'a>(iter: &mut ListIter<'a, &'a str>) -> Option<&'a str> { iter.next() }
    fn list_of_messages_next<'a>(iter: &mut ListIter<'a, InvalidUser<'a>>) -> Option<InvalidUser<'a>> { iter.next() }
    fn list_of_elements_next<'a>(iter: &mut ListIter<'a, MessageElement<'a>>) -> Option<MessageElement<'a>> {
        iter.next()
    }
    fn list_equal(one: &List<'_, &str>, other: &List<'_, &str>) -> bool { one == other }
    fn list_from_texts<'a>(ids: &'a [&'a str], buffer: &mut [u8]) -> bool {
        let chosen = Texts::new(ids, |id| Some(*id).filter(|id| !id.is_empty()));
        let mut push = ListPush::new("1", "request-1");
        push.reg_ids = Some(List::from_texts(&chosen));
        push.check().is_ok() && json::to_slice(&push, buffer).is_ok()
    }
    fn receipts_next<'a>(iter: &mut json::KeyedIter<'a, Receipt<'a>>) -> Option<(&'a str, Receipt<'a>)> { iter.next() }
    fn receipts_get<'a>(receipts: &Receipts<'a>, task: &str) -> Option<Receipt<'a>> { receipts.get(task) }
}

proved! {
    fn map_iter<'a>(map: &Map<'a>) -> MapIter<'a> { map.iter() }
    fn map_next<'a>(iter: &mut MapIter<'a>) -> Option<(&'a str, MapValue<'a>)> { iter.next() }
    fn map_get<'a>(map: &Map<'a>, key: &str) -> Option<MapValue<'a>> { map.get(key) }
    fn map_text<'a>(map: &Map<'a>, key: &str) -> Option<&'a str> { map.text(key) }
    fn map_len(map: &Map<'_>) -> usize { map.len() }
    fn map_is_empty(map: &Map<'_>) -> bool { map.is_empty() }
    fn map_insert<'a>(map: &mut Map<'a>, key: &'a str, value: &'a str) -> Result<(), MapError> {
        map.insert(key, value)
    }
    fn map_remove(map: &mut Map<'_>, key: &str) -> Result<(), MapError> { map.remove(key) }
    fn map_equal(one: &Map<'_>, other: &Map<'_>) -> bool { one == other }
    fn raw_new(text: &str) -> Result<Raw<'_>, DecodeError> { Raw::new(text) }
    fn members_new(object: &str) -> Result<Members<'_>, DecodeError> { Members::new(object) }
    fn members_next<'a>(iter: &mut MembersIter<'a>) -> Option<(&'a str, Raw<'a>)> { iter.next() }
    fn members_equal(one: &Members<'_>, other: &Members<'_>) -> bool { one == other }
    fn list_iter<'a>(list: &List<'a, &'a str>) -> ListIter<'a, &'a str> { list.iter() }
    fn list_len(list: &List<'_, &str>) -> usize { list.len() }
    fn map_copy<'a>(map: &Map<'a>) -> Map<'a> { map.clone() }
    fn reply_outcome<'r>(reply: &PushBatchResponse<'r>) -> Outcome<'r> { reply.outcome() }
    fn receipt_type(receipt: &Receipt<'_>) -> Option<ReceiptType> { receipt.receipt_type() }
    fn receipt_reason(receipt: &Receipt<'_>) -> Option<ReceiptReason> { receipt.reason() }
    fn reg_ids_next<'a>(ids: &mut RegIds<'a>) -> Option<&'a str> { ids.next() }
    fn error_description(error: &DecodeError) -> (&'static str, usize, Option<&'static str>, Option<usize>) {
        (error.kind().description(), error.offset(), error.field(), error.index())
    }
}

pub(crate) fn each(text: &str) {
    lists(text);
    maps(text);
    raw(text);
    receipts(text);
}

fn lists(text: &str) {
    let ids = black_box([text, "", "c"]);
    let list = List::from_slice(black_box(&ids));
    let mut iter = list_iter(&list);
    while let Some(id) = list_of_texts_next(&mut iter) {
        used(id);
    }
    used((list_len(&list), list_equal(&list, &list), list_from_texts(&ids, &mut [0; 256])));
    let users = [InvalidUser::new(black_box(2).into(), text)];
    used(list_of_messages_next(&mut List::from_slice(&users).iter()));
    let elements = [MessageElement::text(text)];
    used(list_of_elements_next(&mut List::from_slice(&elements).iter()));
    match json::from_str::<PushBatchResponse<'_>>(text) {
        Ok(reply) => {
            if let Outcome::Partly(refused) = reply_outcome(&reply) {
                used(refused.iter().any(|one: AccountError<'_>| one.error_code.is_custom()));
            }
        }
        Err(error) => used(error_description(&error)),
    }
}

fn maps(text: &str) {
    let pairs = black_box([("ext", text), ("n", "1")]);
    let mut map = Map::from_slice(black_box(&pairs));
    used((map_len(&map), map_is_empty(&map), map_get(&map, text).is_some(), map_text(&map, "ext")));
    let copy = map_copy(&map);
    used((map_insert(&mut map, text, text), map_remove(&mut map, "n"), map_equal(&map, &copy)));
    let mut iter = map_iter(&map);
    while let Some((key, value)) = map_next(&mut iter) {
        used((key, value.text()));
    }
}

fn raw(text: &str) {
    used(raw_new(text).map(|raw| raw.as_str()));
    if let Ok(members) = members_new(text) {
        used(members_equal(&members, &members));
        let mut iter = members.iter();
        while let Some((key, value)) = members_next(&mut iter) {
            used((key, value.as_str()));
        }
    }
}

fn receipts(text: &str) {
    let mut receipt = Receipt::new();
    (receipt.targets, receipt.ack_type, receipt.sub_ack_type) = (Some(text), Some(text), Some("2162"));
    used((receipt_type(&receipt), receipt_reason(&receipt), reg_ids_next(&mut receipt.reg_ids())));
    let entries = [(text, receipt)];
    let receipts = Keyed::from_slice(black_box(&entries));
    used((receipts_get(&receipts, text), receipts_next(&mut receipts.iter())));
}
