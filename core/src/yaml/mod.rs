//! Layer 1: the one typed YAML reader, for every file a learner can touch; every value knows its line and column.
//! It writes no YAML and keeps no comments.
//!
//! A text becomes a tree of [`Node`]s (aliases and merge keys resolved, within a [`Budget`]), and a tree becomes a
//! value through a [`Reader`], which collects type errors as Go's yaml does and refuses what is unknown by name.
//! The words are Go's (`go-yaml` version 2, which Prometheus's own files are read with), since that is what learners
//! meet at work.

mod compose;
mod error;
mod node;
mod read;
mod resolve;
mod scalars;

pub use compose::{Budget, compose};
pub use error::{Error, Problem};
pub use node::{Content, Node};
pub use read::{Dialect, FromNode, Read, Reader, read};
pub use resolve::{Resolved, decode_base64, resolve};

#[cfg(test)]
mod tests;
