//! The scraper as a machine driven from outside: it says when it wants to be run next and what it needs, and is told
//! what came of it. It reads no clock and opens no connection.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::compatibility::Compatibility;
use super::conclusion::Conclusion;
use super::config::{Config, ConfigError, ScrapeConfig};
use super::counters::Counters;
use super::discovery::BATCH;
use super::interval_lengths::IntervalLengths;
use super::loaded::Loaded;
use super::need::{Fetch, LookupId, Need};
use super::outcome::LookupOutcome;
use super::pool::{Pool, Surroundings, removed};
use super::report::{Event, PoolReport, TargetId, Warning};
use super::room::Room;
use super::store_size::StoreSize;
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::model::metric::Metadata;
use crate::tsdb::{Head, HeadOptions};

/// A running scraper with its store.
///
/// Call [`Engine::run`] at exactly [`Engine::next_at`], satisfy the needs it gives, and hand the results to
/// [`Engine::resolved`] and [`Engine::fetched`] at the virtual time at which they arrive. After each of those calls
/// `next_at` may have moved, also to the present.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Engine {
    pub(super) loaded: Loaded,
    pub(super) compatibility: Compatibility,
    seed: Seed,
    started: Timestamp,
    pub(super) head: Arc<Head>,
    /// One for each job, in the order of the configuration.
    pub(super) pools: Vec<Pool>,
    /// When found targets are handed on, where some wait for it.
    batch_at: Option<Timestamp>,
    /// What a redirect asks for, to be given by the next run, and since when.
    pub(super) queued: Vec<Fetch>,
    pub(super) queued_at: Option<Timestamp>,
    next_target: u64,
    pub(super) next_fetch: u64,
    next_lookup: u64,
    pub(super) counters: Counters,
    /// By the configured length.
    pub(super) interval_lengths: BTreeMap<Millis, IntervalLengths>,
    pub(super) events: Vec<Event>,
    /// For the log; taken out at once, so it is not written.
    #[serde(skip)]
    pub(super) warnings: Vec<Warning>,
    reload_error: Option<ConfigError>,
    /// Counted from the store.
    #[serde(skip)]
    pub(super) store_size: StoreSize,
}

impl Engine {
    /// Starts a scraper with an empty store. `config` is the text of a `prometheus.yml`; `seed` spreads the targets
    /// within their intervals.
    ///
    /// Differs: what `static_configs` say is scraped at once, not with the first batch of found targets.
    ///
    /// # Errors
    /// When the configuration is not one.
    pub fn new(
        config: &str,
        compatibility: Compatibility,
        seed: Seed,
        now: Timestamp,
    ) -> Result<Self, ConfigError> {
        let loaded = Loaded::new(config)?;
        let pools = loaded.config.scrape_configs.iter().map(|job| Pool::new(job, now)).collect();
        let mut engine = Self {
            loaded,
            compatibility,
            seed,
            started: now,
            head: Arc::new(Head::with_options(HeadOptions { is_bounded: true, ..HeadOptions::default() })),
            pools,
            batch_at: None,
            queued: Vec::new(),
            queued_at: None,
            next_target: 0,
            next_fetch: 0,
            next_lookup: 0,
            counters: Counters::default(),
            interval_lengths: BTreeMap::new(),
            events: Vec::new(),
            warnings: Vec::new(),
            reload_error: None,
            store_size: StoreSize::default(),
        };
        engine.counters.pools = engine.pools.len() as u64;
        engine.tell_head();
        engine.hand_on(now);
        Ok(engine)
    }

    /// When it wants to be run next; `None` where there is nothing to do ever.
    #[must_use]
    pub fn next_at(&self) -> Option<Timestamp> {
        self.pools.iter().filter_map(Pool::next_at).chain(self.batch_at).chain(self.queued_at).min()
    }

    /// Does what is due at `now` and gives what it needs for that, in a fixed order.
    pub fn run(&mut self, now: Timestamp) -> Vec<Need> {
        for fetch in self.pools.iter().flat_map(|pool| pool.overdue(now)).collect::<Vec<_>>() {
            self.give_up(fetch);
        }
        let mut needs = Vec::new();
        for (pool, config) in self.pools.iter_mut().zip(&self.loaded.config.scrape_configs) {
            pool.discovery.refresh(config, now, &mut self.next_lookup, &mut needs);
        }
        if self.batch_at.is_some_and(|at| at <= now) {
            self.batch_at = None;
            self.counters.discovery_updates += 1;
            self.hand_on(now);
        }
        self.write_ends(now);
        let fetches = self.begin_scrapes(now);
        self.queued_at = None;
        let queued = std::mem::take(&mut self.queued);
        needs.extend(queued.into_iter().chain(fetches).map(Need::Fetch));
        needs
    }

    /// Takes the answer of a look-up that arrived at `now`.
    pub fn resolved(&mut self, id: LookupId, outcome: &LookupOutcome, now: Timestamp) {
        for (pool, config) in self.pools.iter_mut().zip(&self.loaded.config.scrape_configs) {
            let counters = &mut self.counters;
            let Some(resolved) = pool.discovery.resolved(config, id, outcome, self.compatibility, counters)
            else {
                continue;
            };
            let failed = resolved.errors.into_iter().map(|(name, error)| Event::LookupFailed { name, error });
            self.events.extend(failed);
            if resolved.is_news {
                let batches = (now - self.started).0 / BATCH.0 + 1;
                self.batch_at.get_or_insert(self.started + BATCH * batches);
            }
            return;
        }
    }

    /// A file that it can see has changed: lists of targets are read again at once.
    pub fn files_changed(&mut self, now: Timestamp) {
        for (pool, config) in self.pools.iter_mut().zip(&self.loaded.config.scrape_configs) {
            pool.discovery.files_changed(config, now);
        }
    }

