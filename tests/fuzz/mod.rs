//! Mutated inputs against what always holds: no panic, no unbounded time, and what each target says of its own.
//!
//! Inputs start from corpora (the conformance data in place, and our own tests) and grow from those that were
//! understood. The same seed and the same number of cases give the same inputs. Coverage is not measured: everything
//! here runs on the stable toolchain.

mod hunt;
mod mutation;
pub mod pieces;
pub mod seeds;
mod shrink;
pub mod targets;
mod verdict;

pub use hunt::{Finding, Hunt, Limit, Report};
pub use targets::TARGETS;
pub use verdict::{Outcome, judge};

/// What is fuzzed.
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// What must hold.
    pub about: &'static str,
    /// Where inputs start from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Pieces that mean something here and are put in.
    pub pieces: &'static [&'static str],
    /// Whether the input was understood, or what does not hold.
    pub check: fn(&[u8]) -> Result<bool, String>,
    /// Cases of the short run that belongs to the tests.
    pub short_cases: u64,
    /// At least one in so many cases of the short run must be understood: others would test nothing.
    pub one_understood_in: u64,
}

/// The target of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Inputs that were findings once: `tests/fuzz/cases/TARGET/`, with their names.
#[must_use]
pub fn kept_cases(target: &Target) -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    crate::frame::walk(&crate::frame::root().join("tests/fuzz/cases").join(target.name), &mut |path| {
        cases.push((crate::frame::short(path), std::fs::read(path).unwrap_or_default()));
    });
    cases.sort();
    cases
}
