//! Writes the memory map of the board that the target is run on.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let target = env::var("TARGET").expect("cargo sets it");
    if target != "riscv32imc-unknown-none-elf" {
        // The whole library, built for speed, is more than the small boards have room for; it need not run there.
        write_map(&out.join("spacious"), memory_map("thumbv7em-none-eabihf"));
        println!("cargo:rustc-link-arg-bin=panic_free=-L{}", out.join("spacious").display());
    }
    write_map(&out, memory_map(&target));
    println!("cargo:rustc-link-arg-bins=-L{}", out.display());
    if env::var_os("CARGO_FEATURE_DEFMT").is_some() {
        for program in ["log", "whole_log"] {
            println!("cargo:rustc-link-arg-bin={program}=-Tdefmt.x");
        }
    }
    println!("cargo:rerun-if-changed=build.rs");
}

fn write_map(folder: &Path, map: &str) {
    fs::create_dir_all(folder).expect("the output folder can be written");
    fs::write(folder.join("memory.x"), map).expect("the output folder can be written");
}

fn memory_map(target: &str) -> &'static str {
    match target {
        // microbit: nRF51822, Cortex-M0
        "thumbv6m-none-eabi" => {
            "MEMORY { FLASH : ORIGIN = 0x00000000, LENGTH = 256K\n RAM : ORIGIN = 0x20000000, LENGTH = 16K }\n"
        }
        // lm3s6965evb: Stellaris LM3S6965, Cortex-M3
        "thumbv7m-none-eabi" => {
            "MEMORY { FLASH : ORIGIN = 0x00000000, LENGTH = 256K\n RAM : ORIGIN = 0x20000000, LENGTH = 64K }\n"
        }
        // mps2-an386: Cortex-M4F
        "thumbv7em-none-eabihf" => {
            "MEMORY { FLASH : ORIGIN = 0x00000000, LENGTH = 4M\n RAM : ORIGIN = 0x20000000, LENGTH = 4M }\n"
        }
        // virt: RISC-V, everything in memory
        "riscv32imc-unknown-none-elf" => {
            "MEMORY { RAM : ORIGIN = 0x80000000, LENGTH = 16M }\n\
             REGION_ALIAS(\"REGION_TEXT\", RAM);\nREGION_ALIAS(\"REGION_RODATA\", RAM);\n\
             REGION_ALIAS(\"REGION_DATA\", RAM);\nREGION_ALIAS(\"REGION_BSS\", RAM);\n\
             REGION_ALIAS(\"REGION_HEAP\", RAM);\nREGION_ALIAS(\"REGION_STACK\", RAM);\n"
        }
        other => panic!("no board for {other}"),
    }
}
