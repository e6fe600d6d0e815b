//! Time grows in proportion to the length of the input, for what is read and for what is refused.
//!
//! Each input is built at two lengths. The longer one may take as many times as long as it is longer, and four times that,
//! since other programs run on the same machine: an input of 16 times the length takes 16 times as long where time is linear,
//! 64 times is allowed, and quadratic time would be 256 times. The shortest of several runs counts.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
// Emulated, time says nothing.
#![cfg(not(target_arch = "powerpc"))]

#[cfg(target_os = "linux")]
use std::ffi::{c_int, c_long};
use std::hint::black_box;
use std::time::Duration;

use offline_push::intent::{Categories, Data, ExtraValue, Extras, Intent, IntentExtra, MAX_ENTRIES, Text};
use offline_push::json::{self, DecodeError, DecodeErrorKind, Members, Message, Owned, Raw};
use offline_push::tim::OfflinePushInfo;
use offline_push::tim::rest::SendMessage;
use offline_push::vivo::{
    ListPush, ListPushResponse, Notification, Receipts, SendResponse, StatisticsResponse,
};
use offline_push::{IntentUri, WebUrl};

/// How many times as long the longer input is.
const GROWTH: usize = 16;
/// What the machine may make of a proportional time.
const NOISE: f64 = 4.0;
/// What the first look at a long input takes that is not in the processor's caches.
const CACHES: Duration = Duration::from_micros(20);
/// The shorter input takes at least so long, so that the clock is precise.
const PRECISE: Duration = Duration::from_micros(100);
/// Lengths of the shorter input: it is doubled until it takes long enough, or is as long as that.
const SHORTEST: usize = 1 << 9;
const LONGEST: usize = 1 << 16;
/// The longest that goes into an [`Owned`], which holds it in an array.
const LONGEST_OWNED: usize = 1 << 12;
/// What may stand around that which grows.
const AROUND: usize = 1 << 10;
const ROUNDS: usize = 10;
/// What takes so long without passing is not tried again.
const HOPELESS: Duration = Duration::from_secs(1);

/// The time that this thread has run, without the time in which others had its processor.
#[cfg(target_os = "linux")]
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
    // SAFETY: the function of POSIX, whose types are these on Linux.
    assert_eq!(unsafe { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &mut time) }, 0);
    Duration::from_secs(time.seconds as u64) + Duration::from_nanos(time.nanoseconds as u64)
}

#[cfg(not(target_os = "linux"))]
fn now() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
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

/// An input is built to be about so long.
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
    /// Lists and maps are gone through, the message is checked.
    Read,
    /// Encoded again.
    Written,
}

impl Way {
    const ALL: [Self; 9] = [
        Self::Text,
        Self::Prefix,
        Self::Slice,
        Self::InPlace,
        Self::Escaped,
        Self::Received,
        Self::Got,
        Self::Read,
        Self::Written,
    ];

    fn longest(self) -> usize {
        if matches!(self, Self::Received | Self::Got) { LONGEST_OWNED } else { LONGEST }
    }
}

/// The time that an input takes, `None` where it cannot go that way.
type Time = fn(Way, &[u8]) -> Option<Duration>;

