//! From a page to samples that wait for the page to turn out good: what is known is recognised, what is new gets its
//! final labels, and what a rule, a limit or its time is against is left out. Stores nothing.

use std::sync::Arc;

use super::cache::{Fate, Known};
use super::compatibility::Compatibility;
use super::ingest::Ingestion;
use super::page_memo::Value;
use super::sample_labels;
use crate::base::time::{Millis, Timestamp};
use crate::exposition::{Entry, Format, Limits, ParseOptions, Parser, Sample};
use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;

/// How far ahead of the scrape a page's own timestamps may be.
const MOST_AHEAD: Millis = Millis::from_minutes(10);

/// What a page brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Samples on the page, up to an error.
    pub total: u64,
    /// Samples that metric relabeling left.
    pub kept: u64,
    /// Series that were not there before.
    pub series_added: u64,
    /// Samples that could not be stored.
    pub refused: Refused,
}

/// Samples that could not be stored, by the reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// Older than the newest of their series.
    pub out_of_order: u64,
    /// Of the time of another sample of their series.
    pub duplicate: u64,
    /// Too old for the store, or too far in the future.
    pub out_of_bounds: u64,
}

impl Refused {
    /// What Prometheus's log says of them, with their numbers.
    pub fn warnings(self) -> impl Iterator<Item = (&'static str, u64)> {
        let all = [
            ("Error on ingesting out-of-order samples", self.out_of_order),
            ("Error on ingesting samples with different value but same timestamp", self.duplicate),
            (
                "Error on ingesting samples that are too old or are too far into the future",
                self.out_of_bounds,
            ),
        ];
        all.into_iter().filter(|(_, dropped)| *dropped > 0)
    }
}

/// A page on its way into the store.
#[derive(Default)]
pub struct Staging {
    pub samples: Vec<Staged>,
    pub ingested: Ingested,
    /// Samples that count towards the limit: all that would be stored, whatever the store says of them.
    pub counted: u64,
    pub exceeds_limit: bool,
    /// Whether a histogram has too many buckets.
    pub exceeds_bucket_limit: bool,
}

/// A sample that waits for the page to turn out good.
pub struct Staged {
    pub entry: usize,
    pub at: Timestamp,
    pub value: f64,
    /// Stands in for the value, where it is one.
    pub histogram: Option<Arc<FloatHistogram>>,
    /// Whether its absence will mean staleness.
    pub tracked: bool,
}

impl Ingestion<'_> {
    /// Stages the samples of a page that is like the last one.
    pub(super) fn stage_followed(&mut self, samples: &[Value], staging: &mut Staging) -> Result<(), String> {
        staging.ingested.total = samples.len() as u64;
        for sample in samples {
            let again = self.cache.show(sample.entry as usize);
            self.stage(*sample, again, false, staging);
        }
        Ok(())
    }

    /// Stages the samples of a page by parsing it, and remembers it.
    pub(super) fn stage_page(
        &mut self,
        page: String,
        format: Format,
        staging: &mut Staging,
    ) -> Result<(), String> {
        let mut parser = self.parser(page.as_bytes(), format);
        let mut samples = Vec::new();
        loop {
            // The line that stood here the last time needs no search for the ends of its labels.
            if let Some((entry, series)) = self.cache.expected()
                && let Some(known) = parser.next_sample_of(&series).map_err(|error| error.to_string())?
            {
                staging.ingested.total += 1;
                let again = self.cache.show(entry);
                self.cache.expect(entry + 1);
                let value = Value { entry: entry as u32, value: known.value, at: known.at.map(|at| at.0) };
                samples.push(value);
                self.stage(value, again, false, staging);
                continue;
            }
            let Some(entry) = parser.next_entry().map_err(|error| error.to_string())? else { break };
            let Entry::Sample(sample) = entry else {
                self.cache.families.take(&entry, self.head);
                continue;
            };
            staging.ingested.total += 1;
            let (entry, again, new) = match self.cache.look_up(sample.series()) {
                Known::Yes(at, again) => (at, again, false),
                Known::No => (self.add(&sample)?, false, true),
            };
            let value = Value { entry: entry as u32, value: sample.value(), at: sample.at().map(|at| at.0) };
            samples.push(value);
            self.stage(value, again, new, staging);
        }
        if staging.exceeds_limit {
            return Ok(());
        }
        self.cache.remember(page, format, &samples);
        Ok(())
    }

    pub(super) fn parser<'p>(&self, page: &'p [u8], format: Format) -> Parser<'p> {
        let options = ParseOptions {
            limits: Limits::default(),
            normalize_bounds: self.compatibility == Compatibility::V3,
            ..ParseOptions::default()
        };
        Parser::with_options(page, format, options)
    }

    /// Stages a sample, unless a rule, its time or a limit is against it.
    pub(super) fn stage(&mut self, sample: Value, again: bool, new: bool, staging: &mut Staging) {
        let entry = sample.entry as usize;
        if matches!(self.cache.fate(entry), Fate::Dropped) {
            return;
        }
        staging.ingested.kept += 1;
        let own = sample.at.filter(|_| self.config.honor_timestamps).map(Timestamp);
        if again && own.is_none() {
            staging.ingested.refused.duplicate += 1;
            return;
        }
        let limit = self.config.limits.samples;
        staging.counted += 1;
        if limit > 0 && staging.counted > limit {
            staging.exceeds_limit = true;
            return;
        }
        let at = own.unwrap_or(self.at);
        if at > self.at.saturating_add(MOST_AHEAD) {
            staging.ingested.refused.out_of_bounds += 1;
            return;
        }
        let tracked = own.is_none() || self.config.track_timestamps_staleness;
        staging.samples.push(Staged { entry, at, value: sample.value, histogram: None, tracked });
        staging.ingested.series_added += u64::from(new);
    }

    pub(super) fn check_staged(&mut self, staging: &Staging) -> Result<(), String> {
        if staging.exceeds_limit {
            self.counters.exceeded_sample_limit += 1;
            return Err("sample limit exceeded".to_owned());
        }
        if staging.exceeds_bucket_limit {
            self.counters.exceeded_bucket_limit += 1;
            return Err("histogram bucket limit exceeded".to_owned());
        }
        Ok(())
    }

    /// Gives a line that was never seen its final labels; gives its place in the cache.
    pub(super) fn add(&mut self, sample: &Sample<'_, '_>) -> Result<usize, String> {
        if let Some(name) = sample.duplicate_label() {
            let name = crate::base::number::quote(&name);
            return Err(format!("label name {name} is not unique: invalid sample"));
        }
        self.add_labels(sample.series(), &sample.labels())
    }

    /// Gives exposed labels that were never seen their final form; gives their place in the cache.
    pub(super) fn add_labels(&mut self, series: &[u8], exposed: &Labels) -> Result<usize, String> {
        let labels = sample_labels::finish(exposed, self.target, self.config, &mut self.work)
            .map_err(|excess| excess.to_string())?;
        if let Some(labels) = &labels {
            if let Some(excess) = self.no_room {
                return Err(excess.to_owned());
            }
            sample_labels::check(labels, self.config).map_err(|(error, is_limit)| {
                self.counters.exceeded_label_limits += u64::from(is_limit);
                error
            })?;
        }
        Ok(self.cache.add(series, labels.map_or(Fate::Dropped, Fate::New)))
    }
}
