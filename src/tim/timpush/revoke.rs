//! `revoke`: revokes a push.

use super::reply::StatusResponse;
use crate::check::{Broken, CheckAll, CheckError, present};
use crate::exchange::request;
use crate::json::{Members, check_members, message};
use crate::tim::OfflinePushInfo;
use crate::tim::rest::{RestApi, check_push_info};

message! {
    /// The body of `v4/timpush/revoke`: revokes a push of [`Push`](super::Push) (60571).
    ///
    /// If the push has not been sent to a phone yet, it is not sent. If a phone already shows it, the push in this request replaces
    /// it on APNs, FCM (notification mode), Huawei and Honor; other vendors cannot replace it. A chat message is recalled, too. A
    /// push can be revoked within 24 hours from its start (error 90052), and only once (90050). One push can be revoked per second
    /// (90051). Whether a task of [`PushBatch`](crate::tim::rest::PushBatch) can be revoked is not documented.
    pub struct Revoke<'a> {
        /// The id of the push, from its reply (error 90049).
        #[doc(alias = "TaskId")]
        task_id: &'a str = "TaskId" [public],
        /// What replaces the push on a phone that already shows it. The page of 2025-12 requires this field. The page of 2024-07
        /// requires it only if the push was not stored (error 90053).
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> Revoke<'a> {
    /// A request with the fields that the newest page requires. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(task_id: &'a str, offline_push_info: OfflinePushInfo<'a>) -> Self {
        Self { task_id, offline_push_info: Some(offline_push_info), members: None }
    }

    /// Checks the request against the rules on which both pages agree:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `TaskId` | not empty |
    /// | `OfflinePushInfo` | [passes](OfflinePushInfo::check) |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for Revoke<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        present(self.task_id, "TaskId").or_else(&mut *broken)?;
        check_push_info(self.offline_push_info.as_ref(), broken).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { Revoke => StatusResponse, RestApi, "/v4/timpush/revoke" }
