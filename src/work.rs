//! What reading costs, counted in tests: the bytes that are looked at, each time that they are, and those that are written.
//! Unlike time, it is the same on every machine.
//!
//! The loops count where they touch a byte, so whoever goes over the input again counts again. Programs hold nothing of it:
//! a macro does not even compute what would be counted.

/// Counts bytes that are looked at or written here.
macro_rules! looked_at {
    ($bytes:expr) => {{
        #[cfg(test)]
        $crate::work::add($bytes);
    }};
}

/// Counts a comparison: a look, and another one for each byte that both begin with.
macro_rules! compared {
    ($left:expr, $right:expr) => {{
        #[cfg(test)]
        $crate::work::add(
            1 + core::iter::zip($left, $right).take_while(|(left, right)| left == right).count(),
        );
    }};
}

pub(crate) use {compared, looked_at};

#[cfg(test)]
std::thread_local! {
    static COUNTED: core::cell::Cell<usize> = const { core::cell::Cell::new(0) };
}

#[cfg(test)]
pub(crate) fn add(bytes: usize) {
    COUNTED.with(|counted| counted.set(counted.get() + bytes));
}

/// What is done, and what it costs. Other threads do not count.
#[cfg(test)]
pub(crate) fn counted<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = COUNTED.get();
    let done = work();
    (done, COUNTED.get() - before)
}
