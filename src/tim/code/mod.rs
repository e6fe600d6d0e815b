//! What Tencent IM means by its error codes, and what whoever gets one does about it.

mod advice;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use advice::{ReportAdvice, SendAdvice};

use super::token::OfflinePushToken;
use crate::check::{CheckError, Rule};

crate::json::open_number! {
    /// A code of Tencent IM: `ErrorCode` of a reply of the REST API, what the IM SDK gives to `onError` of a failed call,
    /// and how a push fared at the vendor.
    ///
    /// A number without a name here is kept as it is; [`advice`](Self::advice) answers [`SendAdvice::Unknown`] for it.
    ///
    /// The meanings are those of IM's page "Error Codes" (trtc.io/document/34348 = product/1047/34348) unless a constant
    /// names another source. *Push page* is the push service's own (cloud.tencent.com/document/product/269/117847 =
    /// product/1047/74196, of 2026). The page of each API lists a part of them. Not every copy of the first page has the
    /// vendors' codes, -195 to -203.
    ///
    /// ```
    /// use offline_push::tim::{ErrorCode, SendAdvice};
    ///
    /// let news = ErrorCode::new(90999); // newer than this crate
    /// assert_eq!((news.get(), news.meaning()), (90999, None));
    /// assert_eq!(news.advice(), SendAdvice::Unknown);
    /// ```
    ///
    /// One space of numbers serves all: the replies of the REST API (`ErrorCode`), the phone's SDKs (`onError`), and what
    /// becomes of a push on its way through a vendor. [`ErrorCode::advice`] is for all of them;
    /// [`ErrorCode::report_advice`] for the phone that has reported a token.
    ///
    /// ```
    /// use offline_push::tim::{ErrorCode, ReportAdvice, SendAdvice};
    ///
    /// let refused = ErrorCode::new(90043); // the reply to v4/openim/sendmsg
    /// assert_eq!(refused, ErrorCode::INVALID_OFFLINE_PUSH_INFO);
    /// assert_eq!(refused.advice(), SendAdvice::FixRequest { field: "OfflinePushInfo" });
    /// assert_eq!(ErrorCode::new(60007).advice(), SendAdvice::BackOff);
    ///
    /// let code = ErrorCode::new(6012); // the code that onError was given
    /// assert_eq!(code, ErrorCode::TIMEOUT);
    /// assert_eq!(code.report_advice(), ReportAdvice::BackOff);
    /// assert_eq!(ErrorCode::TOKEN_TOO_LONG.report_advice(), ReportAdvice::GiveUp);
    /// ```
    #[doc(alias = "BaseConstants")]
    #[doc(alias = "onError")]
    pub struct ErrorCode(i32) {
        /// Nothing is wrong.
        SUCCESS = 0 => "no error",

        /// The access layer got no key with the request; the key comes with a login. TIMSDK#739 has it for a token that was
        /// reported.
        ACCESS_KEY_EMPTY = -10005 => "the access layer's key is empty",
        /// The push for FCM could not be made: its certificate is wrong.
        FCM_BUILD_FAILED = -195 => "the FCM push could not be made, its certificate is wrong",
        /// The certificate's click event is "open a screen of the app", and its intent is empty.
        INTENT_EMPTY = -196 => "the click event opens a screen, and its intent is empty",
        /// The certificate is wrong.
        INVALID_CERTIFICATE = -197 => "the certificate is wrong",
        /// The vendor's server has answered with an error.
        VENDOR_ERROR = -198 => "the vendor answered with an error",
        /// The vendor's server could not be reached.
        VENDOR_NETWORK = -199 => "network failure between IM and the vendor",
        /// The network failed within IM's servers.
        BACKEND_NETWORK = -200 => "network failure within IM",
        /// What the phone has reported does not hold: its token, or its certificate id.
        INVALID_TOKEN = -201 => "the token or the certificate id is invalid",
        /// The push could not be made.
        PUSH_BUILD_FAILED = -202 => "the push could not be made",
        /// Huawei takes no more pushes of this app today.
        HUAWEI_QUOTA_EXCEEDED = -203 => "Huawei's limit of the day is reached",

        /// The SDK waited for the server in vain. Whether the request has arrived is not known.
        TIMEOUT = 6012 => "request timed out",
        /// The phone's user is not logged in, or no longer; the push page wants a login before push is registered.
        SDK_NOT_LOGGED_IN = 6014 => "the SDK is not logged in",
        /// The request never left the phone. The push page says: check the network.
        SEND_TIMEOUT = 9523 => "timed out before it was sent, check the network",

        /// A fault of IM's group server.
        GROUP_INTERNAL_ERROR = 10002 => "internal error of the group server",
        /// There is no such API.
        UNKNOWN_GROUP_API = 10003 => "the URL names no group API",
        /// A parameter is not allowed; `ErrorInfo` says which.
        INVALID_GROUP_PARAMETER = 10004 => "a parameter of the request is invalid",
        /// Too many accounts at once.
        TOO_MANY_GROUP_ACCOUNTS = 10005 => "too many accounts in the request",
        /// Called too often.
        GROUP_TOO_FREQUENT = 10006 => "group operations are too frequent",
        /// The caller may not do this to the group; the administrator of the app may.
        NO_GROUP_PERMISSION = 10007 => "no permission for the group operation",
        /// There is no such group, or no longer.
        GROUP_NOT_FOUND = 10010 => "the group does not exist or was dissolved",
        /// The body is no JSON.
        INVALID_GROUP_JSON = 10011 => "the JSON of the request cannot be parsed",
        /// The account that the message comes from is not valid.
        INVALID_GROUP_SENDER = 10012 => "From_Account is invalid",
        /// There is no group with this id.
        INVALID_GROUP_ID = 10015 => "no group has this id",
        /// The app's own callback has refused it.
        GROUP_REFUSED_BY_CALLBACK = 10016 => "refused by the app's callback",
        /// The sender may not speak in the group.
        MUTED_IN_GROUP = 10017 => "the sender is muted in the group",
        /// There is no such account.
        GROUP_ACCOUNT_NOT_FOUND = 10019 => "an account in the request does not exist",
        /// Too many messages to the group in a short time.
        GROUP_MESSAGES_TOO_FREQUENT = 10023 => "messages to the group are too frequent",
        /// This app may not use the command.
        GROUP_COMMAND_DISABLED = 10026 => "the command is disabled for the app",

        /// The request is not valid.
        INVALID_REQUEST = 20001 => "the request is invalid",
        /// `UserSig` is not valid.
        INVALID_TICKET = 20002 => "UserSig or A2 is invalid",
        /// One of the two accounts does not exist, or was not imported into IM.
        ACCOUNT_NOT_FOUND = 20003 => "the sender or the receiver does not exist",
        /// The network failed within IM.
        MESSAGE_NETWORK = 20004 => "network failure, try again",
        /// A fault of IM's message server.
        MESSAGE_INTERNAL_ERROR = 20005 => "internal error of the message server",
        /// The app's own callback has refused the message.
        REFUSED_BY_CALLBACK = 20006 => "refused by the app's callback",
        /// The receiver has the sender on the block list.
        BLOCKED_BY_RECEIVER = 20007 => "the receiver has blocked the sender",
        /// Sender and receiver belong to different apps: the client changed its `SDKAppID` and kept its old database.
        SDK_APP_ID_MISMATCH = 20008 => "sender and receiver are of different apps",
        /// The app wants friends only, and these are none.
        NOT_FRIENDS = 20009 => "sender and receiver are no friends",
        /// The app wants friends only: the sender does not have the receiver as one.
        RECEIVER_NOT_A_FRIEND = 20010 => "the receiver is no friend of the sender",
        /// The app wants friends only: the receiver does not have the sender as one.
        SENDER_NOT_A_FRIEND = 20011 => "the sender is no friend of the receiver",
        /// The sender may not speak.
        SENDER_MUTED = 20012 => "the sender is muted",

        /// A token was reported before login; the guide's step 4 wants a successful login first.
        NOT_LOGGED_IN = 21005 => "the token was reported before login",
        /// The IM console has no certificate for offline push. One that was saved less than ten minutes ago may not have
        /// taken effect yet (the guide's step 2).
        NO_CERTIFICATE = 22001 => "no offline push certificate is uploaded",
        /// The network failed while a token was reported.
        NETWORK = 22002 => "network failure",
        /// The reported token is empty.
        TOKEN_EMPTY = 22003 => "the token is empty",
        /// The reported token has more than 256 bytes
        /// ([`MAX_TOKEN_LEN`](crate::tim::OfflinePushToken::MAX_TOKEN_LEN)).
        TOKEN_TOO_LONG = 22004 => "the token is longer than 256 bytes",
        /// The data of the login request has more than 1024 bytes.
        LOGIN_DATA_TOO_LONG = 22005 => "the login data is longer than 1024 bytes",
        /// Tokens were reported too often.
        TOO_FREQUENT = 22006 => "reported too often",

        /// The request or its URL cannot be read.
        INVALID_HTTP = 60002 => "the HTTP request cannot be parsed, check its URL",
        /// The body is no JSON.
        INVALID_HTTP_JSON = 60003 => "the JSON of the request cannot be parsed",
        /// Account or signature in URL or body is wrong.
        WRONG_ACCOUNT_OR_SIGNATURE = 60004 => "UserID or UserSig is wrong",
        /// The same as [`Self::WRONG_ACCOUNT_OR_SIGNATURE`].
        WRONG_ACCOUNT_OR_SIGNATURE_2 = 60005 => "UserID or UserSig is wrong",
        /// There is no such app.
        INVALID_SDK_APP_ID = 60006 => "sdkappid is invalid",
        /// The REST API is called too often.
        REST_TOO_FREQUENT = 60007 => "the REST API is called too often",
        /// The server took too long, or the request is not proper HTTP.
        REST_TIMEOUT = 60008 => "timed out, or the HTTP request is malformed",
        /// There is nothing at this URL.
        WRONG_RESOURCE = 60009 => "the URL names no resource",
        /// `identifier` in the URL has to be an administrator of the app.
        NOT_ADMINISTRATOR = 60010 => "identifier is no administrator of the app",
        /// This app calls too often.
        APP_TOO_FREQUENT = 60011 => "the app calls too often",
        /// The URL lacks its `sdkappid`.
        SDK_APP_ID_MISSING = 60012 => "sdkappid is missing in the URL",
        /// IM's own server has answered IM with something else than JSON.
        INVALID_RESPONSE_JSON = 60013 => "the JSON of IM's own reply cannot be parsed",
        /// IM took too long to look an account up.
        ACCOUNT_TIMEOUT = 60014 => "looking up the account timed out",
        /// An account is written as something else than text.
        ACCOUNT_NOT_TEXT = 60015 => "a UserID is not text",
        /// The app is switched off.
        APP_DISABLED = 60016 => "the app is disabled",
        /// The request is not allowed.
        REQUEST_DISABLED = 60017 => "the request is disabled",
        /// Too many requests.
        TOO_MANY_REQUESTS = 60018 => "too many requests",
        /// The same as [`Self::TOO_MANY_REQUESTS`].
        TOO_MANY_REQUESTS_2 = 60019 => "too many requests",
        /// The app's plan has run out, or has not taken effect yet: that takes five minutes.
        NO_PLAN = 60020 => "the app has no plan in force",
        /// Calls from this address are not allowed.
        SOURCE_NOT_ALLOWED = 60021 => "calls from this IP address are not allowed",

        /// The signature has run out; the page advises to let one hold for 24 hours or longer.
        USER_SIG_EXPIRED = 70001 => "UserSig has expired",
        /// The signature is empty.
        USER_SIG_EMPTY = 70002 => "UserSig is empty",
        /// The signature cannot be read.
        INVALID_USER_SIG = 70003 => "UserSig is invalid",
        /// The same as [`Self::INVALID_USER_SIG`].
        INVALID_USER_SIG_2 = 70005 => "UserSig is invalid",
        /// The signature does not fit: it was probably made with the key of another app.
        USER_SIG_OF_ANOTHER_KEY = 70009 => "UserSig was made with another key",
        /// The signature is another account's.
        USER_SIG_OF_ANOTHER_USER = 70013 => "UserSig was made for another UserID",
        /// The signature is another app's.
        USER_SIG_OF_ANOTHER_APP = 70014 => "UserSig was made for another SDKAppID",
        /// IM has no key to check the signature with. The push page adds: check the `appKey` that was given to
        /// `registerPush`; newer text of the REST API: and that the host is that of the app's region.
        NO_PUBLIC_KEY = 70016 => "UserSig cannot be verified, there is no public key",
        /// There is no such app here.
        APP_NOT_FOUND = 70020 => "no app has this sdkappid",
        /// Too many signatures in a row did not fit: wait a minute, and check the signature.
        USER_SIG_TOO_FREQUENT = 70050 => "UserSig failed too often, wait a minute",
        /// The account is on the block list.
        ACCOUNT_BLOCKED = 70051 => "the account is on the block list",
        /// There is no such account. The published reply of `batchsendmsg` has it for one of the receivers.
        UNKNOWN_ACCOUNT = 70107 => "the account does not exist",
        /// The server took too long.
        SERVER_TIMEOUT = 70169 => "the server timed out",
        /// The same as [`Self::SERVER_TIMEOUT`].
        SERVER_TIMEOUT_2 = 70202 => "the server timed out",
        /// A parameter is missing or not allowed; `ErrorInfo` says which.
        INVALID_PARAMETER = 70402 => "a parameter of the request is invalid",
        /// Only an administrator of the app may do this.
        NEEDS_ADMINISTRATOR = 70403 => "needs an administrator of the app",
        /// A fault of IM's account server.
        INTERNAL_ERROR = 70500 => "internal error of the server",

        /// The text was filtered; it may hold words that IM does not let pass (the SDK's header, TIMSDK).
        SENSITIVE_TEXT = 80001 => "the text has sensitive content",
        /// The message is longer than 8 KB; the SDK's newer header says 12 KB.
        MESSAGE_TOO_LONG = 80002 => "MsgBody makes a message longer than 8 KB",
        /// The app's own callback has failed or was too slow, and the console says that then nothing is sent.
        CALLBACK_FAILED = 80003 => "the app's callback failed or timed out",

        /// The body is no JSON.
        INVALID_JSON = 90001 => "the JSON of the request cannot be parsed",
        /// `MsgBody` is no array of elements.
        INVALID_MSG_BODY = 90002 => "MsgBody is malformed or no array",
        /// `To_Account` is missing, or the account is unknown.
        TO_ACCOUNT_MISSING = 90003 => "To_Account is missing or does not exist",
        /// `MsgRandom` is missing or no integer.
        INVALID_MSG_RANDOM = 90005 => "MsgRandom is missing or no integer",
        /// `MsgTimeStamp` is missing or no integer.
        INVALID_MSG_TIME_STAMP = 90006 => "MsgTimeStamp is missing or no integer",
        /// `MsgBody` is no array.
        MSG_BODY_NOT_ARRAY = 90007 => "MsgBody is no array",
        /// `From_Account` is missing, or the account is unknown.
        FROM_ACCOUNT_MISSING = 90008 => "From_Account is missing or does not exist",
        /// Only an administrator of the app may send so.
        SENDER_NOT_ADMINISTRATOR = 90009 => "needs an administrator of the app",
        /// The message does not have the form of one: look at the elements of `MsgBody`.
        INVALID_MESSAGE = 90010 => "the message is malformed, check MsgBody",
        /// More than 500 receivers at once.
        TOO_MANY_RECEIVERS = 90011 => "To_Account has more than 500 accounts",
        /// The receiver was never imported into IM.
        RECEIVER_NOT_FOUND = 90012 => "To_Account is not registered",
        /// More accounts than the API takes.
        TOO_MANY_ACCOUNTS = 90018 => "To_Account has too many accounts",
        /// A tag has more than 50 bytes (push page).
        PUSH_TAG_TOO_LONG = 90020 => "Condition: a tag is longer than 50 bytes",
        /// A tag stands in `TagsOr` and in `TagsAnd`.
        DUPLICATE_TAG = 90022 => "Condition: TagsOr and TagsAnd share a tag",
        /// Two pushes to all within a second.
        PUSH_TOO_FREQUENT = 90024 => "pushes are less than a second apart",
        /// The message shall be kept for longer than seven days.
        MSG_LIFE_TIME_TOO_LONG = 90026 => "MsgLifeTime is longer than 7 days",
        /// An attribute is empty or has more than 50 bytes.
        INVALID_ATTRIBUTE_LEN = 90030 => "Condition: an attribute is not 1 to 50 bytes long",
        /// `SyncOtherMachine` is no integer.
        INVALID_SYNC_OTHER_MACHINE = 90031 => "SyncOtherMachine is no integer",
        /// More than ten tags.
        TOO_MANY_TAGS = 90032 => "Condition: more than 10 tags",
        /// An attribute is not valid.
        INVALID_ATTRIBUTE = 90033 => "Condition: an attribute is invalid",
        /// A tag has more than 50 bytes.
        TAG_TOO_LONG = 90034 => "Condition: a tag is longer than 50 bytes",
        /// Tags and attributes do not go together (push page).
        TAGS_AND_ATTRIBUTES = 90039 => "Condition: has both tags and attributes",
        /// A tag is empty.
        TAG_EMPTY = 90040 => "Condition: a tag is empty",
        /// `OfflinePushInfo` does not have its documented form: [`OfflinePushInfo::check`](crate::tim::OfflinePushInfo::check)
        /// says where.
        #[doc(alias = "OfflinePushInfo")]
        INVALID_OFFLINE_PUSH_INFO = 90043 => "OfflinePushInfo is malformed",
        /// `MsgLifeTime` is no integer.
        INVALID_MSG_LIFE_TIME = 90044 => "MsgLifeTime is no integer",
        /// The app has not bought or not switched on push to all, to tags or to single users.
        PUSH_NOT_ENABLED = 90045 => "the push plug-in is not enabled",
        /// No more pushes to all today; the limit is 100 unless agreed otherwise.
        PUSH_QUOTA_EXCEEDED = 90047 => "the day's pushes to all are used up",
        /// There is no such account.
        PUSH_ACCOUNT_NOT_FOUND = 90048 => "the account to push to does not exist",
        /// A message to recall does not have this key.
        INVALID_MSG_KEY = 90054 => "MsgKey is invalid",
        /// A batch message has more than 8 KB.
        BATCH_TOO_LONG = 90055 => "the batch request is longer than 8 KB",
        /// A push to all has more than 10 KB (push page).
        PUSH_TOO_LONG = 90056 => "the push request is longer than 10 KB",
        /// A fault of IM. If every request gets it, look at the app's own callback: it may not answer.
        SERVICE_ERROR_CALLBACK = 90992 => "internal error, or the app's callback does not answer",
        /// A fault of IM.
        SERVICE_ERROR_2 = 90994 => "internal error of the service",
        /// A fault of IM.
        SERVICE_ERROR_3 = 90995 => "internal error of the service",
        /// A fault of IM.
        SERVICE_ERROR = 91000 => "internal error of the service",
        /// The body is too long: more than 12 KB by the API's pages, than 8 KB by the page of error codes. Up to 8 KB
        /// passes by both.
        REQUEST_TOO_LONG = 93000 => "the request is longer than 8 or 12 KB",

        /// `registerPush` was given an `appKey` that is not valid (push page, as all of 800001 to 800016).
        PUSH_INVALID_APP_KEY = 800_001 => "registerPush: appKey is invalid",
        /// `registerPush` was given an `sdkAppId` that is not valid (push page).
        PUSH_INVALID_SDK_APP_ID = 800_002 => "registerPush: sdkAppId is invalid",
        /// The IM SDK could not be initialised (push page).
        PUSH_INIT_FAILED = 800_003 => "registerPush: the SDK could not be initialised",
        /// No lasting connection to IM (push page).
        PUSH_CONNECTION_FAILED = 800_004 => "registerPush: no connection to IM",
        /// The phone could not be registered with its own vendor (push page).
        PUSH_VENDOR_FAILED = 800_005 => "registerPush: the phone's vendor has failed",
        /// Neither with its own vendor nor, after that, with FCM (push page).
        PUSH_FCM_FAILED = 800_006 => "registerPush: the phone's vendor has failed, then FCM",
        /// No push service works on this phone (push page).
        PUSH_NO_CHANNEL = 800_007 => "registerPush: no push service works on this phone",
        /// The vendor did not answer in time (push page).
        PUSH_TIMEOUT = 800_008 => "registerPush: timed out",
        /// The vendor gave an empty token (push page).
        PUSH_TOKEN_EMPTY = 800_009 => "registerPush: the vendor's token is empty",
        /// The token could not be reported to IM (push page).
        PUSH_SET_TOKEN_FAILED = 800_010 => "registerPush: the token could not be reported",
        /// Registering on its own could not be switched off (push page).
        PUSH_AUTO_REGISTER_FAILED = 800_011 => "automatic registration could not be switched off",
        /// Asking for permission could not be switched off (push page).
        PUSH_PERMISSION_REQUEST_FAILED = 800_012 => "asking for permission could not be switched off",
        /// The channel for notifications could not be made (push page).
        PUSH_CHANNEL_FAILED = 800_013 => "the notification channel could not be made",
        /// The configuration was not taken (push page).
        PUSH_CONFIG_FAILED = 800_014 => "the push configuration could not be set",
        /// An experimental API has failed (push page).
        PUSH_EXPERIMENTAL_FAILED = 800_015 => "the experimental API has failed",
        /// The user does not want notifications of this app (push page).
        PUSH_PERMISSION_REFUSED = 800_016 => "the user refused the permission to notify",
    }
}

