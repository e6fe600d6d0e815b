//! The vendor of a phone, and the app's certificate ids for each vendor (steps 1 and 2 of "The path of a push" in the crate's documentation).

mod start;

use core::fmt;
use core::num::NonZeroU32;

use crate::check::{CheckError, Rule};
use crate::limits::TextLimits;
use crate::tim::{OfflinePushToken, PushStyle};

pub use start::{ConsoleValue, SdkStart};

crate::json::open_number! {
    /// The vendor whose push service a phone uses. The number is the instance type of Tencent's demos and `TUIKit`
    /// (`IMFunc.getClientInstType`; TIMSDK `TUIOfflinePushConfig`); the SDK's log shows this number after the certificate id
    /// and the token. No number for iOS is public.
    ///
    /// ```
    /// use offline_push::Vendor;
    ///
    /// assert_eq!(Vendor::from_build("vivo", "vivo"), Vendor::VIVO);
    /// assert_eq!(Vendor::VIVO.get(), 2005);
    /// assert_eq!(Vendor::new(2008).meaning(), None); // newer than this crate
    /// ```
    #[doc(alias = "instanceType")]
    #[doc(alias = "getClientInstType")]
    #[doc(alias = "BrandUtil")]
    #[doc(alias = "IMFunc")]
    pub struct Vendor(i32) {
        /// Xiaomi, including Redmi and POCO.
        XIAOMI = 2000 => "Xiaomi",
        /// Huawei.
        HUAWEI = 2001 => "Huawei",
        /// Google (FCM), and every brand without a push service listed here.
        GOOGLE = 2002 => "Google",
        /// Meizu.
        MEIZU = 2003 => "Meizu",
        /// OPPO, including realme and `OnePlus`.
        OPPO = 2004 => "OPPO",
        /// vivo, including iQOO.
        VIVO = 2005 => "vivo",
        /// Honor, since its separation from Huawei.
        HONOR = 2006 => "Honor",
        /// NIO (the IM SDK's `SystemUtil.getInstanceType`; a push channel of Tencent's page 1047/76551 since 2026).
        NIO = 2007 => "NIO",
    }
}

impl Vendor {
    /// The vendor of a phone, from Android's `Build.BRAND` and `Build.MANUFACTURER`. Pass both as the system returns them. The
    /// whole value is compared, ignoring letter case.
    ///
    /// Rules and order are those of the IM SDK itself (`com.tencent.imsdk.common.SystemUtil.getInstanceType`), whose number goes
    /// to IM with the token. The first rule that applies decides:
    ///
    /// | vendor | `BRAND` or `MANUFACTURER` |
    /// |---|---|
    /// | [`XIAOMI`](Self::XIAOMI) | `xiaomi`, `redmi` |
    /// | [`HONOR`](Self::HONOR) | `honor` in both |
    /// | [`HUAWEI`](Self::HUAWEI) | `huawei`; or `honor` as `BRAND` |
    /// | [`MEIZU`](Self::MEIZU) | `meizu`; or `22c4185e` as `BRAND` (TIMSDK's `BrandUtil` only) |
    /// | [`OPPO`](Self::OPPO) | `oppo`, `realme`, `oneplus` |
    /// | [`VIVO`](Self::VIVO) | `vivo`, `iqoo` |
    /// | [`NIO`](Self::NIO) | `nio` in both |
    /// | [`GOOGLE`](Self::GOOGLE) | anything else |
    ///
    /// So an old Honor phone, made by Huawei, belongs to Huawei, and a new one to Honor. `BrandUtil` also queries Meizu's own SDK,
    /// which needs a running phone.
    ///
    /// Older code differs. At first, the IM SDK recognized none of Honor, `redmi`, `iqoo` and `nio`, and `BrandUtil` of 2023 does
    /// not recognize the last three. `BrandUtil` of 2022 does not recognize Honor: `honor` in either value means Huawei. The
    /// guide's `IMFunc` of 2020 does not recognize `honor`, `realme` and `oneplus`; its order is Xiaomi, Huawei, Meizu, OPPO,
    /// vivo, and it reports nothing for other brands. A document of 2016 searches for the name anywhere in `MANUFACTURER`.
    ///
    /// None of these sources searches for `poco`: such phones match by their `MANUFACTURER`, `Xiaomi`.
    ///
    /// Call this function first, and check for Google's services only if the result is [`GOOGLE`](Self::GOOGLE). In the other
    /// order, pushes to Chinese phones that have Google's services are lost without an error.
    ///
    /// ```
    /// use offline_push::Vendor;
    ///
    /// assert_eq!(Vendor::from_build("Redmi", "Xiaomi"), Vendor::XIAOMI);
    /// assert_eq!(Vendor::from_build("HONOR", "HUAWEI"), Vendor::HUAWEI);
    /// assert_eq!(Vendor::from_build("HONOR", "HONOR"), Vendor::HONOR);
    /// assert_eq!(Vendor::from_build("nio", "NIO"), Vendor::NIO);
    /// assert_eq!(Vendor::from_build("google", "Google"), Vendor::GOOGLE);
    /// ```
    #[doc(alias = "isBrandVivo")]
    #[doc(alias = "getInstanceType")]
    #[must_use]
    pub fn from_build(brand: &str, manufacturer: &str) -> Self {
        let branded = |name: &str| brand.eq_ignore_ascii_case(name);
        let made = |name: &str| manufacturer.eq_ignore_ascii_case(name);
        let either = |name: &str| branded(name) || made(name);
        let both = |name: &str| branded(name) && made(name);
        if either("xiaomi") || either("redmi") {
            Self::XIAOMI
        } else if both("honor") {
            Self::HONOR
        } else if either("huawei") || branded("honor") {
            Self::HUAWEI
        } else if either("meizu") || branded("22c4185e") {
            Self::MEIZU
        } else if ["oppo", "realme", "oneplus"].into_iter().any(either) {
            Self::OPPO
        } else if either("vivo") || either("iqoo") {
            Self::VIVO
        } else if both("nio") {
            Self::NIO
        } else {
            Self::GOOGLE
        }
    }

