//! Runs test programs with their output shown, and counts what passed and what failed.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::run::root;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that passed.
    pub passed: usize,
    /// Those that failed.
    pub failed: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// A program that ends badly without a failed test (it did not compile, it died) counts as one.
    fn of_program(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

/// Runs `cargo test` and adds up the results of its binaries.
///
/// # Errors
/// When it cannot be started.
pub fn native_counts(command: &mut Command) -> Result<Counts> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("  {line}");
            counts.add(of_result_line(&line));
        }
    }
    Ok(counts.of_program(child.wait()?.success()))
}

/// The counts in a line like `test result: ok. 12 passed; 1 failed; 0 ignored; …`.
fn of_result_line(line: &str) -> Counts {
    let Some(rest) = line.strip_prefix("test result:") else { return Counts::default() };
    let count = |word: &str| {
        let mut parts = rest.split([';', '.']);
        parts.find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok()).unwrap_or(0)
    };
    Counts { passed: count("passed"), failed: count("failed") }
}

/// Runs test files by Node.js and adds up their results. People read its own report, the counts are taken from a second
/// one made for machines.
///
/// # Errors
/// When there are no files, node cannot be started, or leaves no report.
pub fn node_counts(command: &mut Command, filter: Option<&str>, files: &[PathBuf]) -> Result<Counts> {
    if files.is_empty() {
        bail!("there are no tests");
    }
    let report = root().join("target/node-tests.tap");
    let _ = std::fs::remove_file(&report); // one of an earlier run must not be taken for this one's
    command.arg("--test");
    command.args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"]);
    command.arg(format!("--test-reporter-destination={}", report.display()));
    command.args(filter.map(|filter| format!("--test-name-pattern={filter}"))).args(files);
    let status = command.stdin(Stdio::null()).status().context("cannot start node")?;
    let report = std::fs::read_to_string(report).context("node left no report")?;
    Ok(of_report(&report).of_program(status.success()))
}

/// The counts at the end of a report in the Test Anything Protocol.
fn of_report(report: &str) -> Counts {
    let count = |name: &str| {
        let mut lines = report.lines().rev();
        lines.find_map(|line| line.strip_prefix(name)?.trim().parse().ok()).unwrap_or(0)
    };
    Counts { passed: count("# pass "), failed: count("# fail ") + count("# cancelled ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_cargo_test_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.01s";
        assert_eq!(of_result_line(line), Counts { passed: 12, failed: 3 });
        assert_eq!(of_result_line("12 passed; 3 failed"), Counts::default());
    }

    #[test]
    fn results_of_node_are_read_and_cancelled_tests_fail() {
        let report =
            "ok 1 - a\n1..3\n# tests 4\n# suites 0\n# pass 1\n# fail 2\n# cancelled 1\n# skipped 0\n";
        assert_eq!(of_report(report), Counts { passed: 1, failed: 3 });
    }

    #[test]
    fn a_program_that_dies_counts_as_a_failure() {
        assert_eq!(Counts { passed: 5, failed: 0 }.of_program(false).failed, 1);
        assert_eq!(Counts { passed: 5, failed: 2 }.of_program(false).failed, 2);
        assert_eq!(Counts { passed: 5, failed: 0 }.of_program(true).failed, 0);
    }
}
