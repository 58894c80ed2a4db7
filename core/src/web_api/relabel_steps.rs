//! `targets/relabel_steps`: what the relabeling of a job makes of labels, rule by rule.

use std::collections::BTreeMap;

use super::reply::ApiError;
use super::tables::{Answer, Asked, told};
use crate::base::json::{Object, write_list};
use crate::base::number::quote;
use crate::model::labels::Labels;
use crate::promql::api::write_labels;
use crate::scrape::relabel::{Relabeling, Rule, Step, Work};
use crate::yaml::{Budget, Content, Dialect, Node, Reader};

/// `targets/relabel_steps`. Behind a rule that drops, nothing is left for the others: they say so.
pub fn steps(asked: &Asked<'_>) -> Answer {
    let pool = asked.form.first("scrapePool");
    if pool.is_empty() {
        return Err(ApiError::bad_data("no scrapePool parameter provided"));
    }
    let text = asked.form.first("labels");
    if text.is_empty() {
        return Err(ApiError::bad_data("no labels parameter provided"));
    }
    let labels = read_labels(text)?;
    let jobs = asked.source.scraping.as_ref().map_or(&[][..], |scraping| &scraping.rules);
    let Some((_, rules, legacy)) = jobs.iter().find(|(job, ..)| **job == *pool) else {
        let reason = format!("scrape pool {} not found", quote(pool));
        return Err(ApiError::bad_data(format!("error retrieving scrape config: {reason}")));
    };
    let mut relabeling = Relabeling { rules, legacy: *legacy, work: &mut Work::default() };
    let (mut steps, excess) = relabeling.trace(&labels);
    if let Some(excess) = excess {
        return Err(ApiError::bad_data(excess.to_string()));
    }
    steps.iter_mut().filter(|step| !step.kept).for_each(|step| step.labels = Labels::default());
    steps.resize(rules.len(), Step { labels: Labels::default(), kept: false });
    let steps: Vec<(&Rule, Step)> = rules.iter().zip(steps).collect();
    told(&mut |json| {
        let mut object = Object::begin(json);
        write_list(object.field("steps"), &steps, |json, (rule, step)| {
            let mut object = Object::begin(json);
            write_rule(object.field("rule"), rule);
            write_labels(object.field("output"), &step.labels);
            object.plain("keep", step.kept);
            object.end();
        });
        object.end();
    })
}

/// Labels as a JSON object of texts.
///
/// Differs: it is read as the YAML that it is, so its errors are in the words of the YAML reader.
fn read_labels(text: &str) -> Result<Labels, ApiError> {
    let read = |reader: &mut Reader, node: &Node| {
        let mut pairs = BTreeMap::<String, String>::new();
        if matches!(node.content, Content::Mapping(_)) {
            reader.put(&mut pairs, node)?;
        } else {
            reader.mismatch(node, "map[string]string");
        }
        Ok(Labels::from_pairs(pairs))
    };
    crate::yaml::read(text, Budget::default(), Dialect::V2, read)
        .map_err(|error| ApiError::bad_data(format!("error parsing labels: {error}")))
}

/// A rule, without the fields that are empty.
fn write_rule(json: &mut String, rule: &Rule) {
    let mut object = Object::begin(json);
    if !rule.source_labels.is_empty() {
        object.texts("sourceLabels", &rule.source_labels);
    }
    if !rule.separator.is_empty() {
        object.text("separator", &rule.separator);
    }
    object.text("regex", &rule.pattern);
    if rule.modulus != 0 {
        object.plain("modulus", rule.modulus);
    }
    for (name, text) in [("targetLabel", &rule.target_label), ("replacement", &rule.replacement)] {
        if !text.is_empty() {
            object.text(name, text);
        }
    }
    object.text("action", rule.action.name());
    object.end();
}
