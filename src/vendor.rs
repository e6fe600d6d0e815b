//! Which push service reaches this phone, and which certificate IM pushes through there: steps 1 and 2 on the device.

use core::fmt;
use core::num::NonZeroU32;

use crate::check::CheckError;
use crate::limits::TextLimits;
use crate::tim::{OfflinePushToken, PushStyle};

crate::json::open_number! {
    /// Whose push service a phone has, with the number that Tencent's demos and `TUIKit` give it: the instance type
    /// (`IMFunc.getClientInstType`; TIMSDK `TUIOfflinePushConfig`). The SDK's log shows it behind certificate id and
    /// token. No number for iOS is public.
    ///
    /// ```
    /// use offline_push::Vendor;
    ///
    /// assert_eq!(Vendor::from_build("vivo", "vivo"), Vendor::VIVO);
    /// assert_eq!(Vendor::VIVO.get(), 2005);
    /// assert_eq!(Vendor::new(2007).meaning(), None); // newer than this crate, and kept
    /// ```
    #[doc(alias = "instanceType")]
    #[doc(alias = "getClientInstType")]
    #[doc(alias = "BrandUtil")]
    #[doc(alias = "IMFunc")]
    pub struct Vendor(i32) {
        /// Xiaomi, with Redmi and POCO.
        XIAOMI = 2000 => "Xiaomi",
        /// Huawei.
        HUAWEI = 2001 => "Huawei",
        /// Google's FCM, and every brand without a service of its own here.
        GOOGLE = 2002 => "Google",
        /// Meizu.
        MEIZU = 2003 => "Meizu",
        /// OPPO, with realme and `OnePlus`.
        OPPO = 2004 => "OPPO",
        /// vivo, with iQOO.
        VIVO = 2005 => "vivo",
        /// Honor since it parted from Huawei.
        HONOR = 2006 => "Honor",
    }
}

impl Vendor {
    /// The vendor of a phone, by Android's `Build.BRAND` and `Build.MANUFACTURER`. Letter case does not matter; the
    /// whole value counts, as the system gives it.
    ///
    /// Rules and order are those of TIMSDK's `BrandUtil` of 2023; the first one that holds decides:
    ///
    /// | vendor | `BRAND` or `MANUFACTURER` |
    /// |---|---|
    /// | [`XIAOMI`](Self::XIAOMI) | `xiaomi` |
    /// | [`HONOR`](Self::HONOR) | `honor` in both |
    /// | [`HUAWEI`](Self::HUAWEI) | `huawei`; or `honor` as `BRAND` |
    /// | [`MEIZU`](Self::MEIZU) | `meizu`; or `22c4185e` as `BRAND` |
    /// | [`OPPO`](Self::OPPO) | `oppo`, `realme`, `oneplus` |
    /// | [`VIVO`](Self::VIVO) | `vivo` |
    /// | [`GOOGLE`](Self::GOOGLE) | anything else |
    ///
    /// An old Honor phone, made by Huawei, so is Huawei's, and a new one Honor's. `BrandUtil` asks Meizu's own SDK, too,
    /// which needs a running phone.
    ///
    /// What older code does: `BrandUtil` of 2022 knows no Honor and takes `honor` in either for Huawei; the guide's
    /// `IMFunc` of 2020 knows neither `honor` nor `realme` and `oneplus`, goes from Xiaomi to Huawei, Meizu, OPPO and
    /// vivo, and reports nothing for other brands; a text of 2016 looks for the name anywhere in `MANUFACTURER`.
    ///
    /// None of them looks for `redmi`, `poco` or `iqoo`: such phones match by their `MANUFACTURER`, `Xiaomi` or `vivo`.
    ///
    /// Ask for the vendor first, and for Google's services only where the answer is [`GOOGLE`](Self::GOOGLE). The other
    /// way round, pushes to Chinese phones that happen to have Google's services get lost in silence.
    ///
    /// ```
    /// use offline_push::Vendor;
    ///
    /// assert_eq!(Vendor::from_build("Redmi", "Xiaomi"), Vendor::XIAOMI);
    /// assert_eq!(Vendor::from_build("HONOR", "HUAWEI"), Vendor::HUAWEI);
    /// assert_eq!(Vendor::from_build("HONOR", "HONOR"), Vendor::HONOR);
    /// assert_eq!(Vendor::from_build("google", "Google"), Vendor::GOOGLE);
    /// ```
    #[doc(alias = "isBrandVivo")]
    #[doc(alias = "getInstanceType")]
    #[must_use]
    pub fn from_build(brand: &str, manufacturer: &str) -> Self {
        let branded = |name: &str| brand.eq_ignore_ascii_case(name);
        let made = |name: &str| manufacturer.eq_ignore_ascii_case(name);
        let either = |name: &str| branded(name) || made(name);
        if either("xiaomi") {
            Self::XIAOMI
        } else if branded("honor") && made("honor") {
            Self::HONOR
        } else if either("huawei") || branded("honor") {
            Self::HUAWEI
        } else if either("meizu") || branded("22c4185e") {
            Self::MEIZU
        } else if ["oppo", "realme", "oneplus"].into_iter().any(either) {
            Self::OPPO
        } else if either("vivo") {
            Self::VIVO
        } else {
            Self::GOOGLE
        }
    }

    /// How much text the vendor shows before Tencent cuts it, see [`TextLimits`]. `None` for Google, of which no limit is
    /// documented, and for a vendor that is not known here.
    ///
    /// The style is that of [`AndroidInfo::push_style`](crate::tim::AndroidInfo::push_style), and matters at OPPO alone.
    ///
    /// ```
    /// use offline_push::Vendor;
    /// use offline_push::limits::TextLimits;
    /// use offline_push::tim::PushStyle;
    ///
    /// assert_eq!(Vendor::VIVO.text_limits(PushStyle::DEFAULT), Some(TextLimits::VIVO));
    /// assert_eq!(Vendor::OPPO.text_limits(PushStyle::DEFAULT).map(|limits| limits.content), Some(50));
    /// assert_eq!(Vendor::OPPO.text_limits(PushStyle::LARGE_TEXT).map(|limits| limits.content), Some(128));
    /// assert_eq!(Vendor::GOOGLE.text_limits(PushStyle::DEFAULT), None);
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

/// The app's certificate ids, one for each vendor it has uploaded a certificate of: what the guide's `Constants` hold and
/// its `setPushTokenToTIM` chooses from (step 4).
///
/// It borrows the table, which so may be a constant. An app that is also published overseas has certificates of its own
/// there: another table.
///
/// ```
/// use offline_push::{Certificates, TokenError, Vendor};
///
/// // The guide's VIVO_PUSH_BUZID; an id of 0 is none.
/// const CERTIFICATES: Certificates = Certificates::new(&[(Vendor::VIVO, 6666), (Vendor::OPPO, 0)]);
///
/// let reg_id = "12345678901234567890123";
/// let token = CERTIFICATES.token(Vendor::from_build("vivo", "vivo"), reg_id)?;
/// assert_eq!((token.business_id, token.token), (6666, reg_id));
///
/// let none = CERTIFICATES.token(Vendor::from_build("OPPO", "OPPO"), reg_id);
/// assert_eq!(none, Err(TokenError::NoCertificate(Vendor::OPPO)));
/// # Ok::<(), TokenError>(())
/// ```
#[doc(alias = "ThirdPushTokenMgr")]
#[doc(alias = "setPushTokenToTIM")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Certificates<'a> {
    ids: &'a [(Vendor, u32)],
}

impl<'a> Certificates<'a> {
    /// A table of certificate ids, as the IM console made them. 0 stands for no certificate, as in Tencent's demos; of
    /// several ids for one vendor the first counts.
    #[must_use]
    pub const fn new(ids: &'a [(Vendor, u32)]) -> Self {
        Self { ids }
    }

    /// The certificate id of a vendor.
    #[must_use]
    pub fn id(&self, vendor: Vendor) -> Option<NonZeroU32> {
        self.ids.iter().filter(|(of, _)| *of == vendor).find_map(|(_, id)| NonZeroU32::new(*id))
    }

