//! The URL of a request, and the hosts of the regions.

use super::RestApi;
use crate::bytes::{BufferFull, split_at_byte};
use crate::exchange::{Head, HeadError, Request};
use crate::json::show::show;
use crate::uri_writer::UriWriter;

/// Everything in the URL of a request except its [path](crate::Request::PATH): host, app, administrator and signature.
///
/// The identifier and the signature are percent-encoded, except letters, digits and `-_.!~*'()`, so they cannot add a
/// parameter. The host is written unchanged.
///
/// ```
/// use offline_push::tim::rest::{PushBatch, Region, Url};
///
/// let host = Region::Frankfurt.host();
/// let url = Url::new(host, 1_400_000_000, "admin&sdkappid=1", "eJyrVgrx-Q__", 7);
/// let mut buffer = [0; 256];
/// assert_eq!(
///     url.path_and_query::<PushBatch>(&mut buffer)?,
///     "/v4/timpush/batch?sdkappid=1400000000&identifier=admin%26sdkappid%3D1\
///      &usersig=eJyrVgrx-Q__&random=7&contenttype=json",
/// );
/// # Ok::<(), offline_push::BufferFull>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Url<'a> {
    /// Host of the app's region: [`Region::host`]. For a proxy or a test server, this is a URL without a path:
    /// `http://127.0.0.1:8080`.
    pub host: &'a str,
    /// The app's id in Tencent IM.
    #[doc(alias = "sdkappid")]
    pub sdk_app_id: u32,
    /// The user who calls the API. This user must be an administrator of the app, which is set in the console.
    pub identifier: &'a str,
    /// The administrator's signature, made with the app's key. A signature expires. `Debug` shows it as `***`.
    pub usersig: &'a str,
    /// Random number, different for each request.
    pub random: u32,
}

impl<'a> Url<'a> {
    /// A URL with these parts. Nothing is checked.
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

    /// Writes the full URL of a request into the start of `buffer`.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] says how many bytes are needed.
    pub fn absolute<'b, R: Request<Api = RestApi>>(
        &self,
        buffer: &'b mut [u8],
    ) -> Result<&'b str, BufferFull> {
        let mut writer = UriWriter::new(buffer);
        self.write_absolute(R::PATH, &mut writer);
        writer.finish()
    }

    /// Writes the path and the query, which are the target of the HTTP request line, into the start of `buffer`.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] says how many bytes are needed.
    pub fn path_and_query<'b, R: Request<Api = RestApi>>(
        &self,
        buffer: &'b mut [u8],
    ) -> Result<&'b str, BufferFull> {
        let mut writer = UriWriter::new(buffer);
        self.write(R::PATH, &mut writer);
        writer.finish()
    }

    /// Writes the head of an HTTP/1.1 request, with the empty line after it: like [`Request::write_head`], with this host and query.
    ///
    /// # Errors
    ///
    /// As [`Request::write_head`]. The host must be visible ASCII.
    pub fn write_head<'b, R: Request<Api = RestApi>>(
        &self,
        request: &R,
        buffer: &'b mut [u8],
    ) -> Result<&'b [u8], HeadError> {
        let head = Head {
            content_type: R::CONTENT_TYPE,
            content_length: request.body_len(),
            ..Head::new(R::METHOD, self.host, R::PATH)
        };
        head.write_with(buffer, &|writer| self.write(R::PATH, writer))
    }

    /// The request as an `http::Request`, which most HTTP clients accept. Feature `http`.
    ///
    /// For a proxy or a test server, [`host`](field@Self::host) may be a base URL, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    ///
    /// The body cannot be encoded, or the host is not valid.
    ///
    /// ```
    /// use offline_push::json::List;
    /// use offline_push::tim::rest::{MessageElement, Region, SendMessage, Url};
    ///
    /// let body = [MessageElement::text("See you at seven")];
    /// let message = SendMessage::new("bob", 1_287_657, List::from_slice(&body));
    /// let url = Url::new(Region::China.host(), 88_888_888, "admin", "xxx", 99_999_999);
    /// let request: http::Request<Vec<u8>> = url.to_http(&message)?;
    /// assert_eq!(request.uri().path(), "/v4/openim/sendmsg");
    /// # Ok::<(), offline_push::exchange::HttpError>(())
    /// ```
    #[cfg(feature = "http")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    pub fn to_http<R: Request<Api = RestApi>>(
        &self,
        request: &R,
    ) -> Result<http::Request<std::vec::Vec<u8>>, crate::exchange::HttpError> {
        let url = UriWriter::string(|writer| self.write_absolute(R::PATH, writer));
        crate::exchange::to_http(request, &url, None)
    }

    fn write_absolute(&self, path: &str, writer: &mut UriWriter<'_>) {
        // `str::contains` links a panic.
        let has_scheme = split_at_byte(self.host, b':').is_some_and(|(_, rest)| rest.starts_with("//"));
        if !has_scheme {
            writer.put("https://");
        }
        writer.put(self.host);
        self.write(path, writer);
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

show! {
    struct Url<'_> {
        host [public],
        sdk_app_id,
        identifier,
        usersig [secret],
        random,
    }
}

