//! A `prometheus.yml`, read and checked as Prometheus 3 does. Opens no file that it names and does nothing with it.
//!
//! What a lab cannot have (a cloud discovery, remote write) is read as valid and listed in [`Config::unsimulated`];
//! what Prometheus does not know is refused by name, with its line.

mod alerting;
mod azure_login;
mod capacity;
mod clouds;
mod discovery;
mod error;
mod global;
mod histograms;
mod http_client;
mod included;
mod kubernetes;
mod limits;
mod names;
mod polled_discovery;
mod protocol;
mod registries;
mod remote;
mod rule;
mod schema;
mod scrape_config;
mod sections;
mod selector;
mod size;
mod storage;
mod storage_fields;
mod unsimulated_discovery;
mod web_address;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use capacity::{MAX_SCRAPES_A_SECOND, MAX_TARGETS, Rate};
pub use discovery::{DiscoveryConfig, DnsConfig, StaticGroup};
pub use error::ConfigError;
pub use global::Global;
pub use histograms::Histograms;
pub use http_client::HttpClient;
pub use included::JobOrigins;
pub use limits::Limits;
pub use names::{NameScheme, Validation};
pub use polled_discovery::{DockerConfig, FileConfig, HttpConfig};
pub use protocol::ScrapeProtocol;
pub use scrape_config::ScrapeConfig;
pub use storage::Storage;

use crate::base::number::quote;
use crate::base::span::Place;
use crate::yaml::{Budget, Dialect, FromNode, Node, Problem, Read, Reader};

/// A whole configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What holds for all jobs.
    pub global: Global,
    /// The jobs, in the order written; those that stand unchanged after a reload are the same allocation by equality.
    pub scrape_configs: Vec<Arc<ScrapeConfig>>,
    /// Files with recording and alerting rules, as written.
    pub rule_files: Vec<String>,
    /// How long samples are kept, and how late they may come.
    pub storage: Storage,
    /// Files with more jobs, as written; see [`Config::include`].
    pub scrape_config_files: Vec<String>,
    /// What was read as valid and has no effect in a lab: the field's name and its place.
    pub unsimulated: Vec<Problem>,
    /// What a lab has no room for; see [`Config::parse_within_room`].
    pub excess: Option<Problem>,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// When Prometheus would refuse it, in its words and with the place.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let read = |reader: &mut Reader, node: &Node| {
            let config = read_config(reader, node)?;
            Ok(Self { unsimulated: reader.take_remarks(), ..config })
        };
        crate::yaml::read(text, Budget::default(), Dialect::V2, read).map_err(ConfigError::from)
    }
}

/// A job with its place, which is kept out of [`ScrapeConfig`]: moving a job must not make it another.
type Placed = (Place, Option<ScrapeConfig>);

fn read_config(reader: &mut Reader, node: &Node) -> Read<Config> {
    let mut config = Config::default();
    let mut jobs: Vec<Placed> = Vec::new();
    let mut sections = sections::Sections::default();
    let clean = reader.structure(node, "config.plain", |reader, name, value| {
        match name {
            "global" => reader.put(&mut config.global, value)?,
            "scrape_configs" => read_jobs(reader, value, &mut jobs)?,
            "rule_files" => {
                reader.put(&mut config.rule_files, value)?;
                check_paths(value, "rule")?;
            }
            "storage" => config.storage = storage::read(reader, value)?,
            "scrape_config_files" => {
                reader.put(&mut config.scrape_config_files, value)?;
                check_paths(value, "scrape")?;
                reader.remark(Problem::at(value.place, name));
            }
            _ => return sections.field(reader, name, value),
        }
        Ok(true)
    })?;
    if clean {
        let places: Vec<Place> = jobs.iter().map(|(place, _)| *place).collect();
        config.scrape_configs = complete(jobs, &config.global)?;
        config.excess = capacity::excess(&config.scrape_configs, &places);
        sections.check(&config.global)?;
    }
    Ok(config)
}

fn read_jobs(reader: &mut Reader, node: &Node, jobs: &mut Vec<Placed>) -> Read<()> {
    if node.is_null() {
        return Ok(());
    }
    if !matches!(node.content, crate::yaml::Content::Sequence(_)) {
        reader.mismatch(node, "[]*config.ScrapeConfig");
    }
    for item in node.items() {
        let job = if item.is_null() { None } else { ScrapeConfig::from_node(reader, item)? };
        jobs.push((item.place, job));
    }
    Ok(())
}

/// Fills what the jobs take from the global section and checks what can only then be checked.
fn complete(jobs: Vec<Placed>, global: &Global) -> Read<Vec<Arc<ScrapeConfig>>> {
    let mut complete: Vec<Arc<ScrapeConfig>> = Vec::new();
    let mut names = BTreeSet::new();
    for (place, job) in jobs {
        let Some(mut job) = job else {
            return Err(Problem::at(place, "empty or null scrape config section"));
        };
        job.inherit(global).map_err(|text| Problem::at(place, text))?;
        if !names.insert(job.job_name.clone()) {
            let text = format!("found multiple scrape configs with job name {}", quote(&job.job_name));
            return Err(Problem::at(place, text));
        }
        complete.push(Arc::new(job));
    }
    Ok(complete)
}

/// A path of rule or scrape configuration files may have a star in its last part only.
fn check_paths(node: &Node, what: &str) -> Read<()> {
    for item in node.items() {
        let path = item.text().unwrap_or("");
        let fits = path.split_once('*').is_none_or(|(_, rest)| !rest.contains('/'));
        if !fits {
            let what = if what == "rule" { "rule file path" } else { "scrape config file path" };
            return Err(Problem::at(item.place, format!("invalid {what} {}", quote(path))));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
