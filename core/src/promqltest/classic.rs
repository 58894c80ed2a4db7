//! `load_with_nhcb`: the classic histograms of a load, each made a series of native histograms with custom bounds.

use std::collections::BTreeMap;

use super::script::Fault;
use crate::base::lookup::Lookup;
use crate::base::time::Timestamp;
use crate::model::histogram::{ClassicError, ClassicHistogram, FloatHistogram};
use crate::model::labels::{Labels, METRIC_NAME};
use crate::promql::syntax::series::SeriesValue;

/// The labels and samples of a series of native histograms.
pub type NativeSeries = (Labels, Vec<(Timestamp, FloatHistogram)>);

/// The classic histograms found so far.
#[derive(Debug, Default)]
pub struct Assembly {
    by_labels: Lookup<Labels, usize>,
    /// In the order in which they were found: the labels, and the histograms by time.
    found: Vec<(Labels, BTreeMap<Timestamp, ClassicHistogram>)>,
}

/// Which part of a classic histogram a series is.
#[derive(Clone, Copy)]
enum Part {
    Bucket(f64),
    Count,
    Sum,
}

impl Assembly {
    /// Takes in a series, where it is part of a classic histogram.
    ///
    /// # Errors
    /// When its counts contradict those that came before.
    pub fn take(
        &mut self,
        labels: &Labels,
        values: impl Iterator<Item = (Timestamp, SeriesValue)>,
    ) -> Result<(), ClassicError> {
        let Some((part, base)) = part_of(labels) else { return Ok(()) };
        let next = self.found.len();
        let place = *self.by_labels.get_or_insert_with(base.clone(), || next);
        if place == next {
            self.found.push((base, BTreeMap::new()));
        }
        for (at, value) in values {
            let SeriesValue::Float(value) = value else { continue };
            let histogram = self.found[place].1.entry(at).or_default();
            match part {
                Part::Bucket(bound) => histogram.set_bucket(bound, value)?,
                Part::Count => histogram.set_count(value)?,
                Part::Sum => histogram.set_sum(value),
            }
        }
        Ok(())
    }

    /// The native histograms, series by series.
    ///
    /// # Errors
    /// When the parts of one do not fit together; the fault says which series and when.
    pub fn finish(self, line: u32) -> Result<Vec<NativeSeries>, Fault> {
        let convert = |(labels, histograms): (Labels, BTreeMap<Timestamp, ClassicHistogram>)| {
            let samples = histograms.into_iter().map(|(at, classic)| {
                let told =
                    |error: ClassicError| Fault { line, reason: format!("{labels} at {}: {error}", at.0) };
                Ok((at, classic.convert().map_err(told)?))
            });
            let samples = samples.collect::<Result<Vec<_>, Fault>>()?;
            Ok((labels, samples))
        };
        self.found.into_iter().map(convert).collect()
    }
}

/// What of which histogram a series is. Buckets whose bound cannot be read belong to none.
fn part_of(labels: &Labels) -> Option<(Part, Labels)> {
    let name = labels.metric_name()?;
    let (part, base) = if let Some(base) = name.strip_suffix("_bucket") {
        let bound = labels.get("le")?.parse::<f64>().ok().filter(|bound| !bound.is_nan())?;
        (Part::Bucket(bound), base)
    } else if let Some(base) = name.strip_suffix("_count") {
        (Part::Count, base)
    } else {
        (Part::Sum, name.strip_suffix("_sum")?)
    };
    let mut builder = labels.to_builder();
    builder.set(METRIC_NAME, base).remove("le");
    Some((part, builder.build()))
}
