#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| offline_push_fuzz::holds("vivo_requests", bytes));
