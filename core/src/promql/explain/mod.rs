//! How the numbers of a query were made: every node's value at one instant, and for one cell the samples, edges,
//! buckets, members or partners it came from. Lets the evaluator compute and takes apart what came out; draws nothing.

mod buckets;
mod cell;
mod change;
pub mod doctor;
mod made;
mod members;
mod native;
mod outline;
mod partners;
mod statistics;
mod tree;

#[cfg(test)]
mod tests;

pub use buckets::{BucketCount, Interpolation, QuantileCase};
pub use cell::{Cell, CellValue, NodeValue, Run};
pub use change::{Change, ChangeOf, Edge, EdgeReason, Points, Reset};
pub use made::{How, Made, Newest, NotMade, Operands, how_made};
pub use members::Members;
pub use native::NativeBuckets;
pub use outline::NodeKind;
pub use partners::{MatchGroup, MatchOutcome};
pub use statistics::LabelStatistics;
pub use tree::{Explainer, NodeReport, NodeResult, Tree};

use crate::base::time::Timestamp;
use crate::promql::eval::{EvalError, Evaluation, Options, QueryRange, QueryValue};
use crate::promql::syntax::ast::Expr;
use crate::tsdb::Head;

/// Work that a tree may cost, in the evaluator's units: some seconds, in slices.
const MAX_WORK: u64 = 400_000_000;
/// Work of an explanation that is made in one go: well below a second, since nobody else is answered meanwhile.
const MAX_WORK_AT_ONCE: u64 = 60_000_000;
/// Samples that an explanation may hold at once.
const MAX_SAMPLES: u64 = 2_000_000;

/// The evaluator's switches with the budget of an explanation that may cost `work` and evaluates `nodes` expressions.
fn within_budget(options: &Options, work: u64, nodes: usize) -> Options {
    let max_work = options.max_work.min(work / nodes.max(1) as u64);
    Options { max_work, max_samples: options.max_samples.min(MAX_SAMPLES), ..options.clone() }
}

/// The value of an expression at an instant.
fn value_at(head: &Head, expr: &Expr, at: Timestamp, options: &Options) -> Result<NodeValue, EvalError> {
    Ok(result_at(head, expr, at, options)?.into())
}

/// The same as the evaluator gives it, with native histograms whole.
fn result_at(head: &Head, expr: &Expr, at: Timestamp, options: &Options) -> Result<QueryValue, EvalError> {
    let evaluation = Evaluation::new(expr, QueryRange::Instant(at), options.clone())?;
    Ok(evaluation.finish(head)?.value)
}
