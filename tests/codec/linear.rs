//! Time grows in proportion to the length of the input, both for input that is read and for input that is refused.
//!
//! Each input is built at two lengths. The longer one may take as many times as long as it is longer, and four times that,
//! since other programs run on the same machine: an input of 16 times the length takes 16 times as long where time is linear,
//! 64 times is allowed, and quadratic time would be 256 times. The shortest of several runs counts.
//!
//! On an emulated machine, time says nothing. On systems other than Linux, there is no clock here that leaves out the time of other
//! programs.

#![allow(clippy::panic)]

use std::collections::HashSet;
use std::ffi::{c_int, c_long};
use std::hint::black_box;
use std::mem::discriminant;
use std::time::Duration;

use crate::common::spots::{Spot, class, different_spots, is_lenient, shortest, whole};
use offline_push::intent::{Categories, Data, ExtraValue, Extras, Intent, IntentExtra, MAX_ENTRIES, Text};
use offline_push::json::description::Type;
use offline_push::json::{
    self, DecodeError, DecodeErrorKind, Encode, List, Map, Members, Message, Owned, Pieces, Raw, Texts,
};
use offline_push::vivo::{ListPush, Notification, SendResponse};
use offline_push::{IntentUri, WebUrl, ext, tim, vivo};

/// How many times as long as the shorter input the longer one is.
const GROWTH: usize = 16;
/// By this factor, a time may be longer than a proportional one because of other programs.
const NOISE: f64 = 4.0;
/// The extra time of the first look at a long input, which is not in the processor's caches.
const CACHES: Duration = Duration::from_micros(20);
/// The shorter input takes at least this time, so that the clock is precise enough.
const PRECISE: Duration = Duration::from_micros(50);
/// The shorter input begins with the first length. It is doubled until it takes long enough, or has the second length.
const SHORTEST: usize = 1 << 9;
const LONGEST: usize = 1 << 16;
/// The second length for an [`Owned`], which holds the input in an array.
const LONGEST_OWNED: usize = 1 << 11;
/// Room for what stands around the part that grows.
const AROUND: usize = 1 << 10;
const ROUNDS: usize = 10;
/// A comparison that takes this long and does not pass is not tried again.
const HOPELESS: Duration = Duration::from_secs(1);

/// The time that this thread has run, without the time in which others had its processor.
#[allow(unsafe_code)] // The standard library does not ask for it.
fn now() -> Duration {
    const CLOCK_THREAD_CPUTIME_ID: c_int = 3;

    #[derive(Default)]
    #[repr(C)]
    struct Timespec {
        seconds: c_long,
        nanoseconds: c_long,
    }

    unsafe extern "C" {
        fn clock_gettime(clock: c_int, time: &mut Timespec) -> c_int;
    }

    let mut time = Timespec::default();
    // SAFETY: this is the POSIX function, and these are its types on Linux.
    assert_eq!(unsafe { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &mut time) }, 0);
    Duration::from_secs(time.seconds as u64) + Duration::from_nanos(time.nanoseconds as u64)
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = now();
    let done = black_box(work());
    (now() - start, done)
}

/// Fails if the longer input takes more than the given multiple of the time in every round.
fn compare(name: &str, times: f64, short: &[u8], long: &[u8], time: impl Fn(&[u8]) -> Duration) {
    let (mut before, mut after) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        before = (0..2).map(|_| time(short)).fold(before, Duration::min);
        after = after.min(time(long));
        if after <= before.mul_f64(times * NOISE) + CACHES {
            return;
        }
        if after > HOPELESS {
            break;
        }
    }
    panic!("{name}: {before:?} for {} bytes, {after:?} for {}", short.len(), long.len());
}

/// Builds inputs of about these lengths, and compares their times.
fn grows(name: &str, longest: usize, build: impl Fn(usize) -> Vec<u8>, time: impl Fn(&[u8]) -> Duration) {
    let mut length = SHORTEST;
    let mut short = build(length);
    while length < longest && time(&short) < PRECISE {
        length *= 2;
        short = build(length);
    }
    let long = build(GROWTH * length);
    compare(name, long.len() as f64 / short.len() as f64, &short, &long, time);
}

/// What is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Text,
    Prefix,
    Slice,
    InPlace,
    Escaped,
    Received,
    /// Out of an [`Owned`].
    Got,
    /// Compared with itself, which reads all of its lists and maps.
    Read,
    /// Encoded again.
    Written,
    /// Encoded again, in pieces of 64 bytes.
    Pieced,
}

