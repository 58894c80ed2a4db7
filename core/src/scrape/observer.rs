//! For observers that look at targets without scraping them: the labels that a sample would get. Stores nothing.

use super::engine::Engine;
use super::sample_labels;
use crate::model::labels::Labels;

impl Engine {
    /// The labels that a sample exposed as `exposed` (the metric's name among them) would get from a target of `job`
    /// with the labels `target`; `None` where metric relabeling drops it or there is no such job.
    #[must_use]
    pub fn sample_labels(&self, job: &str, target: &Labels, exposed: &Labels) -> Option<Labels> {
        let config = self.config().scrape_configs.iter().find(|config| config.job_name == job)?;
        sample_labels::finish(exposed, target, config)
    }
}
