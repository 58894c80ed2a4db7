//! Layer 6: the lab and its doors: commands, questions, events, journal, checkpoints. Joins the yard and its
//! Prometheus; knows no page.

mod act;
pub mod answer;
mod attaching;
pub mod board;
#[cfg(test)]
mod bounds_tests;
mod checkpoint;
pub mod command;
pub mod course;
pub mod desk;
pub mod digest;
mod doors;
pub mod event;
pub mod export;
mod expressions;
mod feed;
mod grammar;
mod import;
mod insight;
mod job;
pub mod journal;
mod journal_length;
mod journal_text;
pub mod lab_file;
mod lanes;
mod learn;
pub mod link;
mod look;
mod look_course;
mod look_relabeling;
mod look_stores;
#[cfg(test)]
mod look_tests;
#[cfg(test)]
mod one_name_tests;
pub mod play;
#[cfg(test)]
mod played;
pub mod problem;
pub mod programs;
pub mod question;
mod rates;
pub mod scenario;
#[cfg(test)]
mod scrape_tests;
mod served;
mod state;
pub mod store;
mod truth;
mod undo;
pub mod view;
mod vitals;
mod watch;
mod web;
pub mod wire;
mod words;

pub use answer::Answer;
pub use board::BoardDeed;
pub use command::{AttachmentHash, Command, Range};
pub use digest::Digest;
pub use doors::Lab;
pub use event::{ContainerChange, Event, EventKind, Feed};
pub use job::{Job, Poll};
pub use journal::Journal;
pub use lab_file::LabFile;
pub use problem::Problem;
pub use question::{ExportForm, Question};
pub use scenario::Scenario;
pub use store::StoreId;
