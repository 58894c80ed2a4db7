//! Stub until the real one is merged.
use crate::shell::Theme;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::QueryView;
use scrapeyard_core::plot::{Form, Options};
use std::rc::Rc;
use yew::prelude::*;
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    pub from: Timestamp,
    pub to: Timestamp,
    pub layers: Vec<Layer>,
}
#[derive(Clone, Debug)]
pub struct Layer {
    pub view: Rc<QueryView>,
    pub form: Form,
    pub query: String,
    pub legend: String,
}
impl PartialEq for Layer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.view, &other.view)
    }
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    To(Timestamp, Timestamp),
    Back,
}
#[derive(PartialEq, Properties)]
pub struct ChartProps {
    pub answered: Rc<Answered>,
    pub options: Rc<Options>,
    pub theme: Theme,
    #[prop_or_default]
    pub title: AttrValue,
    pub on_zoom: Callback<Zoom>,
    #[prop_or_default]
    pub zoomed: bool,
}
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    html! { <p data-testid="chart">{ format!("{:?} {}", props.options.kind, props.answered.layers.len()) }</p> }
}
