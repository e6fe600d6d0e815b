//! Scheduled pushes: `add_sched_task`, `modify_sched_task`, `delete_sched_task`, `get_sched_task`, `list_sched_task`.

use super::push::check_data_id;
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure, present, within};
use crate::exchange::request;
use crate::json::{List, Members, Raw, check_members, message};
use crate::tim::info::{known, word};
use crate::tim::rest::{
    Condition, MessageElement, PushBatch, RestApi, check_body, check_push_info, check_receivers,
    check_sender, outcome, response,
};
use crate::tim::{ErrorCode, OfflinePushInfo, Switch};

/// The kinds of a scheduled push: values of `Type`, as constants.
pub enum ScheduledType {}

impl ScheduledType {
    /// A push to all users.
    pub const ALL: &'static str = "All";
    /// A push to users that meet a condition.
    pub const TAG: &'static str = "Tag";
    /// A push to a list of users.
    pub const USER: &'static str = "User";
}

/// The members by which [`ListScheduledTasks`] sorts: values of `OrderBy`, as constants. The Chinese page (130281) writes `schedAt` and
/// `createAt` instead.
pub enum OrderBy {}

impl OrderBy {
    /// The time at which the push is sent.
    pub const SCHED_AT: &'static str = "schedat";
    /// The time at which the task was created.
    pub const CREATE_AT: &'static str = "createat";
}

