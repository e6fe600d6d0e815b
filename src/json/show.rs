//! What `Debug` and `defmt` show. Logs are read by people who must not read the messages of users, and a text must not add a line to
//! a log.
//!
//! - A text that a user or an app wrote is shown as its length: `"<12 chars>"`. This is the default for each text of a message.
//! - A word of the protocol is quoted and escaped. The declaration of its field has `[public]`.
//! - A secret is `***`. The declaration of its field has `[secret]`.
//!
//! [`Revealed`] shows all texts, quoted and escaped, and no secrets.

use core::fmt;

/// Which texts are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reveal {
    /// None: their lengths are shown.
    Nothing,
    /// The texts of this value, but not those of the objects inside of it.
    Public,
    /// All but secrets.
    All,
}

impl Reveal {
    /// For the fields of an object: each has its own mark.
    const fn inside(self) -> Self {
        match self {
            Self::Nothing | Self::Public => Self::Nothing,
            Self::All => Self::All,
        }
    }

    /// For a field with this mark.
    const fn of(self, mark: Mark) -> Self {
        match (self, mark) {
            (Self::All, _) => Self::All,
            (_, Mark::Public) => Self::Public,
            _ => Self::Nothing,
        }
    }
}

/// Who may read a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Without a mark: a text is shown as its length.
    Private,
    /// `[public]`: a text is shown.
    Public,
    /// `[secret]`: the value is never shown.
    Secret,
}

/// A value that `Debug` and `defmt` show.
pub trait Show {
    /// Shows the value to `Debug`.
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    /// Shows the value to `defmt`.
    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>);

    /// True for `None`.
    fn is_nothing(&self) -> bool {
        false
    }
}

/// A value, and which of its texts are shown.
pub(crate) struct Shown<T>(pub(crate) T, pub(crate) Reveal);

impl<T: Show> fmt::Debug for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(self.1, f)
    }
}

#[cfg(feature = "defmt")]
impl<T: Show> defmt::Format for Shown<T> {
    fn format(&self, f: defmt::Formatter<'_>) {
        self.0.log(self.1, f);
    }
}

/// A message whose `Debug` and `defmt` show its texts: titles, contents, ext and user ids. Do not write it to a log that must
/// not contain these texts. Without `Revealed`, a text is shown as its length in characters (`"<12 chars>"`).
///
/// Texts are quoted, and control characters are escaped, so a text never adds a line to a log. Secrets stay hidden: push tokens,
/// keys, signatures.
///
/// ```
/// use offline_push::json::Revealed;
/// use offline_push::vivo::Notification;
///
/// let push = Notification::new("Alice", "See you\nat seven", "request-1").reg_id("12345678901234567890123");
/// assert_eq!(
///     format!("{push:?}"),
///     r#"Notification { reg_id: "***", title: "<5 chars>", content: "<16 chars>", request_id: "request-1" }"#,
/// );
/// assert_eq!(
///     format!("{:?}", Revealed(&push)),
///     r#"Notification { reg_id: "***", title: "Alice", content: "See you\nat seven", request_id: "request-1" }"#,
/// );
/// ```
#[derive(Clone, Copy)]
pub struct Revealed<'m, T: ?Sized>(pub &'m T);

impl<T: Show + ?Sized> fmt::Debug for Revealed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(Reveal::All, f)
    }
}

#[cfg(feature = "defmt")]
impl<T: Show + ?Sized> defmt::Format for Revealed<'_, T> {
    fn format(&self, f: defmt::Formatter<'_>) {
        self.0.log(Reveal::All, f);
    }
}

/// Stands for a secret wherever a message is shown.
pub(crate) enum Redacted {
    /// There is none.
    Nothing,
    /// There is one.
    Secret,
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "None",
            Self::Secret => "\"***\"",
        })
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Redacted {
    fn format(&self, f: defmt::Formatter<'_>) {
        match self {
            Self::Nothing => defmt::write!(f, "None"),
            Self::Secret => defmt::write!(f, "\"***\""),
        }
    }
}

