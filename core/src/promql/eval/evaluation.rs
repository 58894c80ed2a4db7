//! One query from its tree to its result, in slices of work.

use std::sync::Arc;

use super::annotation::Annotations;
use super::budget::Budget;
use super::error::{ErrorKind, EvalError};
use super::node::Node;
use super::operator::{Context, Progress};
use super::options::{Options, QueryRange};
use super::plan::{Planner, text_of};
use super::result::{Collector, Element, QueryResult, QueryValue};
use super::steps::Steps;
use crate::model::sample::Sample;
use crate::promql::syntax::ast::{Expr, ValueType};
use crate::tsdb::Head;

/// Most cells of one block, over all series of a node: two megabytes of floats, some ten milliseconds of work. Smaller
/// blocks go over the series more often than the caches like, larger ones leave the caches and make the allocator ask
/// the system for memory anew.
const BLOCK_CELLS: usize = 1 << 18;
/// Each node keeps its block: so many nodes have whole blocks, more have smaller ones, and need no more memory.
const FEW_NODES: usize = 32;

/// A query on its way. Dropping it cancels it.
#[derive(Debug)]
pub struct Evaluation {
    options: Options,
    range: QueryRange,
    value_type: ValueType,
    text: Arc<str>,
    plan: Node,
    budget: Budget,
    notes: Annotations,
    steps: Steps,
    /// Most cells of one block.
    block_cells: usize,
    /// Steps that are done.
    done: usize,
    /// Steps of one block; 0 until the series are selected.
    block: usize,
    collector: Collector,
}

/// What a slice of work came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Advance {
    /// There is more to do.
    Progress {
        /// Steps that are done.
        done: u64,
        /// Steps altogether.
        total: u64,
    },
    /// The result.
    Ready(QueryResult),
}

impl Evaluation {
    /// Begins a query: `expr` over `range`.
    ///
    /// # Errors
    /// When the query cannot run over the range, is nested too deeply, or has a length that cannot be used.
    pub fn new(expr: &Expr, range: QueryRange, options: Options) -> Result<Self, EvalError> {
        let value_type = expr.value_type();
        let is_range = matches!(range, QueryRange::Range { .. });
        if is_range && matches!(value_type, ValueType::RangeVector | ValueType::String) {
            return Err(ErrorKind::WrongTypeForRange { documented: value_type.documented() }.nowhere());
        }
        let mut planner = Planner::new(&options, range);
        let plan = planner.node(expr)?;
        let block_cells = BLOCK_CELLS / (planner.count() / FEW_NODES).max(1);
        let budget = Budget::new(options.max_work, options.max_samples);
        Ok(Self {
            range,
            value_type,
            text: text_of(expr),
            plan,
            budget,
            notes: Annotations::default(),
            steps: range.steps(),
            block_cells,
            done: 0,
            block: 0,
            collector: Collector::new(range.steps().count),
            options,
        })
    }

    /// Works on for about `work` units (of a few nanoseconds each).
    ///
    /// # Errors
    /// When the query fails. It cannot be advanced after that.
    pub fn advance(&mut self, head: &Head, work: u64) -> Result<Advance, EvalError> {
        self.budget.begin_slice(work.max(1));
        while self.done < self.steps.count {
            let mut context = Context {
                head,
                options: &self.options,
                range: self.range,
                block_cells: self.block_cells,
                budget: &mut self.budget,
                notes: &mut self.notes,
            };
            if self.block == 0 {
                let widest = self.plan.prepare(&mut context)?;
                self.block = steps_a_block(self.block_cells, widest);
            }
            let steps = self.steps.part(self.done, self.block);
            if self.plan.poll(&steps, &mut context)? == Progress::Pending {
                return Ok(self.progress());
            }
            self.collector.take(self.value_type, &self.plan.output, &steps, &mut self.budget)?;
            self.done += steps.count;
            self.budget.check_time()?;
            self.budget.check_samples(self.plan.samples().0)?;
            if self.budget.slice_is_over() && self.done < self.steps.count {
                return Ok(self.progress());
            }
        }
        self.result().map(Advance::Ready)
    }

    /// Works until the result is there.
    ///
    /// # Errors
    /// When the query fails.
    pub fn finish(mut self, head: &Head) -> Result<QueryResult, EvalError> {
        loop {
            if let Advance::Ready(result) = self.advance(head, u64::MAX)? {
                return Ok(result);
            }
        }
    }

    /// The work done so far, in units.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.budget.spent()
    }

    fn progress(&self) -> Advance {
        Advance::Progress { done: self.done as u64, total: self.steps.count as u64 }
    }

    fn result(&mut self) -> Result<QueryResult, EvalError> {
        let collector = std::mem::take(&mut self.collector);
        let is_range = matches!(self.range, QueryRange::Range { .. });
        let at = self.range.start();
        let value = match self.value_type {
            ValueType::String => QueryValue::Text(at, Arc::clone(&self.text)),
            ValueType::Scalar if !is_range => {
                let series = collector.series()?;
                let value = series.first().and_then(|series| series.points.first());
                QueryValue::Scalar(Sample { at, value: value.map_or(f64::NAN, |sample| sample.value) })
            }
            ValueType::InstantVector if !is_range => {
                let elements = collector.series()?.into_iter().filter_map(|series| {
                    let value = series.at(at)?;
                    Some(Element { labels: series.labels, at, value })
                });
                QueryValue::Vector(elements.collect())
            }
            _ => QueryValue::Matrix(collector.sorted()?),
        };
        Ok(QueryResult { value, notes: std::mem::take(&mut self.notes) })
    }
}

/// How many steps a block of `cells` has when the widest selection has `series`.
fn steps_a_block(cells: usize, series: usize) -> usize {
    let steps = cells / series.max(1);
    // Whole words of the bitmaps, where there is at least one.
    if steps > 64 { steps / 64 * 64 } else { steps.max(1) }
}
