//! The Targets page: what is scraped, how it goes, and the configuration that says so.

mod causes;
mod config;
mod history;
mod job_card;
mod metric_relabeling;
mod page;
mod relabeling;
mod rule_editor;
mod target_row;
mod trying;

pub use page::TargetsPage;
