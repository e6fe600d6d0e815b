//! A strict parser for the rendered entries and rules.

use std::string::{String, ToString};
use std::vec::Vec;

/// A token of XML. Comments, and white space between tokens, are skipped.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `<name`.
    Open(String),
    /// `name="value"`, with the unescaped value.
    Attribute(String, String),
    /// `>`.
    Body,
    /// `/>`.
    Empty,
    /// `</name>`.
    Close(String),
}

/// Parses a sequence of elements. Text between them is an error.
pub(super) fn scan(xml: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = xml.trim_start();
    while !rest.is_empty() {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let (text, after) = comment.split_once("-->").unwrap();
            assert!(
                !text.contains("--") && !text.ends_with('-'),
                "a comment that XML does not allow: {text}"
            );
            rest = after;
        } else if let Some(close) = rest.strip_prefix("</") {
            let (name, after) = close.split_once('>').unwrap();
            assert_eq!(open.pop().as_deref(), Some(name));
            tokens.push(Token::Close(name.to_string()));
            rest = after;
        } else {
            rest = scan_element(rest.strip_prefix('<').unwrap(), &mut tokens, &mut open);
        }
        rest = rest.trim_start();
    }
    assert_eq!(open, [""; 0], "an element without end");
    tokens
}

fn scan_element<'x>(xml: &'x str, tokens: &mut Vec<Token>, open: &mut Vec<String>) -> &'x str {
    let (name, mut rest) = scan_name(xml);
    tokens.push(Token::Open(name.to_string()));
    let mut names = Vec::new();
    loop {
        let trimmed = rest.trim_start();
        if let Some(after) = trimmed.strip_prefix("/>") {
            tokens.push(Token::Empty);
            return after;
        }
        if let Some(after) = trimmed.strip_prefix('>') {
            tokens.push(Token::Body);
            open.push(name.to_string());
            return after;
        }
        assert_ne!(trimmed, rest, "white space before an attribute");
        let (name, after) = scan_name(trimmed);
        assert!(!names.contains(&name), "{name} twice");
        names.push(name);
        let (value, after) = after.strip_prefix("=\"").unwrap().split_once('"').unwrap();
        tokens.push(Token::Attribute(name.to_string(), unescape(value)));
        rest = after;
    }
}

fn scan_name(xml: &str) -> (&str, &str) {
    let end = xml.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-'))).unwrap();
    assert_ne!(end, 0, "no name: {xml}");
    xml.split_at(end)
}

/// The value of an attribute, normalised as in XML 1.0.
pub(super) fn unescape(mut value: &str) -> String {
    let mut text = String::new();
    while let Some(character) = value.chars().next() {
        let (_, rest) = value.split_at(character.len_utf8());
        value = rest;
        match character {
            '&' => {
                let (entity, after) = value.split_once(';').unwrap();
                value = after;
                text.push(match entity {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    number => char::from_u32(number.strip_prefix('#').unwrap().parse().unwrap()).unwrap(),
                });
            }
            '<' => panic!("a bare < in a value"),
            '\t' | '\n' | '\r' => text.push(' '),
            _ => {
                assert!(is_xml_char(character), "{character:?} in XML");
                text.push(character);
            }
        }
    }
    text
}

/// Production 2 of XML 1.0, as in the standard.
pub(super) fn is_xml_char(character: char) -> bool {
    matches!(u32::from(character),
        0x9 | 0xa | 0xd | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x10000..=0x10ffff)
}

/// The attributes of all elements, in order.
pub(super) fn attributes(xml: &str) -> Vec<(String, String)> {
    let pairs = scan(xml).into_iter().filter_map(|token| match token {
        Token::Attribute(name, value) => Some((name, value)),
        _ => None,
    });
    pairs.collect()
}

/// The text that a parser should return.
pub(super) fn carried(text: &str) -> String {
    text.chars().map(|c| if is_xml_char(c) { c } else { '\u{fffd}' }).collect()
}

/// The words and symbols of rules for the obfuscator, one list for each line.
pub(super) fn scan_rules(rules: &str) -> Vec<Vec<String>> {
    let lines = rules.lines().map(|line| line.split('#').next().unwrap_or_default());
    let spaced = lines.map(|line| line.replace('{', " { ").replace('}', " } ").replace(';', " ; "));
    let words = spaced.map(|line| line.split_whitespace().map(String::from).collect::<Vec<_>>());
    words.filter(|words| !words.is_empty()).collect()
}
