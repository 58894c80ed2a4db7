//! What came of a query: table, graph, explanation, remarks, or why there is nothing.

use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::StoreId;
use scrapeyard_core::lab::view::{Annotation, QueryView, Severity, Value};
use scrapeyard_core::plot::Form;
use yew::prelude::{Callback, Html, Properties, component, html};

use super::super::doctor::Doctor;
use super::super::explain::Explain;
use super::super::graph::Graph;
use super::super::run::Outcome;
use super::super::settings::{Settings, Tab};
use super::super::table::ResultTable;
use crate::chart::Zoom;
use crate::shapes::{StateGlyph, state_glyph};
use crate::shell::Theme;
use crate::texts::{Texts, use_texts};

/// See [`Body`].
#[derive(PartialEq, Properties)]
pub struct BodyProps {
    /// What came of it.
    pub outcome: Option<Rc<Outcome>>,
    /// The truth beneath, where it is asked for.
    pub truth: Option<Rc<Outcome>>,
    /// The theme in force.
    pub theme: Theme,
    /// The settings.
    pub settings: Settings,
    /// What was run.
    pub expression: String,
    /// When the explanation was asked for.
    pub explained_at: Option<Timestamp>,
    /// Called with another stretch of time to look at.
    pub on_zoom: Callback<Zoom>,
    /// Whether there is a way back from a zoom.
    pub zoomed: bool,
}

/// The body.
#[component]
pub fn Body(props: &BodyProps) -> Html {
    let texts = use_texts();
    let Some(outcome) = &props.outcome else {
        return html! { <p class="panel-wait dim" role="status">{ texts.say("query-waits") }</p> };
    };
    let (view, to) = match &**outcome {
        Outcome::Value { view, to, .. } => (view, *to),
        // What fails as a whole may still be explained part by part.
        Outcome::Problems(_) => return props.explained_at.map(|at| explain(props, at)).unwrap_or_default(),
        Outcome::Cancelled => {
            return html! { <p class="panel-wait dim" data-testid="query-cancelled">{ texts.say("query-cancelled") }</p> };
        }
    };
    let form = match props.settings.store {
        StoreId::Before => Form::Dotted,
        _ => Form::Solid,
    };
    html! {
        <>
            { remarks(&texts, &view.annotations) }
            <div class="panel-body">
                { match &view.value {
                    _ if props.settings.tab == Tab::Explain => explain(props, to),
                    value if is_empty(value) => {
                        let (store, expression) = (props.settings.store.clone(), props.expression.clone());
                        html! { <Doctor {store} {expression} at={to} /> }
                    }
                    Value::Range(_) => html! {
                        <Graph outcome={Rc::clone(outcome)} truth={props.truth.clone()} {form} theme={props.theme}
                            drawing={props.settings.drawing} title={props.expression.clone()}
                            on_zoom={props.on_zoom.clone()} zoomed={props.zoomed} />
                    },
                    _ => html! { <ResultTable view={Rc::clone(view)} at={to} /> },
                } }
            </div>
        </>
    }
}

/// The explanation stands at the instant at which it was opened or run, and does not follow the present.
fn explain(props: &BodyProps, to: Timestamp) -> Html {
    let (store, expression) = (props.settings.store.clone(), props.expression.clone());
    html! { <Explain {store} {expression} at={props.explained_at.unwrap_or(to)} /> }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Vector(points) => points.is_empty(),
        Value::Window(series) => series.is_empty(),
        Value::Range(range) => range.series.is_empty(),
        Value::Scalar(_) | Value::String(_) => false,
    }
}

fn remarks(texts: &Texts, annotations: &[Annotation]) -> Html {
    /// More of them say nothing new.
    const MOST_SHOWN: usize = 3;
    let remark = |annotation: &Annotation| {
        let (class, glyph) = match annotation.severity {
            Severity::Warning => ("note warn", StateGlyph::Bad),
            Severity::Info => ("note info", StateGlyph::Remark),
        };
        let sentence = texts.find_one(&format!("problem-{}", annotation.code));
        html! {
            <div {class} data-testid="query-annotation">
                { state_glyph(glyph) }
                <div>
                    <p class="mono">{ &annotation.text }</p>
                    if let Some(sentence) = sentence { <p class="mid">{ sentence }</p> }
                </div>
            </div>
        }
    };
    if annotations.is_empty() {
        return Html::default();
    }
    html! { <div class="panel-problem">{ for annotations.iter().take(MOST_SHOWN).map(remark) }</div> }
}

/// What it cost, and whether the text has changed since.
pub fn footer(texts: &Texts, outcome: Option<&Outcome>, edited: bool) -> Html {
    let cost = outcome.and_then(|outcome| match outcome {
        Outcome::Value { view, took_ms, .. } => Some((series_count(view), *took_ms)),
        _ => None,
    });
    html! {
        <div class="panel-foot">
            if edited { <span class="chip warn" data-testid="query-edited">{ texts.say("edited") }</span> }
            <span class="grow" />
            if let Some((series, took_ms)) = cost {
                <span>{ texts.with("series-count", &[("count", series.into())]) }</span>
                <span data-testid="query-took">{ format!("{took_ms:.0} ms") }</span>
            }
        </div>
    }
}

fn series_count(view: &QueryView) -> usize {
    match &view.value {
        Value::Vector(points) => points.len(),
        Value::Window(series) => series.len(),
        Value::Range(range) => range.series.len(),
        Value::Scalar(_) | Value::String(_) => 1,
    }
}
