//! Two data sets that hardly compress: `gauges`, random walks with a few digits, and `latencies`, floats with all their
//! bits, both at scrape times that are a little late. Storage is measured on them.

use scrapeyard_core::base::random::{Seed, Stream};
use scrapeyard_core::model::labels::Labels;

use super::{BEGIN, Sink, Values};

const SERIES: usize = 200;
const SAMPLES: usize = 2_000;

/// Random walks in steps of a tenth.
pub fn gauges(sink: Sink<'_>) {
    each("noisy_gauge", sink, |random, before| {
        let tenths = (before * 10.0) as i64 + random.below(21) as i64 - 10;
        tenths as f64 / 10.0
    });
}

/// Latencies as a timer measures them.
pub fn latencies(sink: Sink<'_>) {
    each("noisy_latency_seconds", sink, |random, _| random.log_normal(0.08, 0.5));
}

fn each(name: &str, sink: Sink<'_>, next: impl Fn(&mut Stream, f64) -> f64) {
    let mut random = Seed(200).stream(name);
    for number in 0..SERIES {
        let instance = number.to_string();
        let labels = Labels::from_pairs([("__name__", name), ("instance", &instance)]);
        let times: Vec<i64> =
            (0..SAMPLES as i64).map(|sample| BEGIN + sample * 15_000 + random.below(40) as i64).collect();
        let mut value = 50.0;
        let values: Vec<f64> = (0..SAMPLES)
            .map(|_| {
                value = next(&mut random, value);
                value
            })
            .collect();
        sink(&labels, &times, Values::Floats(&values));
    }
}
