//! Texts of a push: which there are, and how much of them vivo shows.

/// vivo's limits as Tencent applies them, in UTF-16 units; vivo's newest text counts characters, which are no more.
pub(super) const TITLE_LEN: usize = 40;
pub(super) const CONTENT_LEN: usize = 100;
/// Stands at the end of what was cut.
pub(super) const ELLIPSIS: &str = "...";

/// Text that says something, without the white space in front: cut behind it, a text would say nothing.
pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim_start).filter(|text| !text.is_empty())
}

/// What stays in front of the ellipsis of a text longer than `limit` UTF-16 units; `None` for one that is not.
pub(super) fn cut(text: &str, limit: usize) -> Option<&str> {
    let mut units = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units + ELLIPSIS.len() <= limit {
            end = at + character.len_utf8();
        }
        if units > limit {
            return text.get(..end);
        }
    }
    None
}

/// Fills a place of the right length.
pub(super) fn with_ellipsis<'a>(text: &str, place: &'a mut [u8]) -> &'a str {
    for (place, byte) in place.iter_mut().zip(text.bytes().chain(ELLIPSIS.bytes())) {
        *place = byte;
    }
    // Two texts make a text; the check is what safe code pays for saying so.
    core::str::from_utf8(place).unwrap_or_default()
}
