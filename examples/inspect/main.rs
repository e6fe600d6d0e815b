//! Inspects a payload: decodes JSON as one of the crate's messages, and prints the message as the crate writes it. It also
//! prints the rules that the message breaks, converts it, and says what an unknown payload could be. It does the same with an
//! intent URI, where that is possible. For bad input, it shows the place and the reason.
//!
//! ```text
//! cargo run --example inspect -- vivo.send.reply reply.json
//! cargo run --example inspect -- vivo.send --check push.json
//! cargo run --example inspect -- tim.settings --as tim.info settings.json
//! cargo run --example inspect -- --detect unknown.json
//! cargo run --example inspect -- intent --json uri.txt
//! cargo run --example inspect -- --list
//! ```

mod convert;
mod detect;
mod intent;
mod place;

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use offline_push::delivery::ComposeError;
use offline_push::intent::{BuildError, Intent, IntentError};
use offline_push::json::description::Type;
use offline_push::json::{self, Decode, DecodeError, DecodeErrorKind, Encode, EncodeError};
use offline_push::{CheckAll, CheckError, ext, tim, vivo};
use place::Place;

struct Kind {
    name: &'static str,
    description: &'static Type,
    canonical: fn(&mut [u8]) -> Result<String, Failure>,
    broken: fn(&mut [u8]) -> Result<Broken, Failure>,
}

/// The rules that a message breaks; `None` if its kind has no rules.
type Broken = Option<Vec<CheckError>>;

macro_rules! kinds {
    ($($name:literal => $message:ty,)+) => {
        const KINDS: &[Kind] = &[$(Kind {
            name: $name,
            description: <$message as Decode<'_>>::DESCRIPTION,
            canonical: |json| canonical(&decode::<$message>(json)?),
            broken: |json| Ok(Decoded(decode::<$message>(json)?).broken()),
        }),+];
    };
}

offline_push::__for_each_message!(kinds);

/// A message of a kind that may have rules.
struct Decoded<T>(T);

impl<T: CheckAll> Decoded<T> {
    fn broken(&self) -> Broken {
        let mut broken = Vec::new();
        self.0.check_all(|error| {
            if !broken.contains(&error) {
                broken.push(error);
            }
        });
        Some(broken)
    }
}

/// The compiler uses this method for a type that has no other.
trait WithoutRules {
    fn broken(&self) -> Broken;
}

impl<T> WithoutRules for Decoded<T> {
    fn broken(&self) -> Broken {
        None
    }
}

/// The kind that is not JSON: an Android intent URI.
const INTENT: &str = "intent";

const USAGE: &str = "\
Usage: inspect KIND [FILE]
       inspect KIND --check [FILE]
       inspect KIND --as KIND2 [FILE]
       inspect --detect [FILE]
       inspect intent [--json] [FILE]
       inspect --list

Reads JSON from FILE, or from standard input if there is none or it is `-`, decodes it in place as
KIND, and prints it as this crate writes it, on one line.

--check   prints the rules that the message breaks instead, one per line.
--as      converts the message to KIND2. Standard error lists what is lost. What the sender's
          options do not have (regId, requestId) is made up in vivo.send and vivo.list-payload.
--detect  prints the kinds that the input could be, the most likely one first, with the number of
          members that the kind knows and does not know.
--list    prints the kinds, one per line.
intent    reads an Android intent URI and prints it likewise, with --json its parts.

Exit status: 0 fine, 1 malformed input, 2 wrong usage or a file that cannot be read, 3 a rule is
broken.
";

const BAD_INPUT: u8 = 1;
const BAD_USAGE: u8 = 2;
const BROKEN_RULE: u8 = 3;

/// What a command prints, and its exit status.
#[derive(Default)]
struct Shown {
    result: String,
    /// For standard error.
    remarks: String,
    status: u8,
}

impl Shown {
    fn line(result: String) -> Self {
        Self { result: result + "\n", ..Self::default() }
    }
}

