//! Intent URIs, and what Android is given beside.

use core::hint::black_box;

use offline_push::intent::{
    BuildError, CategoriesIter, Chars, Component, Data, ExtraValue, Extras, ExtrasIter, Intent, IntentError,
    IntentExtra, LaunchFlags, Number, Selector, Text,
};
use offline_push::vivo::android::{ActivityEntry, ClassName, PushEntries};
use offline_push::{BufferFull, CheckError, IntentUri, WebUrl};

use crate::used;

proved! {
    fn intent_parse(uri: &str) -> Result<Intent<'_>, IntentError> { Intent::parse(uri) }
    fn intent_to_uri<'b>(intent: &Intent<'_>, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        intent.to_uri(buffer)
    }
    fn intent_uri_len(intent: &Intent<'_>) -> Result<usize, BuildError> { intent.uri_len() }
    fn intent_effective_action<'a>(intent: &Intent<'a>) -> Option<Text<'a>> { intent.effective_action() }
    fn intent_text_extra<'a>(intent: &Intent<'a>, key: &str) -> Option<Text<'a>> { intent.text_extra(key) }
    fn intent_equal(one: &Intent<'_>, other: &Intent<'_>) -> bool { one == other }
    fn selector_intent<'a>(selector: &Selector<'a>) -> Intent<'a> { selector.intent() }
    fn extras_next<'a>(iter: &mut ExtrasIter<'a>) -> Option<IntentExtra<'a>> { iter.next() }
    fn extras_get<'a>(extras: &Extras<'a>, key: &str) -> Option<ExtraValue<'a>> { extras.get(key) }
    fn extras_is_empty(extras: &Extras<'_>) -> bool { extras.is_empty() }
    fn extra_value<'a>(value: &ExtraValue<'a>) -> (char, Option<Text<'a>>) { (value.letter(), value.as_text()) }
    fn categories_next<'a>(iter: &mut CategoriesIter<'a>) -> Option<Text<'a>> { iter.next() }
    fn component_new<'a>(package: &'a str, class: &'a str) -> Result<Component<'a>, BuildError> {
        Component::try_new(package, class)
    }
    fn component_class_name(component: &Component<'_>) -> usize { component.class_name().count() }
    fn data_new(uri: &str) -> Data<'_> { Data::new(uri) }
    fn data_scheme<'a>(data: &Data<'a>) -> Option<Text<'a>> { data.scheme() }
    fn data_host<'a>(data: &Data<'a>) -> Option<&'a str> { data.host() }
    fn data_path<'a>(data: &Data<'a>) -> &'a str { data.path() }
    fn data_chars(data: &Data<'_>) -> usize { data.chars().count() }
    fn text_as_str<'a>(text: &Text<'a>) -> Option<&'a str> { text.as_str() }
    fn text_next(chars: &mut Chars<'_>) -> Option<char> { chars.next() }
    fn text_copy_to<'b>(text: &Text<'_>, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> { text.copy_to(buffer) }
    fn text_equal(one: &Text<'_>, other: &Text<'_>) -> bool { one == other }
    fn number_new(text: &str) -> Result<Number<'_>, BuildError> { Number::try_new(text) }
    fn intent_error(error: &IntentError) -> (&'static str, usize) { (error.kind().description(), error.offset()) }
    fn intent_uri_new(uri: &str) -> Result<IntentUri<'_>, CheckError> { IntentUri::try_new(uri) }
    fn intent_uri_intent<'a>(uri: &IntentUri<'a>) -> Result<Intent<'a>, IntentError> { uri.intent() }
    fn web_url_new(url: &str) -> Result<WebUrl<'_>, CheckError> { WebUrl::try_new(url) }
    fn class_name_new(name: &str) -> Result<ClassName<'_>, CheckError> { ClassName::try_new(name) }
    fn class_name_of<'a>(component: &Component<'a>) -> Result<ClassName<'a>, CheckError> {
        ClassName::from_component(component)
    }
    fn class_name_equal(one: &ClassName<'_>, other: &ClassName<'_>) -> bool { one == other }
    fn push_entries_new(app_id: u64, app_key: &str) -> PushEntries<'_> { PushEntries::new(app_id, app_key) }
    fn push_entries_check(entries: &PushEntries<'_>) -> Result<(), CheckError> { entries.check() }
    fn activity_entry_new<'a>(class: ClassName<'a>, text: &'a str) -> ActivityEntry<'a> {
        ActivityEntry::new(class, text, text, text)
    }
    fn activity_entry_check(entry: &ActivityEntry<'_>) -> Result<(), CheckError> { entry.check() }
}

pub(crate) fn each(text: &str) {
    match intent_parse(text) {
        Ok(intent) => parsed(&intent),
        Err(error) => used(intent_error(&error)),
    }
    written(text);
    used(intent_uri_new(text).map(|uri| intent_uri_intent(&uri)).is_ok());
    used(web_url_new(text).is_ok());
    android(text);
}

fn parsed(intent: &Intent<'_>) {
    let mut buffer = [0; 256];
    used((intent_to_uri(intent, &mut buffer).is_ok(), intent_uri_len(intent), intent_equal(intent, intent)));
    used((intent_effective_action(intent), intent_text_extra(intent, "ext")));
    used((extras_get(&intent.extras, "ext"), extras_is_empty(&intent.extras)));
    let mut extras = intent.extras.iter();
    while let Some(extra) = extras_next(&mut extras) {
        texts(&extra.key);
        used(extra_value(&extra.value));
    }
    used(categories_next(&mut intent.categories.iter()));
    if let Some(data) = &intent.data {
        used((data_scheme(data), data_host(data), data_path(data), data_chars(data)));
    }
    if let Some(selector) = &intent.selector {
        used(selector_intent(selector));
    }
}

fn texts(text: &Text<'_>) {
    let mut buffer = [0; 64];
    used((text_as_str(text), text_next(&mut text.chars()), text_equal(text, text)));
    used(text_copy_to(text, &mut buffer));
}

fn written(text: &str) {
    let mut extras = [
        IntentExtra::new(text, ExtraValue::from(text)),
        IntentExtra::new("n", ExtraValue::Long(black_box(i64::MIN))),
    ];
    if let Ok(number) = number_new(text) {
        extras = [
            IntentExtra::new(text, ExtraValue::Double(number)),
            IntentExtra::new(text, ExtraValue::Float(number)),
        ];
    }
    let mut selected = Intent::new();
    selected.action = Some(Text::new(text));
    let mut intent = Intent::new();
    intent.data = Some(data_new(text));
    intent.flags = LaunchFlags::new(black_box(u32::MAX));
    intent.component = component_new("com.example", text).ok();
    intent.extras = Extras::from_slice(black_box(&extras));
    intent.selector = Some(Selector::new(&selected));
    parsed(&intent);
}

fn android(text: &str) {
    if let Ok(component) = component_new("com.example", text) {
        used((component_class_name(&component), class_name_of(&component).is_ok()));
    }
    if let Ok(class) = class_name_new(text) {
        used(class_name_equal(&class, &class));
        used(activity_entry_check(&activity_entry_new(class, text)));
    }
    used(push_entries_check(&push_entries_new(black_box(10004), text)));
}
