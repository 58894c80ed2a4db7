//! What the observer collects: the values alone, each second, and the names when they may have changed.

use crate::base::time::Timestamp;
use crate::exposition::{Suffix, bound_as_float};
use crate::model::labels::{Labels, LabelsBuilder, METRIC_NAME};
use crate::model::metric::MetricType;
use crate::sim::Collect;

/// The values, in the order of the page.
pub struct Values {
    /// The values so far.
    pub values: Vec<f64>,
}

impl Collect for Values {
    fn family(&mut self, _name: &str, _metric_type: MetricType, _help: &str) {}

    fn sample(&mut self, _suffix: Suffix, _labels: &[(&str, &str)], value: f64, _at: Option<Timestamp>) {
        self.values.push(value);
    }
}

/// The label sets with the metric's name, in the order of the page.
pub struct Names {
    family: String,
    metric_type: MetricType,
    normalizes_bounds: bool,
    /// The label sets so far.
    pub labels: Vec<Labels>,
}

impl Names {
    /// No names yet. `normalizes_bounds`: bounds of buckets and quantiles are written as floats.
    pub fn new(normalizes_bounds: bool) -> Self {
        let metric_type = MetricType::default();
        Self { family: String::new(), metric_type, normalizes_bounds, labels: Vec::new() }
    }
}

impl Collect for Names {
    fn family(&mut self, name: &str, metric_type: MetricType, _help: &str) {
        name.clone_into(&mut self.family);
        self.metric_type = metric_type;
    }

    fn sample(&mut self, suffix: Suffix, labels: &[(&str, &str)], _value: f64, _at: Option<Timestamp>) {
        let mut builder = LabelsBuilder::default();
        for (name, value) in labels {
            let bound = self.normalizes_bounds.then(|| bound_as_float(self.metric_type, name, value));
            match bound.flatten() {
                Some(bound) => builder.set(*name, bound),
                None => builder.set(*name, *value),
            };
        }
        builder.set(METRIC_NAME, format!("{}{}", self.family, suffix.text()));
        self.labels.push(builder.build());
    }
}
