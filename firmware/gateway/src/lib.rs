//! What the programs of this package share: the board, and sockets on it.
#![no_std]

pub mod board;
pub mod net;