/// The length of a text of this many characters, in its place.
pub(crate) struct Length(pub(crate) usize);

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"<{} chars>\"", self.0)
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Length {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "\"<{=usize} chars>\"", self.0);
    }
}

/// The number of characters. `Chars::count` is faster and takes more code.
fn characters(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

impl Show for str {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match reveal {
            Reveal::Nothing => fmt::Debug::fmt(&Length(characters(self)), f),
            Reveal::Public | Reveal::All => fmt::Debug::fmt(self, f),
        }
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        match reveal {
            Reveal::Nothing => defmt::write!(f, "\"<{=usize} chars>\"", characters(self)),
            // The program that prints the log quotes and escapes the text, because of the `:?`.
            Reveal::Public | Reveal::All => defmt::write!(f, "{=str:?}", self),
        }
    }
}

/// Bytes that are not text.
impl Show for [u8] {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match reveal {
            Reveal::Nothing => write!(f, "\"<{} bytes>\"", self.len()),
            Reveal::Public | Reveal::All => write!(f, "b\"{}\"", self.escape_ascii()),
        }
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        match reveal {
            Reveal::Nothing => defmt::write!(f, "\"<{=usize} bytes>\"", self.len()),
            Reveal::Public | Reveal::All => defmt::write!(f, "{=[u8]:a}", self),
        }
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).show(reveal, f)
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        (**self).log(reveal, f);
    }

    fn is_nothing(&self) -> bool {
        (**self).is_nothing()
    }
}

/// A value that is there is shown without `Some`: an absent one is left out.
impl<T: Show> Show for Option<T> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.show(reveal, f),
            None => fmt::Debug::fmt(&Redacted::Nothing, f),
        }
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        match self {
            Some(value) => value.log(reveal, f),
            None => defmt::write!(f, "{}", Redacted::Nothing),
        }
    }

    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

/// Types that hold no texts but words of this crate: they are shown by their own `Debug` and `defmt`.
macro_rules! show_plain {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::json::show::Show for $type {
            fn show(&self, _: $crate::json::show::Reveal, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Debug::fmt(self, f)
            }

            #[cfg(feature = "defmt")]
            fn log(&self, _: $crate::json::show::Reveal, f: defmt::Formatter<'_>) {
                defmt::write!(f, "{}", self);
            }
        }
    )+};
}

pub(crate) use show_plain;

show_plain! { bool, u32, u64, i32, i64 }

/// Shows an object to `Debug`, one field after the other. `{:?}` leaves out what is absent.
pub(crate) struct Object<'f, 'b> {
    inner: fmt::DebugStruct<'f, 'b>,
    reveal: Reveal,
    with_absent: bool,
}

impl<'f, 'b> Object<'f, 'b> {
    pub(crate) fn new(name: &str, reveal: Reveal, f: &'f mut fmt::Formatter<'b>) -> Self {
        let with_absent = f.alternate();
        Self { inner: f.debug_struct(name), reveal: reveal.inside(), with_absent }
    }

    pub(crate) fn field(&mut self, name: &str, value: &impl Show, mark: Mark) -> &mut Self {
        if value.is_nothing() {
            if self.with_absent {
                self.inner.field(name, &Redacted::Nothing);
            }
        } else if mark == Mark::Secret {
            self.inner.field(name, &Redacted::Secret);
        } else {
            self.inner.field(name, &Shown(value, self.reveal.of(mark)));
        }
        self
    }

    pub(crate) fn finish(&mut self) -> fmt::Result {
        self.inner.finish()
    }
}

/// Shows an object to `defmt`. A name is printed with the hint `a`, or the `:?` of an outer value would put it in quotes.
///
/// Firmware pays for each copy of this code, so the code that does not depend on the type of the value is in separate functions.
#[cfg(feature = "defmt")]
pub(crate) struct Log<'f> {
    f: defmt::Formatter<'f>,
    reveal: Reveal,
    is_first: bool,
}

