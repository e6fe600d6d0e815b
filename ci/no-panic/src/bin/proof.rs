//! Calls every function with the text of every file that is named. That it links is the proof.

fn main() -> std::io::Result<()> {
    for file in std::env::args_os().skip(1) {
        no_panic_proof::each(&std::fs::read_to_string(file)?);
    }
    Ok(())
}
