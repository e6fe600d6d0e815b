//! Delivery receipts: vivo posts them to the address in the `extra` of the push.

use core::fmt;
use core::iter::FusedIterator;

use super::receipt_code::{ReceiptReason, ReceiptType};
use crate::bytes::split_at_byte;
use crate::json::{Keyed, Message, message};

/// The body of a delivery receipt: one [`Receipt`] for each task id.
///
/// The entries are decoded during iteration, so receipts for many tasks need no memory beyond their text. Answer vivo with HTTP
/// status 200; one server also sends the text `0`. vivo does not sign its receipts.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::Receipts;
///
/// let mut received = *br#"{
///     "342982232646905856": {"param":"a\"b","targets":"v2-abc,v2-def"},
///     "121397329": {"targets":"12345678901234567890123","ackType":"104"}
/// }"#;
/// let receipts: Receipts = json::from_slice_in_place(&mut received)?;
/// for (task_id, receipt) in receipts {
///     let Some(receipt_type) = receipt.receipt_type() else { continue };
///     for reg_id in receipt.reg_ids() {
///         if receipt_type.is_delivered() {
///             // The push `task_id` has reached the device `reg_id`.
///         }
///     }
/// }
/// assert_eq!(receipts.len(), 2);
/// # Ok::<(), json::DecodeError>(())
/// ```
pub type Receipts<'a> = Keyed<'a, Receipt<'a>>;

impl Message for Receipts<'static> {
    type Of<'a> = Receipts<'a>;
}

message! {
    /// The receipt for the push of one task.
    ///
    /// Sources: the code of three open-source servers that receive receipts. The oldest one (`QappMsgCallbackServiceImpl`)
    /// reads `param` and `targets` only; doopush reads everything except `subAckType`; MASA.MC (`VivoReceiptStatusDto`) reads
    /// all fields. vivo's document 681 (the new receipts, since 2023-01) was not available.
    pub struct Receipt<'a> {
        /// The regIds, separated by commas; [`reg_ids`](Self::reg_ids) splits them. Shown as `***`.
        targets: Option<&'a str> = "targets" [secret],
        /// Time of the event, Unix time in milliseconds.
        #[doc(alias = "ackTime")]
        ack_time: Option<u64> = "ackTime",
        /// The [`callback.param`](field@crate::vivo::NotificationExtra::callback_param) of the push.
        param: Option<&'a str> = "param",
        /// What happened: a number as text, `"0"` for "arrived". Decoding also accepts a number; encoding writes text.
        /// [`receipt_type`](Self::receipt_type) parses it.
        #[doc(alias = "ackType")]
        ack_type: Option<&'a str> = "ackType" as id [public],
        /// The reason, in the new scheme: a number as text. [`reason`](Self::reason) parses it. The name comes from MASA.MC,
        /// whose class does not show whether the first letter is a capital. No document was found that has this field.
        #[doc(alias = "subAckType")]
        sub_ack_type: Option<&'a str> = "subAckType" as id [public],
    }
}

impl<'a> Receipt<'a> {
    /// A receipt without fields.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// What happened: the number in [`ack_type`](field@Self::ack_type). `None` if the text is not a number.
    ///
    /// An absent or empty text means [`ReceiptType::ARRIVED`], because the old scheme sends receipts for nothing else.
    #[must_use]
    pub fn receipt_type(&self) -> Option<ReceiptType> {
        match self.ack_type.filter(|text| !text.is_empty()) {
            Some(text) => text.parse().ok().map(ReceiptType::new),
            None => Some(ReceiptType::ARRIVED),
        }
    }

    /// The reason: the number in [`sub_ack_type`](field@Self::sub_ack_type). `None` if it is absent or not a number.
    #[must_use]
    pub fn reason(&self) -> Option<ReceiptReason> {
        self.sub_ack_type.and_then(|text| text.parse().ok()).map(ReceiptReason::new)
    }

    /// Iterates over the regIds in [`targets`](field@Self::targets), without white space around them. Empty regIds are skipped.
    #[must_use]
    pub fn reg_ids(&self) -> RegIds<'a> {
        RegIds { rest: self.targets }
    }
}

impl Default for Receipt<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// Iterator over the regIds of a [`Receipt`], from [`Receipt::reg_ids`]. `Debug` does not show them.
#[derive(Clone)]
pub struct RegIds<'a> {
    rest: Option<&'a str>,
}

impl<'a> Iterator for RegIds<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            let text = self.rest?;
            let (first, rest) =
                split_at_byte(text, b',').map_or((text, None), |(first, rest)| (first, Some(rest)));
            self.rest = rest;
            let reg_id = first.trim();
            if !reg_id.is_empty() {
                return Some(reg_id);
            }
        }
    }
}

impl FusedIterator for RegIds<'_> {}

