//! What the codec borrows from the rest of the crate.

pub struct Ext<'a>(pub &'a [u8]);

impl<'a> Ext<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }
}

impl<'a> From<&'a str> for Ext<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.as_bytes())
    }
}
