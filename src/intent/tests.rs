//! Tests of the private parts: numbers, rectangles and the parts of a URI. The tables are results of Java 17 and AOSP's classes.

use super::Number;
use super::bounds::Bounds;
use super::error::IntentErrorKind;
use super::number::{decode, integer};
use super::text::Text;
use crate::uri_writer::UriWriter;

#[test]
fn decode_equals_javas_integer_decode() {
    for (text, number) in [
        ("0x4000000", Some(0x400_0000)),
        ("0x04000000", Some(0x400_0000)),
        ("0X1F", Some(31)),
        ("010", Some(8)),
        ("-010", Some(-8)),
        ("08", None),
        ("0", Some(0)),
        ("-0", Some(0)),
        ("00", Some(0)),
        ("-1", Some(-1)),
        ("+5", Some(5)),
        ("2147483647", Some(i32::MAX)),
        ("2147483648", None),
        ("-2147483648", Some(i32::MIN)),
        ("-2147483649", None),
        ("0x80000000", None),
        ("-0x80000000", Some(i32::MIN)),
        ("0xffffffff", None),
        ("017777777777", Some(i32::MAX)),
        ("020000000000", None),
        ("-020000000000", Some(i32::MIN)),
        ("0x00000000000000000001", Some(1)),
        ("#ff", Some(255)),
        ("-#F", Some(-15)),
        ("+#f", Some(15)),
        ("", None),
        ("-", None),
        ("#", None),
        ("0x", None),
        ("--1", None),
        ("+-1", None),
        ("0x-1", None),
        ("0#1", None),
        ("0x 1", None),
        ("1 ", None),
        ("0b1", None),
        ("1L", None),
    ] {
        assert_eq!(decode(Text::new(text)), number, "{text:?}");
    }
}

#[test]
fn integer_equals_javas_parse_long() {
    for (text, number) in [
        ("1", Some(1)),
        ("+1", Some(1)),
        ("-1", Some(-1)),
        ("00", Some(0)),
        ("-0", Some(0)),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("-9223372036854775808", Some(i64::MIN)),
        ("-9223372036854775809", None),
        ("18446744073709551616", None),
        ("", None),
        ("-", None),
        ("+", None),
        ("0x1", None),
        ("1 ", None),
        (" 1", None),
        ("1.0", None),
        ("1_0", None),
    ] {
        assert_eq!(integer(Text::new(text)), number, "{text:?}");
    }
    assert_eq!(integer(Text::encoded("%2D%31")), Some(-1));
}

#[test]
fn number_accepts_what_java_parses_as_a_double() {
    for text in [
        "1", "-1.5", "+.5", "5.", "5.e3", "  1 ", "\u{1}1\0", "1f", "1D", "1.5e-3d", "1e5f", "NaN", "-NaN",
        "+Infinity", "0x1p3", "0x.8p1", "0x1.p1", "0X1P-3D", "0x1p3f ", "1e99999999999", "0x1p99999999999",
    ] {
        assert!(Number::try_new(text).is_ok(), "{text:?}");
    }
    for text in [
        "", ".", "+", "d", "f", "e5", ".e5", "1e", "1e+", "1e-", "1e5.5", "1..2", "--1", "- 1", "1 f", "1fd",
        "1_0", "Nan", "infinity", "Infinityf", "0x1", "0x1.8", "0x1p", "0x1p+", "0xp1", "0x.p1", "0xG.p1",
        "\u{a0}1", "\u{661}",
    ] {
        assert!(Number::try_new(text).is_err(), "{text:?}");
    }
}

#[test]
fn bounds_reads_four_numbers_and_three_spaces() {
    let bounds = |left, top, right, bottom| Ok(Some(Bounds { left, top, right, bottom }));
    for (text, expected) in [
        ("1 -2 3 04", bounds(1, -2, 3, 4)),
        ("-2147483648 2147483647 -0 0", bounds(i32::MIN, i32::MAX, 0, 0)),
        ("", Ok(None)),
        ("1 2 3", Ok(None)),
        ("1 2 3 ", Ok(None)),
        ("1 2 3 -", Ok(None)),
        ("1 2 3 4 ", Ok(None)),
        ("1 2 3 4 5", Ok(None)),
        ("1  2 3 4", Ok(None)),
        ("+1 2 3 4", Ok(None)),
        ("1,2,3,4", Ok(None)),
        ("99999999999 2 3 x", Ok(None)),
        ("2147483648 2 3 4", Err(IntentErrorKind::NotANumber)),
        ("1 2 3 99999999999999999999999", Err(IntentErrorKind::NotANumber)),
    ] {
        assert_eq!(Bounds::read(Text::new(text)), expected, "{text:?}");
        let escaped = text.replace(' ', "%20");
        assert_eq!(Bounds::read(Text::encoded(&escaped)), expected, "{escaped:?}");
    }
}

#[test]
fn put_bits_is_read_by_javas_integer_decode() {
    for (bits, text) in [
        (1, "0x1"),
        (0xf, "0xf"),
        (0x10, "0x10"),
        (0x0400_0000, "0x4000000"),
        (0x7fff_ffff, "0x7fffffff"),
        (0x8000_0000, "-0x80000000"),
        (0xffff_ffff, "-0x1"),
        (0xffff_ff3c, "-0xc4"),
    ] {
        let mut buffer = [0; 16];
        let mut output = UriWriter::new(&mut buffer);
        output.put_bits(bits);
        let written = output.finish().unwrap();
        assert_eq!(written, text);
        assert_eq!(decode(Text::new(written)).map(i32::cast_unsigned), Some(bits));
    }
}
