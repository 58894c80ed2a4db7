//! The targets of one job: what its discoveries found is made into targets, those that stay keep their rhythm, those
//! that go are marked stale later.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::compatibility::Compatibility;
use super::config::ScrapeConfig;
use super::counters::Counters;
use super::discovery::Discovery;
use super::need::FetchId;
use super::relabel::Work;
use super::report::{DroppedTarget, Event, PoolReport, TargetId};
use super::room::Room;
use super::scrape_loop::{Leaving, ScrapeLoop};
use super::target::{Identity, Made, Target};
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::tsdb::Head;

/// The targets of one job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pool {
    /// The job's name.
    pub job: Arc<str>,
    /// Where targets come from.
    pub discovery: Discovery,
    /// What is scraped, in order of the labels.
    pub loops: Vec<ScrapeLoop>,
    /// What was scraped until lately.
    pub leaving: Vec<Leaving>,
    dropped: Vec<DroppedTarget>,
    /// How many were dropped, kept or not.
    dropped_count: u64,
    failures: Vec<String>,
    /// How many label sets the discoveries had found at the last sync.
    pub discovered: u64,
    /// How often targets were made of what was found.
    pub syncs: u64,
    /// Why nothing is scraped although there are targets: there are too many.
    pub refusal: Option<String>,
}

/// What making targets needs from the engine.
pub struct Surroundings<'a> {
    /// The version that is followed.
    pub compatibility: Compatibility,
    /// What spreads targets within their intervals.
    pub seed: Seed,
    /// The present.
    pub now: Timestamp,
    /// What is left for more targets.
    pub room: &'a mut Room,
    /// The number of the next target.
    pub next_target: &'a mut u64,
    /// What is counted.
    pub counters: &'a mut Counters,
    /// What happens.
    pub events: &'a mut Vec<Event>,
}

impl Pool {
    /// A job that has found nothing yet.
    pub fn new(config: &ScrapeConfig, now: Timestamp) -> Self {
        Self {
            job: config.job_name.as_str().into(),
            discovery: Discovery::new(config, None, now),
            loops: Vec::new(),
            leaving: Vec::new(),
            dropped: Vec::new(),
            dropped_count: 0,
            discovered: 0,
            syncs: 0,
            failures: Vec::new(),
            refusal: None,
        }
    }

    /// Puts another configuration of the job in force. Where it changes what samples look like, what the targets
    /// exposed before is forgotten; series that do not come back under it are marked stale.
    pub fn restart(&mut self, before: &ScrapeConfig, config: &ScrapeConfig, seed: Seed, now: Timestamp) {
        self.discovery = Discovery::new(config, Some((before, &self.discovery)), now);
        if looks_alike(before, config) {
            return;
        }
        let restarted = |old: &ScrapeLoop| {
            let mut new = ScrapeLoop::new(old.id, (*old.target).clone(), seed, now);
            new.inherit(old);
            new
        };
        let new = self.loops.iter().map(restarted).collect();
        let old = std::mem::replace(&mut self.loops, new);
        self.leave(old);
    }

    fn leave(&mut self, loops: Vec<ScrapeLoop>) {
        let mattered =
            |scrape_loop: &ScrapeLoop| scrape_loop.was_scraped() || scrape_loop.in_flight.is_some();
        self.leaving.extend(loops.into_iter().filter(mattered).map(Leaving::new));
    }

    /// Makes targets of what the discoveries have found.
    pub fn sync(&mut self, config: &ScrapeConfig, surroundings: &mut Surroundings<'_>) {
        let mut before: Vec<Option<ScrapeLoop>> =
            std::mem::take(&mut self.loops).into_iter().map(Some).collect();
        let identity = |scrape_loop: &Option<ScrapeLoop>| scrape_loop.as_ref().map(|it| it.target.identity());
        let places: BTreeMap<Identity, usize> =
            before.iter().enumerate().filter_map(|(at, it)| Some((identity(it)?, at))).collect();
        let mut made = BTreeSet::new();
        self.dropped.clear();
        self.dropped_count = 0;
        self.syncs += 1;
        self.discovered = self.discovery.found().count() as u64;
        self.failures.clear();
        let mut work = Work::default();
        for (index, labels) in self.discovery.found().enumerate() {
            if let Err(error) = surroundings.room.take_label_set() {
                self.failures.push(error);
                break;
            }
            let target = match Target::make(labels, config, surroundings.compatibility, &mut work) {
                Ok(Made::Target(target)) => *target,
                Ok(Made::Dropped(discovered)) => {
                    self.dropped_count += 1;
                    let limit = config.limits.kept_dropped_targets;
                    if limit == 0 || (self.dropped.len() as u64) < limit {
                        self.dropped.push(DroppedTarget { discovered });
                    }
                    continue;
                }
                Err(error) => {
                    surroundings.counters.failed_targets += 1;
                    self.failures.push(format!("instance {index}: {error}"));
                    continue;
                }
            };
            let identity = target.identity();
            if made.contains(&identity) {
                continue;
            }
            if let Err(error) = surroundings.room.take_target(target.interval) {
                surroundings.counters.failed_targets += 1;
                self.failures.push(format!("instance {index}: {error}"));
                continue;
            }
            let known = places.get(&identity).and_then(|at| before[*at].take());
            made.insert(identity);
            let scrape_loop = match known {
                Some(mut kept) => {
                    kept.target = Arc::new(target);
                    kept
                }
                None => added(&self.job, target, surroundings),
            };
            self.loops.push(scrape_loop);
        }
        let before: Vec<ScrapeLoop> = before.into_iter().flatten().collect();
        surroundings.events.extend(before.iter().map(|gone| removed(&self.job, gone)));
        self.leave(before);
        self.loops.sort_by(|left, right| {
            let key = |scrape_loop: &ScrapeLoop| {
                (scrape_loop.target.labels.clone(), scrape_loop.target.url.clone())
            };
            key(left).cmp(&key(right))
        });
        self.check_limit(config, surroundings.counters);
    }

