//! Arithmetic and comparison of two instant vectors: elements find each other by their labels.
//!
//! Labels are worked on once a series. Who is present decides a step: an error that needs two elements at one
//! instant is found by overlapping bitmaps.

use super::groups::{Group, Groups, signature};
use super::histogram::{Operation, is_trim};
use super::number;
use crate::base::lookup::Lookup;
use crate::base::span::Span;
use crate::model::histogram::HistogramColumn;
use crate::model::labels::{Labels, LabelsBuilder};
use crate::promql::eval::annotation::Annotations;
use crate::promql::eval::error::{ErrorKind, EvalError, Side};
use crate::promql::eval::lanes::Lane;
use crate::promql::eval::names::without_metric;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Row, Vector};
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::{BinaryOp, Cardinality, VectorMatching};

/// Stands for an element that is not there and whose value `fill` gives.
const FILLED: usize = usize::MAX;

/// An operator between two vectors.
#[derive(Debug)]
pub struct MatchingOperator {
    op: BinaryOp,
    returns_bool: bool,
    matching: VectorMatching,
    delayed_names: bool,
    span: Span,
    groups: Groups,
    /// The result's row of a pair of elements, "many" first.
    pairs: Lookup<(usize, usize), usize>,
    by_labels: Lookup<Labels, usize>,
    /// A bitmap a result row: the steps at which a pair has come to it in this block, kept or not.
    claimed: Vec<u64>,
    /// The group that claimed a row last.
    claimed_by: Vec<usize>,
}

/// The two operands, turned so that one side may have many elements a group.
struct Sides<'a> {
    many: &'a Vector,
    one: &'a Vector,
    many_is_left: bool,
    /// The value of a missing element of either side, repeated for the block.
    fill_many: Option<Vec<f64>>,
    fill_one: Option<Vec<f64>>,
    /// The steps at which both sides have any element.
    active: Vec<u64>,
}

/// A pair of elements at the steps of a mask.
struct Pair<'a> {
    many: usize,
    one: usize,
    group: usize,
    many_cells: Lane<'a>,
    one_cells: Lane<'a>,
    mask: &'a [u64],
}

impl MatchingOperator {
    /// An operator between two vectors.
    #[must_use]
    pub fn new(
        op: BinaryOp,
        returns_bool: bool,
        matching: VectorMatching,
        delayed_names: bool,
        span: Span,
    ) -> Self {
        Self {
            op,
            returns_bool,
            matching,
            delayed_names,
            span,
            groups: Groups::default(),
            pairs: Lookup::default(),
            by_labels: Lookup::default(),
            claimed: Vec::new(),
            claimed_by: Vec::new(),
        }
    }

    fn sides<'a>(&self, left: &'a Vector, right: &'a Vector, width: usize) -> Sides<'a> {
        let many_is_left = self.matching.cardinality != Cardinality::OneToMany;
        let repeat = |value: Option<f64>| value.map(|value| vec![value; width]);
        let (fill_left, fill_right) = (repeat(self.matching.fill_left), repeat(self.matching.fill_right));
        let words = width.div_ceil(64);
        let active = if fill_left.is_some() || fill_right.is_some() {
            vec![u64::MAX; words]
        } else {
            let (left, right) = (anywhere(left, words), anywhere(right, words));
            left.iter().zip(&right).map(|(left, right)| left & right).collect()
        };
        // Prometheus turns the sides of `group_right` round, and not the values of `fill_left` and `fill_right`.
        let (many, one) = if many_is_left { (left, right) } else { (right, left) };
        Sides { many, one, many_is_left, fill_many: fill_left, fill_one: fill_right, active }
    }

