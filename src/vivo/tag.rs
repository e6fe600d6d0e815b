//! Administration of tags: a tag, its name, and the users that have it.
//!
//! A push to a tag goes to the users that have it. No source has a call that lists, reads or deletes tags.

use super::api::{PushApi, response};
use super::code::ResultCode;
use super::rules::{Rules, check_alias, check_app_id, check_reg_id, filled, one_of};
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure, present};
use crate::exchange::request;
use crate::json::{List, message, open_number};

open_number! {
    /// What identifies the users in a request: `type` of the members of a tag, `userType` of a check of users.
    ///
    /// ```
    /// use offline_push::vivo::UserType;
    ///
    /// assert_eq!(UserType::ALIAS.get(), 2);
    /// ```
    #[doc(alias = "type")]
    #[doc(alias = "userType")]
    pub struct UserType(i32) {
        /// By regId (server document, Java SDK).
        REG_ID = 1 => "regId",
        /// By an alias that the app has bound (server document and Java SDK, for the members of a tag; for a check of users, no
        /// source has it).
        ALIAS = 2 => "alias",
    }
}

message! {
    /// Creates a tag: the body of `/tag/add`.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{TagAdd, TagResponse};
    ///
    /// let tag = TagAdd::new("shenzhen").desc("深圳用户标签").group("city");
    /// tag.check()?;
    /// let mut buffer = [0; 128];
    /// let body = json::to_slice(&tag, &mut buffer)?; // POST it to TagAdd::PATH
    ///
    /// let reply: TagResponse = json::from_str(r#"{"result":0,"desc":"成功"}"#)?;
    /// assert!(reply.result.is_success());
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// Source: the server document and the official Java SDK. No source limits the length of a name or the number of tags. The SDK
    /// also writes a `type` of 0, which the document does not have; decoding skips it.
    #[doc(alias = "addTag")]
    pub struct TagAdd<'a> {
        /// The app's id. The text of document 2.9.2 requires it in every body; no published request for tags has it.
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// Name of the tag (10601 if it is missing).
        name: &'a str = "name",
        /// A description.
        desc: Option<&'a str> = "desc",
        /// Name of the [group](super::TagGroupAdd) that gets the tag.
        group: Option<&'a str> = "group",
    }
}

request! { TagAdd => TagResponse, PushApi, "/tag/add" }

impl<'a> TagAdd<'a> {
    /// A tag with this name. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(name: &'a str) -> Self {
        Self { name, ..Self::EMPTY }
    }

    /// Checks the request.
    ///
    /// # Errors
    ///
    /// `appId` is 0, or `name` is blank.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for TagAdd<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        filled(Some(self.name), "name")
    }
}

message! {
    /// Renames a tag: the body of `/tag/update`.
    ///
    /// Source: the server document and the official Java SDK, which also writes a `type` of 0; decoding skips it.
    ///
    /// ```
    /// use offline_push::vivo::TagUpdate;
    ///
    /// assert_eq!(TagUpdate::new("shenzhen", "shenzhenbaoan").check(), Ok(()));
    /// ```
    #[doc(alias = "updateTag")]
    pub struct TagUpdate<'a> {
        /// The app's id, as in [`TagAdd::app_id`](field@TagAdd::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// Current name of the tag.
        #[doc(alias = "oldName")]
        old_name: &'a str = "oldName",
        /// New name of the tag.
        #[doc(alias = "newName")]
        new_name: &'a str = "newName",
        /// New description.
        desc: Option<&'a str> = "desc",
        /// Name of the [group](super::TagGroupAdd) that gets the tag.
        group: Option<&'a str> = "group",
    }
}

request! { TagUpdate => TagResponse, PushApi, "/tag/update" }

impl<'a> TagUpdate<'a> {
    /// A new name for a tag. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(old_name: &'a str, new_name: &'a str) -> Self {
        Self { old_name, new_name, ..Self::EMPTY }
    }

    /// Checks the request.
    ///
    /// # Errors
    ///
    /// `appId` is 0, or one of the names is blank.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for TagUpdate<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        check_names(self.old_name, self.new_name, broken)
    }
}

