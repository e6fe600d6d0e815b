//! What became of pushes, counted.

use core::convert::Infallible;
use core::iter;

use super::api::{PushApi, response};
use super::code::ResultCode;
use super::rules::check_task_id;
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule, ensure};
use crate::exchange::Request;
use crate::json::{List, message, sealed::Sealed};
use crate::uri_writer::UriWriter;

/// The query parameter, and the field of its rules.
const TASK_IDS: &str = "taskIds";

/// Asks for the statistics of pushes: `/report/getStatistics`, a GET without a body.
///
/// ```
/// use offline_push::json::{self, List};
/// use offline_push::Request;
/// use offline_push::vivo::{StatisticsRequest, StatisticsResponse};
///
/// let task_ids = ["298475091219", "342982232646905856"];
/// let request = StatisticsRequest::new(List::from_slice(&task_ids));
/// request.check()?;
/// let mut path = [0; 128];
/// assert_eq!(
///     request.path_and_query(&mut path)?, // GET it
///     "/report/getStatistics?taskIds=298475091219,342982232646905856"
/// );
///
/// let reply: StatisticsResponse =
///     json::from_str(r#"{"result":0,"statistics":[{"taskId":"298475091219","send":9000,"click":200}]}"#)?;
/// let task = reply.statistics.iter().flatten().next().ok_or("no task")?;
/// assert_eq!((task.task_id, task.send, task.click), (Some("298475091219"), Some(9000), Some(200)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[doc(alias = "getStatistics")]
pub struct StatisticsRequest<'a> {
    /// Which pushes: 1 to 100 task ids (10473, 10471).
    #[doc(alias = "taskIds")]
    pub task_ids: List<'a, &'a str>,
}

impl Sealed for StatisticsRequest<'_> {}

impl<'a> StatisticsRequest<'a> {
    /// HTTP method.
    pub const METHOD: &'static str = "GET";
    /// Host, over HTTPS.
    pub const HOST: &'static str = super::HOST;
    /// Path below the host, without the query.
    pub const PATH: &'static str = "/report/getStatistics";
    /// At most so many task ids in one request, says the official Java SDK.
    pub const MAX_TASK_IDS: u32 = 100;

    /// A request about these pushes.
    #[must_use]
    pub const fn new(task_ids: List<'a, &'a str>) -> Self {
        Self { task_ids }
    }

    /// Holds the request against vivo's rules, which are those of the official Java SDK.
    ///
    /// # Errors
    ///
    /// No task id (10473), more than 100 (10471), or one that is empty, not of visible ASCII or holds a comma, which would make
    /// two of it.
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

/// The official Java SDK and a Node client send it as a GET.
impl Request for StatisticsRequest<'_> {
    type Api = PushApi;
    const METHOD: &'static str = Self::METHOD;
    const PATH: &'static str = Self::PATH;
    const CONTENT_TYPE: Option<&'static str> = None;
    type Body = Infallible;
    type Response<'r> = StatisticsResponse<'r>;

    /// None: the path says everything.
    fn body(&self) -> Option<&Infallible> {
        None
    }

    /// Writes path and query into the start of a buffer.
    ///
    /// Task ids are joined by commas; whatever else is not a letter, a digit or one of `-._~` is escaped, so that an id from
    /// elsewhere cannot change the request. The rules are [`check`](Self::check)'s affair.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] says how many bytes are needed.
    fn path_and_query<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        let mut writer = UriWriter::new(buffer);
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
                    // What `Uri.encode` leaves as it is and RFC 3986 reserves.
                    '!' => writer.put("%21"),
                    '\'' => writer.put("%27"),
                    '(' => writer.put("%28"),
                    ')' => writer.put("%29"),
                    '*' => writer.put("%2A"),
                    _ => writer.put_encoded(iter::once(character), false),
                }
            }
        }
        writer.finish()
    }
}

message! {
    /// The reply to `/report/getStatistics`.
    pub struct StatisticsResponse<'a> {
        /// 0 or what went wrong.
        result: ResultCode = "result",
        /// The result in words, for people; may be absent.
        desc: Option<&'a str> = "desc" as lenient,
        /// One entry a task. Read as it is iterated.
        statistics: Option<List<'a, Statistics<'a>>> = "statistics" as lenient,
    }
}

response! { StatisticsResponse }

impl StatisticsResponse<'_> {
    /// A reply with this result and nothing else.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }
}

message! {
    /// What became of one push, in devices.
    ///
    /// Names and order are those of the published sample; the numbers are `long` in the official Java SDK. The SDK's terms say
    /// what the first six count. No text explains the other six: what is said of them follows from their names and from the
    /// reasons that [`UserStatus`](super::UserStatus) and [`ResultCode`] give.
    #[doc(alias = "Statistic")]
    pub struct Statistics<'a> {
        /// The push. A decimal string beyond 2^53; one sent as a number keeps its digits.
        #[doc(alias = "taskId")]
        task_id: Option<&'a str> = "taskId" as lenient,
        /// Targets (目标): whom the push was for.
        target: Option<u64> = "target" as lenient,
        /// Valid (有效): targets that can be pushed to.
        valid: Option<u64> = "valid" as lenient,
        /// Sent (发送): went out to devices.
        send: Option<u64> = "send" as lenient,
        /// Arrived (到达): reached the device.
        receive: Option<u64> = "receive" as lenient,
        /// Shown (展示): in the notification bar.
        display: Option<u64> = "display" as lenient,
        /// Tapped (点击).
        click: Option<u64> = "click" as lenient,
        /// Targets whose id is invalid.
        #[doc(alias = "targetInvalid")]
        target_invalid: Option<u64> = "targetInvalid" as lenient,
        /// Targets that have unsubscribed: the app removed, its data cleared, or push turned off.
        #[doc(alias = "targetUnSub")]
        target_un_sub: Option<u64> = "targetUnSub" as lenient,
        /// Targets that have not been active for long.
        #[doc(alias = "targetInActive")]
        target_in_active: Option<u64> = "targetInActive" as lenient,
        /// Messages that a later one has covered (覆盖), as the same `notifyId` does.
        covered: Option<u64> = "covered" as lenient,
        /// Messages that vivo's limits kept back (管控), such as those by user and day.
        controlled: Option<u64> = "controlled" as lenient,
        /// Targets that were offline until the push expired.
        #[doc(alias = "targetOffline")]
        target_offline: Option<u64> = "targetOffline" as lenient,
    }
}

impl<'a> Statistics<'a> {
    /// A task of which nothing is counted yet.
    #[must_use]
    pub const fn new(task_id: &'a str) -> Self {
        Self { task_id: Some(task_id), ..Self::EMPTY }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
