//! Random intent URIs, good and slightly bad, and random intents.
//!
//! Intents borrow. The texts that the random ones borrow are leaked, which a test can afford.

use offline_push::intent::{
    Bounds, Categories, Component, Data, ExtraValue, Extras, Form, Intent, IntentExtra, LaunchFlags, Number,
    Selector, Text,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};

type Leaked = &'static str;

fn leak(text: String) -> Leaked {
    Box::leak(text.into_boxed_str())
}

/// The parts of values: plain, escaped, badly escaped, and not escaped where they should be.
const PIECES: &[&str] = &[
    "a", "com.x", ".", "/", "+", "-", "0", "7", "x", "=", " ", "\0", "标", "😀", "%41", "%2f", "%3B", "%3D",
    "%23", "%25", "%E6%A0%87", "%e6%a0", "%E6", "%F0%9F%98%80", "%F0%9F%98", "%F8", "%80", "%C0%AF",
    "%ED%A0%80", "%", "%4", "%zz", "%4z", "%%41", "%标", "%😀", "%4/", "%00", "%EF%BF%BD",
];

/// A value as it is written in a URI.
pub(crate) fn encoded() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..6).prop_map(|pieces| pieces.concat())
}

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(values).prop_map(str::to_owned)
}

fn integer() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => one_of(&[
            "0", "-0", "+5", "-1", "00", "010", "08", "127", "128", "-128", "-129", "32767", "32768", "2147483647",
            "2147483648", "-2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "0x4000000", "0x04000000", "0X1F", "0x80000000", "-0x80000000", "0xffffffff", "-0x1",
            "%23ff", "-%23F", "%31%32", "", "-", "+", "--1", "0x", "0x-1", "%230", "1%20", "%D9%A1",
        ]),
        1 => any::<i32>().prop_map(|number| number.to_string()),
        1 => any::<u32>().prop_map(|number| format!("0x{number:x}")),
        1 => encoded(),
    ]
}

fn float() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "%20?[+-]?(0[xX])?[0-9a]{0,2}\\.?[0-9]{0,2}([eEpP][+-]?[0-9]{0,2})?[fFdD]?(%20)?",
        1 => one_of(&["NaN", "-Infinity", "Infinityf", "nan", "%00%201.5", "0x1.8p1", "0x.p1", "1e99999", "%4e%61N"]),
        1 => encoded(),
    ]
}

/// The name of a field and a value that may fit it.
fn field() -> impl Strategy<Value = String> {
    let text = one_of(&["scheme", "action", "category", "type", "identifier", "package"]);
    let extra = |letters: &'static [&'static str], value: BoxedStrategy<String>| {
        let key = prop_oneof![3 => one_of(&["k", "a", "UP-OL-SU", "%6b", ""]), 1 => encoded()];
        (select(letters), key, value)
            .prop_map(|(letter, key, value)| format!("{letter}.{}={value}", key.replace('=', "%3d")))
    };
    let component = prop_oneof![
        3 => one_of(&[
            "com.x/.Chat", "com.x/com.x.Chat", "com.x/com.xChat", "com.x/com.x.", "com.x/", "/.C", "/C", "com.x", ".", "a%2F.b",
            "a/b/c", "a%4/b", "a%/b/c", "%E6/b", "a/%2EB",
        ]),
        1 => encoded(),
    ];
    let bounds = prop_oneof![
        2 => one_of(&["1%202%203%204", "-1 -2 -3 -4", "1%202%203", "2147483648 0 0 0", "0 0 0 0 ", "0  0 0 0", "99999999999 x"]),
        1 => encoded(),
    ];
    let odd = one_of(&[
        "SEL", "SEL=", "SEL ", "S.k", "i.k", "S", "S=1", "S.", "é.k=1", "x.k=1", "launchHwFlags=0x1",
        "action", "Action=a", "=", "", "end", "en", "k",
    ]);
    prop_oneof![
        6 => (text, encoded()).prop_map(|(name, value)| format!("{name}={value}")),
        2 => (one_of(&["launchFlags", "extendedLaunchFlags"]), integer()).prop_map(|(name, value)| format!("{name}={value}")),
        2 => component.prop_map(|value| format!("component={value}")),
        1 => bounds.prop_map(|value| format!("sourceBounds={value}")),
        4 => extra(&["S", "B", "c"], prop_oneof![encoded(), one_of(&["true", "TRUE", "%54rue", "false", "😀"])].boxed()),
        3 => extra(&["b", "i", "l", "s"], integer().boxed()),
        1 => extra(&["d", "f"], float().boxed()),
        2 => Just("SEL".to_owned()),
        1 => odd,
    ]
}

