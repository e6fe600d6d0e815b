use std::format;
use std::vec::Vec;

use super::{Fate, FateState};
use crate::check::{CheckError, Rule};
use crate::json;
use crate::vivo::{
    Advice, PushMode, Receipt, ReceiptReason, ReceiptType, ResultCode, SendResponse, Statistics,
    TaskResponse, UserStatus,
};

const TASK: &str = "342982232646905856";

/// A push that vivo has accepted.
fn accepted() -> Fate {
    let mut fate = Fate::new("request-1").unwrap();
    fate.sent();
    fate.replied(&SendResponse::new(ResultCode::SUCCESS).task_id(TASK));
    fate
}

fn statistics<'a>(json: &'a str) -> Statistics<'a> {
    json::from_str(json).unwrap()
}

#[test]
fn new_checks_the_length_of_the_request_id() {
    assert_eq!(Fate::new(""), Err(CheckError::new("requestId", Rule::Missing)));
    assert_eq!(Fate::new(&"x".repeat(64)).unwrap().request_id().len(), 64);
    assert_eq!(Fate::new(&"x".repeat(65)), Err(CheckError::new("requestId", Rule::TooLong { max: 64 })));
}

#[test]
fn replied_follows_the_result() {
    let mut fate = Fate::new("request-1").unwrap();
    assert_eq!((fate.state(), fate.advice(None)), (FateState::NotSent, None));
    fate.sent();
    assert_eq!((fate.state(), fate.advice(None)), (FateState::Sent, None));

    fate.replied(&json::from_str(r#"{"result":10302,"invalidUser":{"status":4,"userid":"a"}}"#).unwrap());
    let refused = FateState::Refused(ResultCode::INVALID_REG_ID, Some(UserStatus::NOT_TEST_DEVICE));
    assert_eq!((fate.state(), fate.advice(None)), (refused, Some(Advice::FixAccount)));
    fate.sent();
    fate.task_replied(&TaskResponse::new(ResultCode::INVALID_REG_ID));
    assert_eq!(fate.advice(None), Some(Advice::DropToken));
    assert_eq!(fate.advice(Some(PushMode::TEST)), Some(Advice::FixAccount));

    fate.sent();
    assert_eq!(fate.state(), FateState::Sent);
    fate.task_replied(&TaskResponse::new(ResultCode::SUCCESS).task_id(TASK));
    assert_eq!((fate.state(), fate.task_id()), (FateState::Accepted, Some(TASK)));
    // A repeated request that is refused does not undo it.
    fate.sent();
    fate.replied(&SendResponse::new(ResultCode::SENDING_TOO_FAST));
    assert_eq!((fate.state(), fate.advice(None)), (FateState::Accepted, Some(Advice::Done)));
}

#[test]
fn receipt_gives_outcome_and_reason() {
    for (ack, sub, expected) in [
        ("0", None, FateState::Arrived),
        ("", None, FateState::Arrived),
        ("300", None, FateState::Arrived),
        ("103", None, FateState::NotShown(ReceiptType::REPLACED, None)),
        ("104", Some("1017"), FateState::NotShown(ReceiptType::NOT_SHOWN, Some(ReceiptReason::NIGHT))),
        ("302", Some("32009"), FateState::Shown),
        ("105", Some("1017"), FateState::Accepted),
        ("strange", None, FateState::Accepted),
    ] {
        let mut receipt = Receipt::new().ack_type(ack);
        receipt.sub_ack_type = sub;
        let mut fate = accepted();
        assert!(fate.receipt(TASK, &receipt));
        assert_eq!(fate.state(), expected, "{ack}");
    }
}

#[test]
fn receipt_belongs_by_task_id_or_by_request_id() {
    let arrived = Receipt::new().param("request-1");
    let mut fate = accepted();
    assert!(!fate.receipt("1", &arrived));
    assert_eq!(fate.state(), FateState::Accepted);

    // The reply was lost.
    let mut fate = Fate::new("request-1").unwrap();
    fate.sent();
    assert!(!fate.receipt(TASK, &Receipt::new().param("request-2")));
    assert!(!fate.receipt(TASK, &Receipt::new()));
    assert!(fate.receipt(TASK, &arrived));
    assert_eq!((fate.state(), fate.task_id()), (FateState::Arrived, Some(TASK)));

    // A task id that is too long to be kept.
    let mut fate = Fate::new("request-1").unwrap();
    fate.replied(&SendResponse::new(ResultCode::SUCCESS).task_id(&"1".repeat(65)));
    assert_eq!((fate.state(), fate.task_id()), (FateState::Accepted, None));
    assert!(fate.receipt(&"1".repeat(65), &arrived));
}

#[test]
fn counted_gives_the_farthest_step() {
    for (counters, expected) in [
        ("", FateState::Accepted),
        (r#","send":1,"receive":0"#, FateState::Accepted),
        (r#","receive":1"#, FateState::Arrived),
        (r#","receive":1,"display":1,"click":0"#, FateState::Shown),
        (r#","receive":1,"display":1,"click":1"#, FateState::Clicked),
    ] {
        let json = format!(r#"{{"taskId":"{TASK}"{counters}}}"#);
        let mut fate = accepted();
        assert!(fate.counted(&statistics(&json)));
        assert_eq!(fate.state(), expected, "{counters}");
    }
    assert!(!accepted().counted(&statistics(r#"{"taskId":"1","click":1}"#)));
    assert!(!accepted().counted(&statistics(r#"{"click":1}"#)));
    assert!(!Fate::new("a").unwrap().counted(&statistics(r#"{"click":1}"#)));
}

#[test]
fn state_does_not_depend_on_the_order_of_news() {
    let events: [fn(&mut Fate); 6] = [
        |fate| fate.replied(&SendResponse::new(ResultCode::SUCCESS).task_id(TASK)),
        |fate| fate.replied(&SendResponse::new(ResultCode::SENDING_TOO_FAST)),
        |fate| _ = fate.receipt(TASK, &Receipt::new().param("request-1").ack_type("104")),
        |fate| _ = fate.receipt(TASK, &Receipt::new().param("request-1").ack_type("0")),
        |fate| fate.sent(),
        Fate::clicked,
    ];
    // Every sequence that has every event: the state is that of the strongest news.
    let mut sequences: Vec<Vec<usize>> = Vec::from([Vec::new()]);
    for _ in 0..events.len() {
        sequences = sequences
            .iter()
            .flat_map(|sequence| {
                let unused = (0..events.len()).filter(|event| !sequence.contains(event));
                unused.map(|event| [&sequence[..], &[event]].concat()).collect::<Vec<_>>()
            })
            .collect();
    }
    assert_eq!(sequences.len(), 720);
    for sequence in sequences {
        let mut fate = Fate::new("request-1").unwrap();
        let mut strongest = 0;
        for event in &sequence {
            events[*event](&mut fate);
            let expected = [3, 2, 4, 5, 1, 7][*event];
            strongest = if (strongest, expected) == (2, 1) { 1 } else { strongest.max(expected) };
            assert_eq!(fate.state().rank(), strongest, "{sequence:?}");
        }
        assert_eq!((fate.state(), fate.task_id()), (FateState::Clicked, Some(TASK)));
    }
}

#[test]
fn debug_has_ids_and_state_only() {
    let mut fate = accepted();
    assert!(fate.receipt(TASK, &Receipt::new().targets("s3cr3t").param("s3cr3t").ack_type("104")));
    let shown = format!("{fate:?}");
    assert!(shown.contains("request-1") && shown.contains(TASK) && shown.contains("NotShown"), "{shown}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
}
