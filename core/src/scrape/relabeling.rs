//! Relabeling taken apart: what a job's rules, or others in their place, make of one label set. Changes no target.

use super::config::ScrapeConfig;
use super::engine::Engine;
use super::relabel::{Relabeling, Rule, Step, Work};
use super::target::{Made, Target};
use crate::model::labels::Labels;

/// What rules make of a label set.
#[derive(Clone, Debug)]
pub struct Relabeled {
    /// The rules.
    pub rules: Vec<Rule>,
    /// What each did, up to the first that drops or that does too much.
    pub steps: Vec<Step>,
    /// The target; `None` where a rule drops it.
    pub made: Result<Option<Box<Target>>, String>,
}

impl Engine {
    /// What relabeling makes of labels as a discovery found them, by the rules of the job or by `rules`. `None` where
    /// there is no such job.
    #[must_use]
    pub fn relabel(&self, job: &str, discovered: &Labels, rules: Option<Vec<Rule>>) -> Option<Relabeled> {
        let config = self.config().scrape_configs.iter().find(|config| config.job_name == *job)?;
        let mut config = ScrapeConfig::clone(config);
        if let Some(rules) = rules {
            config.relabel_configs = rules;
        }
        let made =
            Target::make(discovered, &config, self.compatibility, &mut Work::default()).map(
                |made| match made {
                    Made::Target(target) => Some(target),
                    Made::Dropped(_) => None,
                },
            );
        // What comes to no end here does so above, which says why.
        let (steps, _) = Relabeling::of_targets(&config, &mut Work::default()).trace(discovered);
        Some(Relabeled { rules: config.relabel_configs, steps, made })
    }
}
