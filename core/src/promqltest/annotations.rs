//! Holding warnings and infos against what a script expects of them. What is said of a difference are Prometheus's words.

use super::expectation::{Expectation, Notes, TextMatch};
use crate::base::number::quote;
use crate::promql::eval::annotation::{Annotations, Severity};

/// Holds warnings and infos against an expectation. `line` is that of the `eval`.
///
/// # Errors
/// The first one that is missing or too many.
pub fn compare_notes(
    notes: &Annotations,
    expectation: &Expectation,
    query: &str,
    line: u32,
) -> Result<(), String> {
    let quoted = quote(query);
    let of = |severity: Severity| notes.render(severity, query);
    let (warnings, infos) = (of(Severity::Warning), of(Severity::Info));
    for (name, got, expected) in
        [("warnings", &warnings, &expectation.warnings), ("info annotations", &infos, &expectation.infos)]
    {
        if matches!(expected, Notes::Some) && got.is_empty() {
            return Err(format!("expected {name} evaluating query {quoted} (line {line}) but got none"));
        }
    }
    let all = || format!("[{}]", [&warnings[..], &infos[..]].concat().join(" "));
    for (word, got, expected) in
        [("warn", &warnings, &expectation.warnings), ("info", &infos, &expectation.infos)]
    {
        let Notes::Exactly(texts) = expected else { continue };
        if got.is_empty() {
            return Err(format!(
                "expected {word} annotations but none were found for query {quoted} (line {line})"
            ));
        }
        if let Some(missing) = texts.iter().find(|text| !got.iter().any(|got| text.matches(got))) {
            return Err(format!(
                "expected {word} annotation matching {} {} but no matching annotation was found for query {quoted} \
                 (line {line}), found: {}",
                missing.kind(),
                quote(missing.written()),
                all()
            ));
        }
        let is_known = |got: &&String| !texts.iter().any(|text: &TextMatch| text.matches(got));
        if let Some(extra) = got.iter().find(is_known) {
            let extra = quote(extra);
            return Err(format!(
                "unexpected {word} annotation {extra} found for query {query} (line {line})"
            ));
        }
    }
    for (name, got, expected) in
        [("warning", &warnings, &expectation.warnings), ("info", &infos, &expectation.infos)]
    {
        if matches!(expected, Notes::None) && !got.is_empty() {
            let all = all();
            return Err(format!(
                "unexpected {name} annotations evaluating query {quoted} (line {line}): {all}"
            ));
        }
    }
    Ok(())
}
