//! `im_push`: a message to all users, or to those that meet a condition.

use super::reply::outcome;
use super::{MessageElement, RestApi, check_body, check_life_time, check_push_info, check_sender, response};
use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure, present};
use crate::exchange::request;
use crate::json::{List, MAX_CHECKED_KEYS, Map, Members, check_members, is_new, message};
use crate::tim::{ErrorCode, OfflinePushInfo};

message! {
    /// The body of `v4/all_member_push/im_push`: a message to all users, or to those with certain tags or attributes
    /// (37165). It takes about a minute to reach all users. The limits are 100 requests per day by default (error 90047),
    /// and one request per second (90024).
    #[doc(alias = "im_push")]
    pub struct AllMembersPush<'a> {
        /// The sender that the receivers see. Default: the administrator who calls the API.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// Random number, for deduplication within one second (error 90005).
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// How long the server keeps the message for users that are offline, in seconds: at most 604800 (7 days, error 90026).
        /// The default is 0, which means online users only: without this field, nobody gets a push. In the other requests, the
        /// default is 7 days.
        #[doc(alias = "MsgLifeTime")]
        msg_life_time: Option<u32> = "MsgLifeTime",
        /// The receivers. Default: all users.
        #[doc(alias = "Condition")]
        condition: Option<Condition<'a>> = "Condition",
        /// The elements of the message (errors 90002, 90007, 90010).
        #[doc(alias = "MsgBody")]
        msg_body: List<'a, MessageElement<'a>> = "MsgBody",
        /// How the message is pushed.
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> AllMembersPush<'a> {
    /// A message to all users, with the required fields. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(msg_random: u32, msg_body: List<'a, MessageElement<'a>>) -> Self {
        Self { msg_random, msg_body, ..Self::EMPTY }
    }

    /// Whether the message is for online users only, and therefore is never pushed: true unless
    /// [`msg_life_time`](field@Self::msg_life_time) is greater than 0.
    #[must_use]
    pub const fn is_online_only(&self) -> bool {
        matches!(self.msg_life_time, None | Some(0))
    }

    /// Checks the request against the rules of Tencent's page. A message without any push passes: see
    /// [`is_online_only`](Self::is_online_only).
    ///
    /// | field | rule |
    /// |---|---|
    /// | `From_Account` | not empty |
    /// | `MsgLifeTime` | at most 604800 (error 90026) |
    /// | `TagsOr`, `TagsAnd` | at most 10 tags (90032) of 1 to 50 bytes (90040, 90020), no duplicates in both together (90022) |
    /// | `TagsNot` | at most 10 tags (90032) of 1 to 50 bytes (90040, 90020) |
    /// | `AttrsOr`, `AttrsAnd` | empty if there are tags (90039); names and texts of 1 to 50 bytes (90030) |
    /// | `MsgBody` | not empty, each element [passes](MessageElement::check), at most one `TIMCustomElem` (33527) |
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

impl CheckAll for AllMembersPush<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_sender(self.from_account).or_else(&mut *broken)?;
        check_life_time(self.msg_life_time).or_else(&mut *broken)?;
        self.condition.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        check_body(&self.msg_body, broken).or_else(&mut *broken)?;
        check_push_info(self.offline_push_info.as_ref(), broken).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { AllMembersPush => AllMembersPushResponse, RestApi, "/v4/all_member_push/im_push" }

message! {
    /// The receivers of a message, by tags or by attributes, but not by both (error 90039).
    ///
    /// ```
    /// use offline_push::json::{self, Map};
    /// use offline_push::tim::rest::Condition;
    ///
    /// let attributes = [("city", "Shenzhen"), ("Membership Level", "Platinum")];
    /// let condition = Condition::new().attrs_and(Map::from_slice(&attributes));
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&condition, &mut buffer)?,
    ///     r#"{"AttrsAnd":{"city":"Shenzhen","Membership Level":"Platinum"}}"#,
    /// );
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    pub struct Condition<'a> {
        /// Users with at least one of these tags.
        #[doc(alias = "TagsOr")]
        tags_or: Option<List<'a, &'a str>> = "TagsOr",
        /// Users with all of these tags.
        #[doc(alias = "TagsAnd")]
        tags_and: Option<List<'a, &'a str>> = "TagsAnd",
        /// Users with these tags are excluded. Only `v4/timpush/…` has this field, in copies of its page since 2025. For
        /// several tags, the pages contradict each other: one page excludes users with all of these tags; the source of one
        /// receiver excludes users with any of them. For one tag, both mean the same.
        #[doc(alias = "TagsNot")]
        tags_not: Option<List<'a, &'a str>> = "TagsNot",
        /// Users with at least one of these attributes: name and value, both text in the samples. The app must have defined the
        /// names (error 90033).
        #[doc(alias = "AttrsOr")]
        attrs_or: Option<Map<'a>> = "AttrsOr",
        /// Users with all of these attributes.
        #[doc(alias = "AttrsAnd")]
        attrs_and: Option<Map<'a>> = "AttrsAnd",
    }
}

