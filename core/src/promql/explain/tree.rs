//! The tree of an expression with every node's value at one instant, node by node in slices of work.

use serde::{Deserialize, Serialize};

use super::cell::{Cell, NodeValue, Run};
use super::outline::{MAX_NODES, NodeKind, Outlined, outline, pinned};
use super::partners::{MatchGroup, Matching};
use super::statistics::{LabelStatistics, statistics};
use super::{MAX_WORK, within_budget};
use crate::base::span::Span;
use crate::base::time::Timestamp;
use crate::promql::eval::{Advance, EvalError, Evaluation, Options, QueryRange};
use crate::promql::syntax::ast::{Expr, ExprKind};
use crate::tsdb::Head;

/// Cells or series of a node that a report carries.
const MAX_CELLS: usize = 100;
/// Samples of a range vector that a report carries, over all its series.
const MAX_WINDOW_SAMPLES: usize = 1_000;
/// Match groups of a node that a report carries.
const MAX_GROUPS: usize = 50;

/// The nodes, a node before those below it; the first is the whole expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// When.
    pub at: Timestamp,
    /// The nodes.
    pub nodes: Vec<NodeReport>,
    /// Whether nodes were left out because the expression has too many.
    pub is_cut: bool,
}

/// A node with its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeReport {
    /// The place of the node above it.
    pub parent: Option<u32>,
    /// Its bytes in the expression.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
    /// When it was evaluated; another instant than the query's below a subquery.
    pub at: Timestamp,
    /// Its value.
    pub result: NodeResult,
    /// The labels of its series.
    pub labels: Vec<LabelStatistics>,
    /// Of an operator between two vectors: who found whom, failures first.
    pub groups: Vec<MatchGroup>,
    /// How many match groups there are, those left out included.
    pub group_count: u32,
}

/// The value of a node, cut to what can be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum NodeResult {
    /// A number.
    Scalar(f64),
    /// A text.
    Text(String),
    /// An instant vector.
    Vector {
        /// How many elements there are.
        count: u32,
        /// The first of them.
        cells: Vec<Cell>,
    },
    /// A range vector.
    Windows {
        /// How many series there are.
        count: u32,
        /// How many samples they have together.
        samples: u64,
        /// The first of them.
        runs: Vec<Run>,
    },
    /// It could not be evaluated.
    Failed {
        /// The stable code of the error.
        code: String,
        /// Prometheus's words.
        text: String,
    },
}

/// An explanation on its way. Dropping it cancels it.
#[derive(Debug)]
pub struct Explainer {
    at: Timestamp,
    /// The expression, [`pinned`].
    expr: Expr,
    options: Options,
    nodes: Vec<Explained>,
    /// Nodes that are done.
    done: usize,
    is_cut: bool,
}

#[derive(Debug)]
struct Explained {
    report: NodeReport,
    matching: Option<Matching>,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Its turn has not come: plans of all nodes at once could be larger than the expression by far.
    Waiting,
    Begun(Box<Evaluation>),
    Done(Result<NodeValue, EvalError>),
}

impl Explainer {
    /// Begins to explain `expr` at an instant.
    ///
    /// # Errors
    /// When a length in it cannot be used.
    pub fn new(expr: &Expr, at: Timestamp, options: &Options) -> Result<Self, EvalError> {
        let expr = pinned(expr, at);
        let outlined = outline(&expr, at, options)?;
        let options = within_budget(options, MAX_WORK, outlined.len());
        let is_cut = outlined.len() >= MAX_NODES;
        let nodes = outlined.iter().map(Explained::new).collect();
        Ok(Self { at, nodes, done: 0, is_cut, expr, options })
    }

    /// Works on for about `work` units. Gives the tree when it is done.
    pub fn advance(&mut self, head: &Head, work: u64) -> Option<Tree> {
        let mut left = work.max(1);
        let outlined = outline(&self.expr, self.at, &self.options).unwrap_or_default();
        while let (Some(node), Some(own)) = (self.nodes.get_mut(self.done), outlined.get(self.done)) {
            node.begin(own, &self.options);
            let spent = node.advance(head, left);
            if matches!(node.state, State::Done(_)) {
                self.done += 1;
            }
            left = left.saturating_sub(spent.max(1));
            if left == 0 && self.done < self.nodes.len() {
                return None;
            }
        }
        Some(self.tree())
    }

