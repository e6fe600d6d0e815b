//! One document of the table, and what must become of it.

use offline_push::json::MAX_DEPTH;

use crate::documented::{self, Documented};

/// What must become of a document.
pub(crate) enum Expect {
    /// RFC 8259 says that it is JSON.
    Accept,
    /// RFC 8259 says that it is none.
    Reject,
    /// RFC 8259 leaves it to the implementation: what this one does, and where it says so.
    Defined(bool, Documented),
}

pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) bytes: &'static [u8],
    pub(crate) expect: Expect,
    /// What the document means, if it is an accepted string.
    pub(crate) text: Option<&'static str>,
    /// How many bytes follow the value that the document begins with: `from_prefix` reads the value and leaves them.
    pub(crate) rest: usize,
}

const fn case(name: &'static str, bytes: &'static [u8], expect: Expect) -> Case {
    Case { name, bytes, expect, text: None, rest: 0 }
}

/// JSON, but no string.
pub(crate) const fn accept(name: &'static str, bytes: &'static [u8]) -> Case {
    case(name, bytes, Expect::Accept)
}

/// A string, and what it means.
pub(crate) const fn text(name: &'static str, bytes: &'static [u8], text: &'static str) -> Case {
    Case { text: Some(text), ..case(name, bytes, Expect::Accept) }
}

/// No JSON.
pub(crate) const fn reject(name: &'static str, bytes: &'static [u8]) -> Case {
    case(name, bytes, Expect::Reject)
}

/// No JSON because of the last `rest` bytes: a value stands before them.
pub(crate) const fn behind(name: &'static str, bytes: &'static [u8], rest: usize) -> Case {
    Case { rest, ..case(name, bytes, Expect::Reject) }
}

/// Left to implementations, and accepted here.
pub(crate) const fn accept_as(name: &'static str, bytes: &'static [u8], documented: Documented) -> Case {
    case(name, bytes, Expect::Defined(true, documented))
}

/// A string that is left to implementations, accepted here, and what it means.
pub(crate) const fn text_as(
    name: &'static str,
    bytes: &'static [u8],
    text: &'static str,
    documented: Documented,
) -> Case {
    Case { text: Some(text), ..accept_as(name, bytes, documented) }
}

/// Left to implementations, and refused here.
pub(crate) const fn reject_as(name: &'static str, bytes: &'static [u8], documented: Documented) -> Case {
    case(name, bytes, Expect::Defined(false, documented))
}

/// The types of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Case {
    /// True if it is accepted as a document.
    pub(crate) const fn accepted(&self) -> bool {
        matches!(self.expect, Expect::Accept | Expect::Defined(true, _))
    }

    /// True if it is accepted as a value with so many levels of the same value around it; -1 where the outermost of its own
    /// levels is a message, which is no value that nobody asked for.
    pub(crate) fn accepted_within(&self, levels: isize) -> bool {
        match &self.expect {
            Expect::Defined(_, documented) if *documented == documented::DEPTH => {
                self.depth().checked_add_signed(levels).unwrap() <= MAX_DEPTH
            }
            _ => self.accepted(),
        }
    }

    pub(crate) const fn utf8(&self) -> Option<&'static str> {
        match str::from_utf8(self.bytes) {
            Ok(text) => Some(text),
            Err(_) => None,
        }
    }

    /// The document, which is UTF-8, without the white space around it.
    pub(crate) fn trimmed(&self) -> &'static str {
        self.utf8().unwrap().trim_matches([' ', '\t', '\r', '\n'])
    }

    /// The type of the value that the document begins with, by its first byte: enough where it is one.
    pub(crate) fn class(&self) -> Class {
        let first = self.bytes.iter().find(|byte| !b" \t\r\n".contains(byte)).unwrap();
        match first {
            b'"' => Class::String,
            b'[' => Class::Array,
            b'{' => Class::Object,
            b'n' => Class::Null,
            b't' | b'f' => Class::Boolean,
            b'-' | b'0'..=b'9' => Class::Number,
            other => unreachable!("{} begins with {other:#x}", self.name),
        }
    }

    /// True for `[]`, which is an empty object where one is wanted: PHP writes it so.
    pub(crate) fn is_empty_array(&self) -> bool {
        let value = &self.bytes[..self.bytes.len() - self.rest];
        let inside = value.trim_ascii().strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]"));
        inside.is_some_and(|inside| inside.iter().all(|byte| b" \t\r\n".contains(byte)))
    }

    /// Each byte with how many containers are open around it, and whether it is in a string.
    fn levels(&self) -> impl Iterator<Item = (usize, u8, bool)> {
        let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
        self.bytes.iter().map(move |&byte| {
            let inside = in_string;
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'[' | b'{' if !in_string => depth += 1,
                b']' | b'}' if !in_string => {
                    depth = depth.saturating_sub(1);
                    return (depth + 1, byte, inside);
                }
                _ => {}
            }
            (depth, byte, inside)
        })
    }

    /// How deep the value nests.
    pub(crate) fn depth(&self) -> usize {
        self.levels().map(|(depth, ..)| depth).max().unwrap_or(0)
    }

    /// The offset of the first backslash in a string with at most so many containers around it.
    pub(crate) fn escape_above(&self, most: usize) -> Option<usize> {
        self.levels().position(|(depth, byte, in_string)| depth <= most && in_string && byte == b'\\')
    }
}
