//! The Query page: an expression, its value as a table or a graph, and data that the reader brings along.

mod chart;
mod controls;
mod cursor;
mod graph;
mod highlight;
mod import;
mod import_sheet;
mod label_sets;
mod legend;
mod lines;
mod page;
mod panel;
mod pens;
mod run;
mod settings;
mod surface;
mod table;
mod tooltip;

pub use page::QueryPage;
