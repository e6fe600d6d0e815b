//! The state machine as bytes, for a file or for flash.

use core::fmt;
use core::num::NonZeroU32;
use core::time::Duration;

use ::serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use ::serde::ser::{Serialize, Serializer};

use super::Registration;
use super::action::{DAY, pause};
use super::event::Generation;
use super::reg_id::{RegId, StoredRegId};
use super::state::State;
use super::user_id::fnv_1a;
use crate::bytes::{copy, store};
use crate::digits::hex;
use crate::json::Redacted;
use crate::tim::OfflinePushToken;
use crate::vivo::PushState;

/// The format that this version writes.
const VERSION: u8 = 1;
/// Bytes before the regId, and after it.
const HEAD: usize = 36;
const CHECKSUM: usize = 8;

/// The states in the order of their numbers. A number never changes its meaning.
const STATES: [State; 11] = [
    State::Off,
    State::UninitializedUntilTimer,
    State::OffUntilTimer,
    State::OffUntilTomorrow,
    State::TurnedOff,
    State::GivenUp,
    State::Ready,
    State::Reporting,
    State::Failed,
    State::Refused,
    State::Bound,
];

/// A [`Registration`] as bytes. Save these bytes after each event, and restore the state machine at the next start of the app, so
/// that the new run does not report again what IM already knows, does not call `turnOnPush` again on a day on which vivo refuses it,
/// and keeps the pauses between failures.
///
/// ```
/// use core::num::NonZeroU32;
/// use core::time::Duration;
///
/// use offline_push::registration::{Event, RegId, Registration};
/// use offline_push::registration::{RegistrationAction, Snapshot, State, UserId};
///
/// let certificate_id = NonZeroU32::new(6666).ok_or("no certificate")?;
/// let mut phone = Registration::new(certificate_id);
/// let _ = phone.handle(Event::RegId(RegId::try_new("12345678901234567890123")?));
/// let login = Event::Login(UserId::new("alice"));
/// let RegistrationAction::Report(report) = phone.handle(login) else {
///     return Err("no report".into());
/// };
/// let succeeded = Event::ReportSucceeded(report.generation);
/// let _ = phone.handle(succeeded);
/// let saved = phone.snapshot().as_bytes().to_vec(); // to a file, with the time
///
/// // The app starts again. Damaged bytes are an error: in this case, start with a new state machine.
/// let elapsed = Duration::from_secs(3600);
/// let mut phone = match Snapshot::from_bytes(&saved) {
///     Ok(snapshot) => Registration::restore(certificate_id, &snapshot, elapsed),
///     Err(_) => Registration::new(certificate_id),
/// };
/// assert_eq!(phone.state(), State::Bound);
/// assert_eq!(phone.handle(login), RegistrationAction::Wait); // IM knows the token
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Format
///
/// A snapshot has at most [`MAX_LEN`](Self::MAX_LEN) bytes: a version, the fields, the regId, and a checksum (64-bit FNV-1a).
/// The checksum detects damage. It does not detect forgery: save the bytes where only the app can write. They contain the
/// regId in clear text, and the regId is a secret. So `Debug` and `defmt` show `***`.
///
/// Later versions of the crate read what earlier versions wrote, or return [`SnapshotError::Damaged`].
///
/// serde writes the same bytes: as lower-case hex text in human-readable formats (JSON), otherwise as bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Snapshot {
    bytes: [u8; Self::MAX_LEN],
    length: u16,
}

impl Snapshot {
    /// Maximum length of a snapshot, in bytes.
    pub const MAX_LEN: usize = HEAD + OfflinePushToken::MAX_TOKEN_LEN + CHECKSUM;

