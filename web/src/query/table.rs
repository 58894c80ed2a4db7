//! A value at one instant as a table: a column for each label that differs, the shared labels once above.

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Labels, QueryView, Value, VectorPoint, WindowSeries};
use yew::prelude::{Html, Properties, component, html, use_state};

use super::label_sets::{Columns, selector};
use super::settings::print_instant;
use crate::texts::{use_texts, value_shown};

/// So many rows are drawn before more are asked for.
const FIRST_ROWS: usize = 200;
/// So many samples of a window's series are drawn; the number of the others is said.
const FIRST_SAMPLES: usize = 200;

/// See [`ResultTable`].
#[derive(PartialEq, Properties)]
pub struct ResultTableProps {
    /// The value.
    pub view: std::rc::Rc<QueryView>,
    /// The instant it holds for.
    pub at: Timestamp,
}

/// The table.
#[component]
pub fn ResultTable(props: &ResultTableProps) -> Html {
    let texts = use_texts();
    match &props.view.value {
        Value::Scalar(value) => single(&texts.say("type-scalar"), print_plain(*value)),
        Value::String(text) => single(&texts.say("type-string"), text.clone()),
        Value::Vector(points) => html! { <Vector points={points.clone()} at={props.at} /> },
        Value::Window(series) => windows(series),
        Value::Range(_) => Html::default(),
    }
}

fn single(kind: &str, value: String) -> Html {
    html! {
        <table class="result" data-testid="result-table">
            <tbody><tr data-testid="result-row"><th scope="row">{ kind }</th><td class="value" data-testid="result-value">{ value }</td></tr></tbody>
        </table>
    }
}

#[derive(PartialEq, Properties)]
struct VectorProps {
    points: Vec<VectorPoint>,
    at: Timestamp,
}

/// The order of the rows: by a label, by the value, or as Prometheus gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Order {
    Given,
    Label(String, bool),
    Value(bool),
}

#[component]
fn Vector(props: &VectorProps) -> Html {
    let texts = use_texts();
    let order = use_state(|| Order::Given);
    let shown = use_state(|| FIRST_ROWS);
    let columns = Columns::of(props.points.iter().map(|point| &point.labels));
    let rows = sorted(&props.points, &order);
    let heading = |label: String, current: Option<bool>, next: Order| {
        let order = order.clone();
        let sort = match current {
            Some(true) => "descending",
            Some(false) => "ascending",
            None => "none",
        };
        html! {
            <th scope="col" aria-sort={sort}>
                <button type="button" class="sort" onclick={move |_| order.set(next.clone())}>{ label }</button>
            </th>
        }
    };
    let by_label = |name: &String| {
        let current = matches!(&*order, Order::Label(own, _) if own == name).then(|| is_falling(&order));
        heading(name.clone(), current, Order::Label(name.clone(), current == Some(false)))
    };
    let by_value = matches!(*order, Order::Value(_)).then(|| is_falling(&order));
    let rest = rows.len().saturating_sub(*shown);
    let show_more = {
        let shown = shown.clone();
        move |_| shown.set(*shown + FIRST_ROWS)
    };
    html! {
        <>
            <div class="result-scroll" tabindex="0" aria-label={texts.say("result")}>
                <table class="result" data-testid="result-table">
                    <caption>
                        { texts.with("result-caption", &[("count", rows.len().into()), ("at", (&print_instant(props.at)).into())]) }
                        if !columns.shared.is_empty() { { " " }<code>{ columns.shared_selector() }</code> }
                    </caption>
                    <thead><tr>
                        { for columns.differing.iter().map(by_label) }
                        { heading(texts.say("column-value"), by_value, Order::Value(by_value == Some(false) || by_value.is_none())) }
                    </tr></thead>
                    <tbody>{ for rows.iter().take(*shown).map(|point| vector_row(point, &columns)) }</tbody>
                </table>
            </div>
            if rest > 0 {
                <button type="button" class="btn quiet" onclick={show_more}>{ texts.with("more-rows", &[("count", rest.into())]) }</button>
            }
        </>
    }
}

fn vector_row(point: &VectorPoint, columns: &Columns) -> Html {
    let full = point.histogram.clone().unwrap_or_else(|| print_plain(point.value));
    let shown = if point.histogram.is_some() { full.clone() } else { value_shown(point.value) };
    html! {
        <tr key={point.labels.to_string()} data-testid="result-row" data-series={selector(&point.labels)}>
            { for columns.differing.iter().map(|name| html! { <td>{ point.labels.get(name).unwrap_or("") }</td> }) }
            <td class="value" title={full.clone()} data-value={full} data-testid="result-value">{ shown }</td>
        </tr>
    }
}

const fn is_falling(order: &Order) -> bool {
    matches!(order, Order::Label(_, true) | Order::Value(true))
}

fn sorted<'a>(points: &'a [VectorPoint], order: &Order) -> Vec<&'a VectorPoint> {
    let mut rows: Vec<&VectorPoint> = points.iter().collect();
    match order {
        Order::Given => {}
        Order::Label(name, _) => rows.sort_by(|left, right| {
            let value = |labels: &Labels| labels.get(name).unwrap_or("").to_owned();
            value(&left.labels).cmp(&value(&right.labels))
        }),
        Order::Value(_) => rows.sort_by(|left, right| left.value.total_cmp(&right.value)),
    }
    if is_falling(order) {
        rows.reverse();
    }
    rows
}

/// Series with the samples of their windows: value and instant, as Prometheus shows them.
fn windows(series: &[WindowSeries]) -> Html {
    let row = |series: &WindowSeries| {
        let numbers = series.times.iter().zip(&series.values).map(|(at, value)| (*at, print_plain(*value)));
        let mut samples: Vec<(i64, String)> =
            numbers.chain(series.histograms.iter().cloned()).take(FIRST_SAMPLES + 1).collect();
        samples.sort_by_key(|(at, _)| *at);
        let more = (series.times.len() + series.histograms.len()).saturating_sub(FIRST_SAMPLES);
        let samples = samples
            .iter()
            .take(FIRST_SAMPLES)
            .map(|(at, value)| format!("{value} @{}", print_instant(Timestamp(*at))));
        html! {
            <tr data-testid="result-row">
                <th scope="row"><code>{ selector(&series.labels) }</code></th>
                <td class="value">
                    { for samples.map(|sample| html! { <div>{ sample }</div> }) }
                    if more > 0 { <div>{ format!("… +{more}") }</div> }
                </td>
            </tr>
        }
    };
    html! {
        <div class="result-scroll" tabindex="0">
            <table class="result" data-testid="result-table"><tbody>{ for series.iter().take(FIRST_ROWS).map(row) }</tbody></table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_by_value_or_label() {
        let point = |code: &str, value| VectorPoint {
            labels: Labels::from_pairs([("code", code)]),
            value,
            histogram: None,
        };
        let points = [point("500", 1.0), point("200", 9.0), point("404", f64::NAN)];
        let codes = |order| -> Vec<String> {
            sorted(&points, &order)
                .iter()
                .map(|point| point.labels.get("code").unwrap_or("").to_owned())
                .collect()
        };
        assert_eq!(codes(Order::Given), ["500", "200", "404"]);
        assert_eq!(codes(Order::Label("code".to_owned(), false)), ["200", "404", "500"]);
        assert_eq!(codes(Order::Value(false)), ["500", "200", "404"]);
        assert_eq!(codes(Order::Value(true)), ["404", "200", "500"]);
    }
}
