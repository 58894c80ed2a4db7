//! A target: made from a discovered label set and its job, or dropped, or refused.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::compatibility::Compatibility;
use super::config::ScrapeConfig;
use super::need::Scheme;
use super::relabel::{Excess, MAX_LABELS, Relabeling, Work};
use super::url::{TargetUrl, lacks_port};
use crate::base::duration;
use crate::base::number::quote;
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::model::labels::Labels;

/// The label that says where a target is reached.
pub const ADDRESS: &str = "__address__";
const SCHEME: &str = "__scheme__";
const METRICS_PATH: &str = "__metrics_path__";
const SCRAPE_INTERVAL: &str = "__scrape_interval__";
const SCRAPE_TIMEOUT: &str = "__scrape_timeout__";
const PARAMETER: &str = "__param_";
const META: &str = "__meta_";

/// Something that is scraped. Two targets with the same labels and URL are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// All labels after relabeling but for `__meta_` ones: with the URL, what makes the target itself.
    all_labels: Labels,
    /// The labels that its samples get.
    pub labels: Labels,
    /// The labels before relabeling.
    pub discovered: Labels,
    /// The URL.
    pub url: Arc<str>,
    /// The URL's scheme.
    pub scheme: Scheme,
    /// The URL's host.
    pub host: Arc<str>,
    /// The URL's port.
    pub port: u16,
    /// The URL's path and query.
    pub path: Arc<str>,
    /// Why it cannot be fetched, where its URL is none.
    pub problem: Option<Arc<str>>,
    /// The time between two scrapes.
    pub interval: Millis,
    /// The time a scrape may take.
    pub timeout: Millis,
}

/// What makes a target itself: its labels after relabeling but for `__meta_` ones, and its URL.
pub type Identity = (Labels, Arc<str>);

/// What became of a discovered label set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// A target.
    Target(Box<Target>),
    /// Nothing: a rule dropped it. Holds the labels before relabeling.
    Dropped(Labels),
}

impl Target {
    /// Makes a target from the labels of a discovery, with what is left of `work`.
    ///
    /// # Errors
    /// When what relabeling leaves cannot be scraped, in Prometheus's words; or when it comes to no end.
    pub fn make(
        found: &Labels,
        config: &ScrapeConfig,
        compatibility: Compatibility,
        work: &mut Work,
    ) -> Result<Made, String> {
        let discovered = with_defaults(found, config);
        let mut relabeling = Relabeling::of_targets(config, work);
        let relabeled = relabeling.process(&discovered).map_err(|excess| excess.to_string())?;
        let Some(relabeled) = relabeled else {
            return Ok(Made::Dropped(discovered));
        };
        if relabeled.len() > MAX_LABELS {
            return Err(Excess::Labels.to_string());
        }
        let mut builder = relabeled.to_builder();
        let get = |name| relabeled.get(name).unwrap_or("");
        if get(ADDRESS).is_empty() {
            return Err("no address".to_owned());
        }
        let mut address = get(ADDRESS).to_owned();
        if compatibility == Compatibility::V2_13 && lacks_port(&address) {
            address.push_str(if get(SCHEME) == "https" { ":443" } else { ":80" });
            builder.set(ADDRESS, &*address);
        }
        if address.contains('/') {
            return Err(format!("{} is not a valid hostname", quote(&address)));
        }
        let (interval, timeout) = read_schedule(get(SCRAPE_INTERVAL), get(SCRAPE_TIMEOUT))?;
        if get("instance").is_empty() {
            builder.set("instance", &*address);
        }
        let all_labels = builder.build().filtered(|label| !label.name.starts_with(META));
        let url = TargetUrl::new(get(SCHEME), &address, get(METRICS_PATH), &parameters(&all_labels, config));
        Ok(Made::Target(Box::new(Self {
            labels: all_labels.filtered(|label| !label.name.starts_with("__")),
            all_labels,
            discovered,
            url: url.text.into(),
            scheme: url.scheme,
            host: url.host.into(),
            port: url.port,
            path: url.path.into(),
            problem: url.problem.map(Arc::from),
            interval,
            timeout,
        })))
    }

    /// What makes it the target that it is, whatever it was discovered as.
    pub fn identity(&self) -> Identity {
        (self.all_labels.clone(), self.url.clone())
    }

    /// The `instance` label.
    pub fn instance(&self) -> Arc<str> {
        self.labels
            .iter()
            .find(|label| &*label.name == "instance")
            .map_or_else(|| Arc::from(""), |label| label.value.clone())
    }

