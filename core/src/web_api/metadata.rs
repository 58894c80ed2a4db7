//! `metadata` and `targets/metadata`: type, help and unit of metric families, by metric and by target.

use std::collections::BTreeMap;

use super::scraping::TargetFamilies;
use super::tables::{Answer, Asked, told};
use super::{Form, reply::ApiError};
use crate::base::json::{Object, write_list};
use crate::model::labels::Labels;
use crate::model::matcher::Matcher;
use crate::model::metric::Metadata;
use crate::promql::api::write_labels;
use crate::promql::syntax::parse_selector;

fn targets<'a>(asked: &Asked<'a>) -> &'a [TargetFamilies] {
    asked.source.scraping.as_ref().map_or(&[], |scraping| &scraping.families)
}

/// A limit; `None` where it is not given or negative, which is none.
fn limit(form: &Form, name: &str) -> Result<Option<usize>, ApiError> {
    let text = form.first(name);
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse::<i64>().map_err(|_| ApiError::bad_data(format!("{name} must be a number")))?;
    Ok(usize::try_from(number).ok())
}

/// `metadata`: what the targets say of each metric, every different word once.
pub fn by_metric(asked: &Asked<'_>) -> Answer {
    let most = limit(asked.form, "limit")?.unwrap_or(usize::MAX);
    let most_of_one = limit(asked.form, "limit_per_metric")?.filter(|most| *most > 0).unwrap_or(usize::MAX);
    let metric = asked.form.first("metric");
    let mut found: BTreeMap<&str, Vec<&Metadata>> = BTreeMap::new();
    for (name, metadata) in targets(asked).iter().flat_map(|target| &target.families) {
        if !metric.is_empty() && **name != *metric {
            continue;
        }
        let known = found.entry(name).or_default();
        if known.len() < most_of_one && !known.contains(&metadata) {
            known.push(metadata);
        }
    }
    told(&mut |json| {
        let mut object = Object::begin(json);
        for (name, metadata) in found.iter().take(most) {
            write_list(object.field(name), metadata, |json, metadata| {
                let mut object = Object::begin(json);
                object.text("type", metadata.metric_type.name());
                object.text("unit", &metadata.unit).text("help", &metadata.help);
                object.end();
            });
        }
        object.end();
    })
}

/// `targets/metadata`: what each target says. As in Prometheus, the limit is looked at between targets.
pub fn by_target(asked: &Asked<'_>) -> Answer {
    let most = limit(asked.form, "limit")?.unwrap_or(usize::MAX);
    let matchers = matchers(asked.form.first("match_target"))?;
    let metric = asked.form.first("metric");
    let mut found: Vec<(&Labels, &str, &Metadata)> = Vec::new();
    for target in targets(asked) {
        if found.len() >= most {
            break;
        }
        if matchers.iter().all(|matcher| matcher.matches_labels(&target.target)) {
            let families = target.families.iter().filter(|(name, _)| metric.is_empty() || **name == *metric);
            found.extend(families.map(|(name, metadata)| (&target.target, &**name, metadata)));
        }
    }
    told(&mut |json| {
        write_list(json, &found, |json, (target, name, metadata)| {
            let mut object = Object::begin(json);
            write_labels(object.field("target"), target);
            if metric.is_empty() {
                object.text("metric", name);
            }
            object.text("type", metadata.metric_type.name());
            object.text("help", &metadata.help).text("unit", &metadata.unit);
            object.end();
        });
    })
}

fn matchers(text: &str) -> Result<Vec<Matcher>, ApiError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    parse_selector(text).map_err(|errors| {
        let reason = errors.first().map_or_else(String::new, |error| error.located(text));
        ApiError::parameter("match_target", &reason)
    })
}
