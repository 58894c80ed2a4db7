//! What a Prometheus counts of its web server: requests, their durations, the size of what was answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::histogram::{Buckets, FloatHistogram, exponential_index};
use crate::model::metric::MetricType;
use crate::sim::instruments::{Histogram, Scale, Show};

/// Prometheus asks its client library for native buckets that grow by at most a tenth.
const NATIVE_SCHEMA: i32 = 3;
/// Half the width of the zero bucket that the client library gives: 2^-128.
const ZERO_THRESHOLD: f64 = 2.938_735_877_055_719e-39;

/// How long a request to a handler takes, in seconds: always the same. So the native histogram of durations follows
/// from how many there were, and nothing is kept for it.
pub fn handling_seconds(handler: &str) -> f64 {
    match handler {
        "/metrics" => 0.004,
        "/query" | "/graph" => 0.000_4,
        _ => 0.000_2,
    }
}

/// The counts by handler.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WebMetrics {
    handlers: BTreeMap<String, Handler>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Handler {
    requests: BTreeMap<u16, u64>,
    seconds: Histogram,
    bytes: Histogram,
}

impl WebMetrics {
    /// Counts a request that was answered.
    pub fn count(&mut self, handler: &str, status: u16, bytes: usize) {
        let seconds = handling_seconds(handler);
        let new = || Handler {
            requests: BTreeMap::new(),
            seconds: Histogram::new(Scale::WebSeconds),
            bytes: Histogram::new(Scale::WebBytes),
        };
        let handler = self.handlers.entry(handler.to_owned()).or_insert_with(new);
        *handler.requests.entry(status).or_default() += 1;
        handler.seconds.observe(seconds);
        handler.bytes.observe(bytes as f64);
    }

    /// Shows the families in the order of the page. `has_new_library`: a newer client library counts the pages that it
    /// serves, and knows native histograms.
    pub fn show(&self, has_new_library: bool, collector: &mut impl Show) {
        self.show_histograms(
            collector,
            "prometheus_http_request_duration_seconds",
            "Histogram of latencies for HTTP requests.",
            |handler| &handler.seconds,
        );
        if has_new_library {
            for (name, handler) in &self.handlers {
                collector.native(&[("handler", name)], || native(&handler.seconds, handling_seconds(name)));
            }
        }
        collector.family("prometheus_http_requests_total", MetricType::Counter, "Counter of HTTP requests.");
        for (name, handler) in &self.handlers {
            for (status, count) in &handler.requests {
                collector.value(&[("code", &status.to_string()), ("handler", name)], *count as f64);
            }
        }
        self.show_histograms(
            collector,
            "prometheus_http_response_size_bytes",
            "Histogram of response size for HTTP requests.",
            |handler| &handler.bytes,
        );
        if has_new_library {
            let pages = self.handlers.get("/metrics").map_or(0, |handler| handler.requests.values().sum());
            collector.gauge(
                "promhttp_metric_handler_requests_in_flight",
                "Current number of scrapes being served.",
                1.0,
            );
            let served = [("200", pages as f64), ("500", 0.0), ("503", 0.0)];
            let help = "Total number of scrapes by HTTP status code.";
            collector.counter_by("promhttp_metric_handler_requests_total", help, "code", &served);
        }
    }

    fn show_histograms(
        &self,
        collector: &mut impl Show,
        name: &str,
        help: &str,
        of: fn(&Handler) -> &Histogram,
    ) {
        collector.family(name, MetricType::Histogram, help);
        for (name, handler) in &self.handlers {
            of(handler).show(collector, &[("handler", name)]);
        }
    }
}

/// The native form of a histogram all of whose observations were `value`.
fn native(classic: &Histogram, value: f64) -> FloatHistogram {
    let count = classic.count() as f64;
    FloatHistogram {
        schema: NATIVE_SCHEMA,
        zero_threshold: ZERO_THRESHOLD,
        count,
        sum: classic.sum(),
        positive: Buckets::from_pairs([(exponential_index(value, NATIVE_SCHEMA), count)]),
        ..FloatHistogram::default()
    }
}
