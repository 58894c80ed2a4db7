//! `absent` and `absent_over_time`: 1 where there is nothing, with the labels that the selector asks for.

use super::{Body, Function, VECTOR, WINDOWS};
use crate::base::span::Span;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::matcher::{MatchOp, Matcher};
use crate::promql::eval::error::EvalError;
use crate::promql::eval::lanes::bits;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Row};
use crate::promql::eval::plan::Planner;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::window::Edges;
use crate::promql::syntax::ast::{Call, ExprKind};

/// `absent(v)`
pub const ABSENT: Function = Function::new("absent", &[VECTOR], Body::Node(plan)).keeps_name();
/// `absent_over_time(m)`
pub const ABSENT_OVER_TIME: Function =
    Function::new("absent_over_time", &[WINDOWS], Body::Node(plan)).keeps_name();

fn plan(planner: &mut Planner<'_>, call: &Call, _span: Span) -> Result<Node, EvalError> {
    let labels = match call.arguments.first().map(|argument| &argument.kind) {
        Some(ExprKind::VectorSelector(selector)) => wanted(&selector.matchers),
        Some(ExprKind::MatrixSelector(matrix)) => wanted(&matrix.selector.matchers),
        _ => Labels::default(),
    };
    Ok(Node::new(Absent { labels, taken: Vec::new(), next_row: 0 }, planner.arguments(call)?))
}

/// The labels that exactly one `=` matcher names, and no other matcher.
fn wanted(matchers: &[Matcher]) -> Labels {
    let alone = |matcher: &&Matcher| {
        let same = matchers.iter().filter(|other| other.name == matcher.name);
        matcher.op == MatchOp::Equal && &*matcher.name != METRIC_NAME && same.count() == 1
    };
    let kept = matchers.iter().filter(alone);
    Labels::from_pairs(kept.map(|matcher| (matcher.name.clone(), matcher.value.clone())))
}

#[derive(Debug)]
struct Absent {
    labels: Labels,
    /// The steps at which there is anything.
    taken: Vec<u64>,
    next_row: usize,
}

impl Operator for Absent {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let input = &inputs[0].output;
        if self.next_row == 0 {
            self.taken.clear();
            self.taken.resize(steps.count.div_ceil(64), 0);
        }
        for row in 0..input.vector.lanes.rows() {
            for (taken, word) in self.taken.iter_mut().zip(input.vector.lanes.lane(row).present) {
                *taken |= word;
            }
        }
        while self.next_row < input.windows.samples.len() && !bits::full(&self.taken, steps.count) {
            let mut edges = Edges::new(&input.windows.samples[self.next_row].times, input.windows.reach);
            for step in 0..steps.count {
                let (first, end) = edges.move_to(steps.time(step));
                if first < end {
                    bits::set(&mut self.taken, step);
                }
            }
            context.budget.spend(steps.count);
            self.next_row += 1;
        }
        self.next_row = 0;
        let vector = &mut out.vector;
        if vector.rows.is_empty() {
            vector.rows.push(Row::new(self.labels.clone()));
        }
        vector.lanes.reset(1, steps.count);
        let lane = vector.lanes.lane_mut(0);
        lane.values.fill(1.0);
        bits::fill(lane.present, steps.count);
        for (word, taken) in lane.present.iter_mut().zip(&self.taken) {
            *word &= !taken;
        }
        Ok(Progress::Ready)
    }
}
