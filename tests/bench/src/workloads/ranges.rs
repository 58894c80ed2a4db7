//! `ranges`: plain counters and classic histograms, a sample each 10 seconds for a day and 10,000 steps more, as
//! Prometheus's own benchmark of range queries has them.
//!
//! Differs: the hundred histograms begin only 1,000 steps, the shifts of a hundred runs and an hour before the end, since
//! no query looks further back at them and twenty million samples more would only cost minutes.

use scrapeyard_core::model::labels::Labels;

use super::{Sink, Values, times};

/// From one sample to the next.
const INTERVAL: i64 = 10_000;
/// Samples of each series: a day, then the most steps of a query.
const SAMPLES: usize = 8_640 + 10_000;
/// Samples of the hundred histograms.
const LATE: usize = 1_000 + 100 + 360;
/// Series of `sparse`, each with its own part of the time.
const PARTS: usize = 50;

/// All series, in an order in which the number of a series shifts its values a little.
pub fn series(sink: Sink<'_>) {
    let all = labels();
    let times = times(SAMPLES, INTERVAL);
    let mut values = Vec::with_capacity(SAMPLES);
    for (number, labels) in all.iter().enumerate() {
        let shift = number as f64 / all.len() as f64;
        let from = if labels.metric_name() == Some("h_hundred") { SAMPLES - LATE } else { 0 };
        values.clear();
        values.extend((from..SAMPLES).map(|sample| sample as f64 + shift));
        sink(labels, &times[from..], Values::Floats(&values));
    }
    let part = SAMPLES / PARTS;
    for (number, samples) in (0..SAMPLES).collect::<Vec<_>>().chunks(part).enumerate() {
        let labels = Labels::from_pairs([("__name__", "sparse"), ("l", number.to_string().as_str())]);
        let values: Vec<f64> = samples.iter().map(|sample| *sample as f64 / all.len() as f64).collect();
        sink(&labels, &times[samples[0]..samples[0] + samples.len()], Values::Floats(&values));
    }
}

fn labels() -> Vec<Labels> {
    let bounds: Vec<String> = (0..10).map(|bound| bound.to_string()).chain(["+Inf".to_owned()]).collect();
    let mut all =
        vec![Labels::from_pairs([("__name__", "a_one")]), Labels::from_pairs([("__name__", "b_one")])];
    all.extend(bounds.iter().map(|le| Labels::from_pairs([("__name__", "h_one"), ("le", le)])));
    for number in 0..100 {
        let l = number.to_string();
        all.extend(
            ["a_hundred", "b_hundred"].map(|name| Labels::from_pairs([("__name__", name), ("l", &l)])),
        );
        let bucket = |le: &String| Labels::from_pairs([("__name__", "h_hundred"), ("l", &l), ("le", le)]);
        all.extend(bounds.iter().map(bucket));
    }
    all
}
