//! Work is safe: what was done is kept in this browser, taken back and done again, named, shared and brought back. Plays
//! no lab itself.

mod address;
mod arrival;
mod buttons;
mod database;
mod deeds;
mod file;
mod keeper;
mod lab_acts;
mod lab_row;
mod labs_sheet;
mod lock;
mod mark;
mod name_form;
mod naming;
mod not_done;
mod offline;
mod opening;
mod qr;
mod record;
mod remembered;
mod safe_mode;
mod share_sheet;
mod shelf;
mod shelf_deeds;
mod strip;
mod view;

pub use address::{linked, reload};
pub use buttons::{HistoryButtons, LabButton, ShareButton};
pub use keeper::{Change, Keeper};
pub use naming::cut;
pub use offline::watch_for_updates;
pub use safe_mode::SafeMode;
pub use strip::{SavesSheet, Strip};
pub use view::{Handle, History, Saves};
