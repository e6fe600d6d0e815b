//! A certificate that owns its texts: for the state of a server.

use alloc::boxed::Box;
use core::fmt;

use serde::de::{Deserialize, Deserializer, Error};

use self::form::CertificateForm;
use crate::check::CheckError;
use crate::click::{ClickAction, ClickEvent};
use crate::ext::Ext;
use crate::json::Boxed;
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::Certificate;

/// A [`Certificate`] that owns its texts. It is `Send`, `Sync` and `'static`, so it fits into the state of a server. Feature `alloc`.
///
/// It is checked once, when it is made, and never changes. [`get`](Self::get) returns the certificate itself, without a copy. White
/// space around the key and the secret is removed. `Debug` and `defmt` show the same as those of [`Certificate`], without the secret.
///
/// # serde
///
/// It is read from a settings file (JSON, TOML, YAML …), and never written, because it contains a secret. A binary format, such
/// as postcard, holds the same members as one string of JSON. An error names the member and does not show its value.
///
/// ```
/// use offline_push::delivery::OwnedCertificate;
/// use offline_push::ClickEvent;
///
/// let settings = r#"{
///     "id": 6666,
///     "app_id": 10004,
///     "app_key": "25509283-3767-4b9e-83fe-b6e55ac6243e",
///     "app_secret": "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21",
///     "click_event": "open_screen",
///     "click_content": "intent://com.example/detail#Intent;scheme=pushscheme;end"
/// }"#;
/// let certificate: OwnedCertificate = serde_json::from_str(settings)?;
/// assert_eq!(certificate.get().click.click_event(), Some(ClickEvent::OpenScreen));
/// assert!(!format!("{certificate:?}").contains("7265f2a4"));
///
/// let sign = certificate.get().sign(1_501_484_120_000);
/// assert_eq!(sign.as_str(), "fe3b46a2befc60334c2388676a752bd6");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// | member | content |
/// |---|---|
/// | `id` | [`Certificate::id`](field@Certificate::id) |
/// | `app_id`, `app_key`, `app_secret` | from vivo's console |
/// | `click_event` | a [`ClickEvent::name`], or `custom` for [`ClickAction::Custom`]. Optional: the default is `open_app` |
/// | `click_content` | the URL, the URI of the screen, or the custom text |
/// | `ext` | the ext of the click event: text. Optional |
/// | `accept_tokens_of_other_certificates` | true or false. Optional: the default is false |
///
/// Other members are skipped.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnedCertificate {
    id: u32,
    app_id: u64,
    app_key: Box<str>,
    app_secret: Box<str>,
    click: OwnedClick,
    accept_tokens_of_other_certificates: bool,
}

/// A [`ClickAction`] that owns its texts.
#[derive(Clone, PartialEq, Eq)]
enum OwnedClick {
    App { ext: Option<Box<[u8]>> },
    Url(Box<str>),
    Screen { uri: Box<str>, ext: Option<Box<[u8]>> },
    Custom(Box<str>),
}

impl OwnedCertificate {
    /// Checks a certificate, and copies it.
    ///
    /// # Errors
    ///
    /// As [`Certificate::check`].
    ///
    /// ```
    /// use offline_push::ClickAction;
    /// use offline_push::delivery::OwnedCertificate;
    /// use offline_push::vivo::Certificate;
    ///
    /// struct Gateway {
    ///     certificate: OwnedCertificate,
    /// }
    ///
    /// let (key, secret) = (String::from("app key"), String::from("app secret\n"));
    /// let certificate = Certificate::new(6666, 10004, &key, &secret, ClickAction::default());
    /// let gateway = Gateway { certificate: OwnedCertificate::try_new(&certificate)? };
    /// drop((key, secret));
    /// assert_eq!(gateway.certificate.get().app_secret, "app secret");
    /// # Ok::<(), offline_push::CheckError>(())
    /// ```
    pub fn try_new(certificate: &Certificate<'_>) -> Result<Self, CheckError> {
        certificate.check()?;
        let bytes = |ext: Option<Ext<'_>>| ext.map(|ext| ext.as_bytes().into());
        Ok(Self {
            id: certificate.id,
            app_id: certificate.app_id,
            app_key: certificate.app_key.trim().into(),
            app_secret: certificate.app_secret.trim().into(),
            click: match certificate.click {
                ClickAction::OpenApp { ext } => OwnedClick::App { ext: bytes(ext) },
                ClickAction::OpenUrl(url) => OwnedClick::Url(url.as_str().into()),
                ClickAction::OpenScreen { intent, ext } => {
                    OwnedClick::Screen { uri: intent.as_str().into(), ext: bytes(ext) }
                }
                ClickAction::Custom(text) => OwnedClick::Custom(text.into()),
            },
            accept_tokens_of_other_certificates: certificate.accept_tokens_of_other_certificates,
        })
    }

