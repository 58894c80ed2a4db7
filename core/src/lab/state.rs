//! Everything that changes as time passes and commands are done, in one value that can be kept and compared.
//! Knows neither journal nor page.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::course::{Course, Progress};
use super::digest::Digest;
use super::event::EventKind;
use super::feed::FeedBuffer;
use super::problem::Problem;
use super::programs::LabProgram;
use super::rates::Rates;
use super::scenario::Scenario;
use super::served::ServedPages;
use super::store::StoreId;
use super::truth::{Truth, first_prometheus};
use super::vitals::Vitals;
use crate::base::random::Seed;
use crate::base::time::Timestamp;
use crate::dashboard::Dashboard;
use crate::scrape::Engine;
use crate::sim::{ActorId, Yard};
use crate::tsdb::Head;

/// The yard with its Prometheus, the observers, imported stores and the feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    pub(super) now: Timestamp,
    pub(super) yard: Yard<LabProgram>,
    pub(super) truth: Truth,
    pub(super) rates: Rates,
    pub(super) imported: BTreeMap<String, Arc<Head>>,
    pub(super) feed: FeedBuffer,
    /// Every Prometheus, running or not.
    pub(super) prometheuses: Vec<ActorId>,
    /// The service that visitors ask.
    pub(super) visited_service: Option<String>,
    /// How far the learner has come.
    pub(super) progress: Progress,
    /// When the goal of the present task is looked at next.
    pub(super) next_look: Timestamp,
    /// The learner's board. Written beside the state, so that a lab without one is written as before.
    #[serde(skip)]
    pub(super) board: Dashboard,
    /// The last minutes of each container, for the reader's eye; a checkpoint keeps them beside the state.
    #[serde(skip)]
    pub(super) vitals: Vitals,
    /// The pages that were scraped last.
    #[serde(skip)]
    pub(super) served: ServedPages,
    /// The lessons; handed in again whenever a state is brought back.
    #[serde(skip)]
    pub(super) course: Course,
    /// Room for the observer's values; holds nothing between two looks.
    #[serde(skip)]
    scratch: Vec<f64>,
}

impl State {
    /// A yard at the instant at which it is switched on.
    ///
    /// # Errors
    /// When the scenario describes no possible yard.
    pub fn new(scenario: &Arc<Scenario>, seed: Seed) -> Result<Self, Problem> {
        let start = scenario.manifest.start;
        let yard = Yard::new(scenario.describe()?, seed, start)
            .map_err(|refusal| Problem::new("scenario-invalid", refusal.to_string()))?;
        let mut state = Self {
            now: start,
            yard,
            truth: Truth::new(start),
            rates: Rates::new(start),
            imported: BTreeMap::new(),
            feed: FeedBuffer::default(),
            visited_service: scenario.manifest.traffic.as_ref().map(|traffic| traffic.service.clone()),
            prometheuses: Vec::new(),
            progress: Progress::default(),
            next_look: Timestamp::MAX,
            board: Dashboard::default(),
            vitals: Vitals::default(),
            served: ServedPages::new(),
            course: Course::of(scenario.clone()),
            scratch: Vec::new(),
        };
        state.find_prometheuses();
        Ok(state)
    }

    /// The present.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The events that are kept.
    #[must_use]
    pub const fn feed(&self) -> &FeedBuffer {
        &self.feed
    }

    /// When something happens next.
    fn next_at(&self) -> Timestamp {
        let yard = self.yard.next_at().unwrap_or(Timestamp::MAX);
        yard.min(self.truth.next_at()).min(self.rates.next_at()).min(self.next_look)
    }

    /// Does the next thing of the agenda: of one instant first the yard's, then the observers'.
    fn step(&mut self) {
        let at = self.next_at();
        self.now = at;
        if self.yard.next_at() == Some(at) {
            self.yard.step();
            self.take_news();
            return;
        }
        self.yard.run_until(at, 1);
        if self.truth.next_at() == at {
            self.truth.observe(&self.yard, &mut self.scratch);
        } else if self.rates.next_at() == at {
            self.rates.observe(&self.yard);
            self.vitals.observe(&self.yard, &self.prometheuses, at);
        } else {
            self.look_at_goal();
        }
    }

