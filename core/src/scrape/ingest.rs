//! From a page to the store: all of its samples or, where the page cannot be read or exceeds a limit, none; and
//! markers on the series that went.

use super::cache::{Fate, Known, SeriesCache};
use super::compatibility::Compatibility;
use super::config::ScrapeConfig;
use super::content_type;
use super::counters::Counters;
use super::sample_labels;
use crate::base::number::stale_nan;
use crate::base::time::{Millis, Timestamp};
use crate::exposition::{Entry, Limits, ParseOptions, Parser, Sample};
use crate::model::labels::Labels;
use crate::tsdb::{AppendError, Head};

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
}

/// A scrape being taken in.
pub struct Ingestion<'a> {
    /// The store.
    pub head: &'a mut Head,
    /// What the target exposed before.
    pub cache: &'a mut SeriesCache,
    /// The job.
    pub config: &'a ScrapeConfig,
    /// The target's labels.
    pub target: &'a Labels,
    /// The version that is followed.
    pub compatibility: Compatibility,
    /// When the scrape began: the time of its samples.
    pub at: Timestamp,
    /// What is counted.
    pub counters: &'a mut Counters,
}

/// A sample that waits for the page to turn out good.
struct Staged {
    entry: usize,
    at: Timestamp,
    value: f64,
    /// Whether its absence will mean staleness.
    tracked: bool,
}

impl Ingestion<'_> {
    /// Takes a page in. An empty page is a good one.
    ///
    /// # Errors
    /// Why the page was not taken; then the series of the scrape before are marked stale, but for those that the page
    /// showed before the error (Prometheus forgets them there).
    pub fn page(&mut self, page: &str, content_type: Option<&str>) -> (Ingested, Result<(), String>) {
        if page.is_empty() {
            self.nothing();
            return (Ingested::default(), Ok(()));
        }
        let fallback = self.config.fallback_scrape_protocol;
        let format = match content_type::format(content_type, fallback, self.compatibility) {
            Ok(format) => format,
            Err(error) => {
                self.nothing();
                return (Ingested::default(), Err(error));
            }
        };
        let options = ParseOptions {
            limits: Limits::default(),
            normalize_bounds: self.compatibility == Compatibility::V3,
            ..ParseOptions::default()
        };
        self.cache.begin();
        let mut ingested = Ingested::default();
        let mut staged = Vec::new();
        let parser = Parser::with_options(page.as_bytes(), format, options);
        let outcome = self.stage(parser, &mut ingested, &mut staged);
        match outcome {
            Ok(()) => {
                self.commit(&staged);
                self.mark_stale();
                self.cache.end(true);
            }
            Err(_) => {
                staged
                    .iter()
                    .filter(|sample| sample.tracked)
                    .for_each(|sample| self.cache.track(sample.entry));
                self.mark_stale();
                self.cache.end(false);
            }
        }
        (ingested, outcome)
    }

    /// Takes in that there is no page: every series of the scrape before is marked stale.
    pub fn nothing(&mut self) {
        self.cache.begin();
        self.mark_stale();
        self.cache.end(false);
    }

    fn mark_stale(&mut self) {
        for series in self.cache.stale() {
            // Refused where the series has gone on since: a target that came back.
            let _ = self.head.append(series, self.at, stale_nan());
        }
    }

    fn stage(
        &mut self,
        mut parser: Parser<'_>,
        ingested: &mut Ingested,
        staged: &mut Vec<Staged>,
    ) -> Result<(), String> {
        let mut exceeds_samples = false;
        while let Some(entry) = parser.next_entry().map_err(|error| error.to_string())? {
            let Entry::Sample(sample) = entry else {
                self.cache.families.take(&entry, self.head);
                continue;
            };
            ingested.total += 1;
            let own = sample.at().filter(|_| self.config.honor_timestamps);
            let (entry, again, new) = match self.cache.look_up(sample.series()) {
                Known::Yes(at, again) => (at, again, false),
                Known::No => (self.add(&sample)?, false, true),
            };
            if matches!(self.cache.fate(entry), Fate::Dropped) {
                continue;
            }
            ingested.kept += 1;
            if again && own.is_none() {
                self.counters.duplicate_samples += 1;
                continue;
            }
            if self.config.limits.samples > 0 && staged.len() as u64 >= self.config.limits.samples {
                exceeds_samples = true;
                continue;
            }
            let at = own.unwrap_or(self.at);
            if at > self.at.saturating_add(MOST_AHEAD) {
                self.counters.out_of_bounds_samples += 1;
                continue;
            }
            let tracked = own.is_none() || self.config.track_timestamps_staleness;
            staged.push(Staged { entry, at, value: sample.value(), tracked });
            ingested.series_added += u64::from(new);
        }
        if exceeds_samples {
            self.counters.exceeded_sample_limit += 1;
            return Err("sample limit exceeded".to_owned());
        }
        Ok(())
    }

    /// Gives a line that was never seen its final labels; gives its place in the cache.
    fn add(&mut self, sample: &Sample<'_, '_>) -> Result<usize, String> {
        if let Some(name) = sample.duplicate_label() {
            let name = crate::base::number::quote(&name);
            return Err(format!("label name {name} is not unique: invalid sample"));
        }
        let labels = sample_labels::finish(&sample.labels(), self.target, self.config);
        if let Some(labels) = &labels {
            sample_labels::check(labels, self.config).map_err(|(error, is_limit)| {
                self.counters.exceeded_label_limits += u64::from(is_limit);
                error
            })?;
        }
        Ok(self.cache.add(sample.series(), labels.map_or(Fate::Dropped, Fate::New)))
    }

    fn commit(&mut self, staged: &[Staged]) {
        for sample in staged {
            let Some(series) = self.cache.series(sample.entry, |labels| self.head.series_id(labels)) else {
                continue;
            };
            match self.head.append(series, sample.at, sample.value) {
                Ok(()) => {
                    self.counters.samples_appended += 1;
                    if sample.tracked {
                        self.cache.track(sample.entry);
                    }
                }
                Err(AppendError::OutOfOrder) => self.counters.out_of_order_samples += 1,
                Err(AppendError::DuplicateTimestamp) => self.counters.duplicate_samples += 1,
                Err(AppendError::OutOfBounds) => self.counters.out_of_bounds_samples += 1,
            }
        }
    }
}
