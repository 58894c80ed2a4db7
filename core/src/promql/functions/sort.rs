//! `sort`, `sort_desc`, `sort_by_label` and `sort_by_label_desc`: the order of an instant query's elements.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Body, Function, Optional, STRING, VECTOR};
use crate::base::span::Span;
use crate::model::labels::Labels;
use crate::promql::eval::annotation::Note;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::options::QueryRange;
use crate::promql::eval::output::{Output, Vector};
use crate::promql::eval::plan::{Planner, text_of};
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::Call;

/// `sort(v)`: rising, NaN last; histograms go.
pub const SORT: Function = Function::new("sort", &[VECTOR], Body::Node(plan)).keeps_name();
/// `sort_desc(v)`: falling, NaN last; histograms go.
pub const SORT_DESC: Function = Function::new("sort_desc", &[VECTOR], Body::Node(plan)).keeps_name();
/// `sort_by_label(v, label, …)`: runs of digits count as numbers.
pub const SORT_BY_LABEL: Function = Function::new("sort_by_label", &[VECTOR, STRING], Body::Node(plan))
    .optional(Optional::Repeated)
    .keeps_name()
    .experimental();
/// `sort_by_label_desc(v, label, …)`: the reverse.
pub const SORT_BY_LABEL_DESC: Function =
    Function::new("sort_by_label_desc", &[VECTOR, STRING], Body::Node(plan))
        .optional(Optional::Repeated)
        .keeps_name()
        .experimental();

fn plan(planner: &mut Planner<'_>, call: &Call, span: Span) -> Result<Node, EvalError> {
    let Some((vector, labels)) = call.arguments.split_first() else { return Ok(Node::nothing()) };
    let name = call.function.name;
    let by_label = name.starts_with("sort_by_label");
    let operator = Sort {
        is_falling: name.ends_with("_desc"),
        labels: by_label.then(|| labels.iter().map(text_of).collect()),
        span,
    };
    Ok(Node::new(operator, vec![planner.node(vector)?]))
}

#[derive(Debug)]
struct Sort {
    is_falling: bool,
    /// The labels to sort by; by value where there are none.
    labels: Option<Vec<Arc<str>>>,
    span: Span,
}

impl Sort {
    fn order(&self, vector: &Vector, left: usize, right: usize) -> Ordering {
        match &self.labels {
            Some(names) => {
                let (left, right) = (&vector.rows[left].labels, &vector.rows[right].labels);
                let rising = by_labels(names, left, right);
                if self.is_falling { rising.reverse() } else { rising }
            }
            None => {
                let value = |row| vector.lanes.get(row, 0).unwrap_or(f64::NAN);
                let (left, right) = (value(left), value(right));
                match (left.is_nan(), right.is_nan()) {
                    (true, true) => Ordering::Equal,
                    (true, false) => Ordering::Greater,
                    (false, true) => Ordering::Less,
                    (false, false) if self.is_falling => right.partial_cmp(&left).unwrap_or(Ordering::Equal),
                    (false, false) => left.partial_cmp(&right).unwrap_or(Ordering::Equal),
                }
            }
        }
    }
}

fn by_labels(names: &[Arc<str>], left: &Labels, right: &Labels) -> Ordering {
    for name in names {
        let order = natural(left.get(name).unwrap_or(""), right.get(name).unwrap_or(""));
        if order != Ordering::Equal {
            return order;
        }
    }
    left.cmp(right)
}

/// Compares texts with runs of digits as whole numbers: `a2` before `a10`.
fn natural(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left.as_bytes(), right.as_bytes());
    loop {
        let (left_run, right_run) = (run(left), run(right));
        let order = match (left_run, right_run) {
            ([], []) => return Ordering::Equal,
            ([], _) => return Ordering::Less,
            (_, []) => return Ordering::Greater,
            ([a, ..], [b, ..]) if a.is_ascii_digit() && b.is_ascii_digit() => by_number(left_run, right_run),
            _ => left_run.cmp(right_run),
        };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (&left[left_run.len()..], &right[right_run.len()..]);
    }
}

/// The longest begin that is all digits or all something else.
fn run(text: &[u8]) -> &[u8] {
    let Some(first) = text.first() else { return text };
    let same = |byte: &&u8| byte.is_ascii_digit() == first.is_ascii_digit();
    &text[..text.iter().take_while(same).count()]
}

/// Compares digits of any length by their number, equal numbers by how many zeros lead.
fn by_number(left: &[u8], right: &[u8]) -> Ordering {
    let significant = |digits: &[u8]| {
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        digits[zeros..].to_vec()
    };
    let (a, b) = (significant(left), significant(right));
    a.len().cmp(&b.len()).then_with(|| a.cmp(&b)).then_with(|| left.len().cmp(&right.len()))
}

impl Operator for Sort {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let input = &mut inputs[0].output.vector;
        if self.labels.is_none() {
            // A histogram has no value to sort by.
            input.lanes.drop_histograms();
        }
        if !matches!(context.range, QueryRange::Instant(_)) {
            context.notes.add(Note::SortInRange, self.span);
        }
        if steps.count != 1 || !matches!(context.range, QueryRange::Instant(_)) {
            out.vector.take_over(input);
            return Ok(Progress::Ready);
        }
        let mut order: Vec<usize> =
            (0..input.rows.len()).filter(|row| input.lanes.lane(*row).any()).collect();
        order.sort_by(|left, right| self.order(input, *left, *right));
        out.vector.rows = order.iter().map(|row| input.rows[*row].clone()).collect();
        out.vector.lanes.reset(order.len(), 1);
        for (to, from) in order.iter().enumerate() {
            out.vector.lanes.lane_mut(to).copy_from(input.lanes.lane(*from));
        }
        Ok(Progress::Ready)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_count_as_numbers() {
        assert_eq!(natural("a2", "a10"), Ordering::Less);
        assert_eq!(natural("a2b", "a2"), Ordering::Greater);
        assert_eq!(natural("1", "a"), Ordering::Less);
        assert_eq!(natural("10.9", "10.11"), Ordering::Less);
        assert_eq!(natural("x", "x"), Ordering::Equal);
    }
}
