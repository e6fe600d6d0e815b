//! JSON as RFC 8259 has it, case by case: one table of documents, each with what must become of it, driven through every
//! entry point, as a whole document of every kind and at every kind of place in a message.
//!
//! The table is split by subject over `cases`. It says whether a case is JSON; what a message with the case in it is, the
//! interpreter says, and the two must agree.

mod against_serde_json;
mod case;
mod cases;
mod documented;
mod positions;