fn time<M: Message>(way: Way, input: &[u8]) -> Option<Duration>
where
    for<'a> M::Of<'a>: View,
{
    let mut buffer = input.to_vec();
    match way {
        Way::Text => {
            let text = str::from_utf8(input).ok()?;
            decoded(timed(|| json::from_str::<M::Of<'_>>(text)))
        }
        Way::Prefix => {
            let text = str::from_utf8(input).ok()?;
            decoded(timed(|| json::from_prefix::<M::Of<'_>>(text)))
        }
        Way::Slice => decoded(timed(|| json::from_slice::<M::Of<'_>>(input))),
        Way::InPlace => decoded(timed(|| json::from_slice_in_place::<M::Of<'_>>(&mut buffer))),
        Way::Escaped => decoded(timed(|| json::from_slice_escaped::<M::Of<'_>>(input, &mut buffer))),
        Way::Received | Way::Got if input.len() <= LONGEST_OWNED + AROUND => {
            owned::<M, { LONGEST_OWNED + AROUND }>(way, input)
        }
        Way::Received | Way::Got => owned::<M, { GROWTH * (LONGEST_OWNED + AROUND) }>(way, input),
        Way::Read => {
            let message = json::from_slice_in_place::<M::Of<'_>>(&mut buffer).ok()?;
            Some(timed(|| message.go_through()).0)
        }
        Way::Written => {
            let message = json::from_slice_in_place::<M::Of<'_>>(&mut buffer).ok()?;
            let mut place = vec![0; 2 * input.len() + AROUND];
            let (took, written) = timed(|| {
                Some(json::encoded_len(&message))
                    == json::to_slice(&message, &mut place).ok().map(|json| json.len())
            });
            assert!(written);
            Some(took)
        }
    }
}

fn decoded<T>((took, result): (Duration, Result<T, DecodeError>)) -> Option<Duration> {
    match result {
        // Refused at the first one.
        Err(error) if error.kind() == DecodeErrorKind::EscapedText => None,
        _ => Some(took),
    }
}

fn owned<M: Message, const N: usize>(way: Way, input: &[u8]) -> Option<Duration> {
    let (received, owned) = timed(|| Owned::<M, N>::receive(input));
    if way == Way::Received {
        return Some(received);
    }
    let owned = owned.ok()?;
    Some(timed(|| drop(black_box(owned.get()))).0)
}

/// What is done with a message that was decoded.
trait View {
    fn go_through(&self);
}

impl View for SendResponse<'_> {
    fn go_through(&self) {
        assert_eq!(self, &self.clone());
    }
}

impl View for OfflinePushInfo<'_> {
    fn go_through(&self) {
        let _ = black_box(self.check());
        if let Some(languages) = self.multi_language_content {
            assert_eq!(languages.iter().count(), languages.len());
        }
    }
}

impl View for Notification<'_> {
    fn go_through(&self) {
        let _ = black_box(self.check());
        if let Some(map) = &self.client_custom_map {
            assert_eq!(map.iter().count(), map.len());
            assert!(map.get("absent").is_none());
        }
    }
}

impl View for ListPush<'_> {
    fn go_through(&self) {
        let _ = black_box(self.check());
        if let Some(ids) = self.reg_ids {
            assert_eq!(ids.iter().count(), ids.len());
        }
    }
}

impl View for ListPushResponse<'_> {
    fn go_through(&self) {
        if let Some(users) = self.invalid_users {
            assert_eq!(users.iter().count(), users.len());
        }
    }
}

impl View for StatisticsResponse<'_> {
    fn go_through(&self) {
        if let Some(tasks) = self.statistics {
            assert_eq!(tasks.iter().count(), tasks.len());
        }
    }
}

impl View for Receipts<'_> {
    fn go_through(&self) {
        assert_eq!(self.iter().count(), self.len());
    }
}

impl View for SendMessage<'_> {
    fn go_through(&self) {
        let _ = black_box(self.check());
        assert_eq!(self.msg_body.iter().count(), self.msg_body.len());
    }
}

fn refusal<M: Message>(input: &[u8]) -> Option<DecodeError> {
    json::from_slice_in_place::<M::Of<'_>>(&mut input.to_vec()).err()
}

/// A message but for one place in the middle.
struct Kind {
    time: Time,
    refusal: fn(&[u8]) -> Option<DecodeError>,
    front: &'static str,
    back: &'static str,
    /// The same with a wrong value in it, or with a field for the second time.
    wrong_back: &'static str,
    /// Names of fields.
    text: Option<&'static str>,
    number: Option<&'static str>,
    raw: Option<&'static str>,
}

impl Kind {
    const fn of<M: Message>(front: &'static str, back: &'static str, wrong_back: &'static str) -> Self
    where
        for<'a> M::Of<'a>: View,
    {
        let (time, refusal) = (time::<M>, refusal::<M>);
        Self { time, refusal, front, back, wrong_back, text: None, number: None, raw: None }
    }
}

const NOTIFICATION: Kind = Kind {
    text: Some("skipContent"),
    number: Some("timeToLive"),
    raw: Some("auditReview"),
    ..Kind::of::<Notification<'static>>(
        r#"{"title":"t","content":"c""#,
        r#","requestId":"r"}"#,
        r#","requestId":[]}"#,
    )
};
const REPLY: Kind = Kind {
    text: Some("desc"),
    ..Kind::of::<SendResponse<'static>>(r#"{"result":0"#, r#","taskId":"1"}"#, r#","result":1}"#)
};
const LIST_PUSH: Kind = Kind {
    number: Some("appId"),
    ..Kind::of::<ListPush<'static>>(r#"{"requestId":"r""#, r#","taskId":"1"}"#, "}")
};
const INFO: Kind = Kind {
    text: Some("Desc"),
    raw: Some("PushTemplateParam"),
    ..Kind::of::<OfflinePushInfo<'static>>(r#"{"PushFlag":0"#, r#","Title":"t"}"#, r#","Title":0}"#)
};
const MESSAGE: Kind = Kind {
    text: Some("CloudCustomData"),
    number: Some("MsgLifeTime"),
    ..Kind::of::<SendMessage<'static>>(
        r#"{"To_Account":"a","MsgRandom":1"#,
        r#","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"t"}}]}"#,
        r#","MsgBody":[{"MsgContent":{"Text":"t"}}]}"#,
    )
};
const OTHERS: [&Kind; 4] = [&REPLY, &LIST_PUSH, &INFO, &MESSAGE];

const USERS: Kind = Kind::of::<ListPushResponse<'static>>(
    r#"{"result":0,"invalidUsers":["#,
    r#"{"status":1,"userid":"a"}]}"#,
    r#"{"status":1,"status":1}]}"#,
);
const STATISTICS: Kind = Kind::of::<StatisticsResponse<'static>>(
    r#"{"result":0,"statistics":["#,
    r#"{"taskId":"1"}]}"#,
    r#"{"taskId":"1","taskId":"1"}]}"#,
);
const RECEIPTS: Kind = Kind::of::<Receipts<'static>>(
    "{",
    r#""342982232646905856":{"targets":"a","ackTime":1}}"#,
    r#""1":{"ackTime":1,"ackTime":1}}"#,
);
const ELEMENTS: Kind = Kind::of::<SendMessage<'static>>(
    r#"{"To_Account":"a","MsgRandom":1,"MsgBody":["#,
    r#"{"MsgType":"TIMTextElem","MsgContent":{"Text":"t"}}]}"#,
    r#"{"MsgContent":{"Text":"t"}}]}"#,
);
const MAP: Kind = Kind::of::<Notification<'static>>(
    r#"{"title":"t","content":"c","clientCustomMap":{"#,
    r#""k":"v"},"requestId":"r"}"#,
    r#""k":"v"},"requestId":"r","title":"t"}"#,
);
const IDS: Kind = Kind::of::<ListPush<'static>>(
    r#"{"requestId":"r","regIds":["#,
    r#""b"],"taskId":"1"}"#,
    r#"0],"taskId":"1"}"#,
);