message! {
    /// What a scheduled push sends: the body of [`Push`](super::Push) or, for [`ScheduledType::USER`], of [`PushBatch`], without `MsgRandom`
    /// (78839). In [`ModifyScheduledTask`], what is absent stays as it is.
    pub struct ScheduledContent<'a> {
        /// The sender. A number is read as its digits: a sample of 78842 has a number.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account" as id,
        /// The receivers of [`ScheduledType::USER`]: 1 to 500 accounts.
        #[doc(alias = "To_Account")]
        to_account: Option<List<'a, &'a str>> = "To_Account",
        /// The receivers of [`ScheduledType::TAG`].
        #[doc(alias = "Condition")]
        condition: Option<Condition<'a>> = "Condition",
        /// The server's random number, in the reply to [`GetScheduledTask`] alone: leave it out of a request.
        #[doc(alias = "MsgRandom")]
        msg_random: Option<u32> = "MsgRandom",
        /// As in [`Push`](super::Push).
        #[doc(alias = "OnlineOnlyFlag")]
        online_only_flag: Option<Switch> = "OnlineOnlyFlag",
        /// As in [`Push`](super::Push).
        #[doc(alias = "MsgBody")]
        msg_body: Option<List<'a, MessageElement<'a>>> = "MsgBody",
        /// The push.
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
        /// As in [`Push`](super::Push): at most 64 bytes.
        #[doc(alias = "DataId")]
        data_id: Option<&'a str> = "DataId",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> ScheduledContent<'a> {
    /// Content with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// A push from this sender.
    #[must_use]
    pub const fn push(from_account: &'a str, offline_push_info: OfflinePushInfo<'a>) -> Self {
        Self { from_account: Some(from_account), offline_push_info: Some(offline_push_info), ..Self::EMPTY }
    }

    /// Checks what is there. `kind` is the `Type` of the task: it decides which receivers are allowed.
    fn check_each(&self, kind: &str, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_sender(self.from_account).or_else(&mut *broken)?;
        let user = kind == ScheduledType::USER;
        ensure(user || self.to_account.is_none(), "To_Account", Rule::NotAllowed).or_else(&mut *broken)?;
        self.to_account
            .as_ref()
            .map_or(Ok(()), |accounts| check_receivers(accounts, PushBatch::MAX_RECEIVERS))
            .or_else(&mut *broken)?;
        ensure(kind == ScheduledType::TAG || self.condition.is_none(), "Condition", Rule::NotAllowed)
            .or_else(&mut *broken)?;
        self.condition.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        ensure(self.msg_random.is_none(), "MsgRandom", Rule::NotAllowed).or_else(&mut *broken)?;
        known(self.online_only_flag.map(Switch::meaning), "OnlineOnlyFlag").or_else(&mut *broken)?;
        self.msg_body.as_ref().map_or(Ok(()), |body| check_body(body, broken)).or_else(&mut *broken)?;
        check_push_info(self.offline_push_info.as_ref(), broken).or_else(&mut *broken)?;
        check_data_id(self.data_id).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }

    /// Checks what a new task requires.
    fn check_whole(&self, kind: &str, broken: &mut impl Broken) -> Result<(), CheckError> {
        let chat = self.msg_body.is_some();
        ensure(chat || self.from_account.is_some(), "From_Account", Rule::Missing).or_else(&mut *broken)?;
        ensure(kind != ScheduledType::USER || self.to_account.is_some(), "To_Account", Rule::Missing)
            .or_else(&mut *broken)?;
        ensure(kind != ScheduledType::TAG || self.condition.is_some(), "Condition", Rule::Missing)
            .or_else(&mut *broken)?;
        ensure(chat || self.offline_push_info.is_some(), "OfflinePushInfo", Rule::Missing)
    }
}

impl Default for ScheduledContent<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The body of `v4/timpush/add_sched_task`: schedules a push (78839). Error 90104 for a wrong parameter.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::OfflinePushInfo;
    /// use offline_push::tim::timpush::{AddScheduledTask, ScheduledContent, ScheduledType};
    ///
    /// let content = ScheduledContent::push("administrator", OfflinePushInfo::new().title("Sale"));
    /// let task = AddScheduledTask::new(88_888_888, ScheduledType::ALL, "2025-06-01 10:00:00", content);
    /// task.check()?;
    /// let mut buffer = [0; 256];
    /// assert_eq!(
    ///     json::to_str(&task, &mut buffer)?,
    ///     "{\"Sdkappid\":88888888,\"Type\":\"All\",\"SchedAt\":\"2025-06-01 10:00:00\",\
    ///      \"Content\":{\"From_Account\":\"administrator\",\"OfflinePushInfo\":{\"Title\":\"Sale\"}}}",
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct AddScheduledTask<'a> {
        /// The app's id in Tencent IM.
        #[doc(alias = "Sdkappid")]
        sdk_app_id: u32 = "Sdkappid",
        /// A constant of [`ScheduledType`].
        #[doc(alias = "Type")]
        task_type: &'a str = "Type" [public],
        /// When the push is sent: `YYYY-MM-DD HH:MM:SS` in UTC.
        #[doc(alias = "SchedAt")]
        sched_at: &'a str = "SchedAt" [public],
        /// What is sent.
        #[doc(alias = "Content")]
        content: ScheduledContent<'a> = "Content",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> AddScheduledTask<'a> {
    /// A task with the required fields. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(
        sdk_app_id: u32,
        task_type: &'a str,
        sched_at: &'a str,
        content: ScheduledContent<'a>,
    ) -> Self {
        Self { sdk_app_id, task_type, sched_at, content, members: None }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `Sdkappid` | not 0 |
    /// | `Type` | a constant of [`ScheduledType`] |
    /// | `SchedAt` | `YYYY-MM-DD HH:MM:SS` |
    /// | `From_Account`, `OfflinePushInfo` | required, unless there is `MsgBody` |
    /// | `To_Account` | 1 to 500 accounts for `User`, absent for others |
    /// | `Condition` | required for `Tag`, absent for others; as in [`Push::check`](super::Push::check) |
    /// | `MsgRandom` | absent |
    /// | other fields of `Content` | as in [`Push::check`](super::Push::check) |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// # Errors
    ///
    /// A field that breaks a rule; what is missing in `Content` comes before what is wrong in it.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for AddScheduledTask<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_task(self.sdk_app_id, self.task_type, broken).or_else(&mut *broken)?;
        check_time(self.sched_at, "SchedAt").or_else(&mut *broken)?;
        self.content.check_whole(self.task_type, broken).or_else(&mut *broken)?;
        self.content.check_each(self.task_type, broken).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { AddScheduledTask => ScheduledTaskResponse, RestApi, "/v4/timpush/add_sched_task" }

message! {
    /// The body of `v4/timpush/modify_sched_task`: changes the time or the content of a scheduled push (78840), as long as its
    /// state is [`PENDING`](ScheduledTask::PENDING).
    pub struct ModifyScheduledTask<'a> {
        /// The app's id in Tencent IM.
        #[doc(alias = "Sdkappid")]
        sdk_app_id: u32 = "Sdkappid",
        /// The id of the task, from the reply to [`AddScheduledTask`].
        #[doc(alias = "TaskID")]
        task_id: u64 = "TaskID",
        /// The type of the task, which cannot be changed.
        #[doc(alias = "Type")]
        task_type: &'a str = "Type" [public],
        /// When the push is sent: `YYYY-MM-DD HH:MM:SS` in UTC. Default: as before.
        #[doc(alias = "SchedAt")]
        sched_at: Option<&'a str> = "SchedAt" [public],
        /// What is sent. Default: as before.
        #[doc(alias = "Content")]
        content: Option<ScheduledContent<'a>> = "Content",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> ModifyScheduledTask<'a> {
    /// A request that changes nothing yet. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(sdk_app_id: u32, task_id: u64, task_type: &'a str) -> Self {
        Self { sdk_app_id, task_id, task_type, ..Self::EMPTY }
    }

    /// Checks the request against the rules of [`AddScheduledTask::check`], except for what may be absent here. `TaskID` must not
    /// be 0.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule. `SchedAt` is [`Rule::Missing`] if nothing is changed.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for ModifyScheduledTask<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_task(self.sdk_app_id, self.task_type, broken).or_else(&mut *broken)?;
        ensure(self.task_id != 0, "TaskID", Rule::Missing).or_else(&mut *broken)?;
        ensure(self.sched_at.is_some() || self.content.is_some(), "SchedAt", Rule::Missing)
            .or_else(&mut *broken)?;
        self.sched_at.map_or(Ok(()), |time| check_time(time, "SchedAt")).or_else(&mut *broken)?;
        self.content
            .as_ref()
            .map_or(Ok(()), |content| content.check_each(self.task_type, broken))
            .or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { ModifyScheduledTask => ScheduledTaskResponse, RestApi, "/v4/timpush/modify_sched_task" }

message! {
    /// The body of `v4/timpush/delete_sched_task`: deletes a scheduled push (78841). Error 90107 if it is being sent.
    pub struct DeleteScheduledTask<'a> {
        /// The app's id in Tencent IM.
        #[doc(alias = "Sdkappid")]
        sdk_app_id: u32 = "Sdkappid",
        /// The id of the task, from the reply to [`AddScheduledTask`].
        #[doc(alias = "TaskID")]
        task_id: u64 = "TaskID",
        /// The type of the task.
        #[doc(alias = "Type")]
        task_type: &'a str = "Type" [public],
    }
}

impl<'a> DeleteScheduledTask<'a> {
    /// Deletes this task. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(sdk_app_id: u32, task_id: u64, task_type: &'a str) -> Self {
        Self { sdk_app_id, task_id, task_type }
    }

    /// Checks the request: no number is 0, and `Type` is a constant of [`ScheduledType`].
    ///
    /// # Errors
    ///
    /// A field that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for DeleteScheduledTask<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_task(self.sdk_app_id, self.task_type, broken).or_else(&mut *broken)?;
        ensure(self.task_id != 0, "TaskID", Rule::Missing)
    }
}

