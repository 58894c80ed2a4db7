//! What is to be drawn, as plain values.

use super::heat::Heat;
use super::line::Steps;
use super::options::Options;
use super::palette::Palette;
use crate::base::time::Timestamp;

/// A chart over virtual time.
#[derive(Clone, Debug)]
pub struct Chart<'a> {
    /// Width in CSS pixels.
    pub width_px: f64,
    /// Height in CSS pixels.
    pub height_px: f64,
    /// The instant at the left edge of the plot.
    pub from: Timestamp,
    /// The instant at its right edge.
    pub to: Timestamp,
    /// The lines; later ones lie above earlier ones, ribbons beneath all. Where series are stacked, the first stands at
    /// the bottom.
    pub lines: Vec<Line<'a>>,
    /// The buckets of a heatmap, which has no lines.
    pub heat: Option<&'a Heat>,
    /// How it is drawn.
    pub options: &'a Options,
    /// Colours and type.
    pub palette: &'a Palette,
}

/// A line of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its values.
    pub steps: Steps<'a>,
    /// Which of the palette's hues, counted from 0.
    pub hue: usize,
    /// How it is drawn.
    pub form: Form,
    /// Whether it stands out.
    pub emphasis: Emphasis,
}

/// The observer's form: shape before colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// What was pulled or brought along: 2 pixels, solid.
    #[default]
    Solid,
    /// The same where there are more series than hues: 1.25 pixels.
    Thin,
    /// The truth: a broad ribbon beneath everything with a dotted line in its middle; it has no hue.
    Ribbon,
    /// What stood before going back in time: round dots.
    Dotted,
}

/// How much a line stands out among the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emphasis {
    /// As all.
    #[default]
    Plain,
    /// Another one was singled out.
    Receding,
}

impl Line<'_> {
    /// The opacity of the line.
    pub(super) fn opacity(&self) -> f64 {
        match self.emphasis {
            Emphasis::Plain => 1.0,
            Emphasis::Receding => 0.25,
        }
    }
}
