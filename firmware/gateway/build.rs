//! Writes the memory map: 256 KiB of code, 48 KiB of memory, of the 128 MiB that the board in QEMU has.

use std::path::PathBuf;
use std::{env, fs};

const MEMORY: &str = "\
MEMORY {
  CODE : ORIGIN = 0x80000000, LENGTH = 256K
  RAM : ORIGIN = 0x80040000, LENGTH = 48K
}
REGION_ALIAS(\"REGION_TEXT\", CODE);
REGION_ALIAS(\"REGION_RODATA\", CODE);
REGION_ALIAS(\"REGION_DATA\", RAM);
REGION_ALIAS(\"REGION_BSS\", RAM);
REGION_ALIAS(\"REGION_HEAP\", RAM);
REGION_ALIAS(\"REGION_STACK\", RAM);
";

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("memory.x"), MEMORY).expect("the output folder can be written");
    println!("cargo:rustc-link-arg-bins=-L{}", out.display());
    if env::var_os("CARGO_FEATURE_LOG").is_some() {
        println!("cargo:rustc-link-arg-bin=parts=-Tdefmt.x");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
