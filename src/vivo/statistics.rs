//! Statistics of pushes: how many devices received, showed and tapped them.

use core::convert::Infallible;
use core::iter;

use super::api::{PushApi, response};
use super::code::ResultCode;
use super::rules::check_task_id;
use crate::check::{CheckError, Rule, ensure};
use crate::exchange::Request;
use crate::json::show::show;
use crate::json::{List, message, sealed::Sealed};
use crate::uri_writer::UriWriter;

/// The query parameter, and the field of its rules.
const TASK_IDS: &str = "taskIds";

/// Requests the statistics of pushes: `/report/getStatistics`, a GET without a body.
///
/// ```
/// use offline_push::json::{self, List};
/// use offline_push::Request;
/// use offline_push::vivo::{StatisticsRequest, StatisticsResponse};
///
/// let task_ids = ["298475091219", "342982232646905856"];
/// let request = StatisticsRequest::new(List::from_slice(&task_ids));
/// request.check()?;
/// let mut buffer = [0; 128];
/// let path = request.path_and_query(&mut buffer)?; // GET it
/// assert_eq!(path, "/report/getStatistics?taskIds=298475091219,342982232646905856");
///
/// let reply: StatisticsResponse = json::from_str(
///     r#"{"result":0,"statistics":[{"taskId":"298475091219","send":9000,"click":200}]}"#,
/// )?;
/// let task = reply.statistics.iter().flatten().next().ok_or("no task")?;
/// assert_eq!(task.task_id, Some("298475091219"));
/// assert_eq!((task.send, task.click), (Some(9000), Some(200)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[doc(alias = "getStatistics")]
#[non_exhaustive]
pub struct StatisticsRequest<'a> {
    /// The task ids of the pushes: 1 to 100 (else vivo replies 10473 or 10471).
    #[doc(alias = "taskIds")]
    pub task_ids: List<'a, &'a str>,
}

show! { struct StatisticsRequest<'_> { task_ids [public] } }

impl Sealed for StatisticsRequest<'_> {}

impl<'a> StatisticsRequest<'a> {
    /// HTTP method.
    pub const METHOD: &'static str = "GET";
    /// Host, over HTTPS.
    pub const HOST: &'static str = super::HOST;
    /// Path below the host, without the query.
    pub const PATH: &'static str = "/report/getStatistics";
    /// Maximum number of task ids in one request (official Java SDK).
    pub const MAX_TASK_IDS: u32 = 100;

    /// A request for the statistics of these pushes. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(task_ids: List<'a, &'a str>) -> Self {
        Self { task_ids }
    }

    /// Checks the request against vivo's rules (source: the official Java SDK).
    ///
    /// # Errors
    ///
    /// There is no task id (10473), there are more than 100 (10471), or a task id is not valid: it is empty, or contains a comma or
    /// a character that is not visible ASCII. A comma would split the id into two.
    pub fn check(&self) -> Result<(), CheckError> {
        let mut count = 0;
        for task_id in self.task_ids.iter() {
            ensure(count < Self::MAX_TASK_IDS, TASK_IDS, Rule::TooMany { max: Self::MAX_TASK_IDS })?;
            count += 1;
            check_task_id(task_id, TASK_IDS)?;
        }
        ensure(count > 0, TASK_IDS, Rule::Missing)
    }
}

