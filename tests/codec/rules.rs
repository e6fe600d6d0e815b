//! `CheckAll`, on random messages of every kind.

use offline_push::json;
use offline_push::{CheckAll, CheckError, ext, tim, vivo};
use proptest::prelude::*;

use crate::common::KINDS;
use crate::common::documents::{as_bytes, messages};
use crate::holds;

struct Model<T>(T);

impl<T: CheckAll> Model<T> {
    fn broken(&self) -> Vec<CheckError> {
        let mut broken = Vec::new();
        self.0.check_all(|error| broken.push(error));
        broken
    }
}

/// What the compiler takes for a message without rules.
trait WithoutRules {
    fn broken(&self) -> Vec<CheckError> {
        Vec::new()
    }
}

impl<T> WithoutRules for Model<T> {}

trait Unchecked {
    fn check(&self) -> Result<(), CheckError> {
        Ok(())
    }
}

impl<T> Unchecked for T {}

/// What `check` says of a message, and all that `check_all` says. `None` for bytes that are no message.
type Checks = fn(&mut [u8]) -> Option<(Result<(), CheckError>, Vec<CheckError>)>;

macro_rules! checks {
    ($($name:literal => $model:ty,)+) => {
        const CHECKS: &[Checks] = &[$(|bytes| {
            let model = json::from_slice_in_place::<$model>(bytes).ok()?;
            Some((model.check(), Model(model).broken()))
        },)+];
    };
}

offline_push::__for_each_message!(checks);

#[test]
fn check_all_begins_with_the_error_of_check() {
    for (kind, checks) in KINDS.iter().zip(CHECKS) {
        holds(kind.name, 200, as_bytes(messages(kind.description).boxed()), |bytes| {
            if let Some((first, all)) = checks(&mut bytes.0.clone()) {
                prop_assert_eq!(first.err(), all.first().copied(), "{:?}", all);
            }
            Ok(())
        });
    }
}
