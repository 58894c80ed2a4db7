//! The Query page: an expression, its value as a table or a graph, and data that the reader brings along.

mod asked;
mod chart;
mod controls;
mod cursor;
mod doctor;
mod explain;
mod graph;
mod highlight;
mod import;
mod import_sheet;
mod label_sets;
mod legend;
mod lines;
mod mends;
mod page;
mod panel;
mod panels;
mod pens;
mod run;
mod settings;
mod slot;
mod surface;
mod table;
mod tooltip;

pub use controls::store_name;
pub use highlight::highlight;
pub use import::{Attempt, Done, use_import};
pub use import_sheet::ImportSheet;
pub use page::QueryPage;