    /// Puts another configuration in force. Jobs that did not change keep their targets and their rhythm; a job that
    /// is gone leaves no staleness markers, as in Prometheus.
    ///
    /// # Errors
    /// When the text is not a configuration: then the one in force goes on, and the error is kept for
    /// [`Engine::reload_error`].
    pub fn reload(&mut self, config: &str, now: Timestamp) -> Result<(), ConfigError> {
        let loaded = match Loaded::new(config) {
            Ok(loaded) => loaded,
            Err(error) => {
                self.counters.failed_reloads += 1;
                self.reload_error = Some(error.clone());
                return Err(error);
            }
        };
        self.counters.reloads += 1;
        self.reload_error = None;
        let before = std::mem::replace(&mut self.loaded, loaded);
        let pools = std::mem::take(&mut self.pools);
        let mut known: Vec<(Pool, Arc<ScrapeConfig>)> =
            pools.into_iter().zip(before.config.scrape_configs.iter().cloned()).collect();
        for config in &self.loaded.config.scrape_configs {
            let at = known.iter().position(|(_, old)| old.job_name == config.job_name);
            let pool = match at.map(|at| known.remove(at)) {
                None => {
                    self.counters.pools += 1;
                    Pool::new(config, now)
                }
                Some((pool, old)) if old == *config => pool,
                Some((mut pool, old)) => {
                    self.counters.pool_reloads += 1;
                    pool.restart(&old, config, self.seed, now);
                    pool
                }
            };
            self.pools.push(pool);
        }
        for (pool, _) in &known {
            self.events.extend(pool.loops.iter().map(|gone| removed(&pool.job, gone)));
        }
        self.tell_head();
        self.hand_on(now);
        Ok(())
    }

    /// Goes on with a store that was there before.
    pub fn take_head(&mut self, head: Arc<Head>) {
        self.head = head;
        self.store_size = StoreSize::default();
        self.tell_head();
    }

    /// Tells the store what the configuration says of late samples.
    fn tell_head(&mut self) {
        let window = self.loaded.config.storage.out_of_order_window;
        let options = HeadOptions { is_bounded: true, out_of_order_window: window, ..*self.head.options() };
        if options != *self.head.options() {
            Arc::make_mut(&mut self.head).set_options(options);
        }
    }

    /// Why the last reload failed; `None` where it worked.
    #[must_use]
    pub fn reload_error(&self) -> Option<&ConfigError> {
        self.reload_error.as_ref()
    }

    /// The text of the configuration in force.
    #[must_use]
    pub fn config_text(&self) -> &str {
        &self.loaded.text
    }

    /// The configuration in force.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.loaded.config
    }

    /// The version that is followed.
    #[must_use]
    pub fn compatibility(&self) -> Compatibility {
        self.compatibility
    }

    /// The store.
    #[must_use]
    pub fn head(&self) -> &Arc<Head> {
        &self.head
    }

    /// The store, to be kept small (retention) or filled by rules.
    pub fn head_mut(&mut self) -> &mut Arc<Head> {
        &mut self.head
    }

    /// The targets by job, jobs in the order of the configuration.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolReport> {
        self.pools.iter().map(Pool::report).collect()
    }

    /// What a target says of its metric families, in the order of its page; nothing where there is no such target.
    #[must_use]
    pub fn families(&self, target: TargetId) -> &[(Arc<str>, Metadata)] {
        let mut loops = self.pools.iter().flat_map(|pool| &pool.loops);
        loops.find(|known| known.id == target).map_or(&[], |known| known.cache.families.known())
    }

    /// The text of the last page of a target that was taken in, for whoever compares pages; `None` where there is no
    /// such target. Empty before its first page, and after the engine was written and read.
    #[must_use]
    pub fn last_page(&self, target: TargetId) -> Option<&Arc<String>> {
        let mut loops = self.pools.iter().flat_map(|pool| &pool.loops);
        loops.find(|known| known.id == target).map(|known| known.cache.last_page())
    }

    /// What happened since the last call, in order.
    pub fn drain_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// What could not be stored since the last call, in order.
    pub fn drain_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    /// Whether its parts fit together: a pool a job, and every series that is remembered in the store.
    pub(super) fn is_sound(&self) -> bool {
        let configs = &self.loaded.config.scrape_configs;
        self.pools.len() == configs.len() && self.pools.iter().all(|pool| pool.is_sound(&self.head))
    }

    /// Makes targets of what was found.
    fn hand_on(&mut self, now: Timestamp) {
        let mut room = Room::default();
        let mut surroundings = Surroundings {
            room: &mut room,
            compatibility: self.compatibility,
            seed: self.seed,
            now,
            next_target: &mut self.next_target,
            counters: &mut self.counters,
            events: &mut self.events,
        };
        for (pool, config) in self.pools.iter_mut().zip(&self.loaded.config.scrape_configs) {
            pool.sync(config, &mut surroundings);
        }
    }

    /// Marks the series of targets stale that have been gone for long enough.
    fn write_ends(&mut self, now: Timestamp) {
        let config = self.loaded.config.clone();
        for (index, config) in config.scrape_configs.iter().enumerate() {
            for mut gone in self.pools[index].take_gone(now) {
                self.conclusion(config).end(&mut gone);
            }
        }
    }

    fn conclusion<'a>(&'a mut self, config: &'a ScrapeConfig) -> Conclusion<'a> {
        Conclusion {
            head: Arc::make_mut(&mut self.head),
            config,
            compatibility: self.compatibility,
            counters: &mut self.counters,
            no_room: None,
        }
    }
}
