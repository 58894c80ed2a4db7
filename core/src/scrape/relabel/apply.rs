//! Rules applied to a label set, one after the other.

use super::md5;
use super::rule::{Action, Rule};
use crate::model::labels::{Labels, LabelsBuilder};

/// What one rule made of a label set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The labels after the rule.
    pub labels: Labels,
    /// Whether the rule kept them; after one that did not, no other is applied.
    pub kept: bool,
}

/// The label set after all rules; `None` where one of them drops it.
#[must_use]
pub fn process(labels: &Labels, rules: &[Rule]) -> Option<Labels> {
    if rules.is_empty() {
        return Some(labels.clone());
    }
    let mut builder = labels.to_builder();
    rules.iter().all(|rule| apply(rule, &mut builder)).then(|| builder.build())
}

/// The label set after each rule, up to the first that drops it.
#[must_use]
pub fn trace(labels: &Labels, rules: &[Rule]) -> Vec<Step> {
    let mut builder = labels.to_builder();
    let mut steps = Vec::new();
    for rule in rules {
        let kept = apply(rule, &mut builder);
        steps.push(Step { labels: builder.clone().build(), kept });
        if !kept {
            break;
        }
    }
    steps
}

/// Applies a rule; gives whether the label set is kept.
fn apply(rule: &Rule, labels: &mut LabelsBuilder) -> bool {
    let source = || {
        let values: Vec<&str> =
            rule.source_labels.iter().map(|name| labels.get(name).unwrap_or("")).collect();
        values.join(&rule.separator)
    };
    match rule.action {
        Action::Keep => return rule.regex.is_match(&source()),
        Action::Drop => return !rule.regex.is_match(&source()),
        Action::KeepEqual => return labels.get(&rule.target_label).unwrap_or("") == source(),
        Action::DropEqual => return labels.get(&rule.target_label).unwrap_or("") != source(),
        Action::Replace => {
            let source = source();
            if let Some(target) = rule.regex.expand(&source, &rule.target_label)
                && !target.is_empty()
            {
                let value = rule.regex.expand(&source, &rule.replacement).unwrap_or_default();
                labels.set(target, value);
            }
        }
        Action::Lowercase => {
            let value = map_each(&source(), |c| single(c.to_lowercase(), c));
            labels.set(&*rule.target_label, value);
        }
        Action::Uppercase => {
            let value = map_each(&source(), |c| single(c.to_uppercase(), c));
            labels.set(&*rule.target_label, value);
        }
        Action::HashMod => {
            let digest = md5::digest(source().as_bytes());
            let low = digest.iter().skip(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
            labels.set(&*rule.target_label, (low % rule.modulus.max(1)).to_string());
        }
        Action::LabelMap => {
            for label in labels.clone().iter() {
                if let Some(name) = rule.regex.expand(&label.name, &rule.replacement) {
                    labels.set(name, label.value.clone());
                }
            }
        }
        Action::LabelDrop => remove(labels, |name| rule.regex.is_match(name)),
        Action::LabelKeep => remove(labels, |name| !rule.regex.is_match(name)),
    }
    true
}

fn remove(labels: &mut LabelsBuilder, goes: impl Fn(&str) -> bool) {
    for label in labels.clone().iter().filter(|label| goes(&label.name)) {
        labels.remove(&label.name);
    }
}

fn map_each(text: &str, map: impl Fn(char) -> char) -> String {
    text.chars().map(map).collect()
}

/// Go maps a character to one character, never to several (`ß` stays).
fn single(mut mapped: impl Iterator<Item = char>, original: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => original,
    }
}