    /// The certificate, which borrows from this value. The call costs nothing.
    #[must_use]
    pub fn get(&self) -> Certificate<'_> {
        let click = match &self.click {
            OwnedClick::App { ext: bytes } => ClickAction::OpenApp { ext: bytes.as_deref().map(Ext::new) },
            OwnedClick::Url(url) => ClickAction::OpenUrl(WebUrl::checked_before(url)),
            OwnedClick::Screen { uri, ext: bytes } => ClickAction::OpenScreen {
                intent: IntentUri::checked_before(uri),
                ext: bytes.as_deref().map(Ext::new),
            },
            OwnedClick::Custom(text) => ClickAction::Custom(text),
        };
        Certificate::new(self.id, self.app_id, &self.app_key, &self.app_secret, click)
            .accept_tokens_of_other_certificates(self.accept_tokens_of_other_certificates)
    }
}

impl fmt::Debug for OwnedCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for OwnedCertificate {
    fn format(&self, f: defmt::Formatter<'_>) {
        self.get().format(f);
    }
}

impl<'de> Deserialize<'de> for OwnedCertificate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Boxed::<CertificateForm<'static>>::deserialize(deserializer)?;
        let form = form.get();
        let content = form.click_content.unwrap_or_default();
        let ext = form.ext.map(Ext::from);
        let click = match form.click_event.unwrap_or(ClickEvent::OpenApp.name()) {
            "open_app" => Ok(ClickAction::OpenApp { ext: None }),
            "open_url" => ClickAction::from_console(ClickEvent::OpenUrl, content),
            "open_screen" => ClickAction::from_console(ClickEvent::OpenScreen, content),
            "custom" => Ok(ClickAction::Custom(content)),
            _ => return Err(D::Error::custom("`click_event` is not a click event")),
        };
        let click = click.map_err(D::Error::custom)?.with_ext(ext);
        let certificate = Certificate::new(form.id, form.app_id, form.app_key, form.app_secret, click)
            .accept_tokens_of_other_certificates(form.accept_tokens_of_other_certificates.unwrap_or(false));
        Self::try_new(&certificate).map_err(D::Error::custom)
    }
}

/// The members in a file of settings.
#[allow(dead_code, unreachable_pub, missing_docs)] // The macro makes what messages have.
mod form {
    use crate::json::message;

