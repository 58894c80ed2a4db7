//! Which chart a query's value is drawn as, and in which unit: what a reader chooses here, and the fields to do so.

use scrapeyard_core::plot::{Kind, Legend, Options, Stacking, Summary, Unit};
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, Properties, TargetCast, component, html};

use crate::texts::use_texts;

/// The choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// The form of the chart.
    pub kind: Kind,
    /// Whether series stand upon one another.
    pub stacking: Stacking,
    /// The unit of the values.
    pub unit: Unit,
}

/// The charts on offer, by the ends of their texts' keys.
const CHARTS: [(&str, Kind, Stacking); 6] = [
    ("lines", Kind::Lines, Stacking::Off),
    ("stacked", Kind::Areas, Stacking::Normal),
    ("shares", Kind::Areas, Stacking::Share),
    ("bars", Kind::Bars, Stacking::Off),
    ("stacked-bars", Kind::Bars, Stacking::Normal),
    ("heatmap", Kind::Heatmap, Stacking::Off),
];

impl Drawing {
    /// The choice as three words; [`Drawing::of_line`] reads them.
    pub fn line(self) -> String {
        [self.kind.name(), self.stacking.name(), self.unit.id()].join(" ")
    }

    /// The choice of a [`Drawing::line`]; a word that says nothing leaves that to its first.
    pub fn of_line(line: &str) -> Self {
        let mut words = line.split(' ');
        let mut word = || words.next().unwrap_or_default();
        Self {
            kind: Kind::of_name(word()).unwrap_or_default(),
            stacking: Stacking::of_name(word()).unwrap_or_default(),
            unit: Unit::of_id(word()).unwrap_or_default(),
        }
    }

    /// The options of the chart.
    pub fn options(&self) -> Options {
        let summaries = vec![Summary::Mean, Summary::Greatest];
        Options {
            kind: self.kind,
            stacking: self.stacking,
            unit: self.unit,
            legend: Legend { shown: true, summaries },
            ..Options::default()
        }
    }
}

/// See [`DrawingFields`].
#[derive(PartialEq, Properties)]
pub struct DrawingFieldsProps {
    /// The choice.
    pub drawing: Drawing,
    /// Called with another one.
    pub on_change: Callback<Drawing>,
}

/// Two fields: the chart and the unit.
#[component]
pub fn DrawingFields(props: &DrawingFieldsProps) -> Html {
    let texts = use_texts();
    let chosen = |event: &Event| event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
    let (drawing, on_change) = (props.drawing, props.on_change.clone());
    let on_chart = move |event: Event| {
        let name = chosen(&event);
        if let Some((_, kind, stacking)) = CHARTS.into_iter().find(|chart| Some(chart.0) == name.as_deref()) {
            on_change.emit(Drawing { kind, stacking, ..drawing });
        }
    };
    let on_change = props.on_change.clone();
    let on_unit = move |event: Event| {
        if let Some(unit) = chosen(&event).as_deref().and_then(Unit::of_id) {
            on_change.emit(Drawing { unit, ..drawing });
        }
    };
    let chart = |(name, kind, stacking): (&'static str, Kind, Stacking)| {
        let selected = (kind, stacking) == (drawing.kind, drawing.stacking);
        html! { <option value={name} {selected}>{ texts.say(&format!("chart-kind-{name}")) }</option> }
    };
    let unit = |unit: Unit| {
        let label = texts.say(&format!("unit-{}", unit.name()));
        html! { <option value={unit.id()} selected={unit == drawing.unit}>{ label }</option> }
    };
    html! {
        <>
            <label class="field">
                { texts.say("chart-kind") }
                <select onchange={on_chart} data-testid="query-chart">{ for CHARTS.into_iter().map(chart) }</select>
            </label>
            <label class="field">
                { texts.say("unit") }
                <select onchange={on_unit} data-testid="query-unit">{ for Unit::ALL.into_iter().map(unit) }</select>
            </label>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_chart_on_offer_is_the_one_that_is_drawn_unasked() {
        let first = Drawing::default();
        assert_eq!((CHARTS[0].1, CHARTS[0].2), (first.kind, first.stacking));
        assert_eq!(Drawing { unit: Unit::Bytes, ..first }.options().unit, Unit::Bytes);
    }
}
