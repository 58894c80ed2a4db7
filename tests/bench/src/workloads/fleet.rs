//! `fleet`: what a middling server's dashboard reads: 3,000 request counters, 3,000 error counters with the same labels,
//! 3,000 buckets of 250 histograms, and what is known of the 50 instances. A sample each 15 seconds for 75 minutes.

use scrapeyard_core::base::random::{Seed, Stream};
use scrapeyard_core::model::labels::Labels;

use super::{Sink, Values, times};

const INSTANCES: usize = 50;
const PATHS: [&str; 12] = [
    "/",
    "/cart",
    "/checkout",
    "/health",
    "/images",
    "/items",
    "/login",
    "/logout",
    "/orders",
    "/search",
    "/static",
    "/users",
];
const CODES: [&str; 5] = ["200", "301", "404", "429", "500"];
const BOUNDS: [&str; 12] =
    ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"];
/// 241 steps, the shifts of the runs, the lookback and the windows.
const SAMPLES: usize = 300;

/// All series.
pub fn series(sink: Sink<'_>) {
    let times = times(SAMPLES, 15_000);
    let mut random = Seed(3_000).stream("fleet");
    for name in ["requests_total", "errors_total"] {
        for instance in 0..INSTANCES {
            for path in PATHS {
                for code in CODES {
                    let labels = Labels::from_pairs([
                        ("__name__", name),
                        ("code", code),
                        ("instance", &instance_name(instance)),
                        ("job", "shop"),
                        ("path", path),
                    ]);
                    sink(&labels, &times, Values::Floats(&counter(&mut random)));
                }
            }
        }
    }
    histograms(&times, &mut random, sink);
    for instance in 0..INSTANCES {
        let version = format!("1.{}", instance % 4);
        let labels = Labels::from_pairs([
            ("__name__", "build_info"),
            ("instance", &instance_name(instance)),
            ("job", "shop"),
            ("version", &version),
        ]);
        sink(&labels, &times, Values::Floats(&[1.0; SAMPLES]));
    }
}

fn instance_name(instance: usize) -> String {
    format!("10.0.0.{instance}:8080")
}

/// A counter that begins somewhere, grows unevenly and begins again now and then.
fn counter(random: &mut Stream) -> Vec<f64> {
    let mut count = random.below(100_000);
    let pace = 1 + random.below(60);
    (0..SAMPLES)
        .map(|_| {
            count = if random.below(400) == 0 { 0 } else { count + random.below(2 * pace) };
            count as f64
        })
        .collect()
}

fn histograms(times: &[i64], random: &mut Stream, sink: Sink<'_>) {
    for instance in 0..INSTANCES {
        for path in &PATHS[..5] {
            let mut below = vec![0.0; SAMPLES];
            for le in BOUNDS {
                let labels = Labels::from_pairs([
                    ("__name__", "latency_seconds_bucket"),
                    ("instance", &instance_name(instance)),
                    ("job", "shop"),
                    ("le", le),
                    ("path", path),
                ]);
                let mut own = 0;
                for total in &mut below {
                    own += random.below(6);
                    *total += own as f64;
                }
                sink(&labels, times, Values::Floats(&below));
            }
        }
    }
}
