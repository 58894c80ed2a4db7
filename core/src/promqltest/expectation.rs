//! What an `eval` expects: values, order, failure, warnings and infos.

use super::script::{EvalRange, Fault};
use crate::base::duration;
use crate::base::time::{Millis, Timestamp};
use crate::promql::syntax::ast::{ExprKind, Sign};
use crate::promql::syntax::{self, series};

/// Everything that an `eval` expects.
#[derive(Clone, Debug, Default)]
pub struct Expectation {
    /// The query must fail.
    pub fails: Option<TextMatch>,
    /// Each must be met by a warning, and each warning must meet one.
    pub warnings: Notes,
    /// The same for infos.
    pub infos: Notes,
    /// The elements must come in the order of the lines.
    pub ordered: bool,
    /// The result is this text.
    pub text: Option<String>,
    /// The result is this scalar.
    pub scalar: Option<f64>,
    /// The instants of an expected range vector.
    pub range_vector: Option<(Timestamp, Millis)>,
    /// The series lines with their line numbers.
    pub series: Vec<(u32, series::SeriesLine)>,
}

/// What is expected of warnings, or of infos.
#[derive(Clone, Debug, Default)]
pub enum Notes {
    /// Nothing: they are not looked at.
    #[default]
    Any,
    /// There is none.
    None,
    /// There is at least one (`eval_warn`).
    Some,
    /// Each text is met, and nothing else comes.
    Exactly(Vec<TextMatch>),
}

/// How a text must look.
#[derive(Clone, Debug)]
pub enum TextMatch {
    /// In any way.
    Any,
    /// Exactly so.
    Exactly(String),
    /// Some part of it matches.
    Regex(String),
}

impl TextMatch {
    /// Whether a text looks so.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(expected) => expected == text,
            Self::Regex(pattern) => {
                // Unanchored: something may stand before and after.
                crate::model::regex::AnchoredRegex::new(&format!(".*(?:{pattern}).*"))
                    .is_ok_and(|regex| regex.is_match(text))
            }
        }
    }
}

impl Expectation {
    /// The ending of the old command names (`eval_fail`).
    pub fn mode(&mut self, mode: &str) -> Result<(), String> {
        match mode {
            "" => {}
            "_fail" => self.fails = Some(TextMatch::Any),
            "_warn" => self.warnings = Notes::Some,
            "_info" => self.infos = Notes::Some,
            "_ordered" => self.ordered = true,
            other => return Err(format!("invalid command \"eval{other}\"")),
        }
        Ok(())
    }

    /// Reads the lines below an `eval`.
    pub fn read(&mut self, block: &[&str], line: u32, range: &mut EvalRange) -> Result<(), Fault> {
        for (index, text) in block.iter().enumerate() {
            let line = line + index as u32;
            let fault = |reason: String| Fault { line, reason };
            if let Some(rest) =
                text.strip_prefix("expect").filter(|rest| rest.starts_with(char::is_whitespace))
            {
                self.expect(rest.trim_start(), range).map_err(fault)?;
            } else if let Some(text) = text.strip_prefix("expected_fail_message") {
                self.fails = Some(TextMatch::Exactly(text.trim().to_owned()));
                break;
            } else if let Some(pattern) = text.strip_prefix("expected_fail_regexp") {
                self.fails = Some(TextMatch::Regex(pattern.trim().to_owned()));
                break;
            } else if let Some(number) = plain_number(text) {
                self.scalar = Some(number);
                break;
            } else {
                let series = series::parse_series(text).map_err(|error| fault(error.to_string()))?;
                self.series.push((line, series));
            }
        }
        Ok(())
    }

    fn expect(&mut self, text: &str, range: &mut EvalRange) -> Result<(), String> {
        if let Some(quoted) = text.strip_prefix("string ") {
            self.text = Some(
                unquoted(quoted.trim()).ok_or_else(|| format!("expected string is not quoted: {text}"))?,
            );
            return Ok(());
        }
        if let Some(rest) = text.strip_prefix("range vector ") {
            return self.expect_range_vector(rest.trim(), range);
        }
        let (kind, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let wanted = text_match(rest.trim())?;
        match kind {
            "ordered" => self.ordered = true,
            "fail" => self.fails = Some(wanted),
            "no_warn" => self.warnings = Notes::None,
            "no_info" => self.infos = Notes::None,
            "warn" => add(&mut self.warnings, wanted),
            "info" => add(&mut self.infos, wanted),
            _ => return Err(format!("invalid expect statement: {text}")),
        }
        Ok(())
    }

    /// `from A to B step C`
    fn expect_range_vector(&mut self, text: &str, range: &mut EvalRange) -> Result<(), String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let ["from", from, "to", to, "step", step] = words[..] else {
            return Err(format!("invalid range vector definition: {text}"));
        };
        let parse =
            |text: &str| duration::parse(text).map_err(|error| format!("invalid time {text:?}: {error}"));
        self.range_vector = Some((Timestamp(parse(from)?.0), parse(step)?));
        *range = EvalRange::Instant(Timestamp(parse(to)?.0));
        Ok(())
    }
}

fn add(notes: &mut Notes, wanted: TextMatch) {
    match notes {
        Notes::Exactly(texts) => texts.push(wanted),
        other => *other = Notes::Exactly(vec![wanted]),
    }
}

/// `msg: TEXT`, `regex: RE` or nothing.
fn text_match(text: &str) -> Result<TextMatch, String> {
    if text.is_empty() {
        Ok(TextMatch::Any)
    } else if let Some(message) = text.strip_prefix("msg:") {
        Ok(TextMatch::Exactly(message.trim().to_owned()))
    } else if let Some(pattern) = text.strip_prefix("regex:") {
        Ok(TextMatch::Regex(pattern.trim().to_owned()))
    } else {
        Err(format!("invalid expect statement, must be in the form `msg:` or `regex:`: {text}"))
    }
}

/// A line that is a number and nothing else.
fn plain_number(text: &str) -> Option<f64> {
    let expr = syntax::parse(text, &syntax::Options::default()).ok()?;
    match &expr.kind {
        ExprKind::Number(number) if !number.as_duration => Some(number.value),
        ExprKind::Unary(unary) => match &unary.expr.kind {
            ExprKind::Number(number) if !number.as_duration => {
                Some(if unary.sign == Sign::Minus { -number.value } else { number.value })
            }
            _ => None,
        },
        _ => None,
    }
}

/// A text in double or back quotes.
fn unquoted(text: &str) -> Option<String> {
    let expr = syntax::parse(text, &syntax::Options::default()).ok()?;
    match &expr.kind {
        ExprKind::String(text) => Some(text.to_string()),
        _ => None,
    }
}
