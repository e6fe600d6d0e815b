use std::format;
use std::string::String;
use std::vec;
use std::vec::Vec;

use proptest::prelude::*;

use super::{StatisticsRequest, StatisticsResponse};
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::exchange::Request;
use crate::json::{self, List};

fn check(task_ids: &[&str]) -> Result<(), CheckError> {
    StatisticsRequest::new(List::from_slice(task_ids)).check()
}

fn error(rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new("taskIds", rule))
}

fn path(task_ids: &[&str]) -> String {
    let request = StatisticsRequest::new(List::from_slice(task_ids));
    let needed = request.path_and_query(&mut []).unwrap_err().needed;
    let mut buffer = vec![0; needed];
    for length in 0..needed {
        let short = request.path_and_query(buffer.get_mut(..length).unwrap());
        assert_eq!(short, Err(BufferFull { needed }));
    }
    request.path_and_query(&mut buffer).unwrap().into()
}

#[test]
fn check_takes_1_to_100_task_ids() {
    let ids = vec!["298475091219"; 101];
    assert_eq!(check(&[]), error(Rule::Missing));
    assert_eq!(check(ids.get(..1).unwrap()), Ok(()));
    assert_eq!(check(ids.get(..100).unwrap()), Ok(()));
    assert_eq!(check(&ids), error(Rule::TooMany { max: 100 }));
}

#[test]
fn check_refuses_invalid_task_ids() {
    assert_eq!(check(&["1", ""]), error(Rule::Missing));
    for odd in ["1,2", "1 2", "1\r\n", "一"] {
        assert_eq!(check(&["1", odd]), error(Rule::UnknownValue), "{odd:?}");
    }
}

#[test]
fn path_and_query_joins_and_escapes_ids() {
    assert_eq!(path(&[]), "/report/getStatistics?taskIds=");
    assert_eq!(path(&["298475091219"]), "/report/getStatistics?taskIds=298475091219");
    assert_eq!(path(&["1", "2", "3"]), "/report/getStatistics?taskIds=1,2,3");
    assert_eq!(
        path(&["a,b", "&x=1#/? %+", "\r\nX: y", "!'()*-._~", "标"]),
        "/report/getStatistics?taskIds=a%2Cb,%26x%3D1%23%2F%3F%20%25%2B,%0D%0AX%3A%20y,%21%27%28%29%2A-._~,%E6%A0%87"
    );
}

/// A second, simple implementation of the rule.
fn encoded(text: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let each = |byte: u8| match unreserved(byte) {
        true => char::from(byte).into(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(each).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn path_and_query_writes_unreserved_characters_only(
        ids in prop::collection::vec(".{0,12}", 0..6),
    ) {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let query: Vec<String> = ids.iter().map(|id| encoded(id)).collect();
        prop_assert_eq!(path(&ids), format!("/report/getStatistics?taskIds={}", query.join(",")));
    }
}

#[test]
fn decode_reads_every_counter_of_the_published_reply() {
    let reply = r#"{"result":0,"desc":"请求成功","statistics":[{"taskId":"298475091219","target":10000,"valid":9500,
        "send":9000,"receive":8900,"display":8000,"click":200,"targetInvalid":201,"targetUnSub":202,
        "targetInActive":100,"covered":203,"controlled":204,"targetOffline":101}]}"#;
    let reply: StatisticsResponse<'_> = json::from_str(reply).unwrap();
    let task = reply.statistics.iter().flatten().next().unwrap();
    assert_eq!(task.task_id, Some("298475091219"));
    let counters = [
        task.target,
        task.valid,
        task.send,
        task.receive,
        task.display,
        task.click,
        task.target_invalid,
        task.target_un_sub,
        task.target_in_active,
        task.covered,
        task.controlled,
        task.target_offline,
    ];
    let expected = [10000, 9500, 9000, 8900, 8000, 200, 201, 202, 100, 203, 204, 101];
    assert_eq!(counters, expected.map(Some));
}

#[test]
fn decode_absent_counter_is_none() {
    let reply: StatisticsResponse<'_> =
        json::from_str(r#"{"result":0,"statistics":[{"taskId":342982232646905856,"click":"7"}]}"#).unwrap();
    let task = reply.statistics.iter().flatten().next().unwrap();
    assert_eq!((task.task_id, task.click, task.send), (Some("342982232646905856"), Some(7), None));
    let reply: StatisticsResponse<'_> = json::from_str(r#"{"result":10471}"#).unwrap();
    assert_eq!(reply.statistics, None);
}
