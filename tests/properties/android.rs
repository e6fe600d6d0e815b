//! How Android reads an intent URI: `parseUriInternal` of AOSP's `Intent.java` and the functions that it calls, written again with
//! owned text and positions, with all their quirks. A URI of the app's own scheme is read as with flags 0, any other one as with
//! `URI_INTENT_SCHEME`. A field without its `;` is refused, as in the newest version.

use offline_push::intent::IntentErrorKind::{self, *};

/// What Android's intent holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Read {
    pub(crate) data: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) categories: Vec<String>,
    pub(crate) mime_type: Option<String>,
    pub(crate) identifier: Option<String>,
    pub(crate) flags: i32,
    pub(crate) extended_flags: i32,
    pub(crate) package: Option<String>,
    pub(crate) component: Option<(String, String)>,
    pub(crate) bounds: Option<[i32; 4]>,
    pub(crate) extras: Vec<(String, Value)>,
    pub(crate) selector: Option<Box<Self>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    String(String),
    Boolean(bool),
    Byte(i8),
    Char(char),
    Double(String),
    Float(String),
    Int(i32),
    Long(i64),
    Short(i16),
}

const ACTION_VIEW: &str = "android.intent.action.VIEW";
const ACTION_MAIN: &str = "android.intent.action.MAIN";
const IMMUTABLE_FLAGS: i32 = 0x01 | 0x02 | 0x40 | 0x80;

fn view(data: &str) -> Read {
    Read {
        action: Some(ACTION_VIEW.to_owned()),
        data: (!data.is_empty()).then(|| data.to_owned()),
        ..Read::default()
    }
}

/// `parseUriInternal`. Where Android throws, this returns the kind of error that the crate should return. It does the same for
/// input that only the crate refuses.
pub(crate) fn parse_uri(uri: &str) -> Result<Read, IntentErrorKind> {
    let android_app = uri.starts_with("android-app:");
    let mut at = uri.rfind('#');
    match at {
        None if !android_app => return Ok(view(uri)),
        Some(hash) if !uri[hash..].starts_with("#Intent;") => {
            if !android_app {
                return old_form(uri, &uri[hash + 1..]);
            }
            at = None;
        }
        _ => {}
    }

    let mut intents = vec![view("")];
    let (mut explicit_action, mut scheme) = (false, None);
    let data = &uri[..at.unwrap_or(uri.len())];
    if let Some(hash) = at {
        let mut i = hash + "#Intent;".len();
        while !uri[i..].starts_with("end") {
            let selecting = intents.len() > 1;
            let intent = intents.last_mut().unwrap();
            let semi = i + uri[i..].find(';').ok_or(NoEnd)?;
            let eq = uri[i..].find('=').map(|found| i + found);
            let value = match eq {
                Some(eq) if eq < semi => decode(&uri[eq + 1..semi]),
                _ => String::new(),
            };
            let here = |name: &str| uri[i..].starts_with(name);
            if here("action=") {
                intent.action = Some(value);
                explicit_action |= !selecting;
            } else if here("category=") {
                intent.categories.push(value);
            } else if here("type=") {
                intent.mime_type = Some(value);
            } else if here("identifier=") {
                intent.identifier = Some(value);
            } else if here("launchFlags=") {
                intent.flags = decode_integer(&value)? & !IMMUTABLE_FLAGS;
            } else if here("extendedLaunchFlags=") {
                intent.extended_flags = decode_integer(&value)?;
            } else if here("package=") {
                intent.package = Some(value);
            } else if here("component=") {
                intent.component = unflatten(&value);
            } else if here("scheme=") {
                if selecting {
                    intent.data = Some(value + ":");
                } else {
                    scheme = Some(value);
                }
            } else if here("sourceBounds=") {
                intent.bounds = rectangle(&value)?;
            } else if semi == i + 3 && here("SEL") {
                intents.push(Read::default());
            } else {
                let extra = extra(&uri[i..], semi - i, eq.map(|eq| eq - i), value)?;
                intent.extras.push(extra);
            }
            if intents.iter().any(|intent| intent.extras.len().max(intent.categories.len()) > 128) {
                return Err(TooMany);
            }
            i = semi + 1;
        }
    }

    let selector = intents.split_off(1).pop();
    let mut intent = intents.pop().unwrap();
    if intent.package.is_none() {
        intent.selector = selector.map(Box::new);
    }
    let data = if let Some(rest) = data.strip_prefix("intent:") {
        scheme.map_or(rest.to_owned(), |scheme| scheme + ":" + rest)
    } else if android_app {
        app(&mut intent, data, scheme, explicit_action)?
    } else {
        data.to_owned()
    };
    if !data.is_empty() {
        intent.data = Some(data);
    }
    once_each(&mut intent);
    Ok(intent)
}

