//! Ids of the long messages.

use std::sync::OnceLock;

/// As many ids as a push to a list may have.
pub const ID_COUNT: usize = 1000;
pub const TASK_COUNT: usize = 100;
pub const TASK_ID: &str = "342982232646905856";

/// RegIds of the old form, 23 digits each.
pub fn reg_ids() -> &'static [&'static str] {
    static IDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    IDS.get_or_init(|| (0..ID_COUNT).map(|id| leak(format!("{}{id:010}", 1_564_647_243_199_u64))).collect())
}

/// Task ids of 18 digits.
pub fn task_ids() -> &'static [&'static str] {
    static IDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    IDS.get_or_init(|| (0..TASK_COUNT).map(|id| leak(format!("3429822326469{id:05}"))).collect())
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}
