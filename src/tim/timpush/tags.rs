//! Tags of users: `add_tag`, `remove_tag`, `clear_all_tags`, `get_tag`.

use super::reply::StatusResponse;
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure, present};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message};
use crate::tim::info::known;
use crate::tim::rest::{AccountError, RestApi, check_receivers, check_tags, outcome, response};
use crate::tim::{ErrorCode, Switch};

/// Maximum number of accounts of a request for tags or attributes (error 90018).
pub(super) const MAX_ACCOUNTS: u32 = 100;

message! {
    /// The tags of one account, an element of `UserTags`.
    pub struct UserTags<'a> {
        /// A user's id or a device's `RegistrationID`.
        #[doc(alias = "To_Account")]
        to_account: &'a str = "To_Account",
        /// Tags of 1 to 50 bytes (errors 90040, 90020). An account has at most 100 tags, and an app has at most 1000
        /// different tags.
        #[doc(alias = "Tags")]
        tags: List<'a, &'a str> = "Tags",
    }
}

impl<'a> UserTags<'a> {
    /// The tags of an account.
    #[must_use]
    pub const fn new(to_account: &'a str, tags: List<'a, &'a str>) -> Self {
        Self { to_account, tags }
    }
}

message! {
    /// The body of `v4/timpush/add_tag`: adds tags to accounts, or replaces them (67821). A tag need not be defined first.
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::tim::Switch;
    /// use offline_push::tim::timpush::{AddTags, UserTags};
    ///
    /// let users = [UserTags::new("xiaoming", List::from_slice(&["GoldMember", "WeekPassUser"]))];
    /// let request = AddTags::new(List::from_slice(&users)).replace(Switch::ON);
    /// request.check()?;
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&request, &mut buffer)?,
    ///     r#"{"Replace":1,"UserTags":[{"To_Account":"xiaoming","Tags":["GoldMember","WeekPassUser"]}]}"#,
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "im_add_tag")]
    pub struct AddTags<'a> {
        /// Whether the tags replace all tags that the account has. Default 0: they are added.
        #[doc(alias = "Replace")]
        replace: Option<Switch> = "Replace",
        /// 1 to 100 accounts with their tags.
        #[doc(alias = "UserTags")]
        user_tags: List<'a, UserTags<'a>> = "UserTags",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> AddTags<'a> {
    /// Maximum number of tags of one account in a request that adds tags.
    pub const MAX_TAGS: u32 = 10;
    /// Maximum number of tags of one account in a request that replaces them.
    pub const MAX_REPLACED_TAGS: u32 = 100;

    /// Adds these tags. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(user_tags: List<'a, UserTags<'a>>) -> Self {
        Self { replace: None, user_tags, members: None }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `Replace` | a known number |
    /// | `UserTags` | 1 to 100 accounts (error 90018) |
    /// | `To_Account` | not empty |
    /// | `Tags` | at most 10 tags, or 100 with `Replace` (90032), of 1 to 50 bytes (90040, 90020) |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for AddTags<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.replace.map(Switch::meaning), "Replace").or_else(&mut *broken)?;
        let replaces = self.replace == Some(Switch::ON);
        check_user_tags(
            &self.user_tags,
            if replaces { Self::MAX_REPLACED_TAGS } else { Self::MAX_TAGS },
            broken,
        )
        .or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { AddTags => StatusResponse, RestApi, "/v4/timpush/add_tag" }

message! {
    /// The body of `v4/timpush/remove_tag`: removes tags from accounts (67822).
    #[doc(alias = "im_remove_tag")]
    pub struct RemoveTags<'a> {
        /// 1 to 100 accounts with the tags to remove.
        #[doc(alias = "UserTags")]
        user_tags: List<'a, UserTags<'a>> = "UserTags",
    }
}

