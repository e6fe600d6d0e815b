//! All that a gateway does in one process, in one program: it is built faster than several.

mod door;
mod embedded;
mod jetstream;
mod page;
#[path = "../suite/mod.rs"]
mod suite;
