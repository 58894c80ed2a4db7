//! Calls of functions of a window: `rate`, `max_over_time` and their like.

use std::sync::Arc;

use super::annotation::Note;
use super::buffer::floats_of;
use super::error::EvalError;
use super::lanes::LaneMut;
use super::node::Node;
use super::operator::{Context, Operator, Progress};
use super::output::Output;
use super::remarks::Remarks;
use super::steps::Steps;
use super::unbroken;
use super::value::Value;
use super::window::{Reach, Window, slide};
use crate::base::span::Span;
use crate::model::labels::Labels;
use crate::promql::functions::{Remark, WindowBody};
use crate::promql::syntax::ast::Extension;
use crate::tsdb::Samples;

/// A function of a window and perhaps of scalars.
#[derive(Debug)]
pub struct WindowCall {
    body: &'static WindowBody,
    /// Which argument is the window; all others are scalars.
    window: usize,
    /// `anchored` or `smoothed`.
    extension: Option<Extension>,
    /// The place of each argument, for remarks.
    spans: Vec<Span>,
    next_row: usize,
    /// Rows that were looked at for a counter's name.
    remarked: Vec<bool>,
}

impl WindowCall {
    /// A call whose argument number `window` is the range vector.
    #[must_use]
    pub const fn new(
        body: &'static WindowBody,
        window: usize,
        extension: Option<Extension>,
        spans: Vec<Span>,
    ) -> Self {
        Self { body, window, extension, spans, next_row: 0, remarked: Vec::new() }
    }

    /// Checks the scalar arguments of all steps.
    fn inspect(&self, scalars: &[&[f64]], steps: usize, context: &mut Context<'_>) -> Result<(), EvalError> {
        let Some(inspect) = self.body.inspect else { return Ok(()) };
        let mut values = Vec::with_capacity(scalars.len());
        for step in 0..steps {
            values.clear();
            values.extend(scalars.iter().map(|scalar| scalar[step]));
            match inspect(&values) {
                Ok(None) => {}
                Ok(Some(Remark { argument, note })) => {
                    context.notes.add(note, self.spans.get(argument).copied().unwrap_or_default());
                }
                Err(kind) => return Err(kind.nowhere()),
            }
        }
        Ok(())
    }

    /// Says once a series that its name is not a counter's.
    fn remark(&mut self, row: usize, labels: &Labels, context: &mut Context<'_>) {
        self.remarked.resize(self.remarked.len().max(row + 1), false);
        if std::mem::replace(&mut self.remarked[row], true) {
            return;
        }
        let Some(name) = labels.metric_name().filter(|name| !name.is_empty()) else { return };
        let known = ["_total", "_sum", "_count", "_bucket"];
        if !known.iter().any(|suffix| name.ends_with(suffix)) {
            let note = Note::PossibleNonCounter { metric: Arc::from(name) };
            context.notes.add(note, self.spans[self.window]);
        }
    }
}

impl Operator for WindowCall {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let windows = &inputs[self.window].output.windows;
        let others = inputs.iter().enumerate().filter(|(index, _)| *index != self.window);
        let scalars: Vec<&[f64]> = others.map(|(_, node)| node.output.scalar.as_slice()).collect();
        let vector = &mut out.vector;
        if self.next_row == 0 {
            vector.follow(&windows.rows, Clone::clone);
            vector.lanes.reset(windows.rows.len(), steps.count);
            if windows.samples.iter().any(|samples| !samples.times.is_empty()) {
                self.inspect(&scalars, steps.count, context)?;
            }
        }
        while self.next_row < windows.rows.len() {
            if context.budget.slice_is_over() {
                context.budget.check_time()?;
                return Ok(Progress::Pending);
            }
            let row = self.next_row;
            let labels = &windows.rows[row].labels;
            let series = Series {
                samples: &windows.samples[row],
                reach: windows.reach,
                steps,
                scalars: &scalars,
                remarks: Remarks::new(labels, self.spans[0], context.notes),
            };
            let work = series.fill(self.body, self.extension, &mut vector.lanes.lane_mut(row));
            context.budget.spend(work);
            if self.body.of_counters && vector.lanes.lane(row).iter().next().is_some() {
                self.remark(row, labels, context);
            }
            self.next_row += 1;
        }
        self.next_row = 0;
        Ok(Progress::Ready)
    }
}

/// The samples of one series and what else its lane is made from.
struct Series<'a> {
    samples: &'a Samples,
    reach: Reach,
    steps: &'a Steps,
    scalars: &'a [&'a [f64]],
    remarks: Remarks<'a>,
}

