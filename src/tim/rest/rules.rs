//! Rules that several requests share.

use super::MessageElement;
use crate::check::{CheckError, Rule, ensure, present, within};
use crate::json::List;
use crate::tim::OfflinePushInfo;

/// Longest time for which the server keeps a message, in seconds.
pub(super) const LONGEST_LIFE: i64 = 604_800;

/// Passes a message of at least one element.
pub(super) fn body<'a>(elements: &List<'a, MessageElement<'a>>) -> Result<(), CheckError> {
    ensure(!elements.is_empty(), "MsgBody", Rule::Missing)?;
    let mut customs = 0usize;
    for element in elements {
        element.check()?;
        customs = customs.saturating_add(usize::from(matches!(element, MessageElement::Custom(_))));
    }
    ensure(customs <= 1, "TIMCustomElem", Rule::TooMany { max: 1 })
}

/// Passes the receivers of a message: some, not too many, none of them nameless.
pub(super) fn receivers(accounts: &List<'_, &str>, max: u32) -> Result<(), CheckError> {
    const FIELD: &str = "To_Account";
    ensure(!accounts.is_empty(), FIELD, Rule::Missing)?;
    ensure(u32::try_from(accounts.len()).is_ok_and(|count| count <= max), FIELD, Rule::TooMany { max })?;
    accounts.iter().try_for_each(|account| present(account, FIELD))
}

/// Passes a sender who is absent or has a name.
pub(super) fn sender(account: Option<&str>) -> Result<(), CheckError> {
    account.map_or(Ok(()), |account| present(account, "From_Account"))
}

/// Passes a time for which the server keeps a message.
pub(super) fn life_time(seconds: Option<u32>) -> Result<(), CheckError> {
    within(seconds.map(i64::from), 0, LONGEST_LIFE, "MsgLifeTime")
}

/// Passes what the push shall be.
pub(super) fn push_info(info: Option<&OfflinePushInfo<'_>>) -> Result<(), CheckError> {
    info.map_or(Ok(()), OfflinePushInfo::check)
}
