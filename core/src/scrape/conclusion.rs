//! The end of a scrape: the page goes into the store, or markers do, and `up` says which.

use super::compatibility::Compatibility;
use super::config::ScrapeConfig;
use super::counters::Counters;
use super::ingest::Ingestion;
use super::relabel::Work;
use super::report::ScrapeRecord;
use super::report_series::{Extra, Report};
use super::response::Verdict;
use super::scrape_loop::{Leaving, ScrapeLoop};
use super::staging::{Ingested, Refused};
use crate::base::time::Timestamp;
use crate::tsdb::Head;

/// What ending a scrape needs.
pub struct Conclusion<'a> {
    /// The store.
    pub head: &'a mut Head,
    /// The job.
    pub config: &'a ScrapeConfig,
    /// The version that is followed.
    pub compatibility: Compatibility,
    /// What is counted.
    pub counters: &'a mut Counters,
    /// Why no more series may come into the store.
    pub no_room: Option<String>,
}

impl Conclusion<'_> {
    /// Ends the scrape that is under way; gives how it went and what could not be stored.
    pub fn scrape(
        &mut self,
        scrape_loop: &mut ScrapeLoop,
        verdict: Verdict,
        took_seconds: f64,
    ) -> (ScrapeRecord, Refused) {
        let at = scrape_loop.in_flight.take().map_or(scrape_loop.next_tick, |in_flight| in_flight.at);
        let mut ingestion = self.ingestion(scrape_loop, at);
        let (ingested, outcome, body_bytes) = match verdict {
            Verdict::Page(response) => {
                let body_bytes = response.body.len() as i64;
                let (ingested, outcome) =
                    ingestion.page(response.body, response.content_type.as_deref(), &response.histograms);
                (ingested, outcome, body_bytes)
            }
            Verdict::Failed { error, too_long } => {
                ingestion.nothing();
                ingestion.counters.exceeded_body_size_limit += u64::from(too_long);
                (Ingested::default(), Err(error), if too_long { -1 } else { 0 })
            }
            Verdict::Redirect(location) => {
                ingestion.nothing();
                (Ingested::default(), Err(format!("redirect to {location} not followed")), 0)
            }
        };
        let report = Report {
            worked: outcome.is_ok(),
            duration_seconds: took_seconds,
            scraped: ingested.total,
            kept: ingested.kept,
            series_added: ingested.series_added,
            body_bytes,
        };
        let extra = self.config.extra_scrape_metrics.then(|| Extra {
            timeout_seconds: scrape_loop.target.timeout.as_secs_f64(),
            sample_limit: self.config.limits.samples,
        });
        let labels = scrape_loop.target.labels.clone();
        self.counters.samples_appended +=
            scrape_loop.report_series.write(self.head, &labels, at, &report, extra);
        self.counters.scrapes += 1;
        self.counters.failed_scrapes += u64::from(outcome.is_err());
        let error = outcome.err().unwrap_or_default();
        let record = ScrapeRecord { at, duration_seconds: took_seconds, samples: ingested.total, error };
        scrape_loop.record(record.clone());
        (record, ingested.refused)
    }

    /// Marks the series of a target that has been gone for long enough.
    pub fn end(&mut self, gone: &mut Leaving) {
        self.ingestion(&mut gone.scrape_loop, gone.stale_at).nothing();
        gone.scrape_loop.report_series.end(self.head, gone.stale_at);
    }

    fn ingestion<'b>(&'b mut self, scrape_loop: &'b mut ScrapeLoop, at: Timestamp) -> Ingestion<'b> {
        Ingestion {
            head: self.head,
            cache: &mut scrape_loop.cache,
            config: self.config,
            target: &scrape_loop.target.labels,
            compatibility: self.compatibility,
            at,
            counters: self.counters,
            work: Work::default(),
            no_room: self.no_room.as_deref(),
        }
    }
}
