//! The scraper as a machine driven from outside: it says when it wants to be run next and what it needs, and is told
//! what came of it. It reads no clock and opens no connection.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::config::ConfigError;
use super::need::{FetchId, LookupId, Need};
use super::outcome::{LookupOutcome, Outcome};
use super::report::{Event, PoolReport};
use crate::base::random::Seed;
use crate::base::time::Timestamp;
use crate::tsdb::Head;

/// Whose behaviour is followed where Prometheus changed its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compatibility {
    /// Prometheus 2.13, as in the book: the default port stands in `instance`, a missing Content-Type means text, and
    /// `le` stays as it was exposed.
    V2_13,
    /// Prometheus 3.
    #[default]
    V3,
}

/// A running scraper with its store.
///
/// Call [`Engine::run`] at exactly [`Engine::next_at`], satisfy the needs it gives, and hand the results to
/// [`Engine::resolved`] and [`Engine::fetched`] at the virtual time at which they arrive. After each of those calls
/// `next_at` may have moved, also to the present.
#[derive(Clone, Debug)]
pub struct Engine {
    head: Arc<Head>,
    now: Timestamp,
}

impl Engine {
    /// Starts a scraper with an empty store. `config` is the text of a `prometheus.yml`; `seed` spreads the targets
    /// within their intervals.
    ///
    /// # Errors
    /// When the configuration is not one.
    pub fn new(
        config: &str,
        compatibility: Compatibility,
        seed: Seed,
        now: Timestamp,
    ) -> Result<Self, ConfigError> {
        let _ = (config, compatibility, seed);
        Ok(Self { head: Arc::default(), now })
    }

    /// When it wants to be run next; `None` where there is nothing to do ever.
    #[must_use]
    pub fn next_at(&self) -> Option<Timestamp> {
        None
    }

    /// Does what is due at `now` and gives what it needs for that, in a fixed order.
    pub fn run(&mut self, now: Timestamp) -> Vec<Need> {
        self.now = now;
        Vec::new()
    }

    /// Takes the answer of a look-up that arrived at `now`.
    pub fn resolved(&mut self, id: LookupId, outcome: LookupOutcome, now: Timestamp) {
        let _ = (id, outcome, now);
    }

    /// Takes the end of a fetch that arrived at `now`. A fetch that was given up is ignored.
    pub fn fetched(&mut self, id: FetchId, outcome: Outcome, now: Timestamp) {
        let _ = (id, outcome, now);
    }

    /// Puts another configuration in force. Jobs that did not change keep their targets and their rhythm.
    ///
    /// # Errors
    /// When the text is not a configuration: then the one in force goes on, and the error is kept for
    /// [`Engine::reload_error`].
    pub fn reload(&mut self, config: &str, now: Timestamp) -> Result<(), ConfigError> {
        let _ = (config, now);
        Ok(())
    }

    /// Why the last reload failed; `None` where it worked.
    #[must_use]
    pub fn reload_error(&self) -> Option<&ConfigError> {
        None
    }

    /// The text of the configuration in force.
    #[must_use]
    pub fn config_text(&self) -> &str {
        ""
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
        Vec::new()
    }

    /// What happened since the last call, in order.
    pub fn drain_events(&mut self) -> Vec<Event> {
        Vec::new()
    }
}
