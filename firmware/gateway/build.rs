//! Writes the memory map: 256 KiB of code and 48 KiB of memory, of the 128 MiB that the board in QEMU has. A debug build has more.

use std::path::PathBuf;
use std::{env, fs};

fn memory_map(code: &str, memory: &str) -> String {
    format!(
        "MEMORY {{ CODE : ORIGIN = 0x80000000, LENGTH = {code}\n RAM : ORIGIN = 0x80200000, LENGTH = {memory} }}\n\
         REGION_ALIAS(\"REGION_TEXT\", CODE);\nREGION_ALIAS(\"REGION_RODATA\", CODE);\n\
         REGION_ALIAS(\"REGION_DATA\", RAM);\nREGION_ALIAS(\"REGION_BSS\", RAM);\n\
         REGION_ALIAS(\"REGION_HEAP\", RAM);\nREGION_ALIAS(\"REGION_STACK\", RAM);\n"
    )
}

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let debug = env::var("PROFILE").expect("cargo sets it") == "debug";
    let map = if debug { memory_map("2M", "512K") } else { memory_map("256K", "48K") };
    fs::write(out.join("memory.x"), map).expect("the output folder can be written");
    println!("cargo:rustc-link-arg-bins=-L{}", out.display());
    println!("cargo:rerun-if-changed=build.rs");
}
