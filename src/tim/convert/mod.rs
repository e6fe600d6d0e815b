//! Converts one push between its four forms: the settings of the C SDK, the info of the REST API, the web form, and the object of
//! the Java SDK. [`detect`](crate::tim::detect) says which form a JSON object has.
//!
//! ```
//! use offline_push::json;
//! use offline_push::tim::{AndroidPushSettings, OfflinePushSettings, PushFlag};
//!
//! // A client's settings, for a server that calls the REST API.
//! let settings = OfflinePushSettings::new()
//!     .title("Alice")
//!     .flag(PushFlag::DEFAULT)
//!     .android(AndroidPushSettings::new().title("Alice in Chat"));
//! let info = settings.to_info(&mut [])?;
//! let mut buffer = [0; 64];
//! assert_eq!(json::to_str(&info.value, &mut buffer)?, r#"{"PushFlag":0,"Title":"Alice"}"#);
//! assert_eq!(info.dropped.to_string(), "android_offline_push_config_title");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! | from | to settings | to an info | to the web form | to the Java object |
//! |---|---|---|---|---|
//! | [`OfflinePushSettings`] | – | [`to_info`](OfflinePushSettings::to_info) | [`to_web`](OfflinePushSettings::to_web) | [`to_java`](OfflinePushSettings::to_java) |
//! | [`OfflinePushInfo`] | [`to_settings`](OfflinePushInfo::to_settings) | – | [`to_web`](OfflinePushInfo::to_web) | [`to_java`](OfflinePushInfo::to_java) |
//! | [`WebPushInfo`] | [`to_settings`](WebPushInfo::to_settings) | [`to_info`](WebPushInfo::to_info) | [`flat`](WebPushInfo::flat), [`nested`](WebPushInfo::nested) | [`to_java`](WebPushInfo::to_java) |
//! | [`JavaPushInfo`] | [`to_settings`](JavaPushInfo::to_settings) | [`to_info`](JavaPushInfo::to_info) | [`to_web`](JavaPushInfo::to_web) | – |
//!
//! Each conversion returns a [`Converted`]: the push in the other form, and the names of the fields that the other form does not
//! have ([`Dropped`]). [`Converted::with_source`] also reports whether the source has members that this crate does not know and
//! that may turn the push off, or members of another form.
//!
//! # Fields
//!
//! A row names the same field in the four forms; – means that the form has no such field. No page of Tencent's compares
//! them. The table follows from what each page says about its own fields, and, for the Java object, from the names of
//! the methods of its wrapper, `V2TIMOfflinePushInfo`.
//!
//! | settings | info | web form | Java object |
//! |---|---|---|---|
//! | `offline_push_config_flag` | `PushFlag` | `disablePush` | `pushFlag` |
//! | – | – | `isDisablePush` | – |
//! | – | – | `pushFlag` | – |
//! | `offline_push_config_title` | `Title` | `title` | `title` |
//! | `offline_push_config_desc` | `Desc` | `desc` | `description` |
//! | `offline_push_config_ext` | `Ext` | `ext` | `extension` |
//! | – | – | – | `soundFilePath` |
//! | `ios_offline_push_config_title` | `ApnsInfo.Title` | – | `apnsConfig.title` |
//! | – | – | – | `apnsConfig.description` |
//! | `ios_offline_push_config_sound` | `ApnsInfo.Sound` | `iOSSound` | `apnsConfig.soundFilePath` |
//! | `ios_offline_push_config_ignore_badge` | `ApnsInfo.BadgeMode` | `ignoreIOSBadge` | `apnsConfig.badgeMode` |
//! | `ios_offline_push_config_push_type` | `ApnsInfo.IsVoipPush` | `iOSPushType` | `apnsConfig.iOSPushType` |
//! | – | – | `disableVoipPush` | – |
//! | `ios_offline_push_config_image` | `ApnsInfo.Image` | `iOSImage` | `apnsConfig.iOSImageUrl` |
//! | `ios_offline_push_config_interruption_level` | `ApnsInfo.InterruptionLevel` | `iOSInterruptionLevel` | `apnsConfig.interruptionLevel` |
//! | `ios_offline_push_config_enable_background_notification` | `ApnsInfo.ContentAvailable` | `enableIOSBackgroundNotification` | `apnsConfig.backgroundNotification` |
//! | – | `ApnsInfo.SubTitle` | – | – |
//! | – | `ApnsInfo.MutableContent` | – | – |
//! | – | `ApnsInfo.LiveActivity` | – | – |
//! | `android_offline_push_config_title` | – | – | `androidConfig.title` |
//! | – | – | – | `androidConfig.description` |
//! | `android_offline_push_config_sound` | `AndroidInfo.Sound` | `androidSound` | `androidConfig.soundFilePath` |
//! | `android_offline_push_config_notify_mode` | – | – | `androidConfig.notifyMode` |
//! | – | `AndroidInfo.PushStyle` | – | – |
//! | `android_offline_push_config_vivo_classification` | `AndroidInfo.VIVOClassification` | `androidVIVOClassification` | `androidConfig.vivoClassification` |
//! | `android_offline_push_config_vivo_category` | `AndroidInfo.VIVOCategory` | `androidVIVOCategory` | `androidConfig.vivoCategory` |
//! | `android_offline_push_config_oppo_channel_id` | `AndroidInfo.OPPOChannelID` | `androidOPPOChannelID` | `androidConfig.oppoChannelID` |
//! | `android_offline_push_config_oppo_category` | `AndroidInfo.OPPOCategory` | `androidOPPOCategory` | `androidConfig.oppoCategory` |
//! | `android_offline_push_config_oppo_notify_level` | `AndroidInfo.OPPONotifyLevel` | `androidOPPONotifyLevel` | `androidConfig.oppoNotifyLevel` |
//! | `android_offline_push_config_fcm_channel_id` | `AndroidInfo.GoogleChannelID` | `androidFCMChannelID` | `androidConfig.fcmChannelID` |
//! | `android_offline_push_config_fcm_image` | `AndroidInfo.GoogleImage` | `androidFCMImage` | `androidConfig.fcmImageUrl` |
//! | `android_offline_push_config_xiaomi_channel_id` | `AndroidInfo.XiaoMiChannelID` | `androidXiaoMiChannelID` | `androidConfig.xiaomiChannelID` |
//! | `android_offline_push_config_huawei_category` | `AndroidInfo.HuaWeiCategory` | `androidHuaWeiCategory` | `androidConfig.huaweiCategory` |
//! | `android_offline_push_config_huawei_image` | `AndroidInfo.HuaWeiImage` | `androidHuaWeiImage` | `androidConfig.huaweiImageUrl` |
//! | – | `AndroidInfo.HuaWeiChannelID` | – | – |
//! | – | `AndroidInfo.HuaWeiImportance` | – | – |
//! | – | `AndroidInfo.ExtAsHuaweiIntentParam` | – | – |
//! | `android_offline_push_config_honor_image` | `AndroidInfo.HonorImage` | `androidHonorImage` | `androidConfig.honorImageUrl` |
//! | `android_offline_push_config_honor_importance` | `AndroidInfo.HonorImportance` | `androidHonorImportance` | `androidConfig.honorImportance` |
//! | `android_offline_push_config_meizu_notify_type` | `AndroidInfo.MeiZuNoticeMsgType` | `androidMeizuNotifyType` | `androidConfig.meizuNotifyType` |
//! | `harmony_offline_push_config_title` | `HarmonyInfo.Title` | – | `harmonyConfig.title` |
//! | – | – | – | `harmonyConfig.description` |
//! | `harmony_offline_push_config_image` | `HarmonyInfo.Image` | `harmonyImage` | `harmonyConfig.imageUrl` |
//! | `harmony_offline_push_config_category` | `HarmonyInfo.Category` | `harmonyCategory` | `harmonyConfig.category` |
//! | `harmony_offline_push_config_ignore_badge` | – | `ignoreHarmonyBadge` | `harmonyConfig.badgeMode` |
//! | – | `HarmonyInfo.Sound` | – | – |
//! | – | `HarmonyInfo.SoundDuration` | – | – |
//! | – | – | `AndroidSound` | – |
//! | – | – | `AndroidOPPOChannelID` | – |
//! | – | – | `AndroidOPPOCategory` | – |
//! | – | – | `AndroidOPPONotifyLevel` | – |
//! | – | – | `AndroidVIVOCategory` | – |
//! | – | – | `AndroidVIVOClassification` | – |
//! | – | – | `AndroidFCMChannelID` | – |
//! | – | – | `AndroidFCMImage` | – |
//! | – | – | `AndroidXiaoMiChannelID` | – |
//! | – | – | `AndroidHuaWeiCategory` | – |
//! | – | – | `AndroidHuaWeiImage` | – |
//! | – | – | `AndroidHonorImage` | – |
//! | – | – | `AndroidHonorImportance` | – |
//! | – | – | `AndroidMeizuNotifyType` | – |
//! | – | – | `HarmonyImage` | – |
//! | – | – | `HarmonyCategory` | – |
//! | `fcmPriority` | `AndroidInfo.GooglePriority` | `fcmPriority` | `fcmPriority` |
//! | `vivoNotifyType` | `AndroidInfo.VIVONotifyType` | `vivoNotifyType` | `vivoNotifyType` |
//! | `oppoTemplateId` | `AndroidInfo.OPPOPrivateMsgTemplateId` | `oppoTemplateId` | `oppoTemplateId` |
//! | `oppoTitleParam` | `AndroidInfo.OPPOPrivateTitleParameters` | `oppoTitleParam` | `oppoTitleParam` |
//! | `oppoContentParam` | `AndroidInfo.OPPOPrivateContentParameters` | `oppoContentParam` | `oppoContentParam` |
//! | `offline_push_config_vendor_params` | – | `vendorParams` | `vendorParams` |
//! | – | `MultiLanguageContent` | – | – |
//! | – | `PushTemplateId` | – | – |
//! | – | `PushTemplateParam` | – | – |
//! | – | `BadgeAddNum` | – | – |
//! | – | `BadgeSetNum` | – | – |
//!
//! - `AndroidInfo.Sound` is the member `Sound` of the object `AndroidInfo`.
//! - The five rows from `fcmPriority` on are the members of the vendor parameters ([`VendorParams`]). The row
//!   `offline_push_config_vendor_params` stands for all other members of the vendor parameters, even for those of a template: no page
//!   says that the REST API's `PushTemplateId` and `PushTemplateParam` mean the same.
//! - The web form has several names for most of its fields. The table has Flutter's names; [`WebPushInfo`] explains the
//!   spellings. The rows that have a name in the web form only are other names of the fields above: a conversion reads them, and
//!   reports such a field as dropped only if another spelling with another value has precedence.
//!
//! # Values
//!
//! - Texts, the ext, and numbers with the same meaning are copied, even empty texts and unknown numbers. `PushFlag`,
//!   `VIVOClassification`, `OPPONotifyLevel` and `MeiZuNoticeMsgType` are the same numbers in the settings and in the Java object.
//! - An ext is text in all forms but the Java object, where it is an array of bytes. Bytes that are not UTF-8 stay in the converted
//!   push, but cannot be encoded in the other forms ([`EncodeError::NotUtf8`](crate::json::EncodeError::NotUtf8)).
//! - "Do not push" has precedence: if `disablePush`, `isDisablePush` and `pushFlag` disagree, the message is not pushed.
//! - Numbers become switches, and switches become numbers. 1 is true and 0 is false in these pairs: `PushFlag` and
//!   `disablePush`; the numbers `BadgeMode` and `badgeMode` and `ignore_badge`; `IsVoipPush` and push type 1; `ContentAvailable`,
//!   `backgroundNotification` and `enable_background_notification`. If the target has a switch, any other number is dropped.
//! - A title for one system is dropped if the target has no title for that system. It cannot replace the common title, which
//!   all systems show. A title equal to the common title is left out and not reported as dropped; the Dart SDK writes the
//!   same title in all four places.
//! - The Java object has a text for each system, too. Such a text is dropped if it differs from the common text.
//!   `V2TIMOfflinePushInfo` sets neither these texts nor a title for one system.
//! - Vendor parameters are JSON text in the settings, in the web form and in the Java object, and members in the info. `vivoNotifyType` is a
//!   number in the text, and a text with the number in the info. An OPPO parameter may be an object or a string that
//!   contains one; it becomes an object. A parameter of another type and a duplicate parameter are dropped, and do not
//!   affect the others. Unknown parameters are dropped as a whole, and so is text that is not a JSON object.
//!
//! Fields without effect are not reported as dropped: empty text, an empty list, `null`, and the documented default of a
//! field that the target does not have (notify mode 0, `ignoreHarmonyBadge` false, `meizuNotifyType` -1 of the Java object, and 0 in `PushStyle`,
//! `ExtAsHuaweiIntentParam` and `MutableContent`). In a conversion to an info, OPPO's level has no effect if it is 0 (what
//! Flutter reads if there is none), or if it is 2, the default, without an OPPO category: the REST API accepts a level only together with a
//! category. An object for one system that ends up empty is left out, so a push that was converted back and forth may lack an empty object.

