//! One target being scraped: its rhythm, the fetch under way, its health and what it exposed last.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cache::SeriesCache;
use super::need::FetchId;
use super::report::{Health, ScrapeRecord, TargetId, TargetReport};
use super::report_series::ReportSeries;
use super::target::Target;
use super::url::TargetUrl;
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::tsdb::Head;

/// How many scrapes are remembered.
const HISTORY: usize = 20;

/// How late a scrape may be and still carry the time at which it was due; at most a hundredth of the interval.
const TOLERANCE: Millis = Millis(2);

/// A fetch that has not ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InFlight {
    /// Its number.
    pub fetch: FetchId,
    /// The time that its samples will carry.
    pub at: Timestamp,
    /// When it was sent.
    pub sent: Timestamp,
    /// When it will be given up.
    pub deadline: Timestamp,
    /// The URL asked last: a redirect's, after one.
    pub url: Arc<str>,
    /// How many redirects were followed.
    pub redirects: u8,
}

/// A target being scraped.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScrapeLoop {
    /// Its number.
    pub id: TargetId,
    /// What is scraped.
    pub target: Arc<Target>,
    /// When the next scrape is due.
    pub next_tick: Timestamp,
    /// When the last scrape began.
    pub begun_at: Option<Timestamp>,
    /// The fetch under way.
    pub in_flight: Option<InFlight>,
    /// What it exposed before.
    pub cache: SeriesCache,
    /// `up` and the like.
    pub report_series: ReportSeries,
    health: Health,
    history: VecDeque<ScrapeRecord>,
}

impl ScrapeLoop {
    /// A target that is scraped from its next tick on.
    pub fn new(id: TargetId, target: Target, seed: Seed, now: Timestamp) -> Self {
        Self {
            id,
            next_tick: target.first_tick(seed, now),
            target: Arc::new(target),
            begun_at: None,
            in_flight: None,
            cache: SeriesCache::default(),
            report_series: ReportSeries::default(),
            health: Health::default(),
            history: VecDeque::new(),
        }
    }

    /// When something must be done: a scrape begun or a fetch given up.
    pub fn next_at(&self) -> Timestamp {
        self.in_flight.as_ref().map_or(self.next_tick, |fetch| fetch.deadline.min(self.next_tick))
    }

    /// Moves on to the next tick after `now`; gives the time that the samples of the scrape begun now carry.
    pub fn take_tick(&mut self, now: Timestamp) -> Timestamp {
        let interval = self.target.interval.0.max(1);
        let missed = (now - self.next_tick).0 / interval;
        let ideal = Timestamp(self.next_tick.0 + missed * interval);
        self.next_tick = Timestamp(ideal.0 + interval);
        let tolerance = TOLERANCE.0.min(interval / 100);
        if now.0 - ideal.0 <= tolerance { ideal } else { now }
    }

    /// Notes how a scrape went.
    pub fn record(&mut self, record: ScrapeRecord) {
        self.health = if record.error.is_empty() { Health::Up } else { Health::Down };
        if self.history.len() == HISTORY {
            self.history.pop_front();
        }
        self.history.push_back(record);
    }

    /// Whether it was ever scraped.
    pub fn was_scraped(&self) -> bool {
        !self.history.is_empty()
    }

    /// Whether all series that it remembers are there.
    pub fn is_sound(&self, head: &Head) -> bool {
        let report = self.report_series.series().iter().copied();
        self.cache.all_series().chain(report).all(|series| head.has(series))
    }

    /// What the Targets page shows.
    pub fn report(&self, job: &Arc<str>) -> TargetReport {
        let last = self.history.back();
        TargetReport {
            id: self.id,
            job: job.clone(),
            url: self.target.url.clone(),
            labels: self.target.labels.clone(),
            discovered: self.target.discovered.clone(),
            health: self.health,
            last_error: last.map_or_else(String::new, |last| last.error.clone()),
            last_scrape: last.map(|last| last.at),
            last_duration_seconds: last.map_or(0.0, |last| last.duration_seconds),
            next_scrape: self.next_tick,
            interval: self.target.interval,
            timeout: self.target.timeout,
            history: self.history.iter().cloned().collect(),
        }
    }

    /// Takes over what was known of the target under another configuration.
    pub fn inherit(&mut self, before: &Self) {
        self.health = before.health;
        self.history.clone_from(&before.history);
    }

    /// Notes a redirect: the same scrape asks elsewhere.
    pub fn follow(&mut self, url: &TargetUrl, fetch: FetchId, now: Timestamp) {
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.fetch = fetch;
            in_flight.url = url.text.as_str().into();
            in_flight.redirects += 1;
            in_flight.sent = now;
        }
    }
}

/// A target that is scraped no more and whose series will be marked stale, unless it comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Leaving {
    /// The target. A fetch under way is still taken in.
    pub scrape_loop: ScrapeLoop,
    /// The time that the markers will carry: when the next scrape would have been.
    pub stale_at: Timestamp,
    /// When they will be written: after two intervals and a tenth.
    pub write_at: Timestamp,
}

impl Leaving {
    /// Stops a target.
    pub fn new(scrape_loop: ScrapeLoop) -> Self {
        let interval = scrape_loop.target.interval;
        let stale_at = scrape_loop.next_tick;
        let write_at = stale_at + interval + Millis(interval.0 / 10);
        Self { scrape_loop, stale_at, write_at }
    }

    /// When something must be done.
    pub fn next_at(&self) -> Timestamp {
        self.scrape_loop.in_flight.as_ref().map_or(self.write_at, |fetch| fetch.deadline.min(self.write_at))
    }
}
