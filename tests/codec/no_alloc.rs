//! Nothing that encodes or decodes uses the heap: the allocator of this test counts. What `ci/core-only.sh` compiles has no heap
//! to use, but with the feature `simd` the codec has the standard library.

#![allow(unsafe_code)] // An allocator cannot be written without; the crate itself forbids it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use crate::common::fixtures::{self, EXTS, SAMPLES};
use crate::common::kind;
use crate::common::spots::whole;
use offline_push::json::{self, Decode, Encode, Members, Message, Owned, Raw};
use offline_push::{Ext, ext, tim, vivo};

/// More than any text here takes, with escapes.
const ROOM: usize = 8192;

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

/// Encodes in every way. Even a buffer that is too short is no reason to allocate.
fn encode<T: Encode>(model: &T) {
    let mut buffer = [0; ROOM];
    black_box(json::encoded_len(model));
    black_box(json::to_slice(model, &mut buffer).is_ok());
    black_box(json::to_str(model, &mut buffer).is_ok());
    black_box(json::to_heapless_vec::<_, ROOM>(model).is_ok());
    black_box(json::to_heapless_vec::<_, 16>(model).is_ok());
    black_box(json::to_slice(model, &mut buffer[..16]).is_ok());
    if let Ok(mut pieces) = json::Pieces::new(model) {
        while black_box(pieces.next(&mut buffer[..16])) > 0 {}
    }
}

/// Decodes in every way, and encodes and compares the results.
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
    let (mut in_place, mut scratch) = ([0; ROOM], [0; ROOM]);
    each::<M::Of<'_>>(text, &mut in_place[..text.len()], &mut scratch);
    if let Ok(owned) = Owned::<M, ROOM>::receive(text.as_bytes()) {
        encode(&owned);
        encode(&owned.get());
    }
}

macro_rules! decoders {
    ($($name:literal => $model:ty,)+) => {
        /// Every kind of message.
        const DECODERS: &[(&str, fn(&str))] = &[$(($name, decode::<$model>),)+];
    };
}

offline_push::__for_each_message!(decoders);

/// Decodes every kind of message from a text that is not a message of most kinds: errors count, too.
fn decode_all(text: &str) {
    DECODERS.iter().for_each(|(_, decode)| decode(text));
    decode_values(text);
}

fn decode_values(text: &str) {
    black_box(Ext::from(text).content(&mut [0; ROOM]).is_ok());
    black_box(Raw::new(text).is_ok());
    black_box(Members::new(text).map(|members| members.iter().count()).is_ok());
}

fn escaped(text: &str) -> String {
    text.replace('i', r"\u0069").replace("标", r"\u6807")
}

#[test]
fn decode_and_encode_samples() {
    for sample in SAMPLES {
        let text = fixtures::read(sample.file);
        let escaped = escaped(&text);
        let (_, decode) = DECODERS.iter().find(|(name, _)| *name == sample.kind).unwrap();
        assert_eq!(allocations(|| decode(&text)), 0, "{}", sample.file);
        assert_eq!(allocations(|| decode(&escaped)), 0, "{} with escapes", sample.file);
    }
    for file in EXTS {
        let text = fixtures::read(file);
        assert_eq!(allocations(|| decode_values(&text)), 0, "{file}");
    }
}

/// Every member of every kind, of which the samples have only some.
#[test]
fn decode_and_encode_every_member() {
    for (name, decode) in DECODERS {
        let text = whole(kind(name).description, "\"标题 with i\"");
        let escaped = escaped(&text);
        assert!(kind(name).in_place(escaped.as_bytes()).is_ok(), "{name}: {text}");
        assert_eq!(allocations(|| decode(&text)), 0, "{name}");
        assert_eq!(allocations(|| decode(&escaped)), 0, "{name} with escapes");
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
