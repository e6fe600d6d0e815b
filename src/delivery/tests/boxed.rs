//! `compose_boxed`.

use super::{certificate, composed, settings, token};
use crate::check::Rule;
use crate::click::ClickAction;
use crate::delivery::{ComposeError, NoPush, SCRATCH_LEN, compose_boxed};
use crate::json;
use crate::tim::PushFlag;

#[test]
fn compose_boxed_is_what_compose_makes() {
    let long = "标题\n".repeat(100);
    let settings = settings().title(&long).description(&long);
    let mut scratch = [0; SCRATCH_LEN];
    let borrowed = composed(&settings, &mut scratch).unwrap();
    let certificate = certificate(ClickAction::default());
    let boxed = compose_boxed(&settings, &token(), &certificate, "request-1").unwrap();
    assert_eq!(boxed.notification.get(), borrowed.notification);
    assert_eq!(boxed.report, borrowed.report);
    assert!(boxed.report.title_truncated && boxed.report.content_truncated);
    assert_eq!(json::to_vec(&boxed.notification), json::to_vec(&borrowed.notification));
}

#[test]
fn compose_boxed_fails_as_compose_does() {
    let certificate = certificate(ClickAction::default());
    let disabled = compose_boxed(&settings().flag(PushFlag::NO_PUSH), &token(), &certificate, "request-1");
    assert_eq!(disabled, Err(ComposeError::NoPush(NoPush::Disabled)));
    let id = compose_boxed(&settings(), &token(), &certificate, "").unwrap_err();
    assert!(matches!(id, ComposeError::Check(error) if error.rule() == Rule::Missing));
}
