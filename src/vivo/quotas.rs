//! Remembers which quotas are used up. See [`Quotas`].

use core::time::Duration;

use super::auth::AuthRequest;
use super::broadcast::{AllPush, ListPayload, TagPush};
use super::code::{Quota, ResultCode};
use super::list_push::ListPush;
use super::live::LiveMessageSend;
use super::notification::{Classification, Notification};
use super::pace::Pace;
use super::time::DAY;

/// The endpoints that have quotas: the authentication, and every push. A snapshot has them in this order, so new ones are added at the
/// end.
const PATHS: [&str; 7] = [
    AuthRequest::PATH,
    Notification::PATH,
    ListPayload::PATH,
    ListPush::PATH,
    AllPush::PATH,
    TagPush::PATH,
    LiveMessageSend::PATH,
];
/// First byte of a snapshot. Another layout gets another number.
const LAYOUT: u8 = 1;
/// Two times.
const OPENING_LEN: usize = 16;

/// Remembers which quotas of vivo are used up, and says before a call whether it may be sent. It does no IO and reads no clock: the
/// caller passes the time.
///
/// vivo's server document warns that further calls after 10070, 10252 and 10254 lower the quota. [`Pacing`](super::Pacing) waits
/// before vivo refuses; `Quotas` waits after vivo has refused. Times are Unix times in milliseconds.
///
/// ```
/// use offline_push::vivo::{Classification, Notification, Pace, Quotas, ResultCode};
///
/// let mut quotas = Quotas::new();
/// let now = 1_501_484_120_000; // 14:55:20 in China
/// let push = Notification::new("title", "content", "request-1").category("IM");
/// let (path, class) = (Notification::PATH, push.classification_in_effect());
/// assert_eq!(quotas.before_call(now, path, class), Pace::Ready);
///
/// quotas.replied(now, path, class, ResultCode::new(10070));
/// let Pace::Wait(time) = quotas.before_call(now, path, class) else { panic!("used up") };
/// assert_eq!(time.as_secs(), 9 * 3600 + 4 * 60 + 40); // until midnight in China
/// ```
///
/// [`Quota::messages_per_user`] says how large the two quotas of messages are.
///
/// # What a code closes
///
/// | code | closes, at the endpoint that answered | until |
/// |---|---|---|
/// | 10070 | operational messages, and the class of the push | midnight in China |
/// | 10073 | system messages, and the class of the push | midnight in China |
/// | 10071 | operational messages, and the class of the push | 07:00 in China |
/// | 10250, 10252, 10254 | everything | midnight in China |
///
/// The class of the push is closed, too, because vivo has refused it: its class for the quota can differ from the one that was sent.
/// Other endpoints stay open. A push whose class is not known (`None`) waits if one of the classes is closed, and its refusal closes
/// both.
///
/// vivo does not count test pushes ([`PushMode::TEST`](super::PushMode::TEST)) against the quotas of formal ones (Tencent Cloud's
/// document 269/130977), so do not ask before a test push.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Quotas {
    /// When each endpoint opens again.
    endpoints: [Opening; PATHS.len()],
}

/// When an endpoint opens again for each class: Unix times in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Opening {
    operational: u64,
    system: u64,
}

impl Quotas {
    /// Everything is open.
    #[must_use]
    pub const fn new() -> Self {
        Self { endpoints: [Opening { operational: 0, system: 0 }; PATHS.len()] }
    }

    /// Call this before a request to an endpoint: `Request::PATH`. The class is
    /// [`classification_in_effect`](Notification::classification_in_effect). A path without quotas is always open.
    pub fn before_call(&self, now: u64, path: &str, class: Option<Classification>) -> Pace {
        let Some((_, opening)) = PATHS.iter().zip(&self.endpoints).find(|(known, _)| **known == path) else {
            return Pace::Ready;
        };
        let opens = match class {
            Some(Classification::OPERATIONAL) => opening.operational,
            Some(Classification::SYSTEM) => opening.system,
            _ => opening.operational.max(opening.system),
        };
        // Nothing is closed for more than a day, so a later time means that the clock was set back.
        match opens.saturating_sub(now).min(DAY) {
            0 => Pace::Ready,
            millis => Pace::Wait(Duration::from_millis(millis)),
        }
    }

    /// Report the result of a call. Only a code that is about a quota or about the time of day changes something.
    pub fn replied(&mut self, now: u64, path: &str, class: Option<Classification>, result: ResultCode) {
        let Some(wait) = result.advice().wait(now) else { return };
        let endpoint = PATHS.iter().zip(&mut self.endpoints).find(|(known, _)| **known == path);
        let Some((_, opening)) = endpoint else { return };
        let opens = now.saturating_add(wait.as_millis() as u64);
        let (of_code_operational, of_code_system) = match result.quota() {
            None | Some(Quota::Operational) => (true, false),
            Some(Quota::System) => (false, true),
            Some(_) => (true, true),
        };
        if of_code_operational || class != Some(Classification::SYSTEM) {
            opening.operational = opening.operational.max(opens);
        }
        if of_code_system || class != Some(Classification::OPERATIONAL) {
            opening.system = opening.system.max(opens);
        }
    }

    /// Length of a [`snapshot`](Self::snapshot) in bytes.
    pub const SNAPSHOT_LEN: usize = 1 + OPENING_LEN * PATHS.len();

