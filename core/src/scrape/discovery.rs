//! Sources of targets at work: what each job's discoveries have found so far, and when names are looked up again.
//! Makes no targets of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::config::{DiscoveryConfig, DnsConfig, ScrapeConfig, StaticGroup};
use super::counters::Counters;
use super::need::{LookupId, NameLookup, RecordType};
use super::outcome::LookupOutcome;
use super::target::ADDRESS;
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
    /// Names that are looked up again and again.
    Dns(DnsSource),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DnsSource {
    refresh_at: Timestamp,
    /// By name, in the order of the configuration: the look-up under way, and what the last good one found.
    names: Vec<(Arc<str>, Option<LookupId>, Vec<Labels>)>,
}

impl Discovery {
    /// The discoveries of a job. Those of `before` that stand unchanged go on; new names are looked up at `now`.
    pub fn new(config: &ScrapeConfig, before: Option<(&ScrapeConfig, &Self)>, now: Timestamp) -> Self {
        let kept = |wanted: &DiscoveryConfig| {
            let (config, discovery) = before?;
            let at = config.discovery.iter().position(|known| known == wanted)?;
            discovery.sources.get(at).cloned()
        };
        let make = |wanted: &DiscoveryConfig| match wanted {
            DiscoveryConfig::Static(groups) => Source::Fixed(groups.iter().flat_map(static_labels).collect()),
            DiscoveryConfig::Dns(dns) => kept(wanted).unwrap_or_else(|| {
                let names = dns.names.iter().map(|name| (name.clone(), None, Vec::new())).collect();
                Source::Dns(DnsSource { refresh_at: now, names })
            }),
            DiscoveryConfig::Unsimulated(_) => Source::Fixed(Vec::new()),
        };
        Self { sources: config.discovery.iter().map(make).collect() }
    }

    /// When names are looked up next.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.dns().map(|dns| dns.refresh_at).min()
    }

    fn dns(&self) -> impl Iterator<Item = &DnsSource> {
        self.sources.iter().filter_map(|source| match source {
            Source::Dns(dns) => Some(dns),
            Source::Fixed(_) => None,
        })
    }

    /// The look-ups that are due. One that is still under way is given up for the new one.
    pub fn refresh(
        &mut self,
        config: &ScrapeConfig,
        now: Timestamp,
        next_id: &mut u64,
        lookups: &mut Vec<NameLookup>,
    ) {
        for (source, config) in self.sources.iter_mut().zip(&config.discovery) {
            let (Source::Dns(dns), DiscoveryConfig::Dns(config)) = (source, config) else { continue };
            if dns.refresh_at > now {
                continue;
            }
            let periods = (now - dns.refresh_at).0 / config.refresh_interval.0 + 1;
            dns.refresh_at += config.refresh_interval * periods;
            for (name, under_way, _) in &mut dns.names {
                let id = LookupId(*next_id);
                *next_id += 1;
                *under_way = Some(id);
                lookups.push(NameLookup { id, name: name.clone(), record: config.record });
            }
        }
    }

    /// Takes an answer, where it belongs here: gives whether it did, and what went wrong.
    pub fn resolved(
        &mut self,
        config: &ScrapeConfig,
        id: LookupId,
        outcome: &LookupOutcome,
        counters: &mut Counters,
    ) -> Option<Result<(), (Arc<str>, String)>> {
        for (source, config) in self.sources.iter_mut().zip(&config.discovery) {
            let (Source::Dns(dns), DiscoveryConfig::Dns(config)) = (source, config) else { continue };
            let Some((name, under_way, found)) =
                dns.names.iter_mut().find(|(_, under_way, _)| *under_way == Some(id))
            else {
                continue;
            };
            *under_way = None;
            counters.dns_lookups += 1;
            return Some(match outcome {
                LookupOutcome::Failed(reason) => {
                    counters.dns_lookup_failures += 1;
                    Err((name.clone(), reason.clone()))
                }
                LookupOutcome::NoSuchName => {
                    found.clear();
                    Ok(())
                }
                LookupOutcome::Records(records) => {
                    *found = records.iter().map(|record| record_labels(config, name, record)).collect();
                    Ok(())
                }
                LookupOutcome::Services(services) => {
                    *found = services.iter().map(|(host, port)| service_labels(name, host, *port)).collect();
                    Ok(())
                }
            });
        }
        None
    }

    /// The label sets found so far, source by source.
    pub fn found(&self) -> Vec<Labels> {
        let mut found = Vec::new();
        for source in &self.sources {
            match source {
                Source::Fixed(labels) => found.extend(labels.iter().cloned()),
                Source::Dns(dns) => {
                    found.extend(dns.names.iter().flat_map(|(.., labels)| labels.iter().cloned()))
                }
            }
        }
        found
    }
}

fn static_labels(group: &StaticGroup) -> Vec<Labels> {
    let labels = |address: &Arc<str>| {
        let own = std::iter::once((Arc::from(ADDRESS), address.clone()));
        Labels::from_pairs(group.labels.iter().cloned().chain(own))
    };
    group.targets.iter().map(labels).collect()
}

fn record_labels(config: &DnsConfig, name: &Arc<str>, record: &str) -> Labels {
    // A host name may come with the dot of the root.
    let host = record.trim_end_matches('.');
    let mut pairs =
        BTreeMap::from([(ADDRESS, join(host, config.port)), ("__meta_dns_name", name.to_string())]);
    match config.record {
        RecordType::Mx => pairs.insert("__meta_dns_mx_record_target", record.to_owned()),
        RecordType::Ns => pairs.insert("__meta_dns_ns_record_target", record.to_owned()),
        RecordType::A | RecordType::Aaaa | RecordType::Srv => None,
    };
    Labels::from_pairs(pairs)
}

fn service_labels(name: &Arc<str>, host: &str, port: u16) -> Labels {
    Labels::from_pairs([
        (ADDRESS, join(host.trim_end_matches('.'), port)),
        ("__meta_dns_name", name.to_string()),
        ("__meta_dns_srv_record_target", host.to_owned()),
        ("__meta_dns_srv_record_port", port.to_string()),
    ])
}

fn join(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}