mod dropped;
mod info;
mod java;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
mod unknown;
mod vendor_params;
mod web;

use super::{BadgeMode, IosPushType, PushFlag, Switch};
#[cfg(doc)]
use super::{JavaPushInfo, OfflinePushInfo, OfflinePushSettings, VendorParams, WebPushInfo};

pub(in crate::tim) use dropped::Field;
pub use dropped::{Dropped, DroppedIter};
pub use unknown::unknown_switches;

/// A push in another form, and the fields that this form does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[must_use]
#[non_exhaustive]
pub struct Converted<T> {
    /// The push.
    pub value: T,
    /// The fields of the source that are not in `value`.
    pub dropped: Dropped,
}

/// The numbers for false and true.
type Truth<T> = [T; 2];

const PUSH_FLAG: Truth<PushFlag> = [PushFlag::DEFAULT, PushFlag::NO_PUSH];
const BADGE: Truth<BadgeMode> = [BadgeMode::COUNT, BadgeMode::IGNORE];
const PUSH_TYPE: Truth<IosPushType> = [IosPushType::APNS, IosPushType::VOIP];
const SWITCH: Truth<Switch> = [Switch::OFF, Switch::ON];

fn number<T>(on: bool, [no, yes]: Truth<T>) -> T {
    if on { yes } else { no }
}

/// The switch for a number. A number other than the two is dropped.
fn truth<T: PartialEq>(
    number: Option<T>,
    [no, yes]: Truth<T>,
    field: Field,
    dropped: &mut Dropped,
) -> Option<bool> {
    let number = number?;
    let truth = if number == yes { Some(true) } else { (number == no).then_some(false) };
    dropped.add_if(truth.is_none(), field);
    truth
}

/// A part, unless nothing in it is set.
fn when_set<T: PartialEq>(part: T, empty: &T) -> Option<T> {
    (part != *empty).then_some(part)
}
