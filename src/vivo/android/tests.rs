use core::fmt::{self, Write};
use core::hash::{BuildHasher, BuildHasherDefault};
use std::format;
use std::hash::DefaultHasher;
use std::string::{String, ToString};
use std::vec::Vec;

mod scan;

use scan::{Token, attributes, carried, is_xml_char, scan, scan_rules, unescape};

use super::{ActivityEntry, ClassName, KeepRules, PushEntries, ReceiverEntry};
use crate::check::{CheckError, Rule};
use crate::intent::{Component, Intent};

const RECEIVER: &str = "com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl";
const KEY: &str = "a90685ff-ebad-4df3-a265-3d4bb8e3a389";

fn entries() -> PushEntries<'static> {
    PushEntries::new(11178, KEY)
}

fn receiver() -> ReceiverEntry<'static> {
    ReceiverEntry::new(ClassName::try_new(RECEIVER).unwrap())
}

fn activity<'a>() -> ActivityEntry<'a> {
    let class = ClassName::try_new("com.tencent.qcloud.tim.demo.chat.ChatActivity").unwrap();
    ActivityEntry::new(class, "pushscheme", "com.tencent.qcloud.tim", "/detail")
}

fn rules() -> KeepRules<'static> {
    KeepRules::new(ClassName::try_new(RECEIVER).unwrap())
}

#[test]
fn display_defaults_match_the_guide() {
    for (rendered, guide, tokens) in [
        (entries().to_string(), include_str!("../../../tests/fixtures/guide/push_entries.xml"), 18),
        (receiver().to_string(), include_str!("../../../tests/fixtures/guide/receiver_entry.xml"), 10),
        (activity().to_string(), include_str!("../../../tests/fixtures/guide/activity_entry.xml"), 18),
    ] {
        let scanned = scan(&rendered);
        assert_eq!(scanned.len(), tokens);
        assert_eq!(scanned, scan(guide));
    }
    let scanned = scan_rules(&rules().to_string());
    assert_eq!(scanned.len(), 4);
    assert_eq!(scanned, scan_rules(include_str!("../../../tests/fixtures/guide/keep_rules.pro")));
}

/// Names of the components that have an intent filter, and whether they have `android:exported`.
fn filtering_components(xml: &str) -> Vec<(String, bool)> {
    let mut components = Vec::new();
    let (mut open, mut exported) = (Vec::new(), Vec::new());
    for token in scan(xml) {
        match token {
            Token::Open(name) => {
                if name == "intent-filter" {
                    components.push((open.last().cloned().unwrap(), exported.last().copied().unwrap()));
                }
                open.push(name);
                exported.push(false);
            }
            Token::Attribute(name, _) => *exported.last_mut().unwrap() |= name == "android:exported",
            Token::Empty | Token::Close(_) => _ = (open.pop(), exported.pop()),
            Token::Body => {}
        }
    }
    components
}

#[test]
fn for_target_sdk_31_exports_every_component_with_a_filter() {
    for level in [0, 21, 30, 31, 35, u32::MAX] {
        let (receiver_entry, activity_entry) =
            (receiver().for_target_sdk(level), activity().for_target_sdk(level));
        let exported = level >= 31;
        let values = if exported { (Some(false), Some(true)) } else { (None, None) };
        assert_eq!((receiver_entry.exported, activity_entry.exported), values, "{level}");
        let manifest = [entries().to_string(), receiver_entry.to_string(), activity_entry.to_string()];
        let components = [("receiver".to_string(), exported), ("activity".to_string(), exported)];
        assert_eq!(filtering_components(&manifest.concat()), components, "{level}");
        if !exported {
            assert_eq!(manifest, [entries().to_string(), receiver().to_string(), activity().to_string()]);
        }
    }
    // A value of the caller stays.
    for exported in [Some(true), Some(false)] {
        let (mut receiver, mut activity) = (receiver(), activity());
        (receiver.exported, activity.exported) = (exported, exported);
        assert_eq!((receiver.for_target_sdk(35), activity.for_target_sdk(35)), (receiver, activity));
    }
}

