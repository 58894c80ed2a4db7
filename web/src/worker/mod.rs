//! The page's side of the worker: messages there and back, and a new worker where one died. Knows no page.

mod backup;
mod client;
mod port;

pub use backup::Backup;
pub use client::{Client, ClientEvent};
