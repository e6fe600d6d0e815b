//! Prints what was measured.

use crate::measure::Timing;

/// What one case has taken.
pub struct Measured {
    pub name: String,
    pub bytes: usize,
    /// The first is ours, and all ratios are to it.
    pub timings: Vec<Timing>,
}

impl Measured {
    /// The shortest time of a peer over ours: of its fastest way, where it has several to do the job, which are called
    /// `sonic-rs`, `sonic-rs-str` and so on. Other work on the machine lengthens a median, but seldom all samples.
    pub fn ratio(&self, peer: &str) -> Option<f64> {
        let is_of = |name: &str| {
            name.strip_prefix(peer).is_some_and(|way| way.is_empty() || way.starts_with(['-', '+']))
        };
        let ways = self.timings.iter().skip(1).filter(|timing| is_of(timing.name));
        ways.map(|timing| timing.min / self.timings[0].min).min_by(f64::total_cmp)
    }
}

/// A table for people, then two lines a peer for scripts.
pub fn print(Measured { name: case, bytes, timings }: &Measured) {
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

/// One table of all cases.
pub fn markdown(cases: &[Measured]) {
    const PEERS: [&str; 7] =
        ["sonic-rs", "serde_json", "simd-json", "jzon-rs", "serde-json-core", "to_slice", "memcpy"];
    println!("| case | bytes | ours, ns | {} |", PEERS.join(" | "));
    println!("|---|--:|--:|{}", "--:|".repeat(PEERS.len()));
    for case in cases {
        let cell = |peer| case.ratio(peer).map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        let cells: Vec<String> = PEERS.into_iter().map(cell).collect();
        println!("| `{}` | {} | {:.0} | {} |", case.name, case.bytes, case.timings[0].min, cells.join(" | "));
    }
}
