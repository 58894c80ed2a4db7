//! A chart as a picture of its own: with title and legend, as SVG or on a canvas of twice the size.

use scrapeyard_core::plot::{Chart, Sheet, SheetRow, Svg};
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, window};

use super::canvas::Drawn;
use super::surface::Surface;
use crate::texts::Texts;

/// More rows under a picture say nothing.
const MOST_ROWS: usize = 24;
/// Pixels of a picture in one of the screen.
const PIXEL_RATIO: f64 = 2.0;

/// The chart as SVG.
pub fn svg(texts: &Texts, drawn: &Drawn, title: &str) -> Option<String> {
    with_sheet(texts, drawn, title, |sheet| {
        let mut svg = Svg::new(sheet.size_px());
        sheet.draw(&mut svg).ok()?;
        Some(svg.to_text(title))
    })
}

/// The chart on a canvas that stands in no page.
pub fn canvas(texts: &Texts, drawn: &Drawn, title: &str) -> Option<HtmlCanvasElement> {
    let canvas = window()?.document()?.create_element("canvas").ok()?;
    let canvas = canvas.dyn_into::<HtmlCanvasElement>().ok()?;
    with_sheet(texts, drawn, title, |sheet| {
        sheet.draw(Surface::on(&canvas, sheet.size_px(), PIXEL_RATIO)?).ok()
    })?;
    Some(canvas)
}

fn with_sheet<T>(
    texts: &Texts,
    drawn: &Drawn,
    title: &str,
    make: impl FnOnce(&Sheet<'_>) -> Option<T>,
) -> Option<T> {
    let chart: Chart<'_> = drawn.chart();
    let lines = &drawn.lines;
    let row = |line: &super::lines::OneLine| SheetRow {
        hue: line.hue,
        name: line.telling.clone(),
        value: line.value(None).map_or_else(|| texts.say("no-data"), |value| lines.shown(value)),
    };
    let rows: Vec<SheetRow> = lines.own().take(MOST_ROWS).map(row).collect();
    let left = lines.own().count().saturating_sub(rows.len());
    let rest = (left > 0).then(|| texts.with("left-out", &[("count", left.into())]));
    make(&Sheet { chart: &chart, title, rows: &rows, rest: rest.as_deref() })
}
