//! A panel as a chart over time: its queries as layers, its settings as the options of a chart.

use std::rc::Rc;

use scrapeyard_core::lab::StoreId;
use scrapeyard_core::lab::board::{AUTOMATIC, Drawing, Panel, PanelKind, Stacking, Target};
use scrapeyard_core::lab::view::{QueryView, Value as QueryValue};
use scrapeyard_core::plot::{
    Form, Judgement, Kind, Options, Stacking as Stacked, Threshold, ThresholdStyle, Unit,
};
use yew::prelude::{Callback, Html, Properties, component, html, use_memo};

use super::thresholds::Tone;
use super::values::{Value, Values};
use crate::chart::{Answered, Chart, Layer, Zoom};
use crate::shell::Theme;

/// See [`PanelChart`].
#[derive(Properties)]
pub struct PanelChartProps {
    /// The panel.
    pub panel: Panel,
    /// The values of its queries.
    pub values: Rc<Values>,
    /// The theme in force.
    pub theme: Theme,
    /// Called with another stretch of time.
    pub on_zoom: Callback<Zoom>,
    /// Whether there is a way back.
    pub zoomed: bool,
}

impl PartialEq for PanelChartProps {
    fn eq(&self, other: &Self) -> bool {
        self.panel == other.panel
            && Rc::ptr_eq(&self.values, &other.values)
            && self.theme == other.theme
            && self.zoomed == other.zoomed
    }
}

/// The chart.
#[component]
pub fn PanelChart(props: &PanelChartProps) -> Html {
    let options = use_memo(props.panel.clone(), options);
    // Values are compared by their place: they are many.
    let by_place = Rc::as_ptr(&props.values) as usize;
    let values = Rc::clone(&props.values);
    let answered =
        use_memo((by_place, props.panel.targets.clone()), move |(_, targets)| answered(targets, &values));
    html! {
        <Chart {answered} {options} theme={props.theme} title={props.panel.title.clone()} on_zoom={props.on_zoom.clone()}
            zoomed={props.zoomed} />
    }
}

fn answered(targets: &[Target], values: &Values) -> Answered {
    let several = targets.len() > 1;
    let layer = |(target, value): (&Target, &Value)| {
        let Value::View(view) = value else { return None };
        let legend = if target.legend == AUTOMATIC { automatic(target, view) } else { target.legend.clone() };
        let query = if several { target.ref_id.clone() } else { String::new() };
        Some(Layer { view: Rc::clone(view), form: form(target, targets), query, legend })
    };
    let layers = targets.iter().zip(&values.each).filter_map(layer).collect();
    Answered { from: values.from, to: values.to, layers }
}

/// The legend of a query without one: its labels tell its series apart; a series without labels is called by the
/// expression.
fn automatic(target: &Target, view: &QueryView) -> String {
    let is_bare = match &view.value {
        QueryValue::Range(range) => range.series.len() == 1 && range.series[0].labels.is_empty(),
        _ => false,
    };
    // Two braces in an expression would be filled in as a label.
    if is_bare && !target.expr.contains("{{") { target.expr.clone() } else { String::new() }
}

/// The truth lies beneath the query that asks the same elsewhere; a line left behind is dotted.
fn form(target: &Target, all: &[Target]) -> Form {
    let store = target.datasource.parse::<StoreId>().unwrap_or_default();
    let asks_same = |other: &Target| other.expr == target.expr && other.datasource != target.datasource;
    match store {
        StoreId::Truth if all.iter().any(asks_same) => Form::Ribbon,
        StoreId::Before => Form::Dotted,
        _ => Form::Solid,
    }
}

/// How the panel is drawn.
fn options(panel: &Panel) -> Options {
    let stacking = match panel.stacking {
        Stacking::None => Stacked::Off,
        Stacking::Normal => Stacked::Normal,
        Stacking::Percent => Stacked::Share,
    };
    let kind = match (panel.kind, panel.drawing) {
        (PanelKind::Heatmap, _) => Kind::Heatmap,
        (_, Drawing::Bars) => Kind::Bars,
        (_, Drawing::Line) if stacking != Stacked::Off => Kind::Areas,
        (_, Drawing::Line) => Kind::Lines,
    };
    let judged = |color: &str| match Tone::of(color) {
        Tone::Good => Judgement::Good,
        Tone::Bad => Judgement::Bad,
        Tone::Warning | Tone::Plain => Judgement::Warning,
    };
    let steps = panel.thresholds.steps.iter();
    let thresholds = steps.map(|step| Threshold { from: step.value, judgement: judged(&step.color) });
    let is_drawn = panel.thresholds.are_drawn;
    Options {
        kind,
        unit: Unit::of_id(&panel.unit).unwrap_or_default(),
        decimals: panel.decimals,
        stacking,
        least: panel.min,
        greatest: panel.max,
        thresholds: thresholds.collect(),
        threshold_style: if is_drawn { ThresholdStyle::Line } else { ThresholdStyle::Off },
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_truth_lies_beneath_what_asks_the_same() {
        let target = |expr: &str, store: &str| Target {
            expr: expr.to_owned(),
            datasource: store.to_owned(),
            ..Target::new("A", PanelKind::Timeseries)
        };
        let both = [target("up", "pulled"), target("up", "truth")];
        assert_eq!(both.each_ref().map(|one| form(one, &both)), [Form::Solid, Form::Ribbon]);
        let other = [target("up", "pulled"), target("down", "truth"), target("up", "before")];
        assert_eq!(form(&other[1], &other), Form::Solid);
        assert_eq!(form(&other[2], &other), Form::Dotted);
    }

    #[test]
    fn stacked_lines_are_areas() {
        let mut panel = Panel::new(PanelKind::Timeseries);
        assert_eq!(options(&panel).kind, Kind::Lines);
        panel.stacking = Stacking::Normal;
        assert_eq!(options(&panel).kind, Kind::Areas);
        panel.drawing = Drawing::Bars;
        assert_eq!((options(&panel).kind, options(&panel).stacking), (Kind::Bars, Stacked::Normal));
    }
}
