//! What every contender has to pass before it is timed.

use serde_json::Value;

/// Panics unless `encoder` wrote exactly the expected bytes.
pub fn same_bytes(encoder: &str, written: &[u8], expected: &str) {
    assert_eq!(String::from_utf8_lossy(written), expected, "{encoder} wrote other bytes");
}

/// Panics unless `decoder` read the value that the expected document holds.
pub fn same_value(decoder: &str, read: &Value, expected: &str) {
    let expected: Value = serde_json::from_str(expected).expect("the document is JSON");
    assert_eq!(*read, expected, "{decoder} read another value");
}
