//! Small parts that several pages use: stepper, segments, sheet, error box, empty place.

mod code_editor;
mod empty;
mod problems;
mod segments;
mod sheet;
mod stepper;

pub use code_editor::{CodeEditor, Mark, Offers, painted};
pub use empty::Empty;
pub use problems::ProblemBox;
pub use segments::{Segment, Segments};
pub use sheet::Sheet;
pub use stepper::Stepper;
