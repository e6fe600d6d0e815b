//! Tells the codec whether it is built for size: with `opt-level` "s" or "z" it leaves out the fast paths that a general one
//! stands behind. There is no other way for a library to know.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(offline_push_small)");
    if matches!(std::env::var("OPT_LEVEL").as_deref(), Ok("s" | "z")) {
        println!("cargo::rustc-cfg=offline_push_small");
    }
}
