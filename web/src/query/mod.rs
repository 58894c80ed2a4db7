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
mod made;
mod page;
mod panel;
mod run;
mod settings;
mod table;
mod window_picture;
mod zooms;

pub use controls::store_name;
pub use import::{Attempt, Done, use_import};
pub use import_sheet::ImportSheet;
pub use label_sets::{Columns, selector};
pub use page::QueryPage;
