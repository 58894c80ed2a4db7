//! What a panel shows: its chart or numbers, or why there are none. Never a blank.

use std::rc::Rc;

use scrapeyard_core::lab::board::{Panel, PanelKind};
use scrapeyard_core::lab::view::{QueryView, Value as QueryValue};
use yew::prelude::{Callback, Html, Properties, component, html};

use super::chart::PanelChart;
use super::numbers::{BarGauge, Gauge, Stat};
use super::table::PanelTable;
use super::values::{Value, Values};
use crate::chart::Zoom;
use crate::controls::ProblemBox;
use crate::shapes::{StateGlyph, state_glyph};
use crate::shell::Theme;
use crate::texts::{Texts, use_texts};

/// See [`Body`].
#[derive(PartialEq, Properties)]
pub struct BodyProps {
    /// The panel.
    pub panel: Panel,
    /// The values of its queries; `None` before the first came.
    pub values: Option<Rc<Values>>,
    /// The theme in force.
    pub theme: Theme,
    /// Called with another stretch of time to look at.
    #[prop_or_default]
    pub on_zoom: Callback<Zoom>,
    /// Whether there is a way back.
    #[prop_or_default]
    pub zoomed: bool,
}

/// The body.
#[component]
pub fn Body(props: &BodyProps) -> Html {
    let texts = use_texts();
    let Some(values) = &props.values else {
        return html! { <p class="board-note dim" role="status">{ texts.say("query-waits") }</p> };
    };
    let (views, problems) = sorted(values);
    let has_values = views.iter().any(|view| !is_empty(view));
    let shown = if has_values {
        drawn(props, values)
    } else if problems.is_some() {
        Html::default()
    } else {
        nothing(&texts, views.is_empty())
    };
    html! {
        <>
            if let Some(problems) = problems {
                <ProblemBox problems={problems.to_vec()} test_id="board-error" />
            }
            { shown }
            { remark(&views) }
        </>
    }
}

/// The values there are, and the problems of the first query that has some.
fn sorted(values: &Values) -> (Vec<&Rc<QueryView>>, Option<&[scrapeyard_core::lab::Problem]>) {
    let views = values.each.iter().filter_map(|value| match value {
        Value::View(view) => Some(view),
        _ => None,
    });
    let problems = values.each.iter().find_map(|value| match value {
        Value::Problems(problems) => Some(&**problems),
        _ => None,
    });
    (views.collect(), problems)
}

fn is_empty(view: &QueryView) -> bool {
    match &view.value {
        QueryValue::Vector(points) => points.is_empty(),
        QueryValue::Range(range) => range.series.is_empty(),
        QueryValue::Window(series) => series.is_empty(),
        QueryValue::Scalar(_) | QueryValue::String(_) => false,
    }
}

fn nothing(texts: &Texts, is_unasked: bool) -> Html {
    let key = if is_unasked { "board-no-query" } else { "board-no-data" };
    html! { <p class="board-note dim" data-testid="board-nothing">{ texts.say(key) }</p> }
}

fn drawn(props: &BodyProps, values: &Rc<Values>) -> Html {
    // While queries are changed, what is shown is what was asked before.
    let panel = Panel { targets: values.targets.clone(), ..props.panel.clone() };
    let values = Rc::clone(values);
    match panel.kind {
        PanelKind::Timeseries | PanelKind::Heatmap => html! {
            <PanelChart {panel} {values} theme={props.theme} on_zoom={props.on_zoom.clone()} zoomed={props.zoomed} />
        },
        PanelKind::Stat => html! { <Stat {panel} {values} /> },
        PanelKind::Gauge => html! { <Gauge {panel} {values} /> },
        PanelKind::BarGauge => html! { <BarGauge {panel} {values} /> },
        PanelKind::Table => html! { <PanelTable {panel} {values} /> },
    }
}

/// The first remark of the evaluator, in its own words.
fn remark(views: &[&Rc<QueryView>]) -> Html {
    let Some(first) = views.iter().find_map(|view| view.annotations.first()) else { return Html::default() };
    html! {
        <p class="board-remark small mid" title={first.text.clone()} data-testid="board-remark">
            { state_glyph(StateGlyph::Remark) }<span class="mono">{ &first.text }</span>
        </p>
    }
}
