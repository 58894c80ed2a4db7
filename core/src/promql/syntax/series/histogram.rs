//! Histograms in series notation: `{{schema:1 sum:0.3 count:3 buckets:[5 10 7] offset:-1}}`.

use std::sync::Arc;

use super::super::error::{ParseError, ParseErrorKind};
use super::super::token::TokenKind;
use super::SeriesValue;
use super::lexer::{HistogramKey as Key, SeriesTokenKind as Kind};
use super::parser::{Parsed, SeriesParser};
use crate::base::span::Span;
use crate::model::histogram::{Buckets, FloatHistogram, ResetHint};

const CONTEXT: &str = "histogram description";
const EXPECTED: &str = "histogram description key, e.g. buckets:[5 10 7]";

/// The keys written, each with its value.
#[derive(Default)]
struct Literal {
    given: Vec<Key>,
    histogram: FloatHistogram,
    buckets: Vec<f64>,
    offset: i64,
    negative_buckets: Vec<f64>,
    negative_offset: i64,
}

impl SeriesParser<'_> {
    /// A histogram, and whether its counter reset hint was written out.
    pub fn histogram(&mut self) -> Parsed<(FloatHistogram, bool)> {
        let mut literal = Literal::default();
        self.expect(Kind::OpenHistogram, "series values")?;
        let spaced = self.accept(Kind::Space)?.is_some();
        if spaced || self.peek()? == Kind::CloseHistogram {
            self.expect(Kind::CloseHistogram, "series values")?;
            return Ok(literal.finish());
        }
        self.pair(&mut literal, "series values")?;
        loop {
            if self.accept(Kind::CloseHistogram)?.is_some() {
                return Ok(literal.finish());
            }
            if self.accept(Kind::Space)?.is_none() {
                return Err(self.unexpected(CONTEXT, EXPECTED));
            }
            if self.peek()? != Kind::CloseHistogram {
                self.pair(&mut literal, CONTEXT)?;
            }
        }
    }

    fn pair(&mut self, literal: &mut Literal, context: &'static str) -> Parsed<()> {
        let expected = |parser: &Self, error: ParseError| {
            if context == CONTEXT && matches!(error.kind, ParseErrorKind::Unexpected { .. }) {
                parser.unexpected(CONTEXT, EXPECTED)
            } else {
                error
            }
        };
        let Kind::Key(key) = self.peek()? else {
            let error = self.unexpected(context, "");
            return Err(expected(self, error));
        };
        let word = self.take()?;
        let read = self.value_of(key, literal, context);
        read.map_err(|error| expected(self, error))?;
        if literal.given.contains(&key) {
            let written = word.span.of(self.text).to_owned();
            // Prometheus gives it no place.
            let kind = ParseErrorKind::DuplicateHistogramKey;
            return Err(ParseError { kind, span: Span::default(), written });
        }
        literal.given.push(key);
        Ok(())
    }

    fn value_of(&mut self, key: Key, literal: &mut Literal, context: &'static str) -> Parsed<()> {
        self.expect(Kind::Plain(TokenKind::Colon), context)?;
        let histogram = &mut literal.histogram;
        match key {
            Key::Sum => histogram.sum = self.signed_number(context)?,
            Key::Count => histogram.count = self.signed_number(context)?,
            Key::Schema => histogram.schema = self.integer(context)? as i32,
            Key::ZeroBucket => histogram.zero_count = self.signed_number(context)?,
            Key::ZeroBucketWidth => histogram.zero_threshold = self.number(context)?,
            Key::CustomValues => histogram.custom_bounds = self.bucket_list(context)?.into(),
            Key::Buckets => literal.buckets = self.bucket_list(context)?,
            Key::NegativeBuckets => literal.negative_buckets = self.bucket_list(context)?,
            Key::Offset => literal.offset = self.integer(context)?,
            Key::NegativeOffset => literal.negative_offset = self.integer(context)?,
            Key::CounterResetHint => match self.peek()? {
                Kind::Hint(hint) => {
                    self.take()?;
                    histogram.hint = hint;
                }
                _ => return Err(self.unexpected(context, "")),
            },
        }
        Ok(())
    }

    fn integer(&mut self, context: &'static str) -> Parsed<i64> {
        let minus = self.accept(Kind::Minus)?.is_some();
        let value = self.whole_number(context)? as i64;
        Ok(if minus { value.wrapping_neg() } else { value })
    }

    fn bucket_list(&mut self, context: &'static str) -> Parsed<Vec<f64>> {
        self.expect(Kind::Plain(TokenKind::LeftBracket), context)?;
        let mut counts = vec![self.signed_number(context)?];
        let close = Kind::Plain(TokenKind::RightBracket);
        while self.accept(close)?.is_none() {
            self.expect(Kind::Space, context)?;
            if self.peek()? != close {
                counts.push(self.signed_number(context)?);
            }
        }
        Ok(counts)
    }

    /// `first`, then each one more or less by `step`.
    pub fn rising_histograms(
        &self,
        values: &mut Vec<SeriesValue>,
        first: FloatHistogram,
        step: &FloatHistogram,
        times: u64,
        falling: bool,
        hint_given: bool,
    ) -> Parsed<()> {
        let mut current = first;
        for index in 0..=times {
            if index > 0 {
                current = self.combined(&current, step, falling)?;
            }
            let histogram = Arc::new(current.clone());
            self.push(values, 1, |_| SeriesValue::Histogram {
                histogram: Arc::clone(&histogram),
                hint_given,
            })?;
        }
        Ok(())
    }

    fn combined(
        &self,
        current: &FloatHistogram,
        step: &FloatHistogram,
        falling: bool,
    ) -> Parsed<FloatHistogram> {
        if current.schema > step.schema {
            let (from, to) = (step.schema, current.schema);
            return Err(self.fault(ParseErrorKind::HistogramSchemas { from, to }));
        }
        let mut next = current.clone();
        let outcome = if falling { next.sub(step) } else { next.add(step) };
        outcome.map_err(|error| self.fault(ParseErrorKind::Histogram { reason: error.to_string() }))?;
        Ok(next)
    }
}

impl Literal {
    fn finish(self) -> (FloatHistogram, bool) {
        let mut histogram = self.histogram;
        histogram.positive = buckets(&self.buckets, self.offset);
        histogram.negative = buckets(&self.negative_buckets, self.negative_offset);
        let hint_given = self.given.contains(&Key::CounterResetHint);
        if !hint_given {
            histogram.hint = ResetHint::Unknown;
        }
        (histogram, hint_given)
    }
}

/// Consecutive buckets from index `offset` on; offsets are 32-bit numbers.
fn buckets(counts: &[f64], offset: i64) -> Buckets {
    let first = offset as i32;
    Buckets::from_pairs(
        counts.iter().enumerate().map(|(index, count)| (first.saturating_add(index as i32), *count)),
    )
}
