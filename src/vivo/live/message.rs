//! The object `liveMessage` and the texts, pictures and bars of its template.

use super::{CapsuleData, IslandData};
use crate::json::{List, Raw, message, open_number};
use crate::vivo::SkipType;

open_number! {
    /// What happens to the atomic notification: `operation`.
    pub struct LiveOperation(i32) {
        /// The app creates it on the phone. A server cannot do that: vivo's document allows a server to send only 1 and 2. A
        /// sample of Aliyun's push service sends 0.
        CREATE = 0 => "create",
        /// It changes.
        UPDATE = 1 => "update",
        /// It ends.
        END = 2 => "end",
    }
}

open_number! {
    /// The layout of the atomic notification: `templateType`. A server can use 1, 2 and 4.
    #[doc(alias = "templateType")]
    pub struct LiveTemplate(i32) {
        /// With an emphasized text: [`TemplateData::priority_info`](field@TemplateData::priority_info).
        EMPHASIS = 1 => "emphasis",
        /// With a progress bar: [`TemplateData::progress_info`](field@TemplateData::progress_info).
        PROGRESS = 2 => "progress",
        /// With texts on the left and on the right. Only the app on the phone can use it.
        SYMMETRIC = 3 => "left and right",
        /// The basic texts only.
        BASIC = 4 => "basic",
        /// Navigation. Only the app on the phone can use it.
        NAVIGATION = 5 => "navigation",
    }
}

message! {
    /// What changes in an atomic notification: the value of `liveMessage` in a [`LiveMessageSend`](super::LiveMessageSend), and of the
    /// parameter `AndroidVivoLiveMessage` of Aliyun's push service.
    pub struct LiveMessage<'a> {
        /// Update or end.
        operation: LiveOperation = "operation",
        /// The scene, one that vivo has granted to the app. The document names `MOVIE`, `HEALTH_REGISTER`, `TAXI`, `TAKEOUT`,
        /// `DELIEVERY` (the document's spelling; a system image has `DELIVERY`), `NAVIGATION`, `CAR_STATE`, `METTING` (the document's
        /// spelling), `TRAIN`, `FLIGHT` and more.
        scene: &'a str = "scene" [public],
        /// How long the notification stays in the archive after its end, in seconds, at most 3600. The default is no archive.
        #[doc(alias = "keepDuration")]
        keep_duration: Option<u32> = "keepDuration",
        /// Whether the phone shows an ordinary notification if it cannot show this one. The default of the local interface is true.
        #[doc(alias = "showNotify")]
        show_notify: Option<bool> = "showNotify" as flag,
        /// Number of the update. The phone drops an update whose number is lower than the current one. The local interface calls it
        /// `changedRecord`.
        #[doc(alias = "changeRecord")]
        change_record: Option<i64> = "changeRecord",
        /// The layout.
        #[doc(alias = "templateType")]
        template_type: LiveTemplate = "templateType",
        /// Texts and pictures of the layout. The document requires it; to end a notification without an archive, `operation` alone
        /// is enough on the phone.
        #[doc(alias = "templateData")]
        template_data: Option<TemplateData<'a>> = "templateData",
        /// The capsule in the status bar of phones without an island.
        #[doc(alias = "capsuleData")]
        capsule_data: Option<CapsuleData<'a>> = "capsuleData",
        /// The island, on phones of system version 5 and later that have one.
        #[doc(alias = "islandData")]
        island_data: Option<IslandData<'a>> = "islandData",
        /// JSON as text, for what vivo and the app's owner have agreed.
        #[doc(alias = "customSuperx")]
        custom_superx: Option<&'a str> = "customSuperx",
        /// Where the phone shows the notification, as a mask of the constants `ON_…`. The default for large cards is everywhere; for
        /// small cards, it is the notification and the status bar.
        displays: Option<u32> = "displays",
    }
}

impl<'a> LiveMessage<'a> {
    /// Bit of [`displays`](field@Self::displays): notification.
    pub const ON_NOTIFICATION: u32 = 0x1;
    /// Bit of [`displays`](field@Self::displays): lock screen.
    pub const ON_LOCK_SCREEN: u32 = 0x10;
    /// Bit of [`displays`](field@Self::displays): status bar.
    pub const ON_STATUS_BAR: u32 = 0x100;
    /// Bit of [`displays`](field@Self::displays): widget on the home screen.
    pub const ON_WIDGET: u32 = 0x1000;
    /// Bit of [`displays`](field@Self::displays): always-on display.
    pub const ON_ALWAYS_ON_DISPLAY: u32 = 0x1_0000;
    /// Bit of [`displays`](field@Self::displays): box (魔盒).
    pub const ON_BOX: u32 = 0x10_0000;
    /// Bit of [`displays`](field@Self::displays): suggestions of the assistant.
    pub const ON_ASSISTANT: u32 = 0x100_0000;

