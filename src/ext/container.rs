//! The container that `TUIKit` and Tencent's demos send with every chat message.

use super::conversation::Conversation;
use crate::bytes::split_at_byte;
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure};
use crate::json::{Raw, message, open_number};

/// Wire name of the member that makes a JSON object this container.
pub(crate) const ENTITY: &str = "entity";

open_number! {
    /// Type of a chat (`V2TIMConversation`).
    pub struct ChatType(i32) {
        /// One user. This is the default.
        #[doc(alias = "V2TIM_C2C")]
        C2C = 1 => "one user",
        /// A group.
        #[doc(alias = "V2TIM_GROUP")]
        GROUP = 2 => "group",
    }
}

open_number! {
    /// What the app does with an entity (`TUIKit` `OfflineMessageBean`).
    pub struct ExtAction(i32) {
        /// Opens the chat. This is the default.
        #[doc(alias = "REDIRECT_ACTION_CHAT")]
        CHAT = 1 => "chat",
        /// Handles a call, which `content` describes.
        #[doc(alias = "REDIRECT_ACTION_CALL")]
        CALL = 2 => "call",
    }
}

open_number! {
    /// Type of the FCM message that the push becomes (`TUIKit` `OfflinePushExtInfo`).
    pub struct FcmPushType(i32) {
        /// Not set. This is the default on Android.
        UNSET = -1 => "unset",
        /// A data message. This is the default on iOS.
        DATA = 0 => "data",
        /// A notification message.
        NOTIFICATION = 1 => "notification",
    }
}

open_number! {
    /// Which component shows an FCM data message (`TUIKit` `OfflinePushExtInfo`).
    pub struct FcmNotificationType(i32) {
        /// Not set. This is the default.
        UNSET = -1 => "unset",
        /// The `TIMPush` plug-in.
        TIMPUSH = 0 => "TIMPush",
        /// The app itself.
        PASS_THROUGH = 1 => "pass through",
    }
}

message! {
    /// The ext of `TUIKit` and of Tencent's demos: a chat message, and options for its push.
    ///
    /// Older apps read only the entity (`OfflineMessageContainerBean`); `timPushFeatures` was added with `OfflinePushExtInfo`.
    /// Members that an app adds are skipped. The entity is an object; [`Ext::content`](super::Ext::content) also reads an
    /// entity that is JSON text, a form that a comment in `OfflinePushExtInfo.java` shows.
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
        /// The message. `TUIKit` for iOS ignores an ext without a message.
        entity: Option<Entity<'a>> = "entity",
        /// Options for the push.
        tim_push_features: Option<TimPushFeatures> = "timPushFeatures",
    }
}

impl<'a> ExtInfo<'a> {
    /// A container with a message.
    #[must_use]
    pub const fn new(entity: Entity<'a>) -> Self {
        Self { entity: Some(entity), tim_push_features: None }
    }

    /// Checks whether `TUIKit` accepts the ext.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] without an entity; otherwise as [`Entity::check`].
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for ExtInfo<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        self.entity.as_ref().ok_or(CheckError::new(ENTITY, Rule::Missing))?.check_each(broken)
    }
}

message! {
    /// A chat message, reduced to what the app needs to open the right screen.
    ///
    /// Every field is optional: `TUIKit` for iOS leaves out `version`, and uses another order. `TUIKit` for Android reads a
    /// missing field as its default, and so do the methods here.
    ///
    /// OPPO passes the members of the ext to the app one by one, so the app gets the entity without its container.
    /// [`Ext::to_message`](super::Ext::to_message) reads this form, too.
    #[doc(alias = "OfflineMessageBean")]
    pub struct Entity<'a> {
        /// Version of the format; default [`VERSION`](Self::VERSION).
        version: Option<i32> = "version",
        /// Type of the chat; default [`ChatType::C2C`].
        chat_type: Option<ChatType> = "chatType",
        /// What the app does with the entity; default [`ExtAction::CHAT`].
        action: Option<ExtAction> = "action",
        /// Id of the user who sent the message; in a group, the id of the group. Default `""`, which opens no chat. A number is
        /// accepted too, as in `TUIKit` for Android (Gson).
        sender: Option<&'a str> = "sender" as id,
        /// Display name of the sender; default `""`.
        nickname: Option<&'a str> = "nickname",
        /// URL of the sender's avatar; default `""`.
        face_url: Option<&'a str> = "faceUrl",
        /// Text of the message, or the JSON that describes a call; default `""`.
        content: Option<&'a str> = "content",
        /// When the message was sent, in seconds since 1970; default 0, which means unknown. The type is Java's `long`.
        send_time: Option<i64> = "sendTime",
        /// What the app adds: an array of signed numbers (`TUIKit` for Android), a text (`TUIKit` for Flutter and Swift) or an
        /// object. [`custom_data_content`](Self::custom_data_content) reads all of them.
        custom_data: Option<Raw<'a>> = "customData",
    }
}