    fn group(
        &mut self,
        index: usize,
        group: &Group,
        sides: &Sides<'_>,
        out: &mut Vector,
        notes: &mut Annotations,
    ) -> Result<(), EvalError> {
        let (manys, ones) =
            if sides.many_is_left { (&group.left, &group.right) } else { (&group.right, &group.left) };
        let there = self.unique(group, ones, sides)?;
        let mut seen = vec![0; sides.active.len()];
        for many in manys {
            let lane = sides.many.lanes.lane(*many);
            let mut matched = vec![0; sides.active.len()];
            for one in ones {
                let other = sides.one.lanes.lane(*one);
                let mask = both(lane.present, other.present);
                merge(&mut matched, &mask);
                let (many_cells, one_cells) = (lane, other);
                let pair = Pair { many: *many, one: *one, group: index, many_cells, one_cells, mask: &mask };
                self.pair(&pair, sides, out, notes)?;
            }
            if let Some(fill) = &sides.fill_one {
                let mask = without(lane.present, &there);
                merge(&mut matched, &mask);
                let (many_cells, one_cells) = (lane, numbers(fill));
                let pair =
                    Pair { many: *many, one: FILLED, group: index, many_cells, one_cells, mask: &mask };
                self.pair(&pair, sides, out, notes)?;
            }
            if self.matching.cardinality == Cardinality::OneToOne && overlap(&seen, &matched) {
                return Err(ErrorKind::ManyToOne.at(self.span));
            }
            merge(&mut seen, lane.present);
        }
        let Some(fill) = &sides.fill_many else { return Ok(()) };
        for one in ones {
            let lane = sides.one.lanes.lane(*one);
            let mask = without(lane.present, &seen);
            let (many_cells, one_cells) = (numbers(fill), lane);
            let pair = Pair { many: FILLED, one: *one, group: index, many_cells, one_cells, mask: &mask };
            self.pair(&pair, sides, out, notes)?;
        }
        Ok(())
    }

    /// The steps at which the "one" side has an element of the group.
    fn unique(&self, group: &Group, ones: &[usize], sides: &Sides<'_>) -> Result<Vec<u64>, EvalError> {
        let mut there = vec![0; sides.active.len()];
        for (at, one) in ones.iter().enumerate() {
            let present = both(sides.one.lanes.lane(*one).present, &sides.active);
            if overlap(&there, &present) {
                let shares_step = |other: &&usize| overlap(sides.one.lanes.lane(**other).present, &present);
                let other = ones[..at].iter().find(shares_step).copied().unwrap_or(*one);
                let labels = |row: usize| sides.one.rows[row].labels.clone();
                let (first, second) = (labels(other), labels(*one));
                let series =
                    if first.to_string() <= second.to_string() { (first, second) } else { (second, first) };
                let side = if sides.many_is_left { Side::Right } else { Side::Left };
                let kind = ErrorKind::DuplicateMatch {
                    group: group.signature.clone(),
                    side,
                    series: Box::new(series),
                };
                return Err(kind.at(self.span));
            }
            merge(&mut there, &present);
        }
        Ok(there)
    }

    /// Computes the cells of a pair.
    fn pair(
        &mut self,
        pair: &Pair<'_>,
        sides: &Sides<'_>,
        out: &mut Vector,
        notes: &mut Annotations,
    ) -> Result<(), EvalError> {
        if pair.mask.iter().all(|word| *word == 0) {
            return Ok(());
        }
        let target = self.target(pair.many, pair.one, sides, out);
        let words = pair.mask.len();
        let claimed = &mut self.claimed[target * words..(target + 1) * words];
        if overlap(claimed, pair.mask) {
            let same_group = self.claimed_by[target] == pair.group;
            let kind = if same_group && self.matching.cardinality == Cardinality::OneToOne {
                ErrorKind::ManyToOne
            } else if same_group {
                ErrorKind::GroupingNotUnique
            } else {
                ErrorKind::DuplicateLabels
            };
            return Err(kind.at(self.span));
        }
        let is_first = claimed.iter().all(|word| *word == 0);
        merge(claimed, pair.mask);
        self.claimed_by[target] = pair.group;
        let (left, right) = if sides.many_is_left {
            (pair.many_cells, pair.one_cells)
        } else {
            (pair.one_cells, pair.many_cells)
        };
        let mut lane = out.lanes.lane_mut(target);
        let is_plain = left.histograms.is_empty() && right.histograms.is_empty() && !is_trim(self.op);
        if is_plain && is_first {
            lane.values.copy_from_slice(left.values);
            lane.present.copy_from_slice(pair.mask);
            number::lane(self.op, self.returns_bool, lane.values, lane.present, right.values);
            return Ok(());
        }
        let (op, returns_bool) = (self.op, self.returns_bool);
        let left = Lane { present: pair.mask, ..left };
        if is_plain {
            for (step, left) in left.iter() {
                if let Some(value) = number::element(op, returns_bool, left, right.values[step], left) {
                    lane.set(step, value);
                }
            }
            return Ok(());
        }
        let right = Lane { present: pair.mask, ..right };
        let mut operation = Operation { op, returns_bool, span: self.span, notes };
        for ((step, left), (_, right)) in left.cells().zip(right.cells()) {
            if let Some(value) = operation.element(left, right) {
                lane.put(step, value);
            }
        }
        Ok(())
    }

