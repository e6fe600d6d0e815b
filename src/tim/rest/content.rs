//! What is in the elements of a message whose content this crate knows.

use super::degrees;
use crate::check::{CheckError, Rule, ensure};
use crate::json::{Raw, message};

message! {
    /// Words: the content of a `TIMTextElem`.
    #[doc(alias = "TIMTextElem")]
    pub struct TextContent<'a> {
        /// What is said; also the text of the push, where the message has no description for it.
        #[doc(alias = "Text")]
        text: &'a str = "Text",
    }
}

impl<'a> TextContent<'a> {
    /// Some words.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text }
    }
}

message! {
    /// The app's own content: that of a `TIMCustomElem`. A message may have one of them at most, beside any number of
    /// others.
    ///
    /// The fields but `data` are for the push. An [`OfflinePushInfo`](crate::tim::OfflinePushInfo) in the request goes before
    /// them.
    #[doc(alias = "TIMCustomElem")]
    pub struct CustomContent<'a> {
        /// What the app makes of it; not part of a push.
        #[doc(alias = "Data")]
        data: Option<&'a str> = "Data",
        /// Text of the push. A message of this element alone is not pushed without a text, here or in
        /// [`OfflinePushInfo::desc`](crate::tim::OfflinePushInfo::desc).
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc",
        /// Passed through to the app that is opened by the tap: key `ext` of an APNs payload.
        #[doc(alias = "Ext")]
        ext: Option<&'a str> = "Ext",
        /// Sound file of an APNs push.
        #[doc(alias = "Sound")]
        sound: Option<&'a str> = "Sound",
    }
}

impl<'a> CustomContent<'a> {
    /// Content of the app's own.
    #[must_use]
    pub const fn new(data: &'a str) -> Self {
        Self { data: Some(data), ..Self::EMPTY }
    }
}

message! {
    /// A picture out of the app's own set: the content of a `TIMFaceElem`. A push shows `[Face]`.
    #[doc(alias = "TIMFaceElem")]
    pub struct FaceContent<'a> {
        /// Which picture, by the app's own counting. 33527 says number, the C SDK `int`.
        #[doc(alias = "Index")]
        index: Option<i32> = "Index",
        /// Anything more; a published sample has control characters in it.
        #[doc(alias = "Data")]
        data: Option<&'a str> = "Data",
    }
}

impl FaceContent<'_> {
    /// A picture.
    #[must_use]
    pub const fn new(index: i32) -> Self {
        Self { index: Some(index), ..Self::EMPTY }
    }
}

message! {
    /// A place: the content of a `TIMLocationElem`. A push shows `[Location]`.
    ///
    /// Degrees are JSON numbers with as many digits as the sender pleases; they pass untouched.
    ///
    /// ```
    /// use offline_push::json::Raw;
    /// use offline_push::tim::rest::LocationContent;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let place = LocationContent::new(Raw::new("29.340656774469956")?, Raw::new("116.77497920478824")?);
    /// assert_eq!(place.check(), Ok(()));
    ///
    /// // Exchanged.
    /// let place = LocationContent::new(Raw::new("116.77497920478824")?, Raw::new("29.340656774469956")?);
    /// assert_eq!(place.check(), Err(CheckError::new("Latitude", Rule::OutOfRange { min: -90, max: 90 })));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    #[doc(alias = "TIMLocationElem")]
    pub struct LocationContent<'a> {
        /// What the place is called.
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc",
        /// Degrees north, -90 to 90.
        #[doc(alias = "Latitude")]
        latitude: Option<Raw<'a>> = "Latitude",
        /// Degrees east, -180 to 180.
        #[doc(alias = "Longitude")]
        longitude: Option<Raw<'a>> = "Longitude",
    }
}

impl<'a> LocationContent<'a> {
    /// A place.
    #[must_use]
    pub const fn new(latitude: Raw<'a>, longitude: Raw<'a>) -> Self {
        Self { latitude: Some(latitude), longitude: Some(longitude), ..Self::EMPTY }
    }

    /// Whether the place is one on Earth. 33527 says no more than "number".
    ///
    /// # Errors
    ///
    /// `Latitude` or `Longitude` missing, out of range or no number ([`Rule::OutOfRange`] both).
    pub fn check(&self) -> Result<(), CheckError> {
        on_globe(self.latitude, 90, "Latitude")?;
        on_globe(self.longitude, 180, "Longitude")
    }
}

/// Passes a number of degrees in a range.
fn on_globe(degrees: Option<Raw<'_>>, max: i64, field: &'static str) -> Result<(), CheckError> {
    let degrees = degrees.ok_or(CheckError::new(field, Rule::Missing))?;
    ensure(degrees::within(degrees.as_str(), max), field, Rule::OutOfRange { min: -max, max })
}
