//! Rules applied to a label set, one after the other.

use super::md5;
use super::rule::{Action, Rule};
use super::work::{Excess, MAX_LABELS, MAX_TEXT_BYTES, Work};
use crate::model::labels::{Label, Labels, LabelsBuilder, is_plain_label_name};
use crate::scrape::config::ScrapeConfig;

/// What one rule made of a label set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The labels after the rule.
    pub labels: Labels,
    /// Whether the rule kept them; after one that did not, no other is applied.
    pub kept: bool,
}

/// How rules are applied.
#[derive(Debug)]
pub struct Relabeling<'a> {
    /// The rules, in order.
    pub rules: &'a [Rule],
    /// Whether label names must be of the old kind.
    pub legacy: bool,
    /// What may still be done.
    pub work: &'a mut Work,
}

impl<'a> Relabeling<'a> {
    /// With a job's rules for targets.
    pub fn of_targets(config: &'a ScrapeConfig, work: &'a mut Work) -> Self {
        Self { rules: &config.relabel_configs, legacy: config.names.is_legacy(), work }
    }

    /// With a job's rules for samples.
    pub fn of_samples(config: &'a ScrapeConfig, work: &'a mut Work) -> Self {
        Self { rules: &config.metric_relabel_configs, legacy: config.names.is_legacy(), work }
    }

    /// The label set after all rules; `None` where one of them drops it.
    ///
    /// # Errors
    /// When the rules make or cost too much.
    pub fn process(&mut self, labels: &Labels) -> Result<Option<Labels>, Excess> {
        if self.rules.is_empty() {
            return Ok(Some(labels.clone()));
        }
        let mut builder = labels.to_builder();
        for rule in self.rules {
            if !self.apply(rule, &mut builder)? {
                return Ok(None);
            }
        }
        Ok(Some(builder.build()))
    }

    /// The label set after each rule, up to the first that drops it or does too much; and that this one did so.
    pub fn trace(&mut self, labels: &Labels) -> (Vec<Step>, Option<Excess>) {
        let mut builder = labels.to_builder();
        let mut steps = Vec::new();
        for rule in self.rules {
            let kept = match self.apply(rule, &mut builder) {
                Ok(kept) => kept,
                Err(excess) => return (steps, Some(excess)),
            };
            steps.push(Step { labels: builder.clone().build(), kept });
            if !kept {
                break;
            }
        }
        (steps, None)
    }

    /// Applies a rule; gives whether the label set is kept.
    fn apply(&mut self, rule: &Rule, labels: &mut LabelsBuilder) -> Result<bool, Excess> {
        let looked_at = (1 + rule.source_labels.len()) * (1 + labels.iter().len());
        self.work.steps.take(looked_at as u64).map_err(|_| Excess::Steps)?;
        match rule.action {
            Action::Keep => return self.matches(rule, &source(rule, labels)?),
            Action::Drop => return Ok(!self.matches(rule, &source(rule, labels)?)?),
            Action::KeepEqual => {
                return Ok(labels.get(&rule.target_label).unwrap_or("") == source(rule, labels)?);
            }
            Action::DropEqual => {
                return Ok(labels.get(&rule.target_label).unwrap_or("") != source(rule, labels)?);
            }
            Action::Replace => self.replace(rule, labels)?,
            Action::Lowercase => {
                let value = map_each(&source(rule, labels)?, |c| single(c.to_lowercase(), c));
                self.set(labels, &rule.target_label, value)?;
            }
            Action::Uppercase => {
                let value = map_each(&source(rule, labels)?, |c| single(c.to_uppercase(), c));
                self.set(labels, &rule.target_label, value)?;
            }
            Action::HashMod => {
                let digest = md5::digest(source(rule, labels)?.as_bytes());
                let low = digest.iter().skip(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
                self.set(labels, &rule.target_label, (low % rule.modulus.max(1)).to_string())?;
            }
            Action::LabelMap => {
                for label in labels.clone().iter() {
                    if let Some(name) = self.expand(rule, &label.name, &rule.replacement)? {
                        self.set(labels, &name, &*label.value)?;
                    }
                }
            }
            Action::LabelDrop => self.remove(rule, labels, true)?,
            Action::LabelKeep => self.remove(rule, labels, false)?,
        }
        Ok(true)
    }

    /// A target label that comes out as no name makes the rule do nothing.
    fn replace(&mut self, rule: &Rule, labels: &mut LabelsBuilder) -> Result<(), Excess> {
        let source = source(rule, labels)?;
        let Some(target) = self.expand(rule, &source, &rule.target_label)? else { return Ok(()) };
        let is_name = if self.legacy { is_plain_label_name(&target) } else { !target.is_empty() };
        if !is_name {
            return Ok(());
        }
        let value = self.expand(rule, &source, &rule.replacement)?.unwrap_or_default();
        self.set(labels, &target, value)
    }

    fn matches(&mut self, rule: &Rule, text: &str) -> Result<bool, Excess> {
        rule.regex.is_match_within(text, &mut self.work.steps).map_err(|_| Excess::Steps)
    }

    fn expand(&mut self, rule: &Rule, text: &str, template: &str) -> Result<Option<String>, Excess> {
        Ok(rule.regex.expand_within(text, template, MAX_TEXT_BYTES, &mut self.work.steps)?)
    }

    fn set(
        &mut self,
        labels: &mut LabelsBuilder,
        name: &str,
        value: impl Into<std::sync::Arc<str>>,
    ) -> Result<(), Excess> {
        let label = Label { name: name.into(), value: value.into() };
        self.work.write(&label)?;
        labels.set(label.name, label.value);
        if labels.iter().len() > MAX_LABELS { Err(Excess::Labels) } else { Ok(()) }
    }

    /// Removes the labels whose names match, or those whose names do not.
    fn remove(&mut self, rule: &Rule, labels: &mut LabelsBuilder, matching: bool) -> Result<(), Excess> {
        for label in labels.clone().iter() {
            if self.matches(rule, &label.name)? == matching {
                labels.remove(&label.name);
            }
        }
        Ok(())
    }
}

/// The values of a rule's source labels, joined.
fn source(rule: &Rule, labels: &LabelsBuilder) -> Result<String, Excess> {
    let mut joined = String::new();
    for (index, name) in rule.source_labels.iter().enumerate() {
        let separator = if index > 0 { rule.separator.as_str() } else { "" };
        let value = labels.get(name).unwrap_or("");
        if joined.len() + separator.len() + value.len() > MAX_TEXT_BYTES {
            return Err(Excess::Text);
        }
        joined.push_str(separator);
        joined.push_str(value);
    }
    Ok(joined)
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
