//! Classic histograms of a page made native ones with custom buckets (`convert_classic_histograms_to_nhcb`).
//!
//! Source: Prometheus `model/textparse/nhcbparse.go`.

use std::sync::Arc;

use super::cache::{Fate, Known};
use super::ingest::Ingestion;
use super::page_memo::Value;
use super::staging::{Staged, Staging};
use crate::base::time::Timestamp;
use crate::exposition::{Entry, Format, Sample, parse_float};
use crate::model::histogram::{ClassicError, ClassicHistogram};
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::metric::MetricType;

/// A classic histogram whose lines are being read.
struct Gathered {
    /// The labels of the native histogram: the family's name, and those of the lines but for `le`.
    labels: Labels,
    at: Option<Timestamp>,
    /// What its lines say; an error where they contradict each other, which makes no histogram of them.
    histogram: Result<ClassicHistogram, ClassicError>,
}

/// A line of a classic histogram.
enum Part {
    Bucket(f64),
    Sum,
    Count,
}

impl Ingestion<'_> {
    /// Stages the samples of a page, the classic histograms among them as native ones. Lines of one histogram stand
    /// together; another line ends it.
    pub(super) fn stage_converted(
        &mut self,
        page: &str,
        format: Format,
        staging: &mut Staging,
    ) -> Result<(), String> {
        let keeps_classic = self.config.keeps_classic_histograms();
        let mut parser = self.parser(page.as_bytes(), format);
        let mut family = String::new();
        let mut gathered: Option<Gathered> = None;
        while let Some(entry) = parser.next_entry().map_err(|error| error.to_string())? {
            let Entry::Sample(sample) = entry else {
                if let Entry::Type { name, metric_type } = &entry {
                    family.clear();
                    if *metric_type == MetricType::Histogram {
                        family.push_str(name);
                    }
                }
                self.cache.families.take(&entry, self.head);
                continue;
            };
            let part = part_of(&sample, &family);
            let is_part = part.is_some();
            let same = part.as_ref().is_some_and(|(_, labels)| {
                gathered.as_ref().is_some_and(|known| known.labels == *labels && known.at == sample.at())
            });
            if !same && let Some(whole) = gathered.take() {
                self.stage_whole(whole, staging)?;
            }
            if let Some((part, labels)) = part {
                let empty =
                    || Gathered { labels, at: sample.at(), histogram: Ok(ClassicHistogram::default()) };
                gathered.get_or_insert_with(empty).take(&part, sample.value());
            }
            if !is_part || keeps_classic {
                self.stage_line(&sample, staging)?;
            }
        }
        gathered.map_or(Ok(()), |whole| self.stage_whole(whole, staging))
    }

    fn stage_line(&mut self, sample: &Sample<'_, '_>, staging: &mut Staging) -> Result<(), String> {
        staging.ingested.total += 1;
        let (entry, again, new) = match self.cache.look_up(sample.series()) {
            Known::Yes(at, again) => (at, again, false),
            Known::No => (self.add(sample)?, false, true),
        };
        let value = Value { entry: entry as u32, value: sample.value(), at: sample.at().map(|at| at.0) };
        self.stage(value, again, new, staging);
        Ok(())
    }

    /// Stages the native histogram. Lines that do not fit together make none.
    fn stage_whole(&mut self, gathered: Gathered, staging: &mut Staging) -> Result<(), String> {
        let Ok(histogram) = gathered.histogram.and_then(|classic| classic.convert()) else { return Ok(()) };
        staging.ingested.total += 1;
        // No line of a page begins with a zero byte.
        let key = format!("\0{}", gathered.labels);
        let (entry, again, new) = match self.cache.look_up(key.as_bytes()) {
            Known::Yes(at, again) => (at, again, false),
            Known::No => (self.add_labels(key.as_bytes(), &gathered.labels)?, false, true),
        };
        let limit = self.config.histogram_bucket_limit();
        if limit > 0 && histogram.positive.iter().count() as u64 > limit {
            // It counts as left by relabeling all the same.
            staging.ingested.kept += u64::from(!matches!(self.cache.fate(entry), Fate::Dropped));
            staging.exceeds_bucket_limit = true;
            return Ok(());
        }
        let before = staging.samples.len();
        let value = Value { entry: entry as u32, value: 0.0, at: gathered.at.map(|at| at.0) };
        self.stage(value, again, new, staging);
        if let Some(Staged { histogram: staged, .. }) = staging.samples.get_mut(before) {
            *staged = Some(Arc::new(histogram));
        }
        Ok(())
    }
}

impl Gathered {
    fn take(&mut self, part: &Part, value: f64) {
        let Ok(histogram) = &mut self.histogram else { return };
        let taken = match part {
            Part::Bucket(bound) => histogram.set_bucket(*bound, value),
            Part::Count => histogram.set_count(value),
            Part::Sum => {
                histogram.set_sum(value);
                Ok(())
            }
        };
        if let Err(error) = taken {
            self.histogram = Err(error);
        }
    }
}

/// Which part of the histogram `family` a sample is, with the labels of the whole.
fn part_of(sample: &Sample<'_, '_>, family: &str) -> Option<(Part, Labels)> {
    // What Prometheus refuses is refused as a line of its own.
    if family.is_empty() || sample.duplicate_label().is_some() {
        return None;
    }
    let name = sample.name();
    let suffix = name.strip_prefix(family)?;
    let labels = match suffix {
        "_bucket" | "_sum" | "_count" => sample.labels(),
        _ => return None,
    };
    let part = match suffix {
        "_bucket" => Part::Bucket(parse_float(labels.get("le")?.as_bytes()).ok()?),
        "_sum" => Part::Sum,
        _ => Part::Count,
    };
    let mut builder = labels.to_builder();
    builder.set(METRIC_NAME, family).remove("le");
    Some((part, builder.build()))
}
