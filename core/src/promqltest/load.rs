//! `load`: series lines into a head, a sample each step from the epoch on.

use std::sync::Arc;

use crate::base::time::{Millis, Timestamp};
use crate::promql::syntax::series::{SeriesLine, SeriesValue, parse_series};
use crate::tsdb::Head;

use super::script::Fault;

/// Appends the samples of series lines; of lines for the same series the last one counts.
///
/// # Errors
/// The first line that cannot be read or whose samples the head refuses.
pub fn load(head: &mut Head, step: Millis, lines: &[(u32, String)]) -> Result<(), Fault> {
    let mut series: Vec<(u32, SeriesLine)> = Vec::new();
    for (line, text) in lines {
        let parsed = parse_series(text).map_err(|error| Fault { line: *line, reason: error.to_string() })?;
        match series.iter_mut().find(|(_, known)| known.labels == parsed.labels) {
            Some(known) => *known = (*line, parsed),
            None => series.push((*line, parsed)),
        }
    }
    for (line, series) in &series {
        append(head, step, series).map_err(|reason| Fault { line: *line, reason })?;
    }
    Ok(())
}

fn append(head: &mut Head, step: Millis, series: &SeriesLine) -> Result<(), String> {
    let id = head.series_id(&series.labels);
    for (index, value) in series.values.iter().enumerate() {
        let at = Timestamp(step.0 * index as i64);
        let taken = match value {
            SeriesValue::Omitted => Ok(()),
            SeriesValue::Float(value) => head.append(id, at, *value),
            SeriesValue::Histogram { histogram, .. } => head.append_histogram(id, at, Arc::clone(histogram)),
        };
        taken.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The instant of the last value of a load; lines that cannot be read have none.
#[must_use]
pub fn end(step: Millis, lines: &[(u32, String)]) -> Timestamp {
    let lengths = lines.iter().filter_map(|(_, text)| parse_series(text).ok()).map(|line| line.values.len());
    Timestamp(step.0 * lengths.max().unwrap_or(0).saturating_sub(1) as i64)
}
