//! What came of a query as a chart.

use std::rc::Rc;

use scrapeyard_core::plot::Form;
use yew::prelude::{
    AttrValue, Callback, Html, Properties, component, html, use_effect_with, use_memo, use_state_eq,
};

use super::drawing::Drawing;
use super::label_sets::selector;
use super::panel::Pick;
use super::run::Outcome;
use crate::chart::{Answered, Chart, Layer, Picked, Zoom};
use crate::session::time_of_day;
use crate::shell::Theme;
use crate::texts::use_texts;

/// See [`Graph`].
#[derive(PartialEq, Properties)]
pub struct GraphProps {
    /// The value.
    pub outcome: Rc<Outcome>,
    /// The truth beneath it, where it is asked for.
    pub truth: Option<Rc<Outcome>>,
    /// How the lines are drawn.
    pub form: Form,
    /// What the reader chose of the chart.
    pub drawing: Drawing,
    /// The theme in force.
    pub theme: Theme,
    /// What was asked.
    pub title: AttrValue,
    /// Called with another stretch of time to look at.
    pub on_zoom: Callback<Zoom>,
    /// Whether there is a way back from a zoom.
    pub zoomed: bool,
    /// Called with a value that is to be explained.
    pub on_pick: Callback<Pick>,
}

/// The graph.
#[component]
pub fn Graph(props: &GraphProps) -> Html {
    let options = use_memo(props.drawing, Drawing::options);
    let picked = use_state_eq(|| None::<Picked>);
    let forget = picked.clone();
    use_effect_with(props.title.clone(), move |_| forget.set(None));
    let layer = |outcome: &Outcome, form: Form| match outcome {
        Outcome::Value { view, .. } => {
            Some(Layer { view: Rc::clone(view), form, query: String::new(), legend: String::new() })
        }
        _ => None,
    };
    let Outcome::Value { from, to, .. } = &*props.outcome else { return Html::default() };
    let truth = props.truth.as_deref().and_then(|truth| layer(truth, Form::Ribbon));
    let layers = truth.into_iter().chain(layer(&props.outcome, props.form)).collect();
    let answered = Rc::new(Answered { from: *from, to: *to, layers });
    let on_pick = {
        let picked = picked.clone();
        Callback::from(move |new| picked.set(Some(new)))
    };
    html! {
        <>
            <Chart {answered} {options} theme={props.theme} title={props.title.clone()} on_zoom={props.on_zoom.clone()}
                zoomed={props.zoomed} {on_pick} />
            if let Some(picked) = &*picked { <PickedRow picked={picked.clone()} on_pick={props.on_pick.clone()} /> }
        </>
    }
}

#[derive(PartialEq, Properties)]
struct PickedRowProps {
    picked: Picked,
    on_pick: Callback<Pick>,
}

/// The value that was pressed, and the way to its explanation.
#[component]
fn PickedRow(props: &PickedRowProps) -> Html {
    let texts = use_texts();
    let Picked { at, labels, value } = &props.picked;
    let (on_pick, pick) = (props.on_pick.clone(), Pick { at: *at, labels: labels.clone() });
    let value = value.clone().unwrap_or_default();
    html! {
        <div class="picked" role="status" data-testid="chart-picked">
            <code class="grow">{ selector(labels) }</code>
            <span>{ texts.with("legend-at", &[("time", (&time_of_day(*at)).into())]) }</span>
            <b data-testid="chart-picked-value">{ value }</b>
            <button type="button" class="btn" onclick={move |_| on_pick.emit(pick.clone())} data-testid="chart-explain">
                { texts.say("explain-picked") }
            </button>
        </div>
    }
}
