//! What came of each phase, and the table at the end.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::count::Counts;

/// The phases that have run.
#[derive(Default)]
pub struct Tally {
    phases: Vec<Phase>,
}

struct Phase {
    name: String,
    counts: Counts,
    time: Duration,
    /// Why it could not run to its end.
    broken: Option<String>,
}

impl Tally {
    /// Runs a check that passes or fails as a whole; whether it passed.
    pub fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        self.phase(name, || work().map(|()| Counts { passed: 1, failed: 0 }))
    }

    /// Runs a phase of counted tests; whether all of them passed. A phase that breaks off counts as one failure.
    pub fn phase(&mut self, name: &str, work: impl FnOnce() -> Result<Counts>) -> bool {
        println!("\n▶ {name}");
        let start = Instant::now();
        let (counts, broken) = match work() {
            Ok(counts) => (counts, None),
            Err(error) => (Counts { passed: 0, failed: 1 }, Some(format!("{error:#}"))),
        };
        let time = start.elapsed();
        if let Some(reason) = &broken {
            println!("  {reason}");
        }
        println!("  {name}: {} passed, {} failed, {:.1} s", counts.passed, counts.failed, time.as_secs_f64());
        self.phases.push(Phase { name: name.to_owned(), counts, time, broken });
        counts.failed == 0
    }

    /// Prints the table and, as the last line, the sums; whether everything passed.
    pub fn told(&self) -> bool {
        println!("\n{:<24}{:>8}{:>8}{:>10}", "phase", "passed", "failed", "time");
        for phase in &self.phases {
            let Counts { passed, failed } = phase.counts;
            println!("{:<24}{passed:>8}{failed:>8}{:>8.1} s", phase.name, phase.time.as_secs_f64());
        }
        for phase in &self.phases {
            if let Some(reason) = &phase.broken {
                println!("\n✗ {}: {reason}", phase.name);
            }
        }
        let passed: usize = self.phases.iter().map(|phase| phase.counts.passed).sum();
        let failed: usize = self.phases.iter().map(|phase| phase.counts.failed).sum();
        println!("\n{passed} passed, {failed} failed");
        failed == 0
    }
}
