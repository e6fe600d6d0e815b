//! Our encoder and decoders beside other JSON crates, in one process and on the same values.
//!
//! `cargo bench -p peers [-- [OPTIONS] [FILTER]]` runs the cases whose name contains the filter, prints a table for each,
//! and two lines a peer: `ratio CASE PEER NUMBER`, the peer's median time over ours, and `ratio-min` with the shortest times.
//! Before a contender is timed, what it writes or reads is compared with what all others do.
//!
//! - `--check` times nothing.
//! - `--markdown` prints one table of all cases instead: the one in `docs/benchmarks.md`.
//! - `--svg FILE` draws the chart, too; without `--markdown` it runs only the cases of the chart.
//! - `--instructions ROUNDS` runs ours of one case, of which the filter is the whole name, and times nothing. Under
//!   `valgrind --tool=callgrind`, the difference between two numbers of rounds is free of what the start costs.

mod chart;
mod check;
mod decode;
mod encode;
mod ids;
mod in_place;
mod jzon_model;
mod long;
mod long_models;
mod measure;
mod models;
mod orders;
mod ours;
mod ours_long;
mod pairs;
mod payload;
mod reader;
mod report;
mod suite;

use models::Borrowed;
use payload::{ASCII, ESC, Payload, SHORT, ZH};
use suite::Suite;

fn main() {
    let suite = Suite::from_args(std::env::args().skip(1));
    eprintln!("pin this process to one core for steady numbers: taskset -c 1 cargo bench -p peers");
    let long = payload::long();
    for payload in [&ZH, &ASCII, &ESC, &SHORT, &long] {
        encode::run(&suite, payload, &document(payload));
    }
    for payload in [&ZH, &ESC] {
        encode::run_length(&suite, payload, &document(payload));
    }
    for payload in [&ZH, &ASCII] {
        decode::run(&suite, payload.name, &document(payload));
    }
    for payload in [&SHORT, &long] {
        let document = &document(payload);
        decode::case_str(&suite, &format!("decode-str-{}", payload.name), document.as_str().into(), document);
    }
    in_place::run(&suite, ESC.name, &document(&ESC));
    decode::run_reply(&suite);
    in_place::run_reply(&suite);
    long::run(&suite);
    suite.finish();
}

/// The JSON that every encoder has to write for a payload.
fn document(payload: &Payload) -> String {
    serde_json::to_string(&Borrowed::of(payload)).expect("the value is JSON")
}
