//! What apps pass through.

use super::Field;
use super::Shape::{Any, Id, Int, Object, Text};

pub(super) const FEATURES: &[Field] = &[("fcmPushType", Int), ("fcmNotificationType", Int)];
pub(super) const ENTITY: &[Field] = &[
    ("version", Int),
    ("chatType", Int),
    ("action", Int),
    ("sender", Id),
    ("nickname", Text),
    ("content", Text),
    ("sendTime", Int),
    ("customData", Any),
];
pub(super) const EXT_INFO: &[Field] = &[("entity", Object(ENTITY)), ("timPushFeatures", Object(FEATURES))];
