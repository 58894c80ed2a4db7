//! Panels that show the newest value of each series: large, between two ends, or as bars. What colour a value has, its
//! threshold says; a shape says the same.

use std::rc::Rc;

use scrapeyard_core::lab::board::{Namer, Panel, Target};
use scrapeyard_core::lab::view::{Labels, PointLanes, Value as QueryValue};
use scrapeyard_core::plot::Unit;
use yew::prelude::{Html, Properties, classes, component, html};

use super::thresholds::Tone;
use super::values::{Value, Values};
use crate::shapes::state_glyph;
use crate::texts::{Texts, use_texts};

/// So many values are shown; the number of the others is said.
const MOST_LARGE: usize = 6;
const MOST_BARS: usize = 20;
/// The picture of a gauge, in its own units: an open circle around the middle.
const RADIUS: f64 = 40.0;
const SWEEP: f64 = 1.5 * std::f64::consts::PI;
const START: f64 = 0.75 * std::f64::consts::PI;

/// See [`Stat`], [`Gauge`] and [`BarGauge`].
#[derive(Properties)]
pub struct NumbersProps {
    /// The panel.
    pub panel: Panel,
    /// The values of its queries.
    pub values: Rc<Values>,
}

impl PartialEq for NumbersProps {
    fn eq(&self, other: &Self) -> bool {
        self.panel == other.panel && Rc::ptr_eq(&self.values, &other.values)
    }
}

/// A series with its newest value.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it is called.
    pub name: String,
    /// The newest value; `None` where there is none.
    pub value: Option<f64>,
    /// Its values over time, where a range was asked for, with the number of steps.
    pub lanes: Option<(PointLanes, u32)>,
}

/// The readings of all queries of a panel.
pub fn readings(panel: &Panel, values: &Values) -> Vec<Reading> {
    let pairs = panel.targets.iter().zip(&values.each);
    pairs.flat_map(|(target, value)| of_query(target, value)).collect()
}

fn of_query(target: &Target, value: &Value) -> Vec<Reading> {
    let Value::View(view) = value else { return Vec::new() };
    let reading = |name: String, value: Option<f64>| Reading { name, value, lanes: None };
    match &view.value {
        QueryValue::Scalar(value) => {
            let namer = Namer::new(&target.legend, &target.expr, std::iter::empty());
            vec![reading(namer.name(&Labels::default()), Some(*value))]
        }
        QueryValue::Vector(points) => {
            let labels = points.iter().map(|point| &point.labels);
            let namer = Namer::new(&target.legend, &target.expr, labels);
            points.iter().map(|point| reading(namer.name(&point.labels), Some(point.value))).collect()
        }
        QueryValue::Range(range) => {
            let labels = range.series.iter().map(|series| &series.labels);
            let namer = Namer::new(&target.legend, &target.expr, labels);
            let one = |series: &PointLanes| Reading {
                lanes: Some((series.clone(), range.steps)),
                ..reading(namer.name(&series.labels), series.values.last().copied())
            };
            range.series.iter().map(one).collect()
        }
        QueryValue::Window(_) | QueryValue::String(_) => Vec::new(),
    }
}

/// A value as the panel writes it.
pub fn written(panel: &Panel, value: f64) -> String {
    let unit = Unit::of_id(&panel.unit);
    let text = unit.unwrap_or_default().shown(value, panel.decimals);
    // A unit that is not known here stands behind the number, as Grafana does it.
    if unit.is_some() || panel.unit.is_empty() { text } else { format!("{text} {}", panel.unit) }
}

fn tone(panel: &Panel, value: f64) -> Option<Tone> {
    (!panel.thresholds.steps.is_empty()).then(|| Tone::of(panel.thresholds.color(value)))
}

/// The value, and beside it the shape and, for those who do not see it, the word of its threshold.
fn judged(texts: &Texts, panel: &Panel, value: Option<f64>) -> Html {
    let Some(value) = value else { return html! { <span class="dim">{ texts.say("no-data") }</span> } };
    let tone = tone(panel, value);
    let class = classes!("number", tone.map(|tone| format!("tone-{}", tone.name())));
    html! {
        <span {class} data-testid="board-number">
            { written(panel, value) }
            if let Some(tone) = tone {
                if let Some(glyph) = tone.glyph() { { state_glyph(glyph) } }
                <span class="vh">{ texts.say(&format!("build-tone-{}", tone.name())) }</span>
            }
        </span>
    }
}

