//! Prints what was measured: a table for people, then two lines a peer for scripts.

use crate::measure::Timing;

/// The first of the timings is ours, and all ratios are to it.
pub fn print(case: &str, bytes: usize, timings: &[Timing]) {
    let ours = &timings[0];
    println!("\n{case} ({bytes} bytes)");
    println!("  {:<24}{:>12}{:>12}{:>12}{:>12}", "", "median ns", "min ns", "median/ours", "min/ours");
    for Timing { name, median, min } in timings {
        let (by_median, by_min) = (median / ours.median, min / ours.min);
        println!("  {name:<24}{median:>12.1}{min:>12.1}{by_median:>12.2}{by_min:>12.2}");
    }
    for peer in &timings[1..] {
        println!("ratio {case} {} {:.2}", peer.name, peer.median / ours.median);
        println!("ratio-min {case} {} {:.2}", peer.name, peer.min / ours.min);
    }
}
