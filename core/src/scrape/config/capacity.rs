//! How much a configuration may ask for, so that a lab stays quick: each event looks at every target.
//!
//! Differs: Prometheus has no such limits; a configuration beyond them is valid, and only a lab refuses it.

use std::sync::Arc;

use super::{Config, ConfigError, DiscoveryConfig, ScrapeConfig};
use crate::base::span::Place;
use crate::base::time::Millis;
use crate::scrape::relabel::MAX_LABELS;
use crate::yaml::{Error, Problem};

/// The most jobs.
pub const MAX_JOBS: usize = 1000;
/// The most targets of all jobs together.
pub const MAX_TARGETS: usize = 2000;
/// The most questions that discoveries ask again and again: names for DNS, and the others one each.
const MAX_QUESTIONS: usize = 100;
/// The most scrapes a second of all targets together.
pub const MAX_SCRAPES_A_SECOND: u64 = 1000;

/// What targets add to the rate of scrapes, in billionths of a scrape a millisecond.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate(u64);

impl Rate {
    /// The rate of so many targets that are scraped once in `interval`.
    #[must_use]
    pub fn of(targets: usize, interval: Millis) -> Self {
        let each = 1_000_000_000 / interval.0.max(1).unsigned_abs();
        Self(each.saturating_mul(targets as u64))
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Whether it is beyond [`MAX_SCRAPES_A_SECOND`].
    #[must_use]
    pub fn is_too_high(self) -> bool {
        self.0 > MAX_SCRAPES_A_SECOND * 1_000_000
    }
}

/// The first thing for which there is no room, with the place of its job.
pub(super) fn excess(jobs: &[Arc<ScrapeConfig>], places: &[Place]) -> Option<Problem> {
    let (mut targets, mut questions, mut rate) = (0, 0, Rate::default());
    for (number, (job, place)) in jobs.iter().zip(places).enumerate() {
        let (mut own, mut most_labels) = (0, 0);
        for source in &job.discovery {
            match source {
                DiscoveryConfig::Static(groups) => {
                    own += groups.iter().map(|group| group.targets.len()).sum::<usize>();
                    let labels = groups.iter().map(|group| group.labels.len()).max();
                    most_labels = most_labels.max(labels.unwrap_or(0));
                }
                DiscoveryConfig::Dns(dns) => questions += dns.names.len(),
                DiscoveryConfig::File(_) | DiscoveryConfig::Http(_) | DiscoveryConfig::Docker(_) => {
                    questions += 1;
                }
                DiscoveryConfig::Unsimulated(_) => {}
            }
        }
        targets += own;
        rate = rate.and(Rate::of(own, job.scrape_interval));
        let limits = [
            (number >= MAX_JOBS, format!("{MAX_JOBS} jobs")),
            (targets > MAX_TARGETS, format!("{MAX_TARGETS} targets")),
            (most_labels > MAX_LABELS, format!("{MAX_LABELS} labels of a target")),
            (
                questions > MAX_QUESTIONS,
                format!("{MAX_QUESTIONS} discoveries that are asked again and again"),
            ),
            (rate.is_too_high(), format!("{MAX_SCRAPES_A_SECOND} scrapes a second")),
        ];
        if let Some((_, limit)) = limits.into_iter().find(|(exceeds, _)| *exceeds) {
            return Some(Problem::at(*place, format!("a lab has no room for more than {limit}")));
        }
    }
    None
}

impl Config {
    /// Reads a configuration that is to be carried out.
    ///
    /// # Errors
    /// When Prometheus would refuse it, as [`Config::parse`]; and when there is no room for what it asks for.
    pub fn parse_within_room(text: &str) -> Result<Self, ConfigError> {
        let config = Self::parse(text)?;
        match &config.excess {
            Some(excess) => Err(ConfigError::from(Error::Invalid(excess.clone()))),
            None => Ok(config),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(jobs: &str) -> Option<String> {
        let text = format!("scrape_configs:\n{jobs}");
        Config::parse(&text).unwrap();
        let error = Config::parse_within_room(&text).err()?;
        Some(format!("{}: {error}", error.line.unwrap_or(0)))
    }

    fn job(name: usize, targets: usize, interval: &str) -> String {
        let targets = vec!["\"a:1\""; targets].join(",");
        format!(
            "- {{job_name: j{name}, scrape_interval: {interval}, scrape_timeout: 1ms, static_configs: [{{targets: [{targets}]}}]}}\n"
        )
    }

    #[test]
    fn what_a_lab_has_no_room_for_is_valid_and_refused_with_its_place() {
        let jobs = |count| (0..count).map(|number| job(number, 1, "15s")).collect::<String>();
        assert_eq!(refusal(&jobs(MAX_JOBS)), None);
        let said = "1002: a lab has no room for more than 1000 jobs";
        assert_eq!(refusal(&jobs(MAX_JOBS + 1)).as_deref(), Some(said));
        assert_eq!(refusal(&job(0, MAX_TARGETS, "15s")), None);
        let said = "3: a lab has no room for more than 2000 targets";
        assert_eq!(refusal(&(job(0, MAX_TARGETS, "15s") + &job(1, 1, "15s"))).as_deref(), Some(said));
        assert_eq!(refusal(&job(0, 1, "1ms")), None);
        let said = "2: a lab has no room for more than 1000 scrapes a second";
        assert_eq!(refusal(&job(0, 2, "1ms")).as_deref(), Some(said));
        let names = "a,".repeat(MAX_QUESTIONS + 1);
        let names = format!("- {{job_name: j, dns_sd_configs: [{{names: [{names}]}}]}}\n");
        let said = "2: a lab has no room for more than 100 discoveries that are asked again and again";
        assert_eq!(refusal(&names).as_deref(), Some(said));
        let labels: String = (0..=MAX_LABELS).map(|number| format!("l{number}: x,")).collect();
        let labels = format!("- {{job_name: j, static_configs: [{{targets: [a], labels: {{{labels}}}}}]}}\n");
        let said = "2: a lab has no room for more than 512 labels of a target";
        assert_eq!(refusal(&labels).as_deref(), Some(said));
    }
}