    /// A message with the fields that every message needs. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(operation: LiveOperation, scene: &'a str, template_type: LiveTemplate) -> Self {
        Self { operation, scene, template_type, ..Self::EMPTY }
    }
}

message! {
    /// Texts and pictures of the layout: `templateData`.
    pub struct TemplateData<'a> {
        /// The basic texts, in every layout.
        #[doc(alias = "baseInfo")]
        base_info: Option<BaseInfo<'a>> = "baseInfo",
        /// The emphasized text, in layout 1.
        #[doc(alias = "priorityInfo")]
        priority_info: Option<PriorityInfo<'a>> = "priorityInfo",
        /// The progress bar, in layout 2.
        #[doc(alias = "progressInfo")]
        progress_info: Option<ProgressInfo<'a>> = "progressInfo",
        /// The small card and the lock screen.
        #[doc(alias = "shortInfo")]
        short_info: Option<ShortInfo<'a>> = "shortInfo",
        /// What is shown beside the basic texts.
        #[doc(alias = "subInfo")]
        sub_info: Option<SubInfo<'a>> = "subInfo",
    }
}

message! {
    /// A picture. On the phone, each side has at most 1000 pixels.
    pub struct LiveImage<'a> {
        /// Path of a resource in the app, for example `res/drawable-hdpi/icon.png`. Required.
        path: &'a str = "path",
        /// URL of a picture. vivo must have granted this to the app; if not, the phone shows `path`.
        #[doc(alias = "imgUri")]
        img_uri: Option<&'a str> = "imgUri",
    }
}

impl<'a> LiveImage<'a> {
    /// A picture in the app.
    #[must_use]
    pub const fn new(path: &'a str) -> Self {
        Self { path, img_uri: None }
    }
}

message! {
    /// A piece of text with its color.
    pub struct RichText<'a> {
        /// The text.
        text: &'a str = "text",
        /// Its color.
        #[doc(alias = "textColor")]
        text_color: Option<&'a str> = "textColor",
    }
}

impl<'a> RichText<'a> {
    /// A text in the default color.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text, text_color: None }
    }
}

message! {
    /// The basic texts: `baseInfo`.
    pub struct BaseInfo<'a> {
        /// A picture.
        icon: Option<LiveImage<'a>> = "icon",
        /// First line.
        #[doc(alias = "mainText")]
        main_text: Option<List<'a, RichText<'a>>> = "mainText",
        /// Second line.
        #[doc(alias = "subText")]
        sub_text: Option<List<'a, RichText<'a>>> = "subText",
    }
}

message! {
    /// The emphasized text: `priorityInfo`, for [`LiveTemplate::EMPHASIS`].
    pub struct PriorityInfo<'a> {
        /// A picture.
        image: Option<LiveImage<'a>> = "image",
        /// First line: a text, or a list of [`RichText`]s as in [`BaseInfo`]. The [source](super) does not say which.
        #[doc(alias = "mainText")]
        main_text: Option<Raw<'a>> = "mainText",
        /// Second line, in the form of the first.
        #[doc(alias = "subText")]
        sub_text: Option<Raw<'a>> = "subText",
        /// What a tap on the picture opens.
        #[doc(alias = "skipType")]
        skip_type: Option<SkipType> = "skipType",
        /// URL, text or intent URI for `skipType`.
        #[doc(alias = "skipContent")]
        skip_content: Option<&'a str> = "skipContent",
        /// True: change places with [`SubInfo`]. Older systems ignore it. The type is not certain; 1 and 0 are read, too.
        #[doc(alias = "subReverse")]
        sub_reverse: Option<bool> = "subReverse" as flag,
        /// First line of the card of the assistant. The default is made from the texts above.
        #[doc(alias = "vcardMainText")]
        vcard_main_text: Option<&'a str> = "vcardMainText",
        /// Color of that line.
        #[doc(alias = "vcardMainTextColor")]
        vcard_main_text_color: Option<&'a str> = "vcardMainTextColor",
        /// Second line of the card of the assistant.
        #[doc(alias = "vcardSubText")]
        vcard_sub_text: Option<&'a str> = "vcardSubText",
        /// Color of that line.
        #[doc(alias = "vcardSubTextColor")]
        vcard_sub_text_color: Option<&'a str> = "vcardSubTextColor",
    }
}

