//! What is done with messages: conversions, ext, intents, URLs, registration, delivery and diagnosis.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

mod convert;
mod delivery;
mod diagnose;
mod ext;
mod injection;
mod intent;
mod names;
mod registration;
mod registration_app;
mod rest;
mod sources;
