//! What a Prometheus counts of its web server: requests, their durations, the size of what was answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::metric::MetricType;
use crate::sim::instruments::{Histogram, Scale, Show};

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
    pub fn count(&mut self, handler: &str, status: u16, seconds: f64, bytes: usize) {
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

    /// Shows the families in the order of the page. `has_library_metrics`: a newer client library counts the pages
    /// that it serves.
    pub fn show(&self, has_library_metrics: bool, collector: &mut impl Show) {
        self.show_histograms(
            collector,
            "prometheus_http_request_duration_seconds",
            "Histogram of latencies for HTTP requests.",
            |handler| &handler.seconds,
        );
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
        if has_library_metrics {
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
