//! A table as text to be copied and as CSV. Values have all their digits and no grouping. Outside text stays text: what a
//! spreadsheet would take for a formula gets an apostrophe before it.

use scrapeyard_core::lab::view::{Labels, VectorPoint, WindowSeries};

use super::super::settings::print_instant;
use super::rows::value_of;
use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::Timestamp;

/// A table as it is written out: labels are text from outside, values are the field's own numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    labels: Vec<String>,
    /// The names of the columns behind the labels.
    columns: Vec<String>,
    rows: Vec<(Vec<String>, Vec<String>)>,
}

impl Sheet {
    /// Rows with one value each.
    pub fn of_vector(rows: &[&VectorPoint]) -> Self {
        let labels = names(rows.iter().map(|point| &point.labels));
        let row = |point: &&VectorPoint| (values(&labels, &point.labels), vec![value_of(point)]);
        let rows = rows.iter().map(row).collect();
        Self { labels, columns: vec!["value".to_owned()], rows }
    }

    /// Samples of windows, one a row.
    pub fn of_windows(series: &[WindowSeries]) -> Self {
        let labels = names(series.iter().map(|series| &series.labels));
        let mut rows = Vec::new();
        for series in series {
            let numbers =
                series.times.iter().zip(&series.values).map(|(at, value)| (*at, print_plain(*value)));
            let mut samples: Vec<(i64, String)> = numbers.chain(series.histograms.iter().cloned()).collect();
            samples.sort_by_key(|(at, _)| *at);
            rows.extend(samples.into_iter().map(|(at, value)| {
                (values(&labels, &series.labels), vec![print_instant(Timestamp(at)), value])
            }));
        }
        Self { labels, columns: vec!["time".to_owned(), "value".to_owned()], rows }
    }

    /// Cells between tabs, as spreadsheets take them from the clipboard.
    pub fn tab_separated(&self) -> String {
        let plain = |cell: &str| cell.replace(['\t', '\n', '\r'], " ");
        self.lines("\t", &plain)
    }

    /// Comma-separated values (RFC 4180).
    pub fn csv(&self) -> String {
        self.lines(",", &quoted)
    }

    fn lines(&self, between: &str, written: &dyn Fn(&str) -> String) -> String {
        let safe = |cell: &String| written(&harmless(cell));
        let head = self.labels.iter().map(safe).chain(self.columns.iter().map(|name| written(name)));
        let mut text = head.collect::<Vec<_>>().join(between);
        text.push_str("\r\n");
        for (labels, values) in &self.rows {
            let cells = labels.iter().map(safe).chain(values.iter().map(|value| written(value)));
            text.push_str(&cells.collect::<Vec<_>>().join(between));
            text.push_str("\r\n");
        }
        text
    }
}

/// All label names, each once, the metric's name first.
fn names<'a>(all: impl Iterator<Item = &'a Labels>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for labels in all {
        for label in labels.iter() {
            if let Err(at) = names.binary_search_by(|known| known.as_str().cmp(&label.name)) {
                names.insert(at, label.name.to_string());
            }
        }
    }
    names
}

fn values(names: &[String], labels: &Labels) -> Vec<String> {
    names.iter().map(|name| labels.get(name).unwrap_or("").to_owned()).collect()
}

/// A spreadsheet computes what begins with one of these.
fn harmless(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(label: &str, value: f64) -> Sheet {
        let point = VectorPoint {
            labels: Labels::from_pairs([("__name__", "up"), ("job", label)]),
            value,
            histogram: None,
        };
        Sheet::of_vector(&[&point])
    }

    #[test]
    fn values_keep_all_digits_and_their_sign() {
        assert_eq!(sheet("a", -1234567.25).csv(), "__name__,job,value\r\nup,a,-1234567.25\r\n");
        assert_eq!(sheet("a", f64::NEG_INFINITY).tab_separated(), "__name__\tjob\tvalue\r\nup\ta\t-Inf\r\n");
    }

    #[test]
    fn labels_are_escaped_and_never_formulas() {
        for (label, cell) in [
            ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("a,b", "\"a,b\""),
            ("a\nb", "\"a\nb\""),
            ("\tx", "'\tx"),
        ] {
            assert_eq!(
                sheet(label, 1.0).csv(),
                format!("__name__,job,value\r\nup,{cell},1\r\n"),
                "{label:?}"
            );
        }
        assert!(sheet("a\tb\nc", 1.0).tab_separated().ends_with("up\ta b c\t1\r\n"));
    }

    #[test]
    fn samples_of_windows_have_their_time() {
        let series = WindowSeries {
            labels: Labels::from_pairs([("a", "1")]),
            times: vec![0, 60_000],
            values: vec![1.0, 2.5],
            histograms: vec![(30_000, "{count:1, sum:2}".to_owned())],
        };
        let csv = Sheet::of_windows(&[series]).csv();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], "a,time,value");
        assert_eq!(lines[2], "1,1970-01-01 00:00:30,\"{count:1, sum:2}\"");
        assert_eq!(lines[3], "1,1970-01-01 00:01:00,2.5");
    }
}