impl fmt::Debug for RegIds<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegIds(***)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::format;
    use std::vec::Vec;

    use super::{Receipt, ReceiptReason, ReceiptType, Receipts};
    use crate::json::{self, DecodeErrorKind};
    use crate::vivo::Advice;

    fn reg_ids(targets: Option<&str>) -> Vec<&str> {
        let mut receipt = Receipt::new();
        receipt.targets = targets;
        receipt.reg_ids().collect()
    }

    #[test]
    fn reg_ids_splits_at_commas_and_skips_empty_ids() {
        assert_eq!(reg_ids(Some("a,b")), ["a", "b"]);
        assert_eq!(reg_ids(Some(",a, b ,,\n")), ["a", "b"]);
        assert_eq!(reg_ids(Some("a")), ["a"]);
        for nobody in [None, Some(""), Some(" , ,")] {
            assert_eq!(reg_ids(nobody), [""; 0], "{nobody:?}");
        }
    }

    #[test]
    fn debug_hides_targets() {
        let receipt = Receipt::new().targets("s3cr3t,s3cr3t");
        let mut reg_ids = receipt.reg_ids();
        let shown = format!("{receipt:?} {reg_ids:?} {:?}", reg_ids.next().map(str::len));
        assert!(!shown.contains("s3cr3t") && shown.contains("***"), "{shown}");
    }

    #[test]
    fn receipts_of_any_number_of_tasks_are_iterated() {
        for count in [0, 1, 2, 1000] {
            let entries: Vec<_> =
                (0..count).map(|id| format!(r#""{id}":{{"targets":"a\nb","param":"{id}"}}"#)).collect();
            let mut body = format!("{{{}}}", entries.join(",")).into_bytes();
            let receipts: Receipts<'_> = json::from_slice_in_place(&mut body).unwrap();
            assert_eq!((receipts.len(), receipts.is_empty()), (count, count == 0));
            assert!(size_of_val(&receipts) <= 4 * size_of::<usize>());
            let mut iter = receipts.iter();
            assert_eq!(iter.len(), count);
            for (number, (task_id, receipt)) in iter.by_ref().enumerate() {
                assert_eq!((task_id, receipt.param), (&*format!("{number}"), Some(task_id)));
                assert_eq!(receipt.reg_ids().next(), Some("a\nb"));
                assert_eq!(receipts.get(task_id), Some(receipt));
            }
            assert_eq!((iter.next(), receipts.get("x")), (None, None));
        }
    }

    #[test]
    fn decode_error_names_field_and_index_of_the_task() {
        let error = json::from_str::<Receipts<'_>>(r#"{"1":{},"2":{"ackTime":true}}"#).unwrap_err();
        assert_eq!(
            (error.kind(), error.field(), error.index()),
            (DecodeErrorKind::WrongType, Some("ackTime"), Some(1))
        );
        for malformed in [r#"{1:{}}"#, r#"{"1"}"#, r#"{"1":[0]}"#, r#"{"1":{},}"#, "[0]", r#"{"1":null}"#] {
            assert!(json::from_str::<Receipts<'_>>(malformed).is_err(), "{malformed}");
        }
    }

    #[test]
    fn decode_php_empty_receipts_and_receipt_are_empty() {
        assert!(json::from_str::<Receipts<'_>>(" [ ] ").unwrap().is_empty());
        let receipts: Receipts<'_> = json::from_str(r#"{"1":[],"2":{"ackTime":3}}"#).unwrap();
        assert_eq!(receipts.get("1"), Some(Receipt::EMPTY));
        assert_eq!(receipts.get("2").unwrap().ack_time, Some(3));
    }

    #[test]
    fn receipt_type_and_reason_parse_text_and_number() {
        fn read(text: &str) -> Receipt<'_> {
            json::from_str(text).unwrap()
        }
        let receipt = read(r#"{"ackType":"104","subAckType":2162}"#);
        let (kind, reason) = (receipt.receipt_type().unwrap(), receipt.reason());
        assert_eq!((kind, reason), (ReceiptType::NOT_SHOWN, Some(ReceiptReason::new(2162))));
        assert_eq!(kind.advice(reason), Advice::FixRequest { field: "skipContent" });
        for old in
            ["{}", r#"{"ackType":""}"#, r#"{"ackType":null}"#, r#"{"ackType":"0"}"#, r#"{"ackType":0}"#]
        {
            assert_eq!(
                (read(old).receipt_type(), read(old).reason()),
                (Some(ReceiptType::ARRIVED), None),
                "{old}"
            );
        }
        for strange in ["arrived", "99999999999", "1.0"] {
            let text = format!(r#"{{"ackType":"{strange}","subAckType":"{strange}"}}"#);
            assert_eq!((read(&text).receipt_type(), read(&text).reason()), (None, None), "{strange}");
        }
    }

    #[test]
    fn receipts_duplicate_task_is_iterated_twice() {
        let receipts: Receipts<'_> = json::from_str(r#"{"1":{"param":"a"},"1":{"param":"b"}}"#).unwrap();
        assert!(receipts.iter().map(|(_, receipt)| receipt.param).eq([Some("a"), Some("b")]));
        assert_eq!(receipts.get("1").unwrap().param, Some("a"));
    }

    #[test]
    fn encode_receipts_is_an_object_by_task_id() {
        let receipt = Receipt::new().targets("a").ack_type("0");
        let entries = [("1", receipt), ("2\"", Receipt::new())];
        let receipts = Receipts::from_slice(&entries);
        let expected = r#"{"1":{"targets":"a","ackType":"0"},"2\"":{}}"#;
        let mut buffer = [0; 64];
        assert_eq!(json::to_str(&receipts, &mut buffer), Ok(expected));
        assert_eq!(serde_json::to_string(&receipts).unwrap(), expected);

        let mut body = expected.as_bytes().to_vec();
        assert_eq!(json::from_slice_in_place::<Receipts<'_>>(&mut body), Ok(receipts));
        let mut bytes = [0; 64];
        let written = postcard::to_slice(&receipts, &mut bytes).unwrap();
        assert_eq!(postcard::from_bytes(written), Ok(expected));
    }
}
