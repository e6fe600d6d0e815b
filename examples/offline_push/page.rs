//! Prints numbered steps, notes and payloads.

use offline_push::json::{self, Encode};

use crate::Outcome;

pub(crate) fn step(number: u32, title: &str) {
    println!("\n\n{number}. {title}");
}

pub(crate) fn note(text: &str) {
    println!();
    line(text);
}

pub(crate) fn line(text: &str) {
    println!("   {text}");
}

/// Text of several lines, each indented.
pub(crate) fn block(text: &str) {
    println!();
    text.lines().for_each(|text| line(&format!("  {text}")));
}

/// Encodes a message into a buffer and prints it.
pub(crate) fn show<'b>(name: &str, message: &impl Encode, buffer: &'b mut [u8]) -> Outcome<&'b mut [u8]> {
    let room = buffer.len();
    let json = json::to_slice(message, buffer)?;
    note(&format!("{name}: {} bytes in a buffer of {room}", json.len()));
    println!("{}", str::from_utf8(json)?);
    Ok(json)
}

/// Prints a reply, and puts it into the buffer.
pub(crate) fn receive<'b>(reply: &str, buffer: &'b mut [u8]) -> Outcome<&'b mut [u8]> {
    note(&format!("received: {} bytes in a buffer of {}", reply.len(), buffer.len()));
    println!("{reply}");
    let received = buffer.get_mut(..reply.len()).ok_or("the receive buffer is too short")?;
    received.copy_from_slice(reply.as_bytes());
    Ok(received)
}
