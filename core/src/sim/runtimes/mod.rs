//! Language runtimes as their client libraries show them, shared by the images written in them. Serves no request.

mod go;
mod jvm;
mod node;
mod process;

pub use go::{GoProfile, GoRuntime};
pub use jvm::JvmRuntime;
pub use node::{NodeRuntime, REFRESH_INTERVAL};
pub use process::GoProcess;