/// A command gets the input twice: once to decode it in place, and once as it is.
type Command<'c> = &'c dyn Fn(&mut [u8], &[u8]) -> Result<Shown, Failure>;

enum Failure {
    Decode(DecodeError),
    Encode(EncodeError),
    NotUtf8(std::str::Utf8Error),
    /// The input is not exactly one line of text. The second line begins at this offset.
    NotOneLine(usize),
    Parse(IntentError),
    Build(BuildError),
    Compose(ComposeError),
    /// No kind knows a member of the input.
    NoKind,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [flag] if flag == "--list" => {
            let kinds = KINDS.iter().map(|kind| kind.name).chain([INTENT]);
            print(&kinds.fold(String::new(), |list, kind| list + kind + "\n"))
        }
        [flag] if flag == "--help" || flag == "-h" => print(USAGE),
        [flag, file @ ..] if flag == "--detect" => inspect(&detect::detect, file),
        [name, flag, file @ ..] if name == INTENT && flag == "--json" => inspect(&intent_parts, file),
        [name, flag, file @ ..] if flag == "--check" => {
            with_kind(name, |kind| inspect(&|json, _| check(kind, json), file))
        }
        [name, flag, to, file @ ..] if flag == "--as" => {
            with_kind(name, |kind| match convert::find(kind.name, to) {
                Ok(conversion) => inspect(&|json, input| conversion.run(kind, json, input), file),
                Err(possible) => fail(BAD_USAGE, &possible),
            })
        }
        [flag, ..] | [_, flag, ..] if flag.as_encoded_bytes().starts_with(b"--") => {
            wrong_usage("unknown or incomplete option", flag)
        }
        [name, file @ ..] if name == INTENT => inspect(&intent_canonical, file),
        [name, file @ ..] => {
            with_kind(name, |kind| inspect(&|json, _| (kind.canonical)(json).map(Shown::line), file))
        }
        [] => fail(BAD_USAGE, USAGE),
    }
}

fn with_kind(name: &OsStr, command: impl Fn(&'static Kind) -> ExitCode) -> ExitCode {
    KINDS
        .iter()
        .find(|kind| name == kind.name)
        .map_or_else(|| wrong_usage("no kind of message", name), command)
}

fn inspect(command: Command<'_>, file: &[OsString]) -> ExitCode {
    let file = match file {
        [_, surplus, ..] => return wrong_usage("one argument too many", surplus),
        [file] if file != "-" => Some(file),
        _ => None,
    };
    let source = file.map_or_else(|| "standard input".into(), |file| file.to_string_lossy());
    let input = match read(file) {
        Ok(input) => input,
        Err(error) => return fail(BAD_USAGE, &format!("error: {source} cannot be read: {error}\n")),
    };
    // Decoding in place rewrites the buffer; the caret needs the original input.
    match command(&mut input.clone(), &input) {
        Ok(shown) if shown.status == 0 && shown.remarks.is_empty() => print(&shown.result),
        Ok(shown) => {
            print(&shown.result);
            fail(shown.status, &shown.remarks)
        }
        Err(failure) => {
            let refused = matches!(failure, Failure::Compose(_));
            fail(if refused { BROKEN_RULE } else { BAD_INPUT }, &explain(&failure, &source, &input))
        }
    }
}

fn read(file: Option<&OsString>) -> io::Result<Vec<u8>> {
    let Some(file) = file else {
        let mut input = Vec::new();
        return io::stdin().read_to_end(&mut input).map(|_| input);
    };
    fs::read(file)
}

fn decode<'a, T: Decode<'a>>(json: &'a mut [u8]) -> Result<T, Failure> {
    json::from_slice_in_place(json).map_err(Failure::Decode)
}

/// The message as the crate writes it.
fn canonical<T: Encode>(message: &T) -> Result<String, Failure> {
    let mut buffer = vec![0; json::encoded_len(message)];
    json::to_str(message, &mut buffer).map(on_one_line).map_err(Failure::Encode)
}

/// The rules that the message breaks.
fn check(kind: &Kind, json: &mut [u8]) -> Result<Shown, Failure> {
    let Some(broken) = (kind.broken)(json)? else {
        return Ok(Shown { remarks: format!("note: {} has no rules\n", kind.name), ..Shown::default() });
    };
    let status = if broken.is_empty() { 0 } else { BROKEN_RULE };
    let result = broken.iter().map(|error| format!("{error}\n")).collect();
    Ok(Shown { result, status, ..Shown::default() })
}

/// JSON without white space between its tokens. The crate passes raw values on with theirs.
fn on_one_line(json: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let mut keeps = |character: char| {
        if character == '"' && !escaped {
            in_string = !in_string;
        }
        escaped = in_string && character == '\\' && !escaped;
        in_string || !character.is_ascii_whitespace()
    };
    json.chars().filter(|character| keeps(*character)).collect()
}

fn intent_canonical(uri: &mut [u8], _: &[u8]) -> Result<Shown, Failure> {
    intent::canonical(&parse(uri)?).map(Shown::line).map_err(Failure::Build)
}

fn intent_parts(uri: &mut [u8], _: &[u8]) -> Result<Shown, Failure> {
    Ok(Shown::line(intent::parts(&parse(uri)?).to_string()))
}

/// Parses a line of text as an intent.
fn parse(uri: &[u8]) -> Result<Intent<'_>, Failure> {
    let uri = std::str::from_utf8(uri).map_err(Failure::NotUtf8)?;
    let uri = uri.trim_end_matches(['\r', '\n']);
    match uri.find(['\r', '\n']) {
        Some(offset) => Err(Failure::NotOneLine(offset)),
        None if uri.is_empty() => Err(Failure::NotOneLine(0)),
        None => Intent::parse(uri).map_err(Failure::Parse),
    }
}

