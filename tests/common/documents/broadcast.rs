//! What vivo's server speaks about pushes to many, and their statistics.

use super::Field;
use super::Shape::{Id, Int, Objects, Text, Texts};
use super::vivo::INVALID_USER;

pub(super) const TASK_RESPONSE: &[Field] = &[("result", Int), ("desc", Text), ("taskId", Id)];
pub(super) const LIST_PUSH: &[Field] = &[
    ("appId", Int),
    ("regIds", Texts),
    ("aliases", Texts),
    ("taskId", Id),
    ("requestId", Id),
    ("pushMode", Int),
];
pub(super) const LIST_PUSH_RESPONSE: &[Field] =
    &[("requestId", Id), ("result", Int), ("desc", Text), ("invalidUsers", Objects(INVALID_USER))];
pub(super) const STATISTICS: &[Field] = &[
    ("taskId", Id),
    ("target", Int),
    ("valid", Int),
    ("send", Int),
    ("receive", Int),
    ("display", Int),
    ("click", Int),
    ("targetInvalid", Int),
    ("targetUnSub", Int),
    ("targetInActive", Int),
    ("covered", Int),
    ("controlled", Int),
    ("targetOffline", Int),
];
pub(super) const STATISTICS_RESPONSE: &[Field] =
    &[("result", Int), ("desc", Text), ("statistics", Objects(STATISTICS))];
