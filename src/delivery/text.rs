//! Texts of a push: which there are.

/// Text that says something, without the white space in front: cut behind it, a text would say nothing.
pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim_start).filter(|text| !text.is_empty())
}
