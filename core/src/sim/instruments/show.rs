//! Short ways to show a metric of one sample or of few.

use crate::base::time::Timestamp;
use crate::exposition::Suffix;
use crate::model::metric::MetricType;
use crate::sim::collect::Collect;

/// A label's name and value.
pub type Label<'a> = (&'a str, &'a str);

/// What every collector can do besides: take whole families at once.
pub trait Show: Collect {
    /// A counter of one series without labels.
    fn counter(&mut self, name: &str, help: &str, value: f64) {
        self.family(name, MetricType::Counter, help);
        self.value(&[], value);
    }

    /// A gauge of one series without labels.
    fn gauge(&mut self, name: &str, help: &str, value: f64) {
        self.family(name, MetricType::Gauge, help);
        self.value(&[], value);
    }

    /// A gauge with several series, told apart by one label.
    fn gauge_by(&mut self, name: &str, help: &str, label: &str, values: &[(&str, f64)]) {
        self.family(name, MetricType::Gauge, help);
        for (of, value) in values {
            self.value(&[(label, of)], *value);
        }
    }

    /// A counter with several series, told apart by one label.
    fn counter_by(&mut self, name: &str, help: &str, label: &str, values: &[(&str, f64)]) {
        self.family(name, MetricType::Counter, help);
        for (of, value) in values {
            self.value(&[(label, of)], *value);
        }
    }

    /// A sample of the family begun last, under its bare name.
    fn value(&mut self, labels: &[Label<'_>], value: f64) {
        self.sample(Suffix::None, labels, value, None);
    }

    /// The same, with an explicit timestamp.
    fn value_at(&mut self, labels: &[Label<'_>], value: f64, at: Timestamp) {
        self.sample(Suffix::None, labels, value, Some(at));
    }
}

impl<C: Collect> Show for C {}

/// Seconds as a clock of nanoseconds counts them: sums of durations have no more digits than that.
pub(crate) fn to_nanoseconds(seconds: f64) -> f64 {
    libm::round(seconds * 1e9) / 1e9
}
