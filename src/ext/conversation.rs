//! The container of Flutter apps, and the chat that a container opens.

use crate::json::message;
use crate::json::show::show;

/// Wire name of the member that makes a JSON object this container.
pub(crate) const CONVERSATION_ID: &str = "conversationID";

message! {
    /// The ext of Tencent's Flutter plug-in and its demos: the conversation that a tap opens.
    ///
    /// ```
    /// use offline_push::Ext;
    /// use offline_push::ext::{Conversation, ConversationExt};
    ///
    /// let mut buffer = [0; 64];
    /// let chat = ConversationExt::new("c2c_alice");
    /// let ext = Ext::from_message(&chat, &mut buffer)?;
    /// assert_eq!(ext.as_str(), Some(r#"{"conversationID":"c2c_alice"}"#));
    ///
    /// let read: ConversationExt = ext.to_message(&mut [])?;
    /// assert_eq!(read.conversation(), Conversation::C2c("alice"));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct ConversationExt<'a> {
        /// Id of the conversation: `c2c_` and the user's id, or `group_` and the group's id.
        conversation_id: &'a str = "conversationID",
    }
}

impl<'a> ConversationExt<'a> {
    /// The ext for a conversation with this complete id.
    #[must_use]
    pub const fn new(conversation_id: &'a str) -> Self {
        Self { conversation_id }
    }

    /// The conversation, by the prefix of its id. An id without a known prefix, or with nothing after the prefix, is
    /// [`Conversation::Other`].
    #[must_use]
    pub fn conversation(&self) -> Conversation<'a> {
        let id = |prefix| self.conversation_id.strip_prefix(prefix).filter(|id| !id.is_empty());
        if let Some(user) = id("c2c_") {
            Conversation::C2c(user)
        } else if let Some(group) = id("group_") {
            Conversation::Group(group)
        } else {
            Conversation::Other(self.conversation_id)
        }
    }
}

/// The chat that a tap opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Conversation<'a> {
    /// A chat with the user of this id.
    C2c(&'a str),
    /// The group of this id.
    Group(&'a str),
    /// Another conversation: the complete id.
    Other(&'a str),
}

show! { enum Conversation<'_> { C2c(user), Group(group), Other(id) } }