    /// The bytes to save.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// Reads saved bytes. Further bytes after the snapshot are ignored, so a whole page of flash may be passed.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] if a newer version of the crate wrote the bytes, or if they are damaged. In this case, start with a new
    /// state machine. It reports once more.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SnapshotError> {
        match bytes.first() {
            // Erased flash is full of 255.
            Some(&version) if version > VERSION && version < u8::MAX => Err(SnapshotError::Newer { version }),
            _ => read(bytes).map(|machine| Self::of(&machine)).ok_or(SnapshotError::Damaged),
        }
    }

    fn of(machine: &Registration) -> Self {
        let mut bytes = [0; Self::MAX_LEN];
        let reg_id = machine.reg_id.as_str().as_bytes();
        let state = STATES.iter().position(|state| *state == machine.state).unwrap_or_default();
        store(&mut bytes, 0, [VERSION, state as u8]);
        store(&mut bytes, 2, machine.certificate_id.get().to_le_bytes());
        store(&mut bytes, 6, machine.user.to_le_bytes());
        store(&mut bytes, 14, machine.generation.get().to_le_bytes());
        store(&mut bytes, 18, machine.failures.to_le_bytes());
        store(&mut bytes, 22, machine.gave_up.get().to_le_bytes());
        store(&mut bytes, 26, machine.left.to_le_bytes());
        store(&mut bytes, 30, machine.on_left.to_le_bytes());
        store(&mut bytes, 34, (reg_id.len() as u16).to_le_bytes());
        copy(bytes.get_mut(HEAD..).unwrap_or_default(), reg_id);
        let end = HEAD.saturating_add(reg_id.len());
        let checksum = fnv_1a(bytes.get(..end).unwrap_or_default());
        store(&mut bytes, end, checksum.to_le_bytes());
        Self { bytes, length: end.saturating_add(CHECKSUM) as u16 }
    }
}

/// The state machine at the time of its snapshot. `None` if the bytes are not of this version.
fn read(bytes: &[u8]) -> Option<Registration> {
    let reg_id = usize::from(u16::from_le_bytes(*part(bytes, 34)?));
    let end = HEAD.checked_add(reg_id)?;
    let checksum = u64::from_le_bytes(*part(bytes, end)?);
    let [version, state] = *part(bytes, 0)?;
    if version != VERSION || fnv_1a(bytes.get(..end)?) != checksum {
        return None;
    }
    let state = *STATES.get(usize::from(state))?;
    let mut machine = Registration::new(NonZeroU32::new(u32::from_le_bytes(*part(bytes, 2)?))?);
    if state.has_reg_id() {
        let text = core::str::from_utf8(bytes.get(HEAD..end)?).ok()?;
        machine.reg_id = StoredRegId::new(RegId::try_new(text).ok()?);
    } else if reg_id != 0 {
        return None;
    }
    machine.state = state;
    machine.user = u64::from_le_bytes(*part(bytes, 6)?);
    machine.generation = Generation::new(u32::from_le_bytes(*part(bytes, 14)?));
    machine.failures = u32::from_le_bytes(*part(bytes, 18)?);
    machine.gave_up = PushState::new(i32::from_le_bytes(*part(bytes, 22)?));
    machine.left = u32::from_le_bytes(*part(bytes, 26)?).min(DAY);
    machine.on_left = u32::from_le_bytes(*part(bytes, 30)?).min(DAY);
    Some(machine)
}

fn part<const N: usize>(bytes: &[u8], at: usize) -> Option<&[u8; N]> {
    bytes.get(at..)?.first_chunk()
}

