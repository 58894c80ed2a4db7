//! For observers that look at the scraper without driving it: the labels that a sample would get, what is counted.
//! Changes nothing.

use super::counters::Counters;
use super::engine::Engine;
use super::interval_lengths::IntervalLengths;
use super::relabel::Work;
use super::sample_labels;
use crate::base::time::Millis;
use crate::model::labels::Labels;

/// What is counted of one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCounts<'a> {
    /// The job's name.
    pub job: &'a str,
    /// Label sets that its discoveries have found.
    pub discovered: u64,
    /// Targets that are scraped.
    pub targets: u64,
    /// The most that it may have; 0 is no limit.
    pub target_limit: u64,
    /// How often targets were made of what was found.
    pub syncs: u64,
    /// How often its discoveries failed, by mechanism.
    pub refresh_failures: Vec<(&'static str, u64)>,
}

impl Engine {
    /// The labels that a sample exposed as `exposed` (the metric's name among them) would get from a target of `job`
    /// with the labels `target`; `None` where metric relabeling drops it or comes to no end with what is left of `work`,
    /// or there is no such job.
    #[must_use]
    pub fn sample_labels(
        &self,
        job: &str,
        target: &Labels,
        exposed: &Labels,
        work: &mut Work,
    ) -> Option<Labels> {
        let config = self.config().scrape_configs.iter().find(|config| config.job_name == job)?;
        sample_labels::finish(exposed, target, config, work).ok().flatten()
    }

    /// What Prometheus counts of its own scraping.
    #[must_use]
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// What is counted of each job, in the order of the configuration.
    pub fn job_counts(&self) -> impl Iterator<Item = JobCounts<'_>> {
        self.pools.iter().zip(&self.config().scrape_configs).map(|(pool, config)| JobCounts {
            job: &pool.job,
            discovered: pool.discovered,
            targets: pool.loops.len() as u64,
            target_limit: config.limits.targets,
            syncs: pool.syncs,
            refresh_failures: pool.discovery.failures(config).collect(),
        })
    }

    /// How long the intervals between scrapes were, by the length that was configured.
    pub fn interval_lengths(&self) -> impl Iterator<Item = (Millis, &IntervalLengths)> {
        self.interval_lengths.iter().map(|(interval, lengths)| (*interval, lengths))
    }
}
