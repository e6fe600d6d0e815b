//! Consuming setters for structs that are not messages. Messages get theirs from `message!`.

/// Declares one setter for each field: `field: Type` for a plain field, `field: Inner as Some` for an optional one.
macro_rules! setters {
    (@value $field:ident) => { $field };
    (@value $field:ident $some:ident) => { $some($field) };
    ($($field:ident: $type:ty $(as $some:ident)?,)+) => {
        $(
            #[doc = concat!("Sets [`", stringify!($field), "`](field@Self::", stringify!($field), ").")]
            #[must_use]
            pub const fn $field(mut self, $field: $type) -> Self {
                self.$field = $crate::setters::setters!(@value $field $($some)?);
                self
            }
        )+
    };
}

pub(crate) use setters;
