//! The program sends every push, although the task that authenticated was aborted.

use std::process::Command;

#[test]
fn server_sends_every_push() {
    let ran = Command::new(env!("CARGO_BIN_EXE_server")).output().expect("it starts");
    let shown = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && shown.contains("all sent, after "), "{shown}");
}
