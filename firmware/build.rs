//! Writes the memory map of the board that the target is run on.

use std::{env, fs, path::PathBuf};

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let target = env::var("TARGET").expect("cargo sets it");
    let memory = match target.as_str() {
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
    };
    fs::write(out.join("memory.x"), memory).expect("the output folder can be written");
    println!("cargo:rustc-link-search={}", out.display());
    println!("cargo:rerun-if-changed=build.rs");
}
