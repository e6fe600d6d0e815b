//! Which of the three codecs the tests have been built with, and that they all do the same.

use std::io::{Write, stderr};

use crate::common::fixtures::{self, SAMPLES};
use crate::common::{Decoded, Kind, kind};
use crate::conformance::short_documents;
use crate::recorded::recorded;
use offline_push::json::{CODEC, DecodeError};

#[test]
fn codec_is_chosen_by_features() {
    // Unlike `println!`, this is shown when the test passes, too.
    writeln!(stderr(), "codec: {CODEC}").unwrap();
    // `small` wins if both are enabled.
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
        // A byte ends each text, so that the same bytes cannot be two other texts.
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

    /// Adds all results for the bytes. Returns true if they are a message.
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

/// Random numbers that are the same on all machines.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

/// The sample with a document in place of a value or at any place, without some bytes, or without its end.
fn mutated(sample: &[u8], documents: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    let at = random.below(bytes.len() + 1);
    let document = documents[random.below(documents.len())].iter().copied();
    let colon = bytes[..at].iter().rposition(|byte| *byte == b':');
    match (random.below(8), colon) {
        (0..=4, Some(colon)) => {
            let length = bytes[colon..].iter().position(|byte| b",}]".contains(byte)).unwrap_or(1);
            drop(bytes.splice(colon + 1..colon + length, document));
        }
        (5, _) => drop(bytes.splice(at..at, document)),
        (6, _) => bytes.truncate(at),
        _ => drop(bytes.splice(at..bytes.len().min(at + 1 + random.below(4)), [])),
    }
    bytes
}

/// The digest is the same for every set of features. This shows that all codecs read, refuse and write the same. A new
/// sample changes the digest: record it with one codec, and test the others.
#[test]
fn decode_mutated_samples_is_the_same_with_every_codec() {
    let (mut digest, mut random, documents) =
        (Digest(0xcbf2_9ce4_8422_2325), Random(8259), short_documents());
    let (mut all, mut good) = (0, 0);
    for sample in SAMPLES {
        let text = fixtures::read(sample.file);
        let escaped = text.replace('e', r"\u0065").replace('标', r"\u6807");
        for text in [text, escaped] {
            digest.add_message(kind(sample.kind), text.as_bytes());
            for _ in 0..40 {
                all += 1;
                let bytes = mutated(text.as_bytes(), &documents, &mut random);
                good += usize::from(digest.add_message(kind(sample.kind), &bytes));
            }
        }
    }
    assert!(all >= 8000 && good >= all / 10 && good <= all / 2, "{good} of {all}");
    let digest = format!("{:#018x}\n", digest.0);
    assert_eq!(digest, recorded("digest.txt", &digest), "with {CODEC}");
}