/// The official Java SDK and a Node client send this request as a GET.
impl Request for StatisticsRequest<'_> {
    type Api = PushApi;
    const METHOD: &'static str = Self::METHOD;
    const PATH: &'static str = Self::PATH;
    const CONTENT_TYPE: Option<&'static str> = None;
    type Body = Infallible;
    type Response<'r> = StatisticsResponse<'r>;

    /// Always `None`: the query holds the task ids.
    fn body(&self) -> Option<&Infallible> {
        None
    }

    /// Task ids are joined by commas. In an id, every character except letters, digits and `-._~` is escaped, so that an id from
    /// an untrusted source cannot change the request. This function does not check the rules; see [`check`](Self::check).
    fn write_target(&self, writer: &mut UriWriter<'_>) {
        writer.put(Self::PATH);
        writer.put("?");
        writer.put(TASK_IDS);
        writer.put("=");
        let mut separator = "";
        for task_id in self.task_ids {
            writer.put(separator);
            separator = ",";
            for character in task_id.chars() {
                match character {
                    // `put_encoded` does not escape these, but RFC 3986 reserves them.
                    '!' => writer.put("%21"),
                    '\'' => writer.put("%27"),
                    '(' => writer.put("%28"),
                    ')' => writer.put("%29"),
                    '*' => writer.put("%2A"),
                    _ => writer.put_encoded(iter::once(character), false),
                }
            }
        }
    }
}

message! {
    /// The reply to `/report/getStatistics`.
    pub struct StatisticsResponse<'a> {
        /// 0 for success, else the reason.
        result: ResultCode = "result",
        /// The result in human-readable words. May be absent.
        desc: Option<&'a str> = "desc" as lenient [public],
        /// One entry for each task. The entries are decoded during iteration.
        statistics: Option<List<'a, Statistics<'a>>> = "statistics" as lenient,
    }
}

response! { StatisticsResponse }

impl StatisticsResponse<'_> {
    /// A reply with a result and no other field.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }
}

message! {
    /// The results of one push, as numbers of devices.
    ///
    /// The names and their order are those of the published sample; the numbers are `long` in the official Java SDK. Version 3.3 of
    /// the SDK knows only five of the thirteen members: `taskId`, `send`, `receive`, `display` and `click`. So every member may be
    /// absent. The terms of the SDK explain the first six counters. No text explains the other six: their
    /// descriptions follow from their names and from the reasons in [`UserStatus`](super::UserStatus) and [`ResultCode`].
    #[doc(alias = "Statistic")]
    pub struct Statistics<'a> {
        /// Task id of the push: a decimal string, whose number can exceed 2^53. A number is accepted too, and keeps all its
        /// digits.
        #[doc(alias = "taskId")]
        task_id: Option<&'a str> = "taskId" as lenient [public],
        /// Targets (目标): devices that the push was for.
        target: Option<u64> = "target" as lenient,
        /// Valid (有效): targets that vivo can push to.
        valid: Option<u64> = "valid" as lenient,
        /// Sent (发送): devices that the push was sent to.
        send: Option<u64> = "send" as lenient,
        /// Arrived (到达): devices that received the push.
        receive: Option<u64> = "receive" as lenient,
        /// Shown (展示): devices that showed the push in the notification bar.
        display: Option<u64> = "display" as lenient,
        /// Tapped (点击): devices on which the user tapped the push.
        click: Option<u64> = "click" as lenient,
        /// Targets with an invalid id.
        #[doc(alias = "targetInvalid")]
        target_invalid: Option<u64> = "targetInvalid" as lenient,
        /// Targets that have unsubscribed: the user removed the app, cleared its data or turned push off.
        #[doc(alias = "targetUnSub")]
        target_un_sub: Option<u64> = "targetUnSub" as lenient,
        /// Targets that have been inactive for a long time.
        #[doc(alias = "targetInActive")]
        target_in_active: Option<u64> = "targetInActive" as lenient,
        /// Messages that a later message has replaced (覆盖), for example one with the same `notifyId`.
        covered: Option<u64> = "covered" as lenient,
        /// Messages that vivo did not send because of its limits (管控), for example the daily limit for each user.
        controlled: Option<u64> = "controlled" as lenient,
        /// Targets that were offline until the push expired.
        #[doc(alias = "targetOffline")]
        target_offline: Option<u64> = "targetOffline" as lenient,
    }
}

impl<'a> Statistics<'a> {
    /// A task without counters.
    #[must_use]
    pub const fn new(task_id: &'a str) -> Self {
        Self { task_id: Some(task_id), ..Self::EMPTY }
    }
}

impl Default for Statistics<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
