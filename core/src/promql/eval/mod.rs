//! Evaluation, a node at a time over a block of steps.
//!
//! [`plan`] turns the tree of an expression into [`node`]s. A node computes, from what its children gave, all series
//! at all steps of a block at once ([`lanes`]); work on labels is done once a series. [`evaluation`] goes from block
//! to block and can stop in between. Reads a [`crate::tsdb::Head`] and changes nothing.

pub mod annotation;
pub mod binary;
pub mod budget;
pub mod buffer;
pub mod call;
pub mod error;
pub mod evaluation;
pub mod lanes;
pub mod length;
mod literal;
pub mod merge;
pub mod names;
pub mod node;
pub mod operator;
pub mod options;
pub mod output;
pub mod plan;
pub mod remarks;
pub mod result;
pub mod selector;
pub mod steps;
mod subquery;
pub mod unbroken;
pub mod value;
pub mod window;
mod window_call;

#[cfg(test)]
mod tests;

pub use error::EvalError;
pub use evaluation::{Advance, Evaluation};
pub use options::{Options, QueryRange};
pub use result::{Element, HistogramPoint, QueryResult, QueryValue, SeriesPoints};
pub use value::Value;
