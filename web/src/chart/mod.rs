//! A chart on the page: data on one canvas, cursor on another, tooltip, legend, table of values, export. It is handed
//! what was answered and how it is to be drawn; it asks nothing and knows no page.

mod answered;
mod canvas;
mod component;
mod cursor;
mod export;
mod gesture;
mod keys;
mod legend;
mod legend_hold;
mod lines;
mod pens;
mod picture;
mod said;
mod surface;
mod tools;
mod tooltip;
mod twin;

pub use answered::{Answered, Layer, Picked, Zoom};
pub use component::Chart;
