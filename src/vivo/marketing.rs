//! The values of two members of a push that only the official Java SDK 3.3 describes: `marketing` and `auditReview`.

use super::notification::SkipType;
use crate::json::{List, Map, Raw, message};

message! {
    /// The value of [`Notification::marketing`](field@super::Notification::marketing).
    ///
    /// Source of the names and types: the classes of the official Java SDK 3.3. No document that was found describes them, so
    /// there are no limits to check. This crate leaves out members that are not set, as the SDK does.
    ///
    /// ```
    /// use offline_push::json::{self, List, Raw};
    /// use offline_push::vivo::{Marketing, MarketingButton, MarketingStyle, Notification, SkipType};
    ///
    /// let buttons = [MarketingButton::new("查看", SkipType::OPEN_URL).skip_content("https://example.com")];
    /// let style = MarketingStyle::new().large_image_id(111).buttons(List::from_slice(&buttons));
    /// let marketing = Marketing::new().creative_id(1_234_567_890_123).style(style);
    ///
    /// let mut buffer = [0; 256];
    /// let text = json::to_str(&marketing, &mut buffer)?;
    /// let push = Notification::new("title", "content", "request-1").marketing(Raw::new(text)?);
    /// # assert_eq!(json::from_str::<Marketing>(push.marketing.unwrap().as_str())?, marketing);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct Marketing<'a> {
        /// Id of the creative, a `long`.
        #[doc(alias = "creativeId")]
        creative_id: Option<i64> = "creativeId",
        /// The layout of [`style`](field@Self::style). The meaning of the numbers is not known.
        #[doc(alias = "styleType")]
        style_type: Option<i32> = "styleType",
        /// The price as text. The unit is not known. A number is accepted too, and keeps all its digits.
        price: Option<&'a str> = "price" as id,
        /// Pictures and buttons.
        style: Option<MarketingStyle<'a>> = "style",
        /// Members of another layout, of any type.
        #[doc(alias = "styleCustomMap")]
        style_custom_map: Option<Map<'a>> = "styleCustomMap",
    }
}

impl Marketing<'_> {
    /// A value without members.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for Marketing<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

message! {
    /// Pictures and buttons of a marketing message: `style` of [`Marketing`]. No source says how the id of a picture is
    /// created.
    pub struct MarketingStyle<'a> {
        /// Id of the large picture, a `long`.
        #[doc(alias = "largeImageId")]
        large_image_id: Option<i64> = "largeImageId",
        /// Id of the small picture, a `long`.
        #[doc(alias = "smallImageId")]
        small_image_id: Option<i64> = "smallImageId",
        /// Ids of three pictures, according to the name; in the SDK, it is a list of `long` without a limit.
        #[doc(alias = "threeImageIds")]
        three_image_ids: Option<List<'a, i64>> = "threeImageIds",
        /// Buttons. The SDK has no limit on their number.
        buttons: Option<List<'a, MarketingButton<'a>>> = "buttons",
    }
}

impl MarketingStyle<'_> {
    /// A style without members.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for MarketingStyle<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

message! {
    /// A button of a marketing message, in [`MarketingStyle::buttons`](field@MarketingStyle::buttons).
    pub struct MarketingButton<'a> {
        /// Text of the button.
        name: Option<&'a str> = "name",
        /// What a tap on the button opens. This crate assumes the same numbers as in the push.
        #[doc(alias = "skipType")]
        skip_type: Option<SkipType> = "skipType",
        /// URL, text or intent URI for `skipType`.
        #[doc(alias = "skipContent")]
        skip_content: Option<&'a str> = "skipContent",
    }
}

impl<'a> MarketingButton<'a> {
    /// A button with its text and the kind of its target.
    #[must_use]
    pub const fn new(name: &'a str, skip_type: SkipType) -> Self {
        Self { name: Some(name), skip_type: Some(skip_type), skip_content: None }
    }
}

impl Default for MarketingButton<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

message! {
    /// The result of one third-party audit: an element of the list in
    /// [`Notification::audit_review`](field@super::Notification::audit_review).
    ///
    /// Source of the names and types: the classes of the official Java SDK 3.3. A Go library passes on objects with any members.
    ///
    /// ```
    /// use offline_push::json::{self, Raw};
    /// use offline_push::vivo::{AuditReview, Notification};
    ///
    /// let review = AuditReview::new("reviewer-1", 1).result(Raw::new(r#""pass""#)?);
    /// let mut buffer = [0; 128];
    /// let list = format!("[{}]", json::to_str(&review, &mut buffer)?);
    /// let push = Notification::new("title", "content", "request-1").audit_review(Raw::new(&list)?);
    /// # assert_eq!(list, r#"[{"reviewer":"reviewer-1","type":1,"result":"pass"}]"#);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct AuditReview<'a> {
        /// Who audited the message.
        reviewer: Option<&'a str> = "reviewer",
        /// The kind of the audit. The meaning of the numbers is not known.
        #[doc(alias = "type")]
        review_type: Option<i32> = "type",
        /// The result, of any type.
        result: Option<Raw<'a>> = "result",
    }
}

impl<'a> AuditReview<'a> {
    /// A review without a result.
    #[must_use]
    pub const fn new(reviewer: &'a str, review_type: i32) -> Self {
        Self { reviewer: Some(reviewer), review_type: Some(review_type), result: None }
    }
}

impl Default for AuditReview<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}
