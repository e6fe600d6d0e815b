//! What is for Harmony phones.

use super::{given, https};
use crate::check::{CheckError, Rule, ensure, within};
use crate::json::message;

message! {
    /// What is for Harmony phones (77715).
    pub struct HarmonyInfo<'a> {
        /// Goes before the common title.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// The system's class of message; goes before what the console stores.
        #[doc(alias = "Category")]
        category: Option<&'a str> = "Category",
        /// HTTPS URL of a large icon.
        #[doc(alias = "Image")]
        image: Option<&'a str> = "Image",
        /// File under `resources/rawfile` with its suffix (`alert.mp3`): MP3, WAV or MPEG, cut after 30 seconds. Default the
        /// system's sound. Watches, televisions and PCs have none of the app's own.
        #[doc(alias = "Sound")]
        sound: Option<&'a str> = "Sound",
        /// How long the sound plays, over and over if it is shorter, in seconds: 1 to 60. Counts with a `sound` only.
        #[doc(alias = "SoundDuration")]
        sound_duration: Option<u32> = "SoundDuration",
    }
}

impl HarmonyInfo<'_> {
    /// Nothing set yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    pub(super) fn check(&self) -> Result<(), CheckError> {
        https(self.image, "Image")?;
        let silent = self.sound_duration.is_some() && given(self.sound).is_none();
        ensure(!silent, "Sound", Rule::Missing)?;
        within(self.sound_duration.map(i64::from), 1, 60, "SoundDuration")
    }
}

impl Default for HarmonyInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}
