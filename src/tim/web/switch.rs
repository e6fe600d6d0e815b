//! Whether the message is pushed: one switch in three spellings.

use super::WebPushInfo;
use crate::tim::PushFlag;
use crate::tim::convert::{Dropped, Field};

impl WebPushInfo<'_> {
    /// What `disablePush` is in all spellings together: true if one of them says not to push. `None` if none of them says anything.
    pub(super) fn switch(&self) -> Option<bool> {
        let by_flag = match self.push_flag {
            Some(PushFlag::DEFAULT) => Some(false),
            _ => None,
        };
        let pushed = self.disable_push.or(self.is_disable_push).or(by_flag);
        if self.enabled() { pushed } else { Some(true) }
    }

    /// Adds the spellings of the switch whose values are not used.
    pub(super) fn add_overridden_switches(&self, flat: &Self, dropped: &mut Dropped) {
        let lost = |own: Option<bool>| own.is_some() && own != flat.disable_push;
        dropped.add_if(lost(self.disable_push), Field::Flag);
        dropped.add_if(lost(self.is_disable_push), Field::IsDisablePush);
        let flag = self.push_flag.is_some_and(|flag| {
            flag.meaning().is_none() || flat.disable_push != Some(flag == PushFlag::NO_PUSH)
        });
        dropped.add_if(flag, Field::JavaFlag);
    }

    /// The spelling that has precedence over the one of this name, where both have a value.
    pub(super) fn overriding(&self, name: &'static str) -> &'static str {
        match name {
            "desc" => "description",
            "ext" => "extension",
            "disablePush" | "isDisablePush" | "pushFlag" => match (self.disable_push, self.is_disable_push) {
                (Some(true), _) => "disablePush",
                (_, Some(true)) => "isDisablePush",
                _ if self.push_flag == Some(PushFlag::NO_PUSH) => "pushFlag",
                (Some(_), _) => "disablePush",
                _ => "isDisablePush",
            },
            name if name.starts_with("android") => "androidInfo",
            name => match Field::small_letter(name) {
                Some(small) if self.small_letter_wins(name) => small,
                Some(_) => "androidInfo",
                None => "apnsInfo",
            },
        }
    }

    /// True if the same name with a small letter, and not `androidInfo`, has precedence over the name with a capital letter.
    fn small_letter_wins(&self, capital: &str) -> bool {
        let mut flutter = self.clone();
        flutter.android_info = None;
        flutter.overridden().contains(capital)
    }
}
