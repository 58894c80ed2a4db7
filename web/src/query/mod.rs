//! The Query page: an expression, its value as a table or a graph, and data that the reader brings along.

mod asked;
mod controls;
mod doctor;
mod drawing;
mod explain;
mod graph;
mod highlight;
mod import;
mod import_sheet;
mod label_sets;
mod mends;
mod page;
mod panel;
mod panels;
mod run;
mod settings;
mod slot;
mod table;

pub use controls::store_name;
pub use highlight::highlight;
pub use import::{Attempt, Done, use_import, wrong_line};
pub use import_sheet::ImportSheet;
pub use label_sets::{Columns, selector};
pub use page::QueryPage;
