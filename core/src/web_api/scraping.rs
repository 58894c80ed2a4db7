//! What the API tells of a scraper, taken out of it at an instant.

use std::sync::Arc;

use crate::base::time::Timestamp;
use crate::model::labels::Labels;
use crate::model::metric::Metadata;
use crate::scrape::config::ScrapeConfig;
use crate::scrape::relabel::Rule;
use crate::scrape::{Engine, PoolReport};

/// A scraper as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scraping {
    /// The jobs with their targets, in order of their names.
    pub pools: Vec<PoolReport>,
    /// What each target says of its metric families, target by target in the order of `pools`.
    pub families: Vec<TargetFamilies>,
    /// Each job's rules of relabeling, and whether its label names must be of the old kind.
    pub rules: Vec<(Arc<str>, Vec<Rule>, bool)>,
    /// The text of the configuration in force.
    pub configuration: String,
    /// Whether the last reload worked.
    pub is_reloaded: bool,
    /// When a configuration last came into force.
    pub reloaded_at: Timestamp,
}

/// The metric families of a target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetFamilies {
    /// The target's labels.
    pub target: Labels,
    /// The families in the order of its page.
    pub families: Vec<(Arc<str>, Metadata)>,
}

impl Scraping {
    /// What there is to tell of an engine whose configuration came into force at `reloaded_at`.
    #[must_use]
    pub fn of(engine: &Engine, reloaded_at: Timestamp) -> Self {
        let mut pools = engine.pools();
        pools.sort_by(|left, right| left.job.cmp(&right.job));
        let families = pools.iter().flat_map(|pool| &pool.targets).map(|target| TargetFamilies {
            target: target.labels.clone(),
            families: engine.families(target.id).to_vec(),
        });
        let jobs = engine.config().scrape_configs.iter();
        Self {
            rules: jobs.map(rules_of).collect(),
            families: families.collect(),
            configuration: engine.config_text().to_owned(),
            is_reloaded: engine.reload_error().is_none(),
            reloaded_at,
            pools,
        }
    }
}

fn rules_of(job: &Arc<ScrapeConfig>) -> (Arc<str>, Vec<Rule>, bool) {
    (job.job_name.as_str().into(), job.relabel_configs.clone(), job.names.is_legacy())
}
