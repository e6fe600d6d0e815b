//! A push that owns its bytes: for queues and tasks of a server.

#[cfg(doc)]
use super::compose::compose;
use super::compose::{ComposeError, Composed, SCRATCH_LEN, compose_options};
use super::options::PushOptions;
use super::report::ComposeReport;
use crate::check::{CheckError, Rule};
use crate::json::{Boxed, EncodeError};
use crate::tim::OfflinePushToken;
use crate::vivo::{Certificate, Notification};

/// A push for vivo that owns its bytes, and a report of what differs from the sender's options. Feature `alloc`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct ComposedBoxed {
    /// The request for vivo, as in [`Composed`].
    pub notification: Boxed<Notification<'static>>,
    /// What was truncated, dropped or filled in, and what vivo may refuse.
    pub report: ComposeReport,
}

/// Makes a push as [`compose`] does, for a queue or for another task: the result owns its bytes, and the call needs no scratch
/// buffer. Feature `alloc`.
///
/// To change the notification before it is stored, for example to [set the receipt](Composed::set_receipt), call [`compose`] and then
/// [`Composed::to_boxed`].
///
/// ```
/// use offline_push::ClickAction;
/// use offline_push::delivery::{OwnedCertificate, compose_boxed};
/// use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
/// use offline_push::vivo::{BoxedNotification, Certificate};
///
/// let certificate = Certificate::new(6666, 11178, "app key", "app secret", ClickAction::default());
/// let certificate = OwnedCertificate::try_new(&certificate)?;
/// let (sender, receiver) = std::sync::mpsc::channel::<BoxedNotification>();
///
/// // In the task that decides:
/// let settings = OfflinePushSettings::new().title("Alice").description("See you at seven");
/// let token = OfflinePushToken::new(6666, "12345678901234567890123");
/// let push = compose_boxed(&settings, &token, &certificate.get(), "request-1")?;
/// assert!(push.report.is_empty());
/// sender.send(push.notification)?;
///
/// // In the task that sends:
/// let push = receiver.recv()?;
/// assert_eq!(push.get().title, "Alice");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
///
/// As [`compose`], except [`ComposeError::BufferFull`].
pub fn compose_boxed<'a>(
    options: impl Into<PushOptions<'a>>,
    token: &OfflinePushToken<'a>,
    certificate: &Certificate<'a>,
    request_id: &'a str,
) -> Result<ComposedBoxed, ComposeError> {
    let options = options.into();
    compose_options(&options, token, certificate, request_id, &mut [0; SCRATCH_LEN])?.to_boxed()
}

impl Composed<'_> {
    /// A copy that owns its bytes. Feature `alloc`.
    ///
    /// # Errors
    ///
    /// A push that passes [`Notification::check_shape`] causes no error. [`ComposeError::Check`] if a field was changed so that it
    /// cannot be encoded.
    pub fn to_boxed(&self) -> Result<ComposedBoxed, ComposeError> {
        let notification = Boxed::new(&self.notification).map_err(not_encoded)?;
        Ok(ComposedBoxed { notification, report: self.report })
    }
}

fn not_encoded(error: EncodeError) -> ComposeError {
    match error {
        EncodeError::BufferFull(full) => ComposeError::BufferFull(full),
        EncodeError::NotUtf8 { field } => CheckError::new(field, Rule::NotText).into(),
        EncodeError::Unreadable { field } => CheckError::new(field, Rule::UnknownValue).into(),
    }
}
