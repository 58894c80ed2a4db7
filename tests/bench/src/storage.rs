//! How fast samples are appended and read, and how many bytes they take.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::promql::api;
use scrapeyard_core::tsdb::{Head, Samples};

use crate::bench::Clock;
use crate::request::Stored;
use crate::workloads;

/// Rounds of which the best counts: others were disturbed.
const ROUNDS: u32 = 5;

/// Appends a workload as scraping does, all series at one instant before the next instant, and reads it series by
/// series.
pub fn measure(workload: &str, clock: &Clock) -> Result<Stored, String> {
    let head = workloads::head(workload).map_err(|reason| api::error("bad_request", &reason))?;
    let series = columns(&head);
    let mut stored = Stored {
        samples: series.iter().map(|(_, samples)| samples.times.len() as u64).sum(),
        chunk_bytes: 0,
        append_seconds: f64::INFINITY,
        select_seconds: f64::INFINITY,
    };
    for _ in 0..ROUNDS {
        let begun = clock();
        let head = appended(&series)?;
        stored.append_seconds = stored.append_seconds.min(clock() - begun);
        stored.chunk_bytes = head.size().chunk_bytes;
        let begun = clock();
        let read = read(&head);
        stored.select_seconds = stored.select_seconds.min(clock() - begun);
        if read != stored.samples {
            return Err(api::error("internal", &format!("{read} samples of {} came back", stored.samples)));
        }
    }
    Ok(stored)
}

fn columns(head: &Head) -> Vec<(Labels, Samples)> {
    let ids = head.series_ids();
    ids.map(|id| {
        let mut samples = Samples::default();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        (head.labels(id).clone(), samples)
    })
    .collect()
}

fn appended(series: &[(Labels, Samples)]) -> Result<Head, String> {
    let mut head = Head::new();
    let ids: Vec<_> = series.iter().map(|(labels, _)| head.series_id(labels)).collect();
    let most = series.iter().map(|(_, samples)| samples.times.len()).max().unwrap_or(0);
    for at in 0..most {
        for (id, (_, samples)) in ids.iter().zip(series) {
            if let (Some(time), Some(value)) = (samples.times.get(at), samples.values.get(at)) {
                head.append(*id, Timestamp(*time), *value)
                    .map_err(|error| api::error("internal", &error.to_string()))?;
            }
        }
    }
    Ok(head)
}

/// Decodes everything; gives the number of samples.
fn read(head: &Head) -> u64 {
    let mut samples = Samples::default();
    let mut count = 0;
    for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
        samples.clear();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        count += samples.times.len() as u64;
    }
    count
}