    /// What is closed, as bytes, to store it before a restart. The bytes hold times, and no secret.
    ///
    /// ```
    /// use offline_push::vivo::{Notification, Quotas, ResultCode};
    ///
    /// let mut quotas = Quotas::new();
    /// quotas.replied(1_501_484_120_000, Notification::PATH, None, ResultCode::new(10070));
    /// let stored = quotas.snapshot();
    /// assert_eq!(Quotas::restore(&stored), Some(quotas));
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> [u8; Self::SNAPSHOT_LEN] {
        let mut bytes = [LAYOUT; Self::SNAPSHOT_LEN];
        let times = self.endpoints.iter().flat_map(|opening| [opening.operational, opening.system]);
        let times = times.flat_map(u64::to_le_bytes);
        bytes.iter_mut().skip(1).zip(times).for_each(|(place, byte)| *place = byte);
        bytes
    }

    /// Restores a [`snapshot`](Self::snapshot). What was closed at that time opens when it would have opened without the
    /// restart.
    ///
    /// `None` if the bytes are not a snapshot of this version of the crate. In this case, start with
    /// [everything open](Self::new).
    #[must_use]
    pub fn restore(snapshot: &[u8; Self::SNAPSHOT_LEN]) -> Option<Self> {
        let mut quotas = Self::new();
        let (&[layout], mut times) = snapshot.split_first_chunk()?;
        if layout != LAYOUT {
            return None;
        }
        for opening in &mut quotas.endpoints {
            let (operational, rest) = times.split_first_chunk()?;
            let (system, rest) = rest.split_first_chunk()?;
            *opening = Opening {
                operational: u64::from_le_bytes(*operational),
                system: u64::from_le_bytes(*system),
            };
            times = rest;
        }
        Some(quotas)
    }

    /// Opens everything. Call it after an operator has raised a quota, or after the clock was corrected.
    pub const fn open_all(&mut self) {
        *self = Self::new();
    }
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::{DAY, PATHS, Pace, Quotas};
    use crate::vivo::time::HOUR;
    use crate::vivo::{Classification, ResultCode};

    const OPERATIONAL: Option<Classification> = Some(Classification::OPERATIONAL);
    const SYSTEM: Option<Classification> = Some(Classification::SYSTEM);
    /// 20:00 in China.
    const EVENING: u64 = 1_501_430_400_000 + 20 * HOUR;

    fn hours(hours: u64) -> Pace {
        if hours == 0 { Pace::Ready } else { Pace::Wait(Duration::from_secs(hours * 3600)) }
    }

    #[test]
    fn replied_closes_the_class_of_the_code_and_of_the_push() {
        for (code, class, operational, system) in [
            (10070, OPERATIONAL, 4, 0),
            (10070, SYSTEM, 4, 4),
            (10070, None, 4, 4),
            (10073, SYSTEM, 0, 4),
            (10073, OPERATIONAL, 4, 4),
            (10071, OPERATIONAL, 11, 0),
            (10071, SYSTEM, 11, 11),
            (10250, None, 4, 4),
            (10252, SYSTEM, 4, 4),
            (10254, OPERATIONAL, 4, 4),
            (0, SYSTEM, 0, 0),
            (10072, SYSTEM, 0, 0),
            (10302, None, 0, 0),
        ] {
            for path in PATHS {
                let mut quotas = Quotas::new();
                quotas.replied(EVENING, path, class, ResultCode::new(code));
                let before = |class| quotas.before_call(EVENING, path, class);
                assert_eq!(
                    (before(OPERATIONAL), before(SYSTEM)),
                    (hours(operational), hours(system)),
                    "{code}"
                );
                assert_eq!(before(None), hours(operational.max(system)), "{code}");
                let other = PATHS.iter().filter(|other| **other != path);
                assert!(
                    other.into_iter().all(|other| quotas.before_call(EVENING, other, None) == Pace::Ready)
                );
                let opened = EVENING + operational.max(system) * HOUR;
                assert_eq!(quotas.before_call(opened, path, None), Pace::Ready, "{code}");
                assert_eq!(Quotas::restore(&quotas.snapshot()).as_ref(), Some(&quotas), "{code}");
                quotas.open_all();
                assert_eq!(quotas, Quotas::default());
            }
        }
    }

    #[test]
    fn restore_of_another_layout_is_none() {
        assert_eq!(Quotas::restore(&[0; Quotas::SNAPSHOT_LEN]), None);
    }

    #[test]
    fn before_call_other_paths_are_always_open() {
        let mut quotas = Quotas::new();
        quotas.replied(EVENING, "/report/getStatistics", None, ResultCode::QUOTA_EXCEEDED);
        assert_eq!(quotas, Quotas::new());
        assert_eq!(quotas.before_call(EVENING, "/report/getStatistics", None), Pace::Ready);
    }

    #[test]
    fn before_call_clock_set_back_waits_at_most_a_day() {
        let mut quotas = Quotas::new();
        quotas.replied(u64::MAX, PATHS[1], None, ResultCode::QUOTA_EXCEEDED);
        quotas.replied(0, PATHS[1], None, ResultCode::SYSTEM_QUOTA_EXCEEDED);
        assert_eq!(quotas.before_call(0, PATHS[1], None), Pace::Wait(Duration::from_millis(DAY)));
    }
}
