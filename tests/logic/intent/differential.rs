//! The crate against Android's reader.

use offline_push::intent::{Intent, IntentErrorKind};
use proptest::prelude::*;

use super::intents::{is_read_as_android_reads_it, parts, written};
use super::{android, cases, strategies};

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn a_uri_is_read_as_android_reads_it(uri in strategies::uri()) {
        is_read_as_android_reads_it(&uri)?;
    }

    #[test]
    fn what_is_written_is_read_by_android_as_the_same(uri in strategies::uri()) {
        if let Ok(intent) = Intent::parse(&uri) {
            prop_assert_eq!(android::parse_uri(&written(&intent)), Ok(parts(&intent)), "{}", uri);
        }
    }

    #[test]
    fn two_uris_are_equal_if_android_reads_the_same(
        uri in strategies::uri(),
        other in strategies::uri(),
        mutation in strategies::mutation(),
    ) {
        for other in [&other, &mutation.apply(&uri)] {
            let (Ok(one), Ok(two)) = (Intent::parse(&uri), Intent::parse(other)) else { continue };
            let same = one.form == two.form && parts(&one) == parts(&two);
            prop_assert_eq!(one == two, same, "{} {}", uri, other);
            prop_assert_eq!(two == one, same);
        }
    }

    #[test]
    fn any_text_is_read_as_android_reads_it(text in "\\PC{0,40}", tail in "[SBbcdfils.aend=;%/ 0-9]{0,30}") {
        is_read_as_android_reads_it(&text)?;
        is_read_as_android_reads_it(&format!("{text}#Intent;{tail}"))?;
        is_read_as_android_reads_it(&format!("intent:{text}#Intent;{tail};end"))?;
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn host_and_path_are_those_of_androids_uri(
        uri in "[a-z]{0,3}:?/{0,3}([a-z@:0-9./?#\\[\\]\\\\-]|%2F){0,12}",
    ) {
        let data = offline_push::intent::Data::new(&uri);
        // Android takes any text before a `:` for a scheme.
        let scheme = uri.split_once(':').map(|(scheme, _)| scheme);
        if data.scheme().map(|scheme| scheme.to_string()).as_deref() == scheme {
            prop_assert_eq!(data.host(), android::host(&uri), "{}", uri);
            prop_assert_eq!(data.path(), android::path(&uri), "{}", uri);
        }
        prop_assert_eq!(data.to_string(), uri);
    }
}

/// The strategy is worth something only if it makes enough of each.
#[test]
fn the_uris_are_of_every_kind() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    use std::collections::HashMap;

    let mut runner = TestRunner::deterministic();
    let mut seen: HashMap<Option<IntentErrorKind>, usize> = HashMap::new();
    let mut rich = 0;
    for _ in 0..3000 {
        let uri = strategies::uri().new_tree(&mut runner).unwrap().current();
        let read = Intent::parse(&uri);
        *seen.entry(read.map_err(|error| error.kind()).err()).or_default() += 1;
        rich += usize::from(read.is_ok_and(|intent| intent.selector.is_some() && !intent.extras.is_empty()));
    }
    let count = |kind| seen.get(&kind).copied().unwrap_or_default();
    assert!(count(None) > 1000 && rich > 50, "{seen:?} {rich}");
    use IntentErrorKind::*;
    for kind in [NoEnd, UnknownField, NoValue, NotANumber, NotAChar, NoPackage, LegacyForm] {
        assert!(count(Some(kind)) > 5, "{kind:?} {seen:?}");
    }
}
