//! A push of a stored body to a list of devices.

use super::api::{PushApi, PushKind};
use super::notification::PushMode;
use super::notification::len::{RECEIVER, REQUEST_ID_LEN};
use super::response::ListPushResponse;
use super::rules::{
    Rules, check_alias, check_app_id, check_push_mode, check_reg_id, check_request_id, check_task_id,
};
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure, present};
use crate::exchange::request;
use crate::json::description::longest;
use crate::json::value::ReadValue;
use crate::json::{List, message};

message! {
    /// Pushes the body of a stored [`ListPayload`](super::ListPayload) to 2 to 1000 devices: the body of
    /// `/message/pushToList`.
    ///
    /// vivo refuses a list with a single recipient. [`split`](Self::split) cuts a longer list so that no part has only one. For
    /// one device, send a [`Notification`](super::Notification).
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::vivo::{ListPush, ListPushResponse};
    ///
    /// // The example of vivo's own document.
    /// let reg_ids = ["12345678901234567890121", "12345678901234567890122"];
    /// let push = ListPush::new("342982232646905856", "25509283-3767-4b9e-83fe-b6e55ac6b123")
    ///     .reg_ids(List::from_slice(&reg_ids));
    /// push.check()?;
    /// let mut buffer = [0; 256];
    /// let body = json::to_slice(&push, &mut buffer)?; // POST it to ListPush::PATH
    ///
    /// let mut received =
    ///     *br#"{"result":0,"invalidUsers":[{"status":1,"userid":"12345678901234567890122"}]}"#;
    /// let reply: ListPushResponse = json::from_slice_in_place(&mut received)?;
    /// for user in reply.invalid_users.iter().flatten() {
    ///     assert_eq!(user.userid, Some(reg_ids[1])); // user.status.advice() says what to do
    /// }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "TargetMessage")]
    #[doc(alias = "pushToList")]
    pub struct ListPush<'a> {
        /// The app's id, as in [`Notification::app_id`](super::Notification::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// The recipients' regIds, 2 to 1000 (10153). `regIds` or `aliases` is required (10150); if both are set, vivo uses
        /// `regIds`. Shown as `***`.
        #[doc(alias = "regIds")]
        reg_ids: Option<List<'a, &'a str>> = "regIds" [secret],
        /// The recipients' aliases, which the app has bound, 2 to 1000 (10154). Shown as `***`.
        aliases: Option<List<'a, &'a str>> = "aliases" [secret],
        /// The task id of the stored body, from the [`TaskResponse`](super::TaskResponse) to the list payload (10151, 10152).
        /// It is text; as a number, it would exceed 2^53. A number is accepted too, and keeps all its digits.
        #[doc(alias = "taskId")]
        task_id: &'a str = "taskId" as id [public],
        /// The sender's id of this push, as in [`Notification::request_id`](super::Notification::request_id).
        #[doc(alias = "requestId")]
        request_id: &'a str = "requestId" as id [public],
        /// Formal or test push. The default is formal. One library sends this field here.
        #[doc(alias = "pushMode")]
        push_mode: Option<PushMode> = "pushMode",
    }
}

request! {
    ListPush => ListPushResponse, PushApi, "/message/pushToList",
    kind: |push| PushKind { push_mode: push.push_mode, classification: None }
}

impl<'a> ListPush<'a> {
    /// Minimum number of recipients (10153, 10154).
    pub const MIN_RECEIVERS: u32 = 2;
    /// Maximum number of recipients (10153, 10154).
    pub const MAX_RECEIVERS: u32 = 1000;

    /// Maximum length of the JSON of a push to `receivers` recipients that passes [`check`](Self::check), in bytes, without the
    /// task id. No text gives a length for the task id, so add the length of your task id. Known task ids have up to 18 digits.
    /// The `aliases` of a push with `regIds` count as empty, because vivo ignores them.
    ///
    /// ```
    /// use offline_push::vivo::ListPush;
    ///
    /// let body = [0; ListPush::max_checked_len(20) + 18];
    /// # assert!(body.len() < 20 * 515 + 700);
    /// ```
    #[must_use]
    pub const fn max_checked_len(receivers: usize) -> usize {
        let fixed = const { longest(<Self as ReadValue>::DESCRIPTION, &[("requestId", REQUEST_ID_LEN)]) };
        fixed.saturating_add(receivers.saturating_mul(RECEIVER))
    }

