//! JSON as RFC 8259 has it, case by case: one table of documents, each with what must become of it, driven through every
//! entry point, as a whole document and at every kind of place in a message.
//!
//! The table is split by subject over `cases`. What a case must give at a place is worked out from its entry and from what
//! kind of value it is; no place has a list of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

mod against_serde_json;
mod case;
mod cases;
mod documented;
mod documents;
mod entry;
mod place;
mod places;
mod positions;
mod reading;
mod table;
mod tolerance;
