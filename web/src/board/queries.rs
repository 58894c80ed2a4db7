//! The queries of a panel in the builder: expression, store, legend, and what is wrong with it.

use std::rc::Rc;

use scrapeyard_core::lab::board::{AUTOMATIC, MAX_TARGETS, Panel, Target};
use scrapeyard_core::lab::view::StoreView;
use scrapeyard_core::lab::{Answer, Question, StoreId};
use yew::prelude::{Callback, Html, MouseEvent, Properties, component, html};

use super::fields::{choice_field, text_field};
use super::values::{Value, Values};
use crate::controls::{CodeEditor, Mark, ProblemBox};
use crate::query::{highlight, store_name};
use crate::session::{panel, use_live_answer};
use crate::shapes::{Icon, small_icon};
use crate::texts::{Texts, use_texts};

/// See [`Queries`].
#[derive(PartialEq, Properties)]
pub struct QueriesProps {
    /// The panel.
    pub panel: Panel,
    /// The values of its queries as they were asked last.
    pub values: Option<Rc<Values>>,
    /// Called with other queries.
    pub on_change: Callback<Vec<Target>>,
}

/// The queries.
#[component]
pub fn Queries(props: &QueriesProps) -> Html {
    let texts = use_texts();
    let stores = use_live_answer(panel::STORES, Question::Stores, 2000);
    let stores: Vec<StoreView> = match stores.as_deref() {
        Some(Answer::Stores(stores)) => stores.clone(),
        _ => Vec::new(),
    };
    let add = {
        let (panel, on_change) = (props.panel.clone(), props.on_change.clone());
        move |_: MouseEvent| {
            let mut targets = panel.targets.clone();
            targets.push(Target::new(&panel.free_ref_id(), panel.kind));
            on_change.emit(targets);
        }
    };
    let row = |(index, target): (usize, &Target)| query(props, &texts, &stores, index, target);
    html! {
        <div class="build-queries">
            { for props.panel.targets.iter().enumerate().map(row) }
            if props.panel.targets.len() < MAX_TARGETS {
                <button type="button" class="btn quiet" onclick={add} data-testid="build-query-add">
                    { small_icon(Icon::Plus) }{ texts.say("build-query-add") }
                </button>
            }
        </div>
    }
}

/// A callback that changes one query.
fn change<In: 'static>(
    props: &QueriesProps,
    index: usize,
    alter: impl Fn(&mut Target, In) + 'static,
) -> Callback<In> {
    let (targets, on_change) = (props.panel.targets.clone(), props.on_change.clone());
    Callback::from(move |input| {
        let mut targets = targets.clone();
        if let Some(target) = targets.get_mut(index) {
            alter(target, input);
        }
        on_change.emit(targets);
    })
}

fn query(props: &QueriesProps, texts: &Texts, stores: &[StoreView], index: usize, target: &Target) -> Html {
    let name = &target.ref_id;
    let problems = match props.values.as_deref().and_then(|values| values.of(name)) {
        Some(Value::Problems(problems)) => problems.clone(),
        _ => Vec::new(),
    };
    let mut marks = highlight(&target.expr);
    let wrong = problems.iter().filter_map(|problem| problem.span);
    marks.extend(wrong.map(|span| Mark { span, class: "wrong-here" }));
    let on_expr = change(props, index, |target, expr: String| target.expr = expr);
    let on_store = change(props, index, |target, store: String| target.datasource = store);
    let on_legend = change(props, index, |target, legend: String| {
        target.legend = if legend.is_empty() { AUTOMATIC.to_owned() } else { legend };
    });
    let on_instant = change(props, index, |target, _: MouseEvent| target.instant = !target.instant);
    let on_remove = {
        let (targets, on_change) = (props.panel.targets.clone(), props.on_change.clone());
        move |_: MouseEvent| {
            let mut targets = targets.clone();
            targets.remove(index);
            on_change.emit(targets);
        }
    };
    let legend = if target.legend == AUTOMATIC { "" } else { &target.legend };
    let remove = texts.with("build-query-remove", &[("name", name.into())]);
    html! {
        <section class="build-query" key={name.clone()} aria-label={texts.with("build-query", &[("name", name.into())])}>
            <div class="build-query-line">
                <b class="build-letter" aria-hidden="true">{ name }</b>
                <CodeEditor value={target.expr.clone()} label={texts.with("build-query", &[("name", name.into())])} {marks}
                    on_input={on_expr} invalid={!problems.is_empty()} test_id={format!("build-expr-{name}")} />
                <button type="button" class="icon" aria-label={remove.clone()} title={remove} onclick={on_remove}
                    data-testid={format!("build-query-remove-{name}")}>{ small_icon(Icon::Close) }</button>
            </div>
            if !problems.is_empty() { <ProblemBox {problems} test_id={format!("build-problem-{name}")} /> }
            <div class="build-query-fields">
                { text_field(texts.say("build-legend"), legend, Some(texts.say("build-legend-hint")), &format!("build-legend-{name}"), on_legend) }
                { store_field(texts, stores, target, on_store) }
                <button type="button" class="toggle" aria-pressed={target.instant.to_string()} onclick={on_instant}
                    data-testid={format!("build-instant-{name}")}>{ texts.say("build-instant") }</button>
            </div>
        </section>
    }
}

fn store_field(texts: &Texts, stores: &[StoreView], target: &Target, on_store: Callback<String>) -> Html {
    let mut names: Vec<String> = stores.iter().map(|view| view.store.to_string()).collect();
    if !names.contains(&target.datasource) {
        names.push(target.datasource.clone());
    }
    let called = |name: String| {
        let store: Result<StoreId, _> = name.parse();
        let called = store.map_or_else(|_| name.clone(), |store| store_name(texts, &store));
        (name, called)
    };
    let options: Vec<(String, String)> = names.into_iter().map(called).collect();
    let test_id = format!("build-store-{}", target.ref_id);
    choice_field(texts.say("store"), &options, &target.datasource, &test_id, on_store)
}
