//! The state as bytes, so that a server can store it.

use alloc::vec::Vec;

use super::SharedApp;
use crate::vivo::{AuthTokenLife, Quotas, auth_header_value};

impl SharedApp {
    /// The state as bytes, to store it before a restart: the snapshots of [`AuthTokenLife`] and of [`Quotas`], and the text of the token.
    /// The bytes are a secret, because they contain the token.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let state = self.lock();
        let text = state.token.as_deref().unwrap_or_default();
        [state.life.snapshot().as_slice(), &state.quotas.snapshot(), text.as_bytes()].concat()
    }

    /// The state of a [`snapshot`](Self::snapshot). The time since the snapshot counts, if the clock has not stopped.
    ///
    /// `None` if the bytes are not a snapshot of this version of the crate. In this case, start with a [new](Self::new) state: it
    /// costs one authentication.
    #[must_use]
    pub fn restore(snapshot: &[u8]) -> Option<Self> {
        let (life, rest) = snapshot.split_first_chunk()?;
        let (quotas, text) = rest.split_first_chunk()?;
        let mut life = AuthTokenLife::restore(life)?;
        let text = core::str::from_utf8(text).ok().and_then(|text| auth_header_value(text).ok());
        if text.is_none() {
            life.forget();
        }
        Some(Self::with(life, text.map(Into::into), Quotas::restore(quotas)?))
    }
}
