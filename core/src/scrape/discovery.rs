//! Sources of targets at work: what each job's discoveries have found so far, and when they are asked again.
//! Makes no targets of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::compatibility::Compatibility;
use super::config::{DiscoveryConfig, ScrapeConfig, StaticGroup};
use super::counters::Counters;
use super::found::{self, Found};
use super::need::{ContainerLookup, FileLookup, LookupId, NameLookup, Need, PageLookup};
use super::outcome::LookupOutcome;
use super::target::ADDRESS;
use super::url::TargetUrl;
use crate::base::time::{Millis, Timestamp};
use crate::model::labels::Labels;

/// How long found targets wait until they are handed on together.
pub const BATCH: Millis = Millis::from_secs(5);

/// The discoveries of one job, in the order of its configuration.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Discovery {
    sources: Vec<Source>,
}

/// One discovery with what it has found.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Source {
    /// Found once and for all.
    Fixed(Vec<Labels>),
    /// Asked again and again.
    Polled(Polled),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Polled {
    refresh_at: Timestamp,
    /// One for each question: a name of a DNS discovery, or the whole of another.
    questions: Vec<Asked>,
    /// How often an answer was an error; not counted for DNS, which counts look-ups.
    failures: u64,
}

/// A question with what the last good answer brought.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Asked {
    /// What is asked: the name, the address.
    what: Arc<str>,
    under_way: Option<LookupId>,
    /// By file; under the empty name where there are no files.
    found: BTreeMap<String, Vec<Labels>>,
}

/// What an answer came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Whether there is something to hand on.
    pub is_news: bool,
    /// What went wrong: where, and why.
    pub errors: Vec<(Arc<str>, String)>,
}

impl Discovery {
    /// The discoveries of a job. Those of `before` that stand unchanged go on; new ones are asked at `now`.
    pub fn new(config: &ScrapeConfig, before: Option<(&ScrapeConfig, &Self)>, now: Timestamp) -> Self {
        let kept = |wanted: &DiscoveryConfig| {
            let (config, discovery) = before?;
            let at = config.discovery.iter().position(|known| known == wanted)?;
            discovery.sources.get(at).cloned()
        };
        let polled = |wanted: &DiscoveryConfig, questions: &[&str]| {
            let asked = |what: &&str| Asked { what: (*what).into(), under_way: None, found: BTreeMap::new() };
            let questions = questions.iter().map(asked).collect();
            kept(wanted).unwrap_or(Source::Polled(Polled { refresh_at: now, questions, failures: 0 }))
        };
        let make = |wanted: &DiscoveryConfig| match wanted {
            DiscoveryConfig::Static(groups) => Source::Fixed(groups.iter().flat_map(static_labels).collect()),
            DiscoveryConfig::Dns(dns) => {
                polled(wanted, &dns.names.iter().map(|name| &**name).collect::<Vec<_>>())
            }
            DiscoveryConfig::File(file) => polled(wanted, &[&file.files.join(", ")]),
            DiscoveryConfig::Http(http) => polled(wanted, &[&http.url]),
            DiscoveryConfig::Docker(docker) => polled(wanted, &[&docker.host]),
            DiscoveryConfig::Unsimulated(_) => Source::Fixed(Vec::new()),
        };
        Self { sources: config.discovery.iter().map(make).collect() }
    }

    /// When something is asked next.
    pub fn next_at(&self) -> Option<Timestamp> {
        let polled = self.sources.iter().filter_map(|source| match source {
            Source::Polled(polled) => Some(polled.refresh_at),
            Source::Fixed(_) => None,
        });
        polled.min()
    }

    /// A file has changed: those that read files do so again at `now`.
    pub fn files_changed(&mut self, config: &ScrapeConfig, now: Timestamp) {
        for (source, config) in self.sources.iter_mut().zip(&config.discovery) {
            if let (Source::Polled(polled), DiscoveryConfig::File(_)) = (source, config) {
                polled.refresh_at = polled.refresh_at.min(now);
            }
        }
    }

    /// The questions that are due. One that is still under way is given up for the new one.
    pub fn refresh(
        &mut self,
        config: &ScrapeConfig,
        now: Timestamp,
        next_id: &mut u64,
        needs: &mut Vec<Need>,
    ) {
        for (source, config) in self.sources.iter_mut().zip(&config.discovery) {
            let (Source::Polled(polled), Some(interval)) = (source, refresh_interval(config)) else {
                continue;
            };
            if polled.refresh_at > now {
                continue;
            }
            let periods = (now - polled.refresh_at).0 / interval.0 + 1;
            polled.refresh_at += interval * periods;
            for asked in &mut polled.questions {
                let id = LookupId(*next_id);
                *next_id += 1;
                asked.under_way = Some(id);
                needs.extend(question(id, &asked.what, config));
            }
        }
    }

