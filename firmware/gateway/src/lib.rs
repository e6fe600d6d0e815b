//! What the programs of this package share: the board, sockets on it, and HTTP over them.
#![no_std]

pub mod board;
pub mod http;
pub mod net;
