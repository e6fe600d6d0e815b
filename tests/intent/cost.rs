//! A hostile URI has no more entries than allowed. That the others take work in proportion to their length, the unit tests
//! see, which count it.

use offline_push::intent::{Intent, MAX_ENTRIES};

#[test]
fn too_many_entries_are_refused_where_they_begin() {
    for repeated in ["S.a=b;", "category=a;", "i.a=1;"] {
        let uri = format!("intent:#Intent;{}end", repeated.repeat(64 * 1024 / repeated.len()));
        let error = Intent::parse(&uri).unwrap_err();
        assert_eq!(error.offset(), "intent:#Intent;".len() + repeated.len() * MAX_ENTRIES);
    }
}
