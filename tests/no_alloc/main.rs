//! Nothing that encodes, decodes or reads what was decoded touches the heap: the allocator of this test counts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#![allow(unsafe_code)] // An allocator cannot be written without; the crate itself forbids it.

#[path = "../common/mod.rs"]
mod common;

mod logic;
mod messages;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;
use std::num::NonZeroU32;

use common::fixtures::{self, EXTS, SAMPLES};
use offline_push::delivery::{self, Delivery, Element, NoPush, Presence};
use offline_push::ext::{ChatType, Entity, ExtContent, ExtInfo};
use offline_push::intent::Intent;
use offline_push::json::{self, Decode, Encode, List, Map, MapValue, Members, Raw};
use offline_push::registration::{Event, RegId, Registration, RegistrationAction, State, UserId};
use offline_push::tap::{ReceivedExt, Tap};
use offline_push::tim::rest::{
    FaceContent, MessageElement, Outcome, PushBatch, PushBatchResponse, Region, SendMessage, Url,
};
use offline_push::tim::{
    ApnsPayload, ErrorCode, MessagePush, OfflinePushInfo, OfflinePushSettings, OfflinePushToken,
};
use offline_push::vivo::android::{ClassName, KeepRules, ReceiverEntry};
use offline_push::vivo::{
    AuthRequest, AuthTokenLife, Certificate, ListPush, Notification, NotificationExtra, PushState,
    SendResponse, Sign, StatisticsRequest, StatisticsResponse, TagExpression, TimedDisplay,
};
use offline_push::{ClickAction, ClickEvent, Ext, Request, Response, Vendor, ext, tim, vivo};

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

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller keeps to the rules.
        unsafe { System.alloc_zeroed(layout) }
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
fn the_count_counts() {
    assert_eq!(allocations(|| drop(black_box(Box::new(1)))), 1);
    assert_eq!(allocations(|| drop(black_box(vec![0; 10]))), 1);
    assert_eq!(allocations(|| _ = black_box([0; 10])), 0);
}
