//! Looks at a payload: decodes JSON as one of the crate's messages, inside the buffer it was read into, and prints the
//! message as the crate writes it; an intent URI likewise. Says where and why if it is no such thing.
//!
//! ```text
//! cargo run --example inspect -- vivo.send.reply reply.json
//! cargo run --example inspect -- intent --json uri.txt
//! cargo run --example inspect -- --list
//! ```

mod intent;
mod place;

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use offline_push::intent::{BuildError, Intent, IntentError};
use offline_push::json::{self, Decode, DecodeError, DecodeErrorKind, Encode, EncodeError};
use offline_push::{ext, tim, vivo};
use place::Place;

struct Kind {
    name: &'static str,
    canonical: fn(&mut [u8]) -> Result<String, Failure>,
}

macro_rules! kinds {
    ($($name:literal => $message:ty,)+) => {
        const KINDS: &[Kind] = &[$(Kind { name: $name, canonical: |json| canonical::<$message>(json) }),+];
    };
}

offline_push::__for_each_message!(kinds);

/// The kind that is no JSON: an Android intent URI.
const INTENT: &str = "intent";

const USAGE: &str = "\
Usage: inspect KIND [FILE]
       inspect intent [--json] [FILE]
       inspect --list

Reads JSON from FILE, or from standard input if there is none or it is `-`, decodes it in place as
KIND, and prints it as this crate writes it, on one line. `intent` reads an Android intent URI and
prints it likewise, with `--json` its parts. `--list` prints the kinds, one per line.

Exit status: 0 decoded, 1 bad input, 2 wrong usage or a file that cannot be read.
";

const BAD_INPUT: u8 = 1;
const BAD_USAGE: u8 = 2;

enum Failure {
    Decode(DecodeError),
    Encode(EncodeError),
    NotUtf8(std::str::Utf8Error),
    /// Not one line of text: none, or more from this offset on.
    NotOneLine(usize),
    Parse(IntentError),
    Build(BuildError),
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [flag] if flag == "--list" => {
            let kinds = KINDS.iter().map(|kind| kind.name).chain([INTENT]);
            print(&kinds.fold(String::new(), |list, kind| list + kind + "\n"))
        }
        [flag] if flag == "--help" || flag == "-h" => print(USAGE),
        [flag, ..] if flag.as_encoded_bytes().starts_with(b"-") => wrong_usage("unknown option", flag),
        [name, flag, file @ ..] if name == INTENT && flag == "--json" => match file {
            [] => inspect(intent_parts, None),
            [file] => inspect(intent_parts, Some(file)),
            [_, surplus, ..] => wrong_usage("one argument too many", surplus),
        },
        [name] => inspect_kind(name, None),
        [name, file] => inspect_kind(name, Some(file)),
        [_, _, surplus, ..] => wrong_usage("one argument too many", surplus),
        [] => fail(BAD_USAGE, USAGE),
    }
}

fn inspect_kind(name: &OsStr, file: Option<&OsString>) -> ExitCode {
    if name == INTENT {
        return inspect(intent_canonical, file);
    }
    match KINDS.iter().find(|kind| name == kind.name) {
        Some(kind) => inspect(kind.canonical, file),
        None => wrong_usage("unknown kind", name),
    }
}

fn inspect(shown: fn(&mut [u8]) -> Result<String, Failure>, file: Option<&OsString>) -> ExitCode {
    let file = file.filter(|file| *file != "-");
    let source = file.map_or_else(|| "standard input".into(), |file| file.to_string_lossy());
    let input = match read(file) {
        Ok(input) => input,
        Err(error) => return fail(BAD_USAGE, &format!("error: {source} cannot be read: {error}\n")),
    };
    // Decoding in place rewrites its buffer; the caret needs the input as it came.
    match shown(&mut input.clone()) {
        Ok(line) => print(&(line + "\n")),
        Err(failure) => fail(BAD_INPUT, &explain(&failure, &source, &input)),
    }
}

fn read(file: Option<&OsString>) -> io::Result<Vec<u8>> {
    let Some(file) = file else {
        let mut input = Vec::new();
        return io::stdin().read_to_end(&mut input).map(|_| input);
    };
    fs::read(file)
}

/// The message in `json`, as the crate writes it.
fn canonical<'a, T: Decode<'a> + Encode>(json: &'a mut [u8]) -> Result<String, Failure> {
    let message: T = json::from_slice_in_place(json).map_err(Failure::Decode)?;
    let mut buffer = vec![0; json::encoded_len(&message)];
    json::to_str(&message, &mut buffer).map(on_one_line).map_err(Failure::Encode)
}

/// JSON without white space between its tokens. Values that the crate passes on untouched bring theirs along.
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

fn intent_canonical(uri: &mut [u8]) -> Result<String, Failure> {
    intent::canonical(&parse(uri)?).map_err(Failure::Build)
}

fn intent_parts(uri: &mut [u8]) -> Result<String, Failure> {
    Ok(intent::parts(&parse(uri)?).to_string())
}

/// An intent out of a line of text.
fn parse(uri: &[u8]) -> Result<Intent<'_>, Failure> {
    let uri = std::str::from_utf8(uri).map_err(Failure::NotUtf8)?;
    let uri = uri.trim_end_matches(['\r', '\n']);
    match uri.find(['\r', '\n']) {
        Some(offset) => Err(Failure::NotOneLine(offset)),
        None if uri.is_empty() => Err(Failure::NotOneLine(0)),
        None => Intent::parse(uri).map_err(Failure::Parse),
    }
}

/// What is wrong, and the line with a caret under the place.
fn explain(failure: &Failure, source: &str, input: &[u8]) -> String {
    let (reason, offset) = match failure {
        Failure::Decode(error) => decode_error(error, input),
        Failure::NotUtf8(error) => (error.to_string(), error.valid_up_to()),
        Failure::NotOneLine(offset) => (format!("not one line with a URI in it, at byte {offset}"), *offset),
        Failure::Parse(error) => (error.to_string(), error.offset()),
        Failure::Encode(error) => return format!("error: {error}\n"),
        Failure::Build(error) => return format!("error: {error}\n"),
    };
    format!("error: {reason}\n --> {source}, {}", Place::find(input, offset))
}

/// Kind, field, list index and byte offset of an error.
fn decode_error(error: &DecodeError, input: &[u8]) -> (String, usize) {
    // This one offset is into the rewritten buffer.
    let moved = std::str::from_utf8(input).err().filter(|_| error.kind() == DecodeErrorKind::NotUtf8);
    match moved.map(|bad| bad.valid_up_to()) {
        Some(offset) => (format!("{} at byte {offset}", error.kind().description()), offset),
        None => (error.to_string(), error.offset()),
    }
}

fn wrong_usage(complaint: &str, argument: &OsStr) -> ExitCode {
    fail(BAD_USAGE, &format!("error: {complaint}: {}\n\n{USAGE}", argument.to_string_lossy()))
}

/// Prints what was asked for. A reader that has gone away is no failure.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            fail(BAD_USAGE, &format!("error: standard output: {error}\n"))
        }
        _ => ExitCode::SUCCESS,
    }
}

fn fail(status: u8, text: &str) -> ExitCode {
    // Where standard error is closed, the exit status is all there is to say.
    let _ = io::stderr().write_all(text.as_bytes());
    ExitCode::from(status)
}