/// A message in which something repeats itself.
struct Input<'k> {
    kind: &'k Kind,
    front: String,
    /// Repeated; a `%` in it is the number of the repetition, in eight digits.
    unit: String,
    /// Between the units and what closes them.
    middle: String,
    /// Repeated as often as the unit.
    close: &'static str,
}

impl<'k> Input<'k> {
    fn new(kind: &'k Kind, front: impl ToString, unit: impl ToString, middle: &str) -> Self {
        let (front, middle) = (kind.front.to_string() + &front.to_string(), middle.to_string());
        Self { kind, front, unit: unit.to_string(), middle, close: "" }
    }

    fn closed(self, close: &'static str) -> Self {
        Self { close, ..self }
    }

    fn name(&self) -> String {
        format!("{}…{}", self.front, self.unit)
    }

    fn build(&self, length: usize, behind: &[u8], back: &str) -> Vec<u8> {
        let numbered = self.unit.contains('%');
        let count = (length / (self.unit.len() + 7 * usize::from(numbered) + self.close.len())).max(1);
        let units: String = if numbered {
            (0..count).map(|index| self.unit.replacen('%', &format!("{index:08}"), 1)).collect()
        } else {
            self.unit.repeat(count)
        };
        let close = self.close.repeat(count);
        [
            self.front.as_bytes(),
            units.as_bytes(),
            behind,
            self.middle.as_bytes(),
            close.as_bytes(),
            back.as_bytes(),
        ]
        .concat()
    }

