//! `load`: series lines into a head, a sample each step from the epoch on.

use std::sync::Arc;

use super::classic::Assembly;
use super::script::Fault;
use super::start_times::{self, Offsets};
use crate::base::lookup::Lookup;
use crate::base::time::{Millis, Timestamp};
use crate::model::labels::Labels;
use crate::promql::syntax::series::{SeriesValue, parse_series};
use crate::tsdb::Head;

/// A series line with what the line before it says of starts.
#[derive(Debug)]
struct Line {
    number: u32,
    labels: Labels,
    values: Vec<SeriesValue>,
    starts: Offsets,
}

impl Line {
    /// The values with their instants.
    fn samples(&self, step: Millis) -> impl Iterator<Item = (Timestamp, SeriesValue)> + '_ {
        let at = move |index: usize| Timestamp(step.0.saturating_mul(index as i64));
        self.values.iter().enumerate().map(move |(index, value)| (at(index), value.clone()))
    }

    fn fault(&self, reason: String) -> Fault {
        Fault { line: self.number, reason }
    }
}

/// Appends the samples of series lines; of lines for the same series the last one counts. With `with_native` each
/// classic histogram among them is appended as a native one with custom bounds, too.
///
/// # Errors
/// The first line that cannot be read or whose samples the head refuses, or the first classic histogram that
/// contradicts itself.
pub fn load(head: &mut Head, step: Millis, with_native: bool, lines: &[(u32, String)]) -> Result<(), Fault> {
    let lines = read(lines)?;
    let mut assembly = Assembly::default();
    for line in &lines {
        append(head, step, line).map_err(|reason| line.fault(reason))?;
        if with_native {
            let taken = assembly.take(&line.labels, line.samples(step));
            taken.map_err(|error| line.fault(format!("{}: {error}", line.labels)))?;
        }
    }
    let first = lines.first().map_or(0, |line| line.number);
    for (labels, samples) in assembly.finish(first)? {
        let id = head.series_id(&labels);
        for (at, histogram) in samples {
            let refused = |error| Fault { line: first, reason: format!("{labels}: {error}") };
            head.append_histogram(id, at, histogram).map_err(refused)?;
        }
    }
    Ok(())
}

/// The lines that count, in order.
fn read(written: &[(u32, String)]) -> Result<Vec<Line>, Fault> {
    let mut lines: Vec<Line> = Vec::new();
    let mut known: Lookup<Labels, usize> = Lookup::default();
    let mut pending: Option<(u32, Labels, Offsets)> = None;
    for (number, text) in written {
        let fault = |reason: String| Fault { line: *number, reason };
        if let Some((metric, items)) = start_times::split(text) {
            unused(&pending)?;
            let (labels, offsets) = start_times::parse(metric, items).map_err(fault)?;
            pending = Some((*number, labels, offsets));
            continue;
        }
        let series = parse_series(text).map_err(|error| fault(error.to_string()))?;
        let starts = match pending.take() {
            None => Vec::new(),
            Some((number, labels, offsets)) => {
                let (starts, values) = (offsets.len(), series.values.len());
                let reason = if labels != series.labels {
                    "@st metric does not match the following sample line metric".to_owned()
                } else if starts != values {
                    format!("@st line has {starts} values but sample line has {values}")
                } else {
                    String::new()
                };
                if !reason.is_empty() {
                    return Err(Fault { line: number, reason });
                }
                offsets
            }
        };
        let line = Line { number: *number, labels: series.labels, values: series.values, starts };
        let next = lines.len();
        let place = *known.get_or_insert_with(line.labels.clone(), || next);
        if place == next {
            lines.push(line);
        } else {
            lines[place] = line;
        }
    }
    unused(&pending)?;
    Ok(lines)
}

/// Start times must be followed by the samples that they are of.
fn unused(pending: &Option<(u32, Labels, Offsets)>) -> Result<(), Fault> {
    match pending {
        None => Ok(()),
        Some((line, ..)) => {
            Err(Fault { line: *line, reason: "@st line has no following sample line".to_owned() })
        }
    }
}

fn append(head: &mut Head, step: Millis, line: &Line) -> Result<(), String> {
    let id = head.series_id(&line.labels);
    for (index, (at, value)) in line.samples(step).enumerate() {
        let taken = match value {
            SeriesValue::Omitted => continue,
            SeriesValue::Float(value) => head.append(id, at, value),
            SeriesValue::Histogram { histogram, .. } => head.append_histogram(id, at, Arc::clone(&histogram)),
        };
        taken.map_err(|error| error.to_string())?;
        if let Some(Some(offset)) = line.starts.get(index) {
            head.set_newest_start(id, at.saturating_add(Millis(*offset)));
        }
    }
    Ok(())
}

/// The instant of the last value of a load; lines that cannot be read have none.
#[must_use]
pub fn end(step: Millis, lines: &[(u32, String)]) -> Timestamp {
    let lengths = lines.iter().filter_map(|(_, text)| parse_series(text).ok()).map(|line| line.values.len());
    Timestamp(step.0 * lengths.max().unwrap_or(0).saturating_sub(1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tsdb::Samples;

    fn loaded(text: &str, with_native: bool) -> Result<Head, String> {
        let lines: Vec<(u32, String)> =
            text.lines().enumerate().map(|(number, line)| (number as u32 + 1, line.to_owned())).collect();
        let mut head = Head::new();
        let done = load(&mut head, Millis::from_minutes(1), with_native, &lines);
        done.map_err(|fault| format!("{}: {}", fault.line, fault.reason))?;
        Ok(head)
    }

    fn samples(head: &mut Head, series: &str) -> Samples {
        let id = head.series_id(&parse_series(series).unwrap().labels);
        let mut samples = Samples::default();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        samples
    }

    #[test]
    fn start_times_come_with_their_samples() {
        let mut head = loaded("a@st _ -30s-1mx1 _\na 1 2 3 4\nb 1 2", false).unwrap();
        assert_eq!(samples(&mut head, "a").starts, [0, 30_000, 30_000, 0]);
        assert_eq!(samples(&mut head, "b").starts, [0_i64; 0]);
        for (text, told) in [
            ("a@st 1m", "1: @st line has no following sample line"),
            ("a@st 1m\nb 1", "1: @st metric does not match the following sample line metric"),
            ("a@st 1m\na 1 2", "1: @st line has 1 values but sample line has 2"),
        ] {
            assert_eq!(loaded(text, false).err(), Some(told.to_owned()));
        }
    }

    #[test]
    fn classic_histograms_become_native_ones_beside() {
        let text =
            "h_bucket{le=\"1\",x=\"y\"} 1+1x2\nh_bucket{le=\"+Inf\",x=\"y\"} 2 4 _\nh_sum{x=\"y\"} 9 10 11";
        let mut head = loaded(text, true).unwrap();
        let read = samples(&mut head, "h{x=\"y\"}");
        assert_eq!(read.times, [0, 60_000, 120_000]);
        let counts: Vec<f64> = read.histograms.iter().flatten().map(|one| one.count).collect();
        assert_eq!(counts, [2.0, 4.0, 3.0]);
        assert_eq!(samples(&mut head, "h_sum{x=\"y\"}").values, [9.0, 10.0, 11.0]);
        let told = loaded("h_bucket{le=\"1\"} 3\nh_count 2", true).err().unwrap_or_default();
        assert!(told.contains("bucket number 2 has observation count of -1"), "{told}");
    }
}