    fn check_limit(&mut self, config: &ScrapeConfig, counters: &mut Counters) {
        let (targets, limit) = (self.loops.len() as u64, config.limits.targets);
        self.refusal = (limit > 0 && targets > limit).then(|| {
            counters.exceeded_target_limit += 1;
            format!("target_limit exceeded (number of targets: {targets}, limit: {limit})")
        });
    }

    /// When something must be done.
    pub fn next_at(&self) -> Option<Timestamp> {
        let loops = self.loops.iter().map(ScrapeLoop::next_at);
        let leaving = self.leaving.iter().map(Leaving::next_at);
        loops.chain(leaving).chain(self.discovery.next_at()).min()
    }

    /// The target whose fetch this is.
    pub fn fetching(&mut self, fetch: FetchId) -> Option<&mut ScrapeLoop> {
        let leaving = self.leaving.iter_mut().map(|leaving| &mut leaving.scrape_loop);
        let is_its =
            |scrape_loop: &ScrapeLoop| scrape_loop.in_flight.as_ref().is_some_and(|own| own.fetch == fetch);
        self.loops.iter_mut().chain(leaving).find(|scrape_loop| is_its(scrape_loop))
    }

    /// The fetches whose time is over.
    pub fn overdue(&self, now: Timestamp) -> Vec<FetchId> {
        let leaving = self.leaving.iter().map(|leaving| &leaving.scrape_loop);
        let in_flight =
            self.loops.iter().chain(leaving).filter_map(|scrape_loop| scrape_loop.in_flight.as_ref());
        in_flight.filter(|fetch| fetch.deadline <= now).map(|fetch| fetch.fetch).collect()
    }

    /// The targets that have been gone for long enough.
    pub fn take_gone(&mut self, now: Timestamp) -> Vec<Leaving> {
        if self.leaving.iter().all(|leaving| leaving.write_at > now) {
            return Vec::new();
        }
        let (gone, waiting) =
            std::mem::take(&mut self.leaving).into_iter().partition(|leaving| leaving.write_at <= now);
        self.leaving = waiting;
        gone
    }

    /// Whether all series that it remembers are there.
    pub fn is_sound(&self, head: &Head) -> bool {
        let leaving = self.leaving.iter().map(|leaving| &leaving.scrape_loop);
        self.loops.iter().chain(leaving).all(|scrape_loop| scrape_loop.is_sound(head))
    }

    /// What the Targets page shows.
    pub fn report(&self) -> PoolReport {
        PoolReport {
            job: self.job.clone(),
            targets: self.loops.iter().map(|scrape_loop| scrape_loop.report(&self.job)).collect(),
            dropped: self.dropped.clone(),
            dropped_count: self.dropped_count,
            failures: self.failures.clone(),
        }
    }
}

/// A target that was not there before.
fn added(job: &Arc<str>, target: Target, surroundings: &mut Surroundings<'_>) -> ScrapeLoop {
    let id = TargetId(*surroundings.next_target);
    *surroundings.next_target += 1;
    surroundings.events.push(Event::TargetAdded {
        target: id,
        job: job.clone(),
        instance: target.instance(),
    });
    ScrapeLoop::new(id, target, surroundings.seed, surroundings.now)
}

/// What is told of a target that went.
pub fn removed(job: &Arc<str>, gone: &ScrapeLoop) -> Event {
    Event::TargetRemoved { target: gone.id, job: job.clone(), instance: gone.target.instance() }
}

/// Whether two configurations of a job make the same series of the same page. Like Prometheus, takes everything for a
/// difference but times, the limit of samples and how targets are connected to.
fn looks_alike(left: &ScrapeConfig, right: &ScrapeConfig) -> bool {
    let plain = |config: &ScrapeConfig| {
        let mut plain = config.clone();
        plain.scrape_interval = Millis::ZERO;
        plain.scrape_timeout = Millis::ZERO;
        plain.limits.samples = 0;
        plain.http_client = super::config::HttpClient::default();
        plain
    };
    plain(left) == plain(right)
}