fn more(texts: &Texts, all: usize, shown: usize) -> Html {
    let rest = all.saturating_sub(shown);
    html! { if rest > 0 { <p class="small dim">{ texts.with("left-out", &[("count", rest.into())]) }</p> } }
}

/// What the values are called as a whole: they may be more than there is room for, and are scrolled with keys.
fn said(panel: &Panel) -> String {
    if panel.title.is_empty() { panel.kind.name().to_owned() } else { panel.title.clone() }
}

/// The newest value, large, before the line that led to it.
#[component]
pub fn Stat(props: &NumbersProps) -> Html {
    let texts = use_texts();
    let all = readings(&props.panel, &props.values);
    let one = |reading: &Reading| {
        html! {
            <div class="stat">
                if let Some((lanes, steps)) = &reading.lanes { { spark(lanes, *steps) } }
                { judged(&texts, &props.panel, reading.value) }
                if all.len() > 1 { <span class="stat-name mid">{ &reading.name }</span> }
            </div>
        }
    };
    html! {
        <div class={classes!("stats", (all.len() > 1).then_some("several"))} tabindex="0" role="group" aria-label={said(&props.panel)}>
            { for all.iter().take(MOST_LARGE).map(one) }
            { more(&texts, all.len(), MOST_LARGE) }
        </div>
    }
}

/// A line without axes. A gap is a gap.
fn spark(lanes: &PointLanes, steps: u32) -> Html {
    let finite = || lanes.values.iter().copied().filter(|value| value.is_finite());
    let (least, greatest) =
        finite().fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)));
    let height = (greatest - least).max(f64::MIN_POSITIVE);
    let mut path = String::new();
    let mut before = None;
    for (step, value) in lanes.points().filter(|(_, value)| value.is_finite()) {
        let x = f64::from(step) / f64::from(steps.max(2) - 1) * 100.0;
        let y = 28.0 - (value - least) / height * 26.0;
        let command = if before == Some(step.wrapping_sub(1)) { 'L' } else { 'M' };
        path.push_str(&format!("{command}{x:.2} {y:.2}"));
        before = Some(step);
    }
    html! {
        <svg class="stat-line" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true"><path d={path} /></svg>
    }
}

/// The ends between which a panel shows its values.
fn ends(panel: &Panel, values: impl Iterator<Item = f64>) -> (f64, f64) {
    let least = panel.min.unwrap_or(0.0);
    let usual = match Unit::of_id(&panel.unit) {
        Some(Unit::PercentShare) => Some(1.0),
        Some(Unit::Percent) => Some(100.0),
        _ => None,
    };
    let highest = panel.thresholds.steps.iter().map(|step| step.value).chain(values);
    let seen = || highest.filter(|value| value.is_finite()).fold(least, f64::max);
    let greatest = panel.max.or(usual).unwrap_or_else(seen);
    if greatest > least { (least, greatest) } else { (least, least + 1.0) }
}

fn share(value: f64, (least, greatest): (f64, f64)) -> f64 {
    if value.is_nan() { 0.0 } else { ((value - least) / (greatest - least)).clamp(0.0, 1.0) }
}

