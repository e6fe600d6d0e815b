//! What apps and the IM SDK say to one another.

use super::Field;
use super::Shape::{Any, Flag, Int, Object, Switch, Text};

pub(super) const TOKEN: &[Field] = &[
    ("offline_push_token_token", Text),
    ("offline_push_token_business_id", Int),
    ("offline_push_token_is_tpns_token", Switch),
    ("offline_push_token_type", Int),
];
pub(super) const IOS: &[Field] = &[
    ("ios_offline_push_config_title", Text),
    ("ios_offline_push_config_ignore_badge", Flag),
    ("ios_offline_push_config_push_type", Int),
    ("ios_offline_push_config_enable_background_notification", Switch),
];
pub(super) const ANDROID: &[Field] = &[
    ("android_offline_push_config_sound", Text),
    ("android_offline_push_config_notify_mode", Int),
    ("android_offline_push_config_vivo_classification", Int),
    ("android_offline_push_config_vivo_category", Text),
    ("android_offline_push_config_meizu_notify_type", Int),
];
pub(super) const HARMONY: &[Field] =
    &[("harmony_offline_push_config_title", Text), ("harmony_offline_push_config_ignore_badge", Flag)];
pub(super) const SETTINGS: &[Field] = &[
    ("offline_push_config_title", Text),
    ("offline_push_config_desc", Text),
    ("offline_push_config_ext", Text),
    ("offline_push_config_flag", Int),
    ("offline_push_config_ios_config", Object(IOS)),
    ("offline_push_config_android_config", Object(ANDROID)),
    ("offline_push_config_harmony_config", Object(HARMONY)),
];
pub(super) const VENDOR_PARAMS: &[Field] = &[
    ("fcmPriority", Text),
    ("vivoNotifyType", Int),
    ("oppoTemplateId", Text),
    ("oppoTitleParam", Any),
    ("oppoContentParam", Any),
];
