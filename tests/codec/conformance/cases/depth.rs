//! How deep values nest.

use offline_push::json::MAX_DEPTH;

use crate::conformance::case::{Case, accept_as, behind, reject, reject_as};
use crate::conformance::documented::DEPTH;

const OBJECT: &[u8] = br#"{"a":"#;
const ARRAY_AND_OBJECT: &[u8] = br#"[{"a":"#;
const OBJECT_AND_ARRAY: &[u8] = br#"{"a":["#;
/// Of arrays and objects in turn: half as many times both.
const HALF: usize = MAX_DEPTH / 2;
const _: () = assert!(MAX_DEPTH.is_multiple_of(2));

const fn nested<const LENGTH: usize>(open: &[u8], inner: &[u8], close: &[u8]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    let times = (LENGTH - inner.len()) / (open.len() + close.len());
    let mut at = 0;
    while at < LENGTH {
        let inside = times * open.len();
        bytes[at] = if at < inside {
            open[at % open.len()]
        } else if at < inside + inner.len() {
            inner[at - inside]
        } else {
            close[(at - inside - inner.len()) % close.len()]
        };
        at += 1;
    }
    bytes
}

/// So many times `open`, `inner`, and as many times `close`.
macro_rules! nested {
    ($times:expr, $open:expr, $inner:expr, $close:expr) => {
        const { &nested::<{ $times * ($open.len() + $close.len()) + $inner.len() }>($open, $inner, $close) }
    };
}

pub(super) const CASES: &[Case] = &[
    accept_as("depth_arrays_one_below", nested!(MAX_DEPTH - 1, b"[", b"", b"]"), DEPTH),
    accept_as("depth_arrays_at_the_limit", nested!(MAX_DEPTH, b"[", b"", b"]"), DEPTH),
    reject_as("depth_arrays_one_beyond", nested!(MAX_DEPTH + 1, b"[", b"", b"]"), DEPTH),
    reject_as("depth_arrays_128", nested!(128, b"[", b"", b"]"), DEPTH),
    reject_as("depth_arrays_1000", nested!(1000, b"[", b"", b"]"), DEPTH),
    accept_as("depth_arrays_of_a_number_at_the_limit", nested!(MAX_DEPTH, b"[", b"0", b"]"), DEPTH),
    accept_as("depth_arrays_of_brackets_in_a_string", nested!(MAX_DEPTH, b"[", br#""[[[""#, b"]"), DEPTH),
    accept_as(
        "depth_arrays_of_values_side_by_side",
        nested!(MAX_DEPTH - 1, b"[", b"[],{},[],{}", b"]"),
        DEPTH,
    ),
    reject_as(
        "depth_arrays_of_values_last_one_beyond",
        nested!(MAX_DEPTH - 1, b"[", b"[],[],[{}]", b"]"),
        DEPTH,
    ),
    accept_as("depth_arrays_with_spaces_at_the_limit", nested!(MAX_DEPTH, b"[ ", b"", b" ]"), DEPTH),
    reject_as("depth_arrays_with_spaces_one_beyond", nested!(MAX_DEPTH + 1, b"[ ", b"", b" ]"), DEPTH),
    accept_as("depth_objects_at_the_limit", nested!(MAX_DEPTH, OBJECT, b"0", b"}"), DEPTH),
    reject_as("depth_objects_one_beyond", nested!(MAX_DEPTH + 1, OBJECT, b"0", b"}"), DEPTH),
    accept_as(
        "depth_objects_of_an_empty_one_at_the_limit",
        nested!(MAX_DEPTH - 1, OBJECT, b"{}", b"}"),
        DEPTH,
    ),
    reject_as("depth_objects_of_an_empty_one_one_beyond", nested!(MAX_DEPTH, OBJECT, b"{}", b"}"), DEPTH),
    reject_as("depth_objects_1000", nested!(1000, OBJECT, b"0", b"}"), DEPTH),
    accept_as("depth_mixed_at_the_limit", nested!(HALF, ARRAY_AND_OBJECT, b"null", b"}]"), DEPTH),
    reject_as("depth_mixed_array_one_beyond", nested!(HALF, ARRAY_AND_OBJECT, b"[]", b"}]"), DEPTH),
    reject_as("depth_mixed_object_one_beyond", nested!(HALF, ARRAY_AND_OBJECT, b"{}", b"}]"), DEPTH),
    accept_as(
        "depth_mixed_object_first_at_the_limit",
        nested!(HALF, OBJECT_AND_ARRAY, br#""a""#, b"]}"),
        DEPTH,
    ),
    reject_as("depth_mixed_object_first_one_beyond", nested!(HALF, OBJECT_AND_ARRAY, b"{}", b"]}"), DEPTH),
    reject("depth_arrays_at_the_limit_unclosed", &[b'['; MAX_DEPTH]),
    reject("depth_arrays_one_beyond_unclosed", &[b'['; MAX_DEPTH + 1]),
    reject("depth_arrays_1000_unclosed", &[b'['; 1000]),
    reject("depth_arrays_at_the_limit_one_unclosed", nested!(MAX_DEPTH - 1, b"[", b"[", b"]")),
    reject("depth_arrays_closed_by_braces", nested!(MAX_DEPTH, b"[", b"", b"}")),
    reject("depth_mixed_closed_the_wrong_way_round", nested!(HALF, ARRAY_AND_OBJECT, b"0", b"]}")),
    behind("depth_arrays_closed_once_more", nested!(MAX_DEPTH - 1, b"[", b"[]]", b"]"), 1),
];