message! {
    /// The progress bar: `progressInfo`, for [`LiveTemplate::PROGRESS`].
    pub struct ProgressInfo<'a> {
        /// Pictures of the steps (nodes), 2 to 5.
        #[doc(alias = "nodeIcon")]
        node_icon: Option<List<'a, LiveImage<'a>>> = "nodeIcon",
        /// Picture at the current position. With 4 or 5 steps the phone shows none.
        #[doc(alias = "indicatorIcon")]
        indicator_icon: Option<LiveImage<'a>> = "indicatorIcon",
        /// Where that picture is: 1 on the line, 2 above it. The default is 1.
        #[doc(alias = "indicatorLoc")]
        indicator_loc: Option<i32> = "indicatorLoc",
        /// Progress in percent, 0 to 100.
        progress: Option<u32> = "progress",
        /// Color of the part that is done.
        #[doc(alias = "progressColor")]
        progress_color: Option<&'a str> = "progressColor",
        /// Color of the rest.
        #[doc(alias = "bgColor")]
        bg_color: Option<&'a str> = "bgColor",
    }
}

message! {
    /// The small card and the lock screen: `shortInfo`.
    pub struct ShortInfo<'a> {
        /// Picture on the lock screen. The default is the app's icon.
        #[doc(alias = "lockIcon")]
        lock_icon: Option<LiveImage<'a>> = "lockIcon",
        /// A small picture.
        icon: Option<LiveImage<'a>> = "icon",
        /// A picture.
        image: Option<LiveImage<'a>> = "image",
        /// First line, in the form of [`PriorityInfo::main_text`](field@PriorityInfo::main_text).
        #[doc(alias = "mainText")]
        main_text: Option<Raw<'a>> = "mainText",
        /// Second line, in the same form.
        #[doc(alias = "subText")]
        sub_text: Option<Raw<'a>> = "subText",
        /// What a tap on the picture opens.
        #[doc(alias = "skipType")]
        skip_type: Option<SkipType> = "skipType",
        /// URL, text or intent URI for `skipType`.
        #[doc(alias = "skipContent")]
        skip_content: Option<&'a str> = "skipContent",
    }
}

message! {
    /// What is shown beside the basic texts: `subInfo`.
    pub struct SubInfo<'a> {
        /// What it is, 0 to 4. In the local interface, 0 is nothing, 1 a text, 2 a text in a capsule, 3 a picture, 4 several
        /// pictures.
        #[doc(alias = "type")]
        sub_type: Option<i32> = "type",
        /// The text.
        text: Option<&'a str> = "text",
        /// Color of the text.
        #[doc(alias = "textColor")]
        text_color: Option<&'a str> = "textColor",
        /// Color behind the text.
        #[doc(alias = "bgColor")]
        bg_color: Option<&'a str> = "bgColor",
        /// The picture.
        image: Option<LiveImage<'a>> = "image",
        /// What a tap opens.
        #[doc(alias = "skipType")]
        skip_type: Option<SkipType> = "skipType",
        /// URL, text or intent URI for `skipType`.
        #[doc(alias = "skipContent")]
        skip_content: Option<&'a str> = "skipContent",
        /// Several pictures, each with what a tap on it opens: a list. The [source](super) does not give the form of
        /// its elements.
        #[doc(alias = "imageSkipInfos")]
        image_skip_infos: Option<Raw<'a>> = "imageSkipInfos",
    }
}

/// Objects all of whose members may be absent.
macro_rules! empty {
    ($($name:ident)+) => {$(
        impl $name<'_> {
            /// An object without members.
            #[must_use]
            pub const fn new() -> Self {
                Self::EMPTY
            }
        }

        impl Default for $name<'_> {
            fn default() -> Self {
                Self::EMPTY
            }
        }
    )+};
}

pub(super) use empty;

empty! { TemplateData BaseInfo PriorityInfo ProgressInfo ShortInfo SubInfo }
