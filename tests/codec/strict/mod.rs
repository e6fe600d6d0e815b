//! What the decoder refuses and what it tolerates: a test for each rule, through every entry point, wherever in a
//! message the rule applies.

mod depth;
mod errors;
mod escapes;
mod fields;
mod harness;
mod ids;
mod lenient;
mod members;
mod numbers;
mod prefix;
mod strings;
mod structure;
mod utf8;
