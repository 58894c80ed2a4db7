//! How many samples a query looks at, at each step: what Prometheus reports as "queryable samples". Counted apart from
//! the evaluation, only where it is asked for.

use std::ops::Range;

use crate::base::number::is_stale;
use crate::base::time::{Millis, Timestamp};
use crate::model::matcher::Matcher;
use crate::promql::eval::length::millis;
use crate::promql::eval::value::{Value, weight};
use crate::promql::eval::window::Reach;
use crate::promql::eval::{Evaluation, Options, QueryRange, QueryValue};
use crate::promql::syntax::ast::{At, Expr, ExprKind, Length, Subquery, TimeShift};
use crate::tsdb::{Head, Samples};

/// Samples looked at, step by step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleCounts {
    /// The instant of the step in milliseconds, and how many.
    pub by_step: Vec<(i64, u64)>,
}

impl SampleCounts {
    /// Over all steps.
    pub fn total(&self) -> u64 {
        self.by_step.iter().map(|(_, count)| count).sum()
    }
}

/// Counts the samples that `expr` looks at.
pub fn count_samples(expr: &Expr, range: QueryRange, options: &Options, head: &Head) -> SampleCounts {
    let steps = range.steps();
    let by_step = (0..steps.count).map(|index| (steps.time(index), 0)).collect();
    let mut counter = Counter { range, options, head, counts: SampleCounts { by_step } };
    counter.expr(expr);
    counter.counts
}

struct Counter<'a> {
    range: QueryRange,
    options: &'a Options,
    head: &'a Head,
    counts: SampleCounts,
}

