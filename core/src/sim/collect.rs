//! How metrics are shown: a program walks through its families and samples, a collector takes what it needs of them.
//!
//! A visitor instead of a list, so that the observer of the truth, who looks every virtual second and needs the
//! values alone, costs no allocation.

use std::sync::Arc;

use crate::base::time::Timestamp;
use crate::exposition::{Family, NativeHistogram, Point, Suffix};
use crate::model::histogram::FloatHistogram;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::metric::MetricType;

/// Takes the families and samples that a program shows, in the order of its metrics page.
///
/// Within one process series are only ever added, never taken away or renamed. So while the number of samples stays
/// the same, a collector may match samples to series by their position alone.
pub trait Collect {
    /// A family begins; the samples up to the next family are its own. A family may have none.
    fn family(&mut self, name: &str, metric_type: MetricType, help: &str);

    /// A sample of the family. `labels` are without the name, in the order of the page; `at` is the explicit
    /// timestamp, where the program writes one.
    fn sample(&mut self, suffix: Suffix, labels: &[(&str, &str)], value: f64, at: Option<Timestamp>);

    /// The native form of a histogram of the family, whose classic form is shown besides. Most observers have no use
    /// for it, and it is not made for them.
    fn native(&mut self, _labels: &[(&str, &str)], _make: impl FnOnce() -> FloatHistogram) {}
}

/// Collects a whole page in memory.
#[derive(Clone, Debug, Default)]
pub struct FamilyList {
    /// The families so far.
    pub families: Vec<Family>,
    /// The native histograms so far.
    pub histograms: Vec<NativeHistogram>,
}

impl Collect for FamilyList {
    fn family(&mut self, name: &str, metric_type: MetricType, help: &str) {
        self.families.push(Family::new(name, metric_type, help));
    }

    fn sample(&mut self, suffix: Suffix, labels: &[(&str, &str)], value: f64, at: Option<Timestamp>) {
        let Some(family) = self.families.last_mut() else { return };
        let labels = Labels::from_pairs(labels.iter().copied());
        family.points.push(Point { suffix, labels, value, at, exemplar: None });
    }

    fn native(&mut self, labels: &[(&str, &str)], make: impl FnOnce() -> FloatHistogram) {
        let Some(family) = self.families.last() else { return };
        let mut builder = Labels::from_pairs(labels.iter().copied()).to_builder();
        builder.set(METRIC_NAME, family.name.clone());
        self.histograms.push(NativeHistogram { labels: builder.build(), histogram: Arc::new(make()) });
    }
}

/// Collects the values alone, in order.
#[derive(Clone, Debug, Default)]
pub struct ValueList {
    /// The values so far.
    pub values: Vec<f64>,
}

impl Collect for ValueList {
    fn family(&mut self, _name: &str, _metric_type: MetricType, _help: &str) {}

    fn sample(&mut self, _suffix: Suffix, _labels: &[(&str, &str)], value: f64, _at: Option<Timestamp>) {
        self.values.push(value);
    }
}
