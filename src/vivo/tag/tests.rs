use std::format;

use super::{TagAdd, TagAddMembers, TagRemoveMembers, TagUpdate, UserType};
use crate::check::{CheckError, Rule};
use crate::json::List;

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
}

#[test]
fn check_tag_each_rule() {
    assert_eq!(TagAdd::new("shenzhen").app_id(10004).check(), Ok(()));
    assert_eq!(TagAdd::new("shenzhen").app_id(0).check(), error("appId", Rule::Missing));
    assert_eq!(TagAdd::new(" ").check(), error("name", Rule::Missing));
    assert_eq!(TagUpdate::new("", "new").check(), error("oldName", Rule::Missing));
    assert_eq!(TagUpdate::new("old", "").check(), error("newName", Rule::Missing));
}

/// Both calls have the same rules.
fn members(name: &str, number: i32, ids: &[&str]) -> Result<(), CheckError> {
    let (user_type, ids) = (UserType::new(number), List::from_slice(ids));
    let added = TagAddMembers::new(name, user_type, ids).check();
    assert_eq!(TagRemoveMembers::new(name, user_type, ids).check(), added);
    added
}

#[test]
fn check_members_of_a_tag_each_rule() {
    assert_eq!(members("", 1, &["a"]), error("name", Rule::Missing));
    for number in [0, 3] {
        assert_eq!(members("tag", number, &["a"]), error("type", Rule::UnknownValue), "{number}");
    }
    assert_eq!(members("tag", 1, &[]), error("ids", Rule::Missing));
    assert_eq!(members("tag", 1, &["a", ""]), error("ids", Rule::Missing));
    assert_eq!(members("tag", 1, &["a"; 1000]), Ok(()));
    assert_eq!(members("tag", 1, &["a"; 1001]), error("ids", Rule::TooMany { max: 1000 }));
}

#[test]
fn check_members_of_a_tag_reg_id_and_alias_have_their_own_rules() {
    let alias = "中".repeat(70);
    assert_eq!(members("tag", 2, &[&alias]), Ok(()));
    assert_eq!(members("tag", 2, &[&format!("{alias}a")]), error("ids", Rule::TooLong { max: 70 }));
    assert_eq!(members("tag", 1, &[&alias]), error("ids", Rule::UnknownValue));
    assert_eq!(members("tag", 1, &[&"a".repeat(257)]), error("ids", Rule::TooLong { max: 256 }));
}
