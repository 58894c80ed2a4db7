//! One entry of `scrape_configs`: a job.

use std::collections::BTreeMap;

use super::discovery::{self, DiscoveryConfig};
use super::global::Global;
use super::histograms::Histograms;
use super::http_client::HttpClient;
use super::limits::Limits;
use super::names::NameScheme;
use super::protocol::{ProtocolNames, ScrapeProtocol};
use crate::base::number::quote;
use crate::base::time::Millis;
use crate::scrape::relabel::{Rule, read_rules};
use crate::yaml::{Content, FromNode, Node, Problem, Read, Reader};

/// A job, defaults and the global section's values filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapeConfig {
    /// The value of the `job` label, unless relabeling changes it.
    pub job_name: String,
    /// The time between two scrapes.
    pub scrape_interval: Millis,
    /// The time a scrape may take.
    pub scrape_timeout: Millis,
    /// The path of the metrics page.
    pub metrics_path: String,
    /// `http` or `https`.
    pub scheme: String,
    /// Query parameters.
    pub params: BTreeMap<String, Vec<String>>,
    /// Whether labels of the page win over the target's.
    pub honor_labels: bool,
    /// Whether timestamps of the page are taken.
    pub honor_timestamps: bool,
    /// Whether series with timestamps of their own go stale too.
    pub track_timestamps_staleness: bool,
    /// Whether the page may come compressed.
    pub enable_compression: bool,
    /// Whether `scrape_timeout_seconds` and two more are written beside `up`.
    pub extra_scrape_metrics: bool,
    /// The formats that are asked for, most wanted first.
    pub scrape_protocols: Vec<ScrapeProtocol>,
    /// How a page without a usable Content-Type is read.
    pub fallback_scrape_protocol: Option<ScrapeProtocol>,
    /// What fails a scrape.
    pub limits: Limits,
    /// Which names are allowed.
    pub names: NameScheme,
    /// Where targets come from.
    pub discovery: Vec<DiscoveryConfig>,
    /// Rules for targets.
    pub relabel_configs: Vec<Rule>,
    /// Rules for samples.
    pub metric_relabel_configs: Vec<Rule>,
    /// How targets are connected to.
    pub http_client: HttpClient,
    /// Which histograms are taken, and how.
    pub histograms: Histograms,
    written_protocols: ProtocolNames,
    fallback: String,
    extra: Option<bool>,
}

impl Default for ScrapeConfig {
    fn default() -> Self {
        Self {
            job_name: String::new(),
            scrape_interval: Millis::ZERO,
            scrape_timeout: Millis::ZERO,
            metrics_path: "/metrics".to_owned(),
            scheme: "http".to_owned(),
            params: BTreeMap::new(),
            honor_labels: false,
            honor_timestamps: true,
            track_timestamps_staleness: false,
            enable_compression: true,
            extra_scrape_metrics: false,
            scrape_protocols: Vec::new(),
            fallback_scrape_protocol: None,
            limits: Limits::default(),
            names: NameScheme::default(),
            discovery: Vec::new(),
            relabel_configs: Vec::new(),
            metric_relabel_configs: Vec::new(),
            http_client: HttpClient::default(),
            histograms: Histograms::default(),
            written_protocols: ProtocolNames::default(),
            fallback: String::new(),
            extra: None,
        }
    }
}

impl FromNode for ScrapeConfig {
    fn go_type() -> String {
        "config.ScrapeConfig".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut job = Self::default();
        let clean = reader
            .structure(node, "config.ScrapeConfig", |reader, name, value| job.field(reader, name, value))?;
        if clean {
            job.check(node)?;
        }
        Ok(Some(job))
    }
}

