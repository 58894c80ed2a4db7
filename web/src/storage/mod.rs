//! The Storage page: what a store holds, what it is spent on, and the ways in and out for data.

mod deletion;
mod facts;
mod page;
mod save;
mod tallies;

pub use page::StoragePage;
pub use save::save_text;
