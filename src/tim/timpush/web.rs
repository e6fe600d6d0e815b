//! `webpush` and `webbatch`: pushes to browsers.

use super::push::{PushResponse, check_data_id};
use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure, present};
use crate::exchange::request;
use crate::ext::Ext;
use crate::json::{List, Members, Raw, check_members, message};
use crate::tim::rest::{Condition, PushBatch, PushBatchResponse, RestApi, check_receivers};
use crate::uri::WebUrl;

message! {
    /// What a browser shows: a member of [`WebPush`] and [`WebBatch`].
    ///
    /// These are the members of the samples of 80440 and 80441. The tables after the samples were not available, so there may be other
    /// members, and no limit is known.
    pub struct WebInfo<'a> {
        /// First line of the notification.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// Text of the notification.
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc",
        /// The app's own data, JSON text in the samples.
        #[doc(alias = "Ext")]
        ext: Option<Ext<'a>> = "Ext",
        /// The page that a click opens.
        #[doc(alias = "URL")]
        url: Option<&'a str> = "URL",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl WebInfo<'_> {
    /// An info with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Checks the info.
    ///
    /// # Errors
    ///
    /// `Ext`, unless it is text. `URL`, unless it starts with `http://` or `https://`, as in the samples; empty text counts as absent.
    /// `members` with the name of a field, or with duplicates.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for WebInfo<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        ensure(self.ext.is_none_or(|ext| ext.as_str().is_some()), "Ext", Rule::NotText)
            .or_else(&mut *broken)?;
        let url = self.url.unwrap_or_default();
        ensure(url.is_empty() || WebUrl::try_new(url).is_ok(), "URL", Rule::NotWebUrl)
            .or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

impl Default for WebInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The body of `v4/timpush/webpush`: a push to all browsers, or to those whose users meet a condition (80440). An app's edition
    /// limits these pushes to 10 or 100 per day.
    pub struct WebPush<'a> {
        /// The sender.
        #[doc(alias = "From_Account")]
        from_account: &'a str = "From_Account",
        /// Random number, for deduplication within one second.
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// The receivers. Default: all users.
        #[doc(alias = "Condition")]
        condition: Option<Condition<'a>> = "Condition",
        /// The push.
        #[doc(alias = "WebInfo")]
        web_info: WebInfo<'a> = "WebInfo",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> WebPush<'a> {
    /// A push to all browsers, with the required fields. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(from_account: &'a str, msg_random: u32, web_info: WebInfo<'a>) -> Self {
        Self { from_account, msg_random, condition: None, web_info, members: None }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `From_Account` | not empty |
    /// | `Condition` | as in [`Push::check`](super::Push::check) |
    /// | `WebInfo` | [passes](WebInfo::check) |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for WebPush<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        present(self.from_account, "From_Account").or_else(&mut *broken)?;
        self.condition.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        self.web_info.check_each(broken).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { WebPush => PushResponse, RestApi, "/v4/timpush/webpush" }

message! {
    /// The body of `v4/timpush/webbatch`: a push to the browsers of up to 500 users (80441). The limits are 30 calls and 500
    /// users per second.
    ///
    /// The id in the reply begins with `wbat@1_`.
    pub struct WebBatch<'a> {
        /// The sender.
        #[doc(alias = "From_Account")]
        from_account: &'a str = "From_Account",
        /// The receivers: 1 to 500 accounts.
        #[doc(alias = "To_Account")]
        to_account: List<'a, &'a str> = "To_Account",
        /// Random number, for deduplication within one second.
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// The push. A request must have this field, or `message`, or both.
        #[doc(alias = "WebInfo")]
        web_info: Option<WebInfo<'a>> = "WebInfo",
        /// A message. Its members are not known: no source shows such a message. It is passed on unchanged.
        #[doc(alias = "Message")]
        message: Option<Raw<'a>> = "Message",
        /// The app's own id of the push, which [`callback`](crate::tim::callback) returns. At most 64 bytes (error 90057).
        #[doc(alias = "DataId")]
        data_id: Option<&'a str> = "DataId",
        /// A name of the push, of at most 20 bytes.
        #[doc(alias = "TaskName")]
        task_name: Option<&'a str> = "TaskName",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> WebBatch<'a> {
    /// Maximum length of [`task_name`](field@Self::task_name), in bytes.
    pub const MAX_TASK_NAME_LEN: u32 = 20;

    /// A push with the required fields. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(
        from_account: &'a str,
        to_account: List<'a, &'a str>,
        msg_random: u32,
        web_info: WebInfo<'a>,
    ) -> Self {
        Self { from_account, to_account, msg_random, web_info: Some(web_info), ..Self::EMPTY }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `From_Account` | not empty |
    /// | `To_Account` | 1 to 500 accounts, none of them empty |
    /// | `WebInfo` | [passes](WebInfo::check); required, unless there is `Message` |
    /// | `DataId` | at most 64 bytes (error 90057) |
    /// | `TaskName` | at most 20 bytes |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for WebBatch<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        present(self.from_account, "From_Account").or_else(&mut *broken)?;
        check_receivers(&self.to_account, PushBatch::MAX_RECEIVERS).or_else(&mut *broken)?;
        ensure(self.web_info.is_some() || self.message.is_some(), "WebInfo", Rule::Missing)
            .or_else(&mut *broken)?;
        self.web_info.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        check_data_id(self.data_id).or_else(&mut *broken)?;
        at_most(self.task_name.unwrap_or_default().len(), Self::MAX_TASK_NAME_LEN, "TaskName")
            .or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { WebBatch => PushBatchResponse, RestApi, "/v4/timpush/webbatch" }