/// Each value on a scale from end to end.
#[component]
pub fn Gauge(props: &NumbersProps) -> Html {
    let texts = use_texts();
    let panel = &props.panel;
    let all = readings(panel, &props.values);
    let ends = ends(panel, all.iter().filter_map(|reading| reading.value));
    let one = |reading: &Reading| {
        let value = reading.value.unwrap_or(f64::NAN);
        let tone = tone(panel, value).unwrap_or(Tone::Plain);
        let mark = |step: &scrapeyard_core::lab::board::ThresholdStep| {
            let at = share(step.value, ends);
            let tone = Tone::of(&step.color).name();
            html! { <path class={format!("gauge-mark stroke-{tone}")} d={arc(RADIUS + 8.0, at, (at + 0.012).min(1.0))} /> }
        };
        html! {
            <div class="gauge">
                <svg viewBox="0 0 120 100" aria-hidden="true">
                    <path class="gauge-way" d={arc(RADIUS, 0.0, 1.0)} />
                    if share(value, ends) > 0.0 {
                        <path class={format!("gauge-value stroke-{}", tone.name())} d={arc(RADIUS, 0.0, share(value, ends))} />
                    }
                    { for panel.thresholds.steps.iter().map(mark) }
                </svg>
                { judged(&texts, panel, reading.value) }
                <span class="gauge-ends micro dim">
                    { written(panel, ends.0) }{ " – " }{ written(panel, ends.1) }
                </span>
                if all.len() > 1 { <span class="stat-name mid">{ &reading.name }</span> }
            </div>
        }
    };
    html! {
        <div class={classes!("stats", (all.len() > 1).then_some("several"))} tabindex="0" role="group" aria-label={said(&props.panel)}>
            { for all.iter().take(MOST_LARGE).map(one) }
            { more(&texts, all.len(), MOST_LARGE) }
        </div>
    }
}

/// A piece of the open circle, from one share of it to another.
fn arc(radius: f64, from: f64, to: f64) -> String {
    let at = |share: f64| {
        let angle = START + SWEEP * share;
        (60.0 + radius * angle.cos(), 54.0 + radius * angle.sin())
    };
    let ((x0, y0), (x1, y1)) = (at(from), at(to));
    let long = u8::from((to - from) * SWEEP > std::f64::consts::PI);
    format!("M{x0:.2} {y0:.2}A{radius} {radius} 0 {long} 1 {x1:.2} {y1:.2}")
}

/// A bar a series.
#[component]
pub fn BarGauge(props: &NumbersProps) -> Html {
    let texts = use_texts();
    let panel = &props.panel;
    let all = readings(panel, &props.values);
    let ends = ends(panel, all.iter().filter_map(|reading| reading.value));
    let one = |reading: &Reading| {
        let value = reading.value.unwrap_or(f64::NAN);
        let tone = tone(panel, value).unwrap_or(Tone::Plain);
        html! {
            <div class="gauge-row">
                <span class="gauge-name" title={reading.name.clone()}>{ &reading.name }</span>
                <svg class="gauge-bar" aria-hidden="true">
                    <rect class="gauge-bar-way" width="100%" height="100%" rx="3" />
                    <rect class={format!("fill-{}", tone.name())} width={format!("{:.2}%", share(value, ends) * 100.0)} height="100%" rx="3" />
                </svg>
                { judged(&texts, panel, reading.value) }
            </div>
        }
    };
    html! {
        <div class="gauge-bars" tabindex="0" role="group" aria-label={said(&props.panel)}>
            { for all.iter().take(MOST_BARS).map(one) }
            { more(&texts, all.len(), MOST_BARS) }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use scrapeyard_core::lab::board::{PanelKind, ThresholdStep};

    use super::*;

    #[test]
    fn a_scale_goes_from_end_to_end_and_a_value_beyond_stays_on_it() {
        let mut panel = Panel::new(PanelKind::Gauge);
        assert_eq!(ends(&panel, [3.0, f64::NAN].into_iter()), (0.0, 3.0));
        assert_eq!(ends(&panel, std::iter::empty()), (0.0, 1.0));
        panel.thresholds.steps = vec![ThresholdStep { value: 8.0, color: "red".to_owned() }];
        assert_eq!(ends(&panel, [3.0].into_iter()), (0.0, 8.0));
        panel.unit = "percent".to_owned();
        assert_eq!(ends(&panel, [3.0].into_iter()), (0.0, 100.0));
        assert_eq!(
            [-1.0, 50.0, 500.0, f64::NAN].map(|value| share(value, (0.0, 100.0))),
            [0.0, 0.5, 1.0, 0.0]
        );
    }

    #[test]
    fn an_unknown_unit_stands_behind_the_number() {
        let mut panel = Panel::new(PanelKind::Stat);
        assert_eq!(written(&panel, 3.0), "3");
        panel.unit = "furlongs".to_owned();
        assert_eq!(written(&panel, 3.0), "3 furlongs");
        panel.unit = "s".to_owned();
        assert_eq!(written(&panel, 0.25), "250 ms");
    }
}