#[test]
fn display_option_changes_one_attribute_only() {
    fn pair(name: &str, value: &str) -> (String, String) {
        (String::from(name), String::from(value))
    }
    for (exported, text) in [(true, "true"), (false, "false")] {
        let mut entry = receiver();
        entry.exported = Some(exported);
        let mut expected = attributes(&receiver().to_string());
        expected.insert(1, pair("android:exported", text));
        assert_eq!(attributes(&entry.to_string()), expected);

        let mut entry = activity();
        entry.exported = Some(exported);
        let mut expected = attributes(&activity().to_string());
        expected.insert(1, pair("android:exported", text));
        assert_eq!(attributes(&entry.to_string()), expected);
    }

    let mut entry = entries();
    entry.service_permission = Some(PushEntries::UPSTAGE_SERVICE);
    let mut expected = attributes(&entries().to_string());
    expected.insert(1, pair("android:permission", "com.push.permission.UPSTAGESERVICE"));
    assert_eq!(attributes(&entry.to_string()), expected);

    let drops: [fn(&mut ActivityEntry<'_>); 3] = [
        |entry| entry.launch_mode = None,
        |entry| entry.screen_orientation = None,
        |entry| entry.window_soft_input_mode = None,
    ];
    for (index, drop) in drops.iter().enumerate() {
        let mut entry = activity();
        drop(&mut entry);
        let mut expected = attributes(&activity().to_string());
        expected.remove(index + 1);
        assert_eq!(attributes(&entry.to_string()), expected);
    }

    let mut entry = activity();
    entry.default_category = true;
    let mut expected = scan(&activity().to_string());
    let data = expected.iter().position(|token| *token == Token::Open("data".to_string())).unwrap();
    let category = scan(r#"<category android:name="android.intent.category.DEFAULT" />"#);
    expected.splice(data..data, category);
    assert_eq!(scan(&entry.to_string()), expected);
}

/// Each field that takes a caller's text, with this text: the rendered value, and the result of `check`.
fn places(text: &str) -> [(&'static str, String, Result<(), CheckError>); 8] {
    fn with<'a>(change: impl FnOnce(&mut ActivityEntry<'a>)) -> (String, Result<(), CheckError>) {
        let mut entry = activity();
        change(&mut entry);
        (entry.to_string(), entry.check())
    }
    fn place(
        field: &'static str,
        (xml, checked): (String, Result<(), CheckError>),
    ) -> (&'static str, String, Result<(), CheckError>) {
        (field, xml, checked)
    }
    let (mut key, mut permission) = (entries(), entries());
    key.app_key = text;
    permission.service_permission = Some(text);
    [
        place("com.vivo.push.api_key", (key.to_string(), key.check())),
        place("android:permission", (permission.to_string(), permission.check())),
        place("android:scheme", with(|entry| entry.scheme = text)),
        place("android:host", with(|entry| entry.host = text)),
        place("android:path", with(|entry| entry.path = text)),
        place("android:launchMode", with(|entry| entry.launch_mode = Some(text))),
        place("android:screenOrientation", with(|entry| entry.screen_orientation = Some(text))),
        place("android:windowSoftInputMode", with(|entry| entry.window_soft_input_mode = Some(text))),
    ]
}

const HOSTILE: &[&str] = &[
    r#""/><service android:name="x"#,
    r#"" android:exported="true"#,
    "' x='",
    "-->",
    "<!--",
    "]]>",
    "&",
    "&amp;",
    "&#0;",
    "<",
    ">",
    "a\tb\nc\rd",
    "\u{1f600}标题",
    "\0",
    "a\u{1b}[0m\u{b}\u{7f}\u{85}",
    "\u{fffe}\u{ffff}",
    "{} {0} $1 \\ ${VIVO_APPKEY} @string/key",
];

#[test]
fn display_long_app_id_stays_text() {
    for (id, value) in [
        (11178, "11178"),
        (2_147_483_647, "2147483647"),
        (2_147_483_648, r"\u0032147483648"),
        (1_234_512_345_123_451_234, r"\u0031234512345123451234"),
        (u64::MAX, r"\u00318446744073709551615"),
    ] {
        let mut expected = attributes(&entries().to_string());
        expected.last_mut().unwrap().1 = value.to_string();
        assert_eq!(attributes(&PushEntries::new(id, KEY).to_string()), expected);
    }
}

#[test]
fn display_hostile_text_stays_in_its_attribute() {
    const HARMLESS: &str = "harmless";
    for text in HOSTILE {
        for ((field, xml, _), (_, harmless, _)) in places(text).into_iter().zip(places(HARMLESS)) {
            let mut replaced = 0;
            let mut expected = scan(&harmless);
            for token in &mut expected {
                if let Token::Attribute(_, value) = token {
                    if value == HARMLESS {
                        *value = carried(text);
                        replaced += 1;
                    }
                }
            }
            assert_eq!(replaced, 1, "{field}");
            assert_eq!(scan(&xml), expected, "{field}: {text:?}");
        }
    }
}

#[test]
fn display_every_character_is_kept_or_replaced() {
    for character in '\0'..=char::MAX {
        let text = format!("{character}");
        let mut entries = entries();
        entries.app_key = &text;
        let allowed = is_xml_char(character);
        let refused = CheckError::new("com.vivo.push.api_key", Rule::NotXml);
        assert_eq!(entries.check(), if allowed { Ok(()) } else { Err(refused) }, "{character:?}");

        let value = super::attribute::Value(&text).to_string();
        assert_eq!(unescape(&value), carried(&text), "{character:?}");
        assert!(!value.contains(['<', '>', '"', '\'', '\t', '\n', '\r']), "{character:?}");
    }
}

#[test]
fn check_names_the_empty_or_invalid_field() {
    for (text, rule) in [("", Rule::Missing), ("a\0", Rule::NotXml), ("\u{ffff}", Rule::NotXml)] {
        for (field, _, checked) in places(text) {
            assert_eq!(checked, Err(CheckError::new(field, rule)), "{text:?}");
        }
    }
    for (field, _, checked) in places("a\n\"") {
        assert_eq!(checked, Ok(()), "{field}");
    }
    let missing = CheckError::new("com.vivo.push.app_id", Rule::Missing);
    assert_eq!(PushEntries::new(0, KEY).check(), Err(missing));
    assert_eq!(PushEntries::new(1, "").check().unwrap_err().rule(), Rule::Missing);
    let class = ClassName::try_new(RECEIVER).unwrap();
    assert_eq!(ActivityEntry::new(class, "a", "\0", "/").check().unwrap_err().field(), "android:host");
}

#[test]
fn try_new_accepts_identifiers_with_dots_only() {
    for name in [
        RECEIVER, "a.B", "a.B$Inner", "_a.$b", "a1.b2.C3", "com.例え.受信", "com.exämple.Пуш",
        "org.example.class",
    ] {
        let class = ClassName::try_new(name);
        assert_eq!(class.map(|class| class.to_string()).as_deref(), Ok(name));
        assert_eq!(class.unwrap().to_string(), name);
    }
    assert_eq!(ClassName::try_new(""), Err(CheckError::new("android:name", Rule::Missing)));
    let not_class_name = CheckError::new("android:name", Rule::NotClassName);
    for name in [
        "Receiver", ".Receiver", "a.", "a..B", ".", "1a.B", "a.1B", "a/B", "a.B[]", "a-b.C", " a.B", "a.B ",
        "a.B\n", "a.\u{feff}B", "a.B\u{200d}", "a.B\u{2028}", "a.\u{1f600}", "a.B²", "a.B٣",
        "com.example.**", "com.example.?", "!a.B", "a.B,c.D", "a.B{*;}\n-dontobfuscate", "a.B#",
        "@rules.pro", "a.<1>", "${package}.B",
    ]
    .iter()
    .chain(HOSTILE)
    {
        assert_eq!(ClassName::try_new(name), Err(not_class_name), "{name:?}");
    }
}

#[test]
fn try_new_refuses_names_that_change_the_output() {
    let mut accepted = 0;
    for character in '\0'..=char::MAX {
        if ClassName::try_new(&format!("a.b{character}")).is_ok() {
            accepted += 1;
            // All special characters of both syntaxes are ASCII or white space.
            let word = character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
            assert!(word || (!character.is_ascii() && !character.is_whitespace()), "{character:?}");
        }
    }
    assert!(accepted > 100_000, "{accepted}");

    for name in ["例.B$_1", "a.b"] {
        let class = ClassName::try_new(name).unwrap();
        let mut expected = scan_rules(&rules().to_string());
        expected.pop();
        expected.push(["-keep", "class", name, "{", "*", ";", "}"].map(String::from).to_vec());
        assert_eq!(scan_rules(&KeepRules::new(class).to_string()), expected);

        let mut entry = activity();
        entry.class = class;
        for xml in [ReceiverEntry::new(class).to_string(), entry.to_string()] {
            let named = attributes(&xml).into_iter().next().unwrap();
            assert_eq!(named, ("android:name".to_string(), name.to_string()));
        }
    }
}

#[test]
fn display_full_buffer_is_an_error() {
    /// A writer with room for this many bytes.
    struct Room(usize);
    impl Write for Room {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 = self.0.checked_sub(text.len()).ok_or(fmt::Error)?;
            Ok(())
        }
    }
    let mut activity = activity();
    activity.default_category = true;
    let mut key = entries();
    key.app_key = "<&\0\n";
    let rendered: [&dyn fmt::Display; 4] = [&key, &receiver(), &activity, &rules()];
    for value in rendered {
        let length = value.to_string().len();
        for room in 0..length {
            assert_eq!(write!(Room(room), "{value}"), Err(fmt::Error));
        }
        assert_eq!(write!(Room(length), "{value}"), Ok(()));
    }
}

