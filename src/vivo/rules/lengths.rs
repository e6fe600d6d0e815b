//! How long vivo's newest rules let texts be, and how long that makes a message.
//!
//! The Java SDK's rules allow nothing that is longer. The constants of a message name its longest JSON; what a field without
//! a limit holds is not in them, and their documentation names it.

use super::MAX_PAIRS;
use crate::json::description::longest;
use crate::json::value::ReadValue;
use crate::vivo::notification::Notification;

/// Bytes of a regId, all of them visible ASCII.
pub(super) const REG_ID: u32 = 256;
/// UTF-16 units of an alias.
pub(super) const ALIAS: u32 = 70;
/// Characters of a title.
pub(super) const TITLE: u32 = 40;
/// Characters of a content.
pub(super) const CONTENT: u32 = 100;
/// UTF-16 units of the URL or URI that a tap opens, which has no control characters.
pub(super) const URI: u32 = 2048;
/// UTF-16 units of the text that a tap hands over.
pub(super) const CUSTOM: u32 = 1024;
/// UTF-16 units of all keys and values of the custom map.
pub(super) const MAP: u32 = 1024;
/// UTF-16 units of a receipt's address.
pub(super) const CALLBACK: u32 = 128;
/// UTF-16 units of what comes back in a receipt.
pub(super) const CALLBACK_PARAM: u32 = 192;
/// UTF-16 units of a request id.
pub(super) const REQUEST_ID: u32 = 64;
/// UTF-16 units of an account on the phone.
pub(super) const PROFILE_ID: u32 = 64;
/// The longest of the categories, which are all known.
pub(super) const LONGEST_CATEGORY: &str = "DEVICE_REMINDER";

/// The quotes of a text, the brackets of a list.
pub(in crate::vivo) const EMPTY: usize = 2;

impl Notification<'_> {
    /// Longest JSON of a push that passes [`check`](Self::check), in bytes, whatever its texts: a buffer of this length takes
    /// any. [`json::encoded_len`](crate::json::encoded_len) has the length of the one at hand, which is most often below 1024. What [`compose`](crate::delivery::compose) gives is never longer.
    ///
    /// Not all fields have a limit that `check` could hold them against. Those without one count as empty here, and what is
    /// in them is to be added:
    ///
    /// - the text of `auditReview` and of `members`,
    /// - `callback.id`,
    /// - an `alias` beside a `regId`, and a `skipContent` where the tap opens the app: vivo looks at neither,
    /// - the tags of a [`TagPush`](crate::vivo::TagPush).
    ///
    /// Most of it is room for a `skipContent` and a `clientCustomMap` as long as they may be, 6 KB each; and for texts of
    /// control characters alone, which take six bytes each in JSON, twice as many as Chinese ones.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::Notification;
    ///
    /// let push = Notification::new("title", "content", "request-1");
    /// let mut body = [0; Notification::MAX_CHECKED_LEN];
    /// assert!(json::to_slice(&push, &mut body).is_ok());
    /// ```
    pub const MAX_CHECKED_LEN: usize = {
        // Where the tap opens what has control characters, it is shorter.
        let skip_content = longer(EMPTY + 3 * URI as usize, text(CUSTOM));
        // With a regId the alias is not looked at.
        let (reg_id, alias) = (visible(REG_ID), EMPTY);
        assert!(reg_id + alias >= EMPTY + text(ALIAS));
        let map = EMPTY + MAX_PAIRS * r#""":"","#.len() + 6 * MAP as usize;
        longest(
            <Self as ReadValue>::DESCRIPTION,
            &[
                ("regId", reg_id),
                ("alias", alias),
                ("title", text(TITLE)),
                ("content", text(CONTENT)),
                ("skipContent", skip_content),
                ("category", EMPTY + LONGEST_CATEGORY.len()),
                ("clientCustomMap", map),
                ("callback", text(CALLBACK)),
                ("callback.param", text(CALLBACK_PARAM)),
                ("requestId", text(REQUEST_ID)),
                ("profileId", text(PROFILE_ID)),
            ],
        )
    };
}

/// Longest text of so many characters, UTF-16 units or bytes: a control character takes six bytes in JSON, all others take
/// fewer for each unit.
pub(in crate::vivo) const fn text(max: u32) -> usize {
    EMPTY + 6 * max as usize
}

/// Longest text of so many visible ASCII characters, among them quotes and backslashes.
pub(in crate::vivo) const fn visible(max: u32) -> usize {
    EMPTY + 2 * max as usize
}

/// A regId or an alias, whichever is longer, and its comma.
pub(in crate::vivo) const RECEIVER: usize = longer(visible(REG_ID), text(ALIAS)) + 1;

/// A request id.
pub(in crate::vivo) const REQUEST_ID_LEN: usize = text(REQUEST_ID);

const fn longer(one: usize, other: usize) -> usize {
    if one > other { one } else { other }
}
