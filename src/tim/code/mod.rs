//! The error codes of Tencent IM, and what to do about each.

mod advice;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use advice::{ReportAdvice, SendAdvice};

use super::token::OfflinePushToken;
use crate::check::{CheckError, Rule};

crate::json::open_number! {
    /// An error code of Tencent IM.
    ///
    /// One number space serves three sources: `ErrorCode` of a reply of the REST API, `onError` of a failed call of the IM
    /// SDK, and the result of a push at the vendor. [`advice`](Self::advice) is for all of them,
    /// [`report_advice`](Self::report_advice) for a phone that reported a token. A number without a constant here is kept
    /// as it is; its advice is [`SendAdvice::Unknown`].
    ///
    /// ```
    /// use offline_push::tim::{ErrorCode, ReportAdvice, SendAdvice};
    ///
    /// let refused = ErrorCode::new(90043); // from the reply to v4/openim/sendmsg
    /// assert_eq!(refused, ErrorCode::INVALID_OFFLINE_PUSH_INFO);
    /// assert_eq!(refused.advice(), SendAdvice::FixRequest { field: "OfflinePushInfo" });
    ///
    /// let code = ErrorCode::new(6012); // from onError
    /// assert_eq!(code, ErrorCode::TIMEOUT);
    /// assert_eq!(code.report_advice(), ReportAdvice::BackOff);
    /// assert_eq!(ErrorCode::TOKEN_TOO_LONG.report_advice(), ReportAdvice::GiveUp);
    ///
    /// let newer = ErrorCode::new(90999); // newer than this crate
    /// assert_eq!((newer.get(), newer.meaning()), (90999, None));
    /// assert_eq!(newer.advice(), SendAdvice::Unknown);
    /// ```
    ///
    /// The meanings are those of IM's page "Error Codes" (trtc.io/document/34348 = product/1047/34348), unless a constant
    /// names another source. *Push page* is the page of the push service (cloud.tencent.com/document/product/269/117847 =
    /// product/1047/74196, of 2026). The page of each API lists only some of the codes. Not every copy of the page "Error
    /// Codes" has the vendors' codes, -195 to -203.
    #[doc(alias = "BaseConstants")]
    #[doc(alias = "onError")]
    pub struct ErrorCode(i32) {
        /// No error.
        SUCCESS = 0 => "no error",

        /// The key of the login has expired. It is made from `UserSig`, and is valid for at most as long as `UserSig`. Log
        /// in again.
        ACCESS_KEY_EXPIRED = -10001 => "the access layer's key has expired",
        /// The ticket of the login has expired. Log in again.
        ACCESS_TICKET_EXPIRED = -10003 => "the access layer's ticket has expired",
        /// The ticket of the login is invalid, or was blocked for security. Log in again.
        ACCESS_TICKET_INVALID = -10004 => "the access layer's ticket is invalid",
        /// The request had no key for the access layer. The key comes with a login. TIMSDK#739 reports this code for the report
        /// of a token.
        ACCESS_KEY_EMPTY = -10005 => "the access layer's key is empty",
        /// The request had neither key nor ticket. Both come with a login.
        ACCESS_KEY_MISSING = -10008 => "the access layer's key and ticket are missing",
        /// Decryption with the key failed too many times. Log in again to get a new key.
        ACCESS_KEY_WRONG = -10106 => "the access layer's key is wrong",
        /// The push for FCM could not be built: its certificate is wrong.
        FCM_BUILD_FAILED = -195 => "the FCM push could not be built, its certificate is wrong",
        /// The certificate's click event is "open a screen of the app", and its intent is empty.
        INTENT_EMPTY = -196 => "the click event opens a screen, and its intent is empty",
        /// The certificate is wrong.
        INVALID_CERTIFICATE = -197 => "the certificate is wrong",
        /// The vendor's server answered with an error.
        VENDOR_ERROR = -198 => "the vendor answered with an error",
        /// The vendor's server could not be reached.
        VENDOR_NETWORK = -199 => "network failure between IM and the vendor",
        /// The network between IM's servers failed.
        BACKEND_NETWORK = -200 => "network failure within IM",
        /// The token or the certificate id that the phone reported is invalid.
        INVALID_TOKEN = -201 => "the token or the certificate id is invalid",
        /// The push could not be built.
        PUSH_BUILD_FAILED = -202 => "the push could not be built",
        /// Huawei accepts no more pushes of this app today.
        HUAWEI_QUOTA_EXCEEDED = -203 => "Huawei's daily limit is reached",

        /// The server did not answer in time. It is not known whether the request arrived.
        TIMEOUT = 6012 => "the request timed out",
        /// The SDK is not initialized. Initialize it, and log in.
        SDK_NOT_INITIALIZED = 6013 => "the SDK is not initialized",
        /// The user of the phone is not logged in, or is no longer logged in. The push page requires a login before push is
        /// registered.
        SDK_NOT_LOGGED_IN = 6014 => "the SDK is not logged in",
        /// A parameter of the SDK's call is invalid; the error text may say which.
        SDK_INVALID_PARAMETER = 6017 => "a parameter of the call is invalid",
        /// The user's signature has expired. Make a new one, and log in again.
        SDK_USER_SIG_EXPIRED = 6206 => "UserSig has expired",
        /// The user has logged in on another device, and was logged out here. A login also returns this code if this happened
        /// while the app was not running.
        KICKED = 6208 => "logged out by a login on another device",
        /// The connection to IM is not authenticated. A login authenticates it.
        NOT_AUTHENTICATED = 9503 => "the connection is not authenticated",
        /// The request never left the phone. The push page says: check the network.
        SEND_TIMEOUT = 9523 => "timed out before it was sent, check the network",

        /// IM's group server failed.
        GROUP_INTERNAL_ERROR = 10002 => "internal error of the group server",
        /// The URL does not name an API.
        UNKNOWN_GROUP_API = 10003 => "the URL does not name a group API",
        /// A parameter is invalid; `ErrorInfo` says which.
        INVALID_GROUP_PARAMETER = 10004 => "a parameter of the request is invalid",
        /// The request has too many accounts.
        TOO_MANY_GROUP_ACCOUNTS = 10005 => "too many accounts in the request",
        /// Group operations are too frequent.
        GROUP_TOO_FREQUENT = 10006 => "group operations are too frequent",
        /// The caller has no permission for this group. An administrator of the app has it.
        NO_GROUP_PERMISSION = 10007 => "no permission for the group operation",
        /// The group does not exist, or no longer exists.
        GROUP_NOT_FOUND = 10010 => "the group does not exist or was dissolved",
        /// The body is not JSON.
        INVALID_GROUP_JSON = 10011 => "the JSON of the request cannot be parsed",
        /// The account that sends the message is invalid.
        INVALID_GROUP_SENDER = 10012 => "From_Account is invalid",
        /// No group has this id.
        INVALID_GROUP_ID = 10015 => "no group has this id",
        /// The app's own callback refused the request.
        GROUP_REFUSED_BY_CALLBACK = 10016 => "refused by the app's callback",
        /// The sender is muted in the group.
        MUTED_IN_GROUP = 10017 => "the sender is muted in the group",
        /// An account in the request does not exist.
        GROUP_ACCOUNT_NOT_FOUND = 10019 => "an account in the request does not exist",
        /// There were too many messages to the group in a short time.
        GROUP_MESSAGES_TOO_FREQUENT = 10023 => "messages to the group are too frequent",
        /// The command is disabled for this app.
        GROUP_COMMAND_DISABLED = 10026 => "the command is disabled for the app",

        /// The request is invalid.
        INVALID_REQUEST = 20001 => "the request is invalid",
        /// `UserSig` is invalid.
        INVALID_TICKET = 20002 => "UserSig or A2 is invalid",
        /// The sender or the receiver does not exist, or was not imported into IM.
        ACCOUNT_NOT_FOUND = 20003 => "the sender or the receiver does not exist",
        /// The network inside IM failed.
        MESSAGE_NETWORK = 20004 => "network failure, try again",
        /// IM's message server failed.
        MESSAGE_INTERNAL_ERROR = 20005 => "internal error of the message server",
        /// The app's own callback refused the message.
        REFUSED_BY_CALLBACK = 20006 => "refused by the app's callback",
        /// The sender is on the receiver's block list.
        BLOCKED_BY_RECEIVER = 20007 => "the receiver has blocked the sender",
        /// Sender and receiver belong to different apps: the client changed its `SDKAppID` but kept its old database.
        SDK_APP_ID_MISMATCH = 20008 => "sender and receiver belong to different apps",
        /// The app allows messages between friends only, and these users are not friends.
        NOT_FRIENDS = 20009 => "sender and receiver are not friends",
        /// The app allows messages between friends only, and the receiver is not a friend of the sender.
        RECEIVER_NOT_A_FRIEND = 20010 => "the receiver is not a friend of the sender",
        /// The app allows messages between friends only, and the sender is not a friend of the receiver.
        SENDER_NOT_A_FRIEND = 20011 => "the sender is not a friend of the receiver",
        /// The sender is muted.
        SENDER_MUTED = 20012 => "the sender is muted",

        /// The token was reported before login. The guide's step 4 requires a successful login first.
        NOT_LOGGED_IN = 21005 => "the token was reported before login",
        /// The IM console has no certificate for offline push. A certificate takes effect ten minutes after it was saved (the
        /// guide's step 2).
        NO_CERTIFICATE = 22001 => "no offline push certificate is uploaded",
        /// The network failed while the token was reported.
        NETWORK = 22002 => "network failure",
        /// The reported token is empty.
        TOKEN_EMPTY = 22003 => "the token is empty",
        /// The reported token is longer than 256 bytes
        /// ([`MAX_TOKEN_LEN`](crate::tim::OfflinePushToken::MAX_TOKEN_LEN)).
        TOKEN_TOO_LONG = 22004 => "the token is longer than 256 bytes",
        /// The data of the login request is longer than 1024 bytes.
        LOGIN_DATA_TOO_LONG = 22005 => "the login data is longer than 1024 bytes",
        /// Tokens were reported too often.
        TOO_FREQUENT = 22006 => "reported too often",

        /// The request or its URL cannot be parsed.
        INVALID_HTTP = 60002 => "the HTTP request cannot be parsed, check its URL",
        /// The body is not JSON.
        INVALID_HTTP_JSON = 60003 => "the JSON of the request cannot be parsed",
        /// The account or the signature in the URL or the body is wrong.
        WRONG_ACCOUNT_OR_SIGNATURE = 60004 => "UserID or UserSig is wrong",
        /// The same as [`Self::WRONG_ACCOUNT_OR_SIGNATURE`].
        WRONG_ACCOUNT_OR_SIGNATURE_2 = 60005 => "UserID or UserSig is wrong",
        /// No app has this id.
        INVALID_SDK_APP_ID = 60006 => "sdkappid is invalid",
        /// The REST API is called too often.
        REST_TOO_FREQUENT = 60007 => "the REST API is called too often",
        /// The server took too long, or the request is not well-formed HTTP.
        REST_TIMEOUT = 60008 => "timed out, or the HTTP request is malformed",
        /// The URL does not name a resource.
        WRONG_RESOURCE = 60009 => "the URL does not name a resource",
        /// `identifier` in the URL must be an administrator of the app.
        NOT_ADMINISTRATOR = 60010 => "identifier is not an administrator of the app",
        /// This app calls too often.
        APP_TOO_FREQUENT = 60011 => "the app calls too often",
        /// The URL has no `sdkappid`.
        SDK_APP_ID_MISSING = 60012 => "sdkappid is missing in the URL",
        /// A server inside IM answered with something other than JSON.
        INVALID_RESPONSE_JSON = 60013 => "the JSON of a reply inside IM cannot be parsed",
        /// IM took too long to look up an account.
        ACCOUNT_TIMEOUT = 60014 => "looking up the account timed out",
        /// An account is not a JSON string.
        ACCOUNT_NOT_TEXT = 60015 => "a UserID is not text",
        /// The app is disabled.
        APP_DISABLED = 60016 => "the app is disabled",
        /// The request is disabled.
        REQUEST_DISABLED = 60017 => "the request is disabled",
        /// Too many requests.
        TOO_MANY_REQUESTS = 60018 => "too many requests",
        /// The same as [`Self::TOO_MANY_REQUESTS`].
        TOO_MANY_REQUESTS_2 = 60019 => "too many requests",
        /// The app's plan has expired, or has not taken effect yet, which takes five minutes.
        NO_PLAN = 60020 => "the app has no active plan",
        /// Calls from this address are not allowed.
        SOURCE_NOT_ALLOWED = 60021 => "calls from this IP address are not allowed",

        /// The signature has expired. The page advises that it should be valid for 24 hours or longer.
        USER_SIG_EXPIRED = 70001 => "UserSig has expired",
        /// The signature is empty.
        USER_SIG_EMPTY = 70002 => "UserSig is empty",
        /// The signature cannot be parsed.
        INVALID_USER_SIG = 70003 => "UserSig is invalid",
        /// The same as [`Self::INVALID_USER_SIG`].
        INVALID_USER_SIG_2 = 70005 => "UserSig is invalid",
        /// The signature does not match: it was probably made with the key of another app.
        USER_SIG_OF_ANOTHER_KEY = 70009 => "UserSig was made with another key",
        /// The signature is that of another account.
        USER_SIG_OF_ANOTHER_USER = 70013 => "UserSig was made for another UserID",
        /// The signature is that of another app.
        USER_SIG_OF_ANOTHER_APP = 70014 => "UserSig was made for another SDKAppID",
        /// IM has no key to verify the signature with. The push page adds: check the `appKey` given to `registerPush`. A
        /// newer text of the REST API adds: check that the host is that of the app's region.
        NO_PUBLIC_KEY = 70016 => "UserSig cannot be verified, there is no public key",
        /// No app in this region has this id.
        APP_NOT_FOUND = 70020 => "no app has this sdkappid",
        /// Too many signatures in a row did not match. Wait a minute, and check the signature.
        USER_SIG_TOO_FREQUENT = 70050 => "UserSig failed too often, wait a minute",
        /// The account is on the block list.
        ACCOUNT_BLOCKED = 70051 => "the account is on the block list",
        /// The account does not exist. The published reply of `batchsendmsg` has this code for one of its receivers.
        UNKNOWN_ACCOUNT = 70107 => "the account does not exist",
        /// The server took too long.
        SERVER_TIMEOUT = 70169 => "the server timed out",
        /// The same as [`Self::SERVER_TIMEOUT`].
        SERVER_TIMEOUT_2 = 70202 => "the server timed out",
        /// A parameter is missing or invalid; `ErrorInfo` says which.
        INVALID_PARAMETER = 70402 => "a parameter of the request is invalid",
        /// Only an administrator of the app may do this.
        NEEDS_ADMINISTRATOR = 70403 => "requires an administrator of the app",
        /// IM's account server failed.
        INTERNAL_ERROR = 70500 => "internal error of the server",

        /// The text was filtered; it may contain words that IM does not allow (the SDK's header, TIMSDK).
        SENSITIVE_TEXT = 80001 => "the text has sensitive content",
        /// The message is longer than 8 KB; the SDK's newer header says 12 KB.
        MESSAGE_TOO_LONG = 80002 => "MsgBody makes a message longer than 8 KB",
        /// The app's own callback failed or was too slow, and the console is set to send nothing in this case.
        CALLBACK_FAILED = 80003 => "the app's callback failed or timed out",

        /// The body is not JSON.
        INVALID_JSON = 90001 => "the JSON of the request cannot be parsed",
        /// `MsgBody` is not an array of elements.
        INVALID_MSG_BODY = 90002 => "MsgBody is malformed or not an array",
        /// `To_Account` is missing, or the account does not exist.
        TO_ACCOUNT_MISSING = 90003 => "To_Account is missing or does not exist",
        /// `MsgRandom` is missing or not an integer.
        INVALID_MSG_RANDOM = 90005 => "MsgRandom is missing or not an integer",
        /// `MsgTimeStamp` is missing or not an integer.
        INVALID_MSG_TIME_STAMP = 90006 => "MsgTimeStamp is missing or not an integer",
        /// `MsgBody` is not an array.
        MSG_BODY_NOT_ARRAY = 90007 => "MsgBody is not an array",
        /// `From_Account` is missing, or the account does not exist.
        FROM_ACCOUNT_MISSING = 90008 => "From_Account is missing or does not exist",
        /// Only an administrator of the app may send this.
        SENDER_NOT_ADMINISTRATOR = 90009 => "requires an administrator of the app",
        /// The message is malformed: check the elements of `MsgBody`.
        INVALID_MESSAGE = 90010 => "the message is malformed, check MsgBody",
        /// The request has more than 500 receivers.
        TOO_MANY_RECEIVERS = 90011 => "To_Account has more than 500 accounts",
        /// The receiver was never imported into IM.
        RECEIVER_NOT_FOUND = 90012 => "To_Account is not registered",
        /// The request has more accounts than the API accepts.
        TOO_MANY_ACCOUNTS = 90018 => "To_Account has too many accounts",
        /// A tag is longer than 50 bytes (push page).
        PUSH_TAG_TOO_LONG = 90020 => "Condition: a tag is longer than 50 bytes",
        /// A tag is in both `TagsOr` and `TagsAnd`.
        DUPLICATE_TAG = 90022 => "Condition: TagsOr and TagsAnd share a tag",
        /// There were two pushes to all users within one second.
        PUSH_TOO_FREQUENT = 90024 => "pushes are less than a second apart",
        /// The message is to be kept for more than seven days.
        MSG_LIFE_TIME_TOO_LONG = 90026 => "MsgLifeTime is longer than 7 days",
        /// An attribute is empty or longer than 50 bytes.
        INVALID_ATTRIBUTE_LEN = 90030 => "Condition: an attribute is not 1 to 50 bytes long",
        /// `SyncOtherMachine` is not an integer.
        INVALID_SYNC_OTHER_MACHINE = 90031 => "SyncOtherMachine is not an integer",
        /// There are more than ten tags.
        TOO_MANY_TAGS = 90032 => "Condition: more than 10 tags",
        /// An attribute is invalid. For the names of attributes: a name occurs twice, or the type of an account was changed
        /// (push page).
        INVALID_ATTRIBUTE = 90033 => "Condition: an attribute is invalid",
        /// A tag is longer than 50 bytes.
        TAG_TOO_LONG = 90034 => "Condition: a tag is longer than 50 bytes",
        /// The tag or attribute belongs to the other type of account: to users, or to devices with a `RegistrationID`. This
        /// code is in the list of errors of a reply (push page).
        WRONG_ACCOUNT_TYPE = 90035 => "To_Account: the tag or attribute is for the other type of account",
        /// The condition has both tags and attributes (push page).
        TAGS_AND_ATTRIBUTES = 90039 => "Condition: has both tags and attributes",
        /// A tag is empty.
        TAG_EMPTY = 90040 => "Condition: a tag is empty",
        /// `OfflinePushInfo` does not have its documented form.
        /// [`OfflinePushInfo::check`](crate::tim::OfflinePushInfo::check) names the field.
        #[doc(alias = "OfflinePushInfo")]
        INVALID_OFFLINE_PUSH_INFO = 90043 => "OfflinePushInfo is malformed",
        /// `MsgLifeTime` is not an integer.
        INVALID_MSG_LIFE_TIME = 90044 => "MsgLifeTime is not an integer",
        /// The push plug-in, for pushes to all users, to tags or to single users, was not bought or not enabled (push page).
        PUSH_NOT_ENABLED = 90045 => "the push plug-in is not enabled",
        /// IM accepts no more pushes to all users today. The limit is 100, unless agreed otherwise.
        PUSH_QUOTA_EXCEEDED = 90047 => "the daily limit of pushes to all users is reached",
        /// The account does not exist.
        PUSH_ACCOUNT_NOT_FOUND = 90048 => "the account to push to does not exist",
        /// No push to revoke has this id (push page, like all codes from 90049 to 90053).
        INVALID_TASK_ID = 90049 => "TaskId is invalid, or the push is not known",
        /// The push was revoked before, so there is nothing left to do (push page).
        ALREADY_REVOKED = 90050 => "the push was revoked before",
        /// There was more than one revocation within a second (push page).
        REVOKE_TOO_FREQUENT = 90051 => "revocations are too frequent, at most one a second",
        /// A push can be revoked for 24 hours after it was started. Do not try again (push page).
        REVOKE_TOO_LATE = 90052 => "TaskId: the push was started more than 24 hours ago",
        /// IM has not stored the push, so the request must say what the phones show instead (push page).
        REVOKE_NEEDS_INFO = 90053 => "OfflinePushInfo is missing, the push was not stored",
        /// No message to recall has this key.
        INVALID_MSG_KEY = 90054 => "MsgKey is invalid",
        /// A batch message is longer than 8 KB.
        BATCH_TOO_LONG = 90055 => "the batch request is longer than 8 KB",
        /// A push to all users is longer than 10 KB (push page).
        PUSH_TOO_LONG = 90056 => "the push request is longer than 10 KB",
        /// The app's own id of the push is longer than 64 bytes (page of `timpush/batch`, 67553).
        DATA_ID_TOO_LONG = 90057 => "DataId is longer than 64 bytes",
        /// A parameter of a scheduled push is invalid (pages of the scheduler, 78839 to 78843).
        INVALID_SCHEDULE = 90104 => "a parameter of the request for a scheduled push is invalid",
        /// A scheduled push could not be deleted, because IM is sending it already. Ignore this error (page of
        /// `delete_sched_task`, 78841).
        SCHEDULE_DISPATCHED = 90107 => "TaskID: the scheduled push is being sent and cannot be deleted",
        /// IM failed. If every request gets this code, check the app's own callback: it may not answer.
        SERVICE_ERROR_CALLBACK = 90992 => "internal error, or the app's callback does not answer",
        /// IM failed.
        SERVICE_ERROR_2 = 90994 => "internal error of the service",
        /// IM failed.
        SERVICE_ERROR_3 = 90995 => "internal error of the service",
        /// IM failed.
        SERVICE_ERROR = 91000 => "internal error of the service",
        /// The body is too long. The limit is 12 KB according to the API's pages, 8 KB according to the page "Error Codes". A
        /// body of up to 8 KB passes both limits.
        REQUEST_TOO_LONG = 93000 => "the request is longer than 8 or 12 KB",

        /// `registerPush` got an invalid `appKey` (push page, like all codes from 800001 to 800016).
        PUSH_INVALID_APP_KEY = 800_001 => "registerPush: appKey is invalid",
        /// `registerPush` got an invalid `sdkAppId` (push page).
        PUSH_INVALID_SDK_APP_ID = 800_002 => "registerPush: sdkAppId is invalid",
        /// The IM SDK could not be initialized (push page).
        PUSH_INIT_FAILED = 800_003 => "registerPush: the SDK could not be initialized",
        /// The persistent connection to IM failed (push page).
        PUSH_CONNECTION_FAILED = 800_004 => "registerPush: no connection to IM",
        /// The phone could not register with its own vendor. This can be any vendor, not only FCM (push page; Tencent's
        /// trouble-shooting cards).
        PUSH_VENDOR_FAILED = 800_005 => "registerPush: registration with the phone's vendor failed",
        /// The phone could register neither with its own vendor nor, after that, with FCM (push page). Look at the vendor first
        /// (Tencent's trouble-shooting cards).
        PUSH_FCM_FAILED = 800_006 => "registerPush: registration with the phone's vendor failed, then with FCM",
        /// No push service works on this phone (push page).
        PUSH_NO_CHANNEL = 800_007 => "registerPush: no push service works on this phone",
        /// The vendor did not answer in time (push page).
        PUSH_TIMEOUT = 800_008 => "registerPush: timed out",
        /// The vendor returned an empty token (push page).
        PUSH_TOKEN_EMPTY = 800_009 => "registerPush: the vendor's token is empty",
        /// The token could not be reported to IM (push page).
        PUSH_SET_TOKEN_FAILED = 800_010 => "registerPush: the token could not be reported",
        /// Automatic registration could not be disabled (push page).
        PUSH_AUTO_REGISTER_FAILED = 800_011 => "automatic registration could not be disabled",
        /// The request for permission could not be disabled (push page).
        PUSH_PERMISSION_REQUEST_FAILED = 800_012 => "the request for permission could not be disabled",
        /// The notification channel could not be created (push page).
        PUSH_CHANNEL_FAILED = 800_013 => "the notification channel could not be created",
        /// The configuration could not be set (push page).
        PUSH_CONFIG_FAILED = 800_014 => "the push configuration could not be set",
        /// An experimental API failed (push page).
        PUSH_EXPERIMENTAL_FAILED = 800_015 => "the experimental API failed",
        /// The user refused the permission for notifications (push page).
        PUSH_PERMISSION_REFUSED = 800_016 => "the user refused the permission for notifications",
    }
}

impl ErrorCode {
    /// Whether the code is the app's own. 120001 to 130000 are reserved for the app's callback, which may reject one-to-one
    /// messages with them.
    #[must_use]
    pub const fn is_custom(self) -> bool {
        matches!(self.get(), 120_001..=130_000)
    }

    /// The code that the SDK would return for a token that [`OfflinePushToken::check`] or
    /// [`RegId`](crate::registration::RegId) rejected. `None` for any other error.
    ///
    /// ```
    /// use offline_push::tim::{ErrorCode, OfflinePushToken};
    ///
    /// let error = OfflinePushToken::new(6666, "").check().unwrap_err();
    /// assert_eq!(ErrorCode::of_token(&error), Some(ErrorCode::TOKEN_EMPTY));
    /// ```
    #[must_use]
    pub fn of_token(error: &CheckError) -> Option<Self> {
        match error.rule() {
            _ if error.field() != OfflinePushToken::TOKEN => None,
            Rule::Missing => Some(Self::TOKEN_EMPTY),
            Rule::TooLong { max } if max == OfflinePushToken::MAX_TOKEN_LEN as u32 => {
                Some(Self::TOKEN_TOO_LONG)
            }
            _ => None,
        }
    }
}
