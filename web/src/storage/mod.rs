//! The Storage page: what a store holds, what it is spent on, and the ways in and out for data.

mod deletion;
mod facts;
mod page;
mod save;
mod tallies;

pub use page::StoragePage;
pub use save::{save as offer_file, save_blob, save_text};
