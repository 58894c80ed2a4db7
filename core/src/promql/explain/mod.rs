//! How the numbers of a query were made: every node's value at one instant, and for one cell the samples, edges,
//! buckets, members or partners it came from. Lets the evaluator compute and takes apart what came out; draws nothing.

mod buckets;
mod cell;
mod change;
pub mod doctor;
mod made;
mod members;
mod outline;
mod partners;
mod statistics;
mod tree;

#[cfg(test)]
mod tests;

pub use buckets::{BucketCount, Interpolation, QuantileCase};
pub use cell::{Cell, CellValue, NodeValue, Run};
pub use change::{Change, ChangeOf, Edge, EdgeReason, Reset};
pub use made::{How, Made, Newest, NotMade, Operands, how_made};
pub use members::Members;
pub use outline::NodeKind;
pub use partners::{MatchGroup, MatchOutcome};
pub use statistics::LabelStatistics;
pub use tree::{Explainer, NodeReport, NodeResult, Tree};

use crate::base::time::Timestamp;
use crate::promql::eval::{EvalError, Evaluation, Options, QueryRange};
use crate::promql::syntax::ast::Expr;
use crate::tsdb::Head;

/// Work that one explained node may cost, in the evaluator's units: some seconds.
const MAX_WORK: u64 = 400_000_000;
/// Samples that an explanation may hold at once.
const MAX_SAMPLES: u64 = 2_000_000;

/// The evaluator's switches with the budget of an explanation that evaluates `nodes` expressions.
fn within_budget(options: &Options, nodes: usize) -> Options {
    let max_work = options.max_work.min(MAX_WORK / nodes.max(1) as u64);
    Options { max_work, max_samples: options.max_samples.min(MAX_SAMPLES), ..options.clone() }
}

/// The value of an expression at an instant.
fn value_at(head: &Head, expr: &Expr, at: Timestamp, options: &Options) -> Result<NodeValue, EvalError> {
    let evaluation = Evaluation::new(expr, QueryRange::Instant(at), options.clone())?;
    Ok(evaluation.finish(head)?.value.into())
}
