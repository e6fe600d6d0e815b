//! What an iPhone is pushed.

use crate::ext::Ext;
use crate::json::{Raw, message};

message! {
    /// The payload that Tencent IM sends through APNs, and that the app gets as `userInfo` (format description,
    /// product/1047/33527).
    ///
    /// ```
    /// use offline_push::tim::ApnsPayload;
    /// use offline_push::{Ext, json};
    ///
    /// let user_info = r#"{"aps":{"alert":"Nickname:helloworld","badge":5},"ext":"www.qq.com"}"#;
    /// let payload: ApnsPayload = json::from_str(user_info)?;
    /// assert_eq!(payload.ext, Some(Ext::from("www.qq.com")));
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    #[doc(alias = "userInfo")]
    pub struct ApnsPayload<'a> {
        /// Apple's part (`alert`, `badge`, `sound`), passed on untouched.
        aps: Option<Raw<'a>> = "aps",
        /// What the sender passed through. APNs takes 4 KB for everything.
        ext: Option<Ext<'a>> = "ext",
    }
}

impl ApnsPayload<'_> {
    /// Nothing set yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for ApnsPayload<'_> {
    fn default() -> Self {
        Self::new()
    }
}
