//! How deep values nest.

use offline_push::json::MAX_DEPTH;

use crate::conformance::case::{Case, accept_as, behind, reject, reject_as};
use crate::conformance::documented::DEPTH;

const OBJECT: &[u8] = br#"{"a":"#;
const ARRAY_AND_OBJECT: &[u8] = br#"[{"a":"#;
const OBJECT_AND_ARRAY: &[u8] = br#"{"a":["#;

/// As many times `open` as the length leaves room for, `inner`, and as many times `close`.
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

/// The length of so many levels of brackets.
const fn arrays(levels: usize) -> usize {
    2 * levels
}

/// The length of so many levels of objects.
const fn objects(levels: usize) -> usize {
    (OBJECT.len() + 1) * levels
}

/// The length of so many levels, of arrays and objects in turn.
const fn mixed(levels: usize) -> usize {
    assert!(levels.is_multiple_of(2));
    (ARRAY_AND_OBJECT.len() + 2) * levels / 2
}

pub(super) const CASES: &[Case] = &[
    accept_as(
        "depth_arrays_one_below",
        const { &nested::<{ arrays(MAX_DEPTH - 1) }>(b"[", b"", b"]") },
        DEPTH,
    ),
    accept_as(
        "depth_arrays_at_the_limit",
        const { &nested::<{ arrays(MAX_DEPTH) }>(b"[", b"", b"]") },
        DEPTH,
    ),
    reject_as(
        "depth_arrays_one_beyond",
        const { &nested::<{ arrays(MAX_DEPTH + 1) }>(b"[", b"", b"]") },
        DEPTH,
    ),
    accept_as(
        "depth_arrays_of_a_number_at_the_limit",
        const { &nested::<{ arrays(MAX_DEPTH) + 1 }>(b"[", b"0", b"]") },
        DEPTH,
    ),
    accept_as(
        "depth_arrays_of_brackets_in_a_string_at_the_limit",
        const { &nested::<{ arrays(MAX_DEPTH) + 5 }>(b"[", br#""[[[""#, b"]") },
        DEPTH,
    ),
    accept_as(
        "depth_arrays_of_values_side_by_side_at_the_limit",
        const { &nested::<{ arrays(MAX_DEPTH - 1) + 11 }>(b"[", b"[],{},[],{}", b"]") },
        DEPTH,
    ),
    reject_as(
        "depth_arrays_of_values_side_by_side_last_one_beyond",
        const { &nested::<{ arrays(MAX_DEPTH - 1) + 10 }>(b"[", b"[],[],[{}]", b"]") },
        DEPTH,
    ),
    accept_as(
        "depth_arrays_with_spaces_at_the_limit",
        const { &nested::<{ 2 * arrays(MAX_DEPTH) }>(b"[ ", b"", b" ]") },
        DEPTH,
    ),
    reject_as(
        "depth_arrays_with_spaces_one_beyond",
        const { &nested::<{ 2 * arrays(MAX_DEPTH + 1) }>(b"[ ", b"", b" ]") },
        DEPTH,
    ),
    reject_as("depth_arrays_64", const { &nested::<{ arrays(64) }>(b"[", b"", b"]") }, DEPTH),
    reject_as("depth_arrays_65", const { &nested::<{ arrays(65) }>(b"[", b"", b"]") }, DEPTH),
    reject_as("depth_arrays_127", const { &nested::<{ arrays(127) }>(b"[", b"", b"]") }, DEPTH),
    reject_as("depth_arrays_128", const { &nested::<{ arrays(128) }>(b"[", b"", b"]") }, DEPTH),
    reject_as("depth_arrays_1000", const { &nested::<{ arrays(1000) }>(b"[", b"", b"]") }, DEPTH),
    accept_as(
        "depth_objects_at_the_limit",
        const { &nested::<{ objects(MAX_DEPTH) + 1 }>(OBJECT, b"0", b"}") },
        DEPTH,
    ),
    accept_as(
        "depth_objects_of_an_empty_one_at_the_limit",
        const { &nested::<{ objects(MAX_DEPTH - 1) + 2 }>(OBJECT, b"{}", b"}") },
        DEPTH,
    ),
    reject_as(
        "depth_objects_of_an_empty_one_one_beyond",
        const { &nested::<{ objects(MAX_DEPTH) + 2 }>(OBJECT, b"{}", b"}") },
        DEPTH,
    ),
    reject_as(
        "depth_objects_one_beyond",
        const { &nested::<{ objects(MAX_DEPTH + 1) + 1 }>(OBJECT, b"0", b"}") },
        DEPTH,
    ),
    reject_as(
        "depth_objects_two_beyond",
        const { &nested::<{ objects(MAX_DEPTH + 2) + 1 }>(OBJECT, b"0", b"}") },
        DEPTH,
    ),
    reject_as("depth_objects_1000", const { &nested::<{ objects(1000) + 1 }>(OBJECT, b"0", b"}") }, DEPTH),
    accept_as(
        "depth_mixed_at_the_limit",
        const { &nested::<{ mixed(MAX_DEPTH) + 4 }>(ARRAY_AND_OBJECT, b"null", b"}]") },
        DEPTH,
    ),
    reject_as(
        "depth_mixed_array_one_beyond",
        const { &nested::<{ mixed(MAX_DEPTH) + 2 }>(ARRAY_AND_OBJECT, b"[]", b"}]") },
        DEPTH,
    ),
    reject_as(
        "depth_mixed_object_one_beyond",
        const { &nested::<{ mixed(MAX_DEPTH) + 2 }>(ARRAY_AND_OBJECT, b"{}", b"}]") },
        DEPTH,
    ),
    accept_as(
        "depth_mixed_object_first_at_the_limit",
        const { &nested::<{ mixed(MAX_DEPTH) + 3 }>(OBJECT_AND_ARRAY, br#""a""#, b"]}") },
        DEPTH,
    ),
    reject_as(
        "depth_mixed_object_first_one_beyond",
        const { &nested::<{ mixed(MAX_DEPTH) + 2 }>(OBJECT_AND_ARRAY, b"{}", b"]}") },
        DEPTH,
    ),
    reject("depth_arrays_at_the_limit_unclosed", &[b'['; MAX_DEPTH]),
    reject("depth_arrays_one_beyond_unclosed", &[b'['; MAX_DEPTH + 1]),
    reject("depth_arrays_1000_unclosed", &[b'['; 1000]),
    reject(
        "depth_arrays_at_the_limit_one_unclosed",
        const { &nested::<{ arrays(MAX_DEPTH) - 1 }>(b"[", b"[", b"]") },
    ),
    reject("depth_arrays_closed_by_braces", const { &nested::<{ arrays(MAX_DEPTH) }>(b"[", b"", b"}") }),
    reject(
        "depth_mixed_closed_the_wrong_way_round",
        const { &nested::<{ mixed(MAX_DEPTH) + 1 }>(ARRAY_AND_OBJECT, b"0", b"]}") },
    ),
    behind(
        "depth_arrays_at_the_limit_closed_once_more",
        const { &nested::<{ arrays(MAX_DEPTH - 1) + 3 }>(b"[", b"[]]", b"]") },
        1,
    ),
];
