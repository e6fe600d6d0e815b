//! Attributes of users: `set_attr`, `remove_attr`, `get_attr`.

use super::reply::StatusResponse;
use super::tags::{MAX_ACCOUNTS, check_count};
use crate::check::{Broken, CheckAll, CheckError, present};
use crate::exchange::request;
use crate::json::{List, Map, message};
use crate::tim::ErrorCode;
use crate::tim::rest::{AccountError, RestApi, check_receivers, check_tag, outcome, response};

message! {
    /// The attributes of one account, an element of `UserAttrs`.
    pub struct UserAttributes<'a> {
        /// A user's id or a device's `RegistrationID`.
        #[doc(alias = "To_Account")]
        to_account: &'a str = "To_Account",
        /// Names, which [`SetAttributeNames`](super::SetAttributeNames) has defined, and values: text of at most 50 bytes.
        #[doc(alias = "Attrs")]
        attrs: Map<'a> = "Attrs",
    }
}

impl<'a> UserAttributes<'a> {
    /// The attributes of an account.
    #[must_use]
    pub const fn new(to_account: &'a str, attrs: Map<'a>) -> Self {
        Self { to_account, attrs }
    }
}

message! {
    /// The body of `v4/timpush/set_attr`: sets attributes of accounts (60565). An app has up to ten attributes.
    ///
    /// ```
    /// use offline_push::json::{self, List, Map};
    /// use offline_push::tim::timpush::{SetAttributes, UserAttributes};
    ///
    /// let users = [UserAttributes::new("xiaoming", Map::from_slice(&[("city", "ShenZhen")]))];
    /// let request = SetAttributes::new(List::from_slice(&users));
    /// request.check()?;
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&request, &mut buffer)?,
    ///     r#"{"UserAttrs":[{"To_Account":"xiaoming","Attrs":{"city":"ShenZhen"}}]}"#,
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "im_set_attr")]
    pub struct SetAttributes<'a> {
        /// 1 to 100 accounts with their attributes.
        #[doc(alias = "UserAttrs")]
        user_attrs: List<'a, UserAttributes<'a>> = "UserAttrs",
    }
}

impl<'a> SetAttributes<'a> {
    /// Sets these attributes. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(user_attrs: List<'a, UserAttributes<'a>>) -> Self {
        Self { user_attrs }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `UserAttrs` | 1 to 100 accounts (error 90018) |
    /// | `To_Account` | not empty |
    /// | `Attrs` | names and texts of 1 to 50 bytes (90033) |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for SetAttributes<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_count(self.user_attrs.len(), "UserAttrs").or_else(&mut *broken)?;
        for user in &self.user_attrs {
            present(user.to_account, "To_Account").or_else(&mut *broken)?;
            for (name, value) in &user.attrs {
                [Some(name), value.text()]
                    .into_iter()
                    .flatten()
                    .try_for_each(|text| check_tag(text, "Attrs"))
                    .or_else(&mut *broken)?;
            }
        }
        Ok(())
    }
}

request! { SetAttributes => StatusResponse, RestApi, "/v4/timpush/set_attr" }

message! {
    /// Names of attributes of one account, an element of `UserAttrs` in [`RemoveAttributes`].
    pub struct UserAttributeNames<'a> {
        /// A user's id or a device's `RegistrationID`.
        #[doc(alias = "To_Account")]
        to_account: &'a str = "To_Account",
        /// Names of attributes: an array, whereas the other requests have an object.
        #[doc(alias = "Attrs")]
        attrs: List<'a, &'a str> = "Attrs",
    }
}

impl<'a> UserAttributeNames<'a> {
    /// Names of attributes of an account.
    #[must_use]
    pub const fn new(to_account: &'a str, attrs: List<'a, &'a str>) -> Self {
        Self { to_account, attrs }
    }
}

message! {
    /// The body of `v4/timpush/remove_attr`: removes attributes of accounts (60566).
    #[doc(alias = "im_remove_attr")]
    pub struct RemoveAttributes<'a> {
        /// 1 to 100 accounts with the names of the attributes to remove.
        #[doc(alias = "UserAttrs")]
        user_attrs: List<'a, UserAttributeNames<'a>> = "UserAttrs",
    }
}

impl<'a> RemoveAttributes<'a> {
    /// Removes these attributes. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(user_attrs: List<'a, UserAttributeNames<'a>>) -> Self {
        Self { user_attrs }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `UserAttrs` | 1 to 100 accounts (error 90018) |
    /// | `To_Account` | not empty |
    /// | `Attrs` | names of 1 to 50 bytes (90033) |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for RemoveAttributes<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_count(self.user_attrs.len(), "UserAttrs").or_else(&mut *broken)?;
        for user in &self.user_attrs {
            present(user.to_account, "To_Account").or_else(&mut *broken)?;
            user.attrs.iter().try_for_each(|name| check_tag(name, "Attrs")).or_else(&mut *broken)?;
        }
        Ok(())
    }
}

request! { RemoveAttributes => StatusResponse, RestApi, "/v4/timpush/remove_attr" }

message! {
    /// The body of `v4/timpush/get_attr`: reads the attributes of accounts (67817).
    #[doc(alias = "im_get_attr")]
    pub struct GetAttributes<'a> {
        /// 1 to 100 accounts.
        #[doc(alias = "To_Account")]
        to_account: List<'a, &'a str> = "To_Account",
    }
}

impl<'a> GetAttributes<'a> {
    /// Reads the attributes of these accounts. Nothing is checked: see [`check`](Self::check).
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

impl CheckAll for GetAttributes<'_> {
    fn check_each(&self, _broken: &mut impl Broken) -> Result<(), CheckError> {
        check_receivers(&self.to_account, MAX_ACCOUNTS)
    }
}

request! { GetAttributes => GetAttributesResponse, RestApi, "/v4/timpush/get_attr" }

message! {
    /// The reply to [`GetAttributes`].
    pub struct GetAttributesResponse<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus): `OK` even if some accounts were rejected.
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// The accounts with their attributes, in any order.
        #[doc(alias = "UserAttrs")]
        user_attrs: Option<List<'a, UserAttributes<'a>>> = "UserAttrs" as lenient,
        /// The accounts that were rejected: 70107 if the account does not exist.
        #[doc(alias = "ErrorList")]
        error_list: Option<List<'a, AccountError<'a>>> = "ErrorList" as lenient,
    }
}

impl GetAttributesResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { GetAttributesResponse: |reply| outcome(reply.action_status, reply.error_code, reply.error_list, None) }
