//! What came of a query as a chart.

use std::rc::Rc;

use scrapeyard_core::plot::Form;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_memo};

use super::drawing::Drawing;
use super::run::Outcome;
use crate::chart::{Answered, Chart, Layer, Zoom};
use crate::shell::Theme;

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
}

/// The graph.
#[component]
pub fn Graph(props: &GraphProps) -> Html {
    let options = use_memo(props.drawing, Drawing::options);
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
    html! {
        <Chart {answered} {options} theme={props.theme} title={props.title.clone()} on_zoom={props.on_zoom.clone()}
            zoomed={props.zoomed} />
    }
}
