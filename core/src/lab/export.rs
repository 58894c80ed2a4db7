//! Writes a store out as OpenMetrics with timestamps, the form in which `promtool tsdb create-blocks-from openmetrics`
//! takes it and in which [`super::import`] reads it back.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::base::number::print_general;
use crate::base::time::Timestamp;
use crate::exposition::{DUMP_END, openmetrics_float, write_dump_series};
use crate::model::histogram::FloatHistogram;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::tsdb::{Head, Samples};

/// All samples of a store, series after series in order of their labels, with the closing `# EOF`. Staleness markers
/// become plain NaNs, as promtool's own dump has them. A native histogram, which text has no form for, is written as
/// the classic one with its buckets; so it comes back as floats.
#[must_use]
pub fn write(head: &Head) -> String {
    let mut page = String::new();
    let mut samples = Samples::default();
    for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
        samples.clear();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        if (0..samples.histograms.len()).any(|place| samples.histograms.has(place)) {
            write_classic(&mut page, head.labels(id), &samples);
        } else {
            write_dump_series(&mut page, head.labels(id), &samples.times, &samples.values);
        }
    }
    page + DUMP_END
}

/// All samples of a store as `promtool tsdb dump` prints them: labels, value, milliseconds, a line a sample. Native
/// histograms are among them.
#[must_use]
pub fn dump(head: &Head) -> String {
    let mut lines = String::new();
    let mut samples = Samples::default();
    for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
        samples.clear();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        let labels = head.labels(id);
        for (place, time) in samples.times.iter().enumerate() {
            let _ = match samples.histograms.get(place) {
                Some(histogram) => writeln!(lines, "{labels} {histogram} {time}"),
                None => writeln!(lines, "{labels} {} {time}", print_general(samples.values[place])),
            };
        }
    }
    lines
}

/// Times and values of one series.
type Lane = (Vec<i64>, Vec<f64>);

/// Writes a series with histograms as the series of a classic one; floats between them keep the series' own name.
fn write_classic(page: &mut String, labels: &Labels, samples: &Samples) {
    let (mut floats, mut sums, mut counts) = (Lane::default(), Lane::default(), Lane::default());
    let mut buckets: BTreeMap<Bound, Lane> = BTreeMap::new();
    let push = |lane: &mut Lane, at: i64, value: f64| {
        lane.0.push(at);
        lane.1.push(value);
    };
    for ((at, value), histogram) in samples.times.iter().zip(&samples.values).zip(samples.histograms.iter()) {
        let Some(histogram) = histogram else {
            push(&mut floats, *at, *value);
            continue;
        };
        for (bound, count) in cumulative(&histogram) {
            push(buckets.entry(Bound(bound)).or_default(), *at, count);
        }
        push(&mut sums, *at, histogram.sum);
        push(&mut counts, *at, histogram.count);
    }
    let mut write = |suffix: &str, bound: Option<f64>, lane: &Lane| {
        let mut builder = labels.to_builder();
        builder.set(METRIC_NAME, format!("{}{suffix}", labels.metric_name().unwrap_or_default()));
        if let Some(bound) = bound {
            builder.set("le", openmetrics_float(bound));
        }
        write_dump_series(page, &builder.build(), &lane.0, &lane.1);
    };
    write("", None, &floats);
    for (bound, lane) in &buckets {
        write("_bucket", Some(bound.0), lane);
    }
    write("_count", None, &counts);
    write("_sum", None, &sums);
}

/// An upper bound, in total order.
#[derive(Clone, Copy, Debug)]
struct Bound(f64);

impl PartialEq for Bound {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Bound {}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bound {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The upper bounds of a histogram's buckets with how many observations lie at or below them, `+Inf` last. Custom
/// bounds are all there, exponential ones where something was observed.
fn cumulative(histogram: &Arc<FloatHistogram>) -> Vec<(f64, f64)> {
    let mut below = 0.0;
    let mut found: BTreeMap<Bound, f64> = BTreeMap::new();
    let filled =
        histogram.negative_buckets().rev().chain(histogram.zero_bucket()).chain(histogram.positive_buckets());
    for bucket in filled {
        below += bucket.count;
        found.insert(Bound(bucket.upper), below);
    }
    let mut reached = 0.0;
    for bound in histogram.custom_bounds.iter() {
        reached = *found.entry(Bound(*bound)).or_insert(reached);
    }
    found.insert(Bound(f64::INFINITY), histogram.count);
    found.into_iter().map(|(bound, count)| (bound.0, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::ClassicHistogram;

    #[test]
    fn a_histogram_is_written_as_the_classic_one() {
        let mut head = Head::new();
        let id = head.series_id(&Labels::from_pairs([(METRIC_NAME, "h"), ("x", "1")]));
        let mut classic = ClassicHistogram::default();
        for (bound, count) in [(1.0, 2.0), (2.0, 2.0), (f64::INFINITY, 5.0)] {
            classic.set_bucket(bound, count).unwrap();
        }
        classic.set_sum(9.5);
        head.append_histogram(id, Timestamp(1000), classic.convert().unwrap()).unwrap();
        let expected = [
            "h_bucket{le=\"1.0\",x=\"1\"} 2 1.000",
            "h_bucket{le=\"2.0\",x=\"1\"} 2 1.000",
            "h_bucket{le=\"+Inf\",x=\"1\"} 5 1.000",
            "h_count{x=\"1\"} 5 1.000",
            "h_sum{x=\"1\"} 9.5 1.000",
            "# EOF",
        ];
        assert_eq!(write(&head).lines().collect::<Vec<_>>(), expected);
    }
}
