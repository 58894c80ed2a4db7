//! `series`, `labels` and `label/NAME/values`: what there is, by selectors and times.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::query::TRUNCATED;
use super::reply::{ApiError, Reply};
use super::tables::{Answer, Asked};
use super::{Begun, time};
use crate::base::bytes::is_utf8;
use crate::base::json::{write_list, write_text};
use crate::base::number::quote;
use crate::base::time::Timestamp;
use crate::model::labels::Labels;
use crate::model::matcher::Matcher;
use crate::promql::api::write_labels;
use crate::promql::syntax::parse_selector;
use crate::tsdb::{Head, SeriesId};

/// `series`
pub fn series(asked: &Asked<'_>) -> Answer {
    readable(asked)?;
    if asked.form.all("match[]").next().is_none() {
        return Err(ApiError::bad_data("no match[] parameter provided"));
    }
    let limit = time::limit(asked.form)?;
    let (from, to) = time::span(asked.form)?;
    let selectors = selectors(asked).map_err(|reason| ApiError::parameter("match[]", &reason))?;
    let head = &asked.source.head;
    let mut found: Vec<SeriesId> =
        selectors.iter().flat_map(|matchers| head.select(matchers, from, to)).collect();
    if selectors.len() > 1 {
        found.sort_by(|left, right| head.labels(*left).cmp(head.labels(*right)));
        found.dedup();
    }
    let found: Vec<&Labels> = found.iter().map(|id| head.labels(*id)).collect();
    Ok(list(&found, limit, |json, labels| write_labels(json, labels)))
}

/// `labels`
pub fn label_names(asked: &Asked<'_>) -> Answer {
    let limit = time::limit(asked.form)?;
    let span = time::span(asked.form)?;
    let names = over_selectors(asked, span, |head, matchers| head.label_names(matchers))?;
    Ok(list(&names, limit, |json, name| write_text(json, name)))
}

/// `label/NAME/values`
pub fn label_values(asked: &Asked<'_>) -> Answer {
    let name = unescaped(asked.parameter).unwrap_or_else(|| asked.parameter.to_owned());
    if name.is_empty() || !is_utf8(&name) {
        return Err(ApiError::bad_data(format!("invalid label name: {}", quote(asked.parameter))));
    }
    let limit = time::limit(asked.form)?;
    readable(asked)?;
    let span = time::span(asked.form)?;
    let values = over_selectors(asked, span, |head, matchers| head.label_values(&name, matchers))?;
    Ok(list(&values, limit, |json, value| write_text(json, value)))
}

fn readable(asked: &Asked<'_>) -> Result<(), ApiError> {
    asked
        .form
        .fault()
        .map_or(Ok(()), |fault| Err(ApiError::bad_data(format!("error parsing form values: {fault}"))))
}

/// The selectors of `match[]`.
///
/// # Errors
/// When one is none, or accepts a series without any label.
pub(super) fn selectors(asked: &Asked<'_>) -> Result<Vec<Vec<Matcher>>, String> {
    let read = |text: &str| {
        parse_selector(text)
            .map_err(|errors| errors.first().map_or_else(String::new, |error| error.located(text)))
    };
    let selectors = asked.form.all("match[]").map(read).collect::<Result<Vec<_>, _>>()?;
    if selectors.iter().any(|matchers| matchers.iter().all(Matcher::matches_empty)) {
        return Err("match[] must contain at least one non-empty matcher".to_owned());
    }
    Ok(selectors)
}

/// What `find` finds for each selector, without one for everything, together in order. As in Prometheus, times only
/// decide whether the store is looked at.
fn over_selectors(
    asked: &Asked<'_>,
    (from, to): (Timestamp, Timestamp),
    find: impl Fn(&Head, &[Matcher]) -> Vec<Arc<str>>,
) -> Result<Vec<Arc<str>>, ApiError> {
    let selectors = selectors(asked).map_err(ApiError::bad_data)?;
    let head = &asked.source.head;
    if !overlaps(head, from, to) {
        return Ok(Vec::new());
    }
    Ok(match selectors.as_slice() {
        [] => find(head, &[]),
        [matchers] => find(head, matchers),
        several => {
            let found: BTreeSet<Arc<str>> =
                several.iter().flat_map(|matchers| find(head, matchers)).collect();
            found.into_iter().collect()
        }
    })
}

/// Whether the store has a sample at or before `to` and one at or after `from`.
fn overlaps(head: &Head, from: Timestamp, to: Timestamp) -> bool {
    let mut ranges = head.series_ids().filter_map(|id| head.time_range(id));
    let (mut begins, mut ends) = (false, false);
    ranges.any(|(first, last)| {
        begins |= first <= to;
        ends |= from <= last;
        begins && ends
    })
}

fn list<T>(found: &[T], limit: usize, write_item: impl Fn(&mut String, &T)) -> Begun {
    let is_truncated = limit > 0 && found.len() > limit;
    let kept = if is_truncated { &found[..limit] } else { found };
    let warnings: Vec<String> = is_truncated.then(|| TRUNCATED.to_owned()).into_iter().collect();
    let write_data = &mut |json: &mut String| write_list(json, kept, &write_item);
    Begun::Answered(Reply::success(write_data, &warnings, &[]))
}

/// A name that was made fit for old clients: `U__`, then `_` doubled and anything unusual as `_code point_` in
/// hexadecimal digits.
fn unescaped(name: &str) -> Option<String> {
    let mut rest = name.strip_prefix("U__")?.chars();
    let mut text = String::new();
    while let Some(character) = rest.next() {
        if character != '_' {
            text.push(character);
            continue;
        }
        let (code, behind) = rest.as_str().split_once('_')?;
        if code.is_empty() {
            text.push('_');
        } else {
            let is_code = code.len() <= 5 && code.bytes().all(|byte| byte.is_ascii_hexdigit());
            let code = is_code.then(|| u32::from_str_radix(code, 16).ok())??;
            text.push(char::from_u32(code)?);
        }
        rest = behind.chars();
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_names_come_back() {
        assert_eq!(unescaped("U__a_2e_b__c"), Some("a.b_c".to_owned()));
        assert_eq!(
            unescaped("U__junk_0a__7b__7d__2c__3d_:_20__20_chars"),
            Some("junk\n{},=:  chars".to_owned())
        );
        for name in ["a", "U__a_", "U__a_zz_", "U__a_110000_", "U__a_d800_"] {
            assert_eq!(unescaped(name), None, "{name}");
        }
    }
}