    /// When the first scrape after `now` begins: the target's place within its interval comes
    /// from its labels and URL and the server's seed, pinned to absolute time, so that it survives restarts.
    ///
    /// Differs: Prometheus takes the FNV hash of labels and URL, XORs it with a hash of its host's name and external
    /// labels, and takes the rest by the interval. The hash here is the lab's own, of the same things; the server's
    /// part is drawn from its stream of random numbers instead of its host's name. Which place a target gets is chance
    /// there as here.
    ///
    /// Source: `scrape/target.go`, `offset`.
    pub fn first_tick(&self, seed: Seed, now: Timestamp) -> Timestamp {
        let identity = format!("{}{}", self.all_labels, self.url);
        let interval = self.interval.0.max(1);
        let offset = (seed.derive(&identity) % interval.unsigned_abs()) as i64;
        let into = (now.0 - offset).rem_euclid(interval);
        Timestamp(now.0 + interval - into)
    }
}

/// The labels that a job gives where the discovery does not.
fn with_defaults(found: &Labels, config: &ScrapeConfig) -> Labels {
    let mut builder = found.to_builder();
    let defaults = [
        ("job", config.job_name.clone()),
        (SCRAPE_INTERVAL, config.scrape_interval.to_string()),
        (SCRAPE_TIMEOUT, config.scrape_timeout.to_string()),
        (METRICS_PATH, config.metrics_path.clone()),
        (SCHEME, config.scheme.clone()),
    ];
    for (name, value) in defaults {
        if found.get(name).is_none() {
            builder.set(name, value);
        }
    }
    for (name, values) in &config.params {
        if let Some(first) = values.first() {
            builder.set(format!("{PARAMETER}{name}"), &**first);
        }
    }
    builder.build()
}

/// The query parameters: the job's, the first of each replaced by its label.
fn parameters(labels: &Labels, config: &ScrapeConfig) -> Vec<(String, Vec<String>)> {
    let mut parameters: Vec<(String, Vec<String>)> =
        config.params.iter().map(|(name, values)| (name.clone(), values.clone())).collect();
    for label in labels {
        let Some(name) = label.name.strip_prefix(PARAMETER) else { continue };
        match parameters.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) if !values.is_empty() => label.value.to_string().clone_into(&mut values[0]),
            Some((_, values)) => values.push(label.value.to_string()),
            None => parameters.push((name.to_owned(), vec![label.value.to_string()])),
        }
    }
    parameters
}

/// Interval and timeout, which relabeling may have changed.
fn read_schedule(interval: &str, timeout: &str) -> Result<(Millis, Millis), String> {
    let read = |text: &str, what: &str| match duration::parse(text) {
        Ok(Millis::ZERO) => Err(format!("scrape {what} cannot be 0")),
        Ok(length) => Ok(length),
        Err(error) => Err(format!("error parsing scrape {what}: {error}")),
    };
    let (interval_length, timeout_length) = (read(interval, "interval")?, read(timeout, "timeout")?);
    if timeout_length > interval_length {
        return Err(format!(
            "scrape timeout cannot be greater than scrape interval ({} > {})",
            quote(timeout),
            quote(interval)
        ));
    }
    Ok((interval_length, timeout_length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(address: &str, interval: &str) -> Target {
        let text =
            format!("scrape_configs: [{{ job_name: j, scrape_interval: {interval}, scrape_timeout: 1s }}]");
        let config = crate::scrape::config::Config::parse(&text).unwrap();
        let found = Labels::from_pairs([(ADDRESS, address)]);
        match Target::make(&found, &config.scrape_configs[0], Compatibility::V3, &mut Work::default())
            .unwrap()
        {
            Made::Target(target) => *target,
            Made::Dropped(labels) => panic!("{labels}"),
        }
    }

    #[test]
    fn a_target_has_its_place_within_the_interval_for_good() {
        let first = |address, seed, now| target(address, "10s").first_tick(Seed(seed), Timestamp(now)).0;
        let known = ["a:80", "b:80", "c:80"].map(|address| first(address, 7, 0));
        assert_eq!(known, [283, 4697, 3281]);
        for address in ["a:80", "b:80", "c:80"] {
            let begun = first(address, 7, 0);
            let restarted = first(address, 7, 3_600_123);
            assert_eq!((restarted - begun) % 10_000, 0, "{address} keeps its place over a restart");
            assert!((3_600_124..=3_610_123).contains(&restarted));
            assert_ne!(begun, first(address, 8, 0), "another server, another place");
        }
    }

    #[test]
    fn targets_are_spread_over_the_whole_interval() {
        let mut tenths = [0; 10];
        for number in 0..1000 {
            let tick = target(&format!("host{number}:80"), "10s").first_tick(Seed(1), Timestamp(0)).0;
            tenths[(tick - 1) as usize / 1000] += 1;
        }
        assert!(tenths.iter().all(|count| (70..=130).contains(count)), "{tenths:?}");
    }
}
