#![allow(dead_code, unused, unexpected_cfgs)]
#[path = "../../src/bytes.rs"]
mod bytes;
#[path = "../../src/check.rs"]
mod check;
#[path = "../../src/digits.rs"]
mod digits;
#[path = "../../src/json/mod.rs"]
mod json;

#[path = "codec/ext.rs"]
mod ext;

json::message! {
    /// A message.
    pub struct Misused<'a> {
        /// Text.
        title: &'a str,
    }
}

fn main() {}
