//! Android intents as URIs: what "open a screen" travels as, read and written as Android itself does.
//!
//! ```
//! use offline_push::intent::{Component, Data, Intent, LaunchFlags};
//!
//! // What the guide's Java builds, and what `intent.toUri(Intent.URI_INTENT_SCHEME)` prints.
//! let mut intent = Intent::new();
//! intent.data = Some(Data::new("pushscheme://com.tencent.qcloud.tim/detail"));
//! intent.flags = LaunchFlags::ACTIVITY_CLEAR_TOP;
//! intent.component = Some(Component::new(
//!     "com.tencent.qcloud.tim.tuikit",
//!     "com.tencent.qcloud.tim.demo.chat.ChatActivity",
//! )?);
//! let mut buffer = [0; 256];
//! let uri = intent.to_uri(&mut buffer)?;
//! assert_eq!(
//!     uri,
//!     "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
//!      component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
//! );
//! assert_eq!(Intent::parse(uri)?, intent);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Grammar
//!
//! ```text
//! intent:REST#Intent;FIELDS end                       data scheme:REST, the scheme in a field
//! DATA[#Intent;FIELDS end]                            the app's own scheme
//! android-app://PACKAGE[/SCHEME[/AUTHORITY/PATH]][#Intent;FIELDS end]
//!
//! FIELDS  scheme=  action=  category=  type=  identifier=  launchFlags=  extendedLaunchFlags=  package=  component=
//!         sourceBounds=  S. B. b. c. d. f. i. l. s.KEY=  SEL; FIELDS of the selector
//! ```
//!
//! Fields come in any order, end with `;`, and hold percent-encoded text; of one that comes twice the last counts. They
//! are written in the order above. REST, DATA and PATH stand as they are.
//!
//! Reading follows Android's `Intent.parseUri` (AOSP, `android/content/Intent.java`) with the flag `URI_INTENT_SCHEME`; with
//! it, Android takes a URI of the app's own scheme whole for the data, fragment and all. Here such a URI is read as without
//! the flag, so that its fields are seen: Tencent's guide for Flutter has one. What Android throws at is an
//! [`IntentError`] with its place. What Android reads and this does not: the form of before 2009 (`#action(…)`), an extra
//! without `=` where a later field has one, a `c.` beyond the basic plane, digits other than ASCII's in numbers, and more
//! than [`MAX_ENTRIES`] extras or categories.

mod bounds;
mod build;
mod component;
mod data;
mod entries;
mod error;
mod extra;
mod fields;
mod flags;
mod number;
mod parse;
mod text;

pub use crate::bytes::BufferFull;
pub use bounds::Bounds;
pub use component::Component;
pub use data::Data;
pub use entries::{Categories, CategoriesIter, Extras, ExtrasIter};
pub use error::{BuildError, IntentError, IntentErrorKind};
pub use extra::{Extra, ExtraValue};
pub use flags::LaunchFlags;
pub use number::Number;
pub use text::{Chars, Text};

/// An intent has at most so many extras, and so many categories: each is held against the others, and that shall take
/// linear time.
pub const MAX_ENTRIES: usize = 128;

/// What a tap starts: an Android `Intent`, as far as a URI holds it.
///
/// Parsed, it borrows from the URI, and its texts are decoded when they are read ([`Text`]). All fields may be set; what
/// is not set is not written. Two intents are equal if they have the same form and Android would read the same: extras and
/// categories in any order, an action left out counting as the [default](Self::effective_action). Only the numbers of `d.`
/// and `f.` count as they are written.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Intent<'a> {
    /// In which form the URI names the data.
    pub form: Form<'a>,
    /// What the intent is about.
    #[doc(alias = "setData")]
    pub data: Option<Data<'a>>,
    /// What is to be done; without, [as the form says](Self::effective_action).
    #[doc(alias = "setAction")]
    pub action: Option<Text<'a>>,
    /// Categories; an intent filter must have them all.
    #[doc(alias = "addCategory")]
    pub categories: Categories<'a>,
    /// MIME type of the data: `type`.
    #[doc(alias = "type")]
    #[doc(alias = "setType")]
    pub mime_type: Option<Text<'a>>,
    /// Tells apart what would otherwise be the same intent; since Android 10.
    #[doc(alias = "setIdentifier")]
    pub identifier: Option<Text<'a>>,
    /// How the activity is started: `launchFlags`.
    #[doc(alias = "launchFlags")]
    #[doc(alias = "addFlags")]
    pub flags: LaunchFlags,
    /// More flags, since Android 14: `extendedLaunchFlags`. None is public.
    #[doc(alias = "extendedLaunchFlags")]
    pub extended_flags: u32,
    /// Only an app of this package is started.
    #[doc(alias = "setPackage")]
    pub package: Option<Text<'a>>,
    /// Only this class is started. It must be exported: it is vivo's system app that starts it.
    #[doc(alias = "setComponent")]
    pub component: Option<Component<'a>>,
    /// Where on the screen the sender stands.
    #[doc(alias = "setSourceBounds")]
    pub source_bounds: Option<Bounds>,
    /// What is handed over.
    #[doc(alias = "putExtra")]
    pub extras: Extras<'a>,
    /// Which intent is matched with filters in place of this one; not together with a package.
    #[doc(alias = "setSelector")]
    pub selector: Option<Selector<'a>>,
}

