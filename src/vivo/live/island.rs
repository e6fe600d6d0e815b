//! What the status bar shows: the capsule, and the island of newer phones.

use super::message::{LiveImage, empty};
use crate::json::{List, message, open_number};
use crate::vivo::SkipType;

message! {
    /// The capsule in the status bar: `capsuleData`. Also send it to phones with an island: the outer screen of a folding phone shows
    /// it.
    pub struct CapsuleData<'a> {
        /// 0 hides the capsule, 1 shows it.
        state: Option<i32> = "state",
        /// The text.
        content: Option<&'a str> = "content",
        /// Color of the text. The default is black.
        #[doc(alias = "contentColor")]
        content_color: Option<&'a str> = "contentColor",
        /// Color behind the text. The default is white with a border.
        #[doc(alias = "bgColor")]
        bg_color: Option<&'a str> = "bgColor",
        /// A picture. The [source](super) gives no type. This crate assumes the type of the other pictures.
        icon: Option<LiveImage<'a>> = "icon",
        /// Number of the step (node) that has been reached, for example 1 when the order has been accepted and 2 when it is being
        /// delivered. The capsule shows new steps.
        #[doc(alias = "newNode")]
        new_node: Option<i32> = "newNode",
    }
}

open_number! {
    /// What a tap on the island does: `clickType`.
    #[doc(alias = "clickType")]
    pub struct IslandClick(i32) {
        /// Opens the card.
        CARD = 0 => "card",
        /// Opens the page.
        PAGE = 1 => "page",
        /// Does nothing.
        NONE = 2 => "none",
    }
}

open_number! {
    /// The state of the progress on the island: `progressState`.
    #[doc(alias = "progressState")]
    pub struct LiveProgressState(i32) {
        /// It has failed.
        FAILED = -1 => "failed",
        /// It is in progress.
        ONGOING = 0 => "ongoing",
        /// It has succeeded.
        SUCCEEDED = 1 => "succeeded",
    }
}

message! {
    /// The island: `islandData`.
    pub struct IslandData<'a> {
        /// Layout of the left part. There is only 1, a picture and a text.
        #[doc(alias = "leftTemplate")]
        left_template: Option<i32> = "leftTemplate",
        /// Layout of the right part: 1 wave, 2 progress, 3 loading, 4 text and picture, 5 picture and text, 6 text in a capsule.
        #[doc(alias = "rightTemplate")]
        right_template: Option<i32> = "rightTemplate",
        /// Left part.
        #[doc(alias = "leftInfo")]
        left_info: Option<LeftInfo<'a>> = "leftInfo",
        /// Right part.
        #[doc(alias = "rightInfo")]
        right_info: Option<RightInfo<'a>> = "rightInfo",
        /// True: open the card immediately. The [source](super) gives no type; 1 and 0 are accepted, too.
        #[doc(alias = "forceShowCard")]
        force_show_card: Option<bool> = "forceShowCard" as flag,
        /// How long the island stays, in seconds, at most 180.
        #[doc(alias = "showTime")]
        show_time: Option<u32> = "showTime",
        /// What a tap does.
        #[doc(alias = "clickType")]
        click_type: Option<IslandClick> = "clickType",
    }
}

message! {
    /// Left part of the island: `leftInfo`.
    pub struct LeftInfo<'a> {
        /// A picture.
        icon: Option<LiveImage<'a>> = "icon",
        /// The text.
        text: Option<&'a str> = "text",
        /// Color of the text.
        #[doc(alias = "textColor")]
        text_color: Option<&'a str> = "textColor",
    }
}

message! {
    /// Right part of the island: `rightInfo`. Which fields it has depends on the layout.
    pub struct RightInfo<'a> {
        /// Layout 1: the first and the second color. They are numbers in the local interface. This crate assumes text, as for all
        /// colors.
        #[doc(alias = "waveColor")]
        wave_color: Option<List<'a, &'a str>> = "waveColor",
        /// Layout 1: with 0, the wave stands still; with 1, it moves.
        #[doc(alias = "waveState")]
        wave_state: Option<i32> = "waveState",
        /// A picture.
        icon: Option<LiveImage<'a>> = "icon",
        /// The text.
        text: Option<&'a str> = "text",
        /// Color of the text.
        #[doc(alias = "textColor")]
        text_color: Option<&'a str> = "textColor",
        /// Color behind the text.
        #[doc(alias = "bgColor")]
        bg_color: Option<&'a str> = "bgColor",
        /// What a tap opens. The layouts that move do not have this field.
        #[doc(alias = "skipType")]
        skip_type: Option<SkipType> = "skipType",
        /// URL, text or intent URI for `skipType`.
        #[doc(alias = "skipContent")]
        skip_content: Option<&'a str> = "skipContent",
        /// Layout 2: progress in percent. The [source](super) gives no range.
        progress: Option<u32> = "progress",
        /// Layout 2: color of the part that is done.
        #[doc(alias = "progressColor")]
        progress_color: Option<&'a str> = "progressColor",
        /// Layout 2: color of the rest.
        #[doc(alias = "progressBgColor")]
        progress_bg_color: Option<&'a str> = "progressBgColor",
        /// Layout 2: the state. The phone reads it before the progress.
        #[doc(alias = "progressState")]
        progress_state: Option<LiveProgressState> = "progressState",
        /// Layout 3: the color.
        #[doc(alias = "loadingColor")]
        loading_color: Option<&'a str> = "loadingColor",
    }
}

empty! { CapsuleData IslandData LeftInfo RightInfo }
