//! Settings for iPhones.

use super::{known, object, word};
use crate::check::{Broken, CheckError, Rule, at_most, ensure, present};
use crate::json::{Raw, message, open_number};
use crate::tim::info::Switch;

/// The words for the interruption level.
pub(in crate::tim) const LEVELS: [&str; 4] = ["active", "critical", "passive", "time-sensitive"];

open_number! {
    /// Whether the app's badge counts the message: `BadgeMode`. The default is to count chat messages, and not to count
    /// pushes without a chat message (`v4/timpush/…`) (77715).
    pub struct BadgeMode(i32) {
        /// The badge counts it.
        COUNT = 0 => "count",
        /// The badge does not count it.
        IGNORE = 1 => "do not count",
    }
}

message! {
    /// Settings for iPhones. Tencent does not offer APNs' keys for localized texts.
    pub struct ApnsInfo<'a> {
        /// Sound file of the app with its suffix (`shake.mp3`), at most 30 seconds long. All samples since 2019 have it,
        /// but no table before 77715 has it.
        #[doc(alias = "Sound")]
        sound: Option<&'a str> = "Sound" [public],
        /// Whether the badge counts the message. 2019.
        #[doc(alias = "BadgeMode")]
        badge_mode: Option<BadgeMode> = "BadgeMode",
        /// Overrides the common title. 2019.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// Second line. 2019.
        #[doc(alias = "SubTitle")]
        sub_title: Option<&'a str> = "SubTitle",
        /// Address of a picture. The app reads it from the payload's `image` and loads the picture itself, so it need not be a
        /// full URL: the samples have `www.image.com`. 2019.
        #[doc(alias = "Image")]
        image: Option<&'a str> = "Image",
        /// 1: the app's extension may change the push before iOS shows it, on iOS 10 and later. Default 0. 2021.
        #[doc(alias = "MutableContent")]
        mutable_content: Option<Switch> = "MutableContent",
        /// `passive`, `active`, `time-sensitive` or `critical`, on iOS 15 and later (77715).
        #[doc(alias = "InterruptionLevel")]
        interruption_level: Option<&'a str> = "InterruptionLevel" [public],
        /// 1: wakes the app silently. Apple recommends at most 3 times an hour (77715).
        #[doc(alias = "ContentAvailable")]
        content_available: Option<Switch> = "ContentAvailable",
        /// 1: rings like a call. It is an ordinary push if the receiver reported no token for calls (77715).
        #[doc(alias = "IsVoipPush")]
        is_voip_push: Option<Switch> = "IsVoipPush",
        /// Updates a live activity on the lock screen and in the Dynamic Island (77715).
        #[doc(alias = "LiveActivity")]
        live_activity: Option<LiveActivity<'a>> = "LiveActivity",
    }
}

impl ApnsInfo<'_> {
    /// An info with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    pub(super) fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.badge_mode.map(BadgeMode::meaning), "BadgeMode").or_else(&mut *broken)?;
        known(self.mutable_content.map(Switch::meaning), "MutableContent").or_else(&mut *broken)?;
        word(self.interruption_level, &LEVELS, "InterruptionLevel").or_else(&mut *broken)?;
        known(self.content_available.map(Switch::meaning), "ContentAvailable").or_else(&mut *broken)?;
        known(self.is_voip_push.map(Switch::meaning), "IsVoipPush").or_else(&mut *broken)?;
        self.live_activity.as_ref().map_or(Ok(()), |part| part.check_each(broken))
    }
}

impl Default for ApnsInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// An update of a live activity (77715). Its first three fields are the only required ones in an `OfflinePushInfo`.
    ///
    /// ```
    /// use offline_push::json::{self, Raw};
    /// use offline_push::tim::LiveActivity;
    ///
    /// let state = Raw::new(r#"{"driver":"Bob","minutes":3}"#)?;
    /// let activity = LiveActivity::new("timpush", LiveActivity::UPDATE, state);
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&activity, &mut buffer)?,
    ///     r#"{"LaId":"timpush","Event":"update","ContentState":{"driver":"Bob","minutes":3}}"#,
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct LiveActivity<'a> {
        /// The activity's id, which the app chose. At most 64 bytes.
        #[doc(alias = "LaId")]
        la_id: &'a str = "LaId",
        /// [`UPDATE`](Self::UPDATE) or [`END`](Self::END).
        #[doc(alias = "Event")]
        event: &'a str = "Event" [public],
        /// The new state: a JSON object with any keys and values that the app declares. It is passed on unchanged.
        #[doc(alias = "ContentState")]
        content_state: Raw<'a> = "ContentState",
        /// When an ended activity leaves the lock screen, as Unix time in seconds. Default: now. It is allowed only with
        /// [`END`](Self::END).
        #[doc(alias = "DismissalDate")]
        dismissal_date: Option<u64> = "DismissalDate",
    }
}

impl<'a> LiveActivity<'a> {
    /// The [`event`](field@Self::event) that shows a new state.
    pub const UPDATE: &'static str = "update";
    /// The [`event`](field@Self::event) that shows a last state and ends the activity.
    pub const END: &'static str = "end";
    /// Maximum length of [`la_id`](field@Self::la_id), in bytes.
    pub const MAX_LA_ID_LEN: usize = 64;

    /// An update of an activity.
    #[must_use]
    pub const fn new(la_id: &'a str, event: &'a str, content_state: Raw<'a>) -> Self {
        Self { la_id, event, content_state, dismissal_date: None }
    }

    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        present(self.la_id, "LaId").or_else(&mut *broken)?;
        at_most(self.la_id.len(), Self::MAX_LA_ID_LEN as u32, "LaId").or_else(&mut *broken)?;
        present(self.event, "Event").or_else(&mut *broken)?;
        word(Some(self.event), &[Self::UPDATE, Self::END], "Event").or_else(&mut *broken)?;
        object(Some(self.content_state), "ContentState").or_else(&mut *broken)?;
        let ends = self.event == Self::END;
        ensure(self.dismissal_date.is_none() || ends, "DismissalDate", Rule::Conflict { with: "Event" })
    }
}
