//! What the programs of this crate share: the board, the payloads, and the jobs that are measured, done by the library and
//! by serde-json-core.
#![no_std]

pub mod board;
pub mod jobs;
pub mod payload;
pub mod peers;
