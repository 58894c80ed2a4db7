//! What a Prometheus's relabeling does, rule by rule; other rules can be tried. Changes nothing.

use super::act::config_problem;
use super::look::prometheus;
use super::problem::Problem;
use super::state::State;
use super::store::StoreId;
use super::view::{
    MetricRelabelStep, MetricRelabelingView, RelabelOutcome, RelabelStep, RelabelingView, TargetId,
};
use crate::model::labels::Labels;
use crate::scrape::Engine;
use crate::scrape::relabel::{self, Rule};

/// What a job's relabeling, or other rules put in its place, make of a discovered label set.
pub fn relabeling(
    state: &State,
    store: &StoreId,
    job: &str,
    discovered: &Labels,
    rules: Option<&str>,
) -> Result<RelabelingView, Problem> {
    let actor = prometheus(state, store)?;
    let missing = || Problem::new("no-such-job", format!("no such job: {job}"));
    let engine = state.engine(actor).ok_or_else(missing)?;
    let rules = rules.map(relabel::parse_rules).transpose().map_err(|error| config_problem(&error))?;
    let relabeled = engine.relabel(job, discovered, rules).ok_or_else(missing)?;
    let steps = relabeled.rules.iter().zip(relabeled.steps).map(|(rule, step)| RelabelStep {
        rule: rule.line(),
        labels: step.labels,
        kept: step.kept,
    });
    Ok(RelabelingView {
        steps: steps.collect(),
        rules: relabeled.rules.iter().map(Rule::block).collect(),
        outcome: match relabeled.made {
            Ok(Some(target)) => {
                RelabelOutcome::Target { url: target.url.to_string(), labels: target.labels.clone() }
            }
            Ok(None) => RelabelOutcome::Dropped,
            Err(error) => RelabelOutcome::Refused(error),
        },
    })
}

/// What metric relabeling makes of the series of a target's last page.
///
/// # Errors
/// When there is no such target, or `rules` are none.
pub fn metric_relabeling(
    state: &State,
    store: &StoreId,
    target: TargetId,
    rules: Option<&str>,
) -> Result<MetricRelabelingView, Problem> {
    let missing = || Problem::new("no-such-target", "the target is gone".to_owned());
    let engine: &Engine = state.engine(prometheus(state, store)?).ok_or_else(missing)?;
    let rules = rules.map(relabel::parse_rules).transpose().map_err(|error| config_problem(&error))?;
    let relabeled = engine.relabel_metrics(target, rules).ok_or_else(missing)?;
    let steps = relabeled.rules.iter().zip(relabeled.steps).map(|(rule, step)| MetricRelabelStep {
        rule: rule.line(),
        reached: step.reached,
        dropped: step.dropped,
        changed: step.changed,
        examples: step.examples.into_iter().map(|change| (change.before, change.after)).collect(),
    });
    Ok(MetricRelabelingView {
        steps: steps.collect(),
        rules: relabeled.rules.iter().map(Rule::block).collect(),
        series: relabeled.series,
        left_out: relabeled.left_out,
        kept: relabeled.kept,
        merged: relabeled.merged,
        refused: relabeled.refused,
    })
}
