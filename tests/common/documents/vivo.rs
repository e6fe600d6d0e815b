//! What vivo's server speaks.

use super::Field;
use super::Shape::{Any, Id, Int, Map, Object, Switch, Text, Texts};

pub(super) const AUTH_REQUEST: &[Field] =
    &[("appId", Int), ("appKey", Text), ("timestamp", Int), ("sign", Text)];
pub(super) const AUTH_RESPONSE: &[Field] = &[("result", Int), ("desc", Text), ("authToken", Text)];
pub(super) const INVALID_USER: &[Field] = &[("status", Int), ("userid", Id)];
pub(super) const SEND_RESPONSE: &[Field] =
    &[("result", Int), ("desc", Text), ("taskId", Id), ("invalidUser", Object(INVALID_USER))];
pub(super) const EXTRA: &[Field] = &[("callback", Text), ("callback.param", Text), ("callback.id", Id)];
pub(super) const TIMED: &[Field] =
    &[("overtimeDisplay", Switch), ("showStartTime", Int), ("showEndTime", Int)];
pub(super) const TAGS: &[Field] = &[("orTags", Texts), ("andTags", Texts), ("notTags", Texts)];
pub(super) const NOTIFICATION: &[Field] = &[
    ("appId", Int),
    ("regId", Text),
    ("notifyType", Int),
    ("title", Text),
    ("content", Text),
    ("timeToLive", Int),
    ("skipContent", Text),
    ("networkType", Int),
    ("clientCustomMap", Map),
    ("extra", Object(EXTRA)),
    ("requestId", Id),
    ("notifyId", Int),
    ("sendOnline", Switch),
    ("timedDisplay", Object(TIMED)),
    ("auditReview", Any),
    ("tagExpression", Object(TAGS)),
];
pub(super) const RECEIPT: &[Field] =
    &[("targets", Text), ("ackTime", Int), ("param", Text), ("ackType", Id), ("subAckType", Id)];