#[test]
fn from_component_gives_the_full_class_name() {
    for (uri, name) in [
        ("intent:#Intent;component=com.example/.ChatActivity;end", Ok("com.example.ChatActivity")),
        ("intent:#Intent;component=com.app/com.example.ChatActivity;end", Ok("com.example.ChatActivity")),
        ("intent:#Intent;component=com.example/%2eChatActivity;end", Ok("com.example.ChatActivity")),
        ("intent:#Intent;component=com.example/.Outer%24Inner;end", Ok("com.example.Outer$Inner")),
        ("intent:#Intent;component=com.example/.Outer%2A;end", Err(Rule::NotClassName)),
        ("intent:#Intent;component=com.example/Chat;end", Err(Rule::NotClassName)),
        ("intent:#Intent;component=com.*/.ChatActivity;end", Err(Rule::NotClassName)),
        ("intent:#Intent;component=com.example/.Chat%20Activity;end", Err(Rule::NotClassName)),
        ("intent:#Intent;component=com.example/.;end", Err(Rule::NotClassName)),
    ] {
        let component = Intent::parse(uri).unwrap().component.unwrap();
        let class = ClassName::from_component(&component).map_err(|error| error.rule());
        assert_eq!(class.map(|class| class.to_string()).as_deref(), name.as_ref().copied(), "{uri}");
    }
    let short = Component::try_new("com.example", ".ChatActivity").unwrap();
    let (short, full) = (ClassName::from_component(&short), "com.example.ChatActivity".try_into());
    assert_eq!(short, full);
    let hash = |class: Result<ClassName<'_>, CheckError>| {
        BuildHasherDefault::<DefaultHasher>::new().hash_one(class.unwrap())
    };
    assert_eq!(hash(short), hash(full));
}
