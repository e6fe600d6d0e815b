//! The URL of a request.

use core::fmt;

use super::RestApi;
use crate::bytes::BufferFull;
use crate::exchange::Request;
use crate::json::Redacted;
use crate::uri_writer::UriWriter;

/// Where requests go and who sends them: everything of a URL but the [path](crate::Request::PATH).
///
/// Identifier and signature stand in the URL with everything escaped that is more than a letter, a digit or one of
/// `-_.!~*'()`: whatever they are, they add no parameter. The host stands as it is.
///
/// ```
/// use offline_push::tim::rest::{PushBatch, Region, Url};
///
/// let url = Url::new(Region::Frankfurt.host(), 1_400_000_000, "admin&sdkappid=1", "eJyrVgrx-Q__", 7);
/// let mut buffer = [0; 256];
/// assert_eq!(
///     url.path_and_query::<PushBatch>(&mut buffer)?,
///     "/v4/timpush/batch?sdkappid=1400000000&identifier=admin%26sdkappid%3D1&usersig=eJyrVgrx-Q__\
///      &random=7&contenttype=json",
/// );
/// # Ok::<(), offline_push::BufferFull>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Url<'a> {
    /// A [region's](super::Region::host).
    pub host: &'a str,
    /// The app's id at IM.
    #[doc(alias = "sdkappid")]
    pub sdk_app_id: u32,
    /// The user who calls: one whom the console has made the app's administrator.
    pub identifier: &'a str,
    /// The administrator's signature, made with the app's key; expires. Shown as `***`.
    pub usersig: &'a str,
    /// Any number, another one for every request.
    pub random: u32,
}

impl<'a> Url<'a> {
    /// Everything a URL needs.
    #[must_use]
    pub const fn new(
        host: &'a str,
        sdk_app_id: u32,
        identifier: &'a str,
        usersig: &'a str,
        random: u32,
    ) -> Self {
        Self { host, sdk_app_id, identifier, usersig, random }
    }

    /// The whole URL for a kind of request, in the start of `buffer`.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] with the number of bytes needed.
    pub fn absolute<'b, R: Request<Api = RestApi>>(
        &self,
        buffer: &'b mut [u8],
    ) -> Result<&'b str, BufferFull> {
        let mut writer = UriWriter::new(buffer);
        writer.put("https://");
        writer.put(self.host);
        self.write(R::PATH, &mut writer);
        writer.finish()
    }

    /// What the first line of an HTTP request names: path and query, in the start of `buffer`.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] with the number of bytes needed.
    pub fn path_and_query<'b, R: Request<Api = RestApi>>(
        &self,
        buffer: &'b mut [u8],
    ) -> Result<&'b str, BufferFull> {
        let mut writer = UriWriter::new(buffer);
        self.write(R::PATH, &mut writer);
        writer.finish()
    }

    fn write(&self, path: &str, writer: &mut UriWriter<'_>) {
        writer.put(path);
        writer.put("?sdkappid=");
        writer.put_integer(i64::from(self.sdk_app_id));
        writer.put("&identifier=");
        writer.put_encoded(self.identifier.chars(), false);
        writer.put("&usersig=");
        writer.put_encoded(self.usersig.chars(), false);
        writer.put("&random=");
        writer.put_integer(i64::from(self.random));
        writer.put("&contenttype=json");
    }
}

impl fmt::Debug for Url<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Url")
            .field("host", &self.host)
            .field("sdk_app_id", &self.sdk_app_id)
            .field("identifier", &self.identifier)
            .field("usersig", &Redacted::Secret)
            .field("random", &self.random)
            .finish()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Url<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(
            f,
            "Url {{ host: {=str}, sdk_app_id: {=u32}, identifier: {=str}, usersig: {}, random: {=u32} }}",
            self.host,
            self.sdk_app_id,
            self.identifier,
            Redacted::Secret,
            self.random,
        );
    }
}
