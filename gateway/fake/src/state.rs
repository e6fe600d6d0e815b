//! What the fake remembers, and its decisions. All of it is behind one lock.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Instant;

use offline_push::CheckError;
use offline_push::vivo::{Advice, Classification, ResultCode, UserStatus};

use crate::{Fault, Rules, Totals};

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) tokens: HashMap<String, Instant>,
    pub(crate) faults: HashMap<String, VecDeque<Fault>>,
    pub(crate) next_faults: VecDeque<Fault>,
    pub(crate) auth_faults: VecDeque<Fault>,
    pub(crate) invalid: HashMap<String, UserStatus>,
    pub(crate) payloads: HashMap<String, Option<Classification>>,
    pub(crate) requests: HashMap<String, Request>,
    pub(crate) delivered: HashMap<String, u32>,
    pub(crate) used: Used,
    pub(crate) totals: Totals,
    auths: Second,
    calls: Second,
    random: u64,
}

/// A request id.
#[derive(Debug, Default)]
pub(crate) struct Request {
    pub(crate) received: u32,
    /// The task id that the first accepted request got.
    pub(crate) accepted: Option<String>,
}

/// What is used up of the day's quotas.
#[derive(Debug, Default)]
pub(crate) struct Used {
    auths: u32,
    system: u32,
    operational: u32,
    payloads: u32,
}

/// Calls in the current second.
#[derive(Debug, Default)]
struct Second {
    start: Option<Instant>,
    calls: u32,
}

impl Second {
    fn exceeds(&mut self, limit: u32) -> bool {
        if self.start.is_none_or(|start| start.elapsed().as_secs() >= 1) {
            *self = Self { start: Some(Instant::now()), calls: 0 };
        }
        self.calls += 1;
        self.calls > limit
    }
}

impl State {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            tokens: HashMap::new(),
            faults: HashMap::new(),
            next_faults: VecDeque::new(),
            auth_faults: VecDeque::new(),
            invalid: HashMap::new(),
            payloads: HashMap::new(),
            requests: HashMap::new(),
            delivered: HashMap::new(),
            used: Used::default(),
            totals: Totals::default(),
            auths: Second::default(),
            calls: Second::default(),
            random: seed,
        }
    }

    /// A token, or why there is none. The caller must have checked the identity.
    pub(crate) fn authenticate(&mut self, rules: &Rules) -> Result<String, ResultCode> {
        take(&mut self.used.auths, 1, rules.auths_per_day, ResultCode::AUTH_QUOTA_EXCEEDED)?;
        self.totals.tokens += 1;
        let token = format!("token{:016x}{:016x}", self.next_random(), self.totals.tokens);
        self.tokens.insert(token.clone(), Instant::now());
        Ok(token)
    }

    pub(crate) fn authenticates_too_fast(&mut self, rules: &Rules) -> bool {
        self.auths.exceeds(rules.auths_per_second)
    }

    /// Whether the call may be made at all: its token and its speed.
    pub(crate) fn admit(&mut self, rules: &Rules, token: Option<&str>) -> Result<(), ResultCode> {
        let made = token.and_then(|token| self.tokens.get(token));
        if made.is_none_or(|made| made.elapsed() >= rules.token_life) {
            return Err(ResultCode::AUTHENTICATION_FAILED);
        }
        match rules.calls_per_second {
            Some(limit) if self.calls.exceeds(limit) => Err(ResultCode::SENDING_TOO_FAST),
            _ => Ok(()),
        }
    }

    /// The fault that is due for a push to these regIds.
    pub(crate) fn fault<'r>(
        &mut self,
        rules: &Rules,
        reg_ids: impl Iterator<Item = &'r str>,
    ) -> Option<Fault> {
        let mut scripted = self.next_faults.pop_front();
        if scripted.is_none() && !self.faults.is_empty() {
            scripted = reg_ids.filter_map(|reg_id| self.faults.get_mut(reg_id)?.pop_front()).next();
        }
        let fault = scripted.or_else(|| {
            let mut point = (self.next_random() % 10_000) as u32;
            let due = |(share, fault): &(u32, Fault)| match point.checked_sub(*share) {
                Some(rest) => {
                    point = rest;
                    None
                }
                None => Some(*fault),
            };
            rules.mix.iter().find_map(due)
        });
        self.totals.faults += u64::from(fault.is_some());
        if fault == Some(Fault::ExpireTokens) {
            self.tokens.clear();
        }
        fault
    }

    /// Counts a request id. Returns the task id if the request was accepted before.
    pub(crate) fn receive(&mut self, request_id: &str) -> Option<String> {
        self.totals.pushes += 1;
        let request = self.requests.entry(request_id.into()).or_default();
        request.received += 1;
        self.totals.repeated += u64::from(request.accepted.is_some());
        request.accepted.clone()
    }

    /// Stores a payload, and gives its task id.
    pub(crate) fn store(
        &mut self,
        rules: &Rules,
        request_id: &str,
        class: Option<Classification>,
    ) -> Result<String, ResultCode> {
        take(&mut self.used.payloads, 1, rules.payloads_per_day, ResultCode::LIST_QUOTA_EXCEEDED)?;
        self.totals.payloads += 1;
        let task_id = self.accept(request_id);
        self.payloads.insert(task_id.clone(), class);
        Ok(task_id)
    }

    /// Takes a push to these regIds out of the quota.
    pub(crate) fn charge(
        &mut self,
        rules: &Rules,
        class: Option<Classification>,
        receivers: u32,
    ) -> Result<(), ResultCode> {
        match class {
            Some(Classification::OPERATIONAL) => {
                let limit = rules.operational_per_day;
                take(&mut self.used.operational, receivers, limit, ResultCode::QUOTA_EXCEEDED)
            }
            _ => {
                let limit = rules.system_per_day;
                take(&mut self.used.system, receivers, limit, ResultCode::SYSTEM_QUOTA_EXCEEDED)
            }
        }
    }

    /// Delivers to those of these regIds that are valid. Returns the others, each of them once.
    pub(crate) fn deliver<'r>(
        &mut self,
        reg_ids: impl Iterator<Item = &'r str>,
    ) -> Vec<(UserStatus, &'r str)> {
        let (mut seen, mut invalid) = (HashSet::new(), Vec::new());
        for reg_id in reg_ids.filter(|reg_id| seen.insert(*reg_id)) {
            if let Some(status) = self.invalid.get(reg_id) {
                invalid.push((*status, reg_id));
            } else {
                *self.delivered.entry(reg_id.into()).or_default() += 1;
                self.totals.delivered += 1;
            }
        }
        invalid
    }

    /// Remembers that a request id was accepted, and gives it a task id.
    pub(crate) fn accept(&mut self, request_id: &str) -> String {
        let task_id = format!("{:018}", self.next_random() % 1_000_000_000_000_000_000);
        self.requests.entry(request_id.into()).or_default().accepted = Some(task_id.clone());
        task_id
    }

    /// A step of SplitMix64.
    fn next_random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Takes an amount out of a quota.
fn take(used: &mut u32, amount: u32, limit: Option<u32>, exceeded: ResultCode) -> Result<(), ResultCode> {
    let after = used.saturating_add(amount);
    if limit.is_some_and(|limit| after > limit) {
        return Err(exceeded);
    }
    *used = after;
    Ok(())
}

/// vivo's code for a field that breaks a rule.
pub(crate) fn code_of(error: CheckError) -> ResultCode {
    let names =
        |code: &ResultCode| matches!(code.advice(), Advice::FixRequest { field } if field == error.field());
    (10050..=11000).map(ResultCode::new).find(names).unwrap_or(ResultCode::new(10100))
}
