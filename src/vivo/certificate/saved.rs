//! A certificate with the time since it was saved.

use core::time::Duration;

use super::Certificate;
use crate::check::{CheckError, Rule, ensure};

/// A certificate as the IM console holds it: in force, or added or edited a moment ago.
///
/// "Certificate information takes effect 10 minutes after you save it" (the guide's step 2.4). Until then, IM has no certificate
/// if the certificate is new, and uses the one from before the edit if the certificate was edited. The guide does not state the
/// second case; it follows from the quoted sentence.
///
/// A [`Certificate`] converts into [`InForce`](Self::InForce).
///
/// ```
/// use core::time::Duration;
/// use offline_push::ClickAction;
/// use offline_push::vivo::{Certificate, SavedCertificate};
///
/// let before = Certificate::new(6666, 11178, "key", "old secret", ClickAction::default());
/// let after = Certificate::new(6666, 11178, "key", "new secret", ClickAction::default());
/// let edited = |seconds| SavedCertificate::Edited {
///     before,
///     after,
///     age: Duration::from_secs(seconds),
/// };
/// assert_eq!(edited(599).in_force(), Some(&before));
/// assert_eq!(edited(599).wait(), Duration::from_secs(1));
/// assert_eq!(edited(600).in_force(), Some(&after));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum SavedCertificate<'a> {
    /// The certificate is in force: it was saved ten minutes ago or earlier.
    InForce(Certificate<'a>),
    /// The certificate is new.
    Added {
        /// The certificate.
        certificate: Certificate<'a>,
        /// Time since it was saved.
        age: Duration,
    },
    /// The certificate was changed (*Edit* in the console).
    Edited {
        /// The certificate from before the edit.
        before: Certificate<'a>,
        /// The certificate from after the edit. It has the same id.
        after: Certificate<'a>,
        /// Time since the edit was saved.
        age: Duration,
    },
}

impl<'a> SavedCertificate<'a> {
    /// The certificate that IM uses now. `None` during the first ten minutes after a certificate was added.
    #[must_use]
    pub fn in_force(&self) -> Option<&Certificate<'a>> {
        let waits = !self.wait().is_zero();
        match self {
            Self::InForce(certificate) => Some(certificate),
            Self::Added { certificate, .. } => (!waits).then_some(certificate),
            Self::Edited { before, after, .. } => Some(if waits { before } else { after }),
        }
    }

    /// Time until the certificate that was saved last is in force; zero if it already is.
    #[must_use]
    pub const fn wait(&self) -> Duration {
        match self {
            Self::InForce(_) => Duration::ZERO,
            Self::Added { age, .. } | Self::Edited { age, .. } => {
                Certificate::TAKES_EFFECT_AFTER.saturating_sub(*age)
            }
        }
    }

    pub(crate) fn has_one_id(&self) -> bool {
        match self {
            Self::InForce(_) | Self::Added { .. } => true,
            Self::Edited { before, after, .. } => before.id == after.id,
        }
    }

    /// Checks each certificate, and that an edit has kept the id.
    ///
    /// # Errors
    ///
    /// As [`Certificate::check`], and [`Rule::Conflict`] of `certificate.id` with `before.id` if the two ids differ.
    pub fn check(&self) -> Result<(), CheckError> {
        match self {
            Self::InForce(certificate) | Self::Added { certificate, .. } => certificate.check(),
            Self::Edited { before, after, .. } => {
                before.check()?;
                after.check()?;
                ensure(self.has_one_id(), Certificate::ID, Rule::Conflict { with: "before.id" })
            }
        }
    }
}

impl<'a> From<Certificate<'a>> for SavedCertificate<'a> {
    fn from(certificate: Certificate<'a>) -> Self {
        Self::InForce(certificate)
    }
}

impl<'a> From<&Certificate<'a>> for SavedCertificate<'a> {
    fn from(certificate: &Certificate<'a>) -> Self {
        Self::InForce(*certificate)
    }
}
