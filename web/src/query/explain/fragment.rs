//! A node's part of the expression, with its colours.

use scrapeyard_core::lab::view::NodeReport;
use yew::prelude::{Html, html};

use super::super::highlight::highlight;
use crate::controls::painted;

/// The part of the expression that a node was read from.
pub fn text_of<'a>(report: &NodeReport, expression: &'a str) -> &'a str {
    report.span.of(expression)
}

/// The same to be seen.
pub fn fragment(report: &NodeReport, expression: &str) -> Html {
    let text = text_of(report, expression);
    html! { <code class="fragment" title={text.to_owned()}>{ painted(text, &highlight(text)) }</code> }
}
