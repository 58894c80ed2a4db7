//! Number literals.

use super::error::EvalError;
use super::node::Node;
use super::operator::{Context, Operator, Progress};
use super::output::Output;
use super::steps::Steps;

/// The same number at every step.
#[derive(Debug)]
pub struct NumberNode(pub f64);

impl Operator for NumberNode {
    fn apply(
        &mut self,
        _inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        out.scalar.clear();
        out.scalar.resize(steps.count, self.0);
        Ok(Progress::Ready)
    }
}