    message! {
        pub struct CertificateForm<'a> {
            id: u32 = "id",
            app_id: u64 = "app_id",
            app_key: &'a str = "app_key" [secret],
            app_secret: &'a str = "app_secret" [secret],
            click_event: Option<&'a str> = "click_event",
            click_content: Option<&'a str> = "click_content",
            ext: Option<&'a str> = "ext",
            accept_tokens_of_other_certificates: Option<bool> = "accept_tokens_of_other_certificates",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use std::string::ToString;
    use std::{format, thread};

    use serde_json::json;

    use super::OwnedCertificate;
    use crate::check::{CheckError, Rule};
    use crate::click::ClickAction;
    use crate::ext::Ext;
    use crate::uri::{IntentUri, WebUrl};
    use crate::vivo::Certificate;

    fn certificate(click: ClickAction<'_>) -> Certificate<'_> {
        Certificate::new(6666, 10004, " key\t", "\nsecret ", click)
    }

    #[test]
    fn try_new_keeps_each_click_action() {
        let intent = IntentUri::try_new("intent://a/b#Intent;scheme=c;end").unwrap();
        let ext = Some(Ext::new(b"\xff"));
        for click in [
            ClickAction::default(),
            ClickAction::OpenApp { ext },
            ClickAction::OpenUrl(WebUrl::try_new("https://a").unwrap()),
            ClickAction::OpenScreen { intent, ext: None },
            ClickAction::OpenScreen { intent, ext },
            ClickAction::Custom("text"),
        ] {
            let given = certificate(click).accept_tokens_of_other_certificates(true);
            let owned = OwnedCertificate::try_new(&given).unwrap();
            let other = thread::spawn(move || owned).join().unwrap();
            let trimmed = Certificate { app_key: "key", app_secret: "secret", ..given };
            assert_eq!(other.get(), trimmed);
        }
    }

    #[test]
    fn try_new_checks() {
        let without_id = Certificate { id: 0, ..certificate(ClickAction::default()) };
        let missing = CheckError::new("certificate.id", Rule::Missing);
        assert_eq!(OwnedCertificate::try_new(&without_id).err(), Some(missing));
    }

    #[test]
    fn deserialize_from_a_value_without_borrowed_text() {
        let value = json!({
            "id": 6666, "app_id": 10004, "app_key": "key", "app_secret": "a\n\"b", "comment": [1],
            "click_event": "open_url", "click_content": "https://a", "accept_tokens_of_other_certificates": true,
        });
        let owned: OwnedCertificate = serde_json::from_value(value.clone()).unwrap();
        let url = ClickAction::OpenUrl(WebUrl::try_new("https://a").unwrap());
        let expected = Certificate::new(6666, 10004, "key", "a\n\"b", url);
        assert_eq!(owned.get(), expected.accept_tokens_of_other_certificates(true));
        let bytes = {
            let mut buffer = [0; 512];
            postcard::to_slice(&value.to_string(), &mut buffer).unwrap().to_vec()
        };
        assert_eq!(postcard::from_bytes::<OwnedCertificate>(&bytes), Ok(owned));
    }

    #[test]
    fn deserialize_each_click_event() {
        let intent = IntentUri::try_new("intent://a/b#Intent;scheme=c;end").unwrap();
        let ext = Some(Ext::from("x"));
        for (click, content, expected) in [
            (json!(null), "", ClickAction::OpenApp { ext }),
            (json!("open_app"), "", ClickAction::OpenApp { ext }),
            (json!("open_screen"), intent.as_str(), ClickAction::OpenScreen { intent, ext }),
            (json!("custom"), "text", ClickAction::Custom("text").with_ext(ext)),
        ] {
            let value = json!({
                "id": 6666, "app_id": 10004, "app_key": "key", "app_secret": "secret",
                "click_event": click, "click_content": content, "ext": "x",
            });
            let owned: OwnedCertificate = serde_json::from_value(value).unwrap();
            assert_eq!(owned.get(), Certificate::new(6666, 10004, "key", "secret", expected), "{click}");
        }
    }

    #[test]
    fn deserialize_error_names_the_member_and_shows_no_value() {
        let valid = json!({"id": 6666, "app_id": 10004, "app_key": "key", "app_secret": "secret"});
        assert!(serde_json::from_value::<OwnedCertificate>(valid.clone()).is_ok());
        for (member, wrong, named) in [
            ("app_secret", json!(123_456_789), "app_secret"),
            ("app_secret", json!(["SECRET"]), "app_secret"),
            ("app_secret", json!({"SECRET": 1}), "app_secret"),
            ("app_secret", json!(" "), "appSecret"),
            ("app_secret", json!(null), "app_secret"),
            ("app_id", json!("SECRET"), "app_id"),
            ("id", json!(0), "certificate.id"),
            ("click_event", json!("SECRET"), "click_event"),
            ("click_event", json!("open_url"), "skipContent"),
        ] {
            let mut value = valid.clone();
            value[member] = wrong;
            for error in [
                serde_json::from_str::<OwnedCertificate>(&value.to_string()).unwrap_err(),
                serde_json::from_value::<OwnedCertificate>(value.clone()).unwrap_err(),
            ] {
                let error = error.to_string();
                let shown = error.contains("SECRET") || error.contains("123456789");
                assert!(error.contains(named) && !shown, "{member}: {error}");
            }
        }
    }

    #[test]
    fn debug_without_the_secret() {
        let shown = format!("{:?}", OwnedCertificate::try_new(&certificate(ClickAction::default())).unwrap());
        assert!(shown.contains("app_id: 10004"), "{shown}");
        assert!(!shown.contains("\"secret\"") && !shown.contains("nsecret"), "{shown}");
    }
}
