//! The labels that a scraped sample ends up with: its own and its target's, conflicts settled, then relabeled and
//! held against the limits.

use super::config::{Limits, ScrapeConfig};
use super::relabel::{Excess, Relabeling, Work};
use crate::model::labels::{Labels, LabelsBuilder, METRIC_NAME, is_plain_label_name, is_plain_metric_name};

/// The final labels; `None` where a rule drops the sample.
///
/// # Errors
/// When relabeling comes to no end with what is left of `work`.
pub fn finish(
    exposed: &Labels,
    target: &Labels,
    config: &ScrapeConfig,
    work: &mut Work,
) -> Result<Option<Labels>, Excess> {
    let labels = with_target(exposed, target, config);
    let relabeled = Relabeling::of_samples(config, work).process(&labels)?;
    Ok(relabeled.filter(|labels| !labels.is_empty()))
}

/// The labels that metric relabeling begins with: those exposed and the target's.
pub fn with_target(exposed: &Labels, target: &Labels, config: &ScrapeConfig) -> Labels {
    let mut builder = exposed.to_builder();
    if config.honor_labels {
        for label in target.iter().filter(|label| exposed.get(&label.name).is_none()) {
            builder.set(label.name.clone(), label.value.clone());
        }
    } else {
        impose(&mut builder, exposed, target);
    }
    builder.build()
}

/// Sets the target's labels; exposed ones of the same name are kept as `exported_…`, the shortest name first.
fn impose(builder: &mut LabelsBuilder, exposed: &Labels, target: &Labels) {
    let mut conflicts = Vec::new();
    for label in target {
        if let Some(value) = exposed.get(&label.name) {
            conflicts.push((label.name.to_string(), value.to_owned()));
        }
        builder.set(label.name.clone(), label.value.clone());
    }
    conflicts.sort_by_key(|(name, _)| name.len());
    for (mut name, value) in conflicts {
        loop {
            name = format!("exported_{name}");
            if builder.get(&name).is_none() {
                builder.set(name, value);
                break;
            }
        }
    }
}

/// The labels of a series that the scraper writes of its own (`up` and so on).
pub fn of_report(name: &str, target: &Labels) -> Labels {
    let mut builder = target.to_builder();
    builder.set(METRIC_NAME, name);
    builder.build()
}

/// Whether a series may be stored: it has a name, its names are allowed, and it keeps to the limits.
///
/// # Errors
/// Why it may not, which fails the whole scrape; whether that is because of a limit.
pub fn check(labels: &Labels, config: &ScrapeConfig) -> Result<(), (String, bool)> {
    let Some(metric) = labels.metric_name() else {
        return Err(("missing metric name (__name__ label)".to_owned(), false));
    };
    let is_legacy = config.names.is_legacy();
    let is_allowed = |name: &str| {
        if is_legacy { name == METRIC_NAME || is_plain_label_name(name) } else { !name.is_empty() }
    };
    if (is_legacy && !is_plain_metric_name(metric)) || !labels.iter().all(|label| is_allowed(&label.name)) {
        return Err((format!("invalid metric name or label names: {labels}"), false));
    }
    check_limits(labels, metric, &config.limits).map_err(|error| (error, true))
}

fn check_limits(labels: &Labels, metric: &str, limits: &Limits) -> Result<(), String> {
    let metric = cut(metric);
    let exceeds = |length: usize, limit: u64| limit > 0 && length as u64 > limit;
    if exceeds(labels.len(), limits.labels) {
        return Err(format!(
            "label_limit exceeded (metric: {metric}, number of labels: {}, limit: {})",
            labels.len(),
            limits.labels
        ));
    }
    for label in labels {
        let (name, value) = (&label.name, &label.value);
        if exceeds(name.len(), limits.label_name_bytes) {
            return Err(format!(
                "label_name_length_limit exceeded (metric: {metric}, label name: {}, length: {}, limit: {})",
                cut(name),
                name.len(),
                limits.label_name_bytes
            ));
        }
        if exceeds(value.len(), limits.label_value_bytes) {
            return Err(format!(
                "label_value_length_limit exceeded (metric: {metric}, label name: {}, value: {}, length: {}, limit: {})",
                cut(name),
                crate::base::number::quote(&cut(value)),
                value.len(),
                limits.label_value_bytes
            ));
        }
    }
    Ok(())
}

/// The first 50 characters, as the error texts show them.
fn cut(text: &str) -> String {
    text.chars().take(50).collect()
}
