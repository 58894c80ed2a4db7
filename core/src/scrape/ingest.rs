//! From a page to the store: all of its samples or, where the page cannot be read or exceeds a limit, none; and
//! markers on the series that went.

use super::cache::SeriesCache;
use super::compatibility::Compatibility;
use super::config::ScrapeConfig;
use super::content_type;
use super::counters::Counters;
use super::relabel::Work;
use super::staging::{Ingested, Refused, Staged, Staging};
use crate::base::number::stale_nan;
use crate::base::time::Timestamp;
use crate::exposition::NativeHistogram;
use crate::model::labels::Labels;
use crate::tsdb::{AppendError, Head};

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
    /// What relabeling may still do.
    pub work: Work,
    /// Why no more series may come into the store; `None` where there is room.
    pub no_room: Option<&'a str>,
}

impl Ingestion<'_> {
    /// Takes a page in, with the native histograms that came with it, where the job scrapes those. An empty page is a
    /// good one.
    ///
    /// # Errors
    /// Why the page was not taken; then the series of the scrape before are marked stale, but for those that the page
    /// showed before the error (Prometheus forgets them there).
    pub fn page(
        &mut self,
        page: String,
        content_type: Option<&str>,
        native: &[NativeHistogram],
    ) -> (Ingested, Result<(), String>) {
        if page.is_empty() {
            self.nothing();
            self.cache.keep(page);
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
        let native = if self.config.histograms.scrapes_native() { native } else { &[] };
        let outcome = if !native.is_empty() || self.config.histograms.converts_classic() {
            let staged = self.stage_with_histograms(&page, format, native, &mut staging);
            self.cache.keep(page);
            staged
        } else {
            match self.cache.follow(page, format) {
                Ok(samples) => self.stage_followed(&samples, &mut staging),
                Err(page) => self.stage_page(page, format, &mut staging),
            }
        };
        let outcome = outcome.and_then(|()| self.check_staged(&staging));
        match &outcome {
            Ok(()) => {
                self.commit(&staging.samples, &mut staging.ingested.refused);
                self.mark_stale();
            }
            Err(_) => {
                let tracked = staging.samples.iter().filter(|sample| sample.tracked);
                tracked.for_each(|sample| self.cache.track(sample.entry));
                self.mark_stale();
            }
        }
        self.cache.end(outcome.is_ok());
        let refused = staging.ingested.refused;
        self.counters.duplicate_samples += refused.duplicate;
        self.counters.out_of_order_samples += refused.out_of_order;
        self.counters.out_of_bounds_samples += refused.out_of_bounds;
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

    fn commit(&mut self, staged: &[Staged], refused: &mut Refused) {
        for sample in staged {
            let Some(series) = self.cache.series(sample.entry, |labels| self.head.series_id(labels)) else {
                continue;
            };
            let stored = match &sample.histogram {
                None => self.head.append(series, sample.at, sample.value),
                Some(histogram) => self.head.append_whole_histogram(series, sample.at, histogram.clone()),
            };
            match stored {
                Ok(()) => {
                    self.counters.samples_appended += 1;
                    if sample.tracked {
                        self.cache.track(sample.entry);
                    }
                }
                Err(AppendError::OutOfOrder) => refused.out_of_order += 1,
                Err(AppendError::DuplicateTimestamp) => refused.duplicate += 1,
                Err(AppendError::OutOfBounds | AppendError::TooOld) => refused.out_of_bounds += 1,
                // What is made of a classic histogram fits together, or is not made; what a target hands over does.
                Err(AppendError::InvalidHistogram(_)) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cache::Fate;
    use super::super::page_memo::Value;
    use super::*;
    use crate::exposition::Format;
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
                work: Work::default(),
                no_room: None,
            };
            ingestion.page(page.clone(), Some("text/plain"), &[])
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
    fn a_hostile_page_leaves_the_store_as_it_was() {
        let good = "a 1\nb 2\n".to_owned();
        let million: String = (0..1_000_000).map(|series| format!("c{series} 1\n")).collect();
        let long = "x".repeat(10 << 20);
        let hostile = [
            ("c 1\n".repeat((50 << 20) / 4), "body size limit exceeded"),
            (million, "sample limit exceeded"),
            (format!("c{{l=\"{long}\"}} 1\n"), "line"),
            (format!("c{{{long}=\"v\"}} 1\n"), "line"),
            ("c 1\n\0\n".to_owned(), "expected a valid start token"),
            ("c 1\nd{l=\"\u{fffd}\",l=\"2\"} 1\n".to_owned(), "not unique"),
        ];
        for (page, reason) in hostile {
            let (head, counters, brought) = take(&[good.clone(), page, good.clone()], false);
            let error = brought[1].1.as_ref().unwrap_err();
            assert!(error.contains(reason) && error.len() < 400, "{reason}: {}", error.len());
            assert_eq!((brought[0].1.clone(), brought[2].1.clone()), (Ok(()), Ok(())));
            // Two good pages of two series, and a marker on each in between.
            let counted = head.size();
            assert_eq!((counted.series, counted.samples, counters.samples_appended), (2, 6, 4), "{reason}");
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
