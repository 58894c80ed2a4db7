//! What came of a query: table, graph, explanation, remarks, or why there is nothing.

use std::rc::Rc;

use scrapeyard_core::base::span::Span;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::StoreId;
use scrapeyard_core::lab::view::{Labels, Mend, QueryView, RangeView, Value};
use scrapeyard_core::plot::Form;
use yew::prelude::{Callback, Html, Properties, component, html};

use super::super::doctor::Doctor;
use super::super::explain::Explain;
use super::super::graph::Graph;
use super::super::run::Outcome;
use super::super::settings::{Settings, Tab};
use super::super::table::ResultTable;
use super::remarks::remarks;
use super::{Pick, is_empty};
use crate::chart::Zoom;
use crate::controls::Empty;
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
    /// Nothing was run yet, and nothing is to be.
    pub is_new: bool,
    /// When the explanation was asked for.
    pub explained_at: Option<Timestamp>,
    /// The value that is to be explained first.
    pub pick: Option<Pick>,
    /// Where the caret stands in the expression that was run.
    pub caret: Option<usize>,
    /// Called with another stretch of time to look at.
    pub on_zoom: Callback<Zoom>,
    /// Whether there is a way back from a zoom.
    pub zoomed: bool,
    /// Called with a value that is to be explained.
    pub on_pick: Callback<Pick>,
    /// Called with a way to mend the expression.
    pub on_mend: Callback<Mend>,
    /// Called with the part of the expression that is pointed at.
    pub on_point: Callback<Option<Span>>,
}

/// The body.
#[component]
pub fn Body(props: &BodyProps) -> Html {
    let texts = use_texts();
    if props.is_new {
        return html! { <p class="panel-wait dim" data-testid="query-new">{ texts.say("query-new") }</p> };
    }
    let Some(outcome) = &props.outcome else {
        return html! { <p class="panel-wait dim" role="status">{ texts.say("query-waits") }</p> };
    };
    let (view, to, is_old) = match &**outcome {
        Outcome::Value { view, to, expression, .. } => (view, *to, *expression != props.expression),
        // What fails as a whole may still be explained part by part.
        Outcome::Problems(_) => return props.explained_at.map(|at| explain(props, at)).unwrap_or_default(),
        Outcome::Cancelled => {
            return html! { <p class="panel-wait dim" data-testid="query-cancelled">{ texts.say("query-cancelled") }</p> };
        }
    };
    // A value of the expression before is none of this one: there is nothing to explain until the new ones have come.
    let on_pick = if is_old { Callback::noop() } else { props.on_pick.clone() };
    html! {
        <>
            { remarks(&texts, &view.annotations) }
            <div class="panel-body" aria-busy={is_old.then_some("true")}>{ shown(&texts, props, outcome, view, to, on_pick) }</div>
        </>
    }
}

fn shown(
    texts: &Texts,
    props: &BodyProps,
    outcome: &Rc<Outcome>,
    view: &Rc<QueryView>,
    to: Timestamp,
    on_pick: Callback<Pick>,
) -> Html {
    match &view.value {
        _ if props.settings.tab == Tab::Explain => explain(props, to),
        value if is_empty(value) => {
            let (store, expression, on_mend) =
                (props.settings.store.clone(), props.expression.clone(), props.on_mend.clone());
            html! { <Doctor {store} {expression} at={to} {on_mend} /> }
        }
        Value::Range(range) => match nothing_to_draw(range) {
            Some(values) => html! {
                <Empty title={texts.say("nothing-to-draw")} test_id="query-infinite">
                    <p>{ texts.with("nothing-to-draw-text", &[("values", (&values).into())]) }</p>
                </Empty>
            },
            None => {
                let form = match props.settings.store {
                    StoreId::Before => Form::Dotted,
                    _ => Form::Solid,
                };
                html! {
                    <Graph outcome={Rc::clone(outcome)} truth={props.truth.clone()} {form} theme={props.theme}
                        drawing={props.settings.drawing} title={props.expression.clone()} zoomed={props.zoomed}
                        on_zoom={props.on_zoom.clone()} {on_pick} />
                }
            }
        },
        _ => {
            let on_pick = on_pick.reform(move |labels: Labels| Pick { at: to, labels });
            html! { <ResultTable view={Rc::clone(view)} at={to} {on_pick} /> }
        }
    }
}

/// The values of a graph of which none is finite, so that nothing could be drawn.
fn nothing_to_draw(range: &RangeView) -> Option<String> {
    if range.series.iter().any(|series| !series.histograms.is_empty()) {
        return None;
    }
    let mut seen: Vec<&str> = Vec::new();
    for value in range.series.iter().flat_map(|series| &series.values) {
        let name = match value {
            value if value.is_nan() => "NaN",
            value if *value == f64::INFINITY => "+Inf",
            value if *value == f64::NEG_INFINITY => "-Inf",
            _ => return None,
        };
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    Some(seen.join(", ")).filter(|seen| !seen.is_empty())
}

/// The explanation stands at the instant at which it was opened or run, and does not follow the present.
fn explain(props: &BodyProps, to: Timestamp) -> Html {
    let (store, expression) = (props.settings.store.clone(), props.expression.clone());
    html! {
        <Explain {store} {expression} at={props.explained_at.unwrap_or(to)} pick={props.pick.clone()} caret={props.caret}
            on_point={props.on_point.clone()} />
    }
}

/// What it cost, and whether the text has changed since.
pub fn footer(texts: &Texts, outcome: Option<&Outcome>, edited: bool) -> Html {
    let cost = outcome.and_then(|outcome| match outcome {
        Outcome::Value { view, took_ms, .. } => Some((view, *took_ms)),
        _ => None,
    });
    html! {
        <div class="panel-foot">
            if edited { <span class="chip warn" data-testid="query-edited">{ texts.say("edited") }</span> }
            <span class="grow" />
            if let Some((view, took_ms)) = cost {
                <span>{ texts.with("series-count", &[("count", series_count(view).into())]) }</span>
                if let Value::Range(range) = &view.value {
                    <span data-testid="query-steps">{ texts.with("step-count", &[("count", range.steps.into())]) }</span>
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use scrapeyard_core::base::time::Millis;
    use scrapeyard_core::lab::view::PointLanes;

    #[test]
    fn a_graph_without_a_finite_value_says_so() {
        let range = |values: &[f64]| RangeView {
            start: Timestamp(0),
            step: Millis(1),
            steps: values.len() as u32,
            series: vec![PointLanes {
                labels: Labels::default(),
                present: vec![u64::MAX],
                values: values.to_vec(),
                histograms: Vec::new(),
            }],
        };
        let inf = f64::INFINITY;
        assert_eq!(nothing_to_draw(&range(&[inf, inf])).as_deref(), Some("+Inf"));
        assert_eq!(nothing_to_draw(&range(&[f64::NAN, -inf])).as_deref(), Some("NaN, -Inf"));
        assert_eq!(nothing_to_draw(&range(&[inf, 1.0])), None);
        assert_eq!(nothing_to_draw(&range(&[])), None);
    }
}