/// `getIntentOld`: the crate refuses a URI that has a part of the old form. Any other text is data.
fn old_form(uri: &str, fragment: &str) -> Result<Read, IntentErrorKind> {
    for part in ["action", "categories", "type", "launchFlags", "component", "extras"] {
        if fragment.strip_prefix(part).is_some_and(|rest| rest.starts_with('(')) {
            return Err(LegacyForm);
        }
    }
    Ok(view(uri))
}

/// The part about `android-app:`. Returns the data.
fn app(
    intent: &mut Read,
    data: &str,
    mut scheme: Option<String>,
    explicit_action: bool,
) -> Result<String, IntentErrorKind> {
    let byte = |at| data.as_bytes().get(at).copied().ok_or(NoPackage);
    if byte(12)? != b'/' || byte(13)? != b'/' {
        return Ok(String::new());
    }
    let parts: Vec<_> = data[14..].splitn(4, '/').collect();
    intent.package = Some(decode(parts[0]));
    let mut authority = None;
    match parts[1..] {
        [] => scheme = None,
        // Nothing behind the slash: a field `scheme` counts.
        [""] => {}
        [named] | [named, _] => scheme = Some(decode(named)),
        [named, host, path] => {
            scheme = Some(decode(named));
            authority = Some(decode(host) + "/" + path);
        }
        _ => unreachable!("at most four parts"),
    }
    if scheme.is_none() && !explicit_action {
        intent.action = Some(ACTION_MAIN.to_owned());
    }
    Ok(match (scheme, authority) {
        (None, _) => String::new(),
        (Some(scheme), None) => scheme + ":",
        (Some(scheme), Some(authority)) => scheme + "://" + &authority,
    })
}

/// Categories are a set, and extras are a map. Both are sorted, because Android keeps no order.
fn once_each(intent: &mut Read) {
    intent.categories.sort();
    intent.categories.dedup();
    let mut extras: Vec<(String, Value)> = Vec::new();
    for extra in intent.extras.drain(..) {
        extras.retain(|earlier| earlier.0 != extra.0);
        extras.push(extra);
    }
    extras.sort_by(|one, other| one.0.cmp(&other.0));
    intent.extras = extras;
    if let Some(selector) = &mut intent.selector {
        once_each(selector);
    }
}

/// The last branch of the loop, for the text from the field on.
fn extra(
    text: &str,
    semi: usize,
    eq: Option<usize>,
    value: String,
) -> Result<(String, Value), IntentErrorKind> {
    let known = "SBbcdfils".chars().any(|letter| text.starts_with(&format!("{letter}.")));
    if !known {
        return Err(UnknownField);
    }
    // If a later field has a `=`, Android goes on. The crate does not.
    let eq = eq.filter(|eq| *eq < semi).ok_or(NoValue)?;
    let key = decode(&text[2..eq]);
    let small = |range: std::ops::RangeInclusive<i64>| {
        parse_long(&value).ok().filter(|number| range.contains(number)).ok_or(NotANumber)
    };
    let value = match text.as_bytes()[0] {
        b'S' => Value::String(value),
        b'B' => Value::Boolean(value.eq_ignore_ascii_case("true")),
        b'b' => Value::Byte(small(-128..=127)? as i8),
        b'c' => match value.encode_utf16().next().map(|unit| char::from_u32(u32::from(unit))) {
            Some(Some(character)) => Value::Char(character),
            // Nothing, or half a character.
            _ => return Err(NotAChar),
        },
        b'd' if is_float(&value) => Value::Double(value),
        b'f' if is_float(&value) => Value::Float(value),
        b'd' | b'f' => return Err(NotANumber),
        b'i' => Value::Int(small(-(1 << 31)..=(1 << 31) - 1)? as i32),
        b'l' => Value::Long(parse_long(&value)?),
        _ => Value::Short(small(-(1 << 15)..=(1 << 15) - 1)? as i16),
    };
    Ok((key, value))
}

/// `Uri.decode`: AOSP's `UriCodec`, unit by unit. Halves of characters, which Java keeps, are dropped.
pub(crate) fn decode(text: &str) -> String {
    fn flush(out: &mut Vec<u16>, bytes: &mut Vec<u8>) {
        out.extend(String::from_utf8_lossy(bytes).encode_utf16());
        bytes.clear();
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    let (mut out, mut bytes, mut i) = (Vec::new(), Vec::new(), 0);
    'text: while i < units.len() {
        let unit = units[i];
        i += 1;
        if unit != u16::from(b'%') {
            flush(&mut out, &mut bytes);
            out.push(unit);
            continue;
        }
        let mut byte = 0;
        for _ in 0..2 {
            let Some(unit) = units.get(i) else {
                flush(&mut out, &mut bytes);
                out.push(0xfffd);
                break 'text;
            };
            i += 1;
            let Some(digit) = char::from_u32(u32::from(*unit)).and_then(|digit| digit.to_digit(16)) else {
                flush(&mut out, &mut bytes);
                out.push(0xfffd);
                break;
            };
            byte = byte * 16 + digit as u8;
        }
        bytes.push(byte);
    }
    flush(&mut out, &mut bytes);
    char::decode_utf16(out).filter_map(Result::ok).collect()
}

