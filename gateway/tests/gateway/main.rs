//! Tests everything that a gateway does in one process. The tests are one program, because one is built faster than several.

mod door;
mod embedded;
mod jetstream;
mod page;
#[path = "../suite/mod.rs"]
mod suite;
