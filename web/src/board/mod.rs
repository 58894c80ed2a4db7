//! The Board page: panels of charts in a grid that the reader arranges, and the builder in which one is made.

mod arranging;
mod body;
mod builder;
mod card;
mod chart;
mod fields;
mod file;
mod grid;
mod head;
mod numbers;
mod page;
mod pin;
mod place;
mod queries;
mod starting;
mod table;
mod thresholds;
mod use_board;
mod values;

pub use page::BoardPage;
pub use pin::Pin;
