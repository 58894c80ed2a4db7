//! `and`, `or`, `unless`: which elements stay, by whether the other side has one of their match group.

use super::groups::Groups;
use super::matching::without;
use crate::base::lookup::Lookup;
use crate::model::labels::Labels;
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::lanes::{Lane, Lanes};
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Vector};
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::{BinaryOp, VectorMatching};

/// A set operation of two vectors; elements pass through as they are.
#[derive(Debug)]
pub struct SetOperator {
    op: BinaryOp,
    matching: VectorMatching,
    groups: Groups,
    /// `or`: the result's rows, by labels, and where each operand's rows go.
    by_labels: Lookup<Labels, usize>,
    left_target: Vec<usize>,
    right_target: Vec<usize>,
    /// One bitmap a group: the steps at which the other side has an element of it.
    there: Vec<u64>,
}

impl SetOperator {
    /// A set operation.
    #[must_use]
    pub fn new(op: BinaryOp, matching: VectorMatching) -> Self {
        Self {
            op,
            matching,
            groups: Groups::default(),
            by_labels: Lookup::default(),
            left_target: Vec::new(),
            right_target: Vec::new(),
            there: Vec::new(),
        }
    }

    /// Collects, a group each, the steps at which `lanes` has any element.
    fn mark(&mut self, lanes: &Lanes, of_row: impl Fn(&Groups, usize) -> usize) -> usize {
        let words = lanes.width().div_ceil(64);
        self.there.clear();
        self.there.resize(self.groups.all.len() * words, 0);
        for row in 0..lanes.rows() {
            let group = of_row(&self.groups, row);
            let marks = &mut self.there[group * words..(group + 1) * words];
            for (mark, word) in marks.iter_mut().zip(lanes.lane(row).present) {
                *mark |= word;
            }
        }
        words
    }

    /// `and`, `unless`: the left elements, masked.
    fn mask(&mut self, left: &mut Vector, right: &Vector, out: &mut Vector) {
        let words = self.mark(&right.lanes, |groups, row| groups.of_right[row]);
        out.take_over(left);
        for row in 0..out.lanes.rows() {
            let group = self.groups.of_left[row];
            let marks = &self.there[group * words..(group + 1) * words];
            for (word, mark) in out.lanes.lane_mut(row).present.iter_mut().zip(marks) {
                *word &= if self.op == BinaryOp::And { *mark } else { !*mark };
            }
        }
    }

    /// `or`: the left elements, and the right ones whose group has none on the left.
    fn union(&mut self, left: &Vector, right: &Vector, out: &mut Vector) -> Result<(), EvalError> {
        let words = self.mark(&left.lanes, |groups, row| groups.of_left[row]);
        for (rows, target) in [(&left.rows, &mut self.left_target), (&right.rows, &mut self.right_target)] {
            for row in &rows[target.len()..] {
                let next = out.rows.len();
                let at = *self.by_labels.get_or_insert_with(row.labels.clone(), || next);
                if at == next {
                    out.rows.push(row.clone());
                }
                target.push(at);
            }
        }
        out.lanes.reset(out.rows.len(), left.lanes.width().max(right.lanes.width()));
        for (row, target) in self.left_target.iter().enumerate() {
            out.rows[*target].drops_name |= left.rows[row].drops_name;
            out.lanes.lane_mut(*target).copy_from(left.lanes.lane(row));
        }
        for (row, target) in self.right_target.iter().enumerate() {
            out.rows[*target].drops_name |= right.rows[row].drops_name;
            let group = self.groups.of_right[row];
            let marks = &self.there[group * words..(group + 1) * words];
            let (source, mut lane) = (right.lanes.lane(row), out.lanes.lane_mut(*target));
            let new = without(source.present, marks);
            if lane.present.iter().zip(&new).any(|(taken, new)| taken & new != 0) {
                return Err(ErrorKind::DuplicateLabels.nowhere());
            }
            let added = Lane { present: &new, ..source };
            for (step, value) in added.iter() {
                lane.set(step, value);
            }
            for (step, histogram) in added.histograms() {
                lane.set_packed(step, &histogram);
            }
        }
        Ok(())
    }
}

impl Operator for SetOperator {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let [left, right] = inputs else { return Ok(Progress::Ready) };
        let (left, right) = (&mut left.output.vector, &mut right.output.vector);
        self.groups.extend(&left.rows, &right.rows, &self.matching);
        if self.op == BinaryOp::Or {
            self.union(left, right, &mut out.vector)?;
        } else {
            self.mask(left, right, &mut out.vector);
        }
        context.budget.spend((left.rows.len() + right.rows.len()) * out.vector.lanes.width());
        Ok(Progress::Ready)
    }
}
