//! Strings, as far as they have no escape.

use crate::conformance::case::{Case, behind, reject, text, text_as};
use crate::conformance::documented::NONCHARACTER;

/// A string of `LENGTH` bytes in all, of letters, with something at its end.
const fn long<const LENGTH: usize>(end: &[u8]) -> [u8; LENGTH] {
    let mut bytes = [b'x'; LENGTH];
    bytes[0] = b'"';
    let mut at = 0;
    while at < end.len() {
        bytes[LENGTH - end.len() + at] = end[at];
        at += 1;
    }
    bytes
}

/// What a [`long`] string means that ends with nothing but its quote.
const fn letters<const LENGTH: usize>() -> &'static str {
    match str::from_utf8(const { &[b'x'; LENGTH] }) {
        Ok(text) => text,
        Err(_) => "",
    }
}

pub(super) const CASES: &[Case] = &[
    text("string_empty", br#""""#, ""),
    text("string_space", br#"" ""#, " "),
    text("string_letter", br#""a""#, "a"),
    text("string_of_seven_bytes", br#""abcdefg""#, "abcdefg"),
    text("string_of_eight_bytes", br#""abcdefgh""#, "abcdefgh"),
    text("string_of_nine_bytes", br#""abcdefghi""#, "abcdefghi"),
    text("string_of_15_bytes", const { &long::<17>(b"\"") }, letters::<15>()),
    text("string_of_16_bytes", const { &long::<18>(b"\"") }, letters::<16>()),
    text("string_of_17_bytes", const { &long::<19>(b"\"") }, letters::<17>()),
    text("string_of_31_bytes", const { &long::<33>(b"\"") }, letters::<31>()),
    text("string_of_32_bytes", const { &long::<34>(b"\"") }, letters::<32>()),
    text("string_of_33_bytes", const { &long::<35>(b"\"") }, letters::<33>()),
    text("string_of_64_bytes", const { &long::<66>(b"\"") }, letters::<64>()),
    text("string_of_1000_bytes", const { &long::<1002>(b"\"") }, letters::<1000>()),
    text("string_of_json", br#""{[1,2],:}""#, "{[1,2],:}"),
    text("string_of_a_comment", br#""/* no */ // comment""#, "/* no */ // comment"),
    text("string_slash", br#""a/b""#, "a/b"),
    text("string_apostrophe", br#""it's""#, "it's"),
    text("string_delete", b"\"\x7f\"", "\u{7f}"),
    text("string_last_ascii_before_delete", br#""~""#, "~"),
    text("string_first_printable", br#""!""#, "!"),
    text("string_first_of_two_bytes", "\"\u{80}\"".as_bytes(), "\u{80}"),
    text("string_next_line", "\"\u{85}\"".as_bytes(), "\u{85}"),
    text("string_last_of_the_higher_controls", "\"\u{9f}\"".as_bytes(), "\u{9f}"),
    text("string_no_break_space", "\"\u{a0}\"".as_bytes(), "\u{a0}"),
    text("string_of_two_bytes", "\"é\"".as_bytes(), "é"),
    text("string_last_of_two_bytes", "\"\u{7ff}\"".as_bytes(), "\u{7ff}"),
    text("string_first_of_three_bytes", "\"\u{800}\"".as_bytes(), "\u{800}"),
    text("string_chinese", "\"今晚七点\"".as_bytes(), "今晚七点"),
    text("string_line_separator", "\"\u{2028}\"".as_bytes(), "\u{2028}"),
    text("string_paragraph_separator", "\"\u{2029}\"".as_bytes(), "\u{2029}"),
    text("string_right_to_left_override", "\"a\u{202e}b\"".as_bytes(), "a\u{202e}b"),
    text("string_last_before_the_surrogates", "\"\u{d7ff}\"".as_bytes(), "\u{d7ff}"),
    text("string_first_behind_the_surrogates", "\"\u{e000}\"".as_bytes(), "\u{e000}"),
    text("string_byte_order_mark_inside", "\"\u{feff}a\"".as_bytes(), "\u{feff}a"),
    text("string_replacement_character", "\"\u{fffd}\"".as_bytes(), "\u{fffd}"),
    text_as("string_noncharacter_first", "\"\u{fdd0}\"".as_bytes(), "\u{fdd0}", NONCHARACTER),
    text_as("string_noncharacter_fffe", "\"\u{fffe}\"".as_bytes(), "\u{fffe}", NONCHARACTER),
    text_as("string_noncharacter_ffff", "\"\u{ffff}\"".as_bytes(), "\u{ffff}", NONCHARACTER),
    text_as("string_noncharacter_1fffe", "\"\u{1fffe}\"".as_bytes(), "\u{1fffe}", NONCHARACTER),
    text("string_first_of_four_bytes", "\"\u{10000}\"".as_bytes(), "\u{10000}"),
    text("string_emoji", "\"😀\"".as_bytes(), "😀"),
    text("string_emoji_of_several", "\"👩‍👩‍👧\"".as_bytes(), "👩‍👩‍👧"),
    text_as("string_last_of_all", "\"\u{10ffff}\"".as_bytes(), "\u{10ffff}", NONCHARACTER),
    text("string_combining", "\"e\u{301}\"".as_bytes(), "e\u{301}"),
    text("string_every_length_of_character", "\"a中é😀a\"".as_bytes(), "a中é😀a"),
    // A number sent as a string is read by number fields, if it is an integer and nothing else.
    text("string_of_a_number", br#""1""#, "1"),
    text("string_of_a_number_zero", br#""0""#, "0"),
    text("string_of_a_number_minus", br#""-1""#, "-1"),
    text("string_of_a_number_minus_zero", br#""-0""#, "-0"),
    text("string_of_a_number_i32_most", br#""2147483647""#, "2147483647"),
    text("string_of_a_number_i32_most_and_one", br#""2147483648""#, "2147483648"),
    text("string_of_a_number_i32_least", br#""-2147483648""#, "-2147483648"),
    text("string_of_a_number_u64_most", br#""18446744073709551615""#, "18446744073709551615"),
    text("string_of_a_number_u64_most_and_one", br#""18446744073709551616""#, "18446744073709551616"),
    text("string_of_a_number_fraction", br#""1.0""#, "1.0"),
    text("string_of_a_number_exponent", br#""1e0""#, "1e0"),
    text("string_of_a_number_zero_one", br#""01""#, "01"),
    text("string_of_a_number_plus", br#""+1""#, "+1"),
    text("string_of_a_number_with_space_before", br#"" 1""#, " 1"),
    text("string_of_a_number_with_space_behind", br#""1 ""#, "1 "),
    text("string_of_a_number_hex", br#""0x1""#, "0x1"),
    text("string_of_a_minus", br#""-""#, "-"),
    text("string_of_true", br#""true""#, "true"),
    text("string_of_null", br#""null""#, "null"),
    reject("string_quote_alone", br#"""#),
    reject("string_unclosed", br#""abc"#),
    reject("string_unclosed_long", const { &long::<100>(b"") }),
    reject("string_unclosed_chinese", "\"今晚".as_bytes()),
    reject("string_unclosed_in_an_array", br#"["abc]"#),
    reject("string_unclosed_second_in_an_array", br#"["a","b]"#),
    reject("string_unclosed_in_an_object", br#"{"a":"b}"#),
    reject("string_unclosed_key", br#"{"a:1}"#),
    reject("string_unopened", br#"abc""#),
    reject("string_single_quotes", b"'abc'"),
    reject("string_single_quotes_in_an_array", b"['abc']"),
    reject("string_single_quotes_in_an_object", br#"{"a":'b'}"#),
    reject("string_single_quote_alone", b"'"),
    reject("string_single_then_double_quote", br#"'abc""#),
    reject("string_double_then_single_quote", br#""abc'"#),
    reject("string_backquotes", b"`abc`"),
    reject("string_quotes_of_typography", "“abc”".as_bytes()),
    reject("string_quotes_full_width", "＂abc＂".as_bytes()),
    behind("string_quote_inside", br#""a"b""#, 2),
    behind("string_two_side_by_side", br#""a""b""#, 3),
    behind("string_two_with_a_space_between", br#""a" "b""#, 4),
    behind("string_of_triple_quotes", br#""""a""""#, 5),
    reject("string_two_side_by_side_in_an_array", br#"["a""b"]"#),
    reject("string_with_a_prefix", br#"r"abc""#),
    reject("string_long_with_a_line_feed_last", const { &long::<100>(b"\n\"") }),
    reject(
        "string_long_with_a_line_feed_amid",
        const { &long::<100>(b"\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"") },
    ),
    reject("string_long_with_nul_last", const { &long::<34>(b"\0\"") }),
    reject("string_long_with_unit_separator_last", const { &long::<20>(b"\x1f\"") }),
];