    /// How far it is, in nodes: done, and all.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        (self.done as u64, self.nodes.len() as u64)
    }

    fn tree(&mut self) -> Tree {
        let groups: Vec<Vec<MatchGroup>> = (0..self.nodes.len()).map(|node| self.groups(node)).collect();
        let nodes = std::mem::take(&mut self.nodes).into_iter().zip(groups);
        let nodes = nodes.map(|(node, groups)| node.finish(groups)).collect();
        Tree { at: self.at, nodes, is_cut: self.is_cut }
    }

    /// The match groups of a node whose two operands are instant vectors.
    fn groups(&self, node: usize) -> Vec<MatchGroup> {
        let Some(matching) = &self.nodes[node].matching else { return Vec::new() };
        let below = self.nodes.iter().filter(|other| other.report.parent == Some(node as u32));
        let operands: Vec<&[Cell]> = below.map(Explained::cells).collect();
        match operands[..] {
            [left, right] => matching.groups(left, right),
            _ => Vec::new(),
        }
    }
}

impl Explained {
    fn new(node: &Outlined<'_>) -> Self {
        let matching = match &node.expr.kind {
            ExprKind::Binary(binary) => Matching::of(binary),
            _ => None,
        };
        let report = NodeReport {
            parent: node.parent,
            span: node.expr.span,
            kind: node.kind(),
            at: node.at,
            result: NodeResult::Scalar(0.0),
            labels: Vec::new(),
            groups: Vec::new(),
            group_count: 0,
        };
        Self { report, matching, state: State::Waiting }
    }

    fn begin(&mut self, node: &Outlined<'_>, options: &Options) {
        if matches!(self.state, State::Waiting) {
            let evaluation = Evaluation::new(node.expr, QueryRange::Instant(node.at), options.clone());
            self.state = match evaluation {
                Ok(evaluation) => State::Begun(Box::new(evaluation)),
                Err(error) => State::Done(Err(error)),
            };
        }
    }

    /// Works on. Gives the work done.
    fn advance(&mut self, head: &Head, work: u64) -> u64 {
        let State::Begun(evaluation) = &mut self.state else { return 0 };
        let before = evaluation.work();
        let advanced = evaluation.advance(head, work);
        let spent = evaluation.work().saturating_sub(before);
        match advanced {
            Ok(Advance::Progress { .. }) => {}
            Ok(Advance::Ready(result)) => self.state = State::Done(Ok(result.value.into())),
            Err(error) => self.state = State::Done(Err(error)),
        }
        spent
    }

    fn cells(&self) -> &[Cell] {
        match &self.state {
            State::Done(Ok(NodeValue::Vector(cells))) => cells,
            _ => &[],
        }
    }

    fn finish(self, mut groups: Vec<MatchGroup>) -> NodeReport {
        let mut report = self.report;
        report.group_count = groups.len() as u32;
        groups.truncate(MAX_GROUPS);
        report.groups = groups;
        let State::Done(value) = self.state else { return report };
        report.labels = match &value {
            Ok(NodeValue::Vector(cells)) => statistics(cells.iter().map(|cell| &cell.labels)),
            Ok(NodeValue::Windows(runs)) => statistics(runs.iter().map(|run| &run.labels)),
            _ => Vec::new(),
        };
        report.result = match value {
            Ok(NodeValue::Scalar(value)) => NodeResult::Scalar(value),
            Ok(NodeValue::Text(text)) => NodeResult::Text(text),
            Ok(NodeValue::Vector(mut cells)) => {
                let count = cells.len() as u32;
                cells.truncate(MAX_CELLS);
                NodeResult::Vector { count, cells }
            }
            Ok(NodeValue::Windows(runs)) => windows(runs),
            Err(error) => NodeResult::Failed { code: error.kind.code().to_owned(), text: error.to_string() },
        };
        report
    }
}

fn windows(mut runs: Vec<Run>) -> NodeResult {
    let count = runs.len() as u32;
    let samples = runs.iter().map(|run| run.times.len() as u64).sum();
    let mut shown = 0;
    let fits = runs.iter().take(MAX_CELLS).take_while(|run| {
        shown += run.times.len();
        shown <= MAX_WINDOW_SAMPLES
    });
    let fitting = fits.count();
    runs.truncate(fitting);
    NodeResult::Windows { count, samples, runs }
}