impl Registration {
    /// The state machine as bytes. Save these bytes after each event, or only if they differ from the bytes that were
    /// saved last.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(self)
    }

    /// The state machine of a snapshot, for a new run of the app: pass [`Event::Started`](super::Event::Started) and the logins as
    /// usual.
    ///
    /// `elapsed` is the time since the snapshot was taken. If it is not known, or if the clock was set back, pass zero:
    /// pauses then last longer. The following states end after a time:
    ///
    /// - *A pause after failures, and the day after 1001.* If a part of the pause is left, the state machine asks for a timer
    ///   for this part: after [`Event::Initialized`](super::Event::Initialized), or after the login for a report that has
    ///   failed. A report in progress counts as failed.
    /// - *Giving up*, after a day: after the next start, the state machine tries once more.
    /// - *A binding*, after a total of one day between saving and restoring: the next login reports the token again. This repairs a
    ///   binding that IM has lost without notice.
    /// - *Push that is on*: `turnOnPush` is called again after a day. Until then, a start reads the regId.
    ///
    /// Nobody is logged in. After a login of the same user as before, the state machine does not report again what IM already
    /// knows; after a login of another user, it reports. If IM says at this login that the user was kicked while the app was
    /// not running (6208), pass [`Event::Kicked`](super::Event::Kicked) before the next login: IM has dropped the token.
    ///
    /// If the certificate id differs from that of the snapshot, the token is reported again. After an update of the app that changes
    /// its app id, app key or package name at vivo, start with a new state machine.
    #[must_use]
    pub fn restore(certificate_id: NonZeroU32, snapshot: &Snapshot, elapsed: Duration) -> Self {
        let elapsed = u32::try_from(elapsed.as_secs()).unwrap_or(u32::MAX);
        // A snapshot is always readable.
        let mut machine = read(snapshot.as_bytes()).unwrap_or(Self::new(certificate_id));
        if machine.state == State::Reporting {
            machine.state = State::Failed;
            machine.failures = machine.failures.saturating_add(1);
            machine.left = pause(machine.failures);
        }
        machine.left = machine.left.saturating_sub(elapsed);
        machine.on_left = machine.on_left.saturating_sub(elapsed);
        let over = machine.left == 0;
        machine.state = match machine.state {
            // A new run initializes the SDK in any case.
            State::UninitializedUntilTimer if !over => State::OffUntilTimer,
            State::UninitializedUntilTimer
            | State::OffUntilTimer
            | State::OffUntilTomorrow
            | State::GivenUp
                if over =>
            {
                State::Off
            }
            State::Failed | State::Bound if over => State::Ready,
            same => same,
        };
        if machine.certificate_id != certificate_id && machine.state.has_reg_id() {
            (machine.state, machine.failures) = (State::Ready, 0);
        }
        machine.certificate_id = certificate_id;
        machine.restored =
            matches!(machine.state, State::OffUntilTimer | State::OffUntilTomorrow | State::Failed);
        machine
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Snapshot").field(&Redacted::Secret).finish()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Snapshot {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "Snapshot({})", Redacted::Secret);
    }
}

impl Serialize for Snapshot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(self.as_bytes());
        }
        let mut text = [0; 2 * Self::MAX_LEN];
        serializer.serialize_str(hex(self.as_bytes(), &mut text).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Snapshot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Saved)
        } else {
            deserializer.deserialize_bytes(Saved)
        }
    }
}

struct Saved;

impl<'de> Visitor<'de> for Saved {
    type Value = Snapshot;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the snapshot of a registration")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Snapshot, E> {
        let mut bytes = [0; Snapshot::MAX_LEN];
        let raw =
            OfflinePushToken::raw_token(text, &mut bytes).map_err(|_| E::custom(SnapshotError::Damaged))?;
        self.visit_bytes(raw)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Snapshot, E> {
        Snapshot::from_bytes(bytes).map_err(E::custom)
    }

    /// For formats that have no type for bytes.
    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Snapshot, A::Error> {
        let mut bytes = [0; Snapshot::MAX_LEN];
        let mut room = bytes.iter_mut();
        while let Some(byte) = sequence.next_element()? {
            *room.next().ok_or(A::Error::custom(SnapshotError::Damaged))? = byte;
        }
        self.visit_bytes(&bytes)
    }
}

/// Why saved bytes are not a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum SnapshotError {
    /// A newer version of the crate wrote the bytes: the app was replaced by an older version of the app.
    Newer {
        /// The version of the format.
        version: u8,
    },
    /// The bytes are cut off or changed, or they are not a snapshot.
    Damaged,
}

impl SnapshotError {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newer { .. } => "newer",
            Self::Damaged => "damaged",
        }
    }
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer { version } => {
                write!(f, "the snapshot has format {version}, which is newer than {VERSION}")
            }
            Self::Damaged => f.write_str("the snapshot is damaged"),
        }
    }
}

impl core::error::Error for SnapshotError {}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod tests;