/// Fields that Android reads, most of the time.
fn sound_field() -> impl Strategy<Value = String> {
    field().prop_filter("refused on its own", |field| {
        Intent::parse(&format!("intent:#Intent;{field};end")).is_ok()
    })
}

fn head() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => one_of(&["intent:", "intent://h/p?q", "intent:a:b", "intent:a#b", "intent:%41", "intent:#Intent;end", "intent::"]),
        2 => one_of(&[
            "", "a:b", "myapp://host/p#frag", "tencent_im_push://com.x/message?", "标", "intent", "INTENT:x", "a#Intent;end",
            "a:b#action(VIEW)", "a:b# type(x)", "endless:a",
        ]),
        1 => ("android-app:(/{0,3})", vec(select(&["p", "com.x", "/", "//", "http", "h:80", "?q", "%2F", "%E6%A0", "%", "标", "#f"]), 0..7))
            .prop_map(|(head, rest)| head + &rest.concat()),
    ]
}

/// An intent URI, most of the time.
pub(crate) fn uri() -> impl Strategy<Value = String> {
    let fields = prop_oneof![3 => vec(sound_field(), 0..8).boxed(), 1 => vec(field(), 0..5).boxed()];
    let end = prop_oneof![8 => Just("end"), 1 => select(&["", "en", "endless;S.a", "end;i.a=x;", "END"])];
    let whole = (head(), fields, end).prop_map(|(head, fields, end)| {
        let fields: String = fields.iter().map(|field| format!("{field};")).collect();
        format!("{head}#Intent;{fields}{end}")
    });
    let uri = prop_oneof![8 => whole, 1 => head()];
    prop_oneof![4 => uri.clone().boxed(), 1 => (uri, mutation()).prop_map(|(uri, mutation)| mutation.apply(&uri)).boxed()]
}

/// Damage at one or two places.
#[derive(Clone, Debug)]
pub(crate) struct Mutation(Vec<(Index, Option<&'static str>)>);

pub(crate) fn mutation() -> impl Strategy<Value = Mutation> {
    let pieces = select(&[
        ";", "=", "#", "%", "/", "end", "SEL;", "S.", ".", "i.x=1;", "é", "😀", "\0", "#Intent;", ":",
    ]);
    vec((any::<Index>(), of(pieces)), 1..3).prop_map(Mutation)
}

impl Mutation {
    /// Inserts something, or removes a character.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut characters: Vec<char> = text.chars().collect();
        for (place, piece) in &self.0 {
            let place = place.index(characters.len() + 1);
            match piece {
                Some(piece) => drop(characters.splice(place..place, piece.chars())),
                None if place < characters.len() => drop(characters.remove(place)),
                None => drop(characters.pop()),
            }
        }
        characters.into_iter().collect()
    }
}

/// Plain text with everything in it that has a meaning in a URI.
pub(crate) fn hostile() -> impl Strategy<Value = Leaked> {
    let character = prop_oneof![
        4 => select(vec![';', '=', '#', '%', '/', ':', '.', ' ', '\0', '+', '?', '@', '\'', '"', '\\', '\u{7f}', '\u{fffd}']),
        3 => proptest::char::range('a', 'z'),
        1 => select(vec!['标', '😀', '\u{80}', '\u{7ff}', '\u{800}', '\u{ffff}', '\u{10000}', '\u{10ffff}']),
        1 => any::<char>(),
    ];
    prop_oneof![
        3 => vec(character, 0..12).prop_map(String::from_iter),
        1 => one_of(&["end", "SEL;", "#Intent;end", "#action(", "%41", "intent:", "android-app://p", Intent::ACTION_VIEW, Intent::ACTION_MAIN]),
    ]
    .prop_map(leak)
}

fn number() -> impl Strategy<Value = Number<'static>> {
    select(vec!["1.5", "-0", " 1e9 ", "NaN", "-Infinity", "0x1.8p1f"])
        .prop_map(|text| Number::try_new(text).unwrap())
}

