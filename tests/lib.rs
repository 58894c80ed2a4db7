//! What the runner of the tests and the fuzzer share.

pub mod frame;
pub mod fuzz;
pub mod tree;
