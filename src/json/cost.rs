//! Decoding takes work in proportion to its input, and no error takes more than success. Work is what [`crate::work`] counts.

mod input;
mod kinds;
mod many;
mod ways;

use std::thread;
use std::vec::Vec;

use super::{from_slice_in_place, from_str};
use crate::vivo::{ResultCode, SendResponse};
use crate::work::counted;
use input::{Input, Outcome};
use kinds::of_every_kind;
use many::of_many;
use ways::Way;

/// Length of what grows, where it begins to.
const SHORTEST: usize = 1024;
/// A stack for messages of a mebibyte that own their bytes.
const ROOM: usize = 64 << 20;
/// What may be added to a bound: what stands around that which grows, and blocks that reach over its end.
const AROUND: usize = 512;

fn with_room(run: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(ROOM).spawn(run).unwrap().join().unwrap();
}

/// Doubles inputs, as often as that: what they cost is doubled at most, and so much a byte.
fn grows_with_its_length(inputs: Vec<Input>, doublings: u32) {
    with_room(move || {
        let ways = inputs.iter().flat_map(|input| Way::ALL.map(|way| (input, way)));
        for (input, way) in ways {
            let count = input.count(SHORTEST);
            let mut before = None;
            for doubling in 0..=doublings {
                let bytes = input.whole(count << doubling);
                let cost = (input.decode)(way, &bytes).unwrap();
                let of = || std::format!("{}, {way:?}, {} bytes", input.name, bytes.len());
                assert!(cost.decoding <= input.times * bytes.len() + AROUND, "{}: {cost:?}", of());
                assert!(cost.reading <= input.times * bytes.len() + AROUND, "{}: {cost:?}", of());
                if let Some((decoding, reading)) = before {
                    assert!(cost.decoding <= 2 * decoding + AROUND, "{}: {decoding}, {cost:?}", of());
                    assert!(cost.reading <= 2 * reading + AROUND, "{}: {reading}, {cost:?}", of());
                }
                if matches!(way, Way::InPlace | Way::Escaped | Way::Owned) {
                    assert_eq!(cost.error.is_some(), input.outcome != Outcome::Read, "{}: {cost:?}", of());
                }
                before = Some((cost.decoding, cost.reading));
            }
        }
    });
}

#[test]
fn work_grows_with_the_length_of_what_is_in_a_message() {
    grows_with_its_length(of_every_kind(), 4);
}

#[test]
fn work_grows_with_the_number_of_elements() {
    grows_with_its_length(of_many(), 5);
}

#[test]
fn work_grows_so_up_to_a_mebibyte() {
    // A few of them; all would take minutes.
    let few = of_every_kind().into_iter().step_by(97).chain(of_many().into_iter().step_by(13));
    grows_with_its_length(few.collect(), 10);
}

#[test]
fn a_million_unknown_keys_cost_as_much_each_as_a_thousand() {
    let keys = |count: usize| {
        let mut text = std::string::String::from("{\"result\":0");
        (0..count).for_each(|_| text.push_str(",\"resulz\":1"));
        text + "}"
    };
    let cost = |text: &str| {
        let (reply, read) = counted(|| from_str::<SendResponse<'_>>(text).map(|reply| reply.result));
        let mut bytes = text.as_bytes().to_vec();
        let in_place = || from_slice_in_place::<SendResponse<'_>>(&mut bytes).map(|reply| reply.result);
        let (same, written) = counted(in_place);
        assert_eq!((reply, same), (Ok(ResultCode::SUCCESS), Ok(ResultCode::SUCCESS)));
        [read, written]
    };
    let (thousand, million) = (cost(&keys(1_000)), cost(&keys(1_000_000)));
    for (thousand, million) in thousand.into_iter().zip(million) {
        assert!(million <= 1_000 * thousand, "{thousand}, {million}");
    }
}

#[test]
fn what_is_refused_in_front_takes_the_same_whatever_follows() {
    with_room(|| {
        for input in of_every_kind().into_iter().filter(|input| input.outcome == Outcome::RefusedInFront) {
            let count = input.count(SHORTEST);
            let costs = [1, 64].map(|times| {
                let bytes = input.whole(times * count);
                let [text, slice] =
                    [Way::Text, Way::Slice].map(|way| (input.decode)(way, &bytes).unwrap().decoding);
                // That it is UTF-8 is seen first.
                assert_eq!(slice, text + bytes.len(), "{}", input.name);
                text
            });
            assert_eq!(costs[0], costs[1], "{}", input.name);
        }
    });
}

/// Breaks inputs, and compares with the same that is not broken.
fn errors_cost_no_more(inputs: Vec<Input>) {
    with_room(move || {
        for input in inputs.into_iter().filter(|input| input.outcome == Outcome::Read).map(Input::escaped) {
            let count = input.count(SHORTEST);
            let (read, broken) = (input.read(count), input.broken(count));
            for way in Way::ALL {
                let costs = read.iter().filter_map(|bytes| (input.decode)(way, bytes));
                let success = costs.filter(|cost| cost.error.is_none()).map(|cost| cost.decoding).max();
                // Else it is refused for an escape, in front of the fault.
                let Some(success) = success else { continue };
                for (fault, bytes) in &broken {
                    let Some(cost) = (input.decode)(way, bytes) else { continue };
                    let of = || std::format!("{}, {way:?}, {fault}: {cost:?}, {success}", input.name);
                    assert!(cost.error.is_some() || way == Way::Prefix, "{}", of());
                    assert!(cost.decoding <= success + input.fault(count), "{}", of());
                }
            }
        }
    });
}

#[test]
fn no_error_takes_more_work_than_success() {
    errors_cost_no_more(of_every_kind());
}

#[test]
fn no_error_among_many_elements_takes_more_work_than_success() {
    errors_cost_no_more(of_many());
}
