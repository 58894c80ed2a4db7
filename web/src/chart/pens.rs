//! The chart's colours, read from the style sheet's tokens on the element that it stands in.

use scrapeyard_core::plot::{Color, Palette};
use web_sys::{Element, window};

/// The palette in force for `element`.
pub fn pens(element: &Element) -> Palette {
    let style = window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let property =
        |name: &str| style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
    let color = |name: &str| Color::parse(&property(name)).unwrap_or_default();
    Palette {
        surface: color("--surface"),
        grid: color("--grid"),
        edge: color("--edge"),
        axis_text: color("--axis"),
        text: color("--text"),
        truth: color("--truth"),
        truth_line: color("--truth-line"),
        series: std::array::from_fn(|hue| color(&format!("--s{}", hue + 1))),
        good: color("--up"),
        warning: color("--warn"),
        bad: color("--down"),
        font_family: property("font-family"),
    }
}
