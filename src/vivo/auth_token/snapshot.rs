//! The state machine as bytes, so that a program can store it.

use super::{AuthTokenLife, AuthTokenNumber, Held, MINUTE, ResultCode, USABLE};

/// First byte of a snapshot. Another layout gets another number.
const LAYOUT: u8 = 1;

/// Flags in the second byte.
const HAS_CLOCK: u8 = 1;
const HAS_TOKEN: u8 = 2;
const DOUBTED: u8 = 4;
const CLOCK_WRONG: u8 = 8;
const GIVEN_UP: u8 = 16;

impl AuthTokenLife {
    /// Length of a [`snapshot`](Self::snapshot) in bytes.
    pub const SNAPSHOT_LEN: usize = 54;

    /// The state machine as bytes, to store it before a restart. They hold times and numbers, and no secret. Store the text of the
    /// token, too.
    ///
    /// ```
    /// use offline_push::vivo::{AuthToken, AuthTokenLife, AuthTokenStep};
    ///
    /// let now = 1_501_484_120_000;
    /// let mut life = AuthTokenLife::new();
    /// let token: AuthToken = AuthToken::new(life.adopt(now, now), "24ojds98")?;
    /// let (stored, stored_text) = (life.snapshot(), token.as_str());
    ///
    /// // After the restart:
    /// let mut life = AuthTokenLife::restore(&stored).unwrap_or_default();
    /// let number = life.number().ok_or("no token")?;
    /// let token: AuthToken = AuthToken::new(number, stored_text)?;
    /// assert_eq!(life.before_call(now + 60_000), AuthTokenStep::Use(token.number()));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> [u8; Self::SNAPSHOT_LEN] {
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        let flags = flag(self.clock.is_some(), HAS_CLOCK)
            | flag(self.held.is_some(), HAS_TOKEN)
            | flag(self.doubted, DOUBTED)
            | flag(self.clock_wrong, CLOCK_WRONG)
            | flag(self.given_up.is_some(), GIVEN_UP);
        // After a restart, no caller is authenticating.
        let pause = self.asked.map_or(self.pause, |asked| super::GAP.saturating_sub(asked));
        let held = self.held.unwrap_or(Held { number: AuthTokenNumber(self.tokens), age: 0, renew_at: 0 });
        let mut bytes = [0; Self::SNAPSHOT_LEN];
        let parts: [&[u8]; 9] = [
            &[LAYOUT, flags],
            &self.clock.unwrap_or(0).to_le_bytes(),
            &held.age.to_le_bytes(),
            &held.renew_at.to_le_bytes(),
            &self.renew_after.to_le_bytes(),
            &pause.to_le_bytes(),
            &held.number.0.to_le_bytes(),
            &self.failures.to_le_bytes(),
            &self.given_up.map_or(0, ResultCode::get).to_le_bytes(),
        ];
        bytes.iter_mut().zip(parts.iter().copied().flatten()).for_each(|(place, byte)| *place = *byte);
        bytes
    }

    /// The text of the token is lost.
    #[cfg(all(feature = "http", feature = "sign"))]
    pub(crate) const fn forget(&mut self) {
        self.held = None;
    }

    /// The state machine of a [`snapshot`](Self::snapshot). The time since the snapshot counts, if the clock has not stopped.
    /// An authentication that was in progress counts as [abandoned](Self::abandoned).
    ///
    /// `None` if the bytes are not a snapshot of this version of the crate. In this case, start with a [new](Self::new) state
    /// machine, and [adopt](Self::adopt) the token.
    #[must_use]
    pub fn restore(snapshot: &[u8; Self::SNAPSHOT_LEN]) -> Option<Self> {
        let mut rest: &[u8] = snapshot;
        let [layout, flags] = take(&mut rest)?;
        if layout != LAYOUT {
            return None;
        }
        let mut long = || take(&mut rest).map(u64::from_le_bytes);
        let (clock, age, renew_at, renew_after, pause) = (long()?, long()?, long()?, long()?, long()?);
        let (number, failures, given_up) = (take(&mut rest)?, take(&mut rest)?, take(&mut rest)?);
        let number = u32::from_le_bytes(number);
        let has = |flag: u8| flags & flag != 0;
        let held = Held { number: AuthTokenNumber(number), age, renew_at: renew_at.min(USABLE / 2) };
        Some(Self {
            renew_after: renew_after.max(MINUTE),
            clock: has(HAS_CLOCK).then_some(clock),
            held: has(HAS_TOKEN).then_some(held),
            tokens: number,
            asked: None,
            pause,
            failures: u32::from_le_bytes(failures),
            doubted: has(DOUBTED),
            clock_wrong: has(CLOCK_WRONG),
            given_up: has(GIVEN_UP).then_some(ResultCode::new(i32::from_le_bytes(given_up))),
        })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*first)
}