    /// What to report to IM after login: the vendor's certificate id with the token that its service gave, a regId at
    /// vivo.
    ///
    /// # Errors
    ///
    /// [`TokenError::NoCertificate`]; [`TokenError::Check`] as [`OfflinePushToken::check`].
    pub fn token<'t>(&self, vendor: Vendor, reg_id: &'t str) -> Result<OfflinePushToken<'t>, TokenError> {
        let id = self.id(vendor).ok_or(TokenError::NoCertificate(vendor))?;
        let token = OfflinePushToken::new(id.get(), reg_id);
        token.check().map_err(TokenError::Check)?;
        Ok(token)
    }
}

/// Why there is nothing to report to IM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum TokenError {
    /// The app has no certificate of this vendor: IM's code 22001. Such a phone cannot be pushed to.
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

    use super::{Certificates, TokenError, Vendor};
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

    /// Asks with each of the values in every letter case.
    fn is(vendor: Vendor, brand: &str, manufacturer: &str) {
        for brand in cases(brand) {
            for manufacturer in cases(manufacturer) {
                assert_eq!(Vendor::from_build(&brand, &manufacturer), vendor, "{brand} by {manufacturer}");
            }
        }
    }

    #[test]
    fn a_name_counts_as_brand_and_as_manufacturer() {
        for (name, vendor) in [
            ("xiaomi", Vendor::XIAOMI),
            ("huawei", Vendor::HUAWEI),
            ("meizu", Vendor::MEIZU),
            ("oppo", Vendor::OPPO),
            ("realme", Vendor::OPPO),
            ("oneplus", Vendor::OPPO),
            ("vivo", Vendor::VIVO),
        ] {
            is(vendor, name, name);
            is(vendor, name, "someone");
            is(vendor, "something", name);
        }
    }

    #[test]
    fn an_honor_of_huawei_is_huaweis_and_an_honor_of_honor_is_honors() {
        is(Vendor::HUAWEI, "honor", "huawei");
        is(Vendor::HUAWEI, "honor", "someone");
        is(Vendor::HUAWEI, "huawei", "honor");
        is(Vendor::HONOR, "honor", "honor");
        is(Vendor::GOOGLE, "something", "honor");
    }

    #[test]
    fn one_model_of_meizu_has_a_number_for_a_brand() {
        is(Vendor::MEIZU, "22c4185e", "someone");
        is(Vendor::GOOGLE, "something", "22c4185e");
    }

    #[test]
    fn sub_brands_that_nobody_looks_for_match_by_their_manufacturer() {
        for (brand, manufacturer, vendor) in [
            ("redmi", "xiaomi", Vendor::XIAOMI),
            ("poco", "xiaomi", Vendor::XIAOMI),
            ("iqoo", "vivo", Vendor::VIVO),
        ] {
            is(vendor, brand, manufacturer);
            is(Vendor::GOOGLE, brand, "someone");
        }
    }

    #[test]
    fn the_earlier_rule_wins_where_two_hold() {
        let order = [
            ("xiaomi", Vendor::XIAOMI),
            ("huawei", Vendor::HUAWEI),
            ("meizu", Vendor::MEIZU),
            ("oppo", Vendor::OPPO),
            ("realme", Vendor::OPPO),
            ("oneplus", Vendor::OPPO),
            ("vivo", Vendor::VIVO),
            ("someone", Vendor::GOOGLE),
        ];
        for (at, (first, vendor)) in order.into_iter().enumerate() {
            for (second, _) in order.into_iter().skip(at) {
                is(vendor, first, second);
                is(vendor, second, first);
            }
        }
        is(Vendor::XIAOMI, "honor", "xiaomi");
        is(Vendor::XIAOMI, "22c4185e", "xiaomi");
        is(Vendor::HUAWEI, "22c4185e", "huawei");
        for later in ["meizu", "oppo", "realme", "oneplus", "vivo"] {
            is(Vendor::HUAWEI, "honor", later);
        }
        for later in ["oppo", "realme", "oneplus", "vivo"] {
            is(Vendor::MEIZU, "22c4185e", later);
        }
    }

    #[test]
    fn every_other_phone_is_googles_and_the_whole_name_counts() {
        is(Vendor::GOOGLE, "google", "google");
        for near in
            ["", "vivo ", " vivo", "vivo communication", "viv", "vivovivo", "ｖｉｖｏ", "小米", "xiaomi\0"]
        {
            is(Vendor::GOOGLE, near, near);
        }
    }

    #[test]
    fn every_vendor_has_the_number_of_tencents_config() {
        let numbers = [
            (Vendor::XIAOMI, 2000, "Xiaomi"),
            (Vendor::HUAWEI, 2001, "Huawei"),
            (Vendor::GOOGLE, 2002, "Google"),
            (Vendor::MEIZU, 2003, "Meizu"),
            (Vendor::OPPO, 2004, "OPPO"),
            (Vendor::VIVO, 2005, "vivo"),
            (Vendor::HONOR, 2006, "Honor"),
        ];
        for (vendor, number, name) in numbers {
            assert_eq!((vendor.get(), vendor.meaning()), (number, Some(name)));
            assert_eq!(Vendor::new(number), vendor);
        }
        for unknown in [i32::MIN, -1, 0, 1999, 2007, i32::MAX] {
            assert_eq!((Vendor::new(unknown).get(), Vendor::new(unknown).meaning()), (unknown, None));
        }
    }

    #[test]
    fn the_guides_phone_reports_the_guides_constants() {
        const TABLE: Certificates = Certificates::new(&[(Vendor::XIAOMI, 15518), (Vendor::VIVO, 6666)]);
        let token = TABLE.token(Vendor::VIVO, REG_ID).unwrap();
        assert_eq!((token.business_id, token.token), (6666, REG_ID));
        assert_eq!((token.is_tpns_token, token.token_type), (None, None));
        assert_eq!(TABLE.token(Vendor::XIAOMI, REG_ID).unwrap().business_id, 15518);
    }

    #[test]
    fn a_vendor_without_an_id_has_no_certificate() {
        let table = [(Vendor::VIVO, 6666), (Vendor::OPPO, 0), (Vendor::new(2007), 7)];
        let certificates = Certificates::new(&table);
        for vendor in [Vendor::OPPO, Vendor::HONOR, Vendor::new(2008)] {
            assert_eq!(certificates.id(vendor), None);
            let error = certificates.token(vendor, REG_ID).unwrap_err();
            assert_eq!(error, TokenError::NoCertificate(vendor));
        }
        assert_eq!(certificates.id(Vendor::new(2007)).map(u32::from), Some(7), "a vendor of next year");
        assert_eq!(Certificates::new(&[]).id(Vendor::VIVO), None);
        let error = certificates.token(Vendor::OPPO, REG_ID).unwrap_err();
        assert_eq!(error.to_string(), "no certificate for vendor 2004 (OPPO)");
    }

    #[test]
    fn the_first_entry_with_an_id_counts() {
        let table = [(Vendor::VIVO, 0), (Vendor::OPPO, 1), (Vendor::VIVO, u32::MAX), (Vendor::VIVO, 6666)];
        let certificates = Certificates::new(&table);
        assert_eq!(certificates.id(Vendor::VIVO).map(u32::from), Some(u32::MAX));
    }

    #[test]
    fn a_token_keeps_the_rules_of_the_im_sdk() {
        let certificates = Certificates::new(&[(Vendor::VIVO, 6666)]);
        let refused = |token: &str| certificates.token(Vendor::VIVO, token).map(|_| ());
        const FIELD: &str = "offline_push_token_token";
        let missing = CheckError::new(FIELD, Rule::Missing);
        assert_eq!(refused(""), Err(TokenError::Check(missing)));
        assert_eq!(refused(&"x".repeat(257)), Err(CheckError::new(FIELD, Rule::TooLong { max: 256 }).into()));
        assert_eq!(refused(&"x".repeat(256)), Ok(()));
        assert_eq!(TokenError::Check(missing).to_string(), missing.to_string());
        // Without a certificate the token does not matter.
        let shown: Vec<_> = ["", REG_ID].map(|token| certificates.token(Vendor::OPPO, token)).into();
        assert!(shown.iter().all(|error| *error == Err(TokenError::NoCertificate(Vendor::OPPO))));
        assert!(!format!("{shown:?}").contains(REG_ID));
    }
}
