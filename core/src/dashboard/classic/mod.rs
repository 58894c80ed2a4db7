//! The board as a file: the part of Grafana's classic JSON that the model has. What a file says beyond that is named
//! when it is read.

mod form;
mod read;
#[cfg(test)]
mod tests;
mod unknown;
mod write;

pub use read::{Read, read};
pub use write::write;

/// The version of the classic form that is written, and the last one there is (`schemaVersion`).
const SCHEMA_VERSION: u64 = 39;
const LAST_SCHEMA_VERSION: u64 = 42;
