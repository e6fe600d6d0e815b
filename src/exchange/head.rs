//! The head of an HTTP/1.1 request, written without a heap.

use core::fmt;

use crate::bytes::{BufferFull, split_at_byte};
use crate::check::{CheckError, Rule, ensure, present, visible};
use crate::json::show::Length;
use crate::setters::setters;
use crate::uri_writer::UriWriter;

/// The head of an HTTP/1.1 request: the request line and the headers. [`Request::write_head`](super::Request::write_head)
/// writes a head for the requests of this crate; use this type for your own endpoints.
///
/// ```
/// use offline_push::exchange::Head;
///
/// let head = Head::new("POST", "hub.example.com", "/im/token")
///     .auth("authorization", "Bearer 24ojds98")
///     .content_type("application/json")
///     .content_length(92);
/// let mut buffer = [0; 256];
/// let head = head.write(&mut buffer)?;
/// assert_eq!(
///     core::str::from_utf8(head)?,
///     "POST /im/token HTTP/1.1\r\n\
///      host: hub.example.com\r\n\
///      authorization: Bearer 24ojds98\r\n\
///      content-type: application/json\r\n\
///      content-length: 92\r\n\r\n",
/// );
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// Host, with the port unless it is the default port: [`vivo::HOST`](crate::vivo::HOST), or the host of your own endpoint.
    pub host: &'a str,
    /// Path and query.
    pub target: &'a str,
    /// Name and value of the header that carries the access token. `Debug` shows the value as `***`.
    pub auth: Option<(&'a str, &'a str)>,
    /// Value of the header `content-type`.
    pub content_type: Option<&'a str>,
    /// Length of the body in bytes.
    pub content_length: Option<usize>,
}

impl<'a> Head<'a> {
    /// A head without a token and without a body. Nothing is checked here: [`write`](Self::write) checks the parts.
    #[must_use]
    pub const fn new(method: &'a str, host: &'a str, target: &'a str) -> Self {
        Self { method, host, target, auth: None, content_type: None, content_length: None }
    }

    /// Sets [`auth`](field@Self::auth).
    #[must_use]
    pub const fn auth(mut self, name: &'a str, value: &'a str) -> Self {
        self.auth = Some((name, value));
        self
    }

    setters! {
        content_type: &'a str as Some,
        content_length: usize as Some,
    }

    /// Writes the head into the start of a buffer, with the empty line after it.
    ///
    /// # Errors
    ///
    /// [`HeadError::Check`] names a part that is empty or that would end its line or add a header: method, host, path and header name
    /// must be visible ASCII, and the values of headers must be ASCII without control characters. [`HeadError::BufferFull`] if the
    /// buffer is too short.
    pub fn write<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], HeadError> {
        part(self.method, "method")?;
        part(self.host, "host")?;
        part(self.target, "path")?;
        self.write_with(buffer, &|writer| writer.put(self.target))
    }

    /// Writes the head with what `target` writes as path and query.
    pub(crate) fn write_with<'b>(
        &self,
        buffer: &'b mut [u8],
        target: &dyn Fn(&mut UriWriter<'_>),
    ) -> Result<&'b [u8], HeadError> {
        let mut writer = UriWriter::new(buffer);
        writer.put(self.method);
        writer.put(" ");
        target(&mut writer);
        writer.put(" HTTP/1.1\r\n");
        let mut header = |name: &str, value: &str| {
            for part in [name, ": ", value, "\r\n"] {
                writer.put(part);
            }
        };
        header("host", self.host);
        if let Some((name, value)) = self.auth {
            part(name, "header")?;
            header(name, header_value(value, "token")?);
        }
        if let Some(value) = self.content_type {
            header("content-type", header_value(value, "content-type")?);
        }
        if let Some(length) = self.content_length {
            writer.put("content-length: ");
            writer.put_integer(i64::try_from(length).unwrap_or(i64::MAX));
            writer.put("\r\n");
        }
        writer.put("\r\n");
        Ok(writer.finish()?.as_bytes())
    }
}

/// Checks a part of the request line, or the name of a header.
fn part(text: &str, field: &'static str) -> Result<(), CheckError> {
    present(text, field)?;
    visible(text, field)
}

/// Checks the value of a header.
pub(super) fn header_value<'v>(value: &'v str, field: &'static str) -> Result<&'v str, CheckError> {
    present(value, field)?;
    ensure(value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()), field, Rule::UnknownValue)?;
    Ok(value)
}

/// Shows the target without its query, because the query may contain secrets and the names of users.
impl fmt::Debug for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = split_at_byte(self.target, b'?');
        f.debug_struct("Head")
            .field("method", &self.method)
            .field("host", &self.host)
            .field("path", &target.map_or(self.target, |(path, _)| path))
            .field("query", &target.map(|(_, query)| Length(query.chars().count())))
            .field("auth", &self.auth.map(|(name, _)| (name, "***")))
            .field("content_type", &self.content_type)
            .field("content_length", &self.content_length)
            .finish()
    }
}

/// Why there is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum HeadError {
    /// A part of the head is not allowed, or the token is missing. The error does not contain the token.
    Check(CheckError),
    /// The buffer is too short.
    BufferFull(BufferFull),
}

impl fmt::Display for HeadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check(error) => error.fmt(f),
            Self::BufferFull(full) => full.fmt(f),
        }
    }
}

impl core::error::Error for HeadError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Check(error) => Some(error),
            Self::BufferFull(full) => Some(full),
        }
    }
}

impl From<CheckError> for HeadError {
    fn from(error: CheckError) -> Self {
        Self::Check(error)
    }
}

impl From<BufferFull> for HeadError {
    fn from(full: BufferFull) -> Self {
        Self::BufferFull(full)
    }
}
