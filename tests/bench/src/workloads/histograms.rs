//! `histograms`: native histograms of 300 series with exponential and 300 with custom buckets, a sample each 15 seconds
//! for 155 minutes: as much as the queries of Prometheus's own benchmarks reach, the shifts of their runs among it.
//!
//! Differs: a tenth of the series of those benchmarks, since the real Prometheus has to be sent them all.

use std::sync::Arc;

use scrapeyard_core::model::histogram::{Buckets, CUSTOM_BUCKETS_SCHEMA, FloatHistogram};
use scrapeyard_core::model::labels::Labels;

use super::{Sink, Values, times};

const SERIES: usize = 300;
const SAMPLES: usize = 620;
/// Buckets populated on one side: by index, and by how much each is ahead of the first.
const POPULATED: [(i32, f64); 4] = [(0, 0.0), (1, 1.0), (3, 0.0), (4, 0.0)];
/// The upper bounds of custom buckets.
const BOUNDS: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];

/// All series. The first sample of an exponential one has a finer resolution than the others.
pub fn series(sink: Sink<'_>) {
    let times = times(SAMPLES, 15_000);
    let growing = |one: fn(f64) -> FloatHistogram| (0..SAMPLES).map(|sample| one(sample as f64)).collect();
    let mut exponential: Vec<FloatHistogram> = growing(exponential);
    exponential[0] = finer();
    each("native_histogram_series", &times, &exponential, sink);
    each("native_histogram_custom_bucket_series", &times, &growing(custom), sink);
}

fn each(name: &str, times: &[i64], histograms: &[FloatHistogram], sink: Sink<'_>) {
    for number in 0..SERIES {
        let number = number.to_string();
        let labels = Labels::from_pairs([("__name__", name), ("foo", "bar"), ("h", &number)]);
        sink(&labels, times, Values::Histograms(histograms));
    }
}

fn side(grown: f64) -> Buckets {
    Buckets::from_pairs(POPULATED.map(|(index, ahead)| (index, grown + 1.0 + ahead)))
}

fn total(buckets: &Buckets) -> f64 {
    buckets.iter().map(|(_, count)| count).sum()
}

fn exponential(grown: f64) -> FloatHistogram {
    let (positive, negative, zero_count) = (side(grown), side(grown), grown + 2.0);
    FloatHistogram {
        schema: 1,
        zero_threshold: 0.001,
        zero_count,
        count: total(&positive) + total(&negative) + zero_count,
        sum: 18.4 * (grown + 1.0),
        positive,
        negative,
        ..FloatHistogram::default()
    }
}

fn finer() -> FloatHistogram {
    let positive =
        Buckets::from_pairs([(-5, 1.0), (-4, 3.0), (-1, 1.0), (0, 2.0), (1, 1.0), (4, 1.0), (5, 4.0)]);
    FloatHistogram { schema: 3, count: total(&positive), positive, ..FloatHistogram::default() }
}

fn custom(grown: f64) -> FloatHistogram {
    let positive = side(grown);
    FloatHistogram {
        schema: CUSTOM_BUCKETS_SCHEMA,
        count: total(&positive),
        sum: 18.4 * (grown + 1.0),
        positive,
        custom_bounds: Arc::from(BOUNDS),
        ..FloatHistogram::default()
    }
}
