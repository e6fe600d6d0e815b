//! What is for iPhones.

use super::{known, object, word};
use crate::check::{CheckError, Rule, at_most, ensure, present};
use crate::json::{Raw, message, open_number};
use crate::tim::info::Switch;

/// Words for the interruption level.
pub(in crate::tim) const LEVELS: [&str; 4] = ["active", "critical", "passive", "time-sensitive"];

open_number! {
    /// Whether the app's badge counts the message: `BadgeMode`. By 77715 the default is to count chat messages, and not to
    /// count pushes without one (`v4/timpush/…`).
    pub struct BadgeMode(i32) {
        /// It does.
        COUNT = 0 => "count",
        /// It does not.
        IGNORE = 1 => "do not count",
    }
}

message! {
    /// What is for iPhones. APNs' keys for localized texts are not exposed.
    pub struct ApnsInfo<'a> {
        /// Sound file with its suffix (`shake.mp3`), part of the app, at most 30 seconds long. In every sample since 2019,
        /// in no table before 77715.
        #[doc(alias = "Sound")]
        sound: Option<&'a str> = "Sound",
        /// Count the message in the badge or not. 2019.
        #[doc(alias = "BadgeMode")]
        badge_mode: Option<BadgeMode> = "BadgeMode",
        /// Goes before the common title. 2019.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// Second line. 2019.
        #[doc(alias = "SubTitle")]
        sub_title: Option<&'a str> = "SubTitle",
        /// Address of a picture, which the app reads from the payload's `image` and fetches itself, so it need not be a whole
        /// URL: the samples say `www.image.com`. 2019.
        #[doc(alias = "Image")]
        image: Option<&'a str> = "Image",
        /// 1: the app's extension may change the push before it is shown, on iOS 10 and later. Default 0. 2021.
        #[doc(alias = "MutableContent")]
        mutable_content: Option<Switch> = "MutableContent",
        /// `passive`, `active`, `time-sensitive` or `critical`, on iOS 15 and later (77715).
        #[doc(alias = "InterruptionLevel")]
        interruption_level: Option<&'a str> = "InterruptionLevel",
        /// 1: wakes the app silently, which Apple advises to do at most 3 times an hour (77715).
        #[doc(alias = "ContentAvailable")]
        content_available: Option<Switch> = "ContentAvailable",
        /// 1: rings like a call; an ordinary push for a receiver who has reported no token for calls (77715).
        #[doc(alias = "IsVoipPush")]
        is_voip_push: Option<Switch> = "IsVoipPush",
        /// Changes a live activity on the lock screen and in the Dynamic Island (77715).
        #[doc(alias = "LiveActivity")]
        live_activity: Option<LiveActivity<'a>> = "LiveActivity",
    }
}

impl ApnsInfo<'_> {
    /// Nothing set yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    pub(super) fn check(&self) -> Result<(), CheckError> {
        known(self.badge_mode.map(BadgeMode::meaning), "BadgeMode")?;
        known(self.mutable_content.map(Switch::meaning), "MutableContent")?;
        word(self.interruption_level, &LEVELS, "InterruptionLevel")?;
        known(self.content_available.map(Switch::meaning), "ContentAvailable")?;
        known(self.is_voip_push.map(Switch::meaning), "IsVoipPush")?;
        self.live_activity.as_ref().map_or(Ok(()), LiveActivity::check)
    }
}

impl Default for ApnsInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// A change of a live activity (77715). Its first three fields are the only ones of the whole `OfflinePushInfo` that the
    /// page requires.
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
        /// Which activity: the id that the app has given it, at most 64 bytes.
        #[doc(alias = "LaId")]
        la_id: &'a str = "LaId",
        /// [`UPDATE`](Self::UPDATE) or [`END`](Self::END).
        #[doc(alias = "Event")]
        event: &'a str = "Event",
        /// The new state: a JSON object of any keys and values, as the app's own code declares it, passed on untouched.
        #[doc(alias = "ContentState")]
        content_state: Raw<'a> = "ContentState",
        /// When an ended activity leaves the lock screen, Unix time in seconds. Default now. Only for [`END`](Self::END).
        #[doc(alias = "DismissalDate")]
        dismissal_date: Option<u64> = "DismissalDate",
    }
}

impl<'a> LiveActivity<'a> {
    /// The [`event`](Self::event) that shows a new state.
    pub const UPDATE: &'static str = "update";
    /// The [`event`](Self::event) that shows a last state.
    pub const END: &'static str = "end";
    /// Longest [`la_id`](Self::la_id) in bytes.
    pub const MAX_LA_ID_LEN: usize = 64;

    /// A change.
    #[must_use]
    pub const fn new(la_id: &'a str, event: &'a str, content_state: Raw<'a>) -> Self {
        Self { la_id, event, content_state, dismissal_date: None }
    }

    fn check(&self) -> Result<(), CheckError> {
        present(self.la_id, "LaId")?;
        at_most(self.la_id.len(), Self::MAX_LA_ID_LEN as u32, "LaId")?;
        present(self.event, "Event")?;
        word(Some(self.event), &[Self::UPDATE, Self::END], "Event")?;
        object(Some(self.content_state), "ContentState")?;
        let ends = self.event == Self::END;
        ensure(self.dismissal_date.is_none() || ends, "DismissalDate", Rule::Conflict { with: "Event" })
    }
}