#[cfg(feature = "defmt")]
impl<'f> Log<'f> {
    pub(crate) fn new(name: &str, reveal: Reveal, f: defmt::Formatter<'f>) -> Self {
        defmt::write!(f, "{=str:a} {{", name);
        Self { f, reveal: reveal.inside(), is_first: true }
    }

    // One copy for each type, and not for each field.
    #[inline(never)]
    pub(crate) fn field(&mut self, name: &str, value: &impl Show, mark: Mark) -> &mut Self {
        if !value.is_nothing() {
            if let Some(reveal) = self.begin(name, mark) {
                value.log(reveal, self.f);
            }
        }
        self
    }

    /// Writes the name, and the stars of a secret. Else this is which texts of the value are shown.
    #[inline(never)]
    fn begin(&mut self, name: &str, mark: Mark) -> Option<Reveal> {
        let f = self.f;
        let separator = if core::mem::take(&mut self.is_first) { " " } else { ", " };
        defmt::write!(f, "{=str:a}{=str:a}: ", separator, name);
        if mark == Mark::Secret {
            defmt::write!(f, "\"***\"");
            return None;
        }
        Some(self.reveal.of(mark))
    }

    pub(crate) fn finish(&self) {
        defmt::write!(self.f, " }}");
    }
}

/// Shows a value in a name, as `Name(value)`, to `Debug`.
pub(crate) fn tuple(
    name: &str,
    value: &impl Show,
    reveal: Reveal,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.debug_tuple(name).field(&Shown(value, reveal)).finish()
}

/// Shows a value in a name to `defmt`.
#[cfg(feature = "defmt")]
pub(crate) fn log_tuple(name: &str, value: &impl Show, reveal: Reveal, f: defmt::Formatter<'_>) {
    defmt::write!(f, "{=str:a}(", name);
    value.log(reveal, f);
    defmt::write!(f, ")");
}

/// Shows values in a row to `defmt`.
#[cfg(feature = "defmt")]
pub(crate) fn log_list<T: Show>(items: impl Iterator<Item = T>, reveal: Reveal, f: defmt::Formatter<'_>) {
    let mut is_first = true;
    defmt::write!(f, "[");
    for item in items {
        separate(&mut is_first, f);
        item.log(reveal, f);
    }
    defmt::write!(f, "]");
}

/// Shows keys and values to `defmt`.
#[cfg(feature = "defmt")]
pub(crate) fn log_map<'k, T: Show>(
    entries: impl Iterator<Item = (&'k str, T)>,
    reveal: Reveal,
    f: defmt::Formatter<'_>,
) {
    let mut is_first = true;
    defmt::write!(f, "{{");
    for (key, value) in entries {
        separate(&mut is_first, f);
        key.log(reveal, f);
        defmt::write!(f, ": ");
        value.log(reveal, f);
    }
    defmt::write!(f, "}}");
}

/// A comma before all but the first.
#[cfg(feature = "defmt")]
fn separate(is_first: &mut bool, f: defmt::Formatter<'_>) {
    if !core::mem::take(is_first) {
        defmt::write!(f, ", ");
    }
}

/// `Debug` and `defmt` of a type that implements [`Show`].
macro_rules! show_in_logs {
    ($type:ty $(, [$($param:tt)*])?) => {
        impl $(<$($param)*>)? core::fmt::Debug for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::json::show::Show::show(self, $crate::json::show::Reveal::Nothing, f)
            }
        }

        #[cfg(feature = "defmt")]
        impl $(<$($param)*>)? defmt::Format for $type {
            fn format(&self, f: defmt::Formatter<'_>) {
                $crate::json::show::Show::log(self, $crate::json::show::Reveal::Nothing, f);
            }
        }
    };
}

pub(crate) use show_in_logs;

