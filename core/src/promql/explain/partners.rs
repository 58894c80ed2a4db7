//! Match groups: which elements of two operands find each other, and why those that stay alone do. Computes no value.

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use crate::base::lookup::Lookup;
use crate::model::labels::Labels;
use crate::promql::eval::binary::groups::signature;
use crate::promql::eval::binary::number;
use crate::promql::eval::names::without_metric;
use crate::promql::syntax::ast::{Binary, BinaryOp, Cardinality, ValueType, VectorMatching};

/// Elements of one side of a group that are carried along.
const MAX_ELEMENTS: usize = 20;

/// The elements of both operands whose matching labels agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchGroup {
    /// The labels that they share.
    pub signature: Labels,
    /// Elements of the left operand.
    pub left: Vec<Cell>,
    /// How many there are.
    pub left_count: u32,
    /// Elements of the right operand.
    pub right: Vec<Cell>,
    /// How many there are.
    pub right_count: u32,
    /// What came of it.
    pub outcome: MatchOutcome,
}

/// What comes of a match group. The order is that of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MatchOutcome {
    /// Several on the left, where one is allowed: the query fails.
    ManyOnLeft,
    /// Several on the right, where one is allowed: the query fails.
    ManyOnRight,
    /// Nothing on the left.
    NoLeft,
    /// Nothing on the right.
    NoRight,
    /// They found each other and no comparison holds.
    Filtered,
    /// They found each other; of a set operator: the group decides that something stays.
    Matched,
}

/// How the elements of two vectors find each other.
#[derive(Clone, Debug)]
pub(super) struct Matching {
    op: BinaryOp,
    returns_bool: bool,
    matching: VectorMatching,
}

impl Matching {
    /// Of an operation between two vectors; `None` for any other.
    pub fn of(binary: &Binary) -> Option<Self> {
        let is_vector =
            |expr: &crate::promql::syntax::ast::Expr| expr.value_type() == ValueType::InstantVector;
        if !is_vector(&binary.left) || !is_vector(&binary.right) {
            return None;
        }
        let cardinality = if binary.op.is_set() { Cardinality::ManyToMany } else { Cardinality::OneToOne };
        let matching = binary.matching.clone().unwrap_or(VectorMatching {
            cardinality,
            labels: Vec::new(),
            on: false,
            include: Vec::new(),
            fill_left: None,
            fill_right: None,
        });
        Some(Self { op: binary.op, returns_bool: binary.returns_bool, matching })
    }

    /// The labels by which an element is looked for.
    pub fn signature(&self, labels: &Labels) -> Labels {
        signature(labels, &self.matching)
    }

    /// The groups, failures first, otherwise as they turn up.
    pub fn groups(&self, left: &[Cell], right: &[Cell]) -> Vec<MatchGroup> {
        let mut places: Lookup<Labels, usize> = Lookup::default();
        let mut groups: Vec<(Labels, Vec<Cell>, Vec<Cell>)> = Vec::new();
        let sides = left.iter().map(|cell| (true, cell)).chain(right.iter().map(|cell| (false, cell)));
        for (is_left, cell) in sides {
            let signature = self.signature(&cell.labels);
            let next = groups.len();
            let at = *places.get_or_insert_with(signature.clone(), || next);
            if at == next {
                groups.push((signature, Vec::new(), Vec::new()));
            }
            let side = if is_left { &mut groups[at].1 } else { &mut groups[at].2 };
            side.push(cell.clone());
        }
        let report = |(signature, mut left, mut right): (Labels, Vec<Cell>, Vec<Cell>)| {
            let outcome = self.outcome(&left, &right);
            let (left_count, right_count) = (left.len() as u32, right.len() as u32);
            left.truncate(MAX_ELEMENTS);
            right.truncate(MAX_ELEMENTS);
            MatchGroup { signature, left, left_count, right, right_count, outcome }
        };
        let mut groups: Vec<MatchGroup> = groups.into_iter().map(report).collect();
        groups.sort_by_key(|group| group.outcome);
        groups
    }

    fn outcome(&self, left: &[Cell], right: &[Cell]) -> MatchOutcome {
        use Cardinality::{ManyToMany, ManyToOne, OneToMany, OneToOne};
        let cardinality = self.matching.cardinality;
        if right.len() > 1 && matches!(cardinality, OneToOne | ManyToOne) {
            return MatchOutcome::ManyOnRight;
        }
        let many_left = left.len() > 1;
        // On the "many" side of one to one a second element fails only when there is something to match.
        if many_left && (cardinality == OneToMany || (cardinality == OneToOne && !right.is_empty())) {
            return MatchOutcome::ManyOnLeft;
        }
        let stays_alone = match self.op {
            BinaryOp::Or | BinaryOp::Unless => (true, self.op == BinaryOp::Or),
            _ => (self.matching.fill_right.is_some(), self.matching.fill_left.is_some()),
        };
        match (left.is_empty(), right.is_empty()) {
            (true, _) if !stays_alone.1 => MatchOutcome::NoLeft,
            (_, true) if !stays_alone.0 => MatchOutcome::NoRight,
            (false, false) if self.op == BinaryOp::Unless => MatchOutcome::Filtered,
            (false, false) if cardinality != ManyToMany && !self.any_holds(left, right) => {
                MatchOutcome::Filtered
            }
            _ => MatchOutcome::Matched,
        }
    }

    fn any_holds(&self, left: &[Cell], right: &[Cell]) -> bool {
        left.iter().any(|left| right.iter().any(|right| self.value(left, right).is_some()))
    }

    /// What the operator leaves of two elements; of histograms, whose arithmetic is the evaluator's, always something.
    pub fn value(&self, left: &Cell, right: &Cell) -> Option<f64> {
        let (Some(left), Some(right)) = (left.number(), right.number()) else { return Some(f64::NAN) };
        number::element(self.op, self.returns_bool, left, right, left)
    }

    /// The labels of the result of two elements.
    pub fn labels(&self, left: &Labels, right: &Labels) -> Labels {
        let matching = &self.matching;
        let (many, one) =
            if matching.cardinality == Cardinality::OneToMany { (right, left) } else { (left, right) };
        let drops_name = number::is_arithmetic(self.op) || self.returns_bool;
        let many = if drops_name { without_metric(many) } else { many.clone() };
        if matching.cardinality == Cardinality::OneToOne {
            let named = |name: &str| matching.labels.iter().any(|label| **label == *name);
            return many.filtered(|label| named(&label.name) == matching.on);
        }
        let mut labels = many.to_builder();
        for name in &matching.include {
            labels.set(name.clone(), one.get(name).unwrap_or(""));
        }
        labels.build()
    }
}