    fn whole(&self, length: usize) -> Vec<u8> {
        self.build(length, b"", self.kind.back)
    }

    fn is_read_in_proportion(&self, ways: &[Way]) {
        let refused = (self.kind.refusal)(&self.whole(SHORTEST));
        assert_eq!(refused, None, "{}", self.name());
        self.takes_time_in_proportion(ways, |length| self.whole(length));
    }

    /// Refused, not before most of it is read.
    fn is_refused_in_proportion(&self) {
        self.refused(&[Way::Text, Way::Slice, Way::InPlace, Way::Escaped, Way::Received], |length| {
            self.whole(length)
        });
    }

    /// With something wrong behind the last unit, and with a wrong end.
    fn is_refused_in_proportion_if_broken(&self) {
        let cut = |length| {
            let mut whole = self.whole(length);
            whole.pop();
            whole
        };
        self.refused(&[Way::InPlace], cut);
        self.refused(&[Way::Received], |length| [&cut(length)[..], b"x"].concat());
        self.refused(&[Way::Text, Way::InPlace], |length| self.build(length, b"", self.kind.wrong_back));
        self.refused(&[Way::InPlace], |length| self.build(length, b"\\x", self.kind.back));
        self.refused(&[Way::Text], |length| self.build(length, b"\x01", self.kind.back));
        self.refused(&[Way::Slice], |length| self.build(length, b"\xff", self.kind.back));
    }

    fn refused(&self, ways: &[Way], build: impl Fn(usize) -> Vec<u8>) {
        let input = build(SHORTEST);
        let error = (self.kind.refusal)(&input).unwrap_or_else(|| panic!("{} is read", self.name()));
        assert!(error.offset() >= self.kind.front.len(), "{}: {error}", self.name());
        self.takes_time_in_proportion(ways, build);
    }

    fn takes_time_in_proportion(&self, ways: &[Way], build: impl Fn(usize) -> Vec<u8>) {
        for &way in ways {
            if (self.kind.time)(way, &build(SHORTEST)).is_none() {
                continue;
            }
            let time = |input: &[u8]| (self.kind.time)(way, input).unwrap();
            grows(&format!("{}, {way:?}", self.name()), way.longest(), &build, time);
        }
    }
}

