//! Layer 5: the lab and its doors: commands, questions, events, journal, checkpoints. Joins the yard and its
//! Prometheus; knows no page.

pub mod answer;
pub mod command;
pub mod digest;
pub mod event;
mod feed;
mod grammar;
pub mod journal;
mod journal_text;
pub mod problem;
pub mod question;
pub mod scenario;
pub mod store;
pub mod view;
pub mod wire;
mod words;

pub use answer::Answer;
pub use command::{AttachmentHash, Command, Range};
pub use event::{ContainerChange, Event, EventKind, Feed};
pub use journal::Journal;
pub use problem::Problem;
pub use question::Question;
pub use store::StoreId;
