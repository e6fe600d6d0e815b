//! What holds for any bytes that are to be kept as a message: they are kept if and only if they decode, and then as the same message.

use serde_json::Value;

use crate::common::{Kind, mended};

/// Checks that the bytes are kept if and only if they decode in place, and then as the same message. Returns whether they do.
pub(crate) fn is_kept_as_it_decodes(kind: &Kind, bytes: &[u8]) -> bool {
    let shown = bytes.escape_ascii();
    let (decoded, kept) = (kind.in_place(bytes), (kind.owned)(bytes));
    let kept = match (&decoded, kept) {
        (Ok(_), Ok(kept)) => kept,
        (Err(error), Err(other)) => {
            assert_eq!(*error, other, "{} {shown}", kind.name);
            return false;
        }
        (decoded, kept) => unreachable!("{decoded:?} {} {} {shown}", kept.is_ok(), kind.name),
    };
    assert_eq!(decoded, Ok(kept.view.clone()), "{} {shown}", kind.name);
    assert_eq!(kept.debug, kept.view_debug);
    assert!(kept.whole.len() <= bytes.len(), "{} longer than {shown}", kept.whole);
    // Everything that was received is sent on, including unknown members, and is read as the same message.
    let theirs = serde_json::from_slice::<Value>(&mended(bytes));
    match theirs {
        Ok(theirs) => {
            let whole: Value = serde_json::from_slice(&mended(kept.whole.as_bytes())).unwrap();
            assert_eq!(whole, theirs);
        }
        // `serde_json` has no value for numbers beyond all floats.
        Err(error) => assert!(error.to_string().starts_with("number out of range"), "{error} {shown}"),
    }
    assert_eq!(kind.in_place(kept.whole.as_bytes()), decoded);
    true
}