use Way::{Escaped, Got, InPlace, Pieced, Prefix, Read, Received, Slice, Written};

/// All entry points share their readers. So one message goes all ways, and the others go these ways.
const MOST: [Way; 6] = [Way::Text, InPlace, Got, Read, Written, Pieced];
const READING: [Way; 7] = [Way::Text, Prefix, Slice, InPlace, Escaped, Received, Got];

impl Way {
    fn longest(self) -> usize {
        if matches!(self, Received | Got) { LONGEST_OWNED } else { LONGEST }
    }
}

/// The time that an input takes; `None` if it cannot go that way.
fn time<M: Message>(way: Way, input: &[u8]) -> Option<Duration> {
    let mut buffer = input.to_vec();
    match way {
        Way::Text => {
            let text = str::from_utf8(input).ok()?;
            decoded(timed(|| json::from_str::<M::Of<'_>>(text)))
        }
        Prefix => {
            let text = str::from_utf8(input).ok()?;
            decoded(timed(|| json::from_prefix::<M::Of<'_>>(text)))
        }
        Slice => decoded(timed(|| json::from_slice::<M::Of<'_>>(input))),
        InPlace => decoded(timed(|| json::from_slice_in_place::<M::Of<'_>>(&mut buffer))),
        Escaped => decoded(timed(|| json::from_slice_with_scratch::<M::Of<'_>>(input, &mut buffer))),
        Received | Got if input.len() <= LONGEST_OWNED + AROUND => {
            owned::<M, { LONGEST_OWNED + AROUND }>(way, input)
        }
        Received | Got => owned::<M, { GROWTH * (LONGEST_OWNED + AROUND) }>(way, input),
        Read => {
            let message = json::from_slice_in_place::<M::Of<'_>>(&mut buffer).ok()?;
            Some(timed(|| assert!(message == message.clone())).0)
        }
        Written => {
            let message = json::from_slice_in_place::<M::Of<'_>>(&mut buffer).ok()?;
            let mut place = vec![0; 2 * input.len() + AROUND];
            let (took, written) = timed(|| {
                Some(json::encoded_len(&message))
                    == json::to_slice(&message, &mut place).ok().map(|json| json.len())
            });
            assert!(written);
            Some(took)
        }
        Pieced => {
            let message = json::from_slice_in_place::<M::Of<'_>>(&mut buffer).ok()?;
            Some(in_pieces(&message))
        }
    }
}

/// The time that all pieces of a message take, each of 64 bytes.
fn in_pieces(message: &impl Encode) -> Duration {
    let (took, left) = timed(|| {
        let mut pieces = Pieces::new(message).unwrap();
        while pieces.next(black_box(&mut [0; 64])) > 0 {}
        pieces.len()
    });
    assert_eq!(left, 0);
    took
}

fn decoded<T>((took, result): (Duration, Result<T, DecodeError>)) -> Option<Duration> {
    match result {
        // It is refused at the first escape.
        Err(error) if error.kind() == DecodeErrorKind::EscapedText => None,
        _ => Some(took),
    }
}

fn owned<M: Message, const N: usize>(way: Way, input: &[u8]) -> Option<Duration> {
    let (received, owned) = timed(|| Owned::<M, N>::receive(input));
    if way == Received {
        return Some(received);
    }
    let owned = owned.ok()?;
    Some(timed(|| drop(black_box(owned.get()))).0)
}

macro_rules! times {
    ($($name:literal => $model:ty,)+) => {
        fn time_of(kind: &str, way: Way, input: &[u8]) -> Option<Duration> {
            match kind {
                $($name => time::<$model>(way, input),)+
                other => unreachable!("{other} is not in the registry"),
            }
        }
    };
}

offline_push::__for_each_message!(times);

/// A message in which a unit is repeated. A `%` in the unit is the number of the repetition, in eight digits.
struct Input<'s> {
    spot: &'s Spot,
    front: String,
    unit: &'s str,
    back: String,
}

impl Input<'_> {
    fn build(&self, length: usize, behind: &[u8]) -> Vec<u8> {
        let count = (length / (self.unit.len() + 7 * usize::from(self.unit.contains('%')))).max(1);
        let units: String =
            (0..count).map(|index| self.unit.replacen('%', &format!("{index:08}"), 1)).collect();
        [self.front.as_bytes(), units.as_bytes(), behind, self.back.as_bytes()].concat()
    }

    fn takes_time_in_proportion(&self, ways: &[Way], build: impl Fn(usize) -> Vec<u8>) {
        let kind = self.spot.kind.name;
        for &way in ways {
            if time_of(kind, way, &build(SHORTEST)).is_some() {
                let time = |input: &[u8]| time_of(kind, way, input).unwrap();
                grows(&format!("{kind} {}…{}, {way:?}", self.front, self.unit), way.longest(), &build, time);
            }
        }
    }

    fn is_read_in_proportion(&self, ways: &[Way]) {
        let refused = self.spot.kind.in_place(&self.build(SHORTEST, b""));
        assert!(refused.is_ok(), "{} {}…{}: {refused:?}", self.spot.kind.name, self.front, self.unit);
        self.takes_time_in_proportion(ways, |length| self.build(length, b""));
    }

    /// The input without its end, or with something wrong behind the last unit.
    fn is_refused_in_proportion(&self) {
        let cut = |length| {
            let mut whole = self.build(length, b"");
            whole.pop();
            whole
        };
        self.takes_time_in_proportion(&[InPlace], cut);
        self.takes_time_in_proportion(&[Received], |length| [&cut(length)[..], b"x"].concat());
        self.takes_time_in_proportion(&[InPlace], |length| self.build(length, b"\\x"));
        self.takes_time_in_proportion(&[Way::Text], |length| self.build(length, b"\x01"));
        self.takes_time_in_proportion(&[Slice], |length| self.build(length, b"\xff"));
    }
}

/// What can be repeated in the value of a field: what opens it, the units, and what closes it.
fn values(value: &Type) -> (&'static str, &'static [&'static str], &'static str) {
    // It contains every mark that resolved text might end with.
    const CONTROLS: &str = "\\u0000\\u0001\\u0002\\u0003\\u0008\\u000b\\u001e\\u001f\\u007f";
    match value {
        Type::Text => (
            "\"",
            &[
                "plain letters ", "中文", r"\n", r"\u4e2d", r"\ud83d\ude00",
                "plain letters and one escape\\t", CONTROLS,
            ],
            "\"",
        ),
        Type::Integer { .. } => ("0.", &["0"], "0"),
        Type::Raw => ("[", &["1,", "null,", "[],", "\"\\n\",", r#"{"a":"\u0061"},"#], "0]"),
        Type::Map => {
            ("{", &[r#""k%":"v","#, r#""k":"v","#, r#""\n":"\"","#, r#""":[{"a":"\n"}],"#], r#""a":""}"#)
        }
        Type::List(Type::Text) => {
            ("[", &["\"\",", r#""12345678901234567890123","#, r#" "a" ,"#, r#""\u0061","#], "\"z\"]")
        }
        _ => ("", &[], ""),
    }
}

/// Unknown members, in front of a field.
const UNKNOWN: &[&str] = &[
    r#""key%":0,"#, r#""a":"","#, r#""\n":"\n","#, r#""a":[{"b":"\u0061"},[]],"#, r#" "k" : -1.5e3 , "#,
    r#""resulz":null,"#,
];

/// Every different field, with a repeated unit in it or in front of it.
fn each(unknown: bool, then: impl Fn(&Input<'_>)) {
    let spots = different_spots();
    // One field of each type. If the unit is in front, one field for each kind of message.
    let mut seen = HashSet::new();
    let is_new = |spot: &&Spot| {
        let what = if unknown { spot.kind.name.to_owned() } else { class(spot.value) };
        seen.insert(what)
    };
    for spot in spots.iter().filter(is_new) {
        let elements = |one: &[&str], units: [String; 2]| {
            let (whole, at) = spot.with(&one.concat());
            let (front, back) = whole.split_at(at + 1);
            for unit in &units {
                then(&Input { spot, front: front.to_owned(), unit, back: back.to_owned() });
            }
        };
        let (open, units, close) = match (unknown, spot.value) {
            (true, _) => ("", UNKNOWN, ""),
            (false, Type::List(inner @ (Type::Object(_) | Type::Tagged(_)))) => {
                let close = shortest(inner);
                elements(
                    &["[", &close, "]"],
                    [format!("{close},"), format!(" {} , ", whole(inner, "\"\\u0061\""))],
                );
                continue;
            }
            (false, Type::Keyed(inner)) => {
                let value = shortest(inner);
                elements(
                    &["{", &format!("\"a\":{value}"), "}"],
                    [format!("\"%\":{value},"), format!("\"\\n\":{value},")],
                );
                continue;
            }
            (false, value) => values(value),
        };
        for unit in units {
            let (whole, at) = if unknown {
                let whole = spot.with(&shortest(spot.value)).0;
                (whole, spot.open.len() + 1)
            } else {
                let (whole, at) = spot.with(&format!("{open}{close}"));
                (whole, at + open.len())
            };
            let (front, back) = whole.split_at(at);
            then(&Input { spot, front: front.to_owned(), unit, back: back.to_owned() });
        }
    }
}

#[test]
fn decode_every_kind_of_value_is_linear() {
    each(false, |input| {
        input.is_read_in_proportion(&MOST);
        input.is_refused_in_proportion();
    });
}

#[test]
fn decode_unknown_members_is_linear() {
    each(true, |input| {
        if input.spot.kind.name == "vivo.send" {
            input.is_read_in_proportion(&READING);
            input.is_refused_in_proportion();
        } else {
            // Nothing of these members is left to read or to write.
            input.is_read_in_proportion(&MOST[..2]);
        }
    });
}

#[test]
fn decode_numbers_and_depth_out_of_range_is_linear() {
    let spots = different_spots();
    let mut seen = HashSet::new();
    let of_a_type = spots.iter().filter(|spot| matches!(spot.value, Type::Integer { .. } | Type::Raw));
    // Integers of every range are read by the same code.
    for spot in of_a_type.filter(|spot| seen.insert((discriminant(spot.value), is_lenient(spot)))) {
        for (start, unit) in [
            ("", "7"),
            ("-", "7"),
            ("\"", "7"),
            ("1.", "7"),
            ("", "["),
            ("", r#"{"a":"#),
            ("", r#"[{"a\n":"#),
        ] {
            let (whole, at) = spot.with(start);
            let (front, back) = whole.split_at(at + start.len());
            let input = Input { spot, front: front.to_owned(), unit, back: back.to_owned() };
            input.takes_time_in_proportion(&[Way::Text, InPlace], |length| input.build(length, b""));
        }
    }
}

/// The member that decides about an element may be far behind the start, so the decoder looks for it in the whole element.
#[test]
fn decode_tag_behind_its_content_is_linear() {
    let spots = different_spots();
    for spot in spots.iter().filter(|spot| matches!(spot.value, Type::List(Type::Tagged(_)))) {
        let Type::List(Type::Tagged(tagged)) = spot.value else { unreachable!() };
        let (case, _) = tagged.cases[1];
        for (open, unit, close) in [
            (r#"{"Data":""#, "plain letters ", "\"}"),
            (r#"{"Data":""#, r"\n", "\"}"),
            (r#"{"x":0"#, r#","%":0"#, "}"),
            (r#"{"x":["#, "[],", "0]}"),
        ] {
            let (content, tag) = (tagged.content, tagged.tag);
            let (whole, at) = spot.with(&format!("[{{\"{content}\":{open}{close},\"{tag}\":\"{case}\"}}]"));
            let (front, back) = whole.split_at(at + content.len() + 5 + open.len());
            let input = Input { spot, front: front.to_owned(), unit, back: back.to_owned() };
            // Pieces are left out: each piece decodes the element in which it begins again.
            input.is_read_in_proportion(&[Way::Text, InPlace, Got, Read, Written]);
        }
        let (whole, at) = spot.with("[");
        let (front, back) = whole.split_at(at + 1);
        let endless = Input { spot, front: front.to_owned(), unit: r#"{"x":"#, back: back.to_owned() };
        endless.takes_time_in_proportion(&[Way::Text, InPlace], |length| endless.build(length, b""));
    }
}

#[test]
fn from_str_million_unknown_keys_is_linear() {
    let keys = |count| format!(r#"{{"result":0{}}}"#, r#","resulz":1"#.repeat(count)).into_bytes();
    let time = |bytes: &[u8]| time::<SendResponse<'static>>(Way::Text, bytes).unwrap();
    // There are two steps, because quadratic time would take a day.
    compare("unknown keys", 20.0, &keys(1000), &keys(20_000), time);
    compare("unknown keys", 50.0, &keys(20_000), &keys(1_000_000), time);
}

/// Pieces of messages that were not decoded: with a list or a map of the caller's items, with a text, and from bytes that are kept.
#[test]
fn pieces_of_what_was_not_decoded_is_linear() {
    type Built = fn(&[&str], &str) -> Duration;
    let ways: [(&str, Built); 5] = [
        ("slice", |ids, _| in_pieces(&ListPush::new("1", "2").reg_ids(List::from_slice(ids)))),
        ("texts", |ids, _| {
            let texts = Texts::new(ids, |id| (id.len() > 1).then_some(*id));
            in_pieces(&ListPush::new("1", "2").reg_ids(List::from_texts(&texts)))
        }),
        ("pairs", |ids, _| {
            let pairs: Vec<_> = ids.iter().map(|id| (*id, *id)).collect();
            in_pieces(&Notification::new("t", "c", "r").client_custom_map(Map::from_slice(&pairs)))
        }),
        ("text", |_, text| in_pieces(&Notification::new(text, "c", "r"))),
        ("kept", |_, text| {
            const ROOM: usize = 1 << 17;
            in_pieces(&Owned::<Notification<'static>, ROOM>::new(&Notification::new(text, "c", "r")).unwrap())
        }),
    ];
    for (name, way) in ways {
        for unit in ["12345678901234567890123 ", "a\n中\u{1}\" "] {
            let build = |length: usize| unit.repeat(length / unit.len()).into_bytes();
            // A thousand ids. Kept bytes have another length, because they are in an array.
            let length = if name == "kept" { LONGEST_OWNED } else { 1000 * unit.len() };
            compare(
                &format!("{name} of {unit:?}"),
                GROWTH as f64,
                &build(length),
                &build(GROWTH * length),
                |bytes| {
                    let text = str::from_utf8(bytes).unwrap();
                    let ids: Vec<String> = text
                        .split(' ')
                        .enumerate()
                        .map(|(index, id)| format!("{id:?}{index:08}").replace('"', "'").replace('\\', "/"))
                        .collect();
                    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                    way(&ids, text)
                },
            );
        }
    }
}

/// What is done with a text, and how long it takes.
fn grows_as_text<T>(name: &str, build: impl Fn(usize) -> String, does: impl Fn(&str) -> T) {
    grows(
        name,
        LONGEST,
        |length| build(length).into_bytes(),
        |bytes| {
            let text = str::from_utf8(bytes).unwrap();
            timed(|| drop(black_box(does(text)))).0
        },
    );
}

#[test]
fn raw_and_members_new_is_linear() {
    for (front, unit, back) in [
        ("{", r#""key%":0,"#, r#""a":0}"#),
        ("{", r#""k\n":"v",  "#, r#""a":0}"#),
        (r#"{"a":""#, "text", r#""}"#),
        (r#"{"a":"#, "7", "}"),
        (r#"{"a":["#, "{},", "0]}"),
        (r#"{"a":["#, "{},", "0]"),
    ] {
        let build = |length: usize| format!("{front}{}{back}", unit.repeat(length / unit.len()));
        grows_as_text(&build(64), build, |text| {
            let (raw, members) = (Raw::new(text), Members::new(text));
            if let Ok(members) = members {
                assert_eq!(members.iter().count(), members.iter().count());
                let mut push = Notification::new("t", "c", "r");
                push.members = Some(members);
                let _ = black_box(push.check());
            }
            raw.is_ok()
        });
    }
}

/// Everything that is done with an intent whose URI grows.
fn intent_grows(front: &str, unit: &str, back: &str) {
    let build = |length: usize| format!("{front}{}{back}", unit.repeat(length / unit.len()));
    let name = format!("{front:.80}…{unit}…{back}");
    grows_as_text(&format!("{name}, parsed"), build, |uri| Intent::parse(uri).is_ok());
    if Intent::parse(&build(SHORTEST)).is_err() {
        return;
    }
    grows_as_text(&format!("{name}, used"), build, |uri| {
        let intent = Intent::parse(uri).unwrap();
        let selector = intent.selector.map(|selector| selector.intent());
        for intent in [Some(intent), selector].into_iter().flatten() {
            assert!(intent.extras.iter().all(|extra| extra.key.chars().count() > 0));
            intent.categories.iter().for_each(drop);
            assert!(intent.extras.get("absent").is_none());
        }
        intent.data.map(|data| (data.host().map(str::len), data.path().len()))
    });
    grows_as_text(&format!("{name}, compared"), build, |uri| {
        assert!(Intent::parse(uri).unwrap() == Intent::parse(uri).unwrap());
    });
    grows_as_text(&format!("{name}, written"), build, |uri| {
        let mut place = vec![0; 3 * uri.len() + AROUND];
        let intent = Intent::parse(uri).unwrap();
        assert_eq!(intent.to_uri(&mut place).unwrap().len(), intent.uri_len().unwrap());
        IntentUri::try_new(uri).is_ok()
    });
}

fn entries(count: usize) -> String {
    (0..count).map(|index| format!("S.{index}=%41;category={index};")).collect()
}

#[test]
fn intent_many_fields_is_linear() {
    for unit in [
        "type=%E6%A0%87%E6%A0%87%zz%E6%A0%87;", "action=;", "scheme=%;", "SEL;", "SEL;S.a=%zz;",
        "component=a/b;",
    ] {
        intent_grows("intent:#Intent;", unit, "end");
        intent_grows(&format!("intent:#Intent;{}", entries(8)), unit, "end");
        // There are as many entries as there may be, and a fault behind them.
        let front = format!("intent:#Intent;{}", entries(MAX_ENTRIES));
        for back in
            ["end", "", "en", "x;end", "S.a;end", "i.a=x;end", "launchFlags=1x;end", "S.a=;category=;end"]
        {
            let build = |length: usize| format!("{front}{}{back}", unit.repeat(length / unit.len()));
            grows_as_text(&format!("{unit}…{back}"), build, |uri| Intent::parse(uri).is_ok());
        }
    }
    for unit in ["S.a=b;", "category=a;", "i.a=1;"] {
        let build = |length: usize| format!("intent:#Intent;{}end", unit.repeat(length / unit.len()));
        grows_as_text(unit, build, |uri| Intent::parse(uri).is_ok());
    }
}

#[test]
fn intent_long_parts_is_linear() {
    for (front, units, back) in [
        ("intent:#Intent;S.", &["a", "%E6%A0%87"][..], "=a;end"),
        ("intent:#Intent;category=a;S.a=", &["a", "%E6%A0%87"], ";end"),
        ("intent:#Intent;category=", &["a", "%E6%A0%87"], ";S.a=b;end"),
        ("intent:#Intent;i.a=", &["0", "%30"], "1;end"),
        ("intent:#Intent;d.a=", &["0", "%30"], "1;end"),
        ("intent:#Intent;launchFlags=0x", &["0", "%30"], "1;end"),
        ("intent:#Intent;sourceBounds=0 0 0 ", &["0", "%30"], "1;end"),
        ("intent:#Intent;component=a/", &["a", "%61"], ";end"),
        ("intent:#Intent;component=", &["a", "%61"], "/a;end"),
        ("intent:#Intent;scheme=", &["%23"], ";end"),
        ("intent:", &["#"], "#Intent;end"),
        ("intent://", &["a"], "#Intent;end"),
        ("a://", &["@"], "#Intent;end"),
        ("a://a", &["1"], "#Intent;end"),
        ("a:", &["b:"], "#Intent;end"),
        ("", &["a"], "#Intent;end"),
        ("android-app://p/s/", &["a/"], "#Intent;end"),
    ] {
        units.iter().for_each(|unit| intent_grows(front, unit, back));
    }
    for unit in ["a", "%20", "/?#", "中"] {
        let url = |length: usize| format!("https://a.com/{}", unit.repeat(length / unit.len()));
        grows_as_text(unit, url, |url| WebUrl::try_new(url).is_ok());
    }
}

#[test]
fn intent_to_uri_of_long_parts_is_linear() {
    for unit in ["a", "标", ";", "%", " =/"] {
        let text = |length: usize| unit.repeat(length / unit.len());
        grows_as_text(unit, text, |text| {
            let extras = [(); MAX_ENTRIES].map(|()| IntentExtra::new(text, ExtraValue::from(text)));
            let categories = [text; MAX_ENTRIES];
            let mut intent = Intent::new();
            (intent.action, intent.mime_type) = (Some(Text::new(text)), Some(Text::new(text)));
            intent.extras = Extras::from_slice(&extras[..2]);
            intent.categories = Categories::from_slice(&categories[..2]);
            intent.data = Some(Data::new(text));
            let mut place = vec![0; 24 * text.len() + AROUND];
            intent.to_uri(&mut place).is_ok()
        });
    }
    grows_as_text(
        "entries",
        |length| "a".repeat(length / 16),
        |text| {
            let keys: Vec<_> = (0..MAX_ENTRIES).map(|index| format!("{index}{text}")).collect();
            let extras: Vec<_> = keys.iter().map(|key| IntentExtra::new(key, ExtraValue::Int(1))).collect();
            let categories: Vec<_> = keys.iter().map(String::as_str).collect();
            let mut intent = Intent::new();
            intent.extras = Extras::from_slice(&extras);
            intent.categories = Categories::from_slice(&categories);
            intent.uri_len().unwrap()
        },
    );
}
