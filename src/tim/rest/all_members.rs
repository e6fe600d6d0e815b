//! A message to everybody, or to who meets a condition.

use super::reply::outcome;
use super::{MessageElement, RestApi, response, rules};
use crate::check::{CheckError, Rule, at_most, ensure, present};
use crate::exchange::request;
use crate::json::{List, Map, Members, check_members, message};
use crate::tim::{ErrorCode, OfflinePushInfo};

message! {
    /// The body of `v4/all_member_push/im_push`: a message to all users, or to those with certain tags or attributes
    /// (37165). It takes about a minute to reach all; 100 a day by default (error 90047), and one a second (90024).
    #[doc(alias = "im_push")]
    pub struct AllMembersPush<'a> {
        /// Who sends it, as the receivers see it. Default: the administrator who calls.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// Random, against doubles within a second (error 90005).
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// How long the server keeps it for users who are offline, in seconds: at most 604800 (7 days, error 90026). The
        /// default is 0, for users online only: without this field nobody gets a push. In the other requests the default is
        /// 7 days.
        #[doc(alias = "MsgLifeTime")]
        msg_life_time: Option<u32> = "MsgLifeTime",
        /// Who gets it; all, if absent.
        #[doc(alias = "Condition")]
        condition: Option<Condition<'a>> = "Condition",
        /// What it says (errors 90002, 90007, 90010).
        #[doc(alias = "MsgBody")]
        msg_body: List<'a, MessageElement<'a>> = "MsgBody",
        /// How it is pushed.
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
    }
    /// Members newer than this crate, written behind the others. Decoding leaves it `None`: it passes unknown members over.
    ..members: Option<Members<'a>>
}

impl<'a> AllMembersPush<'a> {
    /// A message to all with what it needs.
    #[must_use]
    pub const fn new(msg_random: u32, msg_body: List<'a, MessageElement<'a>>) -> Self {
        Self { msg_random, msg_body, ..Self::EMPTY }
    }

    /// Whether it is for users online only, and so never pushed; unless
    /// [`msg_life_time`](Self::msg_life_time) says otherwise, it is.
    #[must_use]
    pub const fn is_online_only(&self) -> bool {
        matches!(self.msg_life_time, None | Some(0))
    }

    /// Holds the request against what Tencent's page demands. That nobody is pushed breaks no rule: ask
    /// [`is_online_only`](Self::is_online_only).
    ///
    /// | field | rule |
    /// |---|---|
    /// | `From_Account` | not empty |
    /// | `MsgLifeTime` | at most 604800 (error 90026) |
    /// | `TagsOr`, `TagsAnd` | at most 10 tags (90032) of 1 to 50 bytes (90040, 90020), none twice, in both together (90022) |
    /// | `AttrsOr`, `AttrsAnd` | not together with tags (90039); names and texts of 1 to 50 bytes (90030) |
    /// | `MsgBody` | not empty, each element [passes](MessageElement::check), one `TIMCustomElem` at most (33527) |
    /// | `OfflinePushInfo` | [passes](OfflinePushInfo::check) |
    /// | `members` | none that is a field, none twice |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        rules::sender(self.from_account)?;
        rules::life_time(self.msg_life_time)?;
        self.condition.as_ref().map_or(Ok(()), Condition::check)?;
        rules::body(&self.msg_body)?;
        rules::push_info(self.offline_push_info.as_ref())?;
        check_members::<Self>(self.members)
    }
}

request! { AllMembersPush => AllMembersPushResponse, RestApi, "/v4/all_member_push/im_push" }

message! {
    /// Who gets a message: by tags or by attributes, not by both (error 90039).
    ///
    /// ```
    /// use offline_push::json::{self, Map};
    /// use offline_push::tim::rest::Condition;
    ///
    /// let attributes = [("city", "Shenzhen"), ("Membership Level", "Platinum Premier users")];
    /// let mut condition = Condition::new();
    /// condition.attrs_and = Some(Map::from_slice(&attributes));
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&condition, &mut buffer)?,
    ///     r#"{"AttrsAnd":{"city":"Shenzhen","Membership Level":"Platinum Premier users"}}"#,
    /// );
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    pub struct Condition<'a> {
        /// Any of these tags.
        #[doc(alias = "TagsOr")]
        tags_or: Option<List<'a, &'a str>> = "TagsOr",
        /// All of these tags.
        #[doc(alias = "TagsAnd")]
        tags_and: Option<List<'a, &'a str>> = "TagsAnd",
        /// Any of these attributes: name and value, both text in the samples. The names are those that the app has set
        /// (error 90033 for another).
        #[doc(alias = "AttrsOr")]
        attrs_or: Option<Map<'a>> = "AttrsOr",
        /// All of these attributes.
        #[doc(alias = "AttrsAnd")]
        attrs_and: Option<Map<'a>> = "AttrsAnd",
    }
}

impl Condition<'_> {
    /// How many tags one list may have.
    pub const MAX_TAGS: u32 = 10;
    /// Longest tag in bytes, and longest name and text of an attribute.
    pub const MAX_TAG_LEN: u32 = 50;

    /// No condition yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    fn check(&self) -> Result<(), CheckError> {
        const OR: &str = "TagsOr";
        const AND: &str = "TagsAnd";
        let (any, all) = (self.tags_or.unwrap_or(NO_TAGS), self.tags_and.unwrap_or(NO_TAGS));
        // Of both lists: no tag may be in one twice, or in both.
        let mut seen = heapless::Vec::<&str, { 2 * Condition::<'static>::MAX_TAGS as usize }>::new();
        for (tags, field) in [(any, OR), (all, AND)] {
            let few = u32::try_from(tags.len()).is_ok_and(|count| count <= Self::MAX_TAGS);
            ensure(few, field, Rule::TooMany { max: Self::MAX_TAGS })?;
            for tag in tags {
                present(tag, field)?;
                at_most(tag.len(), Self::MAX_TAG_LEN, field)?;
                ensure(!seen.contains(&tag), field, Rule::DuplicateKey)?;
                let full = seen.push(tag).is_err();
                ensure(!full, field, Rule::TooMany { max: Self::MAX_TAGS })?;
            }
        }
        let tagged = !any.is_empty() || !all.is_empty();
        for (attributes, field) in [(&self.attrs_or, "AttrsOr"), (&self.attrs_and, "AttrsAnd")] {
            let given = attributes.as_ref().is_some_and(|attributes| !attributes.is_empty());
            let with = if any.is_empty() { AND } else { OR };
            ensure(!(tagged && given), field, Rule::Conflict { with })?;
            for (name, value) in attributes.iter().flatten() {
                for text in [Some(name), value.text()].into_iter().flatten() {
                    present(text, field)?;
                    at_most(text.len(), Self::MAX_TAG_LEN, field)?;
                }
            }
        }
        Ok(())
    }
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
        /// A word of [`ActionStatus`](super::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient,
        /// What went wrong, for people.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient,
        /// 0 or what went wrong.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// Names the push.
        #[doc(alias = "TaskId")]
        task_id: Option<&'a str> = "TaskId" as lenient,
    }
}

impl AllMembersPushResponse<'_> {
    /// A reply with this code and nothing else.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { AllMembersPushResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }
