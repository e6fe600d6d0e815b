//! A message to a group.

use super::reply::outcome;
use super::{MessageElement, RestApi, response, rules};
use crate::check::{CheckError, Rule, ensure, present};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message};
use crate::tim::info::{known, word};
use crate::tim::{ErrorCode, OfflinePushInfo, Switch};

/// The words of the member `MsgPriority`: constants to put into it, which are case-sensitive. Where a group has too many
/// messages a second, the lower ones are dropped first.
pub enum MsgPriority {}

impl MsgPriority {
    /// First: red packets, gifts.
    pub const HIGH: &'static str = "High";
    /// The default.
    pub const NORMAL: &'static str = "Normal";
    /// Last: likes.
    pub const LOW: &'static str = "Low";
    /// Below the last: a word of the client SDKs, not of 34959.
    pub const LOWEST: &'static str = "Lowest";
}

message! {
    /// The body of `v4/group_open_http_svc/send_group_msg`: a message to a group (34959).
    ///
    /// Its random number is called `Random`, not `MsgRandom` as in the other requests.
    #[doc(alias = "send_group_msg")]
    pub struct SendGroupMessage<'a> {
        /// Which group (errors 10015, 10010).
        #[doc(alias = "GroupId")]
        group_id: &'a str = "GroupId",
        /// Who sends it, as the members see it. Default: the administrator who calls. The account must exist.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// Random, against doubles: of two messages with the same number and the same content within five minutes the later
        /// one is dropped.
        #[doc(alias = "Random")]
        random: u32 = "Random",
        /// How it counts: [`NO_UNREAD`](super::SendMsgControl::NO_UNREAD), [`NO_LAST_MSG`](super::SendMsgControl::NO_LAST_MSG).
        /// Not together with `online_only_flag` 1.
        #[doc(alias = "SendMsgControl")]
        send_msg_control: Option<List<'a, &'a str>> = "SendMsgControl",
        /// A word of [`MsgPriority`].
        #[doc(alias = "MsgPriority")]
        msg_priority: Option<&'a str> = "MsgPriority",
        /// Which calls to the app's server to leave out: words of [`ForbidCallbackControl`](super::ForbidCallbackControl).
        #[doc(alias = "ForbidCallbackControl")]
        forbid_callback_control: Option<List<'a, &'a str>> = "ForbidCallbackControl",
        /// 1: for members online only, not stored, and thus not pushed. Default 0. The table has 1 and 0, the text "greater
        /// than 0". Not for audio-video groups.
        #[doc(alias = "OnlineOnlyFlag")]
        online_only_flag: Option<Switch> = "OnlineOnlyFlag",
        /// What it says.
        #[doc(alias = "MsgBody")]
        msg_body: List<'a, MessageElement<'a>> = "MsgBody",
        /// Who of the members gets it, 50 at most; it then does not count as unread. Default: all. Of the largest edition,
        /// and not for audio-video groups and communities.
        #[doc(alias = "To_Account")]
        to_account: Option<List<'a, &'a str>> = "To_Account",
        /// Whom it mentions, in the order in which they stand in the text.
        #[doc(alias = "GroupAtInfo")]
        group_at_info: Option<List<'a, GroupAt<'a>>> = "GroupAtInfo",
        /// The app's own data, stored with it and given to the members.
        #[doc(alias = "CloudCustomData")]
        cloud_custom_data: Option<&'a str> = "CloudCustomData",
        /// Whether extensions can be attached to it later.
        #[doc(alias = "SupportMessageExtension")]
        support_message_extension: Option<Switch> = "SupportMessageExtension",
        /// How it is pushed.
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
        /// Which topic of a community with topics it belongs to.
        #[doc(alias = "TopicId")]
        topic_id: Option<&'a str> = "TopicId",
    }
    /// Members newer than this crate, written behind the others. Decoding leaves it `None`: it passes unknown members over.
    ..members: Option<Members<'a>>
}

impl<'a> SendGroupMessage<'a> {
    /// How many members a message may be for, where it is not for all.
    pub const MAX_RECEIVERS: u32 = 50;

    /// A message with what it needs.
    #[must_use]
    pub const fn new(group_id: &'a str, random: u32, msg_body: List<'a, MessageElement<'a>>) -> Self {
        Self { group_id, random, msg_body, ..Self::EMPTY }
    }

    /// Whether it is for members online only, and so never pushed:
    /// [`Delivery::online_only`](crate::delivery::Delivery::online_only).
    #[must_use]
    pub const fn is_online_only(&self) -> bool {
        is_online_only(self.online_only_flag)
    }

