//! The limits of texts in vivo's newest rules, and the longest JSON that follows from them.
//!
//! The Java SDK's rules allow nothing longer. The constant of a message is its longest JSON. It does not include the content of
//! fields without a limit; the documentation of the constant lists these fields.

use super::Notification;
use super::check::MAX_PAIRS;
use crate::json::description::longest;
use crate::json::value::ReadValue;

/// Bytes of a regId, all of them visible ASCII.
pub(in crate::vivo) const REG_ID: u32 = 256;
/// UTF-16 units of an alias.
pub(in crate::vivo) const ALIAS: u32 = 70;
/// Characters of a title.
pub(in crate::vivo) const TITLE: u32 = 40;
/// Characters of a content.
pub(in crate::vivo) const CONTENT: u32 = 100;
/// UTF-16 units of the URL or URI that a tap opens. It has no control characters.
pub(in crate::vivo) const URI: u32 = 2048;
/// UTF-16 units of the text that a tap passes to the app.
pub(in crate::vivo) const CUSTOM: u32 = 1024;
/// UTF-16 units of all keys and values of the custom map.
pub(in crate::vivo) const MAP: u32 = 1024;
/// UTF-16 units of a receipt's address.
pub(in crate::vivo) const CALLBACK: u32 = 128;
/// UTF-16 units of the text that a receipt returns.
pub(in crate::vivo) const CALLBACK_PARAM: u32 = 192;
/// UTF-16 units of a request id.
pub(in crate::vivo) const REQUEST_ID: u32 = 64;
/// UTF-16 units of an account on the phone.
pub(in crate::vivo) const PROFILE_ID: u32 = 64;
/// ASCII letters of a category. vivo's text gives no limit; the longest known one has 15.
pub(in crate::vivo) const CATEGORY: u32 = 32;

/// The quotes of a text, or the brackets of a list.
pub(in crate::vivo) const EMPTY: usize = 2;

impl Notification<'_> {
    /// Maximum length of the JSON of a push that passes [`check`](Self::check) or [`check_shape`](Self::check_shape), in bytes. A buffer of this length is always
    /// large enough. [`json::encoded_len`](crate::json::encoded_len) gives the length of one push, which is usually below
    /// 1024. A push from [`compose`](crate::delivery::compose) is never longer than this maximum.
    ///
    /// Some fields have no limit. They count as empty here; add the length of their content:
    ///
    /// - the text of `auditReview`, `marketing` and `members`,
    /// - `callback.id`,
    /// - an `alias` if there is a `regId`, and a `skipContent` if the tap opens the app; vivo ignores both,
    /// - the tags of a push by tag.
    ///
    /// Most of this length is for a `skipContent` and a `clientCustomMap` of maximum length, 6 KB each, and for texts that
    /// consist of control characters only. A control character takes six bytes in JSON, twice as many as a Chinese character.
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
        // Only the custom text can have control characters, and it is shorter.
        let skip_content = longer(EMPTY + 3 * URI as usize, text(CUSTOM));
        // With a regId the alias is not checked.
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
                ("category", EMPTY + CATEGORY as usize),
                ("clientCustomMap", map),
                ("callback", text(CALLBACK)),
                ("callback.param", text(CALLBACK_PARAM)),
                ("requestId", text(REQUEST_ID)),
                ("profileId", text(PROFILE_ID)),
            ],
        )
    };
}

/// Longest JSON of a text of at most `max` characters, UTF-16 units or bytes. A control character takes six bytes; all others
/// take fewer bytes for each unit.
pub(in crate::vivo) const fn text(max: u32) -> usize {
    EMPTY + 6 * max as usize
}

/// Longest JSON of a text of at most `max` visible ASCII characters. Quotes and backslashes take two bytes.
pub(in crate::vivo) const fn visible(max: u32) -> usize {
    EMPTY + 2 * max as usize
}

/// Longest JSON of a recipient, a regId or an alias, with its comma.
pub(in crate::vivo) const RECEIVER: usize = longer(visible(REG_ID), text(ALIAS)) + 1;

/// Longest JSON of a request id.
pub(in crate::vivo) const REQUEST_ID_LEN: usize = text(REQUEST_ID);

const fn longer(one: usize, other: usize) -> usize {
    if one > other { one } else { other }
}