    /// How much text the vendor shows; Tencent truncates longer text ([`TextLimits`]). `None` for Google and NIO, whose limits are
    /// not documented, and for a vendor that this crate does not know.
    ///
    /// The style is that of [`AndroidInfo::push_style`](crate::tim::AndroidInfo::push_style). Only OPPO's limits depend on the style.
    ///
    /// ```
    /// use offline_push::Vendor;
    /// use offline_push::limits::TextLimits;
    /// use offline_push::tim::PushStyle;
    ///
    /// let (small, large) = (PushStyle::DEFAULT, PushStyle::LARGE_TEXT);
    /// assert_eq!(Vendor::VIVO.text_limits(small), Some(TextLimits::VIVO));
    /// assert_eq!(Vendor::OPPO.text_limits(small), Some(TextLimits::OPPO));
    /// assert_eq!(Vendor::OPPO.text_limits(large), Some(TextLimits::OPPO_LARGE_TEXT));
    /// assert_eq!(Vendor::GOOGLE.text_limits(small), None);
    /// ```
    #[must_use]
    pub const fn text_limits(self, style: PushStyle) -> Option<TextLimits> {
        Some(match (self, style) {
            (Self::XIAOMI, _) => TextLimits::XIAOMI,
            (Self::HUAWEI, _) => TextLimits::HUAWEI,
            (Self::MEIZU, _) => TextLimits::MEIZU,
            (Self::OPPO, PushStyle::LARGE_TEXT) => TextLimits::OPPO_LARGE_TEXT,
            (Self::OPPO, _) => TextLimits::OPPO,
            (Self::VIVO, _) => TextLimits::VIVO,
            (Self::HONOR, _) => TextLimits::HONOR,
            _ => return None,
        })
    }
}

