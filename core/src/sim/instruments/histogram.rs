//! A histogram of fixed buckets. Keeps no observation itself.

use serde::{Deserialize, Serialize};

use super::show::{Label, Show, to_nanoseconds};
use crate::exposition::Suffix;

/// The upper edges of buckets; `+Inf` follows by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// The default of Go's client library: 5 ms to 10 s.
    GoDefault,
    /// etcd's disk syncs: 1 ms, doubling 13 times.
    EtcdFsync,
    /// Prometheus's web requests in seconds: 100 ms to 2 minutes.
    WebSeconds,
    /// Prometheus's web responses in bytes: 100 B, ten times more seven times.
    WebBytes,
}

impl Scale {
    /// Each edge with its text in the label `le`.
    #[must_use]
    pub const fn edges(self) -> &'static [(f64, &'static str)] {
        match self {
            Self::GoDefault => &[
                (0.005, "0.005"),
                (0.01, "0.01"),
                (0.025, "0.025"),
                (0.05, "0.05"),
                (0.1, "0.1"),
                (0.25, "0.25"),
                (0.5, "0.5"),
                (1.0, "1"),
                (2.5, "2.5"),
                (5.0, "5"),
                (10.0, "10"),
            ],
            Self::EtcdFsync => &[
                (0.001, "0.001"),
                (0.002, "0.002"),
                (0.004, "0.004"),
                (0.008, "0.008"),
                (0.016, "0.016"),
                (0.032, "0.032"),
                (0.064, "0.064"),
                (0.128, "0.128"),
                (0.256, "0.256"),
                (0.512, "0.512"),
                (1.024, "1.024"),
                (2.048, "2.048"),
                (4.096, "4.096"),
                (8.192, "8.192"),
            ],
            Self::WebSeconds => &[
                (0.1, "0.1"),
                (0.2, "0.2"),
                (0.4, "0.4"),
                (1.0, "1"),
                (3.0, "3"),
                (8.0, "8"),
                (20.0, "20"),
                (60.0, "60"),
                (120.0, "120"),
            ],
            Self::WebBytes => &[
                (100.0, "100"),
                (1e3, "1000"),
                (1e4, "10000"),
                (1e5, "100000"),
                (1e6, "1e+06"),
                (1e7, "1e+07"),
                (1e8, "1e+08"),
                (1e9, "1e+09"),
            ],
        }
    }
}

/// Counts observations, of durations in seconds, by size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    scale: Scale,
    /// One a bucket, not added up; the last is `+Inf`.
    counts: Vec<u64>,
    sum: f64,
}

impl Histogram {
    /// A histogram that has seen nothing.
    #[must_use]
    pub fn new(scale: Scale) -> Self {
        Self { scale, counts: vec![0; scale.edges().len() + 1], sum: 0.0 }
    }

    /// Counts one observation; it belongs to the first bucket whose edge is not below it.
    pub fn observe(&mut self, value: f64) {
        let edges = self.scale.edges();
        let bucket = edges.iter().position(|(edge, _)| value <= *edge).unwrap_or(edges.len());
        self.counts[bucket] += 1;
        self.sum += value;
    }

    /// How many observations there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The sum of all observations, as it is shown.
    #[must_use]
    pub fn sum(&self) -> f64 {
        to_nanoseconds(self.sum)
    }

    /// Shows buckets, sum and count, with the given labels.
    pub fn show(&self, collector: &mut impl Show, labels: &[Label<'_>]) {
        let mut with_edge = Vec::with_capacity(labels.len() + 1);
        with_edge.extend_from_slice(labels);
        with_edge.push(("le", "+Inf"));
        let last = labels.len();
        let mut total = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            total += count;
            with_edge[last].1 = self.scale.edges().get(bucket).map_or("+Inf", |(_, text)| text);
            collector.sample(Suffix::Bucket, &with_edge, total as f64, None);
        }
        collector.sample(Suffix::Sum, labels, self.sum(), None);
        collector.sample(Suffix::Count, labels, total as f64, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::ValueList;

    #[test]
    fn an_observation_on_an_edge_belongs_to_the_bucket_below_it() {
        let mut histogram = Histogram::new(Scale::GoDefault);
        for value in [0.0, 0.005, 0.3, 11.0] {
            histogram.observe(value);
        }
        let mut list = ValueList::default();
        histogram.show(&mut list, &[("action", "start")]);
        let buckets = [2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 4.0];
        assert_eq!(list.values[..12], buckets);
        assert_eq!(list.values[12..], [11.305, 4.0]);
        assert_eq!(histogram.count(), 4);
    }
}
