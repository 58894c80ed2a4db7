//! From a page to the store: all of its samples or, where the page cannot be read or exceeds a limit, none; and
//! markers on the series that went.

use super::cache::{Fate, Known, SeriesCache};
use super::compatibility::Compatibility;
use super::config::ScrapeConfig;
use super::content_type;
use super::counters::Counters;
use super::page_memo::Value;
use super::sample_labels;
use crate::base::number::stale_nan;
use crate::base::time::{Millis, Timestamp};
use crate::exposition::{Entry, Format, Limits, ParseOptions, Parser, Sample};
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

/// A page on its way into the store.
#[derive(Default)]
struct Staging {
    samples: Vec<Staged>,
    ingested: Ingested,
    exceeds_limit: bool,
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
    pub fn page(&mut self, page: String, content_type: Option<&str>) -> (Ingested, Result<(), String>) {
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
        self.cache.begin();
        let mut staging = Staging::default();
        let outcome = match self.cache.follow(page, format) {
            Ok(samples) => self.stage_followed(&samples, &mut staging),
            Err(page) => self.stage_page(page, format, &mut staging),
        };
        match &outcome {
            Ok(()) => {
                self.commit(&staging.samples);
                self.mark_stale();
            }
            Err(_) => {
                let tracked = staging.samples.iter().filter(|sample| sample.tracked);
                tracked.for_each(|sample| self.cache.track(sample.entry));
                self.mark_stale();
            }
        }
        self.cache.end(outcome.is_ok());
        (staging.ingested, outcome)
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

    /// Stages the samples of a page that is like the last one.
    fn stage_followed(&mut self, samples: &[Value], staging: &mut Staging) -> Result<(), String> {
        staging.ingested.total = samples.len() as u64;
        for sample in samples {
            let again = self.cache.show(sample.entry as usize);
            self.stage(*sample, again, false, staging);
        }
        self.check_staged(staging)
    }

    /// Stages the samples of a page by parsing it, and remembers it.
    fn stage_page(&mut self, page: String, format: Format, staging: &mut Staging) -> Result<(), String> {
        let options = ParseOptions {
            limits: Limits::default(),
            normalize_bounds: self.compatibility == Compatibility::V3,
            ..ParseOptions::default()
        };
        let mut parser = Parser::with_options(page.as_bytes(), format, options);
        let mut samples = Vec::new();
        while let Some(entry) = parser.next_entry().map_err(|error| error.to_string())? {
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
        self.check_staged(staging)?;
        self.cache.remember(page, format, &samples);
        Ok(())
    }

    /// Stages a sample, unless a rule, its time or a limit is against it.
    fn stage(&mut self, sample: Value, again: bool, new: bool, staging: &mut Staging) {
        let entry = sample.entry as usize;
        if matches!(self.cache.fate(entry), Fate::Dropped) {
            return;
        }
        staging.ingested.kept += 1;
        let own = sample.at.filter(|_| self.config.honor_timestamps).map(Timestamp);
        if again && own.is_none() {
            self.counters.duplicate_samples += 1;
            return;
        }
        let limit = self.config.limits.samples;
        if limit > 0 && staging.samples.len() as u64 >= limit {
            staging.exceeds_limit = true;
            return;
        }
        let at = own.unwrap_or(self.at);
        if at > self.at.saturating_add(MOST_AHEAD) {
            self.counters.out_of_bounds_samples += 1;
            return;
        }
        let tracked = own.is_none() || self.config.track_timestamps_staleness;
        staging.samples.push(Staged { entry, at, value: sample.value, tracked });
        staging.ingested.series_added += u64::from(new);
    }

    fn check_staged(&mut self, staging: &Staging) -> Result<(), String> {
        if staging.exceeds_limit {
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
                Err(AppendError::OutOfBounds | AppendError::TooOld) => {
                    self.counters.out_of_bounds_samples += 1
                }
                // Pages bring floats only.
                Err(AppendError::InvalidHistogram(_)) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scrape::config::Config;

    type Brought = Vec<(Ingested, Result<(), String>)>;

    /// Takes pages in, ten seconds apart; gives the store, the counts and what each page brought.
    fn take(pages: &[String], forgets: bool) -> (Head, Counters, Brought) {
        let text = "scrape_configs: [{ job_name: j, metric_relabel_configs: [{ source_labels: [__name__], regex: d, action: drop }] }]";
        let config = Config::parse(text).unwrap();
        let (mut head, mut cache, mut counters) = (Head::new(), SeriesCache::default(), Counters::default());
        let brought = pages.iter().enumerate().map(|(number, page)| {
            if forgets {
                let bytes = postcard::to_allocvec(&cache).unwrap();
                cache = postcard::from_bytes(&bytes).unwrap();
            }
            let mut ingestion = Ingestion {
                head: &mut head,
                cache: &mut cache,
                config: &config.scrape_configs[0],
                target: &Labels::from_pairs([("job", "j")]),
                compatibility: Compatibility::V3,
                at: Timestamp(10_000 * number as i64),
                counters: &mut counters,
            };
            ingestion.page(page.clone(), Some("text/plain"))
        });
        let brought = brought.collect();
        (head, counters, brought)
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            8 => ("[abd]", "(\\{x=\"[12]\"\\})?", "[0-9]{1,3}|NaN|1e3|-0.5|x", "( [0-9]{1,5})?")
                .prop_map(|(name, labels, value, at)| format!("{name}{labels} {value}{at}\n")),
            1 => Just("# TYPE a counter\n".to_owned()),
            1 => Just("# HELP a text\n".to_owned()),
            1 => Just(" a 1\n".to_owned()),
            1 => Just("\n".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn a_page_is_taken_in_the_same_whether_the_last_one_is_remembered_or_not(
            first in proptest::collection::vec(line(), 0..8),
            edits in proptest::collection::vec((0_usize..8, proptest::option::of(line())), 1..12),
        ) {
            let mut lines = first;
            let mut pages = vec![lines.concat()];
            for (at, line) in edits {
                match line {
                    Some(line) if at < lines.len() => lines[at] = line,
                    Some(line) => lines.push(line),
                    None => {}
                }
                pages.push(lines.concat());
            }
            let (head, counters, brought) = take(&pages, false);
            let (plain_head, plain_counters, plain_brought) = take(&pages, true);
            prop_assert_eq!(brought, plain_brought);
            prop_assert_eq!(counters, plain_counters);
            prop_assert_eq!(postcard::to_allocvec(&head).unwrap(), postcard::to_allocvec(&plain_head).unwrap());
        }
    }

    #[test]
    fn a_page_like_the_last_one_is_followed_without_parsing() {
        let mut cache = SeriesCache::default();
        let entry = cache.add(b"a", Fate::Dropped) as u32;
        let sample = |value, at| Value { entry, value, at };
        cache.remember("# HELP a x\na 1\n".to_owned(), Format::Text, &[sample(1.0, None)]);
        let mut follow = |page: &str, format| cache.follow(page.to_owned(), format).ok();
        assert_eq!(follow("# HELP a x\na 1\n", Format::Text), Some(vec![sample(1.0, None)]));
        assert_eq!(follow("# HELP a x\na 25 7\n", Format::Text), Some(vec![sample(25.0, Some(7))]));
        assert_eq!(follow("# HELP a x\na 2\n", Format::OpenMetrics), None);
        for other in [
            "# HELP a y\na 2\n",
            "# HELP a x\nab 2\n",
            "# HELP a x\na 2\nb 1\n",
            "# HELP a x\na 2",
            "# HELP a x\n",
        ] {
            assert_eq!(follow(other, Format::Text), None, "{other}");
        }
    }
}
