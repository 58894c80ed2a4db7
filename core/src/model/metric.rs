//! What is known of a metric family besides its samples: type, help and unit.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The type of a metric family, as exposition formats and the metadata API name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MetricType {
    /// Goes up, or starts again from zero.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts observations in buckets.
    Histogram,
    /// A histogram whose buckets may fall (OpenMetrics).
    GaugeHistogram,
    /// Quantiles computed by the target, with sum and count.
    Summary,
    /// A constant 1 with labels that tell something (OpenMetrics).
    Info,
    /// One series a state, 1 or 0 (OpenMetrics).
    StateSet,
    /// Not said; `untyped` in the text format.
    #[default]
    Unknown,
}

impl MetricType {
    /// The word of the metadata API and of OpenMetrics (`unknown` where the text format says `untyped`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
            Self::GaugeHistogram => "gaugehistogram",
            Self::Summary => "summary",
            Self::Info => "info",
            Self::StateSet => "stateset",
            Self::Unknown => "unknown",
        }
    }
}

/// Type, help and unit of a metric family.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Counter, gauge and so on.
    pub metric_type: MetricType,
    /// The help text; empty where none was given.
    pub help: Arc<str>,
    /// The unit (OpenMetrics); empty where none was given.
    pub unit: Arc<str>,
}