impl ErrorCode {
    /// Whether the number is the app's own: 120001 to 130000 are for its callback, to refuse one-to-one messages with.
    #[must_use]
    pub const fn is_custom(self) -> bool {
        matches!(self.get(), 120_001..=130_000)
    }

    /// The code that the SDK would answer a token with, which [`OfflinePushToken::check`] (or
    /// [`RegId::try_new`](crate::registration::RegId::try_new)) has refused before it was sent. `None` for an error of another kind.
    ///
    /// ```
    /// use offline_push::registration::RegId;
    /// use offline_push::tim::ErrorCode;
    ///
    /// let code = |reg_id: &str| RegId::try_new(reg_id).err().and_then(|error| ErrorCode::of_token(&error));
    /// assert_eq!(code(&"x".repeat(257)), Some(ErrorCode::TOKEN_TOO_LONG));
    /// assert_eq!(code(""), Some(ErrorCode::TOKEN_EMPTY));
    /// ```
    #[must_use]
    pub fn of_token(error: &CheckError) -> Option<Self> {
        match error.rule {
            _ if error.field != OfflinePushToken::TOKEN => None,
            Rule::Missing => Some(Self::TOKEN_EMPTY),
            Rule::TooLong { max } if max == OfflinePushToken::MAX_TOKEN_LEN as u32 => {
                Some(Self::TOKEN_TOO_LONG)
            }
            _ => None,
        }
    }
}
