//! One metric family under the strict reading: its metadata, which samples it may have, in which order. Keeps the
//! groups that it has seen, not their values.

use std::collections::BTreeSet;

use super::histogram::{Histogram, HistogramLine};
use crate::exposition::parse_float;
use crate::exposition::{Entry, Sample};
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::metric::MetricType;

/// A family that is being read.
#[derive(Default)]
pub(super) struct StrictFamily {
    pub name: String,
    metric_type: Option<MetricType>,
    unit: Option<String>,
    has_help: bool,
    has_samples: bool,
    group: Option<Labels>,
    seen_groups: BTreeSet<Labels>,
    /// The group's last timestamp, in seconds as written.
    at: Option<f64>,
    histogram: Histogram,
}

impl StrictFamily {
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    fn kind(&self) -> MetricType {
        self.metric_type.unwrap_or(MetricType::Unknown)
    }

    /// What may be added to the name in samples.
    pub fn suffixes(&self) -> &'static [&'static str] {
        match self.kind() {
            MetricType::Counter => &["_total", "_created"],
            MetricType::Summary => &["", "_sum", "_count", "_created"],
            MetricType::Histogram => &["_bucket", "_sum", "_count", "_created"],
            MetricType::GaugeHistogram => &["_bucket", "_gsum", "_gcount"],
            MetricType::Info => &["_info"],
            _ => &[""],
        }
    }

    /// Whether a sample of this name belongs to the family.
    pub fn has_sample(&self, name: &str) -> bool {
        let suffix = name.strip_prefix(&*self.name);
        !self.name.is_empty() && suffix.is_some_and(|suffix| self.suffixes().contains(&suffix))
    }

    /// Takes a metadata line.
    pub fn describe(&mut self, entry: &Entry<'_, '_>) -> Result<(), String> {
        if self.has_samples {
            return Err(format!("metadata of {} after its samples", self.name));
        }
        let (what, is_second) = match entry {
            Entry::Help { .. } => ("HELP", std::mem::replace(&mut self.has_help, true)),
            Entry::Type { metric_type, .. } => ("TYPE", self.metric_type.replace(*metric_type).is_some()),
            Entry::Unit { unit, .. } => ("UNIT", self.unit.replace(unit.to_string()).is_some()),
            _ => return Ok(()),
        };
        if is_second { Err(format!("second {what} line for {}", self.name)) } else { Ok(()) }
    }

    /// Takes a sample of the family; `at` is its timestamp in seconds.
    pub fn take(&mut self, sample: &Sample<'_, '_>, at: Option<f64>) -> Result<(), String> {
        self.has_samples = true;
        let name = sample.name();
        let suffix = name.strip_prefix(&*self.name).unwrap_or("");
        let labels = sample.labels();
        self.check_labels(suffix, &labels)?;
        self.check_value(&name, suffix, sample.value())?;
        let group = self.group_of(suffix, &labels);
        self.check_order(&group, at)?;
        if sample.exemplar().is_some() {
            let takes = match self.kind() {
                MetricType::Histogram | MetricType::GaugeHistogram => suffix == "_bucket",
                MetricType::Counter => suffix == "_total",
                _ => false,
            };
            if !takes {
                return Err(format!("{name} cannot have an exemplar, only counters and buckets can"));
            }
        }
        if matches!(self.kind(), MetricType::Histogram | MetricType::GaugeHistogram) {
            let bound = labels.get("le").and_then(|le| parse_float(le.as_bytes()).ok());
            let line = HistogramLine { suffix, bound, value: sample.value() };
            self.histogram.take(&self.name, &group, at, &line)?;
        }
        self.seen_groups.insert(group.clone());
        self.group = Some(group);
        self.at = at;
        Ok(())
    }

    /// Labels that the type demands.
    fn check_labels(&self, suffix: &str, labels: &Labels) -> Result<(), String> {
        let number = |label: &str| labels.get(label).and_then(|text| parse_float(text.as_bytes()).ok());
        match (self.kind(), suffix) {
            (MetricType::StateSet, _) if labels.get(&self.name).is_none() => {
                Err(format!("a state set's sample lacks the label {}", self.name))
            }
            (MetricType::Histogram | MetricType::GaugeHistogram, "_bucket")
                if number("le").is_none_or(f64::is_nan) =>
            {
                Err("a bucket lacks the label le with a number".to_owned())
            }
            (MetricType::Summary, "")
                if !number("quantile").is_some_and(|quantile| (0.0..=1.0).contains(&quantile)) =>
            {
                Err("a quantile lacks the label quantile with a number from 0 to 1".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Values that the type allows.
    fn check_value(&self, name: &str, suffix: &str, value: f64) -> Result<(), String> {
        let counts = !suffix.is_empty() && !matches!(suffix, "_created" | "_info");
        if counts && value.is_nan() {
            return Err(format!("{name} counts something and cannot be NaN"));
        }
        if counts && suffix != "_gsum" && value < 0.0 {
            return Err(format!("{name} counts something and cannot be negative"));
        }
        let is_whole = libm::trunc(value) == value;
        match self.kind() {
            MetricType::StateSet if value != 0.0 && value != 1.0 => {
                Err(format!("{name} is a state and must be 0 or 1"))
            }
            MetricType::Info if value != 1.0 => Err(format!("{name} is an info and must be 1")),
            MetricType::Summary if suffix.is_empty() && value < 0.0 => {
                Err(format!("{name} is a quantile and cannot be negative"))
            }
            MetricType::Histogram | MetricType::GaugeHistogram | MetricType::Summary
                if matches!(suffix, "_bucket" | "_count" | "_gcount") && !is_whole =>
            {
                Err(format!("{name} counts something and must be a whole number"))
            }
            _ => Ok(()),
        }
    }

    /// The labels that the lines of one metric share. Infos are all of one group, since nothing tells them apart.
    fn group_of(&self, suffix: &str, labels: &Labels) -> Labels {
        let own = match (self.kind(), suffix) {
            (MetricType::Info, _) => return Labels::default(),
            (MetricType::Summary, "") => "quantile",
            (MetricType::StateSet, _) => &self.name,
            (MetricType::Histogram | MetricType::GaugeHistogram, "_bucket") => "le",
            _ => METRIC_NAME,
        };
        let kept = labels.iter().filter(|label| &*label.name != own && &*label.name != METRIC_NAME);
        Labels::from_pairs(kept.map(|label| (label.name.to_string(), label.value.to_string())))
    }

    /// The lines of a group stand together, with timestamps that do not fall.
    fn check_order(&self, group: &Labels, at: Option<f64>) -> Result<(), String> {
        if self.group.as_ref() != Some(group) {
            return match self.seen_groups.contains(group) {
                true => Err(format!("the lines of {}{group} do not stand together", self.name)),
                false => Ok(()),
            };
        }
        match (self.at, at) {
            (Some(_), None) | (None, Some(_)) => {
                Err(format!("some lines of {} have timestamps and some have none", self.name))
            }
            (Some(before), Some(now)) if now < before && self.kind() != MetricType::Info => {
                Err(format!("timestamps of {} go backwards", self.name))
            }
            _ => Ok(()),
        }
    }

    /// What can be said once the family is complete.
    pub fn check(&self) -> Result<(), String> {
        let unit = self.unit.as_deref().unwrap_or("");
        if !unit.is_empty() && matches!(self.kind(), MetricType::Info | MetricType::StateSet) {
            return Err(format!("{} is of a type that has no unit", self.name));
        }
        self.histogram.check(&self.name)
    }
}
