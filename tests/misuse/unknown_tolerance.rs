#![allow(dead_code, unused)]
#[path = "../../src/bytes.rs"]
mod bytes;
#[path = "../../src/check.rs"]
mod check;
#[path = "../../src/digits.rs"]
mod digits;
#[path = "../../src/json/mod.rs"]
mod json;

extern crate std;

json::message! {
    /// A message.
    pub struct Misused<'a> {
        /// Text.
        title: &'a str = "title" as idd,
    }
}

fn main() {}