    /// Does everything up to and including `to`, at most `budget` steps of it; `true` when all is done.
    pub fn run(&mut self, to: Timestamp, budget: &mut u32) -> bool {
        while self.next_at() <= to {
            if *budget == 0 {
                return false;
            }
            *budget -= 1;
            self.step();
        }
        self.now = self.now.max(to);
        // Nothing is left to do up to here: this moves the yard's present, at which commands take effect.
        self.yard.run_until(self.now, 1);
        true
    }

    /// Does everything that is due at the present.
    pub fn settle(&mut self) {
        self.run(self.now, &mut u32::MAX.clone());
    }

    /// The store of that name; for [`StoreId::Before`] ask the lab.
    #[must_use]
    pub fn store(&self, store: &StoreId) -> Option<Arc<Head>> {
        match store {
            StoreId::Pulled | StoreId::Prometheus(_) => {
                let (_, program) = self.prometheus(store)?;
                program.as_prometheus().map(|prometheus| prometheus.head().clone())
            }
            StoreId::Truth => Some(self.truth.head().clone()),
            StoreId::Imported(name) => self.imported.get(name).cloned(),
            StoreId::Pushed | StoreId::Before => None,
        }
    }

    /// The Prometheus of a store, running or not.
    #[must_use]
    pub fn prometheus(&self, store: &StoreId) -> Option<(ActorId, &LabProgram)> {
        match store {
            StoreId::Pulled => first_prometheus(&self.yard),
            StoreId::Prometheus(name) => {
                let actor = self.yard.find(name).ok()?;
                self.yard
                    .program(actor)
                    .filter(|program| program.as_prometheus().is_some())
                    .map(|program| (actor, program))
            }
            _ => None,
        }
    }

    /// The scraper of a Prometheus whose process runs; `None` while it starts up.
    pub(super) fn engine(&self, actor: ActorId) -> Option<&Engine> {
        self.yard.process_started(actor)?;
        self.yard.program(actor)?.as_prometheus()?.engine()
    }

    /// Finds every Prometheus of the yard, running or not; to be called when containers have come or gone.
    pub(super) fn find_prometheuses(&mut self) {
        let is_one = |actor: &ActorId| {
            self.yard.program(*actor).is_some_and(|program| program.as_prometheus().is_some())
        };
        self.prometheuses = self.yard.actors().filter(is_one).collect();
    }

    /// The names of the containers with a Prometheus inside.
    pub(super) fn prometheus_names(&self) -> Vec<String> {
        self.prometheuses.iter().map(|actor| self.container_name(*actor)).collect()
    }

    /// The names of the imported stores.
    pub(super) fn imported_names(&self) -> Vec<String> {
        self.imported.keys().cloned().collect()
    }

    /// The name of a container; empty where it is gone.
    pub(super) fn container_name(&self, actor: ActorId) -> String {
        self.yard.container(actor).map(|container| container.name.to_string()).unwrap_or_default()
    }

    /// Puts something that happened at the present into the feed.
    pub(super) fn tell(&mut self, kind: EventKind) {
        self.feed.push(self.now, kind);
    }

    /// The board as bytes to stand beside the state; none while nothing was done to it.
    #[must_use]
    pub fn board_bytes(&self) -> Vec<u8> {
        if self.board.is_untouched() {
            return Vec::new();
        }
        postcard::to_stdvec(&self.board).unwrap_or_default()
    }

    /// A digest of everything: yard, stores, feed, board.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let digest = Digest::of(&postcard::to_stdvec(self).unwrap_or_default());
        match &self.board_bytes()[..] {
            [] => digest,
            board => digest.and(board),
        }
    }
}
