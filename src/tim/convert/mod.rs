//! One push, said in another of the three forms: settings of the C SDK ([`OfflinePushSettings`]), an info of the REST API
//! ([`OfflinePushInfo`]), the web form ([`WebPushInfo`]). Each conversion says what the other side cannot.
//!
//! ```
//! use offline_push::json;
//! use offline_push::tim::OfflinePushSettings;
//!
//! // A client's settings, on their way to a server that speaks the REST API.
//! let settings: OfflinePushSettings = json::from_str(
//!     r#"{"offline_push_config_title":"Alice","offline_push_config_vendor_params":"{}","offline_push_config_flag":0,
//!         "offline_push_config_android_config":{"android_offline_push_config_title":"Alice in Chat"}}"#,
//! )?;
//! let info = settings.to_info(&mut [])?;
//! let mut buffer = [0; 64];
//! assert_eq!(json::to_str(&info.value, &mut buffer)?, r#"{"PushFlag":0,"Title":"Alice"}"#);
//! assert_eq!(info.lost.to_string(), "android_offline_push_config_title");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! | from | to settings | to an info | to the web form |
//! |---|---|---|---|
//! | [`OfflinePushSettings`] | – | [`to_info`](OfflinePushSettings::to_info) | [`to_web`](OfflinePushSettings::to_web) |
//! | [`OfflinePushInfo`] | [`to_settings`](OfflinePushInfo::to_settings) | – | [`to_web`](OfflinePushInfo::to_web) |
//! | [`WebPushInfo`] | [`to_settings`](WebPushInfo::to_settings) | [`to_info`](WebPushInfo::to_info) | [`flat`](WebPushInfo::flat), [`nested`](WebPushInfo::nested) |
//!
//! # Which field is which
//!
//! No page of Tencent's puts the three side by side. This table follows what each says of its fields; where a cell is
//! empty, there is no such field, and what another side says there is [`Lost`].
//!
//! | settings | info | web form |
//! |---|---|---|
//! | `offline_push_config_flag` | `PushFlag` | `disablePush` |
//! | `offline_push_config_title` | `Title` | `title` |
//! | `offline_push_config_desc` | `Desc` | `desc` |
//! | `offline_push_config_ext` | `Ext` | `ext` |
//! | `ios_offline_push_config_title` | `ApnsInfo.Title` | – |
//! | `ios_offline_push_config_sound` | `ApnsInfo.Sound` | `iOSSound` |
//! | `ios_offline_push_config_ignore_badge` | `ApnsInfo.BadgeMode` | `ignoreIOSBadge` |
//! | `ios_offline_push_config_push_type` | `ApnsInfo.IsVoipPush` | `iOSPushType` |
//! | – | – | `disableVoipPush` |
//! | `ios_offline_push_config_image` | `ApnsInfo.Image` | `iOSImage` |
//! | `ios_offline_push_config_interruption_level` | `ApnsInfo.InterruptionLevel` | `iOSInterruptionLevel` |
//! | `ios_offline_push_config_enable_background_notification` | `ApnsInfo.ContentAvailable` | `enableIOSBackgroundNotification` |
//! | – | `ApnsInfo.SubTitle` | – |
//! | – | `ApnsInfo.MutableContent` | – |
//! | – | `ApnsInfo.LiveActivity` | – |
//! | `android_offline_push_config_title` | – | – |
//! | `android_offline_push_config_sound` | `AndroidInfo.Sound` | `androidSound` |
//! | `android_offline_push_config_notify_mode` | – | – |
//! | – | `AndroidInfo.PushStyle` | – |
//! | `android_offline_push_config_vivo_classification` | `AndroidInfo.VIVOClassification` | `androidVIVOClassification` |
//! | `android_offline_push_config_vivo_category` | `AndroidInfo.VIVOCategory` | `androidVIVOCategory` |
//! | `android_offline_push_config_oppo_channel_id` | `AndroidInfo.OPPOChannelID` | `androidOPPOChannelID` |
//! | `android_offline_push_config_oppo_category` | `AndroidInfo.OPPOCategory` | `androidOPPOCategory` |
//! | `android_offline_push_config_oppo_notify_level` | `AndroidInfo.OPPONotifyLevel` | `androidOPPONotifyLevel` |
//! | `android_offline_push_config_fcm_channel_id` | `AndroidInfo.GoogleChannelID` | `androidFCMChannelID` |
//! | `android_offline_push_config_fcm_image` | `AndroidInfo.GoogleImage` | `androidFCMImage` |
//! | `android_offline_push_config_xiaomi_channel_id` | `AndroidInfo.XiaoMiChannelID` | `androidXiaoMiChannelID` |
//! | `android_offline_push_config_huawei_category` | `AndroidInfo.HuaWeiCategory` | `androidHuaWeiCategory` |
//! | `android_offline_push_config_huawei_image` | `AndroidInfo.HuaWeiImage` | `androidHuaWeiImage` |
//! | – | `AndroidInfo.HuaWeiChannelID` | – |
//! | – | `AndroidInfo.HuaWeiImportance` | – |
//! | – | `AndroidInfo.ExtAsHuaweiIntentParam` | – |
//! | `android_offline_push_config_honor_image` | `AndroidInfo.HonorImage` | `androidHonorImage` |
//! | `android_offline_push_config_honor_importance` | `AndroidInfo.HonorImportance` | `androidHonorImportance` |
//! | `android_offline_push_config_meizu_notify_type` | `AndroidInfo.MeiZuNoticeMsgType` | – |
//! | `harmony_offline_push_config_title` | `HarmonyInfo.Title` | – |
//! | `harmony_offline_push_config_image` | `HarmonyInfo.Image` | `harmonyImage` |
//! | `harmony_offline_push_config_category` | `HarmonyInfo.Category` | `harmonyCategory` |
//! | `harmony_offline_push_config_ignore_badge` | – | `ignoreHarmonyBadge` |
//! | – | `HarmonyInfo.Sound` | – |
//! | – | `HarmonyInfo.SoundDuration` | – |
//! | `fcmPriority` | `AndroidInfo.GooglePriority` | `fcmPriority` |
//! | `vivoNotifyType` | `AndroidInfo.VIVONotifyType` | `vivoNotifyType` |
//! | `oppoTemplateId` | `AndroidInfo.OPPOPrivateMsgTemplateId` | `oppoTemplateId` |
//! | `oppoTitleParam` | `AndroidInfo.OPPOPrivateTitleParameters` | `oppoTitleParam` |
//! | `oppoContentParam` | `AndroidInfo.OPPOPrivateContentParameters` | `oppoContentParam` |
//! | `offline_push_config_vendor_params` | – | `vendorParams` |
//! | – | `MultiLanguageContent` | – |
//! | – | `PushTemplateId` | – |
//! | – | `PushTemplateParam` | – |
//! | – | `BadgeAddNum` | – |
//! | – | `BadgeSetNum` | – |
//!
//! A name within `AndroidInfo`, `ApnsInfo` and `HarmonyInfo` stands behind its object's. The five from `fcmPriority` on are
//! members of the vendor parameters ([`VendorParams`]); of whatever else is in there the row of
//! the parameters as a whole speaks. The web form has most of its names twice; [`WebPushInfo::flat`] says which are the same.
//!
//! # What changes on the way
//!
//! - Text, ext and numbers of the same meaning go over as they are, empty ones and unknown numbers, too: `PushFlag`,
//!   `VIVOClassification`, `OPPONotifyLevel`, `MeiZuNoticeMsgType` (which are the same number in the settings).
//! - Switches and numbers: `PushFlag` 1 is `disablePush`; `ApnsInfo.BadgeMode` 1 is `ignore_badge`; `IsVoipPush` 1 is push
//!   type 1; `ContentAvailable` 1 is `enable_background_notification`; in each case 0 is the opposite. Any other number
//!   is lost where the other side has a switch.
//! - A title for one system alone is lost where the other side has none for it: the common title would not do, since it is
//!   shown by all. One that is the common title is left out, and not lost; the Dart SDK writes it into all four places.
//! - Vendor parameters in the settings are text, in the info members. `vivoNotifyType` is a number in the one, text with
//!   the number in the other. An OPPO parameter may be an object or a string that holds one in the settings, and becomes an
//!   object. One that is neither is lost, as is a parameter of another type, or one that comes twice; it stands in no
//!   other's way. Unknown parameters, and text that is no JSON object, are lost as a whole.
//!
//! Nothing is said, so nothing is lost, by: empty text; an empty list; `null`; and the default of a field that the other
//! side does not have, where one is documented: notify mode 0, `ignoreHarmonyBadge` false, and 0 in `PushStyle`,
//! `ExtAsHuaweiIntentParam` and `MutableContent`. On the way to an info, OPPO's level says nothing where it is 0 (what
//! Flutter reads out of nothing), or 2, the default, without an OPPO category, beside which alone the REST API takes one. A part for one system that comes to say nothing is left out, so that what
//! has gone there and back may lack an empty object.

