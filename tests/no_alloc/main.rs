//! Nothing that encodes or decodes touches the heap: the allocator of this test counts. What `ci/core-only.sh` compiles has no heap
//! to touch; with feature `simd` the codec has the standard library.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#![allow(unsafe_code)] // An allocator cannot be written without; the crate itself forbids it.

#[path = "../common/mod.rs"]
mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use common::fixtures::{self, EXTS, SAMPLES};
use offline_push::json::{self, Decode, Encode, Members, Message, Owned, Raw};
use offline_push::{Ext, ext, tim, vivo};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    ALLOCATIONS.with(|allocations| allocations.set(allocations.get() + 1));
}

// SAFETY: everything is passed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller keeps to the rules.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller keeps to the rules.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps to the rules.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often this thread has allocated while the work was done.
fn allocations(work: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    work();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn allocations_are_counted() {
    assert_eq!(allocations(|| drop(black_box(Box::new(1)))), 1);
    assert_eq!(allocations(|| drop(black_box(vec![0; 10]))), 1);
    assert_eq!(allocations(|| _ = black_box([0; 10])), 0);
}

/// Encodes in every way; a buffer that is too short is no reason to allocate, either.
fn encode<T: Encode>(model: &T) {
    let mut buffer = [0; 4096];
    black_box(json::encoded_len(model));
    black_box(json::to_slice(model, &mut buffer).is_ok());
    black_box(json::to_str(model, &mut buffer).is_ok());
    black_box(json::to_heapless_vec::<_, 4096>(model).is_ok());
    black_box(json::to_heapless_vec::<_, 16>(model).is_ok());
    black_box(json::to_slice(model, &mut buffer[..16]).is_ok());
    if let Ok(mut pieces) = json::Pieces::new(model) {
        while black_box(pieces.next(&mut buffer[..16])) > 0 {}
    }
}

/// Decodes in every way, and encodes and compares what comes of it.
fn decode<M: Message>(text: &str) {
    fn each<'a, T: Decode<'a> + Encode + Clone + PartialEq>(
        text: &'a str,
        in_place: &'a mut [u8],
        scratch: &'a mut [u8],
    ) {
        let encoded =
            |model: Result<T, _>| model.map(|model| (encode(&model), black_box(&model) == &model)).is_ok();
        black_box(encoded(json::from_str(text)));
        black_box(encoded(json::from_slice(text.as_bytes())));
        black_box(encoded(json::from_prefix(text).map(|(model, _)| model)));
        in_place.copy_from_slice(text.as_bytes());
        black_box(encoded(json::from_slice_in_place(in_place)));
        black_box(encoded(json::from_slice_with_scratch(text.as_bytes(), scratch)));
    }
    let (mut in_place, mut scratch) = ([0; 4096], [0; 4096]);
    each::<M::Of<'_>>(text, &mut in_place[..text.len()], &mut scratch);
    if let Ok(owned) = Owned::<M, 4096>::receive(text.as_bytes()) {
        encode(&owned);
        encode(&owned.get());
    }
}

macro_rules! decode_each {
    ($($name:literal => $model:ty,)+) => {
        /// Every kind of message out of every text, most of which are no message of the kind: errors count, too.
        fn decode_all(text: &str) {
            $(decode::<$model>(text);)+
            black_box(Ext::from(text).content(&mut [0; 4096]).is_ok());
            black_box(Raw::new(text).is_ok());
            black_box(Members::new(text).map(|members| members.iter().count()).is_ok());
        }
    };
}

offline_push::__for_each_message!(decode_each);

#[test]
fn decode_and_encode_samples() {
    let files = SAMPLES.iter().map(|sample| sample.file).chain(EXTS.iter().copied());
    for file in files {
        let text = fixtures::read(file);
        let escaped = text.replace('i', r"\u0069").replace("标", r"\u6807");
        assert_eq!(allocations(|| decode_all(&text)), 0, "{file}");
        assert_eq!(allocations(|| decode_all(&escaped)), 0, "{file} with escapes");
    }
}

#[test]
fn decode_hostile_input() {
    let deep = "[".repeat(2000);
    let deep_member = format!(r#"{{"result":0,"new":{}"#, r#"{"a":"#.repeat(500));
    for input in [
        "",
        "{",
        "{\"result\":",
        r#"{"result":0,"desc":"\"#,
        r#"{"result":0,"desc":"\ud83d"}"#,
        r#"{"result":99999999999999999999999999}"#,
        r#"{"title":"\u0041\x"}"#,
        &deep,
        &deep_member,
    ] {
        assert_eq!(allocations(|| decode_all(input)), 0, "{input}");
    }
}
