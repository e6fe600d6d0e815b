//! An info of the REST API and the web form, the one as the other. The settings say all that the web form can, so the way
//! over them loses nothing more.

use super::Converted;
use crate::bytes::BufferFull;
use crate::tim::{OfflinePushInfo, WebPushInfo};

impl<'a> OfflinePushInfo<'a> {
    /// The same in the web form, in Flutter's spelling ([`nested`](WebPushInfo::nested) gives the web SDK's), and what that
    /// cannot say: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` is for the vendor parameters, as for [`to_settings`](Self::to_settings).
    ///
    /// # Errors
    ///
    /// `scratch` is too short; the error has the exact length.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::OfflinePushInfo;
    ///
    /// let info: OfflinePushInfo = json::from_str(r#"{"Desc":"Hi","ApnsInfo":{"Title":"Alice","BadgeMode":1}}"#)?;
    /// let web = info.to_web(&mut [])?;
    /// assert_eq!((web.value.desc, web.value.ignore_ios_badge), (Some("Hi"), Some(true)));
    /// assert!(web.lost.iter().eq(["ApnsInfo.Title"]));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn to_web(&self, scratch: &'a mut [u8]) -> Result<Converted<WebPushInfo<'a>>, BufferFull> {
        let settings = self.to_settings(scratch)?;
        let web = settings.value.to_web();
        Ok(Converted { value: web.value, lost: settings.lost.and(web.lost) })
    }
}

impl<'a> WebPushInfo<'a> {
    /// The same as the REST API says it, and what that cannot say: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` is for texts with escapes in [`vendor_params`](Self::vendor_params): as many bytes as these have always
    /// suffice, none without backslashes in them.
    ///
    /// # Errors
    ///
    /// `scratch` is too short. Vendor parameters that cannot be read are no error, they are lost.
    ///
    /// ```
    /// use offline_push::tim::{Switch, WebPushInfo};
    ///
    /// let mut web = WebPushInfo::new();
    /// (web.disable_voip_push, web.ignore_harmony_badge) = (Some(false), Some(true));
    /// let info = web.to_info(&mut [])?;
    /// assert_eq!(info.value.apns_info.unwrap().is_voip_push, Some(Switch::ON));
    /// assert!(info.lost.iter().eq(["ignoreHarmonyBadge"]));
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_info(&self, scratch: &'a mut [u8]) -> Result<Converted<OfflinePushInfo<'a>>, BufferFull> {
        let settings = self.to_settings();
        let info = settings.value.to_info(scratch)?;
        Ok(Converted { value: info.value, lost: settings.lost.and(info.lost) })
    }
}
