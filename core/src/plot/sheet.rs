//! A chart on a sheet of its own, with title and legend, for export. Lays out the sheet; the chart draws itself.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::chart::Chart;
use super::draw::{Drawn, draw_in, hue, style};
use super::frame::{DIGIT_WIDTH, Frame};
use super::svg::is_unshowable;
use super::{SUBPIXELS, units};

const TITLE_PX: f64 = 14.0;
const TEXT_PX: f64 = 12.0;
const HEAD_PX: f64 = 34.0;
const ROW_PX: f64 = 20.0;
const EDGE_PX: f64 = 12.0;

/// A chart with what stands around it.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The chart.
    pub chart: &'a Chart<'a>,
    /// What it shows; no line of its own where it is empty.
    pub title: &'a str,
    /// The rows of the legend: hue, name and value.
    pub rows: &'a [SheetRow],
    /// A last line under them, where rows were left out.
    pub rest: Option<&'a str>,
}

/// A row of the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Which of the palette's hues, counted from 0.
    pub hue: usize,
    /// What the series is called.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Sheet<'_> {
    /// Width and height in CSS pixels.
    #[must_use]
    pub fn size_px(&self) -> (f64, f64) {
        let rows = self.rows.len() + usize::from(self.rest.is_some());
        let foot_px = if rows == 0 { 0.0 } else { rows as f64 * ROW_PX + EDGE_PX };
        (self.chart.width_px, self.head_px() + self.chart.height_px + foot_px)
    }

    fn head_px(&self) -> f64 {
        if self.title.is_empty() { 0.0 } else { HEAD_PX }
    }

    /// Draws the sheet on `backend`, whose size is [`Sheet::size_px`] in quarters of a pixel.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn draw<B: DrawingBackend>(&self, backend: B) -> Drawn<B> {
        let (chart, palette) = (self.chart, self.chart.palette);
        let (width_px, height_px) = self.size_px();
        let area = backend.into_drawing_area();
        let whole = [(0, 0), (units(width_px), units(height_px))];
        area.draw(&Rectangle::new(whole, style(palette.surface, 1.0, 1.0).filled()))?;
        let text = |size_px: f64, horizontal, vertical| {
            let font = (palette.font_family.as_str(), size_px * f64::from(SUBPIXELS)).into_font();
            font.color(&palette.text.rgb()).pos(Pos::new(horizontal, vertical))
        };
        if !self.title.is_empty() {
            let title = fitting(self.title, width_px - 2.0 * EDGE_PX, TITLE_PX);
            let at = (units(EDGE_PX), units(HEAD_PX / 2.0));
            area.draw(&Text::new(title, at, text(TITLE_PX, HPos::Left, VPos::Center)))?;
        }
        let size = (units(chart.width_px).unsigned_abs(), units(chart.height_px).unsigned_abs());
        let inner = area.clone().shrink((0, units(self.head_px())), size);
        draw_in(&inner, chart, &Frame::of(chart))?;
        let (names, values) =
            (text(TEXT_PX, HPos::Left, VPos::Center), text(TEXT_PX, HPos::Right, VPos::Center));
        let mut y_px = self.head_px() + chart.height_px + ROW_PX / 2.0;
        for row in self.rows {
            let swatch = [(units(EDGE_PX), units(y_px - 5.0)), (units(EDGE_PX + 10.0), units(y_px + 5.0))];
            area.draw(&Rectangle::new(swatch, style(hue(chart, row.hue), 1.0, 1.0).filled()))?;
            let value_px = row.value.chars().count() as f64 * TEXT_PX * DIGIT_WIDTH;
            let name = fitting(&row.name, width_px - value_px - 3.0 * EDGE_PX - 18.0, TEXT_PX);
            area.draw(&Text::new(name, (units(EDGE_PX + 18.0), units(y_px)), &names))?;
            let value: String = fitting(&row.value, width_px / 2.0, TEXT_PX);
            area.draw(&Text::new(value, (units(width_px - EDGE_PX), units(y_px)), &values))?;
            y_px += ROW_PX;
        }
        if let Some(rest) = self.rest {
            let rest = fitting(rest, width_px - 2.0 * EDGE_PX, TEXT_PX);
            area.draw(&Text::new(rest, (units(EDGE_PX), units(y_px)), &names))?;
        }
        area.present()
    }
}

/// As much of a text as has room, with an ellipsis where it was cut, and nothing that would act upon its surroundings.
fn fitting(text: &str, room_px: f64, size_px: f64) -> String {
    // Wide scripts take a whole em, others about three fifths.
    let width = |character: char| if character >= '\u{1100}' { size_px } else { size_px * DIGIT_WIDTH };
    let mut left_px = room_px.max(0.0);
    let mut fitting = String::new();
    for character in text.chars() {
        let shown = if is_unshowable(character) { '\u{FFFD}' } else { character };
        left_px -= width(shown);
        if left_px < size_px {
            fitting.push('…');
            return fitting;
        }
        fitting.push(shown);
    }
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_too_long_ends_in_an_ellipsis() {
        assert_eq!(fitting("up", 100.0, 12.0), "up");
        assert_eq!(fitting("a\nb\u{202E}", 100.0, 12.0), "a\u{FFFD}b\u{FFFD}");
        let cut = fitting(&"x".repeat(10_000), 100.0, 12.0);
        assert!(cut.ends_with("x…") && cut.chars().count() < 16, "{cut}");
        assert!(fitting("한글한글한글한글한글", 100.0, 12.0).chars().count() <= 9);
        assert_eq!(fitting("x", -5.0, 12.0), "…");
    }
}
