//! A place in the input, shown as its line with a caret under it.

use std::fmt;

/// Columns shown before the place, and from the place on. The rest of a long line is left out.
const BEFORE: usize = 48;
const AFTER: usize = 28;
/// Columns of a tab.
const TAB: &str = "    ";
const CUT: &str = "…";

/// A place in the input.
pub(crate) struct Place {
    /// Counts from 1.
    line: usize,
    /// In characters; counts from 1.
    column: usize,
    /// The shown part of the line before the place, and its width.
    before: String,
    indent: usize,
    /// The shown part of the line from the place on.
    after: String,
}

impl Place {
    /// Finds the place of a byte offset. The end of the input is behind its last token.
    pub(crate) fn find(input: &[u8], offset: usize) -> Self {
        let (before, after) = match input.split_at_checked(offset) {
            Some((before, after)) if !after.is_empty() => (before, after),
            _ => (input.trim_ascii_end(), b"".as_slice()),
        };
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let head = glyphs(before.get(start..).unwrap_or_default(), true);
        let (hidden, shown) = head.split_at(head.len() - fitting(head.iter().rev(), BEFORE));
        let tail = glyphs(rest_of_line(after), false);
        let (fits, beyond) = tail.split_at(fitting(tail.iter(), AFTER));

        let cut = |parts: &[Glyph]| if parts.is_empty() { "" } else { CUT };
        let text = |parts: &[Glyph]| parts.iter().map(|glyph| glyph.text.as_str()).collect::<String>();
        Self {
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: head.len() + 1,
            before: format!("{}{}", cut(hidden), text(shown)),
            indent: cut(hidden).chars().count() + shown.iter().map(|glyph| glyph.width).sum::<usize>(),
            after: format!("{}{}", text(fits), cut(beyond)),
        }
    }
}

/// How many of the characters fit into this many columns.
fn fitting<'g>(glyphs: impl Iterator<Item = &'g Glyph>, room: usize) -> usize {
    let widths = glyphs.scan(0, |width, glyph| {
        *width += glyph.width;
        Some(*width)
    });
    widths.take_while(|width| *width <= room).count()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, before, indent, after } = self;
        let margin = line.to_string().len();
        writeln!(f, "line {line}, column {column}")?;
        writeln!(f, "{:margin$} |", "")?;
        writeln!(f, "{line} | {before}{after}")?;
        writeln!(f, "{:margin$} | {:indent$}^", "", "")
    }
}

/// The line from the place on. It includes the end of the line only if that is the place.
fn rest_of_line(after: &[u8]) -> &[u8] {
    let end = after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
    let (line, _) = after.split_at(end.max(1).min(after.len()));
    match line {
        [line @ .., b'\r'] if !line.is_empty() => line,
        line => line,
    }
}

/// A character in visible form.
struct Glyph {
    text: String,
    /// Its width in columns.
    width: usize,
}

/// The characters of (part of) a line. Bytes that are not UTF-8 count as characters.
fn glyphs(line: &[u8], from_start: bool) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut indents = from_start;
    for chunk in line.utf8_chunks() {
        for character in chunk.valid().chars() {
            indents &= character.is_ascii_whitespace();
            let text = if indents && character == '\t' { TAB.into() } else { visible(character) };
            let width = text.chars().map(columns).sum();
            glyphs.push(Glyph { text, width });
        }
        indents &= chunk.invalid().is_empty();
        glyphs.extend(chunk.invalid().iter().map(|byte| Glyph { text: format!("<{byte:02X}>"), width: 4 }));
    }
    glyphs
}

/// A character in a form that is visible and does not change the terminal.
fn visible(character: char) -> String {
    match character {
        // The block of control pictures follows ASCII.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('?').into(),
        '\x7f' => '␡'.into(),
        '"' | '\'' | '\\' => character.into(),
        // Rust would escape these: they are unprintable, have no width, or change the direction of writing.
        _ if character.escape_debug().len() > 1 => format!("<U+{:04X}>", u32::from(character)),
        _ => character.into(),
    }
}

/// Columns of a visible character: two for the wide ones of East Asia and for emoji.
const fn columns(character: char) -> usize {
    match character {
        '\u{1100}'..='\u{115f}' // Hangul Jamo
        | '\u{2e80}'..='\u{303e}' // CJK radicals, punctuation
        | '\u{3041}'..='\u{a4cf}' // kana, CJK ideographs, Yi
        | '\u{a960}'..='\u{a97f}' // Hangul Jamo Extended-A
        | '\u{ac00}'..='\u{d7a3}' // Hangul
        | '\u{f900}'..='\u{faff}' // CJK compatibility ideographs
        | '\u{fe30}'..='\u{fe6f}' // CJK compatibility and small forms
        | '\u{ff01}'..='\u{ff60}' // full-width forms
        | '\u{ffe0}'..='\u{ffe6}' // full-width signs
        | '\u{1f300}'..='\u{1f64f}' // pictographs, faces
        | '\u{1f680}'..='\u{1f6ff}' // transport
        | '\u{1f900}'..='\u{1f9ff}' // more pictographs
        | '\u{1fa70}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2, // CJK extensions
        _ => 1,
    }
}
