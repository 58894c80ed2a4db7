//! Metric relabeling taken apart: what a job's rules, or others in their place, make of the series that a target's last
//! page showed. Changes no series.

use std::collections::{BTreeMap, BTreeSet};

use super::config::ScrapeConfig;
use super::engine::Engine;
use super::relabel::{Relabeling, Rule, Step, Work};
use super::report::TargetId;
use super::scrape_loop::ScrapeLoop;
use super::{Compatibility, sample_labels};
use crate::exposition::{Entry, Format, ParseOptions, Parser, bound_as_float};
use crate::model::labels::Labels;
use crate::model::metric::MetricType;
use crate::promql::syntax::parse_selector;

/// How often a rule is applied at most; series beyond are counted and left out.
const MOST_APPLICATIONS: usize = 200_000;
/// How many series a rule shows that it dropped or changed.
const MOST_EXAMPLES: usize = 20;

/// What rules make of the series of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricRelabeled {
    /// The rules.
    pub rules: Vec<Rule>,
    /// What each did.
    pub steps: Vec<MetricStep>,
    /// Series on the page.
    pub series: u64,
    /// Those among them that were not looked at, since there are too many.
    pub left_out: u64,
    /// Series that are stored.
    pub kept: u64,
    /// Series that end with the same labels as one before them: only the first is stored.
    pub merged: u64,
    /// Why what is left of a series fails the whole scrape, with its labels: the first such.
    pub refused: Option<(Labels, String)>,
}

/// What one rule did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MetricStep {
    /// Series that came to it.
    pub reached: u64,
    /// Series that it dropped.
    pub dropped: u64,
    /// Series whose labels it changed.
    pub changed: u64,
    /// The first that it dropped or changed.
    pub examples: Vec<SeriesChange>,
}

/// What a rule made of one series.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesChange {
    /// The labels before.
    pub before: Labels,
    /// The labels after; `None` where it was dropped.
    pub after: Option<Labels>,
}

impl Engine {
    /// What metric relabeling makes of the last page of a target, by the rules of its job or by `rules`. `None` where
    /// there is no such target.
    #[must_use]
    pub fn relabel_metrics(&self, target: TargetId, rules: Option<Vec<Rule>>) -> Option<MetricRelabeled> {
        let configs = self.pools.iter().zip(&self.config().scrape_configs);
        let (scrape_loop, config) = configs.into_iter().find_map(|(pool, config)| {
            pool.loops.iter().find(|known| known.id == target).map(|scrape_loop| (scrape_loop, config))
        })?;
        let mut config = ScrapeConfig::clone(config);
        if let Some(rules) = rules {
            config.metric_relabel_configs = rules;
        }
        Some(relabeled(exposed(scrape_loop, self.compatibility), &scrape_loop.target.labels, config))
    }
}

fn relabeled(exposed: Vec<Labels>, target: &Labels, config: ScrapeConfig) -> MetricRelabeled {
    let rules = &config.metric_relabel_configs;
    let most = MOST_APPLICATIONS / rules.len().max(1);
    let mut seen = BTreeSet::new();
    let mut work = Work::default();
    let mut told = MetricRelabeled {
        steps: vec![MetricStep::default(); rules.len()],
        series: exposed.len() as u64,
        left_out: exposed.len().saturating_sub(most) as u64,
        kept: 0,
        merged: 0,
        refused: None,
        rules: Vec::new(),
    };
    for exposed in exposed.iter().take(most) {
        let labels = sample_labels::with_target(exposed, target, &config);
        let (steps, excess) = Relabeling::of_samples(&config, &mut work).trace(&labels);
        let before = std::iter::once(&labels).chain(steps.iter().map(|step| &step.labels));
        for ((told, before), step) in told.steps.iter_mut().zip(before).zip(&steps) {
            told.take(before, step);
        }
        if let Some(excess) = excess {
            told.refused.get_or_insert_with(|| (labels.clone(), excess.to_string()));
            break;
        }
        let is_dropped = steps.last().is_some_and(|step| !step.kept);
        let labels = steps.last().map_or(&labels, |step| &step.labels);
        if is_dropped || labels.is_empty() {
            continue;
        }
        match sample_labels::check(labels, &config) {
            Err((error, _)) => drop(told.refused.get_or_insert_with(|| (labels.clone(), error))),
            Ok(()) if seen.insert(labels.clone()) => told.kept += 1,
            Ok(()) => told.merged += 1,
        }
    }
    told.rules = config.metric_relabel_configs;
    told
}

impl MetricStep {
    fn take(&mut self, before: &Labels, step: &Step) {
        self.reached += 1;
        self.dropped += u64::from(!step.kept);
        let is_changed = step.kept && step.labels != *before;
        self.changed += u64::from(is_changed);
        if (is_changed || !step.kept) && self.examples.len() < MOST_EXAMPLES {
            let after = step.kept.then(|| step.labels.clone());
            self.examples.push(SeriesChange { before: before.clone(), after });
        }
    }
}

/// The labels of the series on the last page, as they were exposed.
fn exposed(scrape_loop: &ScrapeLoop, compatibility: Compatibility) -> Vec<Labels> {
    let families = scrape_loop.cache.families.known();
    let types: BTreeMap<&str, MetricType> =
        families.iter().map(|(name, metadata)| (&**name, metadata.metric_type)).collect();
    let is_new = compatibility == Compatibility::V3;
    let read = |text: &[u8]| match text.strip_prefix(b"\0") {
        Some(histogram) => of_histogram(histogram),
        None => of_line(text).map(|labels| if is_new { with_float_bounds(&labels, &types) } else { labels }),
    };
    scrape_loop.cache.last_series().filter_map(read).collect()
}

/// The labels of a line's series.
fn of_line(text: &[u8]) -> Option<Labels> {
    let line = [text, b" 0\n"].concat();
    let options = ParseOptions { normalize_bounds: false, ..ParseOptions::default() };
    let mut parser = Parser::with_options(&line, Format::Text, options);
    match parser.next_entry().ok()?? {
        Entry::Sample(sample) => Some(sample.labels()),
        _ => None,
    }
}

/// The labels of a native histogram, which no line stands for.
fn of_histogram(text: &[u8]) -> Option<Labels> {
    let matchers = parse_selector(std::str::from_utf8(text).ok()?).ok()?;
    Some(Labels::from_pairs(matchers.iter().map(|matcher| (matcher.name.clone(), matcher.value.clone()))))
}

/// The labels with the bound of a bucket or quantile as version 3 reads it.
fn with_float_bounds(labels: &Labels, types: &BTreeMap<&str, MetricType>) -> Labels {
    let name = labels.metric_name().unwrap_or_default();
    let family = name.strip_suffix("_bucket").unwrap_or(name);
    let Some(metric_type) = types.get(family) else { return labels.clone() };
    let mut builder = labels.to_builder();
    for label in ["le", "quantile"] {
        let bound = labels.get(label).and_then(|value| bound_as_float(*metric_type, label, value));
        if let Some(bound) = bound {
            builder.set(label, bound);
        }
    }
    builder.build()
}