/// The app's certificate ids, one for each vendor whose certificate was uploaded to the IM console. They are the guide's
/// `Constants`, from which its `setPushTokenToTIM` chooses (step 4).
///
/// The table is borrowed, so it can be a constant. An app that is also published overseas has other certificates there: use a
/// second table.
///
/// ```
/// use offline_push::{CertificateIds, TokenError, Vendor};
///
/// // The guide's VIVO_PUSH_BUZID. The id 0 means no certificate.
/// const TABLE: &[(Vendor, u32)] = &[(Vendor::VIVO, 6666), (Vendor::OPPO, 0)];
/// const IDS: CertificateIds = CertificateIds::new(TABLE);
/// const _: () = assert!(IDS.check().is_ok()); // when it is compiled
///
/// let reg_id = "12345678901234567890123";
/// let token = IDS.token(Vendor::from_build("vivo", "vivo"), reg_id)?;
/// assert_eq!((token.business_id, token.token), (6666, reg_id));
///
/// let none = IDS.token(Vendor::from_build("OPPO", "OPPO"), reg_id);
/// assert_eq!(none, Err(TokenError::NoCertificate(Vendor::OPPO)));
/// # Ok::<(), TokenError>(())
/// ```
#[doc(alias = "ThirdPushTokenMgr")]
#[doc(alias = "setPushTokenToTIM")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct CertificateIds<'a> {
    ids: &'a [(Vendor, u32)],
}

impl<'a> CertificateIds<'a> {
    /// A table of the certificate ids that the IM console assigned. The id 0 means no certificate, as in Tencent's demos. If a
    /// vendor has several ids, the first one is used. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(ids: &'a [(Vendor, u32)]) -> Self {
        Self { ids }
    }

    /// Checks that each vendor has one id, and each id one vendor. Entries with the id 0 do not count. IM generates a *unique* id
    /// for each certificate (the guide, process step 3), and a certificate belongs to one vendor. So the same id for two vendors
    /// is a mistake: IM would push to one of the two phones through the other's vendor, and the push would be lost.
    ///
    /// The time grows with the square of the number of entries.
    ///
    /// # Errors
    ///
    /// - [`Rule::DuplicateKey`] for the field `vendor`, if a vendor has two ids, even if they are the same.
    /// - [`Rule::NotUnique`] for the field `offline_push_token_business_id`, if two vendors have the same id.
    ///
    /// ```
    /// use offline_push::{CertificateIds, CheckError, Rule, Vendor};
    ///
    /// let ids = CertificateIds::new(&[(Vendor::VIVO, 6666), (Vendor::OPPO, 6666)]);
    /// let error = CheckError::new("offline_push_token_business_id", Rule::NotUnique);
    /// assert_eq!(ids.check(), Err(error));
    /// ```
    pub const fn check(&self) -> Result<(), CheckError> {
        let mut entries = self.ids;
        while let [(vendor, id), rest @ ..] = entries {
            entries = rest;
            if *id == 0 {
                continue;
            }
            let mut others = rest;
            while let [(other, other_id), rest @ ..] = others {
                others = rest;
                if *other_id == 0 {
                    continue;
                }
                if other.get() == vendor.get() {
                    return Err(CheckError::new("vendor", Rule::DuplicateKey));
                }
                if *other_id == *id {
                    return Err(CheckError::new("offline_push_token_business_id", Rule::NotUnique));
                }
            }
        }
        Ok(())
    }

    /// The certificate id for a vendor; `None` if the table has none.
    #[must_use]
    pub fn id(&self, vendor: Vendor) -> Option<NonZeroU32> {
        self.ids.iter().filter(|(of, _)| *of == vendor).find_map(|(_, id)| NonZeroU32::new(*id))
    }

    /// The token to report to IM after login: the certificate id for the vendor, and the token from the vendor's push service (a
    /// regId for vivo).
    ///
    /// # Errors
    ///
    /// [`TokenError::NoCertificate`] if the table has no id for the vendor; [`TokenError::Check`] as for
    /// [`OfflinePushToken::check`].
    pub fn token<'t>(&self, vendor: Vendor, reg_id: &'t str) -> Result<OfflinePushToken<'t>, TokenError> {
        let id = self.id(vendor).ok_or(TokenError::NoCertificate(vendor))?;
        let token = OfflinePushToken::new(id.get(), reg_id);
        token.check()?;
        Ok(token)
    }
}

/// Why there is no token to report to IM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum TokenError {
    /// The app has no certificate for this vendor (IM's code 22001). Such a phone cannot get pushes.
    NoCertificate(Vendor),
    /// The token breaks a rule of the IM SDK.
    Check(CheckError),
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCertificate(vendor) => write!(f, "no certificate for vendor {vendor}"),
            Self::Check(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::NoCertificate(_) => None,
            Self::Check(error) => Some(error),
        }
    }
}

