//! Prints what was measured: a table for people, then one line a peer for scripts.

use crate::measure::Timing;

/// The first of the timings is ours, and all ratios are to it.
pub fn print(case: &str, bytes: usize, timings: &[Timing]) {
    println!("\n{case} ({bytes} bytes)");
    println!("  {:<24}{:>12}{:>12}{:>10}", "", "median ns", "min ns", "to ours");
    for Timing { name, median, min } in timings {
        println!("  {name:<24}{median:>12.1}{min:>12.1}{:>10.2}", median / timings[0].median);
    }
    for peer in &timings[1..] {
        println!("ratio {case} {} {:.2}", peer.name, peer.median / timings[0].median);
    }
}
