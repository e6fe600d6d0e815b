//! A message described as data: its members with types, limits and secrets. Tests and tools that must know every message read these
//! descriptions.

pub use super::show::Mark;

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A string.
    Text,
    /// An integer in this range.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: u64,
    },
    /// `true` or `false`.
    Boolean,
    /// Any value, passed on unchanged.
    Raw,
    /// An object of any members: texts, and values that are passed on unchanged.
    Map,
    /// An object with these members.
    Object(&'static ObjectType),
    /// An array of such values.
    List(&'static Self),
    /// An object whose members have any names and such values.
    Keyed(&'static Self),
    /// An object whose text in one member decides what its other member is.
    Tagged(&'static TaggedType),
}

/// An object with known members.
#[derive(Debug)]
pub struct ObjectType {
    /// The name of the type.
    pub name: &'static str,
    /// Its members, in the order in which they are written.
    pub fields: &'static [Field],
    /// True if the message has the slot `members`, for members that are newer than the crate. Decoding drops unknown members.
    pub extensible: bool,
}

/// A member of an object.
#[derive(Debug)]
pub struct Field {
    /// The name in Rust.
    pub name: &'static str,
    /// The name on the wire.
    pub wire: &'static str,
    /// What its value is.
    pub value: &'static Type,
    /// True for a required member.
    pub required: bool,
    /// What is accepted besides its type.
    pub tolerance: Tolerance,
    /// Whether `Debug` and `defmt` show its value.
    pub mark: Mark,
    /// The maximum length of its text in bytes, if the declaration has a limit.
    pub limit: Option<usize>,
}

/// What is accepted in place of a value of the field's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// Nothing else.
    None,
    /// `as id`: an integer, for text that is its digits.
    Id,
    /// `as flag`: 1 or 0, for `true` or `false`.
    Flag,
    /// `as lenient`: a value of any type, for no value. Text may be an integer, as with [`Id`](Self::Id).
    Lenient,
}

/// An object of two members. The text in the first one decides what the second one is.
#[derive(Debug)]
pub struct TaggedType {
    /// The wire name of the member that decides.
    pub tag: &'static str,
    /// The wire name of the other one.
    pub content: &'static str,
    /// The known texts, and the type of the other member for each.
    pub cases: &'static [(&'static str, &'static Type)],
    /// What an object with any other text is.
    pub other: &'static Type,
}

/// Longest JSON of a value in bytes, with texts as long as these limits say by wire name. A limit of the declaration counts,
/// too. Any other text is empty, as are maps and lists; and a value that is passed on unchanged is not counted.
///
/// So a member that is added to a message is included in the bounds that follow from this.
pub(crate) const fn longest(value: &Type, limits: &[(&str, usize)]) -> usize {
    const EMPTY: usize = 2;
    match value {
        Type::Text | Type::Map | Type::List(_) | Type::Keyed(_) => EMPTY,
        Type::Integer { min, max } => {
            let (positive, negative) = (digits(*max), digits(min.unsigned_abs()) + 1);
            if *min < 0 && negative > positive { negative } else { positive }
        }
        Type::Boolean => "false".len(),
        Type::Raw | Type::Tagged(_) => 0,
        Type::Object(object) => {
            let mut length = EMPTY;
            let mut rest = object.fields;
            while let Some((field, tail)) = rest.split_first() {
                length += field.wire.len() + r#""":,"#.len();
                length += match (limit_of(field.wire, limits), field.limit) {
                    (Some(limit), _) => limit,
                    // Every byte of a text may need a six-byte escape.
                    (None, Some(limit)) => EMPTY + 6 * limit,
                    (None, None) => longest(field.value, limits),
                };
                rest = tail;
            }
            length
        }
    }
}

const fn limit_of(wire: &str, limits: &[(&str, usize)]) -> Option<usize> {
    let mut rest = limits;
    while let Some(((name, limit), tail)) = rest.split_first() {
        if super::object::is_same(name.as_bytes(), wire.as_bytes()) {
            return Some(*limit);
        }
        rest = tail;
    }
    None
}

const fn digits(mut number: u64) -> usize {
    let mut digits = 1;
    while number > 9 {
        number /= 10;
        digits += 1;
    }
    digits
}
