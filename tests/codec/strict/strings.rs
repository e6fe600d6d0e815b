//! What stands in a string as it is.

use offline_push::json::DecodeErrorKind::ControlCharacter;

use crate::strict::harness::{IN_TEXT, IN_UNREAD};

#[test]
fn a_raw_control_character_is_refused_in_every_string() {
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        for control in '\0'..' ' {
            place.refuses(&format!("a{control}z"), ControlCharacter, 1);
        }
    }
}

#[test]
fn a_raw_control_character_is_found_wherever_in_the_string_it_stands() {
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        for before in 0..80 {
            let text = format!("{}\n{}", "x".repeat(before), "y".repeat(80 - before));
            place.refuses(&text, ControlCharacter, before);
        }
    }
}

#[test]
fn a_raw_control_character_is_refused_in_a_number_sent_as_a_string() {
    for place in crate::strict::harness::INTEGER {
        place.refuses("\"1\n\"", ControlCharacter, 2);
    }
}

#[test]
fn delete_and_the_higher_controls_are_text() {
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        place.reads("a\u{7f}\u{80}\u{9f}\u{2028}\u{2029}z");
    }
}

#[test]
fn text_of_any_script_is_read_as_it_is() {
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        place.reads("");
        place.reads("今晚七点 — Ünï 😀 \u{10ffff} \u{fffd} \u{feff} {[:,]} /");
    }
}
