//! Reads and writes Android intents as URIs, as Android itself does. A push that opens a screen of the app contains
//! such a URI.
//!
//! ```
//! use offline_push::intent::{Component, Data, Intent, LaunchFlags};
//!
//! // The intent of the guide's Java code, and its output of
//! // `intent.toUri(Intent.URI_INTENT_SCHEME)`.
//! let component = Component::try_new(
//!     "com.tencent.qcloud.tim.tuikit",
//!     "com.tencent.qcloud.tim.demo.chat.ChatActivity",
//! )?;
//! let intent = Intent::new()
//!     .data(Data::new("pushscheme://com.tencent.qcloud.tim/detail"))
//!     .flags(LaunchFlags::ACTIVITY_CLEAR_TOP)
//!     .component(component);
//! let mut buffer = [0; 256];
//! let uri = intent.to_uri(&mut buffer)?;
//! assert_eq!(
//!     uri,
//!     "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;\
//!      launchFlags=0x4000000;component=com.tencent.qcloud.tim.tuikit/\
//!      com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
//! );
//! assert_eq!(Intent::parse(uri)?, intent);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Grammar
//!
//! ```text
//! intent:REST#Intent;FIELDS end                       the data is scheme:REST, and the scheme is a field
//! DATA[#Intent;FIELDS end]                            the app's own scheme
//! android-app://PACKAGE[/SCHEME[/AUTHORITY/PATH]][#Intent;FIELDS end]
//!
//! FIELDS  scheme=  action=  category=  type=  identifier=  launchFlags=  extendedLaunchFlags=  package=  component=
//!         sourceBounds=  S. B. b. c. d. f. i. l. s.KEY=  SEL; FIELDS of the selector
//! ```
//!
//! Fields are read in any order and written in the order above. Each field ends with `;` and contains percent-encoded text. Of
//! duplicate fields, the last one is used. REST, DATA and PATH are not encoded.
//!
//! Reading follows Android's `Intent.parseUri` (AOSP, `android/content/Intent.java`) with the flag `URI_INTENT_SCHEME`, with one
//! difference. With the flag, Android treats all of a URI with the app's own scheme as data, including the fragment. This crate
//! reads the fields in the fragment, as Android does without the flag, because Tencent's guide for Flutter shows such a URI.
//!
//! If Android throws an exception, the result is an [`IntentError`] with the position. The following input is also refused, although
//! Android accepts it: the format used before 2009 (`#action(…)`), an extra without `=` if a later field contains `=`, a `c.` extra
//! with a character beyond U+FFFF, non-ASCII digits in numbers, and more than [`MAX_ENTRIES`] extras or categories.

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

pub use bounds::Bounds;
pub use component::Component;
pub use data::Data;
pub use entries::{Categories, CategoriesIter, Extras, ExtrasIter};
pub use error::{BuildError, IntentError, IntentErrorKind};
pub use extra::{ExtraValue, IntentExtra};
pub use flags::LaunchFlags;
pub use number::Number;
pub use text::{Chars, Text};

use crate::json::show::{Reveal, Show, show, show_in_logs, show_plain};
use crate::setters::setters;

/// Maximum number of extras, and of categories, in an intent. It bounds the quadratic check for duplicates.
pub const MAX_ENTRIES: usize = 128;

/// An Android `Intent`, with the parts that a URI can contain.
///
/// A parsed intent borrows from the URI, and its texts are decoded when they are read ([`Text`]). Fields that are not set are
/// not written. Two intents are equal if they have the same form and Android reads them as the same intent: the order of extras and
/// categories does not matter, and a missing action equals the [default](Self::effective_action). Numbers of `d.` and `f.`
/// extras are compared as text.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Intent<'a> {
    /// The form of the URI.
    pub form: Form<'a>,
    /// The data that the intent is about.
    #[doc(alias = "setData")]
    pub data: Option<Data<'a>>,
    /// The action; the default [depends on the form](Self::effective_action).
    #[doc(alias = "setAction")]
    pub action: Option<Text<'a>>,
    /// Categories. An intent filter must have all of them.
    #[doc(alias = "addCategory")]
    pub categories: Categories<'a>,
    /// MIME type of the data: `type`.
    #[doc(alias = "type")]
    #[doc(alias = "setType")]
    pub mime_type: Option<Text<'a>>,
    /// Distinguishes intents that are otherwise equal. Available since Android 10.
    #[doc(alias = "setIdentifier")]
    pub identifier: Option<Text<'a>>,
    /// Flags for the start of the activity: `launchFlags`.
    #[doc(alias = "launchFlags")]
    #[doc(alias = "addFlags")]
    pub flags: LaunchFlags,
    /// More flags: `extendedLaunchFlags`. Available since Android 14; none of these flags is public.
    #[doc(alias = "extendedLaunchFlags")]
    pub extended_flags: u32,
    /// Only an app with this package is started.
    #[doc(alias = "setPackage")]
    pub package: Option<Text<'a>>,
    /// Only this class is started. It must be exported, because vivo's system app starts it.
    #[doc(alias = "setComponent")]
    pub component: Option<Component<'a>>,
    /// Position of the sender on the screen.
    #[doc(alias = "setSourceBounds")]
    pub source_bounds: Option<Bounds>,
    /// Typed key-value pairs for the app.
    #[doc(alias = "putExtra")]
    pub extras: Extras<'a>,
    /// The intent that is matched against intent filters instead of this one. It must not be set together with a
    /// package.
    #[doc(alias = "setSelector")]
    pub selector: Option<Selector<'a>>,
}