/// `Integer.decode`.
fn decode_integer(text: &str) -> Result<i32, IntentErrorKind> {
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = if let Some(digits) = rest.strip_prefix("0x").or(rest.strip_prefix("0X")) {
        (16, digits)
    } else if let Some(digits) = rest.strip_prefix('#') {
        (16, digits)
    } else if rest.starts_with('0') && rest.len() > 1 {
        (8, &rest[1..])
    } else {
        (10, rest)
    };
    if digits.starts_with(['+', '-']) {
        return Err(NotANumber);
    }
    let magnitude = i128::from_str_radix(digits, radix).map_err(|_| NotANumber)?;
    i32::try_from(if negative { -magnitude } else { magnitude }).map_err(|_| NotANumber)
}

/// `Long.parseLong`, which takes the same signs as Rust does.
fn parse_long(text: &str) -> Result<i64, IntentErrorKind> {
    text.parse().map_err(|_| NotANumber)
}

/// Whether `Double.parseDouble` takes the text.
pub(crate) fn is_float(text: &str) -> bool {
    let text = text.trim_matches(|character| character <= ' ');
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(text, "NaN" | "Infinity") {
        return true;
    }
    let text = text.to_ascii_lowercase();
    let number = text.strip_suffix(['f', 'd']).unwrap_or(&text);
    let Some(hexadecimal) = number.strip_prefix("0x") else {
        // What is left of Rust's own grammar is Java's.
        return number.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            && number.parse::<f64>().is_ok();
    };
    let Some((mantissa, exponent)) = hexadecimal.split_once('p') else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let all = |text: &str, radix| !text.is_empty() && text.chars().all(|digit| digit.is_digit(radix));
    all(exponent, 10) && all(&mantissa.replacen('.', "", 1), 16)
}

/// `ComponentName.unflattenFromString`: package, and full name of the class.
fn unflatten(text: &str) -> Option<(String, String)> {
    let (package, class) = text.split_once('/').filter(|(_, class)| !class.is_empty())?;
    let prefix = if class.starts_with('.') { package } else { "" };
    Some((package.to_owned(), format!("{prefix}{class}")))
}

/// `Rect.unflattenFromString`.
fn rectangle(text: &str) -> Result<Option<[i32; 4]>, IntentErrorKind> {
    let parts: Vec<_> = text.split(' ').collect();
    let digits = |part: &str| {
        let digits = part.strip_prefix('-').unwrap_or(part);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.len() != 4 || !parts.iter().all(|part| digits(part)) {
        return Ok(None);
    }
    let mut sides = [0; 4];
    for (side, part) in sides.iter_mut().zip(parts) {
        *side = part.parse().map_err(|_| NotANumber)?;
    }
    Ok(Some(sides))
}

/// `ComponentName.flattenToShortString`, of a full name.
pub(crate) fn flatten(package: &str, class: &str) -> String {
    match class.strip_prefix(package) {
        Some(own) if own.starts_with('.') => format!("{package}/{own}"),
        _ => format!("{package}/{class}"),
    }
}

/// `Uri.getHost` of AOSP's `Uri.java`, without its decoding.
pub(crate) fn host(uri: &str) -> Option<&str> {
    let rest = uri.split_once(':').map_or(uri, |(_, rest)| rest).strip_prefix("//")?;
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap();
    let host = authority.rsplit('@').next().unwrap();
    let port = host.rfind(':').filter(|colon| host[colon + 1..].bytes().all(|byte| byte.is_ascii_digit()));
    Some(&host[..port.unwrap_or(host.len())]).filter(|host| !host.is_empty())
}

/// `Uri.getEncodedPath`, or nothing where that is null.
pub(crate) fn path(uri: &str) -> &str {
    let (scheme, rest) = uri.split_once(':').map_or((None, uri), |(scheme, rest)| (Some(scheme), rest));
    if scheme.is_some() && !rest.starts_with('/') {
        return "";
    }
    let start =
        rest.strip_prefix("//").map_or(0, |rest| 2 + rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
    rest[start..].split(['?', '#']).next().unwrap()
}