request! { DeleteScheduledTask => ScheduledTaskResponse, RestApi, "/v4/timpush/delete_sched_task" }

/// Accepts an app's id that is not 0, and a known type.
fn check_task(sdk_app_id: u32, task_type: &str, broken: &mut impl Broken) -> Result<(), CheckError> {
    ensure(sdk_app_id != 0, "Sdkappid", Rule::Missing).or_else(&mut *broken)?;
    present(task_type, "Type")?;
    word(Some(task_type), &[ScheduledType::ALL, ScheduledType::TAG, ScheduledType::USER], "Type")
}

/// Accepts `YYYY-MM-DD HH:MM:SS` with months up to 12, days up to 31, and a time of day. It does not know the calendar.
fn check_time(time: &str, field: &'static str) -> Result<(), CheckError> {
    present(time, field)?;
    let &[_, _, _, _, b'-', o1, o2, b'-', d1, d2, b' ', h1, h2, b':', m1, m2, b':', s1, s2] = time.as_bytes()
    else {
        return Err(CheckError::new(field, Rule::UnknownValue));
    };
    let year = time.bytes().take(4).all(|digit| digit.is_ascii_digit());
    let in_range = [
        ([o1, o2], *b"01", *b"12"),
        ([d1, d2], *b"01", *b"31"),
        ([h1, h2], *b"00", *b"23"),
        ([m1, m2], *b"00", *b"59"),
        ([s1, s2], *b"00", *b"59"),
    ];
    // Two digits are ordered as their number.
    let rest = in_range
        .iter()
        .all(|(digits, min, max)| digits.iter().all(u8::is_ascii_digit) && (min..=max).contains(&digits));
    ensure(year && rest, field, Rule::UnknownValue)
}

