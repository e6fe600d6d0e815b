//! vivo's rules for a push, and which of them a notification breaks.

pub(super) mod lengths;

use super::notification::{
    Classification, Extra, NetworkType, Notification, PushMode, SkipType, TimedDisplay,
};
use crate::check::{CheckError, Rule, at_most, ensure, present, within};
use crate::json::{List, MAX_CHECKED_KEYS, Map, MapValue, check_members, is_new};
use crate::uri::{IntentUri, WebUrl};

/// Pairs that [`Rules::Newest`] allows. Its text gives no number; the search for duplicate keys is bounded by this one.
const MAX_PAIRS: usize = MAX_CHECKED_KEYS;

/// Which text of vivo's rules counts. They differ over the years, and no text says which one the server enforces.
///
/// | field | [`Newest`](Self::Newest) | [`JavaSdk`](Self::JavaSdk) | result if broken |
/// |---|---|---|---|
/// | `appId` | not 0, if given | the same | 10094 |
/// | `regId` | visible ASCII, at most 256 | the same | 10050, 10302 |
/// | `alias`, without `regId` | at most 70 | 40 | 10050, 10301 |
/// | `notifyType`, `skipType` | given, 1 to 4 | the same | 10054, 10060 |
/// | `title` | 1 to 40 characters, each counting 1 | 40, CJK counting 2 | 10055, 10056 |
/// | `content` | 1 to 100, the same way | 100, the same way | 10057, 10058 |
/// | `timeToLive` | 60 to 604800 (the text: more than a day counts as a day) | the same, or 0 | 10059 |
/// | `timeToLive` of [`ListPayload`], [`AllPush`], [`TagPush`] | 900 to 604800 | the same, or 0 | 10059 |
/// | `skipContent` of a URL | given, `http(s)://…`, at most 2048 | 1000 | 10061, 10062 |
/// | `skipContent` of custom text | given, at most 1024 | 1024 | 10063, 10064 |
/// | `skipContent` of a screen | given, a URI, at most 2048 | 1024 | 10068, 10069 |
/// | `networkType` | -1 or 1 | the same | 10065 |
/// | `classification` | 0 or 1 | the same | 10051, 11000 |
/// | `category` | a known one, fitting `classification` | the same | 10096, 10097 |
/// | `clientCustomMap` | texts, no key twice, at most 1024 for all keys and values, at most 32 pairs (this crate's bound; the text gives none) | and 10 pairs | 10066, 10067 |
/// | `callback`, `callback.param` | at most 128, 192 | 128, 64 | 10305, 10306 |
/// | `requestId` | 1 to 64 | the same | 10352, 10353 |
/// | `pushMode` | 0 or 1 | the same | |
/// | `notifyId` | 1 to 2147483647 | the same | 10095 |
/// | `profileId` | at most 64 | the same | |
/// | `timedDisplay` | begins before it ends, lasts less than 120 minutes | the same | |
/// | `tagExpression` of [`TagPush`] | `orTags` or `andTags`, no tag blank | the same | |
/// | `tagExpression` of another push | without tags | the same | |
/// | `regId`, `alias`, `profileId` of [`ListPayload`], [`AllPush`], [`TagPush`] | absent | the same | |
///
/// [`ListPayload`]: super::ListPayload
/// [`AllPush`]: super::AllPush
/// [`TagPush`]: super::TagPush
///
/// Lengths are in UTF-16 units where nothing else is said, as the SDK counts; that is also the stricter reading of
/// "characters". Text that is blank counts as missing. Two things are not demanded that a text demands: `appId`, which the
/// newest one wants in every body, but neither the SDK nor any published request has; and the form of a regId, since the
/// SDK's old rule "23 long" cost its users pushes when `v2-…` ids came. And one is demanded that no text has: tags are
/// refused where nothing looks at them, since a push to all that names tags was meant for fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Rules {
    /// The document's text of 2024 and later.
    Newest,
    /// What the official Java server SDK checks before it sends, in line with the document's older text.
    JavaSdk,
}

impl Rules {
    /// Length of a title or content.
    fn text_len(self, text: &str) -> usize {
        match self {
            Self::Newest => text.chars().count(),
            Self::JavaSdk => weighted_len(text),
        }
    }

    /// One of two limits.
    const fn pick(self, newest: u32, java_sdk: u32) -> u32 {
        match self {
            Self::Newest => newest,
            Self::JavaSdk => java_sdk,
        }
    }

    /// What a tap opens: the number, and how long what goes with it is. Of which kind that is, a
    /// [`ClickAction`](crate::ClickAction) knows and a notification looks at.
    pub(crate) fn check_skip(
        self,
        skip_type: Option<SkipType>,
        skip_content: Option<&str>,
    ) -> Result<(), CheckError> {
        const CONTENT: &str = "skipContent";
        one_to_four(skip_type.map(|number| number.get()), "skipType")?;
        let content = skip_content.unwrap_or_default();
        let max = match skip_type {
            Some(SkipType::OPEN_URL) => self.pick(lengths::URI, 1000),
            Some(SkipType::OPEN_SCREEN) => self.pick(lengths::URI, 1024),
            Some(SkipType::CUSTOM) => lengths::CUSTOM,
            _ => return Ok(()),
        };
        filled(skip_content, CONTENT)?;
        at_most(utf16_len(content), max, CONTENT)
    }
}

/// Where a [`Notification`] is posted: the endpoints share the body, and differ in some rules.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    Send,
    ListPayload,
    All,
    Tag,
}

/// Length of a text in UTF-16 units, as Java counts.
pub(crate) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Length by the Java SDK's rule for titles: UTF-16 units, and one more for each that is Chinese. The SDK looks at units,
/// so of the ideographs only those of the basic plane count double; kana and hangul never do.
fn weighted_len(text: &str) -> usize {
    let wide = |character: &char| {
        matches!(character,
            '\u{2000}'..='\u{206f}' // General Punctuation
            | '\u{3000}'..='\u{303f}' // CJK Symbols and Punctuation
            | '\u{3400}'..='\u{4dbf}' // CJK Unified Ideographs Extension A
            | '\u{4e00}'..='\u{9fff}' // CJK Unified Ideographs
            | '\u{f900}'..='\u{faff}' // CJK Compatibility Ideographs
            | '\u{ff00}'..='\u{ffef}') // Halfwidth and Fullwidth Forms
    };
    utf16_len(text) + text.chars().filter(wide).count()
}

impl Notification<'_> {
    /// Holds the push against vivo's newest rules for `/message/send`.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a [rule](Rules).
    ///
    /// ```
    /// use offline_push::vivo::{Notification, NotifyType, SkipType};
    /// use offline_push::{CheckError, Rule};
    ///
    /// let mut push = Notification::new("title", "content", "request-1");
    /// push.reg_id = Some("12345678901234567890123");
    /// push.notify_type = Some(NotifyType::RING);
    /// push.skip_type = Some(SkipType::OPEN_URL);
    /// assert_eq!(push.check(), Err(CheckError::new("skipContent", Rule::Missing)));
    ///
    /// push.skip_content = Some("http://www.vivo.com");
    /// assert_eq!(push.check(), Ok(()));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_against(Rules::Newest)
    }

    /// Holds the push against the rules of a text of your choice.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
        self.check_for(Endpoint::Send, rules)
    }

    /// Holds the push against the rules of an endpoint.
    pub(super) fn check_for(&self, endpoint: Endpoint, rules: Rules) -> Result<(), CheckError> {
        check_app_id(self.app_id)?;
        self.check_target(endpoint, rules)?;
        one_to_four(self.notify_type.map(|number| number.get()), "notifyType")?;
        filled(Some(self.title), "title")?;
        at_most(rules.text_len(self.title), lengths::TITLE, "title")?;
        filled(Some(self.content), "content")?;
        at_most(rules.text_len(self.content), lengths::CONTENT, "content")?;
        if (rules, self.time_to_live) != (Rules::JavaSdk, Some(0)) {
            let shortest = if endpoint == Endpoint::Send { 60 } else { 900 };
            within(self.time_to_live.map(i64::from), shortest, 604_800, "timeToLive")?;
        }
        rules.check_skip(self.skip_type, self.skip_content)?;
        let content = self.skip_content.unwrap_or_default();
        match self.skip_type {
            Some(SkipType::OPEN_URL) => WebUrl::try_new(content).map(|_| ())?,
            Some(SkipType::OPEN_SCREEN) => IntentUri::try_new(content).map(|_| ())?,
            _ => {}
        }
        one_of(self.network_type, &[NetworkType::ANY, NetworkType::WIFI], "networkType")?;
        self.check_class()?;
        if let Some(map) = &self.client_custom_map {
            check_map(map, rules)?;
        }
        if let Some(extra) = &self.extra {
            extra.check_against(rules)?;
        }
        check_request_id(self.request_id)?;
        check_push_mode(self.push_mode)?;
        within(self.notify_id.map(i64::from), 1, i64::from(i32::MAX), "notifyId")?;
        ensure(endpoint == Endpoint::Send || self.profile_id.is_none(), "profileId", Rule::NotAllowed)?;
        at_most(utf16_len(self.profile_id.unwrap_or_default()), lengths::PROFILE_ID, "profileId")?;
        if let Some(display) = &self.timed_display {
            display.check()?;
        }
        self.check_tags(endpoint)?;
        check_members::<Self>(self.members)
    }

    /// One regId or alias; with both, the regId counts. A push to many has neither.
    fn check_target(&self, endpoint: Endpoint, rules: Rules) -> Result<(), CheckError> {
        if endpoint != Endpoint::Send {
            ensure(self.reg_id.is_none(), "regId", Rule::NotAllowed)?;
            return ensure(self.alias.is_none(), "alias", Rule::NotAllowed);
        }
        if let Some(reg_id) = self.reg_id.filter(|id| !id.is_empty()) {
            return check_reg_id(reg_id, "regId");
        }
        let alias = self.alias.unwrap_or_default();
        ensure(!alias.is_empty(), "regId", Rule::Missing)?;
        check_alias(alias, rules, "alias")
    }

    /// Tags where they are looked at, and there alone.
    fn check_tags(&self, endpoint: Endpoint) -> Result<(), CheckError> {
        let tags = self.tag_expression.as_ref().map(|tags| (tags.or_tags, tags.and_tags, tags.not_tags));
        let (any, all, none) = tags.unwrap_or_default();
        let has_tags = |list: &Option<List<'_, &str>>| list.is_some_and(|list| !list.is_empty());
        if endpoint != Endpoint::Tag {
            let tagged = [any, all, none].iter().any(has_tags);
            return ensure(!tagged, "tagExpression", Rule::NotAllowed);
        }
        ensure(has_tags(&any) || has_tags(&all), "orTags", Rule::Missing)?;
        for (list, field) in [(any, "orTags"), (all, "andTags"), (none, "notTags")] {
            list.map_or(Ok(()), |list| list.iter().try_for_each(|tag| filled(Some(tag), field)))?;
        }
        Ok(())
    }

    fn check_class(&self) -> Result<(), CheckError> {
        const CLASSES: [Classification; 2] = [Classification::OPERATIONAL, Classification::SYSTEM];
        one_of(self.classification, &CLASSES, "classification")?;
        let class = match self.category {
            None => return Ok(()),
            Some("IM" | "ACCOUNT" | "TODO" | lengths::LONGEST_CATEGORY | "ORDER" | "SUBSCRIPTION") => {
                Classification::SYSTEM
            }
            Some("NEWS" | "CONTENT" | "MARKETING" | "SOCIAL") => Classification::OPERATIONAL,
            Some(_) => return Err(CheckError::new("category", Rule::UnknownValue)),
        };
        ensure(
            self.classification.is_none_or(|given| given == class),
            "category",
            Rule::Conflict { with: "classification" },
        )
    }
}

fn check_map(map: &Map<'_>, rules: Rules) -> Result<(), CheckError> {
    const FIELD: &str = "clientCustomMap";
    let max = rules.pick(MAX_PAIRS as u32, 10);
    let mut length = 0usize;
    let mut keys = [""; MAX_PAIRS];
    for (count, (key, value)) in map.iter().enumerate() {
        let MapValue::Text(value) = value else { return Err(CheckError::new(FIELD, Rule::NotText)) };
        length = length.saturating_add(utf16_len(key)).saturating_add(utf16_len(value));
        at_most(length, lengths::MAP, FIELD)?;
        ensure(u32::try_from(count).is_ok_and(|count| count < max), FIELD, Rule::TooMany { max })?;
        ensure(is_new(&mut keys, count, key, |other| *other == key), FIELD, Rule::DuplicateKey)?;
    }
    Ok(())
}

impl Extra<'_> {
    fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
        at_most(utf16_len(self.callback.unwrap_or_default()), lengths::CALLBACK, "callback")?;
        at_most(
            utf16_len(self.callback_param.unwrap_or_default()),
            rules.pick(lengths::CALLBACK_PARAM, 64),
            "callback.param",
        )
    }
}

impl TimedDisplay {
    /// What can be said without a clock.
    fn check(&self) -> Result<(), CheckError> {
        const LONGEST: u64 = 120 * 60 * 1000 - 1;
        ensure(self.overtime_display.is_some(), "overtimeDisplay", Rule::Missing)?;
        let (Some(start), Some(end)) = (self.show_start_time, self.show_end_time) else { return Ok(()) };
        let holds = end.checked_sub(start).is_some_and(|span| (1..=LONGEST).contains(&span));
        let limit = |time: u64| i64::try_from(time).unwrap_or(i64::MAX);
        let (min, max) = (limit(start.saturating_add(1)), limit(start.saturating_add(LONGEST)));
        ensure(holds, "showEndTime", Rule::OutOfRange { min, max })
    }
}

/// Passes the id of an app, or none: the Java SDK and every published request have none.
pub(super) fn check_app_id(app_id: Option<u64>) -> Result<(), CheckError> {
    ensure(app_id != Some(0), "appId", Rule::Missing)
}

/// Passes a regId that is not empty.
pub(super) fn check_reg_id(reg_id: &str, field: &'static str) -> Result<(), CheckError> {
    at_most(reg_id.len(), lengths::REG_ID, field)?;
    visible(reg_id, field)
}

/// Passes an alias that is not empty.
pub(super) fn check_alias(alias: &str, rules: Rules, field: &'static str) -> Result<(), CheckError> {
    at_most(utf16_len(alias), rules.pick(lengths::ALIAS, 40), field)
}

pub(super) fn check_request_id(request_id: &str) -> Result<(), CheckError> {
    const FIELD: &str = "requestId";
    filled(Some(request_id), FIELD)?;
    at_most(utf16_len(request_id), lengths::REQUEST_ID, FIELD)
}

pub(super) fn check_push_mode(push_mode: Option<PushMode>) -> Result<(), CheckError> {
    one_of(push_mode, &[PushMode::FORMAL, PushMode::TEST], "pushMode")
}

/// Passes the id of a task. All that were seen are digits; none can be told from two, which are joined by a comma.
pub(super) fn check_task_id(task_id: &str, field: &'static str) -> Result<(), CheckError> {
    present(task_id, field)?;
    visible(task_id, field)?;
    ensure(!task_id.bytes().any(|byte| byte == b','), field, Rule::UnknownValue)
}

/// Passes text of visible ASCII.
pub(super) fn visible(text: &str, field: &'static str) -> Result<(), CheckError> {
    ensure(text.bytes().all(|byte| byte.is_ascii_graphic()), field, Rule::UnknownValue)
}

/// Passes text that is there and not blank.
fn filled(text: Option<&str>, field: &'static str) -> Result<(), CheckError> {
    ensure(text.is_some_and(|text| !text.trim().is_empty()), field, Rule::Missing)
}

fn one_to_four(number: Option<i32>, field: &'static str) -> Result<(), CheckError> {
    ensure(number.is_some(), field, Rule::Missing)?;
    within(number.map(i64::from), 1, 4, field)
}

/// Passes an absent value or one of those given.
fn one_of<T: PartialEq>(value: Option<T>, values: &[T], field: &'static str) -> Result<(), CheckError> {
    ensure(value.is_none_or(|value| values.contains(&value)), field, Rule::UnknownValue)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
