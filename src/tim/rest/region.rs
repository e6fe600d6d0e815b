//! Where the server is.

/// The country or region that an app's data is in, chosen where the app is created. Each has a host of its own; an app is
/// known in its own region only (error 70020 elsewhere).
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
    /// Tokyo, Japan: in the newest pages only (269/1629 of 2026).
    Tokyo,
    /// Frankfurt, Germany.
    Frankfurt,
    /// Mumbai, India: no longer in the pages since the middle of 2024.
    Mumbai,
    /// Silicon Valley, USA.
    SiliconValley,
    /// Jakarta, Indonesia: since 2024.
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

    /// The host to turn to where the other one cannot be reached (34620; Tokyo's is in the source of a public client only).
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
