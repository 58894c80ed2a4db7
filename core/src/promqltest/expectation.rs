//! What an `eval` expects: values, order, failure, warnings and infos.

use super::script::{EvalRange, Fault, from_to_step};
use crate::base::number::quote;
use crate::base::time::{Millis, Timestamp};
use crate::model::regex::AnchoredRegex;
use crate::promql::syntax::ast::{ExprKind, Sign};
use crate::promql::syntax::{self, series};

/// Everything that an `eval` expects.
#[derive(Clone, Debug, Default)]
pub struct Expectation {
    /// The query must fail.
    pub fails: Option<Failing>,
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
    pub range_vector: Option<Grid>,
    /// The series lines with their line numbers.
    pub series: Vec<(u32, series::SeriesLine)>,
}

/// How a query must fail. The two forms of the format word a difference in two ways.
#[derive(Clone, Debug)]
pub enum Failing {
    /// `eval_fail`, and a line below it that says how.
    ByCommand(TextMatch),
    /// `expect fail`.
    ByLine(TextMatch),
}

/// Instants at which values are expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The first one.
    pub start: Timestamp,
    /// None comes after it.
    pub end: Timestamp,
    /// From one to the next.
    pub step: Millis,
}

impl Grid {
    /// How many instants there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        let length = self.end.0.saturating_sub(self.start.0);
        if length < 0 || self.step.0 <= 0 { 1 } else { (length / self.step.0) as u64 + 1 }
    }

    /// One of the instants, counted from 0.
    #[must_use]
    pub const fn time(&self, index: usize) -> Timestamp {
        Timestamp(self.start.0.saturating_add(self.step.0.saturating_mul(index as i64)))
    }
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
    /// A text some part of which matches.
    fn regex(pattern: &str) -> Result<Self, String> {
        AnchoredRegex::new(pattern).map_err(|error| error.to_string())?;
        Ok(Self::Regex(pattern.to_owned()))
    }

    /// Whether a text looks so.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(expected) => expected == text,
            Self::Regex(pattern) => {
                // Unanchored: something may stand before and after.
                AnchoredRegex::new(&format!(".*(?:{pattern}).*")).is_ok_and(|regex| regex.is_match(text))
            }
        }
    }

    /// What a match of this kind is called.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        if matches!(self, Self::Exactly(_)) { "message" } else { "pattern" }
    }

    /// The text or pattern.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Self::Any => "^.*$",
            Self::Exactly(text) | Self::Regex(text) => text,
        }
    }
}

impl Expectation {
    /// The ending of the old command names (`eval_fail`).
    pub fn mode(&mut self, mode: &str) -> Result<(), String> {
        match mode {
            "" => {}
            "_fail" => self.fails = Some(Failing::ByCommand(TextMatch::Any)),
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
            let is_last = self.read_line(text, line, range).map_err(|reason| Fault { line, reason })?;
            if is_last {
                break;
            }
        }
        Ok(())
    }

    /// Reads a line; says whether it ends the block.
    fn read_line(&mut self, text: &str, line: u32, range: &mut EvalRange) -> Result<bool, String> {
        if matches!(self.fails, Some(Failing::ByCommand(_))) {
            if let Some(message) = text.strip_prefix("expected_fail_message") {
                self.fails = Some(Failing::ByCommand(TextMatch::Exactly(message.trim().to_owned())));
                return Ok(true);
            }
            if let Some(pattern) = text.strip_prefix("expected_fail_regexp") {
                let pattern = pattern.trim();
                let wanted = TextMatch::regex(pattern).map_err(|error| {
                    format!("invalid regexp '{pattern}' for expected_fail_regexp: {error}")
                })?;
                self.fails = Some(Failing::ByCommand(wanted));
                return Ok(true);
            }
        }
        if text.starts_with("expect range vector") {
            self.expect_range_vector(text, range)?;
        } else if let Some(quoted) = text.strip_prefix("expect string") {
            self.text = Some(string_literal(quoted)?);
        } else if text.split(' ').next() == Some("expect") {
            self.expect(text)?;
        } else if let Some(number) = plain_number(text) {
            self.scalar = Some(number);
            return Ok(true);
        } else {
            let series = series::parse_series(text).map_err(|error| error.to_string())?;
            let is_instant = matches!(range, EvalRange::Instant(_));
            if series.values.len() > 1 && is_instant && self.range_vector.is_none() {
                return Err("expecting multiple values in instant evaluation not allowed. consider using 'expect range \
                            vector' directive to enable a range vector result for an instant query"
                    .to_owned());
            }
            self.scalar = None;
            self.series.push((line, series));
        }
        Ok(false)
    }

