//! Layer 2: charts: axes, units, decimation, lines with gaps, areas, bars and heatmaps, drawn on any plotters
//! `DrawingBackend`. Knows no page, no store and no expression.
//!
//! Lengths are in CSS pixels; what reaches the backend is in quarters of them ([`SUBPIXELS`]), since plotters counts
//! in whole units: so a line may be 1.25 pixels wide and lie between two pixels. The backend scales down.

mod areas;
mod axes;
mod bars;
pub mod cells;
mod chart;
mod cursor;
mod decimate;
mod draw;
mod frame;
mod heat;
mod heat_colors;
mod heat_map;
mod hues;
mod line;
mod options;
mod palette;
mod sheet;
mod stack;
mod strokes;
mod svg;
mod thresholds;
mod time_axis;
mod unit;
mod value_axis;
mod written;

pub use chart::{Chart, Emphasis, Form, Line};
pub use cursor::{Pointer, draw_cursor, nearest_lines};
pub use draw::draw;
pub use frame::Frame;
pub use heat::{Bucket, Heat};
pub use heat_colors::{HEAT_LEVELS, heat_colors, heat_level};
pub use hues::Hues;
pub use line::{Point, Steps};
pub use options::{Judgement, Kind, Legend, Options, Stacking, Summary, Threshold, ThresholdStyle};
pub use palette::{Color, Palette, SERIES_HUES};
pub use sheet::{Sheet, SheetRow};
pub use svg::Svg;
pub use time_axis::{TimeAxis, TimeTick};
pub use unit::Unit;
pub use value_axis::{ValueAxis, ValueTick};
pub use written::group_thousands;

/// Backend units in one CSS pixel.
pub const SUBPIXELS: i32 = 4;

/// A length of CSS pixels in backend units.
fn units(length_px: f64) -> i32 {
    libm::round(length_px * f64::from(SUBPIXELS)) as i32
}
