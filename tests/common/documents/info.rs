//! How a message is pushed, in the REST API.

use super::Field;
use super::Shape::{Any, Id, Int, Object, Objects, Text};

pub(super) const LANGUAGE: &[Field] = &[("Language", Text), ("Title", Text), ("Desc", Text)];
pub(super) const ANDROID_INFO: &[Field] = &[
    ("Sound", Text),
    ("OPPOChannelID", Text),
    ("VIVOClassification", Int),
    ("VIVONotifyType", Id),
    ("OPPOPrivateTitleParameters", Any),
];
pub(super) const LIVE_ACTIVITY: &[Field] =
    &[("LaId", Text), ("Event", Text), ("ContentState", Any), ("DismissalDate", Int)];
pub(super) const APNS_INFO: &[Field] =
    &[("Sound", Text), ("BadgeMode", Int), ("SubTitle", Text), ("LiveActivity", Object(LIVE_ACTIVITY))];
pub(super) const HARMONY_INFO: &[Field] = &[("Sound", Text), ("SoundDuration", Int)];
pub(super) const INFO: &[Field] = &[
    ("PushFlag", Int),
    ("Title", Text),
    ("MultiLanguageContent", Objects(LANGUAGE)),
    ("PushTemplateParam", Any),
    ("Ext", Text),
    ("AndroidInfo", Object(ANDROID_INFO)),
    ("ApnsInfo", Object(APNS_INFO)),
    ("HarmonyInfo", Object(HARMONY_INFO)),
    ("BadgeAddNum", Int),
];