impl<'a> RemoveTags<'a> {
    /// Removes these tags. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(user_tags: List<'a, UserTags<'a>>) -> Self {
        Self { user_tags }
    }

    /// Checks the request against the rules of [`AddTags::check`], without the rules for `Replace` and for the number of
    /// tags: the page states no number for this request.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for RemoveTags<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_user_tags(&self.user_tags, u32::MAX, broken)
    }
}

request! { RemoveTags => StatusResponse, RestApi, "/v4/timpush/remove_tag" }

/// Accepts 1 to 100 accounts with at most `max` tags each.
fn check_user_tags<'a>(
    users: &List<'a, UserTags<'a>>,
    max: u32,
    broken: &mut impl Broken,
) -> Result<(), CheckError> {
    check_count(users.len(), "UserTags").or_else(&mut *broken)?;
    for user in users {
        present(user.to_account, "To_Account").or_else(&mut *broken)?;
        check_tags(&user.tags, max, "Tags").or_else(&mut *broken)?;
    }
    Ok(())
}

/// Accepts 1 to 100 accounts.
pub(super) fn check_count(count: usize, field: &'static str) -> Result<(), CheckError> {
    ensure(count > 0, field, Rule::Missing)?;
    let few = u32::try_from(count).is_ok_and(|count| count <= MAX_ACCOUNTS);
    ensure(few, field, Rule::TooMany { max: MAX_ACCOUNTS })
}

message! {
    /// The body of `v4/timpush/clear_all_tags`: removes all tags of accounts (67823).
    #[doc(alias = "im_remove_all_tags")]
    pub struct ClearTags<'a> {
        /// 1 to 100 accounts.
        #[doc(alias = "To_Account")]
        to_account: List<'a, &'a str> = "To_Account",
    }
}

impl<'a> ClearTags<'a> {
    /// Clears the tags of these accounts. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(to_account: List<'a, &'a str>) -> Self {
        Self { to_account }
    }

    /// Checks the request against the rules of Tencent's page.
    ///
    /// # Errors
    ///
    /// `To_Account`, unless it has 1 to 100 accounts (error 90018), none of them empty.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for ClearTags<'_> {
    fn check_each(&self, _broken: &mut impl Broken) -> Result<(), CheckError> {
        check_receivers(&self.to_account, MAX_ACCOUNTS)
    }
}

request! { ClearTags => StatusResponse, RestApi, "/v4/timpush/clear_all_tags" }

message! {
    /// The body of `v4/timpush/get_tag`: reads the tags of accounts (67820).
    #[doc(alias = "im_get_tag")]
    pub struct GetTags<'a> {
        /// 1 to 100 accounts.
        #[doc(alias = "To_Account")]
        to_account: List<'a, &'a str> = "To_Account",
    }
}

impl<'a> GetTags<'a> {
    /// Reads the tags of these accounts. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(to_account: List<'a, &'a str>) -> Self {
        Self { to_account }
    }

    /// Checks the request against the rules of Tencent's page.
    ///
    /// # Errors
    ///
    /// `To_Account`, unless it has 1 to 100 accounts (error 90018), none of them empty.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for GetTags<'_> {
    fn check_each(&self, _broken: &mut impl Broken) -> Result<(), CheckError> {
        check_receivers(&self.to_account, MAX_ACCOUNTS)
    }
}

request! { GetTags => GetTagsResponse, RestApi, "/v4/timpush/get_tag" }

message! {
    /// The reply to [`GetTags`].
    pub struct GetTagsResponse<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus): `OK` even if some accounts were rejected.
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// The accounts with their tags, in any order.
        #[doc(alias = "UserTags")]
        user_tags: Option<List<'a, UserTags<'a>>> = "UserTags" as lenient,
        /// The accounts that were rejected: 70107 if the account does not exist.
        #[doc(alias = "ErrorList")]
        error_list: Option<List<'a, AccountError<'a>>> = "ErrorList" as lenient,
    }
}

impl GetTagsResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { GetTagsResponse: |reply| outcome(reply.action_status, reply.error_code, reply.error_list, None) }
