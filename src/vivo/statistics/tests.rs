use std::string::String;
use std::vec;

use super::StatisticsRequest;
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::exchange::Request;
use crate::json::List;

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
