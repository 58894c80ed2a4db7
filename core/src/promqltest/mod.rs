//! Layer 4: the runner of promqltest scripts (`load`, `eval instant`, `eval range`, `expect`). Reads no file: text in,
//! an outcome for every `eval` out.
//!
//! [`script`] reads the commands, [`load`] fills a head, [`run`] evaluates and [`compare`] holds the results against
//! what the script expects. Unlike Prometheus's own runner, a case that fails does not end the script.

mod annotations;
mod classic;
mod compare;
mod expectation;
pub mod load;
mod pin;
mod run;
mod script;
mod start_times;
mod wording;

pub use run::{Outcome, Settings, run};
pub use script::{Command, Fault, Script};
