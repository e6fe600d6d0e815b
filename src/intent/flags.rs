//! Flags for the start of an activity.

use core::fmt;
use core::ops::{BitOr, BitOrAssign};

/// The flags of an intent: `launchFlags`, Android's `FLAG_…`. They are written in hexadecimal, and read in hexadecimal, octal or
/// decimal.
///
/// A URI never grants access to content: this crate removes the four flags for such access (`0xc3`: read, write, persistable,
/// prefix), as Android does when it reads a URI.
///
/// ```
/// use offline_push::intent::LaunchFlags;
///
/// let flags = LaunchFlags::ACTIVITY_NEW_TASK | LaunchFlags::ACTIVITY_CLEAR_TOP;
/// assert_eq!(flags.bits(), 0x1400_0000);
/// assert!(flags.contains(LaunchFlags::ACTIVITY_CLEAR_TOP));
/// assert_eq!(LaunchFlags::new(0x1000_00c3), LaunchFlags::ACTIVITY_NEW_TASK);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct LaunchFlags(u32);

impl LaunchFlags {
    /// No flag.
    pub const NONE: Self = Self(0);
    /// If the activity is already running, it is brought to the front, and the activities above it are closed. The guide uses this flag.
    #[doc(alias = "FLAG_ACTIVITY_CLEAR_TOP")]
    pub const ACTIVITY_CLEAR_TOP: Self = Self(0x0400_0000);
    /// The activity starts a new task.
    #[doc(alias = "FLAG_ACTIVITY_NEW_TASK")]
    pub const ACTIVITY_NEW_TASK: Self = Self(0x1000_0000);
    /// If the activity is already on top, it is not started again.
    #[doc(alias = "FLAG_ACTIVITY_SINGLE_TOP")]
    pub const ACTIVITY_SINGLE_TOP: Self = Self(0x2000_0000);
    /// The task is cleared first.
    #[doc(alias = "FLAG_ACTIVITY_CLEAR_TASK")]
    pub const ACTIVITY_CLEAR_TASK: Self = Self(0x0000_8000);

    /// Flags that no URI may contain: `IMMUTABLE_FLAGS`.
    const IMMUTABLE: u32 = 0xc3;

    /// The flags for these bits, without those that no URI may contain.
    #[must_use]
    pub const fn new(bits: u32) -> Self {
        Self(bits & !Self::IMMUTABLE)
    }

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// True if all of these flags are set.
    #[must_use]
    pub const fn contains(self, flags: Self) -> bool {
        self.0 & flags.0 == flags.0
    }
}

impl BitOr for LaunchFlags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for LaunchFlags {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for LaunchFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LaunchFlags({:#x})", self.0)
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for LaunchFlags {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "LaunchFlags({=u32:#x})", self.0);
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for LaunchFlags {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.arbitrary().map(Self::new)
    }
}
