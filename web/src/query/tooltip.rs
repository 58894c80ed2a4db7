//! What the cursor points at, in words, beside it.

use scrapeyard_core::base::time::Timestamp;
use web_sys::HtmlElement;
use yew::prelude::{Html, Properties, classes, component, html, use_effect, use_node_ref};

use super::chart::Drawn;
use crate::session::time_of_day;
use crate::texts::{use_texts, value_shown};

/// At most so many rows.
const MOST_ROWS: usize = 8;
const APART_PX: f64 = 14.0;

/// See [`Tooltip`].
#[derive(Properties)]
pub struct TooltipProps {
    /// What is drawn.
    pub drawn: Drawn,
    /// Where the cursor is.
    pub at: Timestamp,
}

impl PartialEq for TooltipProps {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && std::rc::Rc::ptr_eq(&self.drawn.lines, &other.drawn.lines)
    }
}

/// The tooltip. It is for those who see the chart; the legend says the same.
#[component]
pub fn Tooltip(props: &TooltipProps) -> Html {
    let texts = use_texts();
    let node = use_node_ref();
    let (tip, x, width) = (node.clone(), props.drawn.frame.x_px(props.at), props.drawn.size.px.0);
    use_effect(move || {
        let Some(tip) = tip.cast::<HtmlElement>() else { return };
        let own = f64::from(tip.offset_width());
        // On the other side of the cursor where there is no room on this one.
        let left = if x + APART_PX + own > width { x - APART_PX - own } else { x + APART_PX };
        let _ = tip.style().set_property("left", &format!("{:.0}px", left.max(0.0)));
    });
    let own: Vec<_> = props.drawn.lines.own().collect();
    let more = own.len().saturating_sub(MOST_ROWS);
    html! {
        <div class="tip no-phone" ref={node} aria-hidden="true">
            <div class="tip-when">{ time_of_day(props.at) }</div>
            <table>
                { for own.iter().take(MOST_ROWS).map(|line| {
                    let value = line.value(Some(props.at));
                    html! {
                        <tr>
                            <td><i class={format!("swatch hue-{}", line.hue)} />{ &line.telling }</td>
                            <td class={classes!(value.is_none().then_some("dim"))}>
                                { value.map_or_else(|| texts.say("no-data"), value_shown) }
                            </td>
                        </tr>
                    }
                }) }
            </table>
            if more > 0 { <div class="dim">{ texts.with("more-rows", &[("count", more.into())]) }</div> }
        </div>
    }
}