fn value() -> impl Strategy<Value = ExtraValue<'static>> {
    prop_oneof![
        hostile().prop_map(ExtraValue::from),
        any::<bool>().prop_map(ExtraValue::Boolean),
        any::<i8>().prop_map(ExtraValue::Byte),
        any::<char>().prop_map(ExtraValue::Char),
        select(vec!['a', '\0', ';', '\u{ffff}', '标']).prop_map(ExtraValue::Char),
        number().prop_map(ExtraValue::Double),
        number().prop_map(ExtraValue::Float),
        any::<i32>().prop_map(ExtraValue::Int),
        any::<i64>().prop_map(ExtraValue::Long),
        any::<i16>().prop_map(ExtraValue::Short),
    ]
}

fn component() -> impl Strategy<Value = Component<'static>> {
    let short = (
        select(vec!["com.x", "", "标", "a b"]),
        select(vec![".C", "com.x.C", "com.xC", "com.x.", "C/D", "标.C", "."]),
    );
    prop_oneof![short, (hostile(), hostile())]
        .prop_filter_map("no component", |(package, class)| Component::try_new(package, class).ok())
}

fn data() -> impl Strategy<Value = Data<'static>> {
    let some = select(vec![
        "", "a:", "a:b", "http://h/p", "http://u@h:80/p?q#f", "http://h", "http:///p", "x:y#Intent;end",
        "x:y#action(VIEW)", "//h/p", "mailto:a@b", "http://h%2F/p", "1:/", "intent:x", "android-app:x", ":x",
        "标:y",
    ]);
    prop_oneof![3 => some.boxed(), 1 => hostile().boxed()].prop_map(Data::new)
}

fn text() -> impl Strategy<Value = Option<Text<'static>>> {
    of(hostile().prop_map(Text::new))
}

/// An intent without selector.
fn plain() -> impl Strategy<Value = Intent<'static>> {
    let form = prop_oneof![
        3 => Just(Form::Intent),
        2 => text().prop_map(|scheme| Form::Own { scheme }),
        2 => Just(Form::AndroidApp),
    ];
    let texts = (text(), text(), text(), prop_oneof![Just(None), text()]);
    let entries = (vec(hostile(), 0..4), vec((hostile(), value()), 0..5));
    let bounds = of(any::<[i32; 4]>());
    let flags = prop_oneof![Just((0, 0)), any::<(u32, u32)>()];
    (form, of(data()), texts, entries, flags, of(component()), bounds).prop_map(
        |(form, data, texts, (categories, extras), flags, component, bounds)| {
            let extras: Vec<_> =
                extras.into_iter().map(|(key, value)| IntentExtra::new(key, value)).collect();
            let mut intent = Intent::new();
            intent.form = form;
            intent.data = data;
            (intent.action, intent.mime_type, intent.identifier, intent.package) = texts;
            intent.categories = Categories::from_slice(categories.leak());
            intent.extras = Extras::from_slice(extras.leak());
            intent.flags = LaunchFlags::new(flags.0);
            intent.extended_flags = flags.1;
            intent.component = component;
            intent.source_bounds =
                bounds.map(|[left, top, right, bottom]| Bounds { left, top, right, bottom });
            intent
        },
    )
}

/// An intent with everything in it. Not every such intent can be written.
pub(crate) fn intent() -> impl Strategy<Value = Intent<'static>> {
    let selected = (plain(), any::<bool>()).prop_map(|(mut selector, bare)| {
        if bare {
            selector.data = selector.data.map(|_| Data::new("mailto:"));
        }
        selector
    });
    (plain(), prop_oneof![Just(None), of(selected)], any::<bool>()).prop_map(
        |(mut intent, selector, fits)| {
            let selector = selector.map(|selector| Selector::new(Box::leak(Box::new(selector))));
            intent.selector = selector;
            if fits && selector.is_some() && intent.form != Form::AndroidApp {
                intent.package = None;
            }
            if fits && intent.form == Form::AndroidApp && intent.package.is_none() {
                intent.package = Some(Text::new("com.x"));
            }
            intent
        },
    )
}
