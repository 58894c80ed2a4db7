//! Reads a metrics page or a dump that a learner brought along into a store of its own.

use std::sync::Arc;

use super::problem::Problem;
use crate::base::span::{Place, Span};
use crate::base::time::Timestamp;
use crate::exposition::{Entry, Format, Limits, ParseError, Parser, TimedEntry, read_timed_page};
use crate::model::labels::Labels;
use crate::tsdb::Head;

/// The longest text that is read.
pub const MAX_BYTES: usize = 16 << 20;
/// The most imported stores of a lab.
pub const MAX_STORES: usize = 8;

/// What was read.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The store.
    pub head: Arc<Head>,
    /// Samples that were left out: another one of their series has the same instant.
    pub duplicates: u64,
}

/// A sample on its way into a store.
struct Arrived {
    labels: Labels,
    at: Timestamp,
    value: f64,
}

/// Reads `text`, OpenMetrics where it ends with `# EOF`, else the text format. Samples without a timestamp are taken
/// as of `now`. Lines may come in any order of time.
///
/// # Errors
/// When the text is too long or cannot be read; the problem has line and column.
pub fn read(text: &str, now: Timestamp) -> Result<Imported, Problem> {
    if text.len() > MAX_BYTES {
        return Err(Problem::new("import-too-long", format!("longer than {MAX_BYTES} bytes")));
    }
    let page = text.as_bytes();
    let format = Format::detect(page);
    let arrived = if is_timed(page, format) { read_dump(page, format) } else { read_page(page, format, now) };
    Ok(store(arrived.map_err(|error| problem(text, error))?))
}

fn problem(text: &str, error: ParseError) -> Problem {
    let start = error.offset as u32;
    let end = text.as_bytes()[error.offset.min(text.len())..].iter().position(|byte| *byte == b'\n');
    let end = end.map_or(text.len() as u32, |length| start + length as u32);
    let Place { line, column } = error.place;
    let mut problem = Problem::new("page-unreadable", error.message).at(Some(Place { line, column }));
    problem.span = Some(Span::new(start, end.max(start)));
    problem
}

/// Whether every sample that can be read has a timestamp, as in a dump.
fn is_timed(page: &[u8], format: Format) -> bool {
    let mut parser = Parser::new(page, format);
    loop {
        match parser.next_entry() {
            Ok(Some(Entry::Sample(sample))) if sample.at().is_none() => return false,
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return true,
        }
    }
}

fn read_dump(page: &[u8], format: Format) -> Result<Vec<Arrived>, ParseError> {
    let mut arrived = Vec::new();
    read_timed_page(page, format, Limits::default(), |entry| {
        if let TimedEntry::Sample(labels, at, value) = entry {
            arrived.push(Arrived { labels: labels.clone(), at, value });
        }
    })?;
    Ok(arrived)
}

fn read_page(page: &[u8], format: Format, now: Timestamp) -> Result<Vec<Arrived>, ParseError> {
    let mut arrived = Vec::new();
    let mut parser = Parser::new(page, format);
    while let Some(entry) = parser.next_entry()? {
        if let Entry::Sample(sample) = entry {
            let at = sample.at().unwrap_or(now);
            arrived.push(Arrived { labels: sample.labels(), at, value: sample.value() });
        }
    }
    Ok(arrived)
}

fn store(mut arrived: Vec<Arrived>) -> Imported {
    arrived.sort_by_key(|sample| sample.at);
    let mut head = Head::new();
    let mut duplicates = 0;
    for Arrived { labels, at, value } in &arrived {
        let series = head.series_id(labels);
        if head.append(series, *at, *value).is_err() {
            duplicates += 1;
        }
    }
    Imported { head: Arc::new(head), duplicates }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::matcher::Matcher;
    use crate::tsdb::Samples;

    const NOW: Timestamp = Timestamp(1_772_442_000_000);

    fn samples(text: &str, metric: &str) -> Samples {
        let head = read(text, NOW).unwrap().head;
        let mut samples = Samples::default();
        for series in head.select(&[Matcher::equal("__name__", metric)], Timestamp::MIN, Timestamp::MAX) {
            head.read(series, Timestamp::MIN, Timestamp::MAX, &mut samples);
        }
        samples
    }

    #[test]
    fn a_page_without_timestamps_is_taken_as_of_now() {
        let found = samples("# TYPE hits counter\nhits{code=\"200\"} 7\nhits 3 1000\n", "hits");
        assert_eq!(found.times, [1000, NOW.0]);
        assert_eq!(found.values, [3.0, 7.0]);
    }

    #[test]
    fn a_dump_keeps_its_times_in_whatever_order() {
        let found =
            samples("# TYPE hits counter\nhits_total 2 20.5\nhits_total 1 10.001\n# EOF\n", "hits_total");
        assert_eq!((found.times, found.values), (vec![10_001, 20_500], vec![1.0, 2.0]));
    }

    #[test]
    fn a_broken_page_says_where() {
        let fault = read("# TYPE hits counter\nhits{code=\"200\" 7\n", NOW).unwrap_err();
        assert_eq!(fault.place.map(|place| place.line), Some(2));
        assert!(read("hits 1\n# EOF\nmore 1\n", NOW).is_ok(), "without a final # EOF it is the text format");
        assert!(read("hits_total 1 1\n# EOF", NOW).is_ok());
        assert_eq!(read(&"#".repeat(MAX_BYTES + 1), NOW).unwrap_err().code, "import-too-long");
    }
}