impl Series<'_> {
    /// Computes the lane, by the form that fits the samples. Gives the work done.
    fn fill(mut self, body: &WindowBody, extension: Option<Extension>, lane: &mut LaneMut<'_>) -> usize {
        let is_plain = self.samples.histograms.is_empty() && self.samples.starts.is_empty();
        match (extension, body.whole) {
            (Some(extension), _) => {
                let Some(extended) = body.extended else { return 0 };
                self.each(lane, |window, _, remarks| extended(window, extension, remarks))
            }
            (None, _) if is_plain => {
                fill_lane(body, self.samples, self.reach, self.steps, self.scalars, lane)
            }
            (None, Some(whole)) => match body.unbroken {
                Some(unbroken) if !self.samples.histograms.is_empty() => {
                    let windows = (self.reach, self.steps);
                    unbroken::each_window(self.samples, windows, &mut self.remarks, (unbroken, whole), lane)
                }
                _ => self.each(lane, whole),
            },
            (None, None) => {
                if !self.samples.histograms.is_empty() {
                    self.remark_ignored();
                }
                let floats = floats_of(self.samples);
                fill_lane(body, &floats, self.reach, self.steps, self.scalars, lane)
            }
        }
    }

    /// Hands each window that has samples to `body`.
    fn each(
        &mut self,
        lane: &mut LaneMut<'_>,
        body: impl Fn(&Window<'_>, &[f64], &mut Remarks<'_>) -> Option<Value>,
    ) -> usize {
        let mut arguments = vec![0.0; self.scalars.len()];
        let mut work = self.steps.count;
        slide(self.samples, self.reach, self.steps, |step, window| {
            if window.times.is_empty() {
                return;
            }
            for (argument, scalar) in arguments.iter_mut().zip(self.scalars) {
                *argument = scalar[step];
            }
            work += window.times.len() + 8 * window.histogram_count();
            if let Some(value) = body(window, &arguments, &mut self.remarks) {
                lane.put(step, value);
            }
        });
        work
    }

    /// Says where a window has histograms beside the floats that count.
    fn remark_ignored(&mut self) {
        slide(self.samples, self.reach, self.steps, |_, window| {
            let histograms = window.histogram_count();
            if histograms > 0 && histograms < window.times.len() {
                let metric = self.remarks.metric();
                self.remarks.add(Note::HistogramsIgnoredInWindow { metric });
            }
        });
    }
}

