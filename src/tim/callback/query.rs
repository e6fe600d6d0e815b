//! The query of a webhook's URL.

use crate::bytes::split_at_byte;
use crate::check::{CheckError, Rule, ensure};
use crate::json::show::show;

/// What IM's server writes after the `?` of your URL.
///
/// Values are as they were sent: percent-encoding is not resolved, because no published value has any. `Debug` and `defmt` show
/// [`sign`](field@Self::sign) and [`client_ip`](field@Self::client_ip) as `***`.
///
/// ```
/// use offline_push::tim::callback::Query;
///
/// let query = Query::parse("/im?SdkAppid=88888888&CallbackCommand=Push.AllMemberPush&contenttype=json");
/// assert_eq!(query.sdk_app_id, Some(88_888_888));
/// assert_eq!(query.command, Some("Push.AllMemberPush"));
/// assert!(query.check(88_888_888).is_ok());
/// assert!(query.check(77_777_777).is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Query<'a> {
    /// The app's id in Tencent IM: `SdkAppid`. `None` if it is absent or not a number.
    #[doc(alias = "SdkAppid")]
    pub sdk_app_id: Option<u32>,
    /// What the webhook is about: `CallbackCommand`.
    #[doc(alias = "CallbackCommand")]
    pub command: Option<&'a str>,
    /// The form of the body: `contenttype`, always `json`.
    #[doc(alias = "contenttype")]
    pub content_type: Option<&'a str>,
    /// The address of the user's device: `ClientIP`. Only webhooks about chats have it.
    #[doc(alias = "ClientIP")]
    pub client_ip: Option<&'a str>,
    /// The platform of the user's device, such as `Android` or `RESTAPI`: `OptPlatform`. Only webhooks about chats have it.
    #[doc(alias = "OptPlatform")]
    pub opt_platform: Option<&'a str>,
    /// The signature: `Sign`. It is present only if the console has a token for the webhook. `Query::verify` (feature
    /// `webhook-sign`) checks it.
    #[doc(alias = "Sign")]
    pub sign: Option<&'a str>,
    /// When the server made the call, as Unix time in seconds, in text: `RequestTime`. It is present only with
    /// [`sign`](field@Self::sign).
    #[doc(alias = "RequestTime")]
    pub request_time: Option<&'a str>,
}

impl<'a> Query<'a> {
    /// Reads a query. The path and the `?` may come before it.
    ///
    /// Names may be in any letter case. Of several parameters with the same name, the first one is used. Unknown parameters,
    /// such as those of your own URL, are ignored.
    #[must_use]
    pub fn parse(target: &'a str) -> Self {
        let mut query = Self::default();
        let mut rest = Some(split_at_byte(target, b'?').map_or(target, |(_, query)| query));
        while let Some(text) = rest {
            let (parameter, others) =
                split_at_byte(text, b'&').map_or((text, None), |(first, others)| (first, Some(others)));
            rest = others;
            let Some((name, value)) = split_at_byte(parameter, b'=') else { continue };
            if name.eq_ignore_ascii_case("SdkAppid") {
                query.sdk_app_id = query.sdk_app_id.or(value.parse().ok());
                continue;
            }
            let place = match name {
                name if name.eq_ignore_ascii_case("CallbackCommand") => &mut query.command,
                name if name.eq_ignore_ascii_case("contenttype") => &mut query.content_type,
                name if name.eq_ignore_ascii_case("ClientIP") => &mut query.client_ip,
                name if name.eq_ignore_ascii_case("OptPlatform") => &mut query.opt_platform,
                name if name.eq_ignore_ascii_case("Sign") => &mut query.sign,
                name if name.eq_ignore_ascii_case("RequestTime") => &mut query.request_time,
                _ => continue,
            };
            *place = place.or(Some(value));
        }
        query
    }

    /// Checks that the call is about your app, as Tencent's page requires, and that this crate can read its form.
    ///
    /// | parameter | rule |
    /// |---|---|
    /// | `SdkAppid` | present, and the id of your app |
    /// | `CallbackCommand` | present, not empty |
    /// | `contenttype` | absent, or `json` in any letter case |
    ///
    /// Anyone can write these parameters: the signature does not cover them.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`], [`Rule::NotAllowed`] for another app, [`Rule::UnknownValue`] for another form.
    pub fn check(&self, sdk_app_id: u32) -> Result<(), CheckError> {
        const APP: &str = "SdkAppid";
        let app = self.sdk_app_id.ok_or(CheckError::new(APP, Rule::Missing))?;
        ensure(app == sdk_app_id, APP, Rule::NotAllowed)?;
        ensure(self.command.is_some_and(|command| !command.is_empty()), "CallbackCommand", Rule::Missing)?;
        let json = self.content_type.is_none_or(|form| form.eq_ignore_ascii_case("json"));
        ensure(json, "contenttype", Rule::UnknownValue)
    }
}

show! {
    struct Query<'_> {
        sdk_app_id,
        command [public],
        content_type [public],
        client_ip [secret],
        opt_platform [public],
        sign [secret],
        request_time [public],
    }
}
