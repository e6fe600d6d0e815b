//! The decoder against `serde_json`, on random documents: they accept the same and read the same out of it, but for
//! what is documented; and all entry points agree with one another.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;
mod properties;

use common::documents::{bytes, damaged, messages, token_soup};
use common::kind;
use common::strategies::{json_value, spaced};
use properties::decoding::is_read_as_by_serde_json;
use properties::values::raw_and_serde_json_decide_alike;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

macro_rules! differential {
    ($($name:ident: $kind:literal;)+) => {$(
        mod $name {
            use super::*;

            fn compare(bytes: &[u8]) -> TestCaseResult {
                is_read_as_by_serde_json(kind($kind), bytes)
            }

            proptest! {
                #![proptest_config(cases(400))]

                #[test]
                fn on_messages(text in spaced(messages($kind))) {
                    compare(text.as_bytes())?;
                }

                #[test]
                fn on_damaged_messages(bytes in damaged(messages($kind))) {
                    compare(&bytes.0)?;
                }

                #[test]
                fn on_any_json(text in json_value()) {
                    compare(text.as_bytes())?;
                }

                #[test]
                fn on_any_bytes(bytes in bytes()) {
                    compare(&bytes.0)?;
                }
            }
        }
    )+};
}

differential! {
    token: "tim.token";
    settings: "tim.settings";
    info: "tim.info";
    vendor_params: "tim.vendor-params";
    ext_info: "ext.info";
    auth_request: "vivo.auth";
    auth_response: "vivo.auth.reply";
    notification: "vivo.send";
    send_response: "vivo.send.reply";
    receipts: "vivo.receipt";
    list_payload: "vivo.list-payload";
    task_response: "vivo.task.reply";
    list_push: "vivo.list-push";
    list_push_response: "vivo.list-push.reply";
    all_push: "vivo.all";
    tag_push: "vivo.tag-push";
    statistics_response: "vivo.statistics.reply";
    send_message: "tim.sendmsg";
    send_message_response: "tim.sendmsg.reply";
    batch_send_message: "tim.batch";
    batch_send_message_response: "tim.batch.reply";
    send_group_message: "tim.group";
    send_group_message_response: "tim.group.reply";
    all_members_push: "tim.all-members";
    all_members_push_response: "tim.all-members.reply";
    push_batch: "tim.timpush";
    push_batch_response: "tim.timpush.reply";
    web: "tim.web";
}

/// Random messages would prove nothing if none of them were good, or none bad.
#[test]
fn many_random_messages_are_good_and_many_are_bad() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    for kind in common::KINDS {
        let messages = messages(kind.name);
        let good = (0..200).filter(|_| {
            let message = messages.new_tree(&mut runner).unwrap().current();
            kind.in_place(message.as_bytes()).is_ok()
        });
        let good = good.count();
        assert!((50..=190).contains(&good), "{good} of 200 {} are good", kind.name);
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_raw_value_is_what_serde_json_takes_for_a_value(text in spaced(json_value())) {
        raw_and_serde_json_decide_alike(&text)?;
    }

    #[test]
    fn a_raw_value_is_no_damaged_value(bytes in damaged(json_value())) {
        if let Ok(text) = str::from_utf8(&bytes.0) {
            raw_and_serde_json_decide_alike(text)?;
        }
    }

    #[test]
    fn a_raw_value_is_seldom_a_heap_of_tokens(text in token_soup()) {
        raw_and_serde_json_decide_alike(&text)?;
    }

    #[test]
    fn a_raw_value_is_seldom_any_text(text in any::<String>()) {
        raw_and_serde_json_decide_alike(&text)?;
    }
}
