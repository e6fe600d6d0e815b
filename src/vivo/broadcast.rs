//! Pushes to many: a body stored for list pushes, a push to all, a push by tag.

use core::fmt;

use super::notification::Notification;
use super::rules::{Endpoint, Rules};
use crate::check::CheckError;
use crate::json::object::Names;
use crate::json::reader::{At, Reader};

use crate::json::source::Source;
use crate::json::value::{ReadValue, WriteValue};
use crate::json::writer::Sink;
use crate::json::{Message, codec};

/// Declares a notification for one endpoint, which encodes and decodes as the notification in it.
macro_rules! broadcast {
    ($($(#[$meta:meta])* $name:ident for $endpoint:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name<'a> {
            /// The body.
            pub notification: Notification<'a>,
        }

        impl<'a> $name<'a> {
            /// Longest JSON of a push that passes [`check`](Self::check), in bytes, but for what [`Notification::MAX_CHECKED_LEN`]
            /// leaves out.
            pub const MAX_CHECKED_LEN: usize = Notification::MAX_CHECKED_LEN;

            /// A push that keeps vivo's newest rules.
            ///
            /// # Errors
            ///
            /// As [`check`](Self::check).
            pub fn new(notification: Notification<'a>) -> Result<Self, CheckError> {
                let push = Self { notification };
                push.check()?;
                Ok(push)
            }

            /// Holds the push against vivo's newest rules for this endpoint.
            ///
            /// # Errors
            ///
            /// The first field, in the order of the declaration of [`Notification`], that breaks a [rule](Rules).
            pub fn check(&self) -> Result<(), CheckError> {
                self.check_against(Rules::Newest)
            }

            /// Holds the push against the rules of a text of your choice.
            ///
            /// # Errors
            ///
            /// As [`check`](Self::check).
            pub fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
                self.notification.check_for(Endpoint::$endpoint, rules)
            }
        }

        impl WriteValue for $name<'_> {
            const MAX_LEN: Option<usize> = <Notification<'_> as WriteValue>::MAX_LEN;

            fn write<S: Sink>(&self, writer: &mut S) {
                self.notification.write(writer);
            }
        }

        impl<'a> ReadValue<'a> for $name<'a> {
            const EMPTY: Self = Self { notification: <Notification<'a> as ReadValue<'a>>::EMPTY };
            const NAMES: Names = <Notification<'a> as ReadValue<'a>>::NAMES;

            fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
                self.notification.fill(reader, at)
            }

            fn empty() -> Self {
                Self { notification: Notification::empty() }
            }
        }

        codec! { encode $name<'_> }
        codec! { decode 'a $name<'a> }
        impl Message for $name<'static> {
            type Of<'a> = $name<'a>;
        }

        impl serde::Serialize for $name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.notification.serialize(serializer)
            }
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.notification).finish()
            }
        }

        #[cfg(feature = "defmt")]
        impl defmt::Format for $name<'_> {
            fn format(&self, f: defmt::Formatter<'_>) {
                defmt::write!(f, "{=str}({})", stringify!($name), self.notification);
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name<'a> {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                u.arbitrary().map(|notification| Self { notification })
            }
        }
    )+};
}

broadcast! {
    /// The body of `/message/saveListPayload`: stored by vivo under the task id of the reply, for any number of
    /// [`ListPush`](super::ListPush)es. The bodies of a day are counted (10252); one that is gone answers 10155.
    ///
    /// It, [`AllPush`] and [`TagPush`] are a [`Notification`] without a receiver. Each is a type of its own, so that what was
    /// meant for a list is not sent to everybody.
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::vivo::{ListPayload, ListPush, Notification, NotifyType, SkipType, TaskResponse};
    ///
    /// let mut push = Notification::new("新消息", "今晚七点在老地方见", "25509283-3767-4b9e-83fe-b6e55ac6b123");
    /// push.app_id = Some(10004);
    /// push.notify_type = Some(NotifyType::RING);
    /// push.skip_type = Some(SkipType::OPEN_APP);
    ///
    /// // Stored once,
    /// let payload = ListPayload::new(push)?;
    /// let mut body = [0; 512];
    /// let body = json::to_slice(&payload, &mut body)?; // POST it to ListPayload::PATH
    /// let reply: TaskResponse = json::from_str(r#"{"result":0,"taskId":"342982232646905856"}"#)?;
    ///
    /// // pushed as often as it takes.
    /// let reg_ids = ["12345678901234567890121", "12345678901234567890122"];
    /// let mut push = ListPush::new(reply.task_id.unwrap_or_default(), "25509283-3767-4b9e-83fe-b6e55ac6b124");
    /// push.reg_ids = Some(List::from_slice(&reg_ids));
    /// push.check()?;
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "saveListPayload")]
    ListPayload for ListPayload;

    /// The body of `/message/all`: a push to all of the app's devices, by default one a day (10254).
    #[doc(alias = "sendToAll")]
    AllPush for All;

    /// The body of `/message/tagPush`: a push to the devices that `tagExpression` names, which needs `orTags` or `andTags`.
    ///
    /// ```
    /// use offline_push::json::List;
    /// use offline_push::vivo::{Notification, NotifyType, SkipType, TagExpression, TagPush};
    ///
    /// let mut push = Notification::new("title", "content", "request-1");
    /// push.notify_type = Some(NotifyType::RING);
    /// push.skip_type = Some(SkipType::OPEN_APP);
    /// assert!(TagPush::new(push.clone()).is_err()); // to whom?
    ///
    /// let mut tags = TagExpression::new();
    /// tags.or_tags = Some(List::from_slice(&["shenzhen", "guangzhou"]));
    /// push.tag_expression = Some(tags);
    /// assert!(TagPush::new(push).is_ok());
    /// ```
    #[doc(alias = "sendToTag")]
    TagPush for Tag;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
