//! The chart: for some of the cases a group of bars, one a peer, as long as its time is in terms of ours.

use crate::report::Measured;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::error::Error;

/// The cases that the chart shows, from top to bottom, with what a reader calls them.
const CASES: [(&str, &str); 15] = [
    ("encode-zh", "encode a notification, Chinese"),
    ("encode-esc", "encode a notification full of escapes"),
    ("encode-list-1000", "encode a push to 1000 ids"),
    ("encode-list-1000-decoded", "encode a decoded push to 1000 ids"),
    ("decode-str-zh-declared", "decode a notification, usual order"),
    ("decode-str-zh-alphabetical", "… members in alphabetical order"),
    ("decode-str-zh-shuffled-32-in-turn", "… members in 32 random orders"),
    ("decode-str-zh-spaced", "… with spaces, as Python writes it"),
    ("decode-slice-zh-declared", "… from bytes"),
    ("decode-str-short", "decode a short notification"),
    ("decode-reply", "decode a reply"),
    ("decode-inplace-esc-declared", "decode escapes in the receive buffer"),
    ("pass-through-esc", "decode escapes and encode them again"),
    ("read-list-1000", "decode and read a push to 1000 ids"),
    ("read-receipts-100", "decode and read 100 receipts"),
];

/// From top to bottom in each group. The colors differ for the colorblind, too.
const PEERS: [(&str, RGBColor); 4] = [
    ("sonic-rs", RGBColor(0, 114, 178)),
    ("serde_json", RGBColor(230, 159, 0)),
    ("simd-json", RGBColor(0, 158, 115)),
    ("jzon-rs", RGBColor(204, 121, 167)),
];

const WIDTH: i32 = 980;
/// Where the axis begins and ends.
const LEFT: i32 = 340;
const RIGHT: i32 = 935;
const TOP: i32 = 112;
const BOTTOM: i32 = 62;
const BAR: i32 = 12;
const GAP: i32 = 14;
/// How wide the number behind a bar is.
const NUMBER: i32 = 34;

/// The chart would be all white if one bar were much longer than the rest: such a bar is cut, its number tells.
const MOST: f64 = 7.0;

const INK: RGBColor = RGBColor(31, 35, 40);
const FAINT: RGBColor = RGBColor(89, 99, 110);
const GRID: RGBColor = RGBColor(221, 225, 230);

pub fn shows(case: &str) -> bool {
    CASES.iter().any(|(name, _)| *name == case)
}

/// The bars of one case, and where it begins.
struct Group<'a> {
    words: &'a str,
    top: i32,
    bars: Vec<(f64, RGBColor)>,
}

pub fn draw(file: &str, measured: &[Measured]) -> Result<(), Box<dyn Error>> {
    let (groups, bottom) = groups(measured);
    let size = (WIDTH.unsigned_abs(), (bottom + BOTTOM).unsigned_abs());
    let area = SVGBackend::new(file, size).into_drawing_area();
    area.fill(&WHITE)?;
    let text = |words: &str, at: (i32, i32), size: u32, color: &RGBColor, side: HPos| {
        let style = ("sans-serif", size).into_font().color(color).pos(Pos::new(side, VPos::Center));
        area.draw(&Text::new(words.to_owned(), at, style))
    };
    let bold = |words: &str, at: (i32, i32), size: u32, side: HPos| {
        let font = ("sans-serif", size, FontStyle::Bold).into_font();
        area.draw(&Text::new(words.to_owned(), at, font.color(&INK).pos(Pos::new(side, VPos::Center))))
    };
    let upright = |x: i32, color: &RGBColor, width: u32| {
        area.draw(&PathElement::new(vec![(x, TOP - 6), (x, bottom)], color.stroke_width(width)))
    };

    bold("Time of other crates, relative to offline-push", (20, 28), 25, HPos::Left)?;
    let mut x = 20;
    for (name, color) in PEERS {
        area.draw(&Rectangle::new([(x, 57), (x + 14, 71)], color.filled()))?;
        text(name, (x + 20, 64), 17, &INK, HPos::Left)?;
        x += 130;
    }

    for ratio in 0..=MOST as i32 {
        let x = place(f64::from(ratio));
        upright(x, &GRID, 1)?;
        text(&ratio.to_string(), (x, bottom + 14), 15, &FAINT, HPos::Center)?;
    }
    let title = "time as a multiple of offline-push: above 1 the other crate is slower, below 1 it is faster";
    text(title, (WIDTH / 2, bottom + 40), 17, &INK, HPos::Center)?;

    for Group { words, top, bars } in &groups {
        let middle = top + BAR * bars.len() as i32 / 2;
        text(words, (LEFT - 12, middle), 17, &INK, HPos::Right)?;
        for (row, (ratio, color)) in (0..).zip(bars) {
            let (from, end) = (top + BAR * row, place(ratio.min(MOST)));
            area.draw(&Rectangle::new([(LEFT, from + 1), (end, from + BAR - 1)], color.filled()))?;
            let digits = if *ratio < 1.0 { 2 } else { 1 };
            // Not across the line, either.
            let beside = if (end..end + NUMBER).contains(&place(1.0)) { place(1.0).max(end) } else { end };
            text(&format!("{ratio:.digits$}"), (beside + 5, from + BAR / 2), 13, &FAINT, HPos::Left)?;
        }
    }
    // Over the bars, as they are compared with it.
    upright(place(1.0), &INK, 2)?;
    bold("offline-push = 1", (place(1.0), TOP - 16), 15, HPos::Center)?;
    area.present()?;
    Ok(())
}

/// The groups of all cases that were measured, and where the last one ends.
fn groups(measured: &[Measured]) -> (Vec<Group<'static>>, i32) {
    let mut groups = Vec::new();
    let mut top = TOP;
    for (name, words) in CASES {
        let Some(case) = measured.iter().find(|case| case.name == name) else { continue };
        let bars: Vec<_> =
            PEERS.into_iter().filter_map(|(peer, color)| Some((case.ratio(peer)?, color))).collect();
        let height = BAR * bars.len() as i32;
        groups.push(Group { words, top: top + GAP / 2, bars });
        top += height + GAP;
    }
    (groups, top)
}

/// Where a ratio is on the axis.
fn place(ratio: f64) -> i32 {
    LEFT + (f64::from(RIGHT - LEFT) * ratio / MOST).round() as i32
}
