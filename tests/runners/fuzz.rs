//! A short run of each fuzz target with one seed, and every input that was a finding once. Longer runs:
//! `cargo run --release -p scrapeyard-tests --bin fuzz -- TARGET --seconds 600`.

use libtest_mimic::{Failed, Trial};
use scrapeyard_tests::fuzz::{Hunt, Limit, Outcome, TARGETS, Target, judge, kept_cases};

const SEED: u64 = 1;

pub fn trials() -> Vec<Trial> {
    let hunts =
        TARGETS.iter().map(|target| Trial::test(format!("fuzz/{}", target.name), move || hunt(target)));
    let kept = TARGETS.iter().flat_map(|target| {
        let cases = kept_cases(target).into_iter();
        cases.map(move |(name, input)| Trial::test(name, move || holds(target, &input)))
    });
    hunts.chain(kept).collect()
}

/// A short run of one target.
pub fn hunt(target: &'static Target) -> Result<(), Failed> {
    let limit = Limit::Cases(target.short_cases);
    let report = Hunt { target, seed: SEED, limit, watch: &mut |_, _| {} }.run();
    if let Some(finding) = report.finding {
        return Err(format!("{}\nby {:?}", finding.reason, finding.input.escape_ascii().to_string()).into());
    }
    // Mutations that are all refused would test nothing.
    if report.understood * target.one_understood_in < report.cases {
        return Err(format!("only {} of {} cases were understood", report.understood, report.cases).into());
    }
    Ok(())
}

fn holds(target: &Target, input: &[u8]) -> Result<(), Failed> {
    match judge(target, input) {
        Outcome::Broken(reason) => Err(reason.into()),
        Outcome::Understood | Outcome::Refused => Ok(()),
    }
}
