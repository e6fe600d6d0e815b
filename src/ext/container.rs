//! The container that `TUIKit` and Tencent's demos send with every chat message.

use super::conversation::Conversation;
use crate::check::{CheckError, Rule, ensure};
use crate::json::{Raw, message, open_number};

/// Wire name of the member that makes a JSON object this container.
pub(crate) const ENTITY: &str = "entity";

open_number! {
    /// Whom the chat is with (`V2TIMConversation`).
    pub struct ChatType(i32) {
        /// One user; the default.
        #[doc(alias = "V2TIM_C2C")]
        C2C = 1 => "one user",
        /// A group.
        #[doc(alias = "V2TIM_GROUP")]
        GROUP = 2 => "group",
    }
}

open_number! {
    /// What the app does with the entity (`TUIKit` `OfflineMessageBean`).
    pub struct Action(i32) {
        /// Opens the chat; the default.
        #[doc(alias = "REDIRECT_ACTION_CHAT")]
        CHAT = 1 => "chat",
        /// Takes a call, which `content` describes.
        #[doc(alias = "REDIRECT_ACTION_CALL")]
        CALL = 2 => "call",
    }
}

open_number! {
    /// What kind of FCM message the push becomes (`TUIKit` `OfflinePushExtInfo`).
    pub struct FcmPushType(i32) {
        /// Not said; the default on Android.
        UNSET = -1 => "unset",
        /// A data message; the default on iOS.
        DATA = 0 => "data",
        /// A notification message.
        NOTIFICATION = 1 => "notification",
    }
}

open_number! {
    /// Who shows an FCM data message (`TUIKit` `OfflinePushExtInfo`).
    pub struct FcmNotificationType(i32) {
        /// Not said; the default.
        UNSET = -1 => "unset",
        /// The `TIMPush` plug-in.
        TIMPUSH = 0 => "TIMPush",
        /// The app, which is passed the message.
        PASS_THROUGH = 1 => "pass through",
    }
}

message! {
    /// The ext of `TUIKit` and of Tencent's demos: a chat message, and how to push it.
    ///
    /// Older apps know the entity alone (`OfflineMessageContainerBean`); `timPushFeatures` came with
    /// `OfflinePushExtInfo`. What an app adds beside them is passed over.
    ///
    /// ```
    /// use offline_push::ext::{ChatType, Entity, ExtInfo};
    /// use offline_push::json;
    ///
    /// let info = ExtInfo::new(Entity::new(ChatType::C2C, "alice"));
    /// let mut buffer = [0; 256];
    /// assert_eq!(
    ///     json::to_str(&info, &mut buffer)?,
    ///     concat!(
    ///         r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"alice","nickname":"","#,
    ///         r#""faceUrl":"","content":"","sendTime":0}}"#,
    ///     ),
    /// );
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    #[doc(alias = "OfflinePushExtInfo")]
    #[doc(alias = "OfflineMessageContainerBean")]
    pub struct ExtInfo<'a> {
        /// The message. `TUIKit` for iOS takes no ext without one.
        entity: Option<Entity<'a>> = "entity",
        /// How to push it.
        tim_push_features: Option<TimPushFeatures> = "timPushFeatures",
    }
}

impl<'a> ExtInfo<'a> {
    /// The container of a message.
    #[must_use]
    pub const fn new(entity: Entity<'a>) -> Self {
        Self { entity: Some(entity), tim_push_features: None }
    }

    /// Whether `TUIKit` takes the ext.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] without an entity; otherwise as [`Entity::check`].
    pub fn check(&self) -> Result<(), CheckError> {
        self.entity.as_ref().ok_or(CheckError::new(ENTITY, Rule::Missing))?.check()
    }
}

message! {
    /// A chat message as the ext of its push tells it: enough to open the right screen.
    ///
    /// Every field may be missing: `TUIKit` for iOS leaves `version` out, and orders the others in its own way. `TUIKit`
    /// for Android reads a missing field as its default, and so does everything here.
    ///
    /// OPPO hands the members of the ext over one by one, so there the app is given the entity without its container:
    /// [`Ext::decode`](super::Ext::decode) reads it as it is.
    #[doc(alias = "OfflineMessageBean")]
    pub struct Entity<'a> {
        /// Version of the form: [`VERSION`](Self::VERSION), also where it is missing.
        version: Option<i32> = "version",
        /// Whom the chat is with; default [`ChatType::C2C`].
        chat_type: Option<ChatType> = "chatType",
        /// What the app does; default [`Action::CHAT`].
        action: Option<Action> = "action",
        /// Id of the user who sent the message; in a group, the id of the group. Default `""`, which opens no chat. A
        /// number is taken too, as `TUIKit` for Android (Gson) does.
        sender: Option<&'a str> = "sender" as id,
        /// The sender's name, for people; default `""`.
        nickname: Option<&'a str> = "nickname",
        /// URL of the sender's portrait; default `""`.
        face_url: Option<&'a str> = "faceUrl",
        /// The message as text, of a call the JSON that describes it; default `""`.
        content: Option<&'a str> = "content",
        /// When the message was sent, in seconds since 1970; default 0, for not said. A Java `long`.
        send_time: Option<i64> = "sendTime",
        /// What the app adds: bytes, which Android writes as an array of signed numbers
        /// ([`custom_data_bytes`](Self::custom_data_bytes)). iOS writes them in another way, which Android cannot read.
        custom_data: Option<Raw<'a>> = "customData",
    }
}

