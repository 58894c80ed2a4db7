//! What a node does with what its children gave, and what it may look at while doing so.

use super::annotation::Annotations;
use super::budget::Budget;
use super::error::EvalError;
use super::node::Node;
use super::options::{Options, QueryRange};
use super::output::Output;
use super::steps::Steps;
use crate::tsdb::Head;

/// Whether a node's result for the block is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Progress {
    /// The slice of work is over; the same call goes on where this one stopped.
    Pending,
    /// The result is there.
    Ready,
}

/// What stays the same while a query is evaluated, and what it collects.
#[derive(Debug)]
pub struct Context<'a> {
    /// The samples.
    pub head: &'a Head,
    /// The switches.
    pub options: &'a Options,
    /// The query's instants.
    pub range: QueryRange,
    /// Most cells of one block, over all series of a node.
    pub block_cells: usize,
    /// Work and memory.
    pub budget: &'a mut Budget,
    /// Warnings and infos found so far.
    pub notes: &'a mut Annotations,
}

/// The work of one node. It keeps what it knows of labels from block to block.
pub trait Operator: std::fmt::Debug {
    /// Computes the block `steps` from the results of `inputs` into `out`. The blocks of a query come in order. When
    /// it answers `Pending`, it is called again with the same arguments.
    ///
    /// # Errors
    /// When the query must fail.
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError>;

    /// Whether the result takes the place of what it was made from, so that never both are held.
    fn is_in_place(&self) -> bool {
        false
    }

    /// How many series it selects or makes itself, to size the blocks; 0 where these are its inputs'.
    fn prepare(&mut self, context: &mut Context<'_>) -> Result<usize, EvalError> {
        let _ = context;
        Ok(0)
    }
}
