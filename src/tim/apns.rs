//! The payload of a push to an iPhone.

use crate::ext::Ext;
use crate::json::{Raw, message};

message! {
    /// The payload that Tencent IM sends through APNs. The app gets it as `userInfo` (format description, product/1047/33527).
    ///
    /// ```
    /// use offline_push::tim::ApnsPayload;
    /// use offline_push::{Ext, json};
    ///
    /// let user_info = r#"{"aps":{"alert":"Nickname:hello","badge":5},"ext":"www.qq.com"}"#;
    /// let payload: ApnsPayload = json::from_str(user_info)?;
    /// assert_eq!(payload.ext, Some(Ext::from("www.qq.com")));
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    #[doc(alias = "userInfo")]
    pub struct ApnsPayload<'a> {
        /// Apple's part (`alert`, `badge`, `sound`), unchanged.
        aps: Option<Raw<'a>> = "aps",
        /// The app's own data from the sender. APNs accepts at most 4 KB for the whole payload.
        ext: Option<Ext<'a>> = "ext",
    }
}

impl ApnsPayload<'_> {
    /// A payload with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for ApnsPayload<'_> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::ApnsPayload;
    use crate::ext::Ext;
    use crate::json::{self, DecodeErrorKind, EncodeError, Raw};

    const AS_RECEIVED: &str = include_str!("../../tests/fixtures/tencent/apns_payload_as_received.json");

    #[test]
    fn decode_published_payload() {
        let payload: ApnsPayload<'_> = json::from_str(AS_RECEIVED).unwrap();
        assert_eq!(payload.ext, Some(Ext::from("www.qq.com")));
        let aps = payload.aps.unwrap();
        assert!(AS_RECEIVED.contains(aps.as_str()), "unchanged, with its white space");
        let aps: serde_json::Value = serde_json::from_str(aps.as_str()).unwrap();
        let expected =
            serde_json::json!({"alert": "Nickname:helloworld", "badge": 5, "sound": "dingdong.aiff"});
        assert_eq!(aps, expected);

        let mut buffer = [0; 256];
        let written = json::to_str(&payload, &mut buffer).unwrap();
        assert_eq!(json::from_str(written), Ok(payload));
    }

    #[test]
    fn decode_ext_that_contains_json() {
        let mut received =
            *br#"{"ext":"{\"entity\":{\"sender\":\"\u4e2d\"}}","aps":{"alert":{"body":"\u4e2d"}}}"#;
        let payload: ApnsPayload<'_> = json::from_slice_in_place(&mut received).unwrap();
        assert_eq!(payload.ext.and_then(|ext| ext.as_str()), Some(r#"{"entity":{"sender":"中"}}"#));
        assert_eq!(payload.aps.map(|aps| aps.as_str()), Some(r#"{"alert":{"body":"\u4e2d"}}"#));
    }

    #[test]
    fn decode_parts_are_optional_and_others_ignored() {
        for (text, parts) in [
            ("{}", (false, false)),
            (r#"{"aps":null,"ext":null}"#, (false, false)),
            (r#"{"ext":""}"#, (false, true)),
            (r#"{"TIMPush":{"ext":[]},"aps":{}}"#, (true, false)),
        ] {
            let payload: ApnsPayload<'_> = json::from_str(text).unwrap();
            assert_eq!((payload.aps.is_some(), payload.ext.is_some()), parts, "{text}");
        }
        assert_eq!(json::from_str("{}"), Ok(ApnsPayload::new()));
        assert_eq!(ApnsPayload::new(), ApnsPayload::default());
    }

    #[test]
    fn decode_and_encode_ext_that_is_not_text() {
        for text in [r#"{"ext":{}}"#, r#"{"ext":["a"]}"#, r#"{"ext":true}"#] {
            let error = json::from_str::<ApnsPayload<'_>>(text).unwrap_err();
            assert_eq!((error.kind(), error.field()), (DecodeErrorKind::WrongType, Some("ext")), "{text}");
        }
        let payload = ApnsPayload::new().aps(Raw::new("{}").unwrap()).ext(Ext::new(b"\xff"));
        let refused = json::to_slice(&payload, &mut [0; 64]).unwrap_err();
        assert!(matches!(refused, EncodeError::NotUtf8 { .. }), "{refused}");
    }
}
