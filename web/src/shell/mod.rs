//! What is on every page: the bar with the clock, the navigation, notices, theme.

mod bar;
mod jump_menu;
mod more_sheet;
mod navigation;
mod ring;
mod size_button;
mod status;
mod theme;
mod transport;

pub use bar::Bar;
pub use navigation::{Rail, Tabs};
pub use status::Status;
pub use theme::Theme;
