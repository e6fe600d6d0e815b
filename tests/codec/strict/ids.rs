//! Ids: text that some senders write as a number.

use offline_push::json::{self, DecodeError};
use offline_push::vivo::SendResponse;

use crate::common::{kind, value};
use crate::strict::harness::reads;

/// Messages with an id at `§`.
const IDS: &[(&str, &str)] = &[
    ("vivo.send", r#"{"title":"t","content":"c","requestId":§}"#),
    ("vivo.send", r#"{"requestId":§,"title":"t","content":"c"}"#),
    ("vivo.send", r#"{"title":"t","content":"c","extra":{"callback.id":§},"requestId":"r"}"#),
    ("tim.info", r#"{"AndroidInfo":{"VIVONotifyType":§}}"#),
    ("vivo.send.reply", r#"{"result":0,"taskId":§}"#),
    ("vivo.send.reply", r#"{"result":10302,"invalidUser":{"userid":§}}"#),
];

#[test]
fn an_id_sent_as_a_number_is_the_text_of_the_number() {
    for (name, template) in IDS {
        for number in ["0", "7", "-7", "342982232646905856", "9007199254740993", "18446744073709551615"] {
            let expected = value(&template.replace('§', &format!("\"{number}\"")));
            reads(kind(name), &template.replace('§', number), &expected);
            reads(kind(name), &template.replace('§', &format!(" {number} ")), &expected);
        }
    }
}

/// vivo's old regIds have 23 digits, which is more than 64 bits hold.
#[test]
fn an_id_sent_as_a_number_keeps_all_its_digits() {
    for (name, template) in IDS {
        for number in ["18446744073709551616", "15638535410301000000001", "-99999999999999999999999999999999"]
        {
            let expected = value(&template.replace('§', &format!("\"{number}\"")));
            reads(kind(name), &template.replace('§', number), &expected);
        }
    }
}

#[test]
fn an_id_sent_as_text_keeps_its_text() {
    for (name, template) in IDS {
        for text in ["", "007", "-0", "1.0", "1e5", "v2-abc", " 7"] {
            let message = template.replace('§', &format!("\"{text}\""));
            reads(kind(name), &message, &value(&message));
        }
    }
}

#[test]
fn the_digits_of_an_id_come_from_the_input() -> Result<(), DecodeError> {
    let reply: SendResponse = json::from_str(r#"{"result":0,"taskId":342982232646905856}"#)?;
    assert_eq!(reply.task_id, Some("342982232646905856"));
    Ok(())
}