    /// Holds the request against what Tencent's page demands:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `GroupId`, `From_Account` | not empty |
    /// | `SendMsgControl` | not together with `OnlineOnlyFlag` 1 |
    /// | `MsgPriority` | `High`, `Normal`, `Low` or `Lowest` |
    /// | `OnlineOnlyFlag`, `SupportMessageExtension`, `GroupAtAllFlag` | 0 or 1 |
    /// | `MsgBody` | not empty, each element [passes](MessageElement::check), one `TIMCustomElem` at most (33527) |
    /// | `To_Account` | 1 to 50, none of them empty |
    /// | `GroupAt_Account` | given, unless the mention is of all |
    /// | `OfflinePushInfo` | [passes](OfflinePushInfo::check) |
    /// | `members` | none that is a field, none twice |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        present(self.group_id, "GroupId")?;
        rules::sender(self.from_account)?;
        let controlled = self.send_msg_control.is_some_and(|words| !words.is_empty());
        ensure(
            !(controlled && self.is_online_only()),
            "SendMsgControl",
            Rule::Conflict { with: "OnlineOnlyFlag" },
        )?;
        let words = [MsgPriority::HIGH, MsgPriority::NORMAL, MsgPriority::LOW, MsgPriority::LOWEST];
        word(self.msg_priority, &words, "MsgPriority")?;
        known(self.online_only_flag.map(Switch::meaning), "OnlineOnlyFlag")?;
        rules::body(&self.msg_body)?;
        if let Some(accounts) = &self.to_account {
            rules::receivers(accounts, Self::MAX_RECEIVERS)?;
        }
        self.group_at_info.into_iter().flatten().try_for_each(|mention| mention.check())?;
        known(self.support_message_extension.map(Switch::meaning), "SupportMessageExtension")?;
        rules::push_info(self.offline_push_info.as_ref())?;
        check_members::<Self>(self.members)
    }
}

/// A flag above 0, as the page's text says.
pub(super) const fn is_online_only(flag: Option<Switch>) -> bool {
    matches!(flag, Some(flag) if flag.get() > 0)
}

request! { SendGroupMessage => SendGroupMessageResponse, RestApi, "/v4/group_open_http_svc/send_group_msg" }

message! {
    /// A mention of a member, or of all: an element of `GroupAtInfo`.
    #[doc(alias = "GroupAtInfo")]
    pub struct GroupAt<'a> {
        /// 1: all are mentioned; not in audio-video groups.
        #[doc(alias = "GroupAtAllFlag")]
        group_at_all_flag: Option<Switch> = "GroupAtAllFlag",
        /// Who is.
        #[doc(alias = "GroupAt_Account")]
        group_at_account: Option<&'a str> = "GroupAt_Account",
    }
}

impl<'a> GroupAt<'a> {
    /// All.
    pub const ALL: Self = Self { group_at_all_flag: Some(Switch::ON), group_at_account: None };

    /// One member.
    #[must_use]
    pub const fn new(account: &'a str) -> Self {
        Self { group_at_all_flag: Some(Switch::OFF), group_at_account: Some(account) }
    }

    fn check(&self) -> Result<(), CheckError> {
        known(self.group_at_all_flag.map(Switch::meaning), "GroupAtAllFlag")?;
        match self.group_at_all_flag {
            Some(Switch::ON) => Ok(()),
            _ => present(self.group_at_account.unwrap_or_default(), "GroupAt_Account"),
        }
    }
}

message! {
    /// The reply to [`SendGroupMessage`].
    pub struct SendGroupMessageResponse<'a> {
        /// A word of [`ActionStatus`](super::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient,
        /// What went wrong, for people.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient,
        /// 0 or what went wrong.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// When the server took it, Unix time in seconds.
        #[doc(alias = "MsgTime")]
        msg_time: Option<u64> = "MsgTime" as lenient,
        /// Its number in the group, from 1 on.
        #[doc(alias = "MsgSeq")]
        msg_seq: Option<u32> = "MsgSeq" as lenient,
        /// Why the message was thrown away, though `error_code` is 0: `MsgFreqCtrl`, for too many messages a second, is the
        /// one known. Empty or absent if it was not. The page's one sample of a reply has it beside `"OK"`.
        #[doc(alias = "MsgDropReason")]
        msg_drop_reason: Option<&'a str> = "MsgDropReason" as lenient,
    }
}

impl SendGroupMessageResponse<'_> {
    /// A reply with this code and nothing else.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { SendGroupMessageResponse: |reply| outcome(reply.action_status, reply.error_code, None, reply.msg_drop_reason) }