/// Computes the lane of a series of floats, by the windowed form where there is one. Gives the work done.
pub fn fill_lane(
    body: &WindowBody,
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    scalars: &[&[f64]],
    lane: &mut LaneMut<'_>,
) -> usize {
    if let Some(windowed) = body.lane {
        return windowed(samples, reach, steps, scalars, lane);
    }
    let mut arguments = vec![0.0; scalars.len()];
    let looked_at = slide(samples, reach, steps, |step, window| {
        if window.times.is_empty() {
            return;
        }
        for (argument, scalar) in arguments.iter_mut().zip(scalars) {
            *argument = scalar[step];
        }
        if let Some(value) = (body.fresh)(window, &arguments) {
            lane.set(step, value);
        }
    });
    looked_at + steps.count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::histogram::{Buckets, FloatHistogram, ResetHint};
    use crate::promql::eval::annotation::Annotations;
    use crate::promql::eval::lanes::Lanes;
    use crate::promql::functions::{Body, all};

    fn values() -> impl Strategy<Value = Vec<f64>> {
        let any = prop_oneof![
            4 => (-20_i32..20).prop_map(f64::from),
            2 => -1e3..1e3,
            1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 1e100, -1e100, 1e308]),
        ];
        // Whole numbers alone take another way than mixed ones.
        prop_oneof![
            prop::collection::vec((-20_i32..2000).prop_map(f64::from), 0..120),
            prop::collection::vec(any, 0..120),
        ]
    }

    fn lane_of(body: &WindowBody, samples: &Samples, reach: Reach, steps: &Steps) -> Vec<Option<u64>> {
        let mut lanes = Lanes::default();
        lanes.reset(1, steps.count);
        // More than any function takes, and others at each step.
        let scalars: Vec<Vec<f64>> = [0.1, 0.7]
            .map(|first| (0..steps.count).map(|step| first + (step % 3) as f64 * 0.1).collect())
            .to_vec();
        let scalars: Vec<&[f64]> = scalars.iter().map(Vec::as_slice).collect();
        fill_lane(body, samples, reach, steps, &scalars, &mut lanes.lane_mut(0));
        // Which NaN it is depends on the processor.
        let bits = |value: f64| if value.is_nan() { u64::MAX } else { value.to_bits() };
        (0..steps.count).map(|step| lanes.get(0, step).map(bits)).collect()
    }

    /// Histograms of two buckets that mostly go on, now and then with a hint, other buckets or a float between them.
    fn histograms() -> impl Strategy<Value = Samples> {
        let one =
            (0_u32..4, 0_u32..4, prop::sample::select(vec![0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6]));
        prop::collection::vec((1_i64..30, one), 1..80).prop_map(|samples| {
            let (mut column, mut at, mut counts) = (Samples::default(), 0, [0.0, 0.5]);
            for (gap, (first, second, kind)) in samples {
                at += gap;
                counts = [counts[0] + f64::from(first), counts[1] + f64::from(second) * 0.1];
                if kind == 1 {
                    counts = [0.0, f64::from(second)];
                }
                if kind == 2 {
                    column.push(at, 3.0);
                    continue;
                }
                let pairs = [(1, counts[0]), (if kind == 3 { 4 } else { 2 }, counts[1])];
                column.push_histogram(
                    at,
                    &FloatHistogram {
                        schema: if kind == 4 { 2 } else { 1 },
                        count: counts[0] + counts[1],
                        sum: -counts[1],
                        positive: Buckets::from_pairs(pairs),
                        hint: match kind {
                            5 => ResetHint::Reset,
                            6 => ResetHint::Gauge,
                            _ if first == 0 => ResetHint::NotReset,
                            _ => ResetHint::Unknown,
                        },
                        ..FloatHistogram::default()
                    },
                );
            }
            column
        })
    }

    /// The values of all windows of a series, and the remarks, with unbroken windows taken by themselves or not.
    fn whole_lane(
        body: &WindowBody,
        samples: &Samples,
        windows: (Reach, &Steps),
        is_unbroken: bool,
    ) -> String {
        let (labels, mut notes, mut lanes) = (Labels::default(), Annotations::default(), Lanes::default());
        lanes.reset(1, windows.1.count);
        let remarks = Remarks::new(&labels, Span::default(), &mut notes);
        let mut series = Series { samples, reach: windows.0, steps: windows.1, scalars: &[], remarks };
        if is_unbroken {
            series.fill(body, None, &mut lanes.lane_mut(0));
        } else if let Some(whole) = body.whole {
            series.each(&mut lanes.lane_mut(0), whole);
        }
        // Floats are printed with the digits that tell them apart.
        format!("{:?} {:?}", lanes.lane(0).cells().collect::<Vec<_>>(), notes)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn unbroken_windows_give_the_bits_of_whole_ones(
            samples in histograms(),
            range in 1_i64..300,
            left_open: bool,
            step in 1_i64..60,
        ) {
            let reach = Reach { range, left_open, ..Reach::default() };
            let steps = Steps::within(-100, samples.times[samples.times.len() - 1] + 100, step);
            for function in all() {
                let Body::Window(body) = &function.body else { continue };
                if body.unbroken.is_some() {
                    prop_assert_eq!(
                        whole_lane(body, &samples, (reach, &steps), true),
                        whole_lane(body, &samples, (reach, &steps), false),
                        "{}", function.name
                    );
                }
            }
        }

        #[test]
        fn windowed_forms_give_the_bits_of_fresh_evaluation(
            values in values(),
            gaps in prop::collection::vec(1_i64..30, 120),
            range in 1_i64..200,
            offset in -100_i64..100,
            left_open: bool,
            step in 1_i64..60,
        ) {
            let mut at = 0;
            let times = gaps.iter().take(values.len()).map(|gap| { at += gap; at }).collect();
            let samples = Samples::of_floats(times, values);
            let reach = Reach { range, offset, left_open, ..Reach::default() };
            let steps = Steps::within(-100, at + 100, step);
            for function in all() {
                let Body::Window(body) = &function.body else { continue };
                if body.lane.is_none() {
                    continue;
                }
                let fresh = WindowBody::fresh(body.fresh);
                prop_assert_eq!(
                    lane_of(body, &samples, reach, &steps),
                    lane_of(&fresh, &samples, reach, &steps),
                    "{}", function.name
                );
            }
        }
    }
}