/// The country or region where an app's data is stored. It is chosen when the app is created. Each region has its own host,
/// which serves only the apps of that region (error 70020 for other apps).
///
/// ```
/// use offline_push::tim::rest::Region;
///
/// assert_eq!(Region::Singapore.host(), "adminapisgp.im.qcloud.com");
/// assert_eq!(Region::Singapore.backup_host(), "adminapisgp.my-imcloud.com");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Region {
    /// China.
    China,
    /// Singapore.
    Singapore,
    /// Seoul, Korea.
    Seoul,
    /// Tokyo, Japan. Only the newest pages list it (269/1629 of 2026).
    Tokyo,
    /// Frankfurt, Germany.
    Frankfurt,
    /// Mumbai, India. The pages since the middle of 2024 do not list it.
    Mumbai,
    /// Silicon Valley, USA.
    SiliconValley,
    /// Jakarta, Indonesia. Since 2024.
    Jakarta,
}

impl Region {
    /// The host of the REST API, over HTTPS.
    #[must_use]
    pub const fn host(self) -> &'static str {
        match self {
            Self::China => "console.tim.qq.com",
            Self::Singapore => "adminapisgp.im.qcloud.com",
            Self::Seoul => "adminapikr.im.qcloud.com",
            Self::Tokyo => "adminapijpn.im.qcloud.com",
            Self::Frankfurt => "adminapiger.im.qcloud.com",
            Self::Mumbai => "adminapiind.im.qcloud.com",
            Self::SiliconValley => "adminapiusa.im.qcloud.com",
            Self::Jakarta => "adminapiidn.im.qcloud.com",
        }
    }

    /// The host to use if the other one cannot be reached (34620; Tokyo's is only in the source of a public client).
    #[must_use]
    pub const fn backup_host(self) -> &'static str {
        match self {
            Self::China => "adminapi.my-imcloud.com",
            Self::Singapore => "adminapisgp.my-imcloud.com",
            Self::Seoul => "adminapikr.my-imcloud.com",
            Self::Tokyo => "adminapijpn.my-imcloud.com",
            Self::Frankfurt => "adminapiger.my-imcloud.com",
            Self::Mumbai => "adminapiind.my-imcloud.com",
            Self::SiliconValley => "adminapiusa.my-imcloud.com",
            Self::Jakarta => "adminapiidn.my-imcloud.com",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::format;
    use std::string::String;
    use std::vec;

    use crate::Request;
    use crate::bytes::BufferFull;
    use crate::tim::rest::{
        AllMembersPush, BatchSendMessage, PushBatch, Region, RestApi, SendGroupMessage, SendMessage, Url,
    };

    #[test]
    fn absolute_and_path_and_query_of_each_request() {
        let url = Url::new(Region::China.host(), 88_888_888, "admin", "xxx", 99_999_999);
        let query = "?sdkappid=88888888&identifier=admin&usersig=xxx&random=99999999&contenttype=json";
        fn written<R: Request<Api = RestApi>>(url: &Url<'_>) -> (String, String) {
            let (mut long, mut short) = ([0; 512], [0; 512]);
            let absolute = url.absolute::<R>(&mut long).unwrap();
            let target = url.path_and_query::<R>(&mut short).unwrap();
            for length in 0..absolute.len() {
                let full = url.absolute::<R>(&mut vec![0; length]).unwrap_err();
                assert_eq!(full, BufferFull { needed: absolute.len() });
            }
            assert_eq!(url.absolute::<R>(&mut vec![0; absolute.len()]).unwrap(), absolute);
            let full = url.path_and_query::<R>(&mut [0; 8]).unwrap_err();
            assert_eq!(full, BufferFull { needed: target.len() });
            (absolute.into(), target.into())
        }
        for ((absolute, target), path) in [
            (written::<SendMessage<'_>>(&url), "/v4/openim/sendmsg"),
            (written::<BatchSendMessage<'_>>(&url), "/v4/openim/batchsendmsg"),
            (written::<SendGroupMessage<'_>>(&url), "/v4/group_open_http_svc/send_group_msg"),
            (written::<AllMembersPush<'_>>(&url), "/v4/all_member_push/im_push"),
            (written::<PushBatch<'_>>(&url), "/v4/timpush/batch"),
        ] {
            assert_eq!(target, format!("{path}{query}"));
            assert_eq!(absolute, format!("https://console.tim.qq.com{path}{query}"));
        }
    }

    #[test]
    fn path_and_query_encodes_identifier_and_signature() {
        for (text, encoded) in [
            ("a&random=1#", "a%26random%3D1%23"),
            ("a?b/c", "a%3Fb%2Fc"),
            ("100% a+b", "100%25%20a%2Bb"),
            ("用户\r\n", "%E7%94%A8%E6%88%B7%0D%0A"),
            ("eJyrVgrx-Q__*~.", "eJyrVgrx-Q__*~."),
            ("", ""),
        ] {
            let url = Url::new("h", u32::MAX, text, text, u32::MAX);
            let mut buffer = [0; 512];
            assert_eq!(
                url.path_and_query::<SendMessage<'_>>(&mut buffer).unwrap(),
                format!(
                    "/v4/openim/sendmsg?sdkappid=4294967295&identifier={encoded}&usersig={encoded}\
                     &random=4294967295&contenttype=json"
                )
            );
        }
    }

    #[test]
    fn debug_hides_the_signature() {
        let shown = format!("{:?}", Url::new("host", 1, "admin", "s3cr3t", 2));
        assert_eq!(
            shown,
            r#"Url { host: "host", sdk_app_id: 1, identifier: "<5 chars>", usersig: "***", random: 2 }"#
        );
    }

    #[test]
    fn region_hosts_are_distinct() {
        let regions = [
            Region::China,
            Region::Singapore,
            Region::Seoul,
            Region::Tokyo,
            Region::Frankfurt,
            Region::Mumbai,
            Region::SiliconValley,
            Region::Jakarta,
        ];
        for (index, region) in regions.iter().enumerate() {
            assert!(region.backup_host().ends_with(".my-imcloud.com"));
            for other in regions.iter().take(index) {
                assert_ne!(region.host(), other.host());
                assert_ne!(region.backup_host(), other.backup_host());
            }
            // Abroad, host and backup differ in their domain only.
            if *region != Region::China {
                let name = region.host().strip_suffix(".im.qcloud.com").unwrap();
                assert_eq!(region.backup_host().strip_suffix(".my-imcloud.com"), Some(name));
            }
        }
    }
}