    /// A push without recipients. Set [`reg_ids`](field@Self::reg_ids) or [`aliases`](field@Self::aliases).
    #[must_use]
    pub const fn new(task_id: &'a str, request_id: &'a str) -> Self {
        Self { task_id, request_id, ..Self::EMPTY }
    }

    /// Splits recipients into parts of at most 1000. A part has at least two recipients, because vivo refuses a list of one.
    /// Therefore the last two parts have about the same length. A slice of one recipient stays one part, which
    /// [`check`](Self::check) refuses; send a [`Notification`](super::Notification) instead.
    ///
    /// ```
    /// use offline_push::vivo::ListPush;
    ///
    /// let reg_ids = ["12345678901234567890121"; 2001];
    /// let lengths: Vec<_> = ListPush::split(&reg_ids).map(<[_]>::len).collect();
    /// assert_eq!(lengths, [1000, 501, 500]);
    /// ```
    pub fn split<T>(receivers: &[T]) -> impl Iterator<Item = &[T]> + Clone {
        const MAX: usize = ListPush::MAX_RECEIVERS as usize;
        let mut rest = receivers;
        core::iter::from_fn(move || {
            let length = match rest.len() {
                0 => return None,
                left if left > MAX && left < 2 * MAX => left.div_ceil(2),
                left => left.min(MAX),
            };
            let (part, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(part)
        })
    }

    /// Checks the push against vivo's newest rules.
    ///
    /// The time is linear in the number of recipients. If there are more than 1000, they are only counted. Duplicate recipients are not
    /// detected.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule:
    ///
    /// - `appId` is 0.
    /// - There are no recipients, fewer than 2, or more than 1000.
    /// - A regId is empty, is longer than 256 bytes, or has characters that are not visible ASCII.
    /// - An alias is empty, or has more than 70 UTF-16 units.
    /// - The task id is empty, or has a comma or characters that are not visible ASCII.
    /// - The request id is blank, or has more than 64 UTF-16 units.
    /// - The push mode is unknown.
    ///
    /// ```
    /// use offline_push::json::List;
    /// use offline_push::vivo::ListPush;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let push = ListPush::new("342982232646905856", "request-1");
    /// assert_eq!(push.check(), Err(CheckError::new("regIds", Rule::Missing)));
    ///
    /// let push = push.reg_ids(List::from_slice(&["12345678901234567890121"]));
    /// let too_few = Rule::OutOfRange { min: 2, max: 1000 };
    /// assert_eq!(push.check(), Err(CheckError::new("regIds", too_few)));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_against(Rules::Newest)
    }

    /// Checks the push against the given version of vivo's rules. The Java SDK allows aliases of at most 40 UTF-16 units.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
        self.check_for(rules, &mut Err)
    }

    fn check_for(&self, rules: Rules, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        let given = |list: Option<List<'a, &'a str>>| list.filter(|list| !list.is_empty());
        let receivers = match (given(self.reg_ids), given(self.aliases)) {
            (Some(reg_ids), _) => check_receivers(&reg_ids, "regIds", check_reg_id),
            (None, Some(aliases)) => {
                check_receivers(&aliases, "aliases", |alias, field| check_alias(alias, rules, field))
            }
            (None, None) => Err(CheckError::new("regIds", Rule::Missing)),
        };
        receivers.or_else(&mut *broken)?;
        check_task_id(self.task_id, "taskId").or_else(&mut *broken)?;
        check_request_id(self.request_id).or_else(&mut *broken)?;
        check_push_mode(self.push_mode)
    }
}

impl CheckAll for ListPush<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        self.check_for(Rules::Newest, broken)
    }
}

/// Checks the maximum before the recipients, so that a list that is too long is counted only.
fn check_receivers(
    list: &List<'_, &str>,
    field: &'static str,
    check: impl Fn(&str, &'static str) -> Result<(), CheckError>,
) -> Result<(), CheckError> {
    let (min, max) = (i64::from(ListPush::MIN_RECEIVERS), i64::from(ListPush::MAX_RECEIVERS));
    let count = i64::try_from(list.len()).unwrap_or(i64::MAX);
    ensure(count <= max, field, Rule::OutOfRange { min, max })?;
    list.iter().try_for_each(|receiver| present(receiver, field).and_then(|()| check(receiver, field)))?;
    ensure(count >= min, field, Rule::OutOfRange { min, max })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