    /// `expect KIND`, `expect KIND msg: TEXT` or `expect KIND regex: PATTERN`
    fn expect(&mut self, text: &str) -> Result<(), String> {
        let malformed = || {
            "invalid expect statement, must match `expect <type> <match_type>: <string>` format".to_owned()
        };
        let rest = text["expect".len()..].trim_start();
        let (kind, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let rest = rest.trim_start();
        let wanted = if rest.is_empty() {
            TextMatch::Any
        } else if let Some(message) = rest.strip_prefix("msg:").filter(|text| !text.is_empty()) {
            TextMatch::Exactly(message.trim().to_owned())
        } else if let Some(pattern) = rest.strip_prefix("regex:").filter(|text| !text.is_empty()) {
            let pattern = pattern.trim();
            TextMatch::regex(pattern).map_err(|_| format!("invalid regex {pattern} for {kind}"))?
        } else {
            return Err(malformed());
        };
        match kind {
            "ordered" => self.ordered = true,
            "fail" if matches!(self.fails, Some(Failing::ByLine(_))) => {
                return Err("invalid expect lines, multiple expect fail lines are not allowed".to_owned());
            }
            "fail" => self.fails = Some(Failing::ByLine(wanted)),
            "no_warn" => without(&mut self.warnings, "warn")?,
            "no_info" => without(&mut self.infos, "info")?,
            "warn" => add(&mut self.warnings, wanted, "warn")?,
            "info" => add(&mut self.infos, wanted, "info")?,
            _ => return Err(malformed()),
        }
        Ok(())
    }

    /// `expect range vector from A to B step C`
    fn expect_range_vector(&mut self, text: &str, range: &mut EvalRange) -> Result<(), String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [_, _, _, "from", from, "to", to, "step", step] = words[..] else {
            return Err(format!("invalid range vector definition {}", quote(text)));
        };
        let (start, end, step) = from_to_step(from, to, step)?;
        self.range_vector = Some(Grid { start, end, step });
        *range = EvalRange::Instant(end);
        Ok(())
    }
}

fn add(notes: &mut Notes, wanted: TextMatch, kind: &str) -> Result<(), String> {
    match notes {
        Notes::None => return Err(contradiction(kind)),
        Notes::Exactly(texts) => texts.push(wanted),
        other => *other = Notes::Exactly(vec![wanted]),
    }
    Ok(())
}

fn without(notes: &mut Notes, kind: &str) -> Result<(), String> {
    if matches!(notes, Notes::Exactly(_)) {
        return Err(contradiction(kind));
    }
    *notes = Notes::None;
    Ok(())
}

fn contradiction(kind: &str) -> String {
    format!("invalid expect lines, {kind} and no_{kind} cannot be used together")
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

/// The text in double or back quotes behind `expect string`.
fn string_literal(rest: &str) -> Result<String, String> {
    let Some(quoted) = rest.strip_prefix(' ').filter(|quoted| !quoted.is_empty()) else {
        return Err("expected string literal not valid - a quoted string literal is required".to_owned());
    };
    unquoted(quoted).ok_or_else(|| {
        "expected string literal not valid - check that the string is correctly quoted".to_owned()
    })
}

fn unquoted(text: &str) -> Option<String> {
    let expr = syntax::parse(text, &syntax::Options::default()).ok()?;
    match &expr.kind {
        ExprKind::String(text) => Some(text.to_string()),
        _ => None,
    }
}
