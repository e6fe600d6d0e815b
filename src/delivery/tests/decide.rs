//! Tests of `Delivery` and `describe`.

use core::time::Duration;
use std::string::{String, ToString};
use std::vec::Vec;

use super::{certificate, settings, token};
use crate::click::ClickAction;
use crate::delivery::{
    DEFAULT_CONTENT, Delivery, Element, NoPush, PendingPush, Presence, PushOptions, SCRATCH_LEN, TEXT_LEN,
    describe,
};
use crate::tim::{OfflinePushInfo, OfflinePushSettings, PushFlag};
use crate::vivo::{Certificate, SavedCertificate};

/// A message that is pushed.
fn delivery<'a>() -> Delivery<'a> {
    Delivery::new(&settings(), certificate(ClickAction::default()), Some(token()))
}

fn added(age: Duration) -> SavedCertificate<'static> {
    SavedCertificate::Added { certificate: certificate(ClickAction::default()), age }
}

fn decided(delivery: &Delivery<'_>) -> Result<(), NoPush> {
    delivery.decide(&mut [0; TEXT_LEN]).map(|_| ())
}

/// The content of the push, and whether it was truncated.
fn content(delivery: &Delivery<'_>) -> Result<(String, bool), NoPush> {
    let (mut text, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
    let pending = delivery.decide(&mut text)?;
    let push = pending.compose("request-1", &mut scratch).unwrap();
    Ok((push.notification.content.into(), push.report.content_truncated))
}

fn described(elements: &[Element<'_>]) -> Option<String> {
    describe(elements, &mut [0; TEXT_LEN]).map(String::from)
}

/// One character, repeated.
fn signs(sign: &str, count: usize) -> String {
    sign.repeat(count)
}

#[test]
fn decide_pushes_to_killed_and_background_apps_only() {
    for (presence, expected) in [
        (Presence::Online, Err(NoPush::Online)),
        (Presence::Background, Ok(())),
        (Presence::Killed, Ok(())),
        (Presence::LoggedOut, Err(NoPush::LoggedOut)),
        (Presence::Kicked, Err(NoPush::Kicked)),
        (Presence::Expired, Err(NoPush::Expired)),
    ] {
        let mut delivery = delivery();
        delivery.presence = presence;
        assert_eq!(decided(&delivery), expected);
    }
    assert_eq!(delivery().presence, Presence::Killed, "the guide's case is the default");
}

#[test]
fn decide_muted_overrides_presence() {
    let mut delivery = delivery();
    delivery.muted = true;
    for presence in [Presence::Killed, Presence::Background, Presence::Online, Presence::LoggedOut] {
        delivery.presence = presence;
        assert_eq!(decided(&delivery), Err(NoPush::Muted));
    }
}

#[test]
fn decide_online_only_overrides_muted_and_presence() {
    let mut delivery = delivery();
    (delivery.online_only, delivery.muted) = (true, true);
    for presence in [Presence::Killed, Presence::Background, Presence::Online, Presence::Expired] {
        delivery.presence = presence;
        assert_eq!(decided(&delivery), Err(NoPush::OnlineOnly));
    }
}

#[test]
fn decide_only_push_flag_1_disables_the_push() {
    for (flag, expected) in [
        (None, Ok(())),
        (Some(0), Ok(())),
        (Some(1), Err(NoPush::Disabled)),
        (Some(2), Ok(())),
        (Some(-1), Ok(())),
    ] {
        let flag = flag.map(PushFlag::new);
        let mut settings = settings();
        settings.flag = flag;
        let mut info = OfflinePushInfo::new();
        (info.push_flag, info.desc) = (flag, Some("description"));
        for options in [PushOptions::from(&settings), PushOptions::from(&info)] {
            let delivery = Delivery { options, ..delivery() };
            assert_eq!(decided(&delivery), expected, "{flag:?}");
        }
    }
}

#[test]
fn decide_without_token_is_no_push() {
    let mut delivery = delivery();
    delivery.token = None;
    assert_eq!(decided(&delivery), Err(NoPush::NoToken));
}

/// At first every reason applies; then the reasons are removed one by one, the first one first.
#[test]
fn decide_returns_the_first_reason_that_applies() {
    type Mend = fn(&mut Delivery<'_>);
    let wait = Duration::from_secs(600);
    let mut delivery = delivery().options(PushOptions::new().disabled(true)).muted(true);
    delivery.token = None;
    delivery = delivery.presence(Presence::Online).certificate(added(Duration::ZERO)).online_only(true);
    delivery.elements = &[Element::Custom { description: None }];
    delivery.options.description = None;
    let steps: [(NoPush, Mend); 10] = [
        (NoPush::Disabled, |delivery| delivery.options.disabled = false),
        (NoPush::OnlineOnly, |delivery| delivery.online_only = false),
        (NoPush::Muted, |delivery| delivery.muted = false),
        (NoPush::Online, |delivery| delivery.presence = Presence::LoggedOut),
        (NoPush::LoggedOut, |delivery| delivery.presence = Presence::Kicked),
        (NoPush::Kicked, |delivery| delivery.presence = Presence::Expired),
        (NoPush::Expired, |delivery| delivery.presence = Presence::Background),
        (NoPush::NoToken, |delivery| delivery.token = Some(token())),
        (NoPush::NoContent, |delivery| delivery.elements = &[Element::Face]),
        (NoPush::CertificateNotInForce { wait }, |delivery| delivery.certificate = added(Duration::MAX)),
    ];
    for (reason, mend) in steps {
        assert_eq!(decided(&delivery), Err(reason));
        mend(&mut delivery);
    }
    assert_eq!(decided(&delivery), Ok(()));
}

#[test]
fn decide_waits_until_the_certificate_is_in_force() {
    let waits = |age: Duration| decided(&delivery().certificate(added(age)));
    for (age, wait) in [(0, 600), (1, 599), (599, 1)] {
        let wait = Duration::from_secs(wait);
        assert_eq!(waits(Duration::from_secs(age)), Err(NoPush::CertificateNotInForce { wait }), "{age} s");
    }
    let almost = Duration::new(599, 999_999_999);
    let wait = Duration::from_nanos(1);
    assert_eq!(waits(almost), Err(NoPush::CertificateNotInForce { wait }));
    for in_force in [Duration::from_secs(600), Duration::from_secs(601), Duration::MAX] {
        assert_eq!(waits(in_force), Ok(()));
    }
}

#[test]
fn decide_an_edit_that_changes_the_id_is_no_push() {
    let (before, mut after) = (certificate(ClickAction::default()), certificate(ClickAction::default()));
    after.id += 1;
    for age in [Duration::ZERO, Duration::MAX] {
        let delivery = delivery().certificate(SavedCertificate::Edited { before, after, age });
        assert_eq!(decided(&delivery), Err(NoPush::CertificateIdChanged));
    }
}

#[test]
fn decide_uses_the_certificate_from_before_an_edit_until_the_edit_is_in_force() {
    let before = certificate(ClickAction::default());
    let after = Certificate { app_id: 22222, ..before };
    for (age, app_id) in [(0, 11178), (599, 11178), (600, 22222), (601, 22222)] {
        let age = Duration::from_secs(age);
        let delivery = delivery().certificate(SavedCertificate::Edited { before, after, age });
        let (mut text, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
        let pending = delivery.decide(&mut text).unwrap();
        let push = pending.compose("request-1", &mut scratch).unwrap();
        assert_eq!(push.notification.app_id, Some(app_id), "{age:?}");
    }
}

#[test]
fn no_push_words_and_names_are_distinct() {
    let wait = Duration::from_secs(600);
    let reasons = [
        NoPush::Disabled,
        NoPush::OnlineOnly,
        NoPush::Muted,
        NoPush::Online,
        NoPush::LoggedOut,
        NoPush::Kicked,
        NoPush::Expired,
        NoPush::NoToken,
        NoPush::NoContent,
        NoPush::CertificateNotInForce { wait },
    ];
    let words = reasons.iter().map(ToString::to_string);
    let mut texts: Vec<_> = words.chain(reasons.iter().map(|reason| reason.name().into())).collect();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 2 * reasons.len());
}

/// Names go to metrics: they never change.
#[test]
fn presence_names_are_stable() {
    use Presence::{Background, Expired, Kicked, Killed, LoggedOut, Online};
    let presences = [Online, Background, Killed, Expired, LoggedOut, Kicked];
    let names = ["online", "background", "killed", "expired", "logged_out", "kicked"];
    assert_eq!(presences.map(Presence::name), names);
}

/// After this many seconds, the certificate is in force.
#[test]
fn no_push_display_rounds_the_wait_up() {
    for (wait, seconds) in [
        (Duration::from_secs(600), 600),
        (Duration::from_secs(1), 1),
        (Duration::from_millis(1001), 2),
        (Duration::from_nanos(1), 1),
        (Duration::MAX, u64::MAX),
    ] {
        let words = NoPush::CertificateNotInForce { wait }.to_string();
        assert!(words.ends_with(&std::format!(" {seconds} s")), "{words}");
    }
}

#[test]
fn decide_single_custom_element_needs_a_description() {
    let mut settings = OfflinePushSettings::new();
    settings.title = Some("title");
    for (description, expected) in [
        (None, Err(NoPush::NoContent)),
        (Some(""), Err(NoPush::NoContent)),
        (Some(" \n"), Err(NoPush::NoContent)),
        (Some("an order"), Ok((String::from("an order"), false))),
    ] {
        let elements = [Element::Custom { description }];
        let mut delivery = Delivery::new(&settings, certificate(ClickAction::default()), Some(token()));
        delivery.elements = &elements;
        assert_eq!(content(&delivery), expected);

        // With another element it is pushed.
        let two = [elements[0], Element::Custom { description: None }];
        delivery.elements = &two;
        assert!(decided(&delivery).is_ok());

        // The sender's own description replaces it.
        delivery.options.description = Some("description");
        assert_eq!(content(&delivery), Ok((String::from("description"), false)));
    }
}

#[test]
fn decide_description_overrides_the_elements() {
    for (description, shown) in
        [(Some("description"), "description"), (Some(""), "text"), (Some(" \t"), "text"), (None, "text")]
    {
        let mut delivery = delivery();
        delivery.options.description = description;
        delivery.elements = &[Element::Text("text")];
        assert_eq!(content(&delivery), Ok((shown.into(), false)));
    }
}

#[test]
fn describe_joins_texts_without_separator() {
    let elements = [
        Element::Text("red packet"),
        Element::Face,
        Element::Custom { description: Some("for you") },
        Element::Text(" "),
        Element::Location,
        Element::Other { text: None },
        Element::Custom { description: None },
        Element::Other { text: Some("[Voice]") },
        Element::Text("!"),
    ];
    assert_eq!(described(&elements).as_deref(), Some("red packet[Face]for you [Location][Voice]!"));
}

#[test]
fn describe_texts_of_single_elements() {
    assert_eq!(described(&[Element::Face]).as_deref(), Some("[Face]"));
    assert_eq!(described(&[Element::Location]).as_deref(), Some("[Location]"));
    assert_eq!(described(&[Element::Other { text: None }]), None);
    assert_eq!(described(&[]), None);
}

#[test]
fn describe_blank_elements_are_no_text() {
    for elements in [
        &[Element::Text("")][..],
        &[Element::Text(" \u{3000}")],
        &[Element::Text(""), Element::Text("\n"), Element::Custom { description: Some(" ") }],
        &[Element::Other { text: None }, Element::Other { text: Some("") }],
    ] {
        assert_eq!(described(elements), None);
        let mut delivery = delivery();
        (delivery.options.description, delivery.elements) = (None, elements);
        assert_eq!(content(&delivery), Ok((DEFAULT_CONTENT.into(), false)));
    }
    // Any leading blanks are removed, others are kept.
    let blank = signs(" \n", 200);
    assert_eq!(described(&[Element::Text(&blank), Element::Face]).as_deref(), Some("[Face]"));
    assert_eq!(described(&[Element::Text("  a "), Element::Text(" ")]).as_deref(), Some("a  "));
}

/// The last unit that is shown may be followed by one unit or by two.
#[test]
fn describe_long_text_is_truncated_as_a_description() {
    for (text, cut) in [
        (signs("中", 100), None),
        (signs("😀", 50), None),
        (signs("中", 98) + "😀", None),
        (signs("中", 101), Some(signs("中", 97))),
        (signs("a", 101), Some(signs("a", 97))),
        (signs("中", 99) + "😀", Some(signs("中", 97))),
        (signs("中", 100) + "😀", Some(signs("中", 97))),
        (signs("中", 100) + "a", Some(signs("中", 97))),
        (signs("😀", 51), Some(signs("😀", 48))),
        (signs("中", 1000), Some(signs("中", 97))),
    ] {
        let shown = cut.as_ref().map_or_else(|| text.clone(), |cut| std::format!("{cut}..."));
        let mut delivery = delivery();
        delivery.options.description = Some(&text);
        assert_eq!(content(&delivery), Ok((shown.clone(), cut.is_some())), "as a description");

        let halves = text.split_at(text.char_indices().nth(40).unwrap().0);
        let elements = [Element::Text(halves.0), Element::Text(halves.1)];
        (delivery.options.description, delivery.elements) = (None, &elements);
        assert_eq!(content(&delivery), Ok((shown, cut.is_some())), "as elements");
    }
}

#[test]
fn describe_returns_one_character_more_than_is_shown() {
    let longest = signs("中", 100) + "😀";
    let elements = [Element::Text(&longest), Element::Face];
    assert_eq!(describe(&elements, &mut [0; TEXT_LEN]), Some(&*longest));
    assert_eq!(longest.len(), TEXT_LEN);
    // More than can be shown, for characters of any length.
    for sign in ["a", "é", "中", "😀"] {
        let text = signs(sign, 200);
        let units = described(&[Element::Text(&text)]).unwrap().encode_utf16().count();
        assert!((101..=102).contains(&units), "{sign}: {units}");
    }
}

#[test]
fn pending_push_composes_as_compose_does() {
    let mut delivery = delivery();
    delivery.options.category = Some("IM");
    let mut text = [0; TEXT_LEN];
    let pending: PendingPush<'_> = delivery.decide(&mut text).unwrap();
    let (mut first, mut second) = ([0; SCRATCH_LEN], [0; SCRATCH_LEN]);
    let composed = pending.compose("request-1", &mut first);
    let certificate = certificate(ClickAction::default());
    let direct = crate::delivery::compose(delivery.options, &token(), &certificate, "request-1", &mut second);
    assert!(composed.is_ok());
    assert_eq!(composed, direct);
}
