#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| offline_push_fuzz::holds("documents", bytes));
