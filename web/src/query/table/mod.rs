//! A value at one instant as a table: a column for each label that differs, the shared labels once above.

mod export;
mod histogram;
mod order;
mod rows;
mod tools;
mod vector;
mod windows;

use std::rc::Rc;

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Labels, QueryView, Value};
use yew::prelude::{Callback, Html, Properties, component, html};

use self::vector::Vector;
use self::windows::Windows;
use crate::texts::use_texts;

/// See [`ResultTable`].
#[derive(PartialEq, Properties)]
pub struct ResultTableProps {
    /// The value.
    pub view: Rc<QueryView>,
    /// The instant it holds for.
    pub at: Timestamp,
    /// Called with the series of a value that is to be explained.
    pub on_pick: Callback<Labels>,
}

/// The table.
#[component]
pub fn ResultTable(props: &ResultTableProps) -> Html {
    let texts = use_texts();
    match &props.view.value {
        Value::Scalar(value) => single(&texts.say("type-scalar"), print_plain(*value)),
        Value::String(text) => single(&texts.say("type-string"), text.clone()),
        Value::Vector(_) => {
            html! { <Vector view={Rc::clone(&props.view)} at={props.at} on_pick={props.on_pick.clone()} /> }
        }
        Value::Window(_) => html! { <Windows view={Rc::clone(&props.view)} at={props.at} /> },
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