show! {
    struct Intent<'_> {
        form,
        data,
        action [public],
        categories [public],
        mime_type [public],
        identifier,
        flags,
        extended_flags,
        package [public],
        component [public],
        source_bounds,
        extras,
        selector,
    }
}

show_plain! { LaunchFlags, Bounds }

/// The form of an intent URI.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form<'a> {
    /// `intent:rest#Intent;scheme=…;…;end`, as written by `toUri(URI_INTENT_SCHEME)`.
    ///
    /// If the scheme contains `_`, Android writes the URI in the form [`Own`](Self::Own), and its own parser then treats all of it
    /// as data. This crate writes every scheme into the field `scheme`.
    #[default]
    Intent,
    /// `scheme:rest`, followed by `#Intent;…;end` if there are fields.
    Own {
        /// A field `scheme`, which Tencent's guide for Flutter shows in such a URI. Android ignores this field; this crate
        /// keeps it and writes it again.
        scheme: Option<Text<'a>>,
    },
    /// `android-app://package/scheme/authority/path`, as written by `toUri(URI_ANDROID_APP_SCHEME)`.
    AndroidApp,
    /// Not a URI, but the part of a URI after `SEL;`: [`Selector::intent`].
    Selector,
}

show! { enum Form<'_> { Intent, Own { scheme }, AndroidApp, Selector } }

/// The intent that is matched against intent filters instead of another one: the part of the URI after `SEL;`.
#[derive(Clone, Copy)]
pub struct Selector<'a>(Origin<'a>);

#[derive(Clone, Copy)]
enum Origin<'a> {
    Intent(&'a Intent<'a>),
    /// Checked fields.
    Fields(&'a str),
}

impl<'a> Selector<'a> {
    /// A selector to write. Of a selector's data, a URI can contain only the scheme. A selector cannot have a selector
    /// of its own.
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

impl Show for Selector<'_> {
    fn show(&self, reveal: Reveal, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.intent().show(reveal, f)
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        self.intent().log(reveal, f);
    }
}

show_in_logs! { Selector<'_> }

impl<'a> Intent<'a> {
    /// The default action: show the data.
    pub const ACTION_VIEW: &'static str = "android.intent.action.VIEW";
    /// The default action of an `android-app:` URI without data: start the app.
    pub const ACTION_MAIN: &'static str = "android.intent.action.MAIN";

    /// An intent without fields.
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

    setters! {
        form: Form<'a>,
        data: Data<'a> as Some,
        action: Text<'a> as Some,
        categories: Categories<'a>,
        mime_type: Text<'a> as Some,
        identifier: Text<'a> as Some,
        flags: LaunchFlags,
        extended_flags: u32,
        package: Text<'a> as Some,
        component: Component<'a> as Some,
        source_bounds: Bounds as Some,
        extras: Extras<'a>,
        selector: Selector<'a> as Some,
    }

    /// The action that Android uses: the intent's own action; without one, [`ACTION_VIEW`](Self::ACTION_VIEW), or
    /// [`ACTION_MAIN`](Self::ACTION_MAIN) for an `android-app:` URI without data. A selector has no default.
    #[must_use]
    pub fn effective_action(&self) -> Option<Text<'a>> {
        self.action.or(self.default_action())
    }

    /// Data that is not empty.
    fn non_empty_data(&self) -> Option<Data<'a>> {
        self.data.filter(|data| !data.is_empty())
    }

    fn default_action(&self) -> Option<Text<'a>> {
        match self.form {
            Form::Selector => None,
            Form::AndroidApp if self.non_empty_data().is_none() => Some(Text::new(Self::ACTION_MAIN)),
            _ => Some(Text::new(Self::ACTION_VIEW)),
        }
    }

    /// The text extra with this key: `getStringExtra`.
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
            && self.non_empty_data() == other.non_empty_data()
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

/// The intent is made from a URI, from parts, or from both. Extras, categories and the selector are views, so they come from a URI only.
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
