//! Pushes to many devices: a body that vivo stores for list pushes, a push to all devices, a push by tag.

use core::fmt;

use super::api::PushApi;
use super::notification::Notification;
use super::notification::check::Endpoint;
use super::response::TaskResponse;
use super::rules::Rules;
use crate::check::{Broken, CheckAll, CheckError};
use crate::exchange::request;
use crate::json::description::Type;
use crate::json::object::Names;
use crate::json::reader::{At, Reader};
use crate::json::show::{self, Reveal, Show, show_in_logs};
use crate::json::source::Source;
use crate::json::value::{ReadValue, WriteValue};
use crate::json::writer::Sink;
use crate::json::{Message, codec};

/// Declares the body of one endpoint: a type that encodes and decodes as the notification in it.
macro_rules! broadcast {
    ($($(#[$meta:meta])* $name:ident for $endpoint:ident at $path:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name<'a> {
            /// The body.
            pub notification: Notification<'a>,
        }

        impl<'a> $name<'a> {
            /// Maximum length of the JSON of a push that passes [`check`](Self::check), in bytes, without the fields that
            /// [`Notification::MAX_CHECKED_LEN`] does not include.
            pub const MAX_CHECKED_LEN: usize = Notification::MAX_CHECKED_LEN;

            /// A push with this body. Nothing is checked: call [`check`](Self::check).
            #[must_use]
            pub const fn new(notification: Notification<'a>) -> Self {
                Self { notification }
            }

            /// Checks the push against vivo's newest rules for this endpoint.
            ///
            /// # Errors
            ///
            /// The first field, in the order of the declaration of [`Notification`], that breaks a [rule](Rules).
            pub fn check(&self) -> Result<(), CheckError> {
                self.check_against(Rules::Newest)
            }

            /// Checks the push against the given version of vivo's rules for this endpoint.
            ///
            /// # Errors
            ///
            /// As [`check`](Self::check).
            pub fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
                self.notification.check_for(Endpoint::$endpoint, rules, &mut Err)
            }

            /// Checks the push against vivo's newest rules for this endpoint, but accepts words that this crate does not know,
            /// as [`Notification::check_shape`] does.
            ///
            /// # Errors
            ///
            /// As [`check`](Self::check), for all other rules.
            pub fn check_shape(&self) -> Result<(), CheckError> {
                self.notification.check_shape_for(Endpoint::$endpoint)
            }
        }

        impl CheckAll for $name<'_> {
            fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
                self.notification.check_for(Endpoint::$endpoint, Rules::Newest, broken)
            }
        }

        request! { $name => TaskResponse, PushApi, $path, kind: |push| push.notification.kind() }

        impl WriteValue for $name<'_> {
            const MAX_LEN: Option<usize> = <Notification<'_> as WriteValue>::MAX_LEN;
            const LEVELS: usize = <Notification<'_> as WriteValue>::LEVELS;

            fn write<S: Sink>(&self, writer: &mut S) {
                self.notification.write(writer);
            }
        }

        impl<'a> ReadValue<'a> for $name<'a> {
            const EMPTY: Self = Self { notification: <Notification<'a> as ReadValue<'a>>::EMPTY };
            const NAMES: Names = <Notification<'a> as ReadValue<'a>>::NAMES;
            const DESCRIPTION: &'static Type = <Notification<'a> as ReadValue<'a>>::DESCRIPTION;

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

        impl Show for $name<'_> {
            fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                show::tuple(stringify!($name), &self.notification, reveal, f)
            }

            #[cfg(feature = "defmt")]
            fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
                show::log_tuple(stringify!($name), &self.notification, reveal, f);
            }
        }

        show_in_logs! { $name<'_> }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name<'a> {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                u.arbitrary().map(|notification| Self { notification })
            }
        }
    )+};
}

broadcast! {
    /// A push that vivo stores for later list pushes: the body of `/message/saveListPayload`.
    ///
    /// The reply has a task id; any number of [`ListPush`](super::ListPush)es can use it. vivo limits how many bodies an app
    /// can store in a day (10252). A list push with a task id that vivo no longer has is refused (10155).
    ///
    /// Each of `ListPayload`, [`AllPush`] and [`TagPush`] is a [`Notification`] without a recipient. They are separate types,
    /// so that a body for a list cannot be sent to all devices by mistake.
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::vivo::{ListPayload, ListPush, TaskResponse};
    /// use offline_push::vivo::{Notification, NotifyType, SkipType};
    ///
    /// let push = Notification::new("新消息", "今晚七点在老地方见", "request-1")
    ///     .app_id(10004)
    ///     .notify_type(NotifyType::RING)
    ///     .skip_type(SkipType::OPEN_APP);
    ///
    /// // Store the body once.
    /// let payload = ListPayload::new(push);
    /// payload.check()?;
    /// let mut buffer = [0; 512];
    /// let body = json::to_slice(&payload, &mut buffer)?; // POST it to ListPayload::PATH
    /// let reply: TaskResponse = json::from_str(r#"{"result":0,"taskId":"342982232646905856"}"#)?;
    ///
    /// // Then push it to any number of lists.
    /// let reg_ids = ["12345678901234567890121", "12345678901234567890122"];
    /// let task_id = reply.task_id.ok_or("no task id")?;
    /// let push = ListPush::new(task_id, "request-2").reg_ids(List::from_slice(&reg_ids));
    /// push.check()?;
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "saveListPayload")]
    ListPayload for ListPayload at "/message/saveListPayload";

    /// A push to all devices of the app: the body of `/message/all`. The default quota is one push a day (10254).
    #[doc(alias = "sendToAll")]
    AllPush for All at "/message/all";

    /// A push to the devices that `tagExpression` selects: the body of `/message/tagPush`. `orTags` or `andTags` is required.
    ///
    /// ```
    /// use offline_push::json::List;
    /// use offline_push::vivo::{Notification, NotifyType, SkipType, TagExpression, TagPush};
    ///
    /// let tags = TagExpression::new().or_tags(List::from_slice(&["shenzhen", "guangzhou"]));
    /// let push = Notification::new("title", "content", "request-1")
    ///     .notify_type(NotifyType::RING)
    ///     .skip_type(SkipType::OPEN_APP)
    ///     .tag_expression(tags);
    /// assert_eq!(TagPush::new(push).check(), Ok(()));
    /// ```
    #[doc(alias = "sendToTag")]
    TagPush for Tag at "/message/tagPush";
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