/// Declares a change of a tag's members: `/tag/addMembers` and `/tag/removeMembers` have the same body.
macro_rules! members {
    ($(#[$meta:meta])* $name:ident at $path:literal) => {
        message! {
            $(#[$meta])*
            ///
            /// Source: the names are those of the server document and of the official Java SDK; the limits are those of the SDK.
            /// No sample of the document was found.
            pub struct $name<'a> {
                /// The app's id, as in [`TagAdd::app_id`](field@TagAdd::app_id).
                #[doc(alias = "appId")]
                app_id: Option<u64> = "appId",
                /// Name of the tag (10601 if it is missing).
                name: &'a str = "name",
                /// Whether [`ids`](field@Self::ids) has regIds or aliases (10616).
                #[doc(alias = "type")]
                user_type: UserType = "type",
                /// The users, 1 to 1000 (10609, 10614). Shown as `***`.
                ids: List<'a, &'a str> = "ids" [secret],
            }
        }

        request! { $name => TagResponse, PushApi, $path }

        impl<'a> $name<'a> {
            /// Maximum number of users in one request (10614).
            pub const MAX_IDS: u32 = 1000;

            /// A change for these users. Nothing is checked: call [`check`](Self::check).
            #[must_use]
            pub const fn new(name: &'a str, user_type: UserType, ids: List<'a, &'a str>) -> Self {
                Self { app_id: None, name, user_type, ids }
            }

            /// Checks the request. The time is linear in the number of users; if there are more than 1000, they are only counted.
            ///
            /// # Errors
            ///
            /// The first field, in the order of the declaration, that breaks a rule:
            ///
            /// - `appId` is 0.
            /// - `name` is blank.
            /// - `type` is not 1 or 2.
            /// - There is no user, or there are more than 1000.
            /// - A regId is empty, is longer than 256 bytes, or has characters that are not visible ASCII.
            /// - An alias is empty, or has more than 70 UTF-16 units.
            pub fn check(&self) -> Result<(), CheckError> {
                self.check_each(&mut Err)
            }
        }

        impl CheckAll for $name<'_> {
            fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
                check_app_id(self.app_id).or_else(&mut *broken)?;
                filled(Some(self.name), "name").or_else(&mut *broken)?;
                check_user_type(self.user_type, "type").or_else(&mut *broken)?;
                let max = Self::MAX_IDS;
                let few = u32::try_from(self.ids.len()).is_ok_and(|count| count <= max);
                ensure(few, "ids", Rule::TooMany { max })?;
                check_users(self.user_type, &self.ids, "ids")
            }
        }
    };
}

members! {
    /// Adds a tag to users: the body of `/tag/addMembers`.
    ///
    /// ```
    /// use offline_push::json::List;
    /// use offline_push::vivo::{TagAddMembers, UserType};
    /// use offline_push::{CheckError, Rule};
    ///
    /// let reg_ids = ["12345678901234567890121", "12345678901234567890122"];
    /// let change = TagAddMembers::new("shenzhen", UserType::REG_ID, List::from_slice(&reg_ids));
    /// assert_eq!(change.check(), Ok(()));
    ///
    /// let change = change.ids(List::from_slice(&[]));
    /// assert_eq!(change.check(), Err(CheckError::new("ids", Rule::Missing)));
    /// ```
    #[doc(alias = "addMembers")]
    TagAddMembers at "/tag/addMembers"
}

members! {
    /// Removes a tag from users: the body of `/tag/removeMembers`.
    #[doc(alias = "removeMembers")]
    TagRemoveMembers at "/tag/removeMembers"
}

message! {
    /// The reply to all calls that administer tags, tag groups and tag segments (source: the server document).
    pub struct TagResponse<'a> {
        /// 0 for success, else the reason: 10601, 10609, 10614 and 10616 are about tags.
        result: ResultCode = "result",
        /// The result in human-readable words. May be absent.
        desc: Option<&'a str> = "desc" as lenient [public],
    }
}

response! { TagResponse }

impl TagResponse<'_> {
    /// A reply with a result and no other field.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }
}

/// Checks the names of something that is renamed.
pub(super) fn check_names(
    old_name: &str,
    new_name: &str,
    broken: &mut impl Broken,
) -> Result<(), CheckError> {
    filled(Some(old_name), "oldName").or_else(broken)?;
    filled(Some(new_name), "newName")
}

pub(super) fn check_user_type(user_type: UserType, field: &'static str) -> Result<(), CheckError> {
    one_of(Some(user_type), &[UserType::REG_ID, UserType::ALIAS], field)
}

/// Checks that there are users, each a regId or an alias.
pub(super) fn check_users(
    user_type: UserType,
    users: &List<'_, &str>,
    field: &'static str,
) -> Result<(), CheckError> {
    ensure(!users.is_empty(), field, Rule::Missing)?;
    users.iter().try_for_each(|user| {
        present(user, field)?;
        match user_type {
            UserType::ALIAS => check_alias(user, Rules::Newest, field),
            _ => check_reg_id(user, field),
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
