//! Our side of the long messages.

use crate::ids::{TASK_ID, reg_ids};
use crate::long_models::of_serde;
use crate::measure::Contender;
use crate::ours::{self, NAME, value_of};
use crate::reader::visitor;
use crate::{check, payload};
use offline_push::json::{self, List, Owned, Texts};
use offline_push::tim::OfflinePushInfo;
use offline_push::vivo::{ListPush, ListPushResponse, PushMode, Receipts};
use std::hint::black_box;

/// Room for the push to a list.
const OWNED: usize = 32 * 1024;

fn list_push<'a>(ids: List<'a, &'a str>) -> ListPush<'a> {
    let mut push = ListPush::new(TASK_ID, payload::REQUEST_ID);
    push.app_id = Some(payload::APP_ID);
    push.reg_ids = Some(ids);
    push.push_mode = Some(PushMode::new(payload::PUSH_MODE));
    push
}

pub fn encode_list<'a>(expected: &str) -> Contender<'a> {
    ours::encode(list_push(List::from_slice(reg_ids())), expected)
}

/// As it was decoded: the list is a view of the input.
pub fn encode_list_decoded(document: &str) -> Contender<'_> {
    ours::encode(decoded_list(document), document)
}

/// As it was kept.
pub fn encode_list_owned<'a>(document: &str) -> Contender<'a> {
    let owned =
        Owned::<ListPush<'static>, OWNED>::receive(document.as_bytes()).expect("the document decodes");
    ours::encode(owned, document)
}

pub fn length_list<'a>(expected: &str) -> [Contender<'a>; 2] {
    ours::length(list_push(List::from_slice(reg_ids())), expected)
}

pub fn length_list_decoded(document: &str) -> [Contender<'_>; 2] {
    ours::length(decoded_list(document), document)
}

fn decoded_list(document: &str) -> ListPush<'_> {
    json::from_str(document).expect("the document decodes")
}

/// From the sender's own records, without an array of ids.
pub fn encode_list_of_iterator<'a>(expected: &str) -> Contender<'a> {
    let users = of_serde::ListPushReply::full().invalid_users;
    let mut buffer = vec![0; 2 * expected.len()];
    let texts = Texts::new(&users, |user| user.userid);
    let written =
        json::to_slice(&list_push(List::from_texts(&texts)), &mut buffer).expect("the buffer suffices");
    check::same_bytes(NAME, written, expected);
    Contender::new("ours-iterator", move || {
        let texts = Texts::new(black_box(&users), |user| user.userid);
        black_box(&json::to_slice(&list_push(List::from_texts(&texts)), &mut buffer));
    })
}

/// Decodes, and reads the elements of the list if that is asked for.
macro_rules! decode {
    ($document:ident, $reads:ident, $model:ty, $visit:ident) => {
        visitor(NAME, $document, $document, json::from_str::<$model>, value_of, move |decoded| {
            if let (Ok(message), true) = (decoded, $reads) {
                $visit(message);
            }
        })
    };
}

fn read<T>(element: T) {
    black_box(&element);
}

fn visit_list(push: &ListPush<'_>) {
    push.reg_ids.iter().for_each(|ids| ids.iter().for_each(read));
}

fn visit_reply(reply: &ListPushResponse<'_>) {
    reply.invalid_users.iter().for_each(|users| users.iter().for_each(read));
}

fn visit_receipts(receipts: &Receipts<'_>) {
    receipts.iter().for_each(read);
}

fn visit_info(info: &OfflinePushInfo<'_>) {
    info.multi_language_content.iter().for_each(|contents| contents.iter().for_each(read));
}

pub fn decode_list(document: &str, reads: bool) -> Contender<'_> {
    decode!(document, reads, ListPush<'_>, visit_list)
}

pub fn decode_reply(document: &str, reads: bool) -> Contender<'_> {
    decode!(document, reads, ListPushResponse<'_>, visit_reply)
}

pub fn decode_receipts(document: &str, reads: bool) -> Contender<'_> {
    decode!(document, reads, Receipts<'_>, visit_receipts)
}

pub fn decode_info(document: &str, reads: bool) -> Contender<'_> {
    decode!(document, reads, OfflinePushInfo<'_>, visit_info)
}

/// Decodes a fresh copy in place and reads the elements.
macro_rules! in_place {
    ($document:ident, $model:ty, $visit:ident) => {{
        let mut scratch = $document.as_bytes().to_vec();
        check::same_value(NAME, &value_of(&json::from_slice_in_place::<$model>(&mut scratch)), $document);
        Contender::new(NAME, move || {
            scratch.copy_from_slice(black_box($document.as_bytes()));
            let decoded = json::from_slice_in_place::<$model>(black_box(&mut scratch));
            decoded.iter().for_each($visit);
            black_box(&decoded);
        })
    }};
}

pub fn read_reply_in_place(document: &str) -> Contender<'_> {
    in_place!(document, ListPushResponse<'_>, visit_reply)
}

pub fn read_receipts_in_place(document: &str) -> Contender<'_> {
    in_place!(document, Receipts<'_>, visit_receipts)
}

pub fn read_info_in_place(document: &str) -> Contender<'_> {
    in_place!(document, OfflinePushInfo<'_>, visit_info)
}

pub fn encode_info<'a>(expected: &'a str) -> Contender<'a> {
    let info: OfflinePushInfo<'a> = json::from_str(expected).expect("the document decodes");
    // Decoded, but for the list, which an encoder is given as a slice.
    let languages: Vec<_> = info.multi_language_content.into_iter().flatten().collect();
    let mut info = info;
    info.multi_language_content = Some(List::from_slice(Box::leak(languages.into_boxed_slice())));
    ours::encode(info, expected)
}
