//! Chooses the cases to run by the arguments, runs them, and keeps the results for a table and a chart of all.

use crate::chart;
use crate::measure::{self, Contender};
use crate::report::{self, Measured};
use std::cell::RefCell;

/// What the command line asked for.
#[derive(Default)]
pub struct Suite {
    /// Cases whose name lacks it are left out.
    filter: Option<String>,
    /// Builds the contenders, which checks them, but takes no time.
    check_only: bool,
    /// Runs ours alone so often, in the case that the filter names in full, and takes no time: for a tool that counts.
    rounds: Option<u64>,
    /// Prints one table of all cases at the end, and nothing else.
    markdown: bool,
    /// Where the chart goes.
    chart: Option<String>,
    measured: RefCell<Vec<Measured>>,
}

impl Suite {
    /// Other flags, such as cargo's `--bench`, mean nothing here.
    pub fn from_args(mut args: impl Iterator<Item = String>) -> Self {
        let mut suite = Self::default();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--check" => suite.check_only = true,
                "--markdown" => suite.markdown = true,
                "--svg" => suite.chart = Some(args.next().expect("--svg wants a file")),
                "--instructions" => {
                    let rounds = args.next().and_then(|rounds| rounds.parse().ok());
                    suite.rounds = Some(rounds.expect("--instructions wants a number of rounds"));
                }
                flag if flag.starts_with('-') => {}
                _ => suite.filter = Some(arg),
            }
        }
        suite
    }

    fn wants(&self, name: &str) -> bool {
        let charted = self.chart.is_none() || self.markdown || chart::shows(name);
        match (&self.filter, self.rounds) {
            (Some(filter), Some(_)) => name == filter,
            (Some(filter), None) => charted && name.contains(filter.as_str()),
            (None, rounds) => charted && rounds.is_none(),
        }
    }

    /// Runs one case, unless the filter leaves it out. `contenders` starts with ours; whatever builds
    /// them has checked that all do the same to `document`.
    pub fn case<'a>(&self, name: &str, document: &str, contenders: impl FnOnce() -> Vec<Contender<'a>>) {
        if !self.wants(name) {
            return;
        }
        let mut contenders = contenders();
        if let Some(rounds) = self.rounds {
            contenders[0].repeat(rounds);
            println!("{name}: {rounds} rounds");
        } else if self.check_only {
            println!("{name}: {} contenders agree", contenders.len());
        } else {
            let timings = measure::interleaved(&mut contenders);
            let measured = Measured { name: name.to_owned(), bytes: document.len(), timings };
            if self.markdown {
                eprintln!("{name}");
            } else {
                report::print(&measured);
            }
            self.measured.borrow_mut().push(measured);
        }
    }

    /// Shows what needs all the results.
    pub fn finish(&self) {
        let measured = self.measured.borrow();
        if self.markdown {
            report::markdown(&measured);
        }
        if let Some(file) = &self.chart {
            chart::draw(file, &measured).expect("the chart can be written");
        }
    }
}