impl ScrapeConfig {
    fn field(&mut self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        match name {
            "job_name" => reader.put(&mut self.job_name, value)?,
            "scrape_interval" => reader.put(&mut self.scrape_interval, value)?,
            "scrape_timeout" => reader.put(&mut self.scrape_timeout, value)?,
            "metrics_path" => reader.put(&mut self.metrics_path, value)?,
            "scheme" => reader.put(&mut self.scheme, value)?,
            "params" if !value.is_null() && !matches!(value.content, Content::Mapping(_)) => {
                reader.mismatch(value, "url.Values");
            }
            "params" => reader.put(&mut self.params, value)?,
            "honor_labels" => reader.put(&mut self.honor_labels, value)?,
            "honor_timestamps" => reader.put(&mut self.honor_timestamps, value)?,
            "track_timestamps_staleness" => reader.put(&mut self.track_timestamps_staleness, value)?,
            "enable_compression" => reader.put(&mut self.enable_compression, value)?,
            "extra_scrape_metrics" => reader.put(&mut self.extra, value)?,
            "scrape_protocols" => reader.put(&mut self.written_protocols, value)?,
            "fallback_scrape_protocol" if value.text().is_none() => {
                reader.mismatch(value, "config.ScrapeProtocol");
            }
            "fallback_scrape_protocol" => reader.put(&mut self.fallback, value)?,
            "relabel_configs" => {
                let empty = "empty or null target relabeling rule in scrape config";
                self.relabel_configs = read_rules(reader, value, empty)?;
            }
            "metric_relabel_configs" => {
                let empty = "empty or null metric relabeling rule in scrape config";
                self.metric_relabel_configs = read_rules(reader, value, empty)?;
            }
            _ => {
                return Ok(self.limits.field(reader, name, value)?
                    || self.names.field(reader, name, value)?
                    || self.histograms.field(reader, name, value)?
                    || Self::set_aside(reader, name, value)?
                    || discovery::field(reader, name, value, &mut self.discovery)?
                    || self.http_client.field(reader, name, value)?);
            }
        }
        Ok(true)
    }

    /// Fields that are read and have no effect in a lab.
    fn set_aside(reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        if name != "scrape_failure_log_file" {
            return Ok(false);
        }
        reader.put(&mut String::new(), value)?;
        reader.remark(Problem::at(value.place, name));
        Ok(true)
    }

    /// Checks what does not need the global section.
    fn check(&self, node: &Node) -> Read<()> {
        if self.job_name.is_empty() {
            return Err(Problem::at(node.place, "job_name is empty"));
        }
        HttpClient::check(node)?;
        if self.relabel_configs.is_empty() {
            discovery::check_static_addresses(node)?;
        }
        Ok(())
    }

    /// Takes what is not said from the global section, and checks what the fields mean together.
    pub(super) fn inherit(&mut self, global: &Global) -> Result<(), String> {
        let job = quote(&self.job_name);
        if self.scrape_interval == Millis::ZERO {
            self.scrape_interval = global.scrape_interval;
        }
        if self.scrape_timeout > self.scrape_interval {
            return Err(format!(
                "scrape timeout greater than scrape interval for scrape config with job name {job}"
            ));
        }
        if self.scrape_timeout == Millis::ZERO {
            self.scrape_timeout = global.scrape_timeout.min(self.scrape_interval);
        }
        self.limits.inherit(&global.limits);
        self.extra_scrape_metrics = self.extra.unwrap_or(global.extra_scrape_metrics);
        let written = self.written_protocols.check();
        let written = written.map_err(|error| format!("{error} for scrape config with job name {job}"))?;
        self.histograms.inherit(global);
        self.scrape_protocols = match written.or_else(|| global.scrape_protocols.clone()) {
            Some(protocols) => protocols,
            None if self.histograms.scrapes_native() => ScrapeProtocol::WITH_NATIVE_HISTOGRAMS.to_vec(),
            None => ScrapeProtocol::DEFAULT.to_vec(),
        };
        if !self.fallback.is_empty() {
            let fallback = ScrapeProtocol::parse(&self.fallback).map_err(|error| {
                format!("invalid fallback_scrape_protocol for scrape config with job name {job}: {error}")
            })?;
            self.fallback_scrape_protocol = Some(fallback);
        }
        self.names.inherit(&global.names)?;
        let rules = self.relabel_configs.iter().chain(&self.metric_relabel_configs);
        rules.into_iter().try_for_each(|rule| rule.validate(self.names.is_legacy()))
    }
}
