//! The series that are measured, made by rule and by seed: the same in every world and every run.
//!
//! Queries run over `ranges`, `joins`, `facts`, `fleet` and `histograms`; storage is measured on `lab`, `gauges` and `latencies`.

mod facts;
mod fleet;
mod histograms;
mod joins;
mod lab;
mod noisy;
mod ranges;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::exposition::{DUMP_END, write_dump_series};
use scrapeyard_core::model::histogram::FloatHistogram;
use scrapeyard_core::model::labels::Labels;
use scrapeyard_core::tsdb::Head;

/// When all workloads begin, in milliseconds: where a block of 162 hours begins, so that the real Prometheus has one.
pub const BEGIN: i64 = 1_597_968_000_000;

/// The values of a series.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// Numbers.
    Floats(&'a [f64]),
    /// Native histograms whose counts are whole numbers.
    Histograms(&'a [FloatHistogram]),
}

/// Takes a series with its samples' times and values.
pub type Sink<'a> = &'a mut dyn FnMut(&Labels, &[i64], Values<'_>);

/// Makes the series of one workload.
type Make = fn(Sink<'_>);

/// The workloads by name.
const ALL: &[(&str, Make)] = &[
    ("ranges", ranges::series),
    ("joins", joins::series),
    ("facts", facts::series),
    ("fleet", fleet::series),
    ("histograms", histograms::series),
    ("lab", lab::series),
    ("gauges", noisy::gauges),
    ("latencies", noisy::latencies),
];

/// Makes the series of a workload.
///
/// # Errors
/// When there is no such workload.
pub fn series(name: &str, sink: Sink<'_>) -> Result<(), String> {
    let found = ALL.iter().find(|(known, _)| *known == name);
    let (_, make) = found.ok_or_else(|| format!("no workload is called {name}"))?;
    make(sink);
    Ok(())
}

/// A head with the series of a workload.
///
/// # Errors
/// When there is no such workload, or its samples are not in order.
pub fn head(name: &str) -> Result<Head, String> {
    let mut head = Head::new();
    let mut refused = None;
    series(name, &mut |labels, times, values| {
        let id = head.series_id(labels);
        for (index, time) in times.iter().enumerate() {
            let appended = match values {
                Values::Floats(values) => head.append(id, Timestamp(*time), values[index]),
                Values::Histograms(values) => {
                    head.append_whole_histogram(id, Timestamp(*time), values[index].clone())
                }
            };
            if let Err(error) = appended {
                refused = Some(format!("{labels} at {time}: {error}"));
            }
        }
    })?;
    refused.map_or(Ok(head), Err)
}

/// Writes a workload as OpenMetrics with timestamps, piece by piece.
///
/// # Errors
/// When there is no such workload, or it has native histograms, which no such page can hold.
pub fn write_page(name: &str, write: &mut dyn FnMut(&str)) -> Result<(), String> {
    let mut page = String::new();
    let mut refused = None;
    series(name, &mut |labels, times, values| {
        let Values::Floats(values) = values else {
            refused = Some(format!("{labels} has native histograms, which no page can hold"));
            return;
        };
        page.clear();
        write_dump_series(&mut page, labels, times, values);
        write(&page);
    })?;
    write(DUMP_END);
    refused.map_or(Ok(()), Err)
}

/// `count` instants from [`BEGIN`] on, `step` milliseconds apart.
fn times(count: usize, step: i64) -> Vec<i64> {
    (0..count as i64).map(|number| BEGIN + number * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queried_workloads_are_as_large_as_their_figures_say() {
        for (name, series, samples) in
            [("joins", 400, 2_060_000), ("fleet", 9_050, 2_715_000), ("histograms", 600, 372_000)]
        {
            let counted = head(name).unwrap().size();
            assert_eq!((counted.series, counted.samples), (series, samples), "{name}");
        }
        assert!(head("nothing").is_err());
    }
}
