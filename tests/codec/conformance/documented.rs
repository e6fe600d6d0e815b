//! Where this crate says what it does with what RFC 8259 leaves to implementations.

/// Words of the documentation, and the file that they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Documented {
    page: &'static str,
    words: &'static str,
}

const JSON: &str = include_str!("../../../src/json/mod.rs");
const RAW: &str = include_str!("../../../src/json/raw.rs");

/// Section 9: a limit on how deep values nest.
pub(crate) const DEPTH: Documented =
    Documented { page: JSON, words: "Unknown values may nest [`MAX_DEPTH`] deep." };

/// Section 6: range and precision of numbers. A number is passed on as it is written.
pub(crate) const NUMBER: Documented =
    Documented { page: RAW, words: "Any one JSON value, checked, and passed on untouched to the byte." };

/// Section 6: zero with a sign.
pub(crate) const MINUS_ZERO: Documented =
    Documented { page: JSON, words: "a number in a string (`\"1\"`), `-0` | the number" };

/// Section 4: names that are not unique.
pub(crate) const SAME_NAME: Documented = NUMBER;

/// Section 8.2: escapes that are half of a pair.
pub(crate) const LONE_SURROGATE: Documented = Documented {
    page: JSON,
    words: "a lone surrogate escape (`\\ud83d`), as an app writes that cuts an emoji | U+FFFD in text;",
};

/// Section 8.1: a parser may ignore a byte order mark. To the letter of the grammar there is none.
pub(crate) const BYTE_ORDER_MARK: Documented = Documented {
    page: JSON,
    words: "It rejects raw control characters in strings, `01`, `[1,]`, wrong escapes, bytes that are not UTF-8, a byte order mark, and text after the end.",
};

/// Section 8.2 leaves open what becomes of code points that are no characters. To the letter of the grammar they are text.
pub(crate) const NONCHARACTER: Documented =
    Documented { page: JSON, words: "A noncharacter (U+FFFE) is text." };

impl Documented {
    /// True if the words stand in the documentation, however its lines are broken.
    fn stands(&self) -> bool {
        let lines = self.page.lines().map(str::trim_start).filter(|line| line.starts_with("//"));
        let words = lines.flat_map(|line| line.trim_start_matches(['/', '!']).split_whitespace());
        words.collect::<Vec<_>>().join(" ").contains(self.words)
    }
}

#[test]
fn what_the_table_says_is_documented_is_documented() {
    for documented in [DEPTH, NUMBER, MINUS_ZERO, SAME_NAME, LONE_SURROGATE, BYTE_ORDER_MARK, NONCHARACTER] {
        assert!(documented.stands(), "{:?}", documented.words);
    }
    assert!(!Documented { page: JSON, words: "a byte order mark is ignored" }.stands());
}
