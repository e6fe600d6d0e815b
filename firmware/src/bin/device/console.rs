//! How a step ends: payloads on the console, and what is not as it should be.

use core::fmt::Write;

use semihosting::println;

/// A step's end.
pub type Outcome<T> = Result<T, Failure>;

/// Why a step failed, in words. Any error becomes one by `?`.
pub struct Failure {
    reason: heapless::String<96>,
}

impl Failure {
    pub fn new(reason: impl core::fmt::Display) -> Self {
        let mut text = heapless::String::new();
        // Words beyond the capacity are lost.
        let _ = write!(text, "{reason}");
        Self { reason: text }
    }
}

impl<E: core::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

/// The value of a step that went well; of another, its name and the reason on the console.
pub fn in_step<T>(step: &str, outcome: Outcome<T>) -> Option<T> {
    outcome.map_err(|failure| println!("FAILED in step \"{step}\": {}", failure.reason)).ok()
}

/// Fails with what was expected, unless it holds.
pub fn insist(holds: bool, what: &str) -> Outcome<()> {
    if holds { Ok(()) } else { Err(Failure::new(format_args!("not as expected: {what}"))) }
}

/// Fails with the first byte that differs.
pub fn same_bytes(found: &[u8], expected: &[u8]) -> Outcome<()> {
    if found == expected {
        return Ok(());
    }
    let same = found.iter().zip(expected).take_while(|(found, expected)| found == expected).count();
    let lengths = (found.len(), expected.len());
    Err(Failure::new(format_args!(
        "byte {same} is not as expected; {} bytes came, {} were expected",
        lengths.0, lengths.1
    )))
}

/// Prints a payload as it travels.
pub fn print_payload(name: &str, payload: &[u8]) -> Outcome<()> {
    println!("{name}, {} bytes:\n{}", payload.len(), core::str::from_utf8(payload)?);
    Ok(())
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    println!("FAILED: {info}");
    firmware::board::exit(false)
}
