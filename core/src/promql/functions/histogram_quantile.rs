//! `histogram_quantile` and `histogram_quantiles`.

use std::sync::Arc;

use super::assembly::{Assembly, Found};
use super::buckets::{Bucket, quantile};
use super::quantile::invalid_quantile;
use super::{Body, Function, Optional, SCALAR, STRING, VECTOR};
use crate::base::lookup::Lookup;
use crate::base::number::print_open_metrics;
use crate::base::span::Span;
use crate::model::histogram::{FloatHistogram, NanObservations};
use crate::model::labels::Labels;
use crate::promql::eval::annotation::{MonotonicityFix, Note};
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Row, Vector};
use crate::promql::eval::plan::{Planner, text_of};
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::Call;

/// `histogram_quantile(φ, b)`
pub const HISTOGRAM_QUANTILE: Function =
    Function::new("histogram_quantile", &[SCALAR, VECTOR], Body::Node(plan_one));
/// `histogram_quantiles(b, label, φ, …)`: one series a φ, told apart by `label`.
pub const HISTOGRAM_QUANTILES: Function = Function::new(
    "histogram_quantiles",
    &[VECTOR, STRING, SCALAR, SCALAR, SCALAR, SCALAR, SCALAR, SCALAR, SCALAR, SCALAR, SCALAR, SCALAR],
    Body::Node(plan_many),
)
.optional(Optional::Last(9))
.experimental();

fn plan_one(planner: &mut Planner<'_>, call: &Call, _span: Span) -> Result<Node, EvalError> {
    let [quantile, vector] = &call.arguments[..] else { return Ok(Node::nothing()) };
    let children = vec![planner.node(vector)?, planner.node(quantile)?];
    Ok(Node::new(Quantiles::new(None, vector.span, vec![quantile.span]), children))
}

fn plan_many(planner: &mut Planner<'_>, call: &Call, span: Span) -> Result<Node, EvalError> {
    let [vector, label, quantiles @ ..] = &call.arguments[..] else { return Ok(Node::nothing()) };
    let label = text_of(label);
    if label.is_empty() {
        return Err(ErrorKind::InvalidLabelName { name: label }.at(span));
    }
    let mut children = vec![planner.node(vector)?];
    for quantile in quantiles {
        children.push(planner.node(quantile)?);
    }
    let spans = quantiles.iter().map(|quantile| quantile.span).collect();
    Ok(Node::new(Quantiles::new(Some(label), vector.span, spans), children))
}

#[derive(Debug)]
struct Quantiles {
    /// The label that tells several quantiles apart.
    label: Option<Arc<str>>,
    vector_span: Span,
    quantile_spans: Vec<Span>,
    assembly: Assembly,
    /// The result's row of a histogram and the bits of a quantile.
    targets: Lookup<(usize, u64), usize>,
    by_labels: Lookup<Labels, usize>,
}

impl Quantiles {
    fn new(label: Option<Arc<str>>, vector_span: Span, quantile_spans: Vec<Span>) -> Self {
        Self {
            label,
            vector_span,
            quantile_spans,
            assembly: Assembly::default(),
            targets: Lookup::default(),
            by_labels: Lookup::default(),
        }
    }

    /// The result's row for a quantile of a histogram.
    fn target(&mut self, histogram: usize, quantile: f64, out: &mut Vector) -> usize {
        let bits = if self.label.is_some() { quantile.to_bits() } else { 0 };
        if let Some(target) = self.targets.get(&(histogram, bits)) {
            return *target;
        }
        let row = &self.assembly.rows[histogram];
        let labels = match &self.label {
            None => row.labels.clone(),
            Some(label) => {
                let mut labels = row.labels.to_builder();
                labels.set(Arc::clone(label), print_open_metrics(quantile));
                labels.build()
            }
        };
        let next = out.rows.len();
        let target = *self.by_labels.get_or_insert_with(labels.clone(), || next);
        if target == next {
            out.rows.push(Row { labels, drops_name: row.drops_name });
            out.lanes.grow(out.rows.len());
        }
        self.targets.insert((histogram, bits), target);
        target
    }

    /// The quantiles of one histogram at all steps.
    fn histogram(
        &mut self,
        histogram: usize,
        inputs: &[Node],
        steps: &Steps,
        out: &mut Vector,
        context: &mut Context<'_>,
    ) -> Result<(), EvalError> {
        let Some((vector, quantiles)) = inputs.split_first() else { return Ok(()) };
        let vector = &vector.output.vector;
        let mut buckets: Vec<Bucket> = Vec::new();
        for step in 0..steps.count {
            let found = self.assembly.gather(histogram, vector, step, &mut buckets);
            match found {
                Found::Nothing => continue,
                Found::Both => {
                    let metric = self.assembly.metric(histogram, context);
                    context.notes.add(Note::MixedClassicNative { metric }, self.vector_span);
                    continue;
                }
                Found::Classic | Found::Native(_) => {}
            }
            for node in quantiles {
                let wanted = node.output.scalar[step];
                let (value, note) = match &found {
                    Found::Native(native) => self.of_native(histogram, wanted, native, context),
                    _ => self.of_classic(histogram, wanted, &mut buckets, steps.time(step), context),
                };
                if let Some((note, span)) = note {
                    context.notes.add(note, span);
                }
                let target = self.target(histogram, wanted, out);
                if self.label.is_some() && out.lanes.get(target, step).is_some() {
                    return Err(ErrorKind::DuplicateLabels.nowhere());
                }
                out.lanes.set(target, step, value);
            }
        }
        Ok(())
    }

    fn of_classic(
        &self,
        histogram: usize,
        wanted: f64,
        buckets: &mut [Bucket],
        time: i64,
        context: &Context<'_>,
    ) -> (f64, Option<(Note, Span)>) {
        let (value, fix) = quantile(wanted, buckets);
        let note = fix.map(|fix| {
            let fix = MonotonicityFix { first: time, last: time, ..fix };
            let metric = self.assembly.metric(histogram, context);
            (Note::ForcedMonotonicity { metric, fix }, self.vector_span)
        });
        (value, note)
    }

    fn of_native(
        &self,
        histogram: usize,
        wanted: f64,
        native: &FloatHistogram,
        context: &mut Context<'_>,
    ) -> (f64, Option<(Note, Span)>) {
        context.budget.spend(native.positive.len() + native.negative.len());
        let (value, nan) = native.quantile(wanted);
        let note = nan.map(|nan| {
            let metric = self.assembly.metric(histogram, context);
            let note = match nan {
                NanObservations::Reached => Note::NanObservationsResult { metric },
                NanObservations::Above => Note::NanObservationsSkew { metric },
            };
            (note, self.vector_span)
        });
        (value, note)
    }
}

impl Operator for Quantiles {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let Some((vector, quantiles)) = inputs.split_first() else { return Ok(Progress::Ready) };
        for (node, span) in quantiles.iter().zip(&self.quantile_spans) {
            for note in node.output.scalar.iter().filter_map(|quantile| invalid_quantile(*quantile)) {
                context.notes.add(note, *span);
            }
        }
        self.assembly.follow(&vector.output.vector, self.vector_span, context);
        out.vector.lanes.reset(out.vector.rows.len(), steps.count);
        for histogram in 0..self.assembly.rows.len() {
            self.histogram(histogram, inputs, steps, &mut out.vector, context)?;
        }
        context.budget.spend(inputs[0].output.vector.rows.len() * steps.count * 2);
        Ok(Progress::Ready)
    }
}
