//! Small parts that several pages use: stepper, segments, sheet, error box, empty place.

mod clipboard;
mod code_editor;
mod empty;
mod notices;
mod problems;
mod segments;
mod sheet;
mod stepper;
mod strip_line;

pub use clipboard::copy_text;
pub use code_editor::{CodeEditor, Mark, Offers, painted};
pub use empty::Empty;
pub use notices::Notices;
pub use problems::ProblemBox;
pub use segments::{Segment, Segments};
pub use sheet::Sheet;
pub use stepper::Stepper;
pub use strip_line::StripLine;
