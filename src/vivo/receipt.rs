//! What became of a push: vivo posts it to the receiver's address that the push's `extra` names.

use core::fmt;
use core::iter::FusedIterator;

use super::receipt_code::{ReceiptReason, ReceiptType};
use crate::bytes::split_at_byte;
use crate::json::{Keyed, Message, message};

/// The body of a receipt: for each task id what became of its push.
///
/// It is read as it is iterated, so that one for many tasks takes no more memory than its text. Answer with status 200;
/// one server answers `0`.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::Receipts;
///
/// let mut received = *br#"{"342982232646905856":{"param":"a\"b","targets":"v2-abc,v2-def"},
///     "121397329":{"targets":"12345678901234567890123","ackTime":1501484120000,"param":"","ackType":"0"}}"#;
/// let receipts: Receipts = json::from_slice_in_place(&mut received)?;
/// for (task_id, receipt) in receipts {
///     for reg_id in receipt.reg_ids() {
///         // The push `task_id` has reached `reg_id`.
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
    /// What became of the push of one task.
    ///
    /// Sources: the receivers of three open-source servers. The oldest (`QappMsgCallbackServiceImpl`) reads `param` and
    /// `targets` alone, doopush all but `subAckType`, MASA.MC (`VivoReceiptStatusDto`) that, too. vivo's document 681 (the
    /// new receipts, since 2023-01) was not to be had.
    pub struct Receipt<'a> {
        /// The regIds, with commas between: [`reg_ids`](Self::reg_ids) splits them. Shown as `***`.
        targets: Option<&'a str> = "targets" [secret],
        /// When, Unix time in milliseconds.
        #[doc(alias = "ackTime")]
        ack_time: Option<u64> = "ackTime",
        /// The push's own [`callback.param`](crate::vivo::Extra::callback_param).
        param: Option<&'a str> = "param",
        /// What happened: text that holds a number, `"0"` for "arrived"; a number is read too, and text is written.
        /// [`receipt_type`](Self::receipt_type) is the number.
        #[doc(alias = "ackType")]
        ack_type: Option<&'a str> = "ackType" as id,
        /// Why, in the new scheme: text that holds a number; [`reason`](Self::reason) is that. The name is the one that MASA.MC
        /// reads, whose class leaves its first letter open; no document was found that has it.
        #[doc(alias = "subAckType")]
        sub_ack_type: Option<&'a str> = "subAckType" as id,
    }
}

impl<'a> Receipt<'a> {
    /// Nothing known yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// What happened, as a number: [`ack_type`](Self::ack_type), if it is one. Without any the push has arrived, as the old
    /// scheme has receipts for nothing else.
    #[must_use]
    pub fn receipt_type(&self) -> Option<ReceiptType> {
        match self.ack_type.filter(|text| !text.is_empty()) {
            Some(text) => text.parse().ok().map(ReceiptType::new),
            None => Some(ReceiptType::ARRIVED),
        }
    }

    /// Why, as a number: [`sub_ack_type`](Self::sub_ack_type), if it is one.
    #[must_use]
    pub fn reason(&self) -> Option<ReceiptReason> {
        self.sub_ack_type.and_then(|text| text.parse().ok()).map(ReceiptReason::new)
    }

    /// The regIds of [`targets`](Self::targets), one by one, without white space around them.
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

/// The regIds of a [`Receipt`]; empty ones are left out.
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
    fn targets_are_split_at_commas_and_empty_ones_are_none() {
        assert_eq!(reg_ids(Some("a,b")), ["a", "b"]);
        assert_eq!(reg_ids(Some(",a, b ,,\n")), ["a", "b"]);
        assert_eq!(reg_ids(Some("a")), ["a"]);
        for nobody in [None, Some(""), Some(" , ,")] {
            assert_eq!(reg_ids(nobody), [""; 0], "{nobody:?}");
        }
    }

    #[test]
    fn targets_do_not_show() {
        let mut receipt = Receipt::new();
        receipt.targets = Some("s3cr3t,s3cr3t");
        let mut reg_ids = receipt.reg_ids();
        let shown = format!("{receipt:?} {reg_ids:?} {:?}", reg_ids.next().map(str::len));
        assert!(!shown.contains("s3cr3t") && shown.contains("***"), "{shown}");
    }

    #[test]
    fn a_receipt_of_any_number_of_tasks_is_read_one_by_one() {
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
    fn an_error_names_field_and_number_of_the_task() {
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
    fn types_are_read_out_of_their_text() {
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
    fn a_task_that_comes_twice_is_given_twice() {
        let receipts: Receipts<'_> = json::from_str(r#"{"1":{"param":"a"},"1":{"param":"b"}}"#).unwrap();
        assert!(receipts.iter().map(|(_, receipt)| receipt.param).eq([Some("a"), Some("b")]));
        assert_eq!(receipts.get("1").unwrap().param, Some("a"));
    }

    #[test]
    fn receipts_are_written_as_an_object_by_task_id() {
        let mut receipt = Receipt::new();
        (receipt.targets, receipt.ack_type) = (Some("a"), Some("0"));
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