message! {
    /// The reply to [`AddScheduledTask`], [`ModifyScheduledTask`] and [`DeleteScheduledTask`].
    pub struct ScheduledTaskResponse<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// The id of the task: a number, whereas the `TaskId` of a push is text. 0 on failure.
        #[doc(alias = "TaskID")]
        task_id: Option<u64> = "TaskID" as lenient,
    }
}

impl ScheduledTaskResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { ScheduledTaskResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }

message! {
    /// The body of `v4/timpush/get_sched_task`: reads a scheduled push (78842).
    pub struct GetScheduledTask<'a> {
        /// The app's id in Tencent IM.
        #[doc(alias = "Sdkappid")]
        sdk_app_id: u32 = "Sdkappid",
        /// The id of the task, from the reply to [`AddScheduledTask`].
        #[doc(alias = "TaskID")]
        task_id: u64 = "TaskID",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl GetScheduledTask<'_> {
    /// Reads this task. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(sdk_app_id: u32, task_id: u64) -> Self {
        Self { sdk_app_id, task_id, members: None }
    }

    /// Checks the request: no number is 0, and `members` contain no name of a field and no duplicates.
    ///
    /// # Errors
    ///
    /// A field that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for GetScheduledTask<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        ensure(self.sdk_app_id != 0, "Sdkappid", Rule::Missing).or_else(&mut *broken)?;
        ensure(self.task_id != 0, "TaskID", Rule::Missing).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { GetScheduledTask => GetScheduledTaskResponse, RestApi, "/v4/timpush/get_sched_task" }

message! {
    /// The reply to [`GetScheduledTask`].
    pub struct GetScheduledTaskResponse<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// The task.
        #[doc(alias = "TaskInfo")]
        task_info: Option<ScheduledTask<'a>> = "TaskInfo" as lenient,
    }
}

impl GetScheduledTaskResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { GetScheduledTaskResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }

message! {
    /// A scheduled push, in the replies to [`GetScheduledTask`] and [`ListScheduledTasks`] (78842).
    ///
    /// No page lists the members of an element of the list; this crate assumes the members below. All are optional.
    pub struct ScheduledTask<'a> {
        /// The id of the task.
        #[doc(alias = "TaskID")]
        task_id: Option<u64> = "TaskID" as lenient,
        /// The app's id in Tencent IM.
        #[doc(alias = "Sdkappid")]
        sdk_app_id: Option<u32> = "Sdkappid" as lenient,
        /// When the task was created: `YYYY-MM-DD HH:MM:SS` in UTC.
        #[doc(alias = "CreateAt")]
        create_at: Option<&'a str> = "CreateAt" as lenient [public],
        /// A constant of [`ScheduledType`].
        #[doc(alias = "Type")]
        task_type: Option<&'a str> = "Type" as lenient [public],
        /// When the push is sent: `YYYY-MM-DD HH:MM:SS` in UTC.
        #[doc(alias = "SchedAt")]
        sched_at: Option<&'a str> = "SchedAt" as lenient [public],
        /// What is sent, as in the reply: `json::from_str` reads its text as a [`ScheduledContent`].
        #[doc(alias = "Content")]
        content: Option<Raw<'a>> = "Content" as lenient,
        /// The title of the push.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title" as lenient,
        /// The text of the push.
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc" as lenient,
        /// The state of the task: [`PENDING`](Self::PENDING), or another state that no page names.
        #[doc(alias = "Status")]
        status: Option<&'a str> = "Status" as lenient [public],
        /// 0 in the sample of a task that has not been sent yet. No page says what other numbers mean.
        #[doc(alias = "DispatchSuccess")]
        dispatch_success: Option<i64> = "DispatchSuccess" as lenient,
        /// Why the push was not sent, in human-readable words; empty in the sample.
        #[doc(alias = "DispatchErr")]
        dispatch_err: Option<&'a str> = "DispatchErr" as lenient [public],
        /// The `TaskId` of the push; empty before it is sent.
        #[doc(alias = "PushTaskID")]
        push_task_id: Option<&'a str> = "PushTaskID" as lenient [public],
    }
}