    /// Takes an answer, where it belongs here.
    pub fn resolved(
        &mut self,
        config: &ScrapeConfig,
        id: LookupId,
        outcome: &LookupOutcome,
        compatibility: Compatibility,
        counters: &mut Counters,
    ) -> Option<Resolved> {
        for (source, config) in self.sources.iter_mut().zip(&config.discovery) {
            let Source::Polled(polled) = source else { continue };
            let Some(asked) = polled.questions.iter_mut().find(|asked| asked.under_way == Some(id)) else {
                continue;
            };
            asked.under_way = None;
            counters.dns_lookups += u64::from(matches!(config, DiscoveryConfig::Dns(_)));
            let Found { groups, errors } = found::read(config, &asked.what, outcome, compatibility);
            let is_news = groups.is_some();
            if let Some(groups) = groups {
                // What could not be read stays as it was; what is not there any more is gone.
                let mut before = std::mem::take(&mut asked.found);
                let kept = |(key, labels): (String, Option<Vec<Labels>>)| {
                    let labels = labels.or_else(|| before.remove(&key))?;
                    Some((key, labels))
                };
                asked.found = groups.into_iter().filter_map(kept).collect();
            }
            let failed = errors.len() as u64;
            match config {
                DiscoveryConfig::Dns(_) => counters.dns_lookup_failures += failed,
                DiscoveryConfig::File(_) => counters.file_read_errors += failed,
                DiscoveryConfig::Http(_) => {
                    counters.http_failures += failed;
                    polled.failures += failed;
                }
                _ => polled.failures += failed,
            }
            return Some(Resolved { is_news, errors });
        }
        None
    }

    /// How often an answer was an error, for the discoveries that Prometheus counts so: the mechanism and the number.
    pub fn failures<'a>(
        &'a self,
        config: &'a ScrapeConfig,
    ) -> impl Iterator<Item = (&'static str, u64)> + 'a {
        self.sources.iter().zip(&config.discovery).filter_map(|(source, config)| match (source, config) {
            (Source::Polled(polled), DiscoveryConfig::Http(_)) => Some(("http", polled.failures)),
            (Source::Polled(polled), DiscoveryConfig::Docker(_)) => Some(("docker", polled.failures)),
            (Source::Polled(polled), DiscoveryConfig::Dns(_)) => Some(("dns", polled.failures)),
            _ => None,
        })
    }

    /// The label sets found so far, source by source.
    pub fn found(&self) -> impl Iterator<Item = &Labels> {
        self.sources.iter().flat_map(Source::found)
    }
}

impl Source {
    /// The label sets found so far.
    fn found(&self) -> Box<dyn Iterator<Item = &Labels> + '_> {
        match self {
            Self::Fixed(labels) => Box::new(labels.iter()),
            Self::Polled(polled) => {
                Box::new(polled.questions.iter().flat_map(|asked| asked.found.values()).flatten())
            }
        }
    }
}

const fn refresh_interval(config: &DiscoveryConfig) -> Option<Millis> {
    match config {
        DiscoveryConfig::Dns(dns) => Some(dns.refresh_interval),
        DiscoveryConfig::File(file) => Some(file.refresh_interval),
        DiscoveryConfig::Http(http) => Some(http.refresh_interval),
        DiscoveryConfig::Docker(docker) => Some(docker.refresh_interval),
        DiscoveryConfig::Static(_) | DiscoveryConfig::Unsimulated(_) => None,
    }
}

/// What is asked of the world.
fn question(id: LookupId, what: &Arc<str>, config: &DiscoveryConfig) -> Option<Need> {
    Some(match config {
        DiscoveryConfig::Dns(dns) => Need::Lookup(NameLookup { id, name: what.clone(), record: dns.record }),
        DiscoveryConfig::File(file) => Need::Files(FileLookup { id, patterns: file.files.clone() }),
        DiscoveryConfig::Docker(docker) => {
            Need::Containers(ContainerLookup { id, host: docker.host.as_str().into() })
        }
        DiscoveryConfig::Http(http) => {
            let url = TargetUrl::redirected("", &http.url);
            Need::Page(PageLookup {
                id,
                url: what.clone(),
                scheme: url.scheme,
                host: url.host.into(),
                port: url.port,
                path: url.path.into(),
                timeout: http.refresh_interval,
            })
        }
        DiscoveryConfig::Static(_) | DiscoveryConfig::Unsimulated(_) => return None,
    })
}

/// The label sets of a group that stands in a configuration or a file.
pub fn static_labels(group: &StaticGroup) -> Vec<Labels> {
    let labels = |address: &Arc<str>| {
        let own = std::iter::once((Arc::from(ADDRESS), address.clone()));
        Labels::from_pairs(group.labels.iter().cloned().chain(own))
    };
    group.targets.iter().map(labels).collect()
}