/// The reason, and the line with a caret under the place.
fn explain(failure: &Failure, source: &str, input: &[u8]) -> String {
    let (reason, offset) = match failure {
        Failure::Decode(error) => decode_error(error, input),
        Failure::NotUtf8(error) => (error.to_string(), error.valid_up_to()),
        Failure::NotOneLine(offset) => (format!("not one line with a URI in it, at byte {offset}"), *offset),
        Failure::Parse(error) => (error.to_string(), error.offset()),
        Failure::Encode(error) => return format!("error: {error}\n"),
        Failure::Build(error) => return format!("error: {error}\n"),
        Failure::Compose(error) => return format!("error: {error}\n"),
        Failure::NoKind => return "error: no kind fits\n".into(),
    };
    format!("error: {reason}\n --> {source}, {}", Place::find(input, offset))
}

/// Kind, field, list index and byte offset of an error.
fn decode_error(error: &DecodeError, input: &[u8]) -> (String, usize) {
    // Of all errors, only `NotUtf8` can have an offset in the rewritten buffer.
    let moved = std::str::from_utf8(input).err().filter(|_| error.kind() == DecodeErrorKind::NotUtf8);
    match moved.map(|bad| bad.valid_up_to()) {
        Some(offset) => (format!("{} at byte {offset}", error.kind().description()), offset),
        None => (error.to_string(), error.offset()),
    }
}

fn wrong_usage(complaint: &str, argument: &OsStr) -> ExitCode {
    fail(BAD_USAGE, &format!("error: {complaint}: {}\n\n{USAGE}", argument.to_string_lossy()))
}

/// Prints the result. A closed pipe is not an error.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            fail(BAD_USAGE, &format!("error: standard output: {error}\n"))
        }
        _ => ExitCode::SUCCESS,
    }
}

fn fail(status: u8, text: &str) -> ExitCode {
    // If standard error is closed, the exit status is enough.
    let _ = io::stderr().write_all(text.as_bytes());
    ExitCode::from(status)
}
