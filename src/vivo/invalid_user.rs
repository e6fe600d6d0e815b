//! Asks which regIds are no longer valid.

use super::api::{PushApi, response};
use super::code::ResultCode;
use super::response::InvalidUser;
use super::rules::check_app_id;
use super::tag::{UserType, check_user_type, check_users};
use crate::check::{Broken, CheckAll, CheckError};
use crate::exchange::request;
use crate::json::{List, message};

message! {
    /// Asks which users are not valid: the body of `/invalidUser/check`.
    ///
    /// The only source is one PHP program, which contains the call in a comment. No document that was found and no official SDK
    /// contains it. The number of users has no known limit.
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::vivo::{InvalidUserCheck, InvalidUserCheckResponse, UserType};
    ///
    /// let reg_ids = ["12345678901234567890121", "12345678901234567890120"];
    /// let request = InvalidUserCheck::new(UserType::REG_ID, List::from_slice(&reg_ids));
    /// request.check()?;
    /// let mut buffer = [0; 128];
    /// let body = json::to_slice(&request, &mut buffer)?; // POST it to InvalidUserCheck::PATH
    ///
    /// let reply: InvalidUserCheckResponse =
    ///     json::from_str(r#"{"result":0,"invalidUsers":[{"status":1,"userid":"12345678901234567890120"}]}"#)?;
    /// assert_eq!(reply.users().filter_map(|user| user.userid).next(), Some(reg_ids[1]));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct InvalidUserCheck<'a> {
        /// The app's id. The text of document 2.9.2 requires it in every body; the one known request does not have it.
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// Whether [`user_ids`](field@Self::user_ids) has regIds or aliases. The source has 1. That 2 means aliases is taken from
        /// the requests for the members of a tag.
        #[doc(alias = "userType")]
        user_type: UserType = "userType",
        /// The users, at least one. Shown as `***`.
        #[doc(alias = "userIds")]
        user_ids: List<'a, &'a str> = "userIds" [secret],
    }
}

request! { InvalidUserCheck => InvalidUserCheckResponse, PushApi, "/invalidUser/check" }

impl<'a> InvalidUserCheck<'a> {
    /// A request for these users. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(user_type: UserType, user_ids: List<'a, &'a str>) -> Self {
        Self { app_id: None, user_type, user_ids }
    }

    /// Checks the request. The time is linear in the number of users.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule:
    ///
    /// - `appId` is 0.
    /// - `userType` is not 1 or 2.
    /// - There is no user.
    /// - A regId is empty, is longer than 256 bytes, or has characters that are not visible ASCII.
    /// - An alias is empty, or has more than 70 UTF-16 units.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for InvalidUserCheck<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        check_user_type(self.user_type, "userType").or_else(&mut *broken)?;
        check_users(self.user_type, &self.user_ids, "userIds")
    }
}

message! {
    /// The reply to `/invalidUser/check`.
    ///
    /// **No source shows a reply.** The result class of the official Java SDK, which is the same for all calls, has the two
    /// lists that are read here; it is not known which of them this call fills. [`users`](Self::users) goes through both.
    pub struct InvalidUserCheckResponse<'a> {
        /// 0 for success, else the reason.
        result: ResultCode = "result",
        /// The result in human-readable words. May be absent.
        desc: Option<&'a str> = "desc" as lenient [public],
        /// Users that are not valid, as in [`ListPushResponse`](super::ListPushResponse).
        #[doc(alias = "invalidUsers")]
        invalid_users: Option<List<'a, InvalidUser<'a>>> = "invalidUsers" as lenient,
        /// Users with a status, in the same form.
        data: Option<List<'a, InvalidUser<'a>>> = "data" as lenient,
    }
}

response! { InvalidUserCheckResponse }

impl<'a> InvalidUserCheckResponse<'a> {
    /// A reply with a result and no other field.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }

    /// The users in both lists: first `invalidUsers`, then `data`. A user that is in both appears twice.
    ///
    /// Delete a regId only if its [status](InvalidUser::status) [says so](super::UserStatus::advice): `data` may have users that
    /// are valid.
    pub fn users(&self) -> impl Iterator<Item = InvalidUser<'a>> + use<'a> {
        self.invalid_users.into_iter().chain(self.data).flatten()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{InvalidUserCheck, InvalidUserCheckResponse};
    use crate::check::{CheckError, Rule};
    use crate::json::{self, List};
    use crate::vivo::UserType;

    #[test]
    fn check_invalid_user_request_each_rule() {
        let check =
            |number, users| InvalidUserCheck::new(UserType::new(number), List::from_slice(users)).check();
        assert_eq!(check(1, &["a"; 2000]), Ok(()));
        assert_eq!(check(0, &["a"]), Err(CheckError::new("userType", Rule::UnknownValue)));
        assert_eq!(check(1, &[]), Err(CheckError::new("userIds", Rule::Missing)));
        assert_eq!(check(1, &["中"]), Err(CheckError::new("userIds", Rule::UnknownValue)));
        assert_eq!(check(2, &["中"]), Ok(()));
    }

    #[test]
    fn users_come_from_either_list() {
        for (text, users) in [
            (r#"{"result":0}"#, &[][..]),
            (r#"{"result":0,"invalidUsers":null,"data":"none"}"#, &[]),
            (r#"{"result":0,"data":[{"status":2,"userid":"a"}]}"#, &["a"]),
            (r#"{"result":0,"data":[{"userid":"b"}],"invalidUsers":[{"userid":"a"}]}"#, &["a", "b"]),
        ] {
            let reply: InvalidUserCheckResponse<'_> = json::from_str(text).unwrap();
            assert!(reply.users().filter_map(|user| user.userid).eq(users.iter().copied()), "{text}");
        }
    }
}
