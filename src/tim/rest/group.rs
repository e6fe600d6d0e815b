//! `send_group_msg`: a message to a group.

use super::reply::outcome;
use super::{MessageElement, RestApi, check_body, check_push_info, check_receivers, check_sender, response};
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure, present};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message};
use crate::tim::info::{known, word};
use crate::tim::{ErrorCode, OfflinePushInfo, Switch};

/// The values of the member `MsgPriority`, as constants. They are case-sensitive. If a group has too many messages per second,
/// IM drops those of lower priority first.
pub enum MsgPriority {}

impl MsgPriority {
    /// Highest priority: red packets, gifts.
    pub const HIGH: &'static str = "High";
    /// The default.
    pub const NORMAL: &'static str = "Normal";
    /// Low priority: likes.
    pub const LOW: &'static str = "Low";
    /// Lowest priority. The client SDKs have it, but 34959 does not.
    pub const LOWEST: &'static str = "Lowest";
}

message! {
    /// The body of `v4/group_open_http_svc/send_group_msg`: a message to a group (34959).
    ///
    /// The random number is named `Random` here, and `MsgRandom` in the other requests.
    #[doc(alias = "send_group_msg")]
    pub struct SendGroupMessage<'a> {
        /// Id of the group (errors 10015, 10010).
        #[doc(alias = "GroupId")]
        group_id: &'a str = "GroupId",
        /// The sender that the members see. Default: the administrator who calls the API. The account must exist.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// Random number, for deduplication: if two messages within five minutes have the same number and the same content,
        /// IM drops the second message.
        #[doc(alias = "Random")]
        random: u32 = "Random",
        /// Exceptions for the members: [`NO_UNREAD`](super::SendMsgControl::NO_UNREAD),
        /// [`NO_LAST_MSG`](super::SendMsgControl::NO_LAST_MSG). Conflicts with `online_only_flag` 1.
        #[doc(alias = "SendMsgControl")]
        send_msg_control: Option<List<'a, &'a str>> = "SendMsgControl" [public],
        /// A constant of [`MsgPriority`].
        #[doc(alias = "MsgPriority")]
        msg_priority: Option<&'a str> = "MsgPriority" [public],
        /// Calls to the app's server to skip: constants of [`ForbidCallbackControl`](super::ForbidCallbackControl).
        #[doc(alias = "ForbidCallbackControl")]
        forbid_callback_control: Option<List<'a, &'a str>> = "ForbidCallbackControl" [public],
        /// 1: the message is for online members only. It is not stored and not pushed. Default 0. The page's table has 1 and
        /// 0, but its text has "greater than 0". This field is not for audio-video groups.
        #[doc(alias = "OnlineOnlyFlag")]
        online_only_flag: Option<Switch> = "OnlineOnlyFlag",
        /// The elements of the message.
        #[doc(alias = "MsgBody")]
        msg_body: List<'a, MessageElement<'a>> = "MsgBody",
        /// The members who receive the message, at most 50. With this field, the message does not count as unread. Default:
        /// all members. The field is available only in the largest edition, and not for audio-video groups and communities.
        #[doc(alias = "To_Account")]
        to_account: Option<List<'a, &'a str>> = "To_Account",
        /// The mentions, in the order of the text.
        #[doc(alias = "GroupAtInfo")]
        group_at_info: Option<List<'a, GroupAt<'a>>> = "GroupAtInfo",
        /// The app's own data, which is stored with the message and delivered to the members.
        #[doc(alias = "CloudCustomData")]
        cloud_custom_data: Option<&'a str> = "CloudCustomData",
        /// Whether extensions can be attached to the message later.
        #[doc(alias = "SupportMessageExtension")]
        support_message_extension: Option<Switch> = "SupportMessageExtension",
        /// How the message is pushed.
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
        /// Id of the topic, in a community with topics.
        #[doc(alias = "TopicId")]
        topic_id: Option<&'a str> = "TopicId",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> SendGroupMessage<'a> {
    /// Maximum number of members in [`to_account`](field@Self::to_account).
    pub const MAX_RECEIVERS: u32 = 50;

    /// A message with the required fields. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(group_id: &'a str, random: u32, msg_body: List<'a, MessageElement<'a>>) -> Self {
        Self { group_id, random, msg_body, ..Self::EMPTY }
    }

    /// Whether the message is for online members only, and therefore is never pushed:
    /// [`Delivery::online_only`](crate::delivery::Delivery::online_only).
    #[must_use]
    pub const fn is_online_only(&self) -> bool {
        is_online_only(self.online_only_flag)
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `GroupId`, `From_Account` | not empty |
    /// | `SendMsgControl` | empty with `OnlineOnlyFlag` 1 |
    /// | `MsgPriority` | `High`, `Normal`, `Low` or `Lowest` |
    /// | `OnlineOnlyFlag`, `SupportMessageExtension`, `GroupAtAllFlag` | 0 or 1 |
    /// | `MsgBody` | not empty, each element [passes](MessageElement::check), at most one `TIMCustomElem` (33527) |
    /// | `To_Account` | 1 to 50 accounts, none of them empty |
    /// | `GroupAt_Account` | not empty, unless all members are mentioned |
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

impl CheckAll for SendGroupMessage<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        present(self.group_id, "GroupId").or_else(&mut *broken)?;
        check_sender(self.from_account).or_else(&mut *broken)?;
        let controlled = self.send_msg_control.is_some_and(|words| !words.is_empty());
        ensure(
            !(controlled && self.is_online_only()),
            "SendMsgControl",
            Rule::Conflict { with: "OnlineOnlyFlag" },
        )
        .or_else(&mut *broken)?;
        let words = [MsgPriority::HIGH, MsgPriority::NORMAL, MsgPriority::LOW, MsgPriority::LOWEST];
        word(self.msg_priority, &words, "MsgPriority").or_else(&mut *broken)?;
        known(self.online_only_flag.map(Switch::meaning), "OnlineOnlyFlag").or_else(&mut *broken)?;
        check_body(&self.msg_body, broken).or_else(&mut *broken)?;
        if let Some(accounts) = &self.to_account {
            check_receivers(accounts, Self::MAX_RECEIVERS).or_else(&mut *broken)?;
        }
        self.group_at_info
            .into_iter()
            .flatten()
            .try_for_each(|mention| mention.check_each(broken).or_else(&mut *broken))?;
        known(self.support_message_extension.map(Switch::meaning), "SupportMessageExtension")
            .or_else(&mut *broken)?;
        check_push_info(self.offline_push_info.as_ref(), broken).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

/// True for any flag above 0, as in the page's text.
pub(super) const fn is_online_only(flag: Option<Switch>) -> bool {
    matches!(flag, Some(flag) if flag.get() > 0)
}

request! { SendGroupMessage => SendGroupMessageResponse, RestApi, "/v4/group_open_http_svc/send_group_msg" }

message! {
    /// A mention of one member or of all: an element of `GroupAtInfo`.
    #[doc(alias = "GroupAtInfo")]
    pub struct GroupAt<'a> {
        /// 1: all members are mentioned. Audio-video groups do not have this.
        #[doc(alias = "GroupAtAllFlag")]
        group_at_all_flag: Option<Switch> = "GroupAtAllFlag",
        /// The account of the mentioned member.
        #[doc(alias = "GroupAt_Account")]
        group_at_account: Option<&'a str> = "GroupAt_Account",
    }
}

impl<'a> GroupAt<'a> {
    /// A mention of all members.
    pub const ALL: Self = Self { group_at_all_flag: Some(Switch::ON), group_at_account: None };

    /// A mention of one member.
    #[must_use]
    pub const fn new(account: &'a str) -> Self {
        Self { group_at_all_flag: Some(Switch::OFF), group_at_account: Some(account) }
    }

    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.group_at_all_flag.map(Switch::meaning), "GroupAtAllFlag").or_else(&mut *broken)?;
        match self.group_at_all_flag {
            Some(Switch::ON) => Ok(()),
            _ => present(self.group_at_account.unwrap_or_default(), "GroupAt_Account"),
        }
    }
}

impl Default for GroupAt<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

message! {
    /// The reply to [`SendGroupMessage`].
    pub struct SendGroupMessageResponse<'a> {
        /// A constant of [`ActionStatus`](super::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// When the server accepted the message, as Unix time in seconds.
        #[doc(alias = "MsgTime")]
        msg_time: Option<u64> = "MsgTime" as lenient,
        /// Sequence number of the message in the group, from 1 on.
        #[doc(alias = "MsgSeq")]
        msg_seq: Option<u32> = "MsgSeq" as lenient,
        /// Why IM dropped the message although `error_code` is 0. Empty or absent if IM did not drop the message. The
        /// only known reason is `MsgFreqCtrl`: too many messages per second. The page's only sample of a reply contains
        /// it together with `"OK"`.
        #[doc(alias = "MsgDropReason")]
        msg_drop_reason: Option<&'a str> = "MsgDropReason" as lenient [public],
    }
}

impl SendGroupMessageResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { SendGroupMessageResponse: |reply| outcome(reply.action_status, reply.error_code, None, reply.msg_drop_reason) }