fn read(inputs: &[Input<'_>], ways: &[Way]) {
    inputs.iter().for_each(|input| input.is_read_in_proportion(ways));
}

fn refused(inputs: &[Input<'_>]) {
    inputs.iter().for_each(Input::is_refused_in_proportion);
}

fn refused_if_broken(inputs: &[Input<'_>]) {
    inputs.iter().for_each(Input::is_refused_in_proportion_if_broken);
}

/// A name in escapes.
fn escaped(name: &str) -> String {
    name.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect()
}

/// Members that nobody knows.
fn members(kind: &Kind) -> Vec<Input<'_>> {
    let known = kind.text.or(kind.number).unwrap();
    let all = |unit: String| Input::new(kind, "", unit, "");
    Vec::from([
        all(r#","%":0"#.into()),
        all(r#","x":null"#.into()),
        all(r#","":0"#.into()),
        all(format!(r#","{known}X":0"#)),
        all(format!(r#","{}":0"#, &known[..known.len() - 1])),
        all(format!(r#","{}X":0"#, escaped(known))),
        all(r#","\n\u4e2d\\":0"#.into()),
        all(r#","x":["a","b\n","中"]"#.into()),
        all(r#","x":{"title":"a","taskId":{},"MsgBody":[]}"#.into()),
        all(", \n\"x\"\t:\r\n  0 ".into()),
        Input::new(kind, ",", " \n\t\r", r#""x":0"#),
        Input::new(kind, r#","x""#, " ", ":0"),
        Input::new(kind, r#","x":0"#, "\t", ""),
        Input::new(kind, r#",""#, "k", r#"":0"#),
        Input::new(kind, r#",""#, r"\u0061", r#"":0"#),
        Input::new(kind, format!(r#","{known}"#), "k", r#"":0"#),
        Input::new(kind, format!(r#","{}"#, escaped(known)), r"\\", r#"":0"#),
    ])
}

/// One long text in a field, if there is one.
fn texts<'k>(kind: &'k Kind, field: Option<&str>) -> Vec<Input<'k>> {
    // Holds every mark that resolved text might end with.
    let controls = (0..0x20).map(|byte| format!("\\u{byte:04x}")).collect::<String>();
    let units = [
        "plain letters ",
        "中文",
        r"\n",
        r"\\",
        r#"\""#,
        r"\u4e2d",
        r"\ud83d\ude00",
        r"plain letters and one escape\t",
        r"aaaaaaa\u0061",
        &controls,
    ];
    let text = |field| units.map(|unit| Input::new(kind, format!(r#","{field}":""#), unit, "\""));
    field.into_iter().flat_map(text).collect()
}

/// Values that nobody knows, or that are kept as they are.
fn values<'k>(kind: &'k Kind, field: &str) -> Vec<Input<'k>> {
    let mut inputs = Vec::new();
    for start in ["1", "-1", "0.", "1e", "1.5E+"] {
        inputs.push(Input::new(kind, format!(r#","{field}":{start}"#), "7", ""));
    }
    for unit in ["1,", "-0.5e3,", "null,", "true, ", "[],", r#""\n","#, r#"{"a":"\u0061"},"#] {
        inputs.push(Input::new(kind, format!(r#","{field}":["#), unit, "0]"));
    }
    for (open, close) in LEVELS {
        let deepest = (json::MAX_DEPTH - 1) / open.matches(['[', '{']).count();
        let unit = format!("{}0{},", open.repeat(deepest), close.repeat(deepest));
        inputs.push(Input::new(kind, format!(r#","{field}":["#), unit, "0]"));
    }
    inputs
}

const LEVELS: [(&str, &str); 3] = [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"a\n":"#, "}]")];

/// Lists and maps, which are read again whenever they are iterated.
fn many() -> Vec<Input<'static>> {
    let units: [(&Kind, &[&str]); 6] = [
        (
            &IDS,
            &[
                r#""","#,
                r#""12345678901234567890123","#,
                r#" "a" ,"#,
                r#""\u0061","#,
                r#""as long as a block is\n","#,
            ],
        ),
        (
            &USERS,
            &[
                "{},",
                r#"{"status":1,"userid":"a"},"#,
                r#"{"status":null,"userid":null},"#,
                r#"{"userid":12345678901234567890,"status":"1"},"#,
                r#"{"x":[{"status":0}],"userid":"\u4e2d\n"},"#,
                " { \"userid\" : \"a\" , \"status\" : 1 } , ",
            ],
        ),
        (
            &STATISTICS,
            &[
                r#"{"taskId":"1","target":1,"valid":1,"send":1,"receive":1,"display":1,"click":1},"#,
                r#"{"click":1,"display":1,"receive":1,"send":1,"valid":1,"target":1,"taskId":"1"},"#,
                r#"{"targetOffline":1},"#,
            ],
        ),
        (
            &RECEIPTS,
            &[
                r#""%":{"targets":"v2-abc","ackTime":1501484120000,"param":"p","ackType":"0"},"#,
                r#""%":{"ackType":0,"param":"\n","ackTime":1501484120000,"targets":"\u0061"},"#,
                r#""\n":{},"#,
                r#""":{},"#,
            ],
        ),
        (
            &ELEMENTS,
            &[
                r#"{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi, beauty"}},"#,
                r#"{"MsgContent":{"Text":"hi,\n\"beauty\""},"MsgType":"TIMTextElem"},"#,
                r#"{"MsgContent":{"Data":"{\"a\":1}","Ext":"e","Sound":"s"},"Msg\u0054ype":"TIMCustom\u0045lem"},"#,
                r#"{"MsgType":"TIMSoundElem","MsgContent":{"UUID":"305c0201\n", "Size":62351}},"#,
                r#"{"MsgContent":[[["\n",{"MsgType":"TIMTextElem"}]]],"MsgType":"TIMSound\tElem"},"#,
            ],
        ),
        (&MAP, &[r#""%":"v","#, r#""k":"v","#, r#""\n":"\"","#, r#""":[{"a":"\n"}],"#, r#" "k" : 0 ,"#]),
    ];
    let units = units.into_iter();
    let mut inputs: Vec<_> = units
        .flat_map(|(kind, units)| units.iter().map(move |unit| Input::new(kind, "", unit, "")))
        .collect();
    // One element, and what decides about it far behind.
    let custom = r#"},"MsgType":"TIMCustomElem"},"#;
    for unit in ["plain letters ", r"\n"] {
        inputs.push(Input::new(&ELEMENTS, r#"{"MsgContent":{"Data":""#, unit, &format!("\"{custom}")));
    }
    inputs.push(Input::new(&ELEMENTS, r#"{"MsgContent":{"x":0"#, r#","%":0"#, custom));
    inputs.push(Input::new(&ELEMENTS, r#"{"x":["#, r#""\n","#, r#"0],"MsgType":"x","MsgContent":1},"#));
    inputs.push(Input::new(&ELEMENTS, r#"{"MsgContent":["#, "[],", r#"0],"MsgType":"x"},"#));
    inputs
}

#[test]
fn decode_unknown_members_is_linear() {
    // Of these members nothing is left to read or to write.
    read(&members(&NOTIFICATION), &Way::ALL[..7]);
}

#[test]
fn decode_unknown_members_of_other_messages_is_linear() {
    OTHERS.iter().for_each(|kind| read(&members(kind), &[Way::Text, Way::InPlace]));
}

#[test]
fn decode_fault_behind_unknown_members_is_linear() {
    refused_if_broken(&members(&NOTIFICATION));
}

#[test]
fn decode_long_texts_is_linear() {
    read(&texts(&NOTIFICATION, NOTIFICATION.text), &Way::ALL);
    read(&texts(&NOTIFICATION, NOTIFICATION.raw), &[Way::Text, Way::InPlace, Way::Written]);
    read(&texts(&NOTIFICATION, Some("x")), &[Way::Text, Way::InPlace]);
}

#[test]
fn decode_long_texts_of_other_messages_is_linear() {
    OTHERS.iter().for_each(|kind| read(&texts(kind, kind.text), &[Way::InPlace]));
}

#[test]
fn decode_fault_behind_long_texts_is_linear() {
    refused_if_broken(&texts(&NOTIFICATION, NOTIFICATION.text));
}

#[test]
fn decode_unknown_values_is_linear() {
    read(&values(&NOTIFICATION, "x"), &[Way::Text, Way::InPlace, Way::Got]);
}

#[test]
fn decode_raw_values_is_linear() {
    read(&values(&NOTIFICATION, NOTIFICATION.raw.unwrap()), &[Way::Text, Way::InPlace, Way::Written]);
}

#[test]
fn decode_fault_behind_unknown_values_is_linear() {
    refused_if_broken(&values(&NOTIFICATION, "x"));
}

#[test]
fn decode_lists_and_maps_is_linear() {
    read(&many(), &[Way::Text, Way::InPlace, Way::Got, Way::Read, Way::Written]);
}

#[test]
fn decode_fault_behind_lists_and_maps_is_linear() {
    refused_if_broken(&many());
}

#[test]
fn decode_numbers_out_of_range_is_linear() {
    for kind in [&NOTIFICATION, &LIST_PUSH, &MESSAGE] {
        let field = kind.number.unwrap();
        for (start, unit, end) in
            [("", "7", ""), ("-", "7", ""), ("\"", "7", "\""), ("1.", "7", ""), ("\"0", "0", "\"")]
        {
            refused(&[Input::new(kind, format!(r#","{field}":{start}"#), unit, end)]);
        }
    }
}

#[test]
fn decode_elements_without_end_is_linear() {
    refused(&[Input::new(&ELEMENTS, "", r#"{"x":"#, "0").closed("},")]);
    let too_deep = LEVELS.map(|(open, close)| Input::new(&NOTIFICATION, r#","x":"#, open, "0").closed(close));
    refused(&too_deep);
}

#[test]
fn from_str_refused_in_front_is_constant() {
    let again = r#","skipContent":"a""#;
    let escaped = format!(r#","{}":"a""#, escaped("skipContent"));
    let mut inputs = Vec::from([
        Input::new(&NOTIFICATION, again, again, ""),
        Input::new(&NOTIFICATION, again, escaped, ""),
    ]);
    inputs.extend(LEVELS.map(|(open, close)| Input::new(&NOTIFICATION, r#","x":"#, open, "0").closed(close)));
    for input in inputs {
        let time = |bytes: &[u8]| (NOTIFICATION.time)(Way::Text, bytes).unwrap();
        compare(&input.name(), 1.0, &input.whole(LONGEST), &input.whole(GROWTH * LONGEST), time);
    }
}

#[test]
fn from_str_million_unknown_keys_is_linear() {
    let keys = |count| format!(r#"{{"result":0{}}}"#, r#","resulz":1"#.repeat(count)).into_bytes();
    let time = |bytes: &[u8]| (REPLY.time)(Way::Text, bytes).unwrap();
    // In two steps: quadratic time would be a day.
    compare("unknown keys", 20.0, &keys(1000), &keys(20_000), time);
    compare("unknown keys", 50.0, &keys(20_000), &keys(1_000_000), time);
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

/// Of a URI that grows, everything that is done with an intent.
fn intent_grows(name: &str, build: impl Fn(usize) -> String) {
    grows_as_text(&format!("{name}, parsed"), &build, |uri| Intent::parse(uri).is_ok());
    if Intent::parse(&build(SHORTEST)).is_err() {
        return;
    }
    grows_as_text(&format!("{name}, used"), &build, |uri| {
        let intent = Intent::parse(uri).unwrap();
        let selector = intent.selector.map(|selector| selector.intent());
        for intent in [Some(intent), selector].into_iter().flatten() {
            assert!(intent.extras.iter().all(|extra| extra.key.chars().count() > 0));
            intent.categories.iter().for_each(drop);
            assert!(intent.extras.get("absent").is_none());
        }
        intent.data.map(|data| (data.host().map(str::len), data.path().len()))
    });
    grows_as_text(&format!("{name}, compared"), &build, |uri| {
        assert!(Intent::parse(uri).unwrap() == Intent::parse(uri).unwrap());
    });
    grows_as_text(&format!("{name}, written"), &build, |uri| {
        let mut place = vec![0; 3 * uri.len() + AROUND];
        let intent = Intent::parse(uri).unwrap();
        assert_eq!(intent.to_uri(&mut place).unwrap().len(), intent.uri_len().unwrap());
        IntentUri::try_new(uri).is_ok()
    });
}

/// Fields of an intent: some, and one that is repeated.
fn fields(head: &str, unit: &str, length: usize) -> String {
    format!("intent:#Intent;{head}{}end", unit.repeat(length / unit.len()))
}

const FIELDS: [&str; 7] = [
    "type=%E6%A0%87;",
    "action=;",
    "scheme=%;",
    "SEL;",
    "SEL;S.a=%zz;",
    "component=a/b;",
    "type=%E6%A0%87%E6%A0%87%E6%A0%87%zz%E6%A0%87%E6%A0%87;",
];

fn entries(count: usize) -> String {
    (0..count).map(|index| format!("S.{index}=%41;category={index};")).collect()
}

#[test]
fn intent_many_fields_is_linear() {
    for unit in FIELDS {
        intent_grows(unit, |length| fields("", unit, length));
        intent_grows(&format!("entries and {unit}"), |length| fields(&entries(8), unit, length));
        let parse = |uri: &str| Intent::parse(uri).is_ok();
        grows_as_text(unit, |length| fields(&entries(MAX_ENTRIES), unit, length), parse);
    }
}

#[test]
fn intent_parse_fault_behind_fields_is_linear() {
    for unit in FIELDS {
        for wrong in ["", "en", "x;end", "S.a;end", "i.a=x;end", "launchFlags=1x;end", "S.a=;category=;end"] {
            let build = |length| fields(&entries(MAX_ENTRIES), unit, length).replace("end", wrong);
            grows_as_text(&format!("{unit}…{wrong}"), build, |uri| Intent::parse(uri).is_err());
        }
    }
    for unit in ["S.a=b;", "category=a;", "i.a=1;"] {
        grows_as_text(unit, |length| fields("", unit, length), |uri| Intent::parse(uri).is_err());
    }
}

#[test]
fn intent_long_keys_and_values_is_linear() {
    intent_grows("keys", |length| {
        let part = "%E6%A0%87".repeat(length / (9 * MAX_ENTRIES) + 1);
        let extras = (0..MAX_ENTRIES).map(|index| format!("S.{part}{index}=;")).collect::<String>();
        format!("intent:#Intent;{extras}end")
    });
    intent_grows("values", |length| {
        let part = "%E6%A0%87".repeat(length / (9 * MAX_ENTRIES) + 1);
        let extras = (0..MAX_ENTRIES).map(|index| format!("S.a{index}={part};category={part};"));
        format!("intent:#Intent;{}end", extras.collect::<String>())
    });
    for unit in ["0", "%30"] {
        for front in ["i.a=", "d.a=", "launchFlags=0x", "sourceBounds=0 0 0 "] {
            intent_grows(front, |length| {
                format!("intent:#Intent;{front}{}1;end", unit.repeat(length / unit.len()))
            });
        }
    }
    for unit in ["a", "%61"] {
        intent_grows("component", |length| {
            let name = unit.repeat(length / unit.len() / 2);
            format!("intent:#Intent;component={name}/{name};end")
        });
    }
}

#[test]
fn intent_and_url_long_data_is_linear() {
    for (front, unit) in [
        ("intent:", "#"),
        ("intent://", "a"),
        ("a://", "@"),
        ("a://a", "1"),
        ("a:", "b:"),
        ("", "a"),
        ("android-app://p/s/", "a/"),
        ("intent:#Intent;scheme=", "%23"),
    ] {
        let back = if front.ends_with('=') { ";end" } else { "#Intent;end" };
        intent_grows(front, |length| format!("{front}{}{back}", unit.repeat(length / unit.len())));
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