impl From<CheckError> for TokenError {
    fn from(error: CheckError) -> Self {
        Self::Check(error)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::format;
    use std::string::{String, ToString};
    use std::vec::Vec;

    use super::{CertificateIds, TokenError, Vendor};
    use crate::check::{CheckError, Rule};

    const REG_ID: &str = "12345678901234567890123";

    /// A name in lower, upper and mixed case.
    fn cases(name: &str) -> [String; 4] {
        let alternating = |odd: usize| {
            let cased = |(at, letter): (usize, char)| match at % 2 == odd {
                true => letter.to_ascii_uppercase(),
                false => letter.to_ascii_lowercase(),
            };
            name.chars().enumerate().map(cased).collect()
        };
        [name.to_lowercase(), name.to_uppercase(), alternating(0), alternating(1)]
    }

    /// Asserts the vendor for each of the values in every letter case.
    fn is(vendor: Vendor, brand: &str, manufacturer: &str) {
        for brand in cases(brand) {
            for manufacturer in cases(manufacturer) {
                assert_eq!(Vendor::from_build(&brand, &manufacturer), vendor, "{brand} by {manufacturer}");
            }
        }
    }

    /// Every brand of the IM SDK's detector, in its order, with the values that it looks for in either field.
    const EITHER: [(&str, Vendor); 9] = [
        ("xiaomi", Vendor::XIAOMI),
        ("redmi", Vendor::XIAOMI),
        ("huawei", Vendor::HUAWEI),
        ("meizu", Vendor::MEIZU),
        ("oppo", Vendor::OPPO),
        ("realme", Vendor::OPPO),
        ("oneplus", Vendor::OPPO),
        ("vivo", Vendor::VIVO),
        ("iqoo", Vendor::VIVO),
    ];

    #[test]
    fn from_build_each_brand_in_either_field() {
        for (name, vendor) in EITHER {
            is(vendor, name, name);
            is(vendor, name, "someone");
            is(vendor, "something", name);
        }
    }

    #[test]
    fn from_build_brands_with_a_rule_of_their_own() {
        for (brand, manufacturer, vendor) in [
            ("honor", "huawei", Vendor::HUAWEI),
            ("honor", "someone", Vendor::HUAWEI),
            ("huawei", "honor", Vendor::HUAWEI),
            ("honor", "honor", Vendor::HONOR),
            ("something", "honor", Vendor::GOOGLE),
            ("22c4185e", "someone", Vendor::MEIZU),
            ("something", "22c4185e", Vendor::GOOGLE),
            ("nio", "nio", Vendor::NIO),
            ("nio", "someone", Vendor::GOOGLE),
            ("something", "nio", Vendor::GOOGLE),
            ("poco", "xiaomi", Vendor::XIAOMI),
            ("poco", "someone", Vendor::GOOGLE),
        ] {
            is(vendor, brand, manufacturer);
        }
    }

    #[test]
    fn from_build_first_matching_rule_wins() {
        let order = EITHER.into_iter().chain([("someone", Vendor::GOOGLE)]);
        for (at, (first, vendor)) in order.clone().enumerate() {
            for (second, _) in order.clone().skip(at) {
                is(vendor, first, second);
                is(vendor, second, first);
            }
        }
        for (brand, vendor, earlier) in
            [("honor", Vendor::HUAWEI, 2), ("22c4185e", Vendor::MEIZU, 3), ("nio", Vendor::GOOGLE, 9)]
        {
            for (at, (name, first)) in EITHER.into_iter().enumerate() {
                is(if at < earlier { first } else { vendor }, brand, name);
            }
        }
    }

    #[test]
    fn from_build_partial_and_unknown_names_are_google() {
        is(Vendor::GOOGLE, "google", "google");
        for name in
            ["", "vivo ", " vivo", "vivo communication", "viv", "vivovivo", "ｖｉｖｏ", "小米", "xiaomi\0"]
        {
            is(Vendor::GOOGLE, name, name);
        }
    }

    #[test]
    fn certificate_ids_token_has_id_and_reg_id() {
        const TABLE: CertificateIds = CertificateIds::new(&[(Vendor::XIAOMI, 15518), (Vendor::VIVO, 6666)]);
        let token = TABLE.token(Vendor::VIVO, REG_ID).unwrap();
        assert_eq!((token.business_id, token.token), (6666, REG_ID));
        assert_eq!((token.is_tpns_token, token.token_type), (None, None));
        assert_eq!(TABLE.token(Vendor::XIAOMI, REG_ID).unwrap().business_id, 15518);
    }

    #[test]
    fn certificate_ids_vendor_without_id_has_no_certificate() {
        let table = [(Vendor::VIVO, 6666), (Vendor::OPPO, 0), (Vendor::new(2008), 7)];
        let certificates = CertificateIds::new(&table);
        for vendor in [Vendor::OPPO, Vendor::HONOR, Vendor::new(2009)] {
            assert_eq!(certificates.id(vendor), None);
            let error = certificates.token(vendor, REG_ID).unwrap_err();
            assert_eq!(error, TokenError::NoCertificate(vendor));
        }
        assert_eq!(certificates.id(Vendor::new(2008)).map(u32::from), Some(7), "a vendor of next year");
        assert_eq!(CertificateIds::new(&[]).id(Vendor::VIVO), None);
        let error = certificates.token(Vendor::OPPO, REG_ID).unwrap_err();
        assert_eq!(error.to_string(), "no certificate for vendor 2004 (OPPO)");
    }

    #[test]
    fn certificate_ids_first_entry_with_an_id_is_used() {
        let table = [(Vendor::VIVO, 0), (Vendor::OPPO, 1), (Vendor::VIVO, u32::MAX), (Vendor::VIVO, 6666)];
        let certificates = CertificateIds::new(&table);
        assert_eq!(certificates.id(Vendor::VIVO).map(u32::from), Some(u32::MAX));
    }

    #[test]
    fn certificate_ids_check_refuses_an_id_of_two_vendors_and_two_ids_of_a_vendor() {
        let check = |ids: &[(Vendor, u32)]| CertificateIds::new(ids).check().map_err(|error| error.rule());
        let (vivo, oppo, honor) = (Vendor::VIVO, Vendor::OPPO, Vendor::HONOR);
        assert_eq!(check(&[]), Ok(()));
        assert_eq!(check(&[(vivo, 6666), (oppo, 0), (honor, 0), (vivo, 0), (oppo, 7)]), Ok(()));
        assert_eq!(check(&[(vivo, 6666), (oppo, 7), (honor, 6666)]), Err(Rule::NotUnique));
        assert_eq!(check(&[(vivo, 0), (oppo, 7), (honor, 7)]), Err(Rule::NotUnique));
        assert_eq!(check(&[(oppo, 7), (vivo, 6666), (vivo, 6666)]), Err(Rule::DuplicateKey));
        assert_eq!(check(&[(vivo, 6666), (oppo, 7), (vivo, 0), (vivo, 8)]), Err(Rule::DuplicateKey));
    }

    #[test]
    fn certificate_ids_token_is_checked() {
        let certificates = CertificateIds::new(&[(Vendor::VIVO, 6666)]);
        let refused = |token: &str| certificates.token(Vendor::VIVO, token).map(|_| ());
        const FIELD: &str = "offline_push_token_token";
        let missing = CheckError::new(FIELD, Rule::Missing);
        assert_eq!(refused(""), Err(TokenError::Check(missing)));
        assert_eq!(refused(&"x".repeat(257)), Err(CheckError::new(FIELD, Rule::TooLong { max: 256 }).into()));
        assert_eq!(refused(&"x".repeat(256)), Ok(()));
        assert_eq!(TokenError::Check(missing).to_string(), missing.to_string());
        // Without a certificate, the token is not checked.
        let shown: Vec<_> = ["", REG_ID].map(|token| certificates.token(Vendor::OPPO, token)).into();
        assert!(shown.iter().all(|error| *error == Err(TokenError::NoCertificate(Vendor::OPPO))));
        assert!(!format!("{shown:?}").contains(REG_ID));
    }
}
