//! An instant vector: a row a series.

use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Labels, QueryView, Value, VectorPoint};
use yew::prelude::{Callback, Html, Properties, UseStateHandle, component, html, use_state, use_state_eq};

use super::super::label_sets::selector;
use super::super::settings::print_instant;
use super::export::Sheet;
use super::histogram::histogram;
use super::order::Order;
use super::rows::{Table, kept, value_of};
use super::tools::Tools;
use crate::texts::{Texts, use_texts, value_shown};

/// So many rows are drawn before more are asked for.
const FIRST_ROWS: usize = 200;
/// From so many rows on there is a filter.
const FILTERED_ROWS: usize = 5;

/// See [`Vector`].
#[derive(PartialEq, Properties)]
pub struct VectorProps {
    /// The value.
    pub view: Rc<QueryView>,
    /// The instant it holds for.
    pub at: Timestamp,
    /// Called with the series of a value that is to be explained.
    pub on_pick: Callback<Labels>,
}

/// The table.
#[component]
pub fn Vector(props: &VectorProps) -> Html {
    let texts = use_texts();
    let order = use_state(Order::default);
    let filter = use_state_eq(String::new);
    let shown = use_state(|| FIRST_ROWS);
    let points: &[VectorPoint] = match &props.view.value {
        Value::Vector(points) => points,
        _ => &[],
    };
    let table = Table::of(points);
    let rows = ordered(points, &table, &filter, &order);
    let rest = rows.len().saturating_sub(*shown);
    let show_more = {
        let shown = shown.clone();
        move |_| shown.set(*shown + FIRST_ROWS)
    };
    let sheet = {
        let (view, table, order, filter) =
            (Rc::clone(&props.view), table.clone(), (*order).clone(), (*filter).clone());
        Callback::from(move |()| match &view.value {
            Value::Vector(points) => Sheet::of_vector(&ordered(points, &table, &filter, &order)),
            _ => Sheet::of_vector(&[]),
        })
    };
    let on_filter = {
        let filter = filter.clone();
        Callback::from(move |new| filter.set(new))
    };
    let has_filter = points.len() >= FILTERED_ROWS;
    html! {
        <>
            <Tools filter={has_filter.then(|| (*filter).clone())} {on_filter} rows={(points.len(), rows.len())} {sheet} />
            <div class="result-scroll" tabindex="0" role="region" aria-label={texts.say("result")}>
                <table class="result" data-testid="result-table">
                    <caption>
                        { texts.with("result-caption", &[("count", points.len().into()), ("at", (&print_instant(props.at)).into())]) }
                        if !table.columns.shared.is_empty() { { " " }<code>{ table.columns.shared_selector() }</code> }
                    </caption>
                    { headings(&texts, &table, &order) }
                    <tbody>{ for rows.iter().take(*shown).map(|point| row(&texts, props, &table, point)) }</tbody>
                </table>
                if rows.is_empty() { <p class="panel-wait dim">{ texts.say("no-row-kept") }</p> }
            </div>
            if rest > 0 {
                <button type="button" class="btn quiet" onclick={show_more} data-testid="result-more">
                    { texts.with("more-rows", &[("count", rest.into())]) }
                </button>
            }
        </>
    }
}

fn ordered<'a>(
    points: &'a [VectorPoint],
    table: &Table,
    filter: &str,
    order: &Order,
) -> Vec<&'a VectorPoint> {
    let mut rows = kept(points, filter);
    order.sort(&mut rows, |labels| table.others_of(labels));
    rows
}

fn headings(texts: &Texts, table: &Table, order: &UseStateHandle<Order>) -> Html {
    let heading = |label: String, column: Order, class: &'static str| {
        let sort = order.of_column(&column);
        let order = order.clone();
        html! {
            <th scope="col" {class} aria-sort={sort}>
                <button type="button" class="sort" onclick={move |_| order.set(order.pressed(&column))}
                    data-testid="result-sort">{ label }</button>
            </th>
        }
    };
    let by_label = |name: &String| heading(name.clone(), Order::Label(name.clone(), false), "");
    html! {
        <thead><tr>
            { for table.own.iter().map(by_label) }
            if !table.others.is_empty() {
                { heading(texts.with("other-labels", &[("count", table.others.len().into())]), Order::Others(false), "") }
            }
            { heading(texts.say("column-value"), Order::Value(false), "value-head") }
        </tr></thead>
    }
}

fn row(texts: &Texts, props: &VectorProps, table: &Table, point: &VectorPoint) -> Html {
    let full = value_of(point);
    let cell = |text: &str| html! { <td title={text.to_owned()}><bdi>{ text }</bdi></td> };
    let on_press = {
        let (on_pick, labels) = (props.on_pick.clone(), point.labels.clone());
        move |_| on_pick.emit(labels.clone())
    };
    html! {
        <tr key={point.labels.to_string()} data-testid="result-row" data-series={selector(&point.labels)}>
            { for table.own.iter().map(|name| cell(point.labels.get(name).unwrap_or(""))) }
            if !table.others.is_empty() { { cell(&table.others_of(&point.labels)) } }
            <td class="value" data-value={full.clone()} data-testid="result-value">
                if let Some(own) = &point.histogram {
                    { histogram(texts, own) }
                } else {
                    <button type="button" class="value-button" title={texts.with("explain-value", &[("value", (&full).into())])}
                        onclick={on_press} data-testid="result-explain">{ value_shown(point.value) }</button>
                }
            </td>
        </tr>
    }
}
