//! What the cursor points at, in words, beside it: the nearest series first.

use scrapeyard_core::plot::Pointer;
use web_sys::HtmlElement;
use yew::prelude::{Html, Properties, classes, component, html, use_effect_with, use_node_ref};

use super::canvas::Drawn;
use super::said::rows;
use crate::session::time_of_day;
use crate::texts::use_texts;

/// At most so many rows.
const MOST_ROWS: usize = 8;
const APART_PX: f64 = 14.0;

/// See [`Tooltip`].
#[derive(PartialEq, Properties)]
pub struct TooltipProps {
    /// What is drawn.
    pub drawn: Drawn,
    /// Where the cursor is.
    pub pointer: Pointer,
}

/// The tooltip. It is for those who see the chart; legend and table say the same.
#[component]
pub fn Tooltip(props: &TooltipProps) -> Html {
    let texts = use_texts();
    let node = use_node_ref();
    let (tip, x, width) = (node.clone(), props.drawn.frame.x_px(props.pointer.at), props.drawn.size.px.0);
    // On the side of the cursor where there is more room. How wide the tooltip is need not be known for that: asking
    // would make the browser lay the page out with every move.
    let is_before = x > width / 2.0;
    use_effect_with((x, is_before), move |(x, is_before)| {
        let Some(tip) = tip.cast::<HtmlElement>() else { return };
        let left = if *is_before { x - APART_PX } else { x + APART_PX };
        let _ = tip.style().set_property("left", &format!("{left:.0}px"));
    });
    let rows = rows(&props.drawn, props.pointer);
    let more = rows.len().saturating_sub(MOST_ROWS);
    let pointed = props.pointer.y_px.is_some();
    html! {
        // On a phone the legend is the read-out; a heatmap has none.
        <div class={classes!("tip", is_before.then_some("before"), props.drawn.lines.heat.is_none().then_some("no-phone"))} ref={node} aria-hidden="true" data-testid="chart-tip">
            <div class="tip-when">{ time_of_day(props.pointer.at) }</div>
            if rows.is_empty() { <div class="dim">{ texts.say("no-data") }</div> }
            <table>
                { for rows.into_iter().take(MOST_ROWS).enumerate().map(|(index, row)| html! {
                    <tr class={classes!((pointed && index == 0).then_some("tip-nearest"))}>
                        <td>
                            if let Some(hue) = row.hue { <i class={format!("swatch hue-{hue}")} /> }
                            { row.name }
                        </td>
                        <td class={classes!(row.value.is_none().then_some("dim"))}>
                            { row.value.unwrap_or_else(|| texts.say("no-data")) }
                        </td>
                    </tr>
                }) }
            </table>
            if more > 0 { <div class="dim">{ texts.with("left-out", &[("count", more.into())]) }</div> }
        </div>
    }
}
