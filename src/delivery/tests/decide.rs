//! Whether there is a push at all, and what the text of a message without description is.

use core::time::Duration;
use std::string::{String, ToString};
use std::vec::Vec;

use super::{certificate, settings, token};
use crate::click::ClickAction;
use crate::delivery::{Delivery, Due, Element, NoPush, Presence, SCRATCH_LEN, TEXT_LEN, Wishes, describe};
use crate::tim::{OfflinePushInfo, OfflinePushSettings, PushFlag};
use crate::vivo::Certificate;

/// A message that is due.
fn delivery<'a>() -> Delivery<'a> {
    Delivery::new(&settings(), &certificate(ClickAction::default()), Some(token()))
}

fn decided(delivery: &Delivery<'_>) -> Result<(), NoPush> {
    delivery.decide(&mut [0; TEXT_LEN]).map(|_| ())
}

/// What a due message shows.
fn content(delivery: &Delivery<'_>) -> Result<(String, bool), NoPush> {
    let (mut text, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
    let due = delivery.decide(&mut text)?;
    let push = due.compose("request-1", &mut scratch).unwrap();
    Ok((push.notification.content.into(), push.report.content_cut))
}

fn described(elements: &[Element<'_>]) -> Option<String> {
    describe(elements, &mut [0; TEXT_LEN]).map(String::from)
}

/// Text of one sign many times.
fn signs(sign: &str, count: usize) -> String {
    sign.repeat(count)
}

#[test]
fn only_a_killed_app_and_one_in_the_background_are_pushed_to() {
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
fn a_muted_conversation_is_not_pushed_wherever_the_receiver_is() {
    let mut delivery = delivery();
    delivery.muted = true;
    for presence in [Presence::Killed, Presence::Background, Presence::Online, Presence::LoggedOut] {
        delivery.presence = presence;
        assert_eq!(decided(&delivery), Err(NoPush::Muted));
    }
}

#[test]
fn a_message_for_users_online_is_never_pushed() {
    let mut delivery = delivery();
    (delivery.online_only, delivery.muted) = (true, true);
    for presence in [Presence::Killed, Presence::Background, Presence::Online, Presence::Expired] {
        delivery.presence = presence;
        assert_eq!(decided(&delivery), Err(NoPush::OnlineOnly));
    }
}

#[test]
fn push_flag_1_turns_push_off_in_either_api_and_other_numbers_do_not() {
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
        for wishes in [Wishes::from(&settings), Wishes::from(&info)] {
            let delivery = Delivery { wishes, ..delivery() };
            assert_eq!(decided(&delivery), expected, "{flag:?}");
        }
    }
}

#[test]
fn without_a_token_there_is_nobody_to_push_to() {
    let mut delivery = delivery();
    delivery.token = None;
    assert_eq!(decided(&delivery), Err(NoPush::NoToken));
}

/// Everything is against the push; then each reason is taken away, the first one first.
#[test]
fn the_first_reason_is_told_in_the_order_of_the_declaration() {
    type Mend = fn(&mut Delivery<'_>);
    let wait = Duration::from_secs(600);
    let mut wishes = Wishes::new();
    wishes.disabled = true;
    let mut delivery = delivery();
    (delivery.wishes, delivery.muted, delivery.token) = (wishes, true, None);
    (delivery.presence, delivery.saved) = (Presence::Online, Some(Duration::ZERO));
    delivery.online_only = true;
    let steps: [(NoPush, Mend); 10] = [
        (NoPush::Disabled, |delivery| delivery.wishes.disabled = false),
        (NoPush::OnlineOnly, |delivery| delivery.online_only = false),
        (NoPush::Muted, |delivery| delivery.muted = false),
        (NoPush::Online, |delivery| delivery.presence = Presence::LoggedOut),
        (NoPush::LoggedOut, |delivery| delivery.presence = Presence::Kicked),
        (NoPush::Kicked, |delivery| delivery.presence = Presence::Expired),
        (NoPush::Expired, |delivery| delivery.presence = Presence::Background),
        (NoPush::NoToken, |delivery| delivery.token = Some(token())),
        (NoPush::NoContent, |delivery| delivery.elements = &[Element::Face]),
        (NoPush::CertificateNotInForce { wait }, |delivery| delivery.saved = None),
    ];
    for (reason, mend) in steps {
        assert_eq!(decided(&delivery), Err(reason));
        mend(&mut delivery);
    }
    assert_eq!(decided(&delivery), Ok(()));
}

#[test]
fn a_certificate_takes_effect_ten_minutes_after_it_was_saved() {
    assert_eq!(Certificate::TAKES_EFFECT_AFTER, Duration::from_secs(600));
    let waits = |saved: Option<Duration>| {
        let mut delivery = delivery();
        delivery.saved = saved;
        decided(&delivery)
    };
    for (saved, wait) in [(0, 600), (1, 599), (599, 1)] {
        let wait = Duration::from_secs(wait);
        assert_eq!(
            waits(Some(Duration::from_secs(saved))),
            Err(NoPush::CertificateNotInForce { wait }),
            "{saved} s"
        );
    }
    let almost = Duration::new(599, 999_999_999);
    let wait = Duration::from_nanos(1);
    assert_eq!(waits(Some(almost)), Err(NoPush::CertificateNotInForce { wait }));
    for in_force in [Duration::from_secs(600), Duration::from_secs(601), Duration::MAX] {
        assert_eq!(waits(Some(in_force)), Ok(()));
    }
    assert_eq!(waits(None), Ok(()));
}

#[test]
fn every_reason_is_told_in_words_of_its_own() {
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
    let mut words: Vec<_> = reasons.iter().map(ToString::to_string).collect();
    words.sort();
    words.dedup();
    assert_eq!(words.len(), reasons.len());
}

/// Whoever waits so many seconds shall not be told to wait again.
#[test]
fn the_wait_is_told_in_whole_seconds_that_suffice() {
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
fn a_lone_custom_element_is_pushed_with_a_description_alone() {
    let mut settings = OfflinePushSettings::new();
    settings.title = Some("title");
    for (description, expected) in [
        (None, Err(NoPush::NoContent)),
        (Some(""), Err(NoPush::NoContent)),
        (Some(" \n"), Err(NoPush::NoContent)),
        (Some("an order"), Ok((String::from("an order"), false))),
    ] {
        let elements = [Element::Custom { description }];
        let mut delivery = Delivery::new(&settings, &certificate(ClickAction::default()), Some(token()));
        delivery.elements = &elements;
        assert_eq!(content(&delivery), expected);

        // The sender's own description makes up for it.
        delivery.wishes.description = Some("description");
        assert_eq!(content(&delivery), Ok((String::from("description"), false)));
    }
}

#[test]
fn the_senders_description_goes_before_the_text_of_the_elements() {
    for (description, shown) in
        [(Some("description"), "description"), (Some(""), "text"), (Some(" \t"), "text"), (None, "text")]
    {
        let mut delivery = delivery();
        delivery.wishes.description = description;
        delivery.elements = &[Element::Text("text")];
        assert_eq!(content(&delivery), Ok((shown.into(), false)));
    }
}

#[test]
fn the_texts_of_the_elements_are_joined_with_nothing_between() {
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
fn a_face_and_a_location_have_texts_of_their_own_and_other_elements_none() {
    assert_eq!(described(&[Element::Face]).as_deref(), Some("[Face]"));
    assert_eq!(described(&[Element::Location]).as_deref(), Some("[Location]"));
    assert_eq!(described(&[Element::Other { text: None }]), None);
    assert_eq!(described(&[]), None);
}

#[test]
fn elements_that_say_nothing_are_no_text() {
    for elements in [
        &[Element::Text("")][..],
        &[Element::Text(" \u{3000}")],
        &[Element::Text(""), Element::Text("\n"), Element::Custom { description: Some(" ") }],
        &[Element::Other { text: None }, Element::Other { text: Some("") }],
    ] {
        assert_eq!(described(elements), None);
        let mut delivery = delivery();
        (delivery.wishes.description, delivery.elements) = (None, elements);
        assert_eq!(decided(&delivery), Err(NoPush::NoContent));
    }
    // Blanks in front are left out, however many, and others stay.
    let blank = signs(" \n", 200);
    assert_eq!(described(&[Element::Text(&blank), Element::Face]).as_deref(), Some("[Face]"));
    assert_eq!(described(&[Element::Text("  a "), Element::Text(" ")]).as_deref(), Some("a  "));
}

/// The last unit that a push shows may be followed by one or by two more.
#[test]
fn a_text_of_elements_that_is_too_long_is_cut_as_a_description_is() {
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
        delivery.wishes.description = Some(&text);
        assert_eq!(content(&delivery), Ok((shown.clone(), cut.is_some())), "as a description");

        let halves = text.split_at(text.char_indices().nth(40).unwrap().0);
        let elements = [Element::Text(halves.0), Element::Text(halves.1)];
        (delivery.wishes.description, delivery.elements) = (None, &elements);
        assert_eq!(content(&delivery), Ok((shown, cut.is_some())), "as elements");
    }
}

#[test]
fn a_buffer_of_text_len_holds_one_character_more_than_can_be_shown() {
    let longest = signs("中", 100) + "😀";
    let elements = [Element::Text(&longest), Element::Face];
    assert_eq!(describe(&elements, &mut [0; TEXT_LEN]), Some(&*longest));
    assert_eq!(longest.len(), TEXT_LEN);
    // One unit more than can be shown, whatever the text is made of.
    for sign in ["a", "é", "中", "😀"] {
        let text = signs(sign, 200);
        let units = described(&[Element::Text(&text)]).unwrap().encode_utf16().count();
        assert!((101..=102).contains(&units), "{sign}: {units}");
    }
}

#[test]
fn what_is_due_is_composed_as_without_the_question() {
    let mut delivery = delivery();
    delivery.wishes.category = Some("IM");
    let mut text = [0; TEXT_LEN];
    let due: Due<'_> = delivery.decide(&mut text).unwrap();
    let (mut first, mut second) = ([0; SCRATCH_LEN], [0; SCRATCH_LEN]);
    let composed = due.compose("request-1", &mut first);
    let certificate = certificate(ClickAction::default());
    let direct = crate::delivery::compose(delivery.wishes, &token(), &certificate, "request-1", &mut second);
    assert!(composed.is_ok());
    assert_eq!(composed, direct);
}