mod info_and_web;
mod info_to_settings;
mod lost;
mod scratch;
mod settings_and_web;
mod settings_to_info;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
mod vendor_params;

use super::{BadgeMode, IosPushType, PushFlag, Switch};
#[cfg(doc)]
use super::{OfflinePushInfo, OfflinePushSettings, VendorParams, WebPushInfo};

pub(in crate::tim) use lost::{Field, Form};
pub use lost::{Lost, LostIter};

/// A push in another form, and what that form could not say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[must_use]
#[non_exhaustive]
pub struct Converted<T> {
    /// The push.
    pub value: T,
    /// The fields of the source that are not in it.
    pub lost: Lost,
}

/// The numbers that stand for false and true.
type Truth<T> = [T; 2];

const PUSH_FLAG: Truth<PushFlag> = [PushFlag::DEFAULT, PushFlag::NO_PUSH];
const BADGE: Truth<BadgeMode> = [BadgeMode::COUNT, BadgeMode::IGNORE];
const PUSH_TYPE: Truth<IosPushType> = [IosPushType::APNS, IosPushType::VOIP];
const SWITCH: Truth<Switch> = [Switch::OFF, Switch::ON];

fn number<T>(on: bool, [no, yes]: Truth<T>) -> T {
    if on { yes } else { no }
}

/// What a number stands for; any other than the two is lost.
fn truth<T: PartialEq>(
    number: Option<T>,
    [no, yes]: Truth<T>,
    field: Field,
    lost: &mut Lost,
) -> Option<bool> {
    let number = number?;
    let truth = if number == yes { Some(true) } else { (number == no).then_some(false) };
    lost.add_if(truth.is_none(), field);
    truth
}

/// A part, unless it says nothing at all.
fn when_set<T: PartialEq>(part: T, empty: &T) -> Option<T> {
    (part != *empty).then_some(part)
}
