//! The attributes that an app has: `set_attr_name`, `get_attr_name`.

use super::reply::StatusResponse;
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure};
use crate::exchange::{Request, request};
use crate::json::{Keyed, MAX_CHECKED_KEYS, Map, is_new, message, open_number, sealed::Sealed};
use crate::tim::ErrorCode;
use crate::tim::info::known;
use crate::tim::rest::{RestApi, check_tag, outcome, response};

open_number! {
    /// The kind of account that an attribute belongs to: a value of `AttrTypes` (60563).
    pub struct AccountType(i32) {
        /// Users, by their id.
        USER_ID = 0 => "UserID",
        /// Devices, by their `RegistrationID`.
        REGISTRATION_ID = 1 => "RegistrationID",
    }
}

message! {
    /// The body of `v4/timpush/set_attr_name`: defines the attributes of the app (60563).
    ///
    /// An app has ten places for attributes, with the keys `"0"` to `"9"`.
    ///
    /// ```
    /// use offline_push::json::{self, Keyed, Map};
    /// use offline_push::tim::timpush::{AccountType, SetAttributeNames};
    ///
    /// let request = SetAttributeNames::new(Map::from_slice(&[("0", "sex"), ("1", "city")]))
    ///     .attr_types(Keyed::from_slice(&[("1", AccountType::REGISTRATION_ID)]));
    /// request.check()?;
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&request, &mut buffer)?,
    ///     r#"{"AttrNames":{"0":"sex","1":"city"},"AttrTypes":{"1":1}}"#,
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "im_set_attr_name")]
    pub struct SetAttributeNames<'a> {
        /// The name of each place, of 1 to 50 bytes. No two places have the same name (error 90033).
        #[doc(alias = "AttrNames")]
        attr_names: Map<'a> = "AttrNames",
        /// The kind of account of each place. Default: [`AccountType::USER_ID`]. The kind can never be changed (error 90033).
        #[doc(alias = "AttrTypes")]
        attr_types: Option<Keyed<'a, AccountType>> = "AttrTypes",
    }
}

impl<'a> SetAttributeNames<'a> {
    /// Maximum number of attributes of an app.
    pub const MAX_NAMES: u32 = 10;

    /// Defines these attributes. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(attr_names: Map<'a>) -> Self {
        Self { attr_names, attr_types: None }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `AttrNames` | not empty; keys `"0"` to `"9"`, each once; names of 1 to 50 bytes, no two the same (error 90033) |
    /// | `AttrTypes` | keys `"0"` to `"9"`, each once; known numbers |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for SetAttributeNames<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        const NAMES: &str = "AttrNames";
        const TYPES: &str = "AttrTypes";
        ensure(!self.attr_names.is_empty(), NAMES, Rule::Missing).or_else(&mut *broken)?;
        check_places(self.attr_names.iter().map(|(place, _)| place), NAMES).or_else(&mut *broken)?;
        let mut names = [""; MAX_CHECKED_KEYS];
        self.attr_names
            .iter()
            .enumerate()
            .try_for_each(|(count, (_, name))| {
                let name = name.text().ok_or(CheckError::new(NAMES, Rule::NotText))?;
                check_tag(name, NAMES)?;
                ensure(is_new(&mut names, count, name, |other| *other == name), NAMES, Rule::NotUnique)
            })
            .or_else(&mut *broken)?;
        let types = self.attr_types.unwrap_or(Keyed::from_slice(&[]));
        check_places(types.iter().map(|(place, _)| place), TYPES).or_else(&mut *broken)?;
        types.iter().try_for_each(|(_, kind)| known(Some(kind.meaning()), TYPES))
    }
}

/// Accepts the keys `"0"` to `"9"`, each at most once: so there are at most ten.
fn check_places<'k>(places: impl Iterator<Item = &'k str>, field: &'static str) -> Result<(), CheckError> {
    let mut seen = 0u16;
    for place in places {
        let &[digit @ b'0'..=b'9'] = place.as_bytes() else {
            return Err(CheckError::new(field, Rule::UnknownValue));
        };
        let bit = 1 << (digit & 0xf);
        ensure(seen & bit == 0, field, Rule::DuplicateKey)?;
        seen |= bit;
    }
    Ok(())
}

request! { SetAttributeNames => StatusResponse, RestApi, "/v4/timpush/set_attr_name" }

/// The request `v4/timpush/get_attr_name`: reads the attributes of the app (67815). Its body is an empty object.
///
/// ```
/// use offline_push::Request;
/// use offline_push::tim::timpush::GetAttributeNames;
///
/// let mut buffer = [0; 2];
/// assert_eq!(GetAttributeNames.encode_body(&mut buffer)?, Some(&b"{}"[..]));
/// # Ok::<(), offline_push::json::EncodeError>(())
/// ```
#[doc(alias = "im_get_attr_name")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GetAttributeNames;

impl GetAttributeNames {
    /// HTTP method.
    pub const METHOD: &'static str = "POST";
    /// Host, over HTTPS.
    pub const HOST: &'static str = <RestApi as crate::exchange::Api>::HOST;
    /// Path below the host.
    pub const PATH: &'static str = "/v4/timpush/get_attr_name";
}

impl Sealed for GetAttributeNames {}

impl Request for GetAttributeNames {
    type Api = RestApi;
    const PATH: &'static str = Self::PATH;
    type Body = Keyed<'static, &'static str>;
    type Response<'r> = GetAttributeNamesResponse<'r>;

    fn body(&self) -> Option<&Self::Body> {
        const NOTHING: &Keyed<'static, &'static str> = &Keyed::from_slice(&[]);
        Some(NOTHING)
    }
}

message! {
    /// The reply to [`GetAttributeNames`].
    pub struct GetAttributeNamesResponse<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// The name of each place, with the keys `"0"` to `"9"`.
        #[doc(alias = "AttrNames")]
        attr_names: Option<Map<'a>> = "AttrNames" as lenient,
        /// The kind of account of each place.
        #[doc(alias = "AttrTypes")]
        attr_types: Option<Keyed<'a, AccountType>> = "AttrTypes" as lenient,
    }
}

impl GetAttributeNamesResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { GetAttributeNamesResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }
