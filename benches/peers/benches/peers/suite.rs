//! Chooses the cases to run by the arguments, and runs them.

use crate::measure::{self, Contender};
use crate::report;

/// What the command line asked for.
#[derive(Default)]
pub struct Suite {
    /// Cases whose name lacks it are left out.
    filter: Option<String>,
    /// Builds the contenders, which checks them, but takes no time.
    check_only: bool,
    /// Runs ours alone so often, in the case that the filter names in full, and takes no time: for a tool that counts.
    rounds: Option<u64>,
}

impl Suite {
    /// Understands `[--check] [--instructions ROUNDS] [FILTER]`; other flags, such as cargo's `--bench`, mean nothing here.
    pub fn from_args(mut args: impl Iterator<Item = String>) -> Self {
        let mut suite = Self::default();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--check" => suite.check_only = true,
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
        match (&self.filter, self.rounds) {
            (Some(filter), Some(_)) => name == filter,
            (Some(filter), None) => name.contains(filter.as_str()),
            (None, rounds) => rounds.is_none(),
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
            (contenders[0].repeat)(rounds);
            println!("{name}: {rounds} rounds");
        } else if self.check_only {
            println!("{name}: {} contenders agree", contenders.len());
        } else {
            report::print(name, document.len(), &measure::interleaved(&mut contenders));
        }
    }
}
