//! A stored body, pushed to a list of devices.

use super::api::PushApi;
use super::notification::PushMode;
use super::response::ListPushResponse;
use super::rules::lengths::{RECEIVER, REQUEST_ID_LEN};
use super::rules::{
    Rules, check_alias, check_app_id, check_push_mode, check_reg_id, check_request_id, check_task_id,
};
use crate::check::{CheckError, Rule, ensure, present};
use crate::exchange::request;
use crate::json::description::longest;
use crate::json::value::ReadValue;
use crate::json::{List, message};

message! {
    /// The body of `/message/pushToList`: pushes what a [`ListPayload`](super::ListPayload) stored to 2 to 1000 devices.
    ///
    /// To one device goes a [`Notification`](super::Notification) by itself. So split what is longer into lists of about the
    /// same length: 1001 regIds into 500 and 501, as 1000 would leave one that no list push takes.
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::vivo::{ListPush, ListPushResponse};
    ///
    /// // The example of vivo's own document.
    /// let reg_ids = ["12345678901234567890121", "12345678901234567890122"];
    /// let mut push = ListPush::new("342982232646905856", "25509283-3767-4b9e-83fe-b6e55ac6b123");
    /// push.reg_ids = Some(List::from_slice(&reg_ids));
    /// push.check()?;
    /// let mut body = [0; 256];
    /// let body = json::to_slice(&push, &mut body)?; // POST it to ListPush::PATH
    ///
    /// let mut received = *br#"{"result":0,"invalidUsers":[{"status":1,"userid":"12345678901234567890122"}]}"#;
    /// let reply: ListPushResponse = json::from_slice_in_place(&mut received)?;
    /// for user in reply.invalid_users.iter().flatten() {
    ///     assert_eq!(user.userid, Some("12345678901234567890122")); // and user.status.advice() says what to do
    /// }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "TargetMessage")]
    #[doc(alias = "pushToList")]
    pub struct ListPush<'a> {
        /// The app's id, as in [`Notification::app_id`](super::Notification::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// To whom: 2 to 1000 regIds (10153). Those or `aliases` are needed (10150); with both, these count. Shown as
        /// `***`.
        #[doc(alias = "regIds")]
        reg_ids: Option<List<'a, &'a str>> = "regIds" [secret],
        /// To whom: 2 to 1000 aliases that the app has bound (10154). Shown as `***`.
        aliases: Option<List<'a, &'a str>> = "aliases" [secret],
        /// What: the task id of the [`TaskResponse`](super::TaskResponse) to the list payload (10151, 10152). Text, beyond
        /// 2^53; one sent as a number keeps its digits.
        #[doc(alias = "taskId")]
        task_id: &'a str = "taskId" as id,
        /// The sender's id of this push, as in [`Notification::request_id`](super::Notification::request_id).
        #[doc(alias = "requestId")]
        request_id: &'a str = "requestId" as id,
        /// Formal or test; default formal. One library sends it here.
        #[doc(alias = "pushMode")]
        push_mode: Option<PushMode> = "pushMode",
    }
}

request! { ListPush => ListPushResponse, PushApi, "/message/pushToList" }

impl<'a> ListPush<'a> {
    /// A list has at least so many receivers (10153, 10154).
    pub const MIN_RECEIVERS: u32 = 2;
    /// A list has at most so many receivers (10153, 10154).
    pub const MAX_RECEIVERS: u32 = 1000;

    /// Longest JSON of a push to so many receivers that passes [`check`](Self::check), in bytes, without its task id, for which
    /// no text gives a length: add that of yours. Task ids that were seen have up to 18 digits. The `aliases` of a push that
    /// has `regIds` count as empty, since vivo does not look at them.
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

    /// A push without receivers yet.
    #[must_use]
    pub const fn new(task_id: &'a str, request_id: &'a str) -> Self {
        Self { task_id, request_id, ..Self::EMPTY }
    }

    /// Holds the push against vivo's newest rules.
    ///
    /// Takes linear time, for 1000 receivers at most. That a receiver comes twice is not noticed.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule: an app id of 0, no receivers, fewer than 2 or more
    /// than 1000, a regId that is empty, longer than 256 bytes or not of visible ASCII, an empty alias or one of more than 70
    /// UTF-16 units, a task id that is empty, not of visible ASCII or holds a comma, a request id that is blank or longer than
    /// 64, an unknown push mode.
    ///
    /// ```
    /// use offline_push::json::List;
    /// use offline_push::vivo::ListPush;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let mut push = ListPush::new("342982232646905856", "request-1");
    /// assert_eq!(push.check(), Err(CheckError::new("regIds", Rule::Missing)));
    /// push.reg_ids = Some(List::from_slice(&["12345678901234567890121"]));
    /// assert_eq!(push.check(), Err(CheckError::new("regIds", Rule::OutOfRange { min: 2, max: 1000 })));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_against(Rules::Newest)
    }

    /// Holds the push against the rules of a text of your choice: the Java SDK's aliases have at most 40 units.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
        check_app_id(self.app_id)?;
        let given = |list: Option<List<'a, &'a str>>| list.filter(|list| !list.is_empty());
        match (given(self.reg_ids), given(self.aliases)) {
            (Some(reg_ids), _) => check_receivers(&reg_ids, "regIds", check_reg_id)?,
            (None, Some(aliases)) => {
                check_receivers(&aliases, "aliases", |alias, field| check_alias(alias, rules, field))?;
            }
            (None, None) => return Err(CheckError::new("regIds", Rule::Missing)),
        }
        check_task_id(self.task_id, "taskId")?;
        check_request_id(self.request_id)?;
        check_push_mode(self.push_mode)
    }
}

/// Counts first, so that a longer list is not gone through.
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
