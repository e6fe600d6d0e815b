//! The wire names that messages have had: an interpreter of the declarations cannot see that one of them is misspelt, gone, or of
//! another type. Members that are newer than the list need not be in it; `RECORD=1 cargo test --test codec wire_names` adds them.

use std::collections::BTreeMap;
use std::fmt::Write;

use offline_push::json::description::{ObjectType, Type};

use crate::common::KINDS;
use crate::recorded::recorded;

/// `appId:u64`, with `!` for a member that must be there.
fn members(object: &ObjectType) -> Vec<String> {
    let members = object.fields.iter().map(|field| {
        let value = match field.value {
            Type::Text => "text".to_owned(),
            Type::Integer { min, max } => match (min, max.leading_zeros()) {
                (0, zeros) => format!("u{}", 64 - zeros),
                (_, zeros) => format!("i{}", 65 - zeros),
            },
            Type::Boolean => "bool".to_owned(),
            Type::Raw => "raw".to_owned(),
            Type::Map => "map".to_owned(),
            Type::Object(inner) => inner.name.to_owned(),
            Type::List(_) => "list".to_owned(),
            Type::Keyed(_) => "keyed".to_owned(),
            Type::Tagged(_) => "tagged".to_owned(),
        };
        format!("{}:{value}{}", field.wire, if field.required { "!" } else { "" })
    });
    members.collect()
}

fn collect(value: &'static Type, found: &mut BTreeMap<&'static str, Vec<String>>) {
    match value {
        Type::Object(object) => {
            found.insert(object.name, members(object));
            object.fields.iter().for_each(|field| collect(field.value, found));
        }
        Type::List(inner) | Type::Keyed(inner) => collect(inner, found),
        Type::Tagged(tagged) => {
            tagged.cases.iter().for_each(|(_, content)| collect(content, found));
            collect(tagged.other, found);
        }
        _ => {}
    }
}

#[test]
fn wire_names_are_declared_as_recorded() {
    let mut found = BTreeMap::new();
    KINDS.iter().for_each(|kind| collect(kind.description, &mut found));
    let mut all = String::new();
    found.iter().for_each(|(name, members)| writeln!(all, "{name} {}", members.join(" ")).unwrap());
    let before = recorded("wire_names.txt", &all);
    for line in before.lines() {
        let (name, members) = line.split_once(' ').unwrap();
        let declared = found.get(name).unwrap_or_else(|| unreachable!("{name} is gone"));
        for member in members.split(' ') {
            assert!(
                declared.iter().any(|other| other == member),
                "{name} has no {member} any more: {declared:?}"
            );
        }
    }
    assert!(before.lines().count() >= 45);
}
