//! White space: four characters, and no other.

use crate::conformance::case::{Case, accept, behind, reject, text};

pub(super) const CASES: &[Case] = &[
    accept("space_before", b" 1"),
    accept("space_behind", b"1 "),
    accept("space_tab_before", b"\t1"),
    accept("space_tab_behind", b"1\t"),
    accept("space_line_feed_before", b"\n1"),
    accept("space_line_feed_behind", b"1\n"),
    accept("space_carriage_return_before", b"\r1"),
    accept("space_carriage_return_behind", b"1\r"),
    accept("space_line_break_of_two_behind", b"{}\r\n"),
    accept("space_every_kind_around", b" \t\r\n-1 \n\r\t"),
    text("space_around_a_string", b" \" a \"\n", " a "),
    accept("space_around_a_word", b"\nnull\n"),
    accept("space_around_an_array", b" [] "),
    accept("space_around_an_object", b" {} "),
    accept("space_inside_an_empty_array", b"[ ]"),
    accept("space_inside_an_empty_object", b"{\t}"),
    accept("space_between_tokens_of_an_array", b"[ 1 ,\t2\n,\r3 ]"),
    accept("space_between_tokens_of_an_object", b"{ \"a\"\t:\n1 ,\r\"b\" : { } }"),
    accept("space_of_a_printed_object", b"{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}\n"),
    accept("space_a_hundred_before", const { &hundred_and_zero() }),
    reject("space_in_the_minus", b"-\n1"),
    behind("space_in_a_number", b"1 2", 2),
    reject("space_in_a_word", b"tr ue"),
    reject("space_form_feed_before", b"\x0c1"),
    behind("space_form_feed_behind", b"{}\x0c", 1),
    reject("space_form_feed_inside", b"[\x0c1]"),
    reject("space_line_tab_before", b"\x0b1"),
    behind("space_line_tab_behind", b"{}\x0b", 1),
    reject("space_line_tab_inside", b"[1,\x0b2]"),
    reject("space_backspace_before", b"\x081"),
    reject("space_unit_separator_before", b"\x1f1"),
    reject("space_file_separator_inside", b"[1\x1c,2]"),
    reject("space_nul_before", b"\x001"),
    behind("space_nul_behind", b"{}\0", 1),
    reject("space_no_break_before", "\u{a0}1".as_bytes()),
    behind("space_no_break_behind", "{}\u{a0}".as_bytes(), 2),
    reject("space_no_break_inside", "[\u{a0}]".as_bytes()),
    reject("space_next_line_before", "\u{85}1".as_bytes()),
    reject("space_zero_width_before", "\u{200b}1".as_bytes()),
    reject("space_line_separator_before", "\u{2028}1".as_bytes()),
    behind("space_line_separator_behind", "{}\u{2028}".as_bytes(), 3),
    reject("space_paragraph_separator_inside", "[1,\u{2029}2]".as_bytes()),
    reject("space_ideographic_before", "\u{3000}1".as_bytes()),
    reject("space_ideographic_inside_an_object", "{\"a\":\u{3000}1}".as_bytes()),
    reject("space_word_joiner_inside", "[\u{2060}]".as_bytes()),
    reject("space_escaped", br"\t1"),
    reject("space_escaped_inside", br"[1,\n2]"),
];

const fn hundred_and_zero() -> [u8; 101] {
    let mut bytes = [b' '; 101];
    bytes[100] = b'0';
    bytes
}
