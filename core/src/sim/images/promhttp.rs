//! The `/metrics` handler of Go's client library, with the metrics it keeps of itself.

use serde::{Deserialize, Serialize};

use super::page::text_of;
use crate::exposition::Format;
use crate::sim::collect::FamilyList;
use crate::sim::instruments::Show;
use crate::sim::message::Response;

/// Counts the pages served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct MetricsHandler {
    serving: u32,
    served: u64,
}

impl MetricsHandler {
    /// Begins to serve a page: it shows itself as being served.
    pub fn begin(&mut self) {
        self.serving += 1;
    }

    /// Counts the page as served; only the next one shows that.
    pub fn end(&mut self) {
        self.serving = self.serving.saturating_sub(1);
        self.served += 1;
    }

    pub fn show(&self, collector: &mut impl Show) {
        let serving = f64::from(self.serving);
        collector.gauge(
            "promhttp_metric_handler_requests_in_flight",
            "Current number of scrapes being served.",
            serving,
        );
        let served = [("200", self.served as f64), ("500", 0.0), ("503", 0.0)];
        collector.counter_by(
            "promhttp_metric_handler_requests_total",
            "Total number of scrapes by HTTP status code.",
            "code",
            &served,
        );
    }
}

/// The response with the page that `show` shows.
pub(super) fn metrics_response(show: impl FnOnce(&mut FamilyList)) -> Response {
    Response::with_body(200, Some(Format::Text.content_type()), text_of(show))
}