impl<'a> Entity<'a> {
    /// The version of the format that this crate and all published apps use.
    pub const VERSION: i32 = 1;

    /// A chat message with the defaults of `TUIKit` for Android: [`VERSION`](Self::VERSION), [`ExtAction::CHAT`], empty texts,
    /// time 0.
    ///
    /// `sender` is the id of the user; in a group, the id of the group.
    #[must_use]
    pub const fn new(chat_type: ChatType, sender: &'a str) -> Self {
        Self {
            version: Some(Self::VERSION),
            chat_type: Some(chat_type),
            action: Some(ExtAction::CHAT),
            sender: Some(sender),
            nickname: Some(""),
            face_url: Some(""),
            content: Some(""),
            send_time: Some(0),
            custom_data: None,
        }
    }

    /// Checks whether `TUIKit` acts on the entity. If the check fails, `TUIKit`'s demo tells the user that the app's version is too low.
    ///
    /// A missing version counts as 1, a missing action as [`ExtAction::CHAT`].
    ///
    /// # Errors
    ///
    /// [`Rule::UnknownValue`] for a `version` other than 1 and for an `action` other than 1 and 2.
    ///
    /// ```
    /// use offline_push::ext::Entity;
    /// use offline_push::{CheckError, Ext, Rule};
    ///
    /// let ext = Ext::from(r#"{"sender":"alice","action":1}"#); // from iOS
    /// let entity: Entity = ext.to_message(&mut [])?;
    /// assert_eq!(entity.check(), Ok(()));
    ///
    /// let ext = Ext::from(r#"{"version":2,"sender":"alice"}"#);
    /// let entity: Entity = ext.to_message(&mut [])?;
    /// assert_eq!(entity.check(), Err(CheckError::new("version", Rule::UnknownValue)));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }

    /// The chat to open, as in `TUIKit`'s `startChat(sender, nickname, chatType)`. `None` without a sender.
    #[must_use]
    pub fn conversation(&self) -> Option<Conversation<'a>> {
        let id = self.sender.filter(|id| !id.is_empty())?;
        Some(match self.chat_type {
            None | Some(ChatType::C2C) => Conversation::C2c(id),
            Some(ChatType::GROUP) => Conversation::Group(id),
            Some(_) => Conversation::Other(id),
        })
    }

    /// The bytes of `customData`, if it is an array of integers from -128 to 255: bytes are signed in Java, and unsigned in
    /// other languages. `None` for anything else.
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
        // In checked JSON, a comma ends an element or is part of an element that is not a number. `str::split` has a panic in
        // programs built for size.
        let mut rest = Some(elements).filter(|elements| !elements.is_empty());
        let elements = core::iter::from_fn(move || {
            let text = rest?;
            let (element, others) = split_at_byte(text, b',').unzip();
            rest = others;
            Some(element.unwrap_or(text))
        });
        let bytes = elements.map(|element| {
            let number = element.trim_ascii().parse::<i16>().ok()?;
            // The low eight bits are the byte, for signed and unsigned numbers.
            (-128..=255).contains(&number).then_some(number as u8)
        });
        bytes.clone().all(|byte| byte.is_some()).then(|| bytes.flatten())
    }
}

impl CheckAll for Entity<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        let version = matches!(self.version, None | Some(Self::VERSION));
        ensure(version, "version", Rule::UnknownValue).or_else(&mut *broken)?;
        let action = matches!(self.action, None | Some(ExtAction::CHAT | ExtAction::CALL));
        ensure(action, "action", Rule::UnknownValue)
    }
}

message! {
    /// How Tencent's push plug-in delivers the message through FCM. Other vendors ignore these options.
    pub struct TimPushFeatures {
        /// Type of the FCM message; default [`FcmPushType::UNSET`] on Android, [`FcmPushType::DATA`] on iOS.
        fcm_push_type: Option<FcmPushType> = "fcmPushType",
        /// Which component shows the message; default [`FcmNotificationType::UNSET`].
        fcm_notification_type: Option<FcmNotificationType> = "fcmNotificationType",
    }
}

impl TimPushFeatures {
    /// Options whose two fields are -1 (not set), as in the defaults of `TUIKit` for Android.
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

/// A container without members.
impl Default for ExtInfo<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// An entity without fields, as read from `{}`.
impl Default for Entity<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}
