//! The targets as all pages share them, with the instant they were seen at.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{HealthView, TargetView, TargetsView};

/// The targets of the first Prometheus.
#[derive(Clone, Debug, PartialEq)]
pub struct Targets {
    /// When.
    pub at: Timestamp,
    /// By job.
    pub view: TargetsView,
}

impl Targets {
    /// The targets of all jobs.
    pub fn all(&self) -> impl Iterator<Item = &TargetView> {
        self.view.jobs.iter().flat_map(|job| &job.targets)
    }

    /// How many are of this health.
    pub fn count(&self, health: HealthView) -> usize {
        self.all().filter(|target| target.health == health).count()
    }

    /// The target that is scraped next after `now`.
    pub fn next(&self, now: Timestamp) -> Option<&TargetView> {
        self.all().filter(|target| target.next_scrape > now).min_by_key(|target| target.next_scrape)
    }
}