/// `Debug` and `defmt` of a struct or enum that is not a message, by the rule of messages.
///
/// ```text
/// show! { struct Certificate<'_> { id, app_key [secret], click } }
/// show! { enum Conversation<'_> { C2c(id), Group(id), Other(id) } }
/// ```
macro_rules! show {
    (struct $name:ident $(<$life:lifetime>)? { $($field:ident $([$mark:ident])?),+ $(,)? }) => {
        impl $crate::json::show::Show for $name $(<$life>)? {
            fn show(&self, reveal: $crate::json::show::Reveal, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::json::show::Object::new(stringify!($name), reveal, f)
                    $(.field(stringify!($field), &self.$field, $crate::json::show::mark!($($mark)?)))+
                    .finish()
            }

            #[cfg(feature = "defmt")]
            fn log(&self, reveal: $crate::json::show::Reveal, f: defmt::Formatter<'_>) {
                $crate::json::show::Log::new(stringify!($name), reveal, f)
                    $(.field(stringify!($field), &self.$field, $crate::json::show::mark!($($mark)?)))+
                    .finish();
            }
        }

        $crate::json::show::show_in_logs! { $name $(<$life>)? }
    };
    (enum $name:ident<'_> { $($case:ident $(($value:ident))? $({ $($field:ident),+ })?),+ $(,)? }) => {
        impl $crate::json::show::Show for $name<'_> {
            fn show(&self, reveal: $crate::json::show::Reveal, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    $(Self::$case $(($value))? $({ $($field),+ })? => {
                        $crate::json::show::show!(@show f reveal $case $(($value))? $({ $($field),+ })?)
                    })+
                }
            }

            #[cfg(feature = "defmt")]
            fn log(&self, reveal: $crate::json::show::Reveal, f: defmt::Formatter<'_>) {
                match self {
                    $(Self::$case $(($value))? $({ $($field),+ })? => {
                        $crate::json::show::show!(@log f reveal $case $(($value))? $({ $($field),+ })?)
                    })+
                }
            }
        }

        $crate::json::show::show_in_logs! { $name<'_> }
    };

    (@show $f:ident $reveal:ident $case:ident) => { $f.write_str(stringify!($case)) };
    (@show $f:ident $reveal:ident $case:ident ($value:ident)) => {
        $crate::json::show::tuple(stringify!($case), $value, $reveal, $f)
    };
    (@show $f:ident $reveal:ident $case:ident { $($field:ident),+ }) => {
        $crate::json::show::Object::new(stringify!($case), $reveal, $f)
            $(.field(stringify!($field), $field, $crate::json::show::Mark::Private))+
            .finish()
    };
    (@log $f:ident $reveal:ident $case:ident) => { defmt::write!($f, "{=str:a}", stringify!($case)) };
    (@log $f:ident $reveal:ident $case:ident ($value:ident)) => {
        $crate::json::show::log_tuple(stringify!($case), $value, $reveal, $f)
    };
    (@log $f:ident $reveal:ident $case:ident { $($field:ident),+ }) => {
        $crate::json::show::Log::new(stringify!($case), $reveal, $f)
            $(.field(stringify!($field), $field, $crate::json::show::Mark::Private))+
            .finish()
    };
}

pub(crate) use show;

/// `Debug` and `defmt` of a text with a type of its own.
macro_rules! show_text {
    ($name:ident) => {
        impl $crate::json::show::Show for $name<'_> {
            fn show(
                &self,
                reveal: $crate::json::show::Reveal,
                f: &mut core::fmt::Formatter<'_>,
            ) -> core::fmt::Result {
                $crate::json::show::tuple(stringify!($name), &self.0, reveal, f)
            }

            #[cfg(feature = "defmt")]
            fn log(&self, reveal: $crate::json::show::Reveal, f: defmt::Formatter<'_>) {
                $crate::json::show::log_tuple(stringify!($name), &self.0, reveal, f);
            }
        }

        $crate::json::show::show_in_logs! { $name<'_> }
    };
}

pub(crate) use show_text;

/// The mark of a field, as its declaration has it.
macro_rules! mark {
    () => {
        $crate::json::show::Mark::Private
    };
    (public) => {
        $crate::json::show::Mark::Public
    };
    (secret) => {
        $crate::json::show::Mark::Secret
    };
    // Reported elsewhere.
    ($other:ident) => {
        $crate::json::show::Mark::Secret
    };
}

pub(crate) use mark;
