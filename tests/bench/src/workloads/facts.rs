//! `facts`: request counters of a hundred instances, and `target_info` with what is known of each: what `info()` and
//! `group_left` join. A sample each 30 seconds for three hours.

use scrapeyard_core::model::labels::Labels;

use super::{Sink, Values, times};

const INSTANCES: usize = 100;
const SAMPLES: usize = 360;
const CODES: [&str; 5] = ["200", "301", "404", "429", "500"];

/// All series.
pub fn series(sink: Sink<'_>) {
    let times = times(SAMPLES, 30_000);
    for instance in 0..INSTANCES {
        let number = instance.to_string();
        let cluster = if instance % 2 == 0 { "us-east" } else { "eu-south" };
        for (at, code) in CODES.iter().enumerate() {
            let labels = Labels::from_pairs([
                ("__name__", "http_server_request_duration_seconds_count"),
                ("http_status_code", code),
                ("instance", &number),
                ("job", "shop"),
            ]);
            let values: Vec<f64> = (0..SAMPLES).map(|sample| (sample * (at + 1) + instance) as f64).collect();
            sink(&labels, &times, Values::Floats(&values));
        }
        let known = Labels::from_pairs([
            ("__name__", "target_info"),
            ("instance", &number),
            ("job", "shop"),
            ("k8s_cluster_name", cluster),
        ]);
        sink(&known, &times, Values::Floats(&[1.0; SAMPLES]));
    }
}
