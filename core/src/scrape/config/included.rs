//! Jobs that stand in files of their own (`scrape_config_files`). Opens no file: it is handed their texts.

use std::collections::BTreeMap;

use super::{Config, ConfigError, complete, read_jobs};
use crate::base::number::quote;
use crate::yaml::{Budget, Dialect, Node, Problem, Read, Reader};

/// Which file each job came from, so that a second one of the same name can be told of the first.
#[derive(Clone, Debug, Default)]
pub struct JobOrigins(BTreeMap<String, String>);

impl Config {
    /// Where the jobs stand that the configuration has of its own.
    #[must_use]
    pub fn job_origins(&self) -> JobOrigins {
        let names = self.scrape_configs.iter().map(|job| job.job_name.clone());
        JobOrigins(names.map(|name| (name, "main config file".to_owned())).collect())
    }

    /// Adds the jobs of a file called `path`, whose text is `text`.
    ///
    /// # Errors
    /// When Prometheus would refuse the file, or a job of that name is there already.
    pub fn include(&mut self, path: &str, text: &str, origins: &mut JobOrigins) -> Result<(), ConfigError> {
        let read = |reader: &mut Reader, node: &Node| -> Read<_> {
            let mut jobs = Vec::new();
            let clean = reader.structure(node, "config.ScrapeConfigs", |reader, name, value| {
                if name != "scrape_configs" {
                    return Ok(false);
                }
                read_jobs(reader, value, &mut jobs)?;
                Ok(true)
            })?;
            if !clean {
                return Ok((Vec::new(), Vec::new()));
            }
            let places: Vec<_> = jobs.iter().map(|(place, _)| *place).collect();
            let jobs = complete(jobs, &self.global)?;
            for (job, place) in jobs.iter().zip(places) {
                let name = &job.job_name;
                if let Some(first) = origins.0.insert(name.clone(), quote(path)) {
                    let text = format!(
                        "found multiple scrape configs with job name {}, first found in {first}",
                        quote(name)
                    );
                    return Err(Problem::at(place, text));
                }
            }
            Ok((jobs, reader.take_remarks()))
        };
        let (jobs, remarks) =
            crate::yaml::read(text, Budget::default(), Dialect::V2, read).map_err(ConfigError::from)?;
        self.scrape_configs.extend(jobs);
        self.unsimulated.extend(remarks);
        Ok(())
    }
}
