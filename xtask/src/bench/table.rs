//! The rows as they come, and at the end the means and the worst.

use super::compare::Verdict;
use super::timing::Row;

/// DESIGN's aims: how many times faster than the real Prometheus, by geometric mean.
const AIM_NATIVE: f64 = 5.0;
const AIM_WASM: f64 = 2.5;
/// The widest expression that is printed whole.
const WIDTH: usize = 76;

/// The table of all queries.
pub struct Table {
    with_wasm: bool,
    with_real: bool,
    rows: Vec<Row>,
}

impl Table {
    /// A table with columns for who is measured.
    pub fn new(with_wasm: bool, with_real: bool) -> Self {
        Self { with_wasm, with_real, rows: Vec::new() }
    }

    /// Prints the names of the columns; times are milliseconds.
    pub fn head(&self) {
        let mut line = format!("{:<WIDTH$}{:>9}{:>11}", "query × steps", "points", "ours ms");
        if self.with_wasm {
            line += &format!("{:>11}", "wasm ms");
        }
        if self.with_real {
            line += &format!("{:>11}{:>9}", "theirs ms", "ratio");
            if self.with_wasm {
                line += &format!("{:>9}", "wasm");
            }
        }
        line += &format!("{:>13}", "outside ms");
        if self.with_real {
            line += &format!("{:>11}  {}", "theirs", "same numbers");
        }
        println!("{line}");
    }

    /// Prints a row and keeps it.
    pub fn row(&mut self, row: Row) {
        let mut line =
            format!("{:<WIDTH$}{:>9}{:>11}", shortened(&row.name), row.points, millis(Some(row.native)));
        if self.with_wasm {
            line += &format!("{:>11}", millis(row.wasm));
        }
        if self.with_real {
            line += &format!("{:>11}{:>9}", millis(row.real), times(row.ratio()));
            if self.with_wasm {
                line += &format!("{:>9}", times(row.wasm_ratio()));
            }
        }
        line += &format!("{:>13}", millis(Some(row.native_outside)));
        if self.with_real {
            line += &format!(
                "{:>11}  {}",
                millis(row.real_outside),
                row.verdict.as_ref().map_or_else(String::new, told)
            );
        }
        println!("{line}");
        self.rows.push(row);
    }

    /// Prints the means, the worst, and what differs.
    pub fn summary(&self) {
        if !self.with_real {
            println!("\nWithout the real Prometheus beside it (--oracle DIR) nothing is compared.");
            return;
        }
        println!(
            "\nHow many times faster than the real Prometheus (its evalTotalTime by our planning and evaluation):"
        );
        self.told_ratios("natively", AIM_NATIVE, Row::ratio);
        if self.with_wasm {
            self.told_ratios("in WebAssembly", AIM_WASM, Row::wasm_ratio);
        }
        let verdicts = self.rows.iter().filter_map(|row| Some((row, row.verdict.as_ref()?)));
        let differing: Vec<_> = verdicts
            .filter(|(_, verdict)| matches!(verdict, Verdict::Different(_) | Verdict::Unknown(_)))
            .collect();
        let same = self.rows.iter().filter(|row| row.verdict == Some(Verdict::Same)).count();
        println!("{same} of {} queries gave the same digits", self.rows.len());
        for (row, verdict) in differing {
            println!("  {}: {}", row.name, told(verdict));
        }
    }

    fn told_ratios(&self, world: &str, aim: f64, ratio: impl Fn(&Row) -> Option<f64>) {
        let mut ratios: Vec<(f64, &Row)> =
            self.rows.iter().filter_map(|row| Some((ratio(row)?, row))).collect();
        ratios.sort_by(|left, right| left.0.total_cmp(&right.0));
        let Some((worst, row)) = ratios.first() else { return };
        let logarithms: f64 = ratios.iter().map(|(ratio, _)| ratio.ln()).sum();
        let mean = (logarithms / ratios.len() as f64).exp();
        let met = if mean >= aim { "met" } else { "NOT MET" };
        println!(
            "  {world}: {mean:.2} by geometric mean of {} (aim {aim}: {met}); worst {worst:.2}: {}",
            ratios.len(),
            row.name
        );
        let slower = ratios.iter().filter(|(ratio, _)| *ratio < 1.0).skip(1);
        slower.for_each(|(ratio, row)| println!("    also slower, {ratio:.2}: {}", row.name));
    }
}

impl Row {
    /// How many times faster than the real one natively.
    fn ratio(&self) -> Option<f64> {
        Some(self.real? / self.native)
    }

    /// How many times faster than the real one in WebAssembly.
    fn wasm_ratio(&self) -> Option<f64> {
        Some(self.real? / self.wasm?)
    }
}

fn told(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Same => "yes".to_owned(),
        Verdict::Nearly(difference) => format!("yes, within {difference:.0e}"),
        Verdict::Different(what) => format!("NO: {what}"),
        Verdict::Unknown(error) => format!("not in theirs: {error}"),
    }
}

fn millis(seconds: Option<f64>) -> String {
    seconds.map_or_else(|| "-".to_owned(), |seconds| format!("{:.3}", seconds * 1e3))
}

fn times(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"))
}

fn shortened(name: &str) -> String {
    let count = name.chars().count();
    if count < WIDTH {
        return name.to_owned();
    }
    let (head, tail) = (WIDTH * 2 / 3, WIDTH / 3 - 3);
    let skipped = name.chars().skip(count - tail);
    name.chars().take(head).chain(['…']).chain(skipped).collect()
}