/// How a URI names an intent's data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Form<'a> {
    /// `intent:rest#Intent;scheme=…;…;end`, as `toUri(URI_INTENT_SCHEME)` writes.
    ///
    /// Android writes a scheme with a `_` as [`Own`](Self::Own), which its own reader then takes whole for the data. Here
    /// every scheme goes into the field.
    #[default]
    Intent,
    /// `scheme:rest`, with `#Intent;…;end` behind it if there are fields.
    Own {
        /// A field `scheme`, which Tencent's guide for Flutter puts into such a URI. Android looks past it; it is kept, and
        /// written again.
        scheme: Option<Text<'a>>,
    },
    /// `android-app://package/scheme/authority/path`, as `toUri(URI_ANDROID_APP_SCHEME)` writes.
    AndroidApp,
    /// Not a URI but the part of one behind `SEL;`: [`Selector::intent`].
    Selector,
}

/// The intent that is matched with filters in place of another one: a part of its URI, behind `SEL;`.
#[derive(Clone, Copy)]
pub struct Selector<'a>(Origin<'a>);

#[derive(Clone, Copy)]
enum Origin<'a> {
    Intent(&'a Intent<'a>),
    /// The fields, checked.
    Fields(&'a str),
}

impl<'a> Selector<'a> {
    /// A selector to write. Of its data only the scheme has a place in the URI, and a selector of its own it has not.
    #[must_use]
    pub const fn new(intent: &'a Intent<'a>) -> Self {
        Self(Origin::Intent(intent))
    }

    /// The selector as an intent.
    #[must_use]
    pub fn intent(&self) -> Intent<'a> {
        match self.0 {
            Origin::Intent(intent) => Intent { form: Form::Selector, selector: None, ..*intent },
            Origin::Fields(fields) => parse::selector(fields),
        }
    }
}

impl PartialEq for Selector<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.intent() == other.intent()
    }
}

impl Eq for Selector<'_> {}

impl core::fmt::Debug for Selector<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.intent().fmt(f)
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Selector<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::Format::format(&self.intent(), f);
    }
}

impl<'a> Intent<'a> {
    /// The action of an intent that names none: show the data.
    pub const ACTION_VIEW: &'static str = "android.intent.action.VIEW";
    /// The action of an `android-app:` URI without data: the app's entry.
    pub const ACTION_MAIN: &'static str = "android.intent.action.MAIN";

    /// An intent with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            form: Form::Intent,
            data: None,
            action: None,
            categories: Categories::new(),
            mime_type: None,
            identifier: None,
            flags: LaunchFlags::NONE,
            extended_flags: 0,
            package: None,
            component: None,
            source_bounds: None,
            extras: Extras::new(),
            selector: None,
        }
    }

    /// What Android takes for the action: that of the URI, else [`ACTION_VIEW`](Self::ACTION_VIEW), or
    /// [`ACTION_MAIN`](Self::ACTION_MAIN) for an `android-app:` URI without data. A selector may have none.
    #[must_use]
    pub fn effective_action(&self) -> Option<Text<'a>> {
        self.action.or(self.default_action())
    }

    /// Data that says something.
    fn given_data(&self) -> Option<Data<'a>> {
        self.data.filter(|data| !data.is_empty())
    }

    fn default_action(&self) -> Option<Text<'a>> {
        match self.form {
            Form::Selector => None,
            Form::AndroidApp if self.given_data().is_none() => Some(Text::new(Self::ACTION_MAIN)),
            _ => Some(Text::new(Self::ACTION_VIEW)),
        }
    }

    /// The text that is handed over under a key: `getStringExtra`.
    #[doc(alias = "getStringExtra")]
    #[must_use]
    pub fn text_extra(&self, key: &str) -> Option<Text<'a>> {
        self.extras.get(key)?.as_text()
    }
}

impl Default for Intent<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl PartialEq for Intent<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.form == other.form
            && self.given_data() == other.given_data()
            && self.effective_action() == other.effective_action()
            && self.categories == other.categories
            && self.mime_type == other.mime_type
            && self.identifier == other.identifier
            && (self.flags, self.extended_flags) == (other.flags, other.extended_flags)
            && self.package == other.package
            && self.component == other.component
            && self.source_bounds == other.source_bounds
            && self.extras == other.extras
            && self.selector == other.selector
    }
}

impl Eq for Intent<'_> {}

/// Made out of a URI, of parts, or of both; extras, categories and the selector come out of a URI alone, as they are views
/// and there is nowhere to put them.
#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Intent<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let parsed = Self::parse(u.arbitrary()?).unwrap_or_default();
        if u.arbitrary()? {
            return Ok(parsed);
        }
        let form = match u.int_in_range(0..=3)? {
            0 => Form::Intent,
            1 => Form::Own { scheme: u.arbitrary()? },
            2 => Form::AndroidApp,
            _ => Form::Selector,
        };
        let sides: Option<[i32; 4]> = u.arbitrary()?;
        Ok(Self {
            form,
            data: u.arbitrary()?,
            action: u.arbitrary()?,
            mime_type: u.arbitrary()?,
            identifier: u.arbitrary()?,
            flags: u.arbitrary()?,
            extended_flags: u.arbitrary()?,
            package: u.arbitrary()?,
            component: u.arbitrary()?,
            source_bounds: sides.map(|[left, top, right, bottom]| Bounds { left, top, right, bottom }),
            ..parsed
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