impl<'a> Entity<'a> {
    /// The version of the form that this crate and all published apps know.
    pub const VERSION: i32 = 1;

    /// A chat message with everything else as `TUIKit` for Android has it by default: [`VERSION`](Self::VERSION),
    /// [`Action::CHAT`], no texts, time 0.
    ///
    /// `sender` is the user's id; in a group, the group's.
    #[must_use]
    pub const fn new(chat_type: ChatType, sender: &'a str) -> Self {
        Self {
            version: Some(Self::VERSION),
            chat_type: Some(chat_type),
            action: Some(Action::CHAT),
            sender: Some(sender),
            nickname: Some(""),
            face_url: Some(""),
            content: Some(""),
            send_time: Some(0),
            custom_data: None,
        }
    }

    /// Whether `TUIKit` acts on the entity; where not, its demo tells the user that the app's version is too low.
    ///
    /// A missing version counts as 1, a missing action as a chat.
    ///
    /// # Errors
    ///
    /// [`Rule::UnknownValue`] for a `version` other than 1 and for an `action` other than 1 and 2.
    ///
    /// ```
    /// use offline_push::ext::Entity;
    /// use offline_push::{CheckError, Ext, Rule};
    ///
    /// let from_ios: Entity = Ext::from(r#"{"sender":"alice","action":1}"#).decode(&mut [])?;
    /// assert_eq!(from_ios.check(), Ok(()));
    ///
    /// let news: Entity = Ext::from(r#"{"version":2,"sender":"alice"}"#).decode(&mut [])?;
    /// assert_eq!(news.check(), Err(CheckError::new("version", Rule::UnknownValue)));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        let version = matches!(self.version, None | Some(Self::VERSION));
        ensure(version, "version", Rule::UnknownValue)?;
        let action = matches!(self.action, None | Some(Action::CHAT | Action::CALL));
        ensure(action, "action", Rule::UnknownValue)
    }

    /// The chat to open, as `TUIKit`'s `startChat(sender, nickname, chatType)` does. `None` without a sender.
    #[must_use]
    pub fn conversation(&self) -> Option<Conversation<'a>> {
        let id = self.sender.filter(|id| !id.is_empty())?;
        Some(match self.chat_type {
            None | Some(ChatType::C2C) => Conversation::C2c(id),
            Some(ChatType::GROUP) => Conversation::Group(id),
            Some(_) => Conversation::Other(id),
        })
    }

    /// The bytes of `customData`, where it is an array of whole numbers from -128 to 255: Java's bytes are signed, those
    /// of others are not. `None` for anything else.
    ///
    /// ```
    /// use offline_push::ext::Entity;
    /// use offline_push::json;
    ///
    /// let entity: Entity = json::from_str(r#"{"customData":[123,-17,-68,255,125]}"#)?;
    /// assert!(entity.custom_data_bytes().unwrap().eq(*b"{\xef\xbc\xff}"));
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub fn custom_data_bytes(&self) -> Option<impl Iterator<Item = u8> + Clone + use<'a>> {
        let elements = self.custom_data?.as_str().strip_prefix('[')?.strip_suffix(']')?.trim_ascii();
        // In checked JSON a comma stands behind an element, or inside one that is no number.
        let bytes = elements.split_terminator(',').map(|element| {
            let number = element.trim_ascii().parse::<i16>().ok()?;
            // The low eight bits are the byte, of signed and of unsigned numbers.
            (-128..=255).contains(&number).then_some(number as u8)
        });
        bytes.clone().all(|byte| byte.is_some()).then(|| bytes.flatten())
    }
}

message! {
    /// How Tencent's push plug-in delivers the message through FCM; other vendors take no notice.
    pub struct TimPushFeatures {
        /// What kind of FCM message; default [`FcmPushType::UNSET`] on Android, [`FcmPushType::DATA`] on iOS.
        fcm_push_type: Option<FcmPushType> = "fcmPushType",
        /// Who shows it; default [`FcmNotificationType::UNSET`].
        fcm_notification_type: Option<FcmNotificationType> = "fcmNotificationType",
    }
}

impl TimPushFeatures {
    /// Nothing said: -1 for both, as `TUIKit` for Android has it by default.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            fcm_push_type: Some(FcmPushType::UNSET),
            fcm_notification_type: Some(FcmNotificationType::UNSET),
        }
    }
}

impl Default for TimPushFeatures {
    fn default() -> Self {
        Self::new()
    }
}
