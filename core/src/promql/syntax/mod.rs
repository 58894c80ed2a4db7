//! PromQL as text: tokens, the tree, the parser with a list of errors, type checks, printers. Evaluates nothing.

pub mod ast;
