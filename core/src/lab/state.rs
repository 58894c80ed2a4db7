//! Everything that changes as time passes and commands are done, in one value that can be kept and compared.
//! Knows neither journal nor page.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::event::EventKind;
use super::feed::FeedBuffer;
use super::problem::Problem;
use super::programs::LabProgram;
use super::rates::Rates;
use super::scenario::Scenario;
use super::store::StoreId;
use super::truth::{Truth, first_prometheus};
use super::watch;
use crate::base::random::Seed;
use crate::base::time::Timestamp;
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
    /// Room for the observer's values; holds nothing between two looks.
    #[serde(skip)]
    scratch: Vec<f64>,
}

impl State {
    /// A yard at the instant at which it is switched on.
    ///
    /// # Errors
    /// When the scenario describes no possible yard.
    pub fn new(scenario: &Scenario, seed: Seed) -> Result<Self, Problem> {
        let start = scenario.manifest.start;
        let yard = Yard::new(scenario.describe()?, seed, start)
            .map_err(|refusal| Problem::new("scenario-invalid", refusal.to_string()))?;
        Ok(Self {
            now: start,
            yard,
            truth: Truth::new(start),
            rates: Rates::new(start),
            imported: BTreeMap::new(),
            feed: FeedBuffer::default(),
            scratch: Vec::new(),
        })
    }

    /// When something happens next.
    fn next_at(&self) -> Timestamp {
        let yard = self.yard.next_at().unwrap_or(Timestamp::MAX);
        yard.min(self.truth.next_at()).min(self.rates.next_at())
    }

    /// Does the next thing of the agenda: of one instant first the yard's, then the observers'.
    fn step(&mut self) {
        let at = self.next_at();
        self.now = at;
        if self.yard.next_at() == Some(at) {
            self.yard.step();
            watch::take_news(self);
        } else if self.truth.next_at() == at {
            self.truth.observe(&self.yard, &mut self.scratch);
        } else {
            self.rates.observe(&self.yard);
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
                self.yard.program(actor).filter(|program| program.as_prometheus().is_some()).map(|program| (actor, program))
            }
            _ => None,
        }
    }

    /// Puts something that happened at the present into the feed.
    pub(super) fn tell(&mut self, kind: EventKind) {
        self.feed.push(self.now, kind);
    }

    /// A digest of everything: yard, stores, feed.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&postcard::to_stdvec(self).unwrap_or_default())
    }
}
