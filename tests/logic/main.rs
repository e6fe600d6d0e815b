//! What is done with messages: conversions, ext, intents, URLs, registration and delivery.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

mod convert;
mod delivery;
mod ext;
mod injection;
mod intent;
mod registration;
mod rest;
