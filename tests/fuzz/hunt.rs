//! The loop: takes an input, changes it, looks; stops at the first finding.

use std::time::{Duration, Instant};

use scrapeyard_core::base::random::{Seed, Stream};

use super::mutation::mutated;
use super::shrink::smallest;
use super::verdict::{Outcome, judge};
use super::{Target, kept_cases};

/// Most inputs that others are made of; new ones take the places of old ones.
const POOL: usize = 20_000;

/// How long a hunt goes on.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// A number of mutated inputs.
    Cases(u64),
    /// A time.
    Time(Duration),
}

/// Something that does not hold.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The smallest input that shows it.
    pub input: Vec<u8>,
    /// What does not hold.
    pub reason: String,
    /// The number of the case that showed it first; `None` for a seed as it stands.
    pub case: Option<u64>,
}

/// What came of a hunt.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Seeds that the hunt started from.
    pub seeds: u64,
    /// Mutated inputs that were looked at.
    pub cases: u64,
    /// Those of them that were understood.
    pub understood: u64,
    /// What was found.
    pub finding: Option<Finding>,
}

/// A hunt over one target.
pub struct Hunt<'w> {
    /// What is fuzzed.
    pub target: &'static Target,
    /// Where randomness starts from.
    pub seed: u64,
    /// How long to go on.
    pub limit: Limit,
    /// Is shown every input before it is looked at, with its number.
    pub watch: &'w mut dyn FnMut(u64, &[u8]),
}

impl Hunt<'_> {
    /// Looks at all seeds as they stand, then at mutated inputs.
    pub fn run(self) -> Report {
        let mut report = Report::default();
        let mut pool = (self.target.seeds)();
        pool.extend(kept_cases(self.target).into_iter().map(|(_, input)| input));
        report.seeds = pool.len() as u64;
        for input in &pool {
            (self.watch)(0, input);
            if let Outcome::Broken(reason) = judge(self.target, input) {
                report.finding = Some(self.finding(input, reason, None));
                return report;
            }
        }
        let mut random = Seed(self.seed).stream(self.target.name);
        let begun = Instant::now();
        while self.goes_on(report.cases, begun) {
            let input = mutated(
                one_of(&pool, &mut random),
                one_of(&pool, &mut random),
                self.target.pieces,
                &mut random,
            );
            report.cases += 1;
            (self.watch)(report.cases, &input);
            match judge(self.target, &input) {
                Outcome::Broken(reason) => {
                    report.finding = Some(self.finding(&input, reason, Some(report.cases)));
                    return report;
                }
                Outcome::Understood => {
                    report.understood += 1;
                    keep(input, &mut pool, &mut random);
                }
                Outcome::Refused => {}
            }
        }
        report
    }

    fn goes_on(&self, cases: u64, begun: Instant) -> bool {
        match self.limit {
            Limit::Cases(most) => cases < most,
            Limit::Time(most) => begun.elapsed() < most,
        }
    }

    fn finding(&self, input: &[u8], reason: String, case: Option<u64>) -> Finding {
        let (input, reason) = smallest(self.target, input, reason);
        Finding { input, reason, case }
    }
}

fn one_of<'p>(pool: &'p [Vec<u8>], random: &mut Stream) -> &'p [u8] {
    pool.get(random.below(pool.len() as u64) as usize).map_or(&[], Vec::as_slice)
}

/// Makes an understood input one that others are made of. Few of them: seeds should not drown.
fn keep(input: Vec<u8>, pool: &mut Vec<Vec<u8>>, random: &mut Stream) {
    if !random.chance(0.1) {
        return;
    }
    if pool.len() < POOL {
        pool.push(input);
    } else {
        let place = random.below(POOL as u64) as usize;
        pool[place] = input;
    }
}
