//! One document of the table, and what must become of it.

use crate::conformance::documented::Documented;

/// What must become of a document.
pub(crate) enum Expect {
    /// RFC 8259 says that it is JSON.
    Accept,
    /// RFC 8259 says that it is none.
    Reject,
    /// RFC 8259 leaves it to the implementation: what this one does, and where it says so.
    Defined(bool, Documented),
}

impl Expect {
    /// True if the documentation decides it by these words.
    pub(crate) fn is_about(&self, words: Documented) -> bool {
        matches!(self, Self::Defined(_, documented) if *documented == words)
    }
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

    /// True for two values with a comma between them, which is no value, but two elements of a list.
    pub(crate) fn is_two_values(&self) -> bool {
        self.bytes[self.bytes.len() - self.rest..].starts_with(b",")
    }

    /// How deep the value nests.
    pub(crate) fn depth(&self) -> usize {
        let (mut depth, mut deepest, mut in_string, mut escaped) = (0usize, 0, false, false);
        for byte in self.bytes {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'[' | b'{' if !in_string => depth += 1,
                b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        deepest
    }
}
