//! The observer of the truth: an ideal scraper that looks at every process each virtual second, without network and
//! without loss. Asks the yard alone; what it keeps is a store like any other.

mod identity;
mod names;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use identity::{Identity, first_prometheus};

use self::identity::{Directory, normalizes_bounds};
use self::names::label_sets;
use super::programs::LabProgram;
use crate::base::number::stale_nan;
use crate::base::time::{Millis, Timestamp};
use crate::model::labels::METRIC_NAME;
use crate::scrape::relabel::Work;
use crate::sim::{ActorId, FamilyList, ValueList, Yard};
use crate::tsdb::{Head, SeriesId};

/// How often it looks.
const INTERVAL: Millis = Millis::from_secs(1);
/// How long it remembers.
pub const RETENTION: Millis = Millis::from_minutes(120);
/// How often it forgets what is older.
const FORGET_EVERY: Millis = Millis::from_minutes(10);

/// The observer with its store.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Truth {
    head: Arc<Head>,
    next_at: Timestamp,
    watched: Vec<Watched>,
    directory: Directory,
}

/// One process that is looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Watched {
    actor: ActorId,
    /// When its process started: another one has other series.
    started: Timestamp,
    identity: Identity,
    /// Its series, in the order of the page; `None` for what metric relabeling drops.
    series: Vec<Option<SeriesId>>,
    up: SeriesId,
}

impl Truth {
    /// An observer that looks first one second after `start`.
    #[must_use]
    pub fn new(start: Timestamp) -> Self {
        Self {
            head: Arc::default(),
            next_at: start + INTERVAL,
            watched: Vec::new(),
            directory: Directory::default(),
        }
    }

    /// The store.
    #[must_use]
    pub const fn head(&self) -> &Arc<Head> {
        &self.head
    }

    /// When it looks next.
    #[must_use]
    pub const fn next_at(&self) -> Timestamp {
        self.next_at
    }

    /// Targets or containers came or went: the labels are looked up again before the next look.
    pub fn directory_changed(&mut self) {
        self.directory.is_outdated = true;
    }

    /// Looks at everything. `values` is only room that is used again.
    pub fn observe(&mut self, yard: &Yard<LabProgram>, values: &mut Vec<f64>) {
        let at = self.next_at;
        self.next_at += INTERVAL;
        // Another configuration may file the same process under the same labels and its series under others.
        let renames = self.directory.is_outdated;
        if renames {
            self.directory.read(yard);
        }
        let head = Arc::make_mut(&mut self.head);
        let mut still_there = Vec::with_capacity(self.watched.len());
        for actor in yard.actors() {
            let before = self.watched.iter().position(|watched| watched.actor == actor);
            let before = before.map(|index| self.watched.swap_remove(index));
            if let Some(watched) = look(head, at, yard, actor, (&self.directory, renames), before, values) {
                still_there.push(watched);
            }
        }
        for gone in self.watched.drain(..) {
            mark_stale(head, at, &gone);
        }
        self.watched = still_there;
        if at.0 % FORGET_EVERY.0 == 0 {
            head.truncate(at - RETENTION);
        }
    }
}

/// Looks at one process; `None` where none runs.
fn look(
    head: &mut Head,
    at: Timestamp,
    yard: &Yard<LabProgram>,
    actor: ActorId,
    (directory, renames): (&Directory, bool),
    before: Option<Watched>,
    values: &mut Vec<f64>,
) -> Option<Watched> {
    let mut collected = ValueList { values: std::mem::take(values) };
    collected.values.clear();
    let is_running = yard.gather(actor, &mut collected);
    *values = collected.values;
    let started = yard.process_started(actor);
    let (true, Some(started), Some(identity)) = (is_running, started, directory.identity(actor)) else {
        before.iter().for_each(|gone| mark_stale(head, at, gone));
        return None;
    };
    let watched = match before {
        Some(same)
            if !renames
                && same.started == started
                && same.identity == *identity
                && same.series.len() == values.len() =>
        {
            same
        }
        before => {
            let watched = name_series(head, yard, actor, started, identity);
            before.iter().for_each(|before| mark_missing_stale(head, at, before, &watched));
            watched
        }
    };
    for (series, value) in watched.series.iter().zip(values.iter()) {
        if let Some(series) = series {
            // Two samples under the same labels: the first stays, as in a scrape.
            let _ = head.append(*series, at, *value);
        }
    }
    let _ = head.append(watched.up, at, 1.0);
    Some(watched)
}

/// Finds or makes the series of a process, in the order of its page.
fn name_series(
    head: &mut Head,
    yard: &Yard<LabProgram>,
    actor: ActorId,
    started: Timestamp,
    identity: &Identity,
) -> Watched {
    let mut page = FamilyList::default();
    yard.gather(actor, &mut page);
    let names = label_sets(&page, normalizes_bounds(yard));
    let mut work = Work::default();
    let relabeled = names.map(|labels| identity.sample_labels(yard, &labels, &mut work));
    let series = relabeled.map(|labels| labels.map(|labels| head.series_id(&labels))).collect();
    let mut up = identity.labels.to_builder();
    up.set(METRIC_NAME, "up");
    let up = head.series_id(&up.build());
    Watched { actor, started, identity: identity.clone(), series, up }
}

fn mark_stale(head: &mut Head, at: Timestamp, gone: &Watched) {
    for series in gone.series.iter().flatten().chain([&gone.up]) {
        let _ = head.append(*series, at, stale_nan());
    }
}

/// Marks what the page before had and the one now has not.
fn mark_missing_stale(head: &mut Head, at: Timestamp, before: &Watched, now: &Watched) {
    let mut here: Vec<SeriesId> = now.series.iter().flatten().copied().chain([now.up]).collect();
    here.sort();
    for series in before.series.iter().flatten().chain([&before.up]) {
        if here.binary_search(series).is_err() {
            let _ = head.append(*series, at, stale_nan());
        }
    }
}
