//! Text in two at an ASCII character. The standard library's `split_once` and `find` link a panic, when they are not
//! inlined; this does not.

/// What stands before the first such character, and what behind; `None` without one.
pub(crate) fn divide(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    let (before, rest) = text.split_at_checked(place)?;
    Some((before, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::divide;

    #[test]
    fn text_is_divided_at_the_first_such_character_as_the_standard_library_does() {
        for text in ["", ";", "a;b", ";b", "a;", "a;b;c", "标题;内容;", "标题", "\u{3b}\u{103b};"] {
            assert_eq!(divide(text, b';'), text.split_once(';'), "{text:?}");
        }
    }
}