impl Condition<'_> {
    /// Maximum number of tags in one list.
    pub const MAX_TAGS: u32 = 10;
    /// Maximum length of a tag, and of the name and the text of an attribute, in bytes.
    pub const MAX_TAG_LEN: u32 = 50;

    /// A condition with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    pub(in crate::tim) fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        const OR: &str = "TagsOr";
        const AND: &str = "TagsAnd";
        const NOT: &str = "TagsNot";
        let (any, all) = (self.tags_or.unwrap_or(NO_TAGS), self.tags_and.unwrap_or(NO_TAGS));
        // The tags of both lists: no tag may occur a second time.
        let mut seen = [""; MAX_CHECKED_KEYS];
        let mut count = 0;
        for (tags, field) in [(any, OR), (all, AND)] {
            check_count(&tags, Self::MAX_TAGS, field)
                .and_then(|()| {
                    tags.into_iter().try_for_each(|tag| {
                        check_tag(tag, field)?;
                        let new = is_new(&mut seen, count, tag, |other| *other == tag);
                        count += 1;
                        ensure(new, field, Rule::DuplicateKey)
                    })
                })
                .or_else(&mut *broken)?;
        }
        let not = self.tags_not.unwrap_or(NO_TAGS);
        check_tags(&not, Self::MAX_TAGS, NOT).or_else(&mut *broken)?;
        let tagged = !any.is_empty() || !all.is_empty() || !not.is_empty();
        for (attributes, field) in [(&self.attrs_or, "AttrsOr"), (&self.attrs_and, "AttrsAnd")] {
            let given = attributes.as_ref().is_some_and(|attributes| !attributes.is_empty());
            let with = match (any.is_empty(), all.is_empty()) {
                (false, _) => OR,
                (true, false) => AND,
                (true, true) => NOT,
            };
            ensure(!(tagged && given), field, Rule::Conflict { with }).or_else(&mut *broken)?;
            for (name, value) in attributes.iter().flatten() {
                for text in [Some(name), value.text()].into_iter().flatten() {
                    check_tag(text, field).or_else(&mut *broken)?;
                }
            }
        }
        Ok(())
    }
}

/// Accepts at most `max` tags or names, of 1 to 50 bytes each.
pub(in crate::tim) fn check_tags(
    tags: &List<'_, &str>,
    max: u32,
    field: &'static str,
) -> Result<(), CheckError> {
    check_count(tags, max, field)?;
    tags.iter().try_for_each(|tag| check_tag(tag, field))
}

fn check_count(tags: &List<'_, &str>, max: u32, field: &'static str) -> Result<(), CheckError> {
    let few = u32::try_from(tags.len()).is_ok_and(|count| count <= max);
    ensure(few, field, Rule::TooMany { max })
}

/// Accepts a tag, or a name or text of an attribute, of 1 to 50 bytes.
pub(in crate::tim) fn check_tag(tag: &str, field: &'static str) -> Result<(), CheckError> {
    present(tag, field)?;
    at_most(tag.len(), Condition::MAX_TAG_LEN, field)
}

const NO_TAGS: List<'static, &'static str> = List::from_slice(&[]);

impl Default for Condition<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The reply to [`AllMembersPush`].
    pub struct AllMembersPushResponse<'a> {
        /// A constant of [`ActionStatus`](super::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// Id of the push.
        #[doc(alias = "TaskId")]
        task_id: Option<&'a str> = "TaskId" as lenient [public],
    }
}

impl AllMembersPushResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { AllMembersPushResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }
