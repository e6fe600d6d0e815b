//! Checks a push against vivo's rules.

use super::{Classification, NetworkType, Notification, NotificationExtra, SkipType, TimedDisplay, len};
use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure, within};
use crate::json::{List, MAX_CHECKED_KEYS, Map, MapValue, check_members, is_new};
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::rules::{
    Rules, check_alias, check_app_id, check_push_mode, check_reg_id, check_request_id, filled, one_of,
    one_to_four, utf16_at_most, utf16_len,
};

/// Maximum number of pairs in [`Rules::Newest`]. Its text gives no number; this limit bounds the time of the search for
/// duplicate keys.
pub(super) const MAX_PAIRS: usize = MAX_CHECKED_KEYS;

/// Where a [`Notification`] is posted. All endpoints accept the same body, but some rules differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::vivo) enum Endpoint {
    Send,
    ListPayload,
    All,
    Tag,
}

/// Whether a check accepts words and numbers that this crate does not know, where vivo may have added some.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Known,
    Any,
}

impl Notification<'_> {
    /// Checks the push against vivo's newest rules for `/message/send`.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a [rule](Rules).
    ///
    /// ```
    /// use offline_push::vivo::{Notification, NotifyType, SkipType};
    /// use offline_push::{CheckError, Rule};
    ///
    /// let push = Notification::new("title", "content", "request-1")
    ///     .reg_id("12345678901234567890123")
    ///     .notify_type(NotifyType::RING)
    ///     .skip_type(SkipType::OPEN_URL);
    /// assert_eq!(push.check(), Err(CheckError::new("skipContent", Rule::Missing)));
    ///
    /// let push = push.skip_content("http://www.vivo.com");
    /// assert_eq!(push.check(), Ok(()));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_against(Rules::Newest)
    }

    /// Checks the push against the given version of vivo's rules for `/message/send`.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
        self.check_for(Endpoint::Send, rules, &mut Err)
    }

    /// Checks the push against vivo's newest rules for `/message/send`, but in `category`, `classification`, `networkType` and
    /// `pushMode`, it accepts words and numbers that this crate does not know, because vivo may have added them. A category has
    /// at most 32 ASCII letters, digits and `_`.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check), for all other rules.
    ///
    /// ```
    /// use offline_push::vivo::{Notification, NotifyType, SkipType};
    ///
    /// let push = Notification::new("title", "content", "request-1")
    ///     .reg_id("12345678901234567890123")
    ///     .notify_type(NotifyType::RING)
    ///     .skip_type(SkipType::OPEN_APP)
    ///     .category("TRAVEL");
    /// assert!(push.check().is_err());
    /// assert!(push.check_shape().is_ok());
    /// ```
    pub fn check_shape(&self) -> Result<(), CheckError> {
        self.check_fields(Endpoint::Send, Rules::Newest, Words::Any, &mut Err)
    }

    /// Checks the shape of a push that [`compose`](crate::delivery::compose) has made, with the same errors as
    /// [`check_shape`](Self::check_shape): only the fields that may break a rule. Title and content were truncated, the certificate
    /// checked the click event and the app id, an ext that is too long is not there, and no other field is set.
    pub(crate) fn check_composed(&self) -> Result<(), CheckError> {
        self.check_composed_for(Endpoint::Send)
    }

    /// The same for a push to a list.
    pub(crate) fn check_composed_for_list(&self) -> Result<(), CheckError> {
        self.check_composed_for(Endpoint::ListPayload)
    }

    fn check_composed_for(&self, endpoint: Endpoint) -> Result<(), CheckError> {
        self.check_target(endpoint, Rules::Newest, &mut Err)?;
        one_to_four(self.notify_type.map(|number| number.get()), "notifyType")?;
        self.check_time_to_live(endpoint)?;
        self.check_class(Words::Any, &mut Err)?;
        check_request_id(self.request_id)
    }

    /// Checks the push against the rules of an endpoint.
    pub(in crate::vivo) fn check_for(
        &self,
        endpoint: Endpoint,
        rules: Rules,
        broken: &mut impl Broken,
    ) -> Result<(), CheckError> {
        self.check_fields(endpoint, rules, Words::Known, broken)
    }

    /// Checks the shape of the push for an endpoint.
    pub(in crate::vivo) fn check_shape_for(&self, endpoint: Endpoint) -> Result<(), CheckError> {
        self.check_fields(endpoint, Rules::Newest, Words::Any, &mut Err)
    }

    fn check_fields(
        &self,
        endpoint: Endpoint,
        rules: Rules,
        words: Words,
        broken: &mut impl Broken,
    ) -> Result<(), CheckError> {
        check_app_id(self.app_id).or_else(&mut *broken)?;
        self.check_target(endpoint, rules, broken).or_else(&mut *broken)?;
        one_to_four(self.notify_type.map(|number| number.get()), "notifyType").or_else(&mut *broken)?;
        filled(Some(self.title), "title").or_else(&mut *broken)?;
        at_most(rules.text_len(self.title), len::TITLE, "title").or_else(&mut *broken)?;
        filled(Some(self.content), "content").or_else(&mut *broken)?;
        at_most(rules.text_len(self.content), len::CONTENT, "content").or_else(&mut *broken)?;
        if (rules, self.time_to_live) != (Rules::JavaSdk, Some(0)) {
            self.check_time_to_live(endpoint).or_else(&mut *broken)?;
        }
        rules.check_skip(self.skip_type, self.skip_content).or_else(&mut *broken)?;
        self.check_uri().or_else(&mut *broken)?;
        if words == Words::Known {
            one_of(self.network_type, &[NetworkType::ANY, NetworkType::WIFI], "networkType")
                .or_else(&mut *broken)?;
        }
        self.check_class(words, broken).or_else(&mut *broken)?;
        if let Some(map) = &self.client_custom_map {
            check_map(map, rules).or_else(&mut *broken)?;
        }
        if let Some(extra) = &self.extra {
            extra.check_each(rules, broken).or_else(&mut *broken)?;
        }
        check_request_id(self.request_id).or_else(&mut *broken)?;
        if words == Words::Known {
            check_push_mode(self.push_mode).or_else(&mut *broken)?;
        }
        within(self.notify_id.map(i64::from), 1, i64::from(i32::MAX), "notifyId").or_else(&mut *broken)?;
        ensure(endpoint == Endpoint::Send || self.profile_id.is_none(), "profileId", Rule::NotAllowed)
            .or_else(&mut *broken)?;
        utf16_at_most(self.profile_id.unwrap_or_default(), len::PROFILE_ID, "profileId")
            .or_else(&mut *broken)?;
        if let Some(display) = &self.timed_display {
            display.check().or_else(&mut *broken)?;
        }
        self.check_tags(endpoint, broken).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }

    fn check_time_to_live(&self, endpoint: Endpoint) -> Result<(), CheckError> {
        let shortest = if endpoint == Endpoint::Send { 60 } else { 900 };
        within(self.time_to_live.map(i64::from), shortest, 604_800, "timeToLive")
    }

    /// Checks that `skipContent` is a URL or URI where it has to be.
    fn check_uri(&self) -> Result<(), CheckError> {
        let content = self.skip_content.unwrap_or_default();
        match self.skip_type {
            Some(SkipType::OPEN_URL) => WebUrl::try_new(content).map(|_| ()),
            Some(SkipType::OPEN_SCREEN) => IntentUri::try_new(content).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Checks the recipient: a regId or an alias for a single push, none for a push to many. With both, vivo uses the regId.
    fn check_target(
        &self,
        endpoint: Endpoint,
        rules: Rules,
        broken: &mut impl Broken,
    ) -> Result<(), CheckError> {
        if endpoint != Endpoint::Send {
            ensure(self.reg_id.is_none(), "regId", Rule::NotAllowed).or_else(&mut *broken)?;
            return ensure(self.alias.is_none(), "alias", Rule::NotAllowed);
        }
        if let Some(reg_id) = self.reg_id.filter(|id| !id.is_empty()) {
            return check_reg_id(reg_id, "regId");
        }
        let alias = self.alias.unwrap_or_default();
        ensure(!alias.is_empty(), "regId", Rule::Missing)?;
        check_alias(alias, rules, "alias")
    }

    /// Checks that push by tag has tags, and that no other push has any.
    fn check_tags(&self, endpoint: Endpoint, broken: &mut impl Broken) -> Result<(), CheckError> {
        let tags = self.tag_expression.as_ref().map(|tags| (tags.or_tags, tags.and_tags, tags.not_tags));
        let (any, all, none) = tags.unwrap_or_default();
        let has_tags = |list: &Option<List<'_, &str>>| list.is_some_and(|list| !list.is_empty());
        if endpoint != Endpoint::Tag {
            let tagged = [any, all, none].iter().any(has_tags);
            return ensure(!tagged, "tagExpression", Rule::NotAllowed);
        }
        ensure(has_tags(&any) || has_tags(&all), "orTags", Rule::Missing).or_else(&mut *broken)?;
        for (list, field) in [(any, "orTags"), (all, "andTags"), (none, "notTags")] {
            list.map_or(Ok(()), |list| list.iter().try_for_each(|tag| filled(Some(tag), field)))
                .or_else(&mut *broken)?;
        }
        Ok(())
    }

    /// The class whose quota and hours vivo applies: [`classification`](field@Self::classification), or the class of the
    /// [`category`](field@Self::category). `None` if neither field decides it, because the default differs between vivo's
    /// texts.
    ///
    /// ```
    /// use offline_push::vivo::{Classification, Notification};
    ///
    /// let push = Notification::new("title", "content", "request-1");
    /// assert_eq!(push.classification_in_effect(), None);
    /// let push = push.category("MARKETING");
    /// assert_eq!(push.classification_in_effect(), Some(Classification::OPERATIONAL));
    /// let push = push.classification(Classification::SYSTEM); // vivo refuses this contradiction
    /// assert_eq!(push.classification_in_effect(), Some(Classification::SYSTEM));
    /// ```
    #[must_use]
    pub fn classification_in_effect(&self) -> Option<Classification> {
        self.classification.or_else(|| class_of(self.category?))
    }

    fn check_class(&self, words: Words, broken: &mut impl Broken) -> Result<(), CheckError> {
        if words == Words::Known {
            ensure(!self.has_unknown_classification(), "classification", Rule::UnknownValue)
                .or_else(&mut *broken)?;
        }
        let Some(category) = self.category else { return Ok(()) };
        let Some(class) = class_of(category) else {
            ensure(words == Words::Any, "category", Rule::UnknownValue)?;
            at_most(category.len(), len::CATEGORY, "category")?;
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            let has_shape = !category.is_empty() && category.bytes().all(is_word);
            return ensure(has_shape, "category", Rule::UnknownValue);
        };
        // What an unknown classification means is not known.
        let fits =
            self.has_unknown_classification() || self.classification.is_none_or(|given| given == class);
        ensure(fits, "category", Rule::Conflict { with: "classification" })
    }

    /// True if there is a category that this crate does not know.
    pub(crate) fn has_unknown_category(&self) -> bool {
        self.category.is_some_and(|category| class_of(category).is_none())
    }

    /// True if there is a classification that this crate does not know.
    pub(crate) fn has_unknown_classification(&self) -> bool {
        let known = [Classification::OPERATIONAL, Classification::SYSTEM];
        self.classification.is_some_and(|given| !known.contains(&given))
    }
}

/// The classification of a known category.
fn class_of(category: &str) -> Option<Classification> {
    const SYSTEM: [&str; 6] = ["IM", "ACCOUNT", "TODO", "DEVICE_REMINDER", "ORDER", "SUBSCRIPTION"];
    const OPERATIONAL: [&str; 4] = ["NEWS", "CONTENT", "MARKETING", "SOCIAL"];
    if SYSTEM.contains(&category) {
        Some(Classification::SYSTEM)
    } else if OPERATIONAL.contains(&category) {
        Some(Classification::OPERATIONAL)
    } else {
        None
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
        at_most(length, len::MAP, FIELD)?;
        ensure(u32::try_from(count).is_ok_and(|count| count < max), FIELD, Rule::TooMany { max })?;
        ensure(is_new(&mut keys, count, key, |other| *other == key), FIELD, Rule::DuplicateKey)?;
    }
    Ok(())
}

impl CheckAll for Notification<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        self.check_for(Endpoint::Send, Rules::Newest, broken)
    }
}

impl NotificationExtra<'_> {
    pub(super) fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
        self.check_each(rules, &mut Err)
    }

    fn check_each(&self, rules: Rules, broken: &mut impl Broken) -> Result<(), CheckError> {
        utf16_at_most(self.callback.unwrap_or_default(), len::CALLBACK, "callback").or_else(&mut *broken)?;
        utf16_at_most(
            self.callback_param.unwrap_or_default(),
            rules.pick(len::CALLBACK_PARAM, 64),
            "callback.param",
        )
    }
}

impl TimedDisplay {
    /// Checks what needs no clock.
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
