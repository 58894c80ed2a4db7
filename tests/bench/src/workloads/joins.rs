//! `joins`: two counters of 200 instances, whose series match one to one, a sample each 10 seconds.

use scrapeyard_core::model::labels::Labels;

use super::{Sink, Values, times};

const INSTANCES: usize = 200;
/// The 5,000 steps of a query, the shifts of a hundred runs, and the lookback.
const SAMPLES: usize = 5_000 + 100 + 50;

/// All series.
pub fn series(sink: Sink<'_>) {
    let times = times(SAMPLES, 10_000);
    for (slope, name) in [(3.0, "rpc_request_success_total"), (1.0, "rpc_request_error_total")] {
        for instance in 0..INSTANCES {
            let number = instance.to_string();
            let labels = Labels::from_pairs([("__name__", name), ("instance", &number), ("job", "j")]);
            let values: Vec<f64> =
                (0..SAMPLES).map(|sample| slope * sample as f64 + instance as f64).collect();
            sink(&labels, &times, Values::Floats(&values));
        }
    }
}
