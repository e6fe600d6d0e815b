//! Which of the three codecs the tests have been built with, and that they all do the same.

use std::io::{Write, stderr};

use crate::common::fixtures::{self, SAMPLES};
use crate::common::{Decoded, Kind, kind};
use offline_push::json::{CODEC, DecodeError};

#[test]
fn codec_is_chosen_by_features() {
    // Unlike `println!`, this is shown when the test passes, too.
    writeln!(stderr(), "codec: {CODEC}").unwrap();
    // `small` wins where both are asked for.
    let chosen = match (cfg!(feature = "small"), cfg!(feature = "simd")) {
        (true, _) => "small",
        (false, true) => "vectors",
        (false, false) => "words",
    };
    assert_eq!(CODEC, chosen);
}

/// FNV-1a.
struct Digest(u64);

impl Digest {
    fn add(&mut self, text: &str) {
        // With its end, so that two texts are no other two.
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn add_error(&mut self, error: &DecodeError) {
        self.add(&format!("{:?} {} {:?} {:?}", error.kind(), error.offset(), error.field(), error.index()));
    }

    fn add_decoded(&mut self, decoded: &Decoded) {
        match decoded {
            Ok(view) => self.add(view),
            Err(error) => self.add_error(error),
        }
    }

    /// All that becomes of the bytes; true if they are a message.
    fn add_message(&mut self, kind: &Kind, bytes: &[u8]) -> bool {
        let in_place = kind.in_place(bytes);
        self.add_decoded(&in_place);
        self.add_decoded(&(kind.from_slice)(bytes));
        match (kind.owned)(bytes) {
            Ok(kept) => {
                self.add(&kept.view);
                self.add(&kept.whole);
            }
            Err(error) => self.add_error(&error),
        }
        if let Ok(text) = str::from_utf8(bytes) {
            match (kind.from_prefix)(text) {
                Ok((view, rest)) => self.add(&format!("{view} {rest}")),
                Err(error) => self.add_error(&error),
            }
        }
        in_place.is_ok()
    }
}

/// The same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

/// What takes the place of a value: all of it is JSON.
const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "-0",
    "1",
    "-1",
    "2.0",
    "1.7E9",
    "1.5",
    "1e-1",
    "99999999999999999999",
    "\"\"",
    "\"1\"",
    "\"\\u0031\"",
    "\"2.0\"",
    "\"a\\n\"",
    "\"\\ud83d\"",
    "\"\\ud83d\\ude00\\u0041\"",
    r#""\u0000\u0001\u0002\"\\\/\b\f""#,
    "\"标题标题标题标题标题\\u6807\"",
    "[]",
    "[ ]",
    "{}",
    r#"["\u0061",7]"#,
    r#"{"a":["\n"],"\u0062":{}}"#,
    r#"[{"status":1,"userid":"\u0061"},7]"#,
    r#"[{"ErrorCode":"1.0","To_Account":"\n"},{"ErrorCode":2}]"#,
    r#"{"status":[],"userid":5}"#,
];

/// What is put in anywhere, a member in front of another one among it.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"0",
    b"-",
    b".",
    b" ",
    b"\n",
    b"\0",
    b"\x01",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"\xe4\xbd",
    b"\\n",
    b"\\u0000",
    b"\\ud83d",
    b"\\x",
    b"\"new\":[\"\\n\",{\"a\":1}],",
    b"\"n\\u0065w\":\"\\ud83d\",",
    b"\"\xe5\x85\xa7\" : -1.50e3 ,\r\n",
];

/// Where the value ends that begins there, of a sample that is JSON or nearly so.
fn end_of_value(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth, mut inside) = (start, 0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if inside => at += 1,
            b'"' => inside = !inside,
            b'{' | b'[' if !inside => depth += 1,
            b',' | b'}' | b']' if !inside && depth == 0 => return at,
            b'}' | b']' if !inside => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn mutated(sample: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..=random.below(2) {
        let somewhere = random.below(bytes.len() + 1);
        // Behind a token of the message, if that is what it is.
        let behind = |tokens: &[u8]| bytes[..somewhere].iter().rposition(|byte| tokens.contains(byte));
        let (value, member) = (behind(b":").map(|at| at + 1), behind(b",{").map(|at| at + 1));
        let piece = PIECES[random.below(PIECES.len())];
        match (random.below(8), value, member) {
            (0..=4, Some(at), _) => {
                let end = end_of_value(&bytes, at).max(at);
                drop(bytes.splice(at..end, VALUES[random.below(VALUES.len())].bytes()));
            }
            (5, _, Some(at)) => drop(bytes.splice(at..at, piece.iter().copied())),
            (6, _, _) => drop(bytes.splice(somewhere..somewhere, piece.iter().copied())),
            _ if random.below(2) == 0 => bytes.truncate(somewhere),
            _ => drop(bytes.splice(somewhere..bytes.len().min(somewhere + 1 + random.below(4)), [])),
        }
    }
    bytes
}

/// The same constant holds for every set of features: that is how it shows that all codecs read, refuse and write the same.
#[test]
fn decode_mutated_samples_is_the_same_with_every_codec() {
    const DIGEST: u64 = 0x0ca0_a358_3547_13d6;
    let (mut digest, mut random) = (Digest(0xcbf2_9ce4_8422_2325), Random(8259));
    let (mut all, mut good) = (0, 0);
    for sample in SAMPLES {
        let text = fixtures::read(sample.file);
        let escaped = text.replace('e', r"\u0065").replace('标', r"\u6807");
        for text in [text, escaped] {
            digest.add_message(kind(sample.kind), text.as_bytes());
            for _ in 0..40 {
                all += 1;
                let bytes = mutated(text.as_bytes(), &mut random);
                good += usize::from(digest.add_message(kind(sample.kind), &bytes));
            }
        }
    }
    assert!(all >= 8000 && good >= all / 8 && good <= all / 2, "{good} of {all}");
    assert_eq!(digest.0, DIGEST, "{:#x} with {CODEC}", digest.0);
}
