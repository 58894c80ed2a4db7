//! Icons, state glyphs, crates and the mark: all drawn here, none carries meaning without a word beside it.

mod course;
mod crates;
mod icons;
mod mark;
mod states;

pub use course::{lesson_crate, progress_crates, task_glyph};
pub use crates::{crate_glyph, engine_glyph, prometheus_glyph};
pub use icons::{Icon, icon, small_icon};
pub use mark::mark;
pub use states::{StateGlyph, state_glyph};