impl Counter<'_> {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::String(_) => {}
            ExprKind::VectorSelector(selector) => {
                let reach = self.reach(&selector.shift, Some(self.options.lookback.0));
                self.selector(&selector.matchers, reach, true);
            }
            ExprKind::MatrixSelector(matrix) => {
                let reach = self.reach(&matrix.selector.shift, self.length(&matrix.range));
                self.selector(&matrix.selector.matchers, reach, false);
            }
            // What its own expression looks at is not counted: its results are.
            ExprKind::Subquery(subquery) => self.subquery(subquery),
            ExprKind::Call(call) => call.arguments.iter().for_each(|argument| self.expr(argument)),
            ExprKind::Aggregate(aggregate) => {
                self.expr(&aggregate.expr);
                aggregate.parameter.iter().for_each(|parameter| self.expr(parameter));
            }
            ExprKind::Binary(binary) => {
                self.expr(&binary.left);
                self.expr(&binary.right);
            }
            ExprKind::Unary(unary) => self.expr(&unary.expr),
            ExprKind::Paren(inner) => self.expr(inner),
            ExprKind::Broken(broken) => broken.parts.iter().for_each(|part| self.expr(part)),
        }
    }

    fn length(&self, length: &Length) -> Option<i64> {
        match length {
            Length::Literal(length) => Some(length.0),
            Length::Computed(expr) => millis(expr, self.range, false).ok(),
        }
    }

    /// The window of a length; `None` where a length has no value, which the evaluation has refused.
    fn reach(&self, shift: &TimeShift, range: Option<i64>) -> Option<Reach> {
        let offset = match &shift.offset {
            Some(offset) => self.length(offset)?,
            None => 0,
        };
        let at = shift.at.map(|at| match at {
            At::Time(at) => at.0,
            At::Start => self.range.start().0,
            At::End => self.range.end().0,
        });
        let left_open = self.options.left_open;
        Some(Reach { range: range?, offset, at, left_open, ..Reach::default() })
    }

    /// Counts the samples of a selector: of each series all in the window, or the newest alone.
    fn selector(&mut self, matchers: &[Matcher], reach: Option<Reach>, newest_alone: bool) {
        let Some((reach, (from, to))) = reach.and_then(|reach| Some((reach, self.needed(reach)?))) else {
            return;
        };
        let mut samples = Samples::default();
        for id in self.head.select(matchers, Timestamp(from), Timestamp(to)) {
            samples.clear();
            self.head.read(id, Timestamp(from), Timestamp(to), &mut samples);
            if !newest_alone {
                samples.remove_stale(0);
            }
            let weights: Vec<u64> = (0..samples.times.len())
                .map(|at| match samples.histograms.get(at) {
                    Some(histogram) => weight(&histogram) as u64,
                    None => u64::from(!is_stale(samples.values[at])),
                })
                .collect();
            self.windows(0..self.counts.by_step.len(), (&samples.times, &weights), reach, newest_alone);
        }
    }

    /// The earliest and latest instant of all windows.
    fn needed(&self, reach: Reach) -> Option<(i64, i64)> {
        let (first, last) = (self.counts.by_step.first()?.0, self.counts.by_step.last()?.0);
        Some((reach.first(first), reach.edges(last).1))
    }

    /// Adds what the windows of one series hold.
    fn windows(
        &mut self,
        steps: Range<usize>,
        (times, weights): (&[i64], &[u64]),
        reach: Reach,
        newest_alone: bool,
    ) {
        for (step, count) in &mut self.counts.by_step[steps] {
            let first = times.partition_point(|time| *time < reach.first(*step));
            let end = times.partition_point(|time| *time <= reach.edges(*step).1);
            *count += match weights.get(first..end) {
                Some([.., newest]) if newest_alone => *newest,
                Some(window) => window.iter().sum(),
                None => 0,
            };
        }
    }

    fn subquery(&mut self, subquery: &Subquery) {
        let step = match &subquery.step {
            Some(step) => self.length(step),
            None => Some(self.options.subquery_step.0),
        };
        let reach = self.reach(&subquery.shift, self.length(&subquery.range));
        let Some((reach, step)) = reach.zip(step.filter(|step| *step > 0)) else { return };
        for (from, to, steps) in self.runs(reach) {
            // Its steps are aligned to the epoch.
            let first = from.div_euclid(step).saturating_add(i64::from(from.rem_euclid(step) > 0));
            let (start, end) = (Timestamp(first.saturating_mul(step)), Timestamp(to));
            let range = QueryRange::Range { start, end, step: Millis(step) };
            let inner = Evaluation::new(&subquery.expr, range, self.options.clone());
            let result = inner.and_then(|evaluation| evaluation.finish(self.head));
            let Ok(QueryValue::Matrix(series)) = result.map(|result| result.value) else { return };
            for series in series {
                let (times, weights): (Vec<i64>, Vec<u64>) = series
                    .values()
                    .into_iter()
                    .map(|(at, value)| match value {
                        Value::Float(_) => (at.0, 1),
                        Value::Histogram(histogram) => (at.0, weight(&histogram) as u64),
                    })
                    .unzip();
                self.windows(steps.clone(), (&times, &weights), reach, false);
            }
        }
    }

    /// Stretches of time without a gap that the windows cover, each with its steps: what lies between is not looked at.
    fn runs(&self, reach: Reach) -> Vec<(i64, i64, Range<usize>)> {
        let mut runs: Vec<(i64, i64, Range<usize>)> = Vec::new();
        for (index, (at, _)) in self.counts.by_step.iter().enumerate() {
            let (first, end) = (reach.first(*at), reach.edges(*at).1);
            match runs.last_mut() {
                Some((_, to, steps)) if first <= to.saturating_add(1) => {
                    *to = end.max(*to);
                    steps.end = index + 1;
                }
                _ => runs.push((first, end, index..index + 1)),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::labels::Labels;
    use crate::promql::syntax;

    /// Two series with a sample each 10 s; the second ends after a minute.
    fn head() -> Head {
        let mut head = Head::new();
        for (name, samples) in [("a", 60), ("b", 7)] {
            let id = head.series_id(&Labels::from_pairs([("__name__", "m"), ("n", name)]));
            (0..samples).for_each(|at| head.append(id, Timestamp(at * 10_000), at as f64).unwrap());
        }
        head
    }

    fn total(query: &str, range: QueryRange) -> u64 {
        let expr = syntax::parse(query, &syntax::Options::default()).unwrap();
        count_samples(&expr, range, &Options::default(), &head()).total()
    }

    #[test]
    fn selectors_count_one_a_series_and_windows_all_they_hold() {
        let at = QueryRange::Instant(Timestamp(100_000));
        assert_eq!(total("m", at), 2);
        assert_eq!(total("m + on() group_left() sum(m) * 2", at), 4);
        assert_eq!(total("rate(m[1m])", at), 6 + 2);
        assert_eq!(total("m offset 45s", QueryRange::Instant(Timestamp(400_000))), 2);
        assert_eq!(total("m @ 60", QueryRange::Instant(Timestamp(500_000))), 2);
        assert_eq!(total("m", QueryRange::Instant(Timestamp(900_000))), 0);
    }

    #[test]
    fn a_subquery_counts_its_results() {
        let at = QueryRange::Instant(Timestamp(100_000));
        assert_eq!(total("max_over_time(m{n=\"a\"}[1m:20s])", at), 3);
        assert_eq!(total("max_over_time(rate(m{n=\"a\"}[1m])[1m:20s])", at), 3);
        let range =
            QueryRange::Range { start: Timestamp(100_000), end: Timestamp(160_000), step: Millis(30_000) };
        assert_eq!(total("m{n=\"a\"}", range), 3);
        assert_eq!(total("max_over_time(m{n=\"a\"}[20s:10s])", range), 6);
        assert_eq!(total("max_over_time(m{n=\"a\"}[20s:10s] @ 100)", range), 6);
    }

    #[test]
    fn what_lies_between_windows_costs_nothing() {
        let range = QueryRange::Range {
            start: Timestamp(0),
            end: Timestamp(10_000_000_000),
            step: Millis(100_000_000),
        };
        assert_eq!(total("max_over_time(m{n=\"a\"}[10s:1ms])", range), 1);
    }
}