impl ScheduledTask<'_> {
    /// The state of a task that has not been sent yet: only such a task can be changed.
    pub const PENDING: &'static str = "pending";

    /// A task without fields.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for ScheduledTask<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The body of `v4/timpush/list_sched_task`: lists scheduled pushes (78843).
    pub struct ListScheduledTasks<'a> {
        /// The app's id in Tencent IM.
        #[doc(alias = "Sdkappid")]
        sdk_app_id: u32 = "Sdkappid",
        /// The number of tasks to skip.
        #[doc(alias = "Offset")]
        offset: u32 = "Offset",
        /// The number of tasks to return, at least 1. No maximum is documented.
        #[doc(alias = "Want")]
        want: u32 = "Want",
        /// How tasks are sorted: a constant of [`OrderBy`].
        #[doc(alias = "OrderBy")]
        order_by: &'a str = "OrderBy" [public],
        /// Whether the earliest task comes first.
        #[doc(alias = "Asc")]
        asc: bool = "Asc",
        /// Tasks from this time on: `YYYY-MM-DD HH:MM:SS` in UTC.
        #[doc(alias = "BeginTime")]
        begin_time: &'a str = "BeginTime" [public],
        /// Tasks up to this time: `YYYY-MM-DD HH:MM:SS` in UTC.
        #[doc(alias = "EndTime")]
        end_time: &'a str = "EndTime" [public],
        /// Lists only tasks with this text; in the sample, it is the title of a push. Default: all tasks.
        #[doc(alias = "Keyword")]
        keyword: Option<&'a str> = "Keyword",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> ListScheduledTasks<'a> {
    /// The first 20 tasks between two times, the latest first. 20 is the number in the page's sample. Nothing is checked: see
    /// [`check`](Self::check).
    #[must_use]
    pub const fn new(sdk_app_id: u32, begin_time: &'a str, end_time: &'a str) -> Self {
        Self { sdk_app_id, want: 20, order_by: OrderBy::SCHED_AT, begin_time, end_time, ..Self::EMPTY }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `Sdkappid` | not 0 |
    /// | `Want` | at least 1 |
    /// | `OrderBy` | a constant of [`OrderBy`], in any letter case |
    /// | `BeginTime`, `EndTime` | `YYYY-MM-DD HH:MM:SS` |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for ListScheduledTasks<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        ensure(self.sdk_app_id != 0, "Sdkappid", Rule::Missing).or_else(&mut *broken)?;
        within(Some(self.want.into()), 1, u32::MAX.into(), "Want").or_else(&mut *broken)?;
        present(self.order_by, "OrderBy").or_else(&mut *broken)?;
        let orders = [OrderBy::SCHED_AT, OrderBy::CREATE_AT];
        let known = orders.iter().any(|order| order.eq_ignore_ascii_case(self.order_by));
        ensure(known, "OrderBy", Rule::UnknownValue).or_else(&mut *broken)?;
        check_time(self.begin_time, "BeginTime").or_else(&mut *broken)?;
        check_time(self.end_time, "EndTime").or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { ListScheduledTasks => ListScheduledTasksResponse, RestApi, "/v4/timpush/list_sched_task" }

message! {
    /// The reply to [`ListScheduledTasks`]. `Total` and `Tasks` are named in the text of 78843; no sample was available.
    pub struct ListScheduledTasksResponse<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// The number of all tasks that match the request, even those beyond `Want`.
        #[doc(alias = "Total")]
        total: Option<u64> = "Total" as lenient,
        /// The tasks.
        #[doc(alias = "Tasks")]
        tasks: Option<List<'a, ScheduledTask<'a>>> = "Tasks" as lenient,
    }
}

impl ListScheduledTasksResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { ListScheduledTasksResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }
