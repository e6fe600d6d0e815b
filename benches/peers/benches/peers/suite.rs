//! Chooses the cases to run by the arguments, and runs them.

use crate::measure::{self, Contender};
use crate::report;

/// What the command line asked for.
pub struct Suite {
    /// Cases whose name lacks it are left out.
    filter: Option<String>,
    /// Builds the contenders, which checks them, but takes no time.
    check_only: bool,
}

impl Suite {
    /// Understands `[--check] [FILTER]`; other flags, such as cargo's `--bench`, mean nothing here.
    pub fn from_args(args: impl Iterator<Item = String>) -> Self {
        let mut suite = Self { filter: None, check_only: false };
        for arg in args {
            match arg.as_str() {
                "--check" => suite.check_only = true,
                flag if flag.starts_with('-') => {}
                _ => suite.filter = Some(arg),
            }
        }
        suite
    }

    /// Runs one case, unless the filter leaves it out. `contenders` starts with ours; whatever builds
    /// them has checked that all do the same to `document`.
    pub fn case<'a>(&self, name: &str, document: &str, contenders: impl FnOnce() -> Vec<Contender<'a>>) {
        if self.filter.as_ref().is_some_and(|filter| !name.contains(filter.as_str())) {
            return;
        }
        let mut contenders = contenders();
        if self.check_only {
            println!("{name}: {} contenders agree", contenders.len());
        } else {
            report::print(name, document.len(), &measure::interleaved(&mut contenders));
        }
    }
}