    /// The result's row of a pair.
    fn target(&mut self, many: usize, one: usize, sides: &Sides<'_>, out: &mut Vector) -> usize {
        if let Some(target) = self.pairs.get(&(many, one)) {
            return *target;
        }
        let labels = self.labels(many, one, sides);
        let next = out.rows.len();
        let target = *self.by_labels.get_or_insert_with(labels.clone(), || next);
        if target == next {
            out.rows.push(Row { labels, drops_name: self.returns_bool && self.delayed_names });
            out.lanes.grow(out.rows.len());
            self.claimed.resize(out.rows.len() * sides.active.len(), 0);
            self.claimed_by.push(0);
        }
        self.pairs.insert((many, one), target);
        target
    }

    /// The labels of the result of a pair.
    fn labels(&self, many: usize, one: usize, sides: &Sides<'_>) -> Labels {
        let known = |rows: &[Row], row: usize| rows.get(row).map(|row| row.labels.clone());
        let (many, one) = (known(&sides.many.rows, many), known(&sides.one.rows, one));
        // A filled element has the labels by which its partner was looked for.
        let stand_in = |partner: &Option<Labels>| {
            partner.as_ref().map(|labels| signature(labels, &self.matching)).unwrap_or_default()
        };
        let one = one.unwrap_or_else(|| stand_in(&many));
        let many = many.unwrap_or_else(|| signature(&one, &self.matching));
        let drops_name = number::is_arithmetic(self.op) || (self.returns_bool && !self.delayed_names);
        let many = if drops_name { without_metric(&many) } else { many };
        let matching = &self.matching;
        let named = |name: &str| matching.labels.iter().any(|label| **label == *name);
        if matching.cardinality == Cardinality::OneToOne {
            return many.filtered(|label| named(&label.name) == matching.on);
        }
        if matching.include.is_empty() {
            return many;
        }
        let mut labels: LabelsBuilder = many.to_builder();
        for name in &matching.include {
            // An empty value removes the label, as it should.
            labels.set(name.clone(), one.get(name).unwrap_or(""));
        }
        labels.build()
    }
}

impl Operator for MatchingOperator {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let [left, right] = inputs else { return Ok(Progress::Ready) };
        let (left, right) = (&left.output.vector, &right.output.vector);
        self.groups.extend(&left.rows, &right.rows, &self.matching);
        let sides = self.sides(left, right, steps.count);
        let vector = &mut out.vector;
        vector.lanes.reset(vector.rows.len(), steps.count);
        self.claimed.clear();
        self.claimed.resize(vector.rows.len() * sides.active.len(), 0);
        let groups = std::mem::take(&mut self.groups.all);
        let computed = groups
            .iter()
            .enumerate()
            .try_for_each(|(index, group)| self.group(index, group, &sides, vector, context.notes));
        self.groups.all = groups;
        context.budget.spend((left.rows.len() + right.rows.len()) * steps.count);
        computed.map(|()| Progress::Ready)
    }
}

/// Cells that are all numbers.
fn numbers(values: &[f64]) -> Lane<'_> {
    Lane { values, present: &[], histograms: HistogramColumn::none() }
}

/// The steps at which any element is present.
fn anywhere(vector: &Vector, words: usize) -> Vec<u64> {
    let mut any = vec![0; words];
    for row in 0..vector.lanes.rows() {
        merge(&mut any, vector.lanes.lane(row).present);
    }
    any
}

fn merge(into: &mut [u64], words: &[u64]) {
    for (into, word) in into.iter_mut().zip(words) {
        *into |= word;
    }
}

fn both(left: &[u64], right: &[u64]) -> Vec<u64> {
    left.iter().zip(right).map(|(left, right)| left & right).collect()
}

/// The steps of `words` that are not steps of `removed`.
pub(super) fn without(words: &[u64], removed: &[u64]) -> Vec<u64> {
    words.iter().zip(removed).map(|(word, removed)| word & !removed).collect()
}

fn overlap(left: &[u64], right: &[u64]) -> bool {
    left.iter().zip(right).any(|(left, right)| left & right != 0)
}
