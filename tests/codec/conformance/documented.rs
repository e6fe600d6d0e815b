//! What RFC 8259 leaves to implementations, and what this crate does with it: the documentation of the module `json` says so.

/// The subject, and what is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Documented(&'static str);

/// Section 9: a limit on how deep values nest.
pub(crate) const DEPTH: Documented = Documented("unknown values may nest MAX_DEPTH deep");

/// Section 6: range and precision of numbers.
pub(crate) const NUMBER: Documented = Documented("a number is passed on as it is written");

/// Section 6: zero with a sign.
pub(crate) const MINUS_ZERO: Documented = Documented("-0 is the number 0");

/// Section 4: names that are not unique.
pub(crate) const SAME_NAME: Documented =
    Documented("unknown members may repeat a name, and are passed on as they are");

/// Section 8.2: escapes that are half of a pair.
pub(crate) const LONE_SURROGATE: Documented = Documented("half a surrogate pair reads as U+FFFD");

/// Section 8.1: a parser may ignore a byte order mark. To the letter of the grammar there is none.
pub(crate) const BYTE_ORDER_MARK: Documented = Documented("a byte order mark is refused");

/// Section 8.2 leaves open what becomes of code points that are no characters. To the letter of the grammar they are text.
pub(crate) const NONCHARACTER: Documented = Documented("a noncharacter is text");
