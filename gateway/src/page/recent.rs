//! What has happened lately in this process: outcomes of each minute, and errors.

use std::collections::BTreeMap;

use crate::queue::What;

/// Minutes that are kept.
pub(crate) const MINUTES: usize = 60;
/// The outcomes that are counted.
pub(crate) const OUTCOMES: [What; 6] =
    [What::Sent, What::TokenDropped, What::Unreachable, What::Parked, What::Retrying, What::Failed];
/// Kinds of errors that are kept.
const MAX_ERRORS: usize = 20;

/// Counts of a minute, in the order of [`OUTCOMES`].
pub(crate) type Counts = [u64; OUTCOMES.len()];

/// Outcomes by the minute since 1970, and errors.
#[derive(Default)]
pub(crate) struct Recent {
    minutes: BTreeMap<u64, Counts>,
    errors: BTreeMap<Kind, Errors>,
}

/// Errors of one kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    /// The app id.
    pub(crate) app: String,
    /// vivo's result, if there is one.
    pub(crate) code: Option<i32>,
    /// The name of an advice, or of a failure. A colon and details may follow.
    pub(crate) reason: String,
}

impl Kind {
    pub(crate) fn new(app: &str, code: Option<i32>, reason: String) -> Self {
        Self { app: app.to_owned(), code, reason }
    }
}

/// What is known of the errors of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Errors {
    /// How many there were since the start.
    pub(crate) count: u64,
    /// The last one: Unix time in milliseconds.
    pub(crate) at: u64,
    /// Request id and trace id of the last job that this error stopped.
    pub(crate) job: Option<(String, String)>,
}

impl Recent {
    /// Counts an outcome.
    pub(crate) fn outcome(&mut self, now: u64, what: What) {
        let Some(index) = OUTCOMES.iter().position(|outcome| *outcome == what) else { return };
        self.minutes.entry(now / 60_000).or_default()[index] += 1;
        if self.minutes.len() > MINUTES {
            self.minutes.pop_first();
        }
    }

    /// Remembers an error. If there is no room, the oldest kind is forgotten.
    pub(crate) fn error(&mut self, now: u64, kind: Kind) {
        if self.errors.len() >= MAX_ERRORS && !self.errors.contains_key(&kind) {
            let oldest = self.errors.iter().min_by_key(|(_, errors)| errors.at).map(|(kind, _)| kind.clone());
            oldest.map(|kind| self.errors.remove(&kind));
        }
        let errors = self.errors.entry(kind).or_default();
        errors.count += 1;
        errors.at = now;
    }

    /// Remembers which job an error has stopped.
    pub(crate) fn stopped(&mut self, now: u64, kind: Kind, job: (String, String)) {
        // An error of a request was counted when vivo replied.
        if !self.errors.contains_key(&kind) {
            self.error(now, kind.clone());
        }
        self.errors.entry(kind).or_default().job = Some(job);
    }

    /// The counts of the last [`MINUTES`] minutes, the current one last.
    pub(crate) fn minutes(&self, now: u64) -> [Counts; MINUTES] {
        std::array::from_fn(|index| {
            let minute = (now / 60_000 + 1 + index as u64).saturating_sub(MINUTES as u64);
            self.minutes.get(&minute).copied().unwrap_or_default()
        })
    }

    /// The errors, newest first.
    pub(crate) fn errors(&self) -> Vec<(Kind, Errors)> {
        let mut all: Vec<_> = self.errors.clone().into_iter().collect();
        all.sort_by_key(|(_, errors)| std::cmp::Reverse(errors.at));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, MAX_ERRORS, MINUTES, Recent};
    use crate::queue::What;

    #[test]
    fn minutes_show_the_last_hour_with_gaps() {
        let mut recent = Recent::default();
        let start = 1_700_000_040_000;
        for (minute, what) in [(0, What::Sent), (5, What::Sent), (5, What::Failed), (62, What::Queued)] {
            recent.outcome(start + minute * 60_000, what);
        }
        let sent = |minutes: [super::Counts; MINUTES]| minutes.map(|counts| counts[0]);
        let now = sent(recent.minutes(start + 5 * 60_000));
        assert_eq!((now[MINUTES - 1], now[MINUTES - 6], now.iter().sum::<u64>()), (1, 1, 2));
        let later = sent(recent.minutes(start + 64 * 60_000));
        assert_eq!((later[0], later.iter().sum::<u64>()), (1, 1));
    }

    #[test]
    fn error_of_a_new_kind_replaces_the_oldest_one() {
        let mut recent = Recent::default();
        let kind = |code: usize| Kind {
            app: "10004".into(),
            code: i32::try_from(code).ok(),
            reason: "back_off".into(),
        };
        for code in 0..=MAX_ERRORS {
            recent.error(code as u64, kind(code));
        }
        recent.stopped(100, kind(MAX_ERRORS), ("one".into(), "0".into()));
        let errors = recent.errors();
        assert_eq!((errors.len(), errors[0].0.clone(), errors[0].1.count), (MAX_ERRORS, kind(MAX_ERRORS), 1));
        assert!(errors.iter().all(|(kind, _)| kind.code != Some(0)));
    }
}
