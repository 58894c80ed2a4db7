//! The tree of an expression: each node with its values, and for a chosen value how it was made.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{
    Cell, CellValue, Labels, MatchGroup, MatchOutcome, NodeReport, NodeResult, Tree,
};
use scrapeyard_core::lab::{Answer, Question, StoreId};
use yew::prelude::{
    Html, Properties, UseStateHandle, classes, component, html, use_effect_with, use_state_eq,
};

use super::asked::{Answered, use_asked};
use super::highlight::highlight;
use super::label_sets::selector;
use super::made::made;
use super::settings::print_instant;
use crate::controls::ProblemBox;
use crate::session::{Asked, panel};
use crate::texts::{Texts, use_texts, value_shown};

/// Cells of a node that are shown.
const SHOWN: usize = 5;
/// Match groups of a node that are shown.
const GROUPS: usize = 6;

/// See [`Explain`].
#[derive(PartialEq, Properties)]
pub struct ExplainProps {
    /// Which store is asked.
    pub store: StoreId,
    /// The expression.
    pub expression: String,
    /// When. It does not follow the present: numbers that run away cannot be read.
    pub at: Timestamp,
}

type Choice = Option<(u32, Labels)>;

/// The tree, and how the chosen value was made.
#[component]
pub fn Explain(props: &ExplainProps) -> Html {
    let texts = use_texts();
    let choice = use_state_eq(|| Choice::None);
    let (store, expression, at) = (&props.store, &props.expression, props.at);
    let tree = use_asked(
        panel::EXPLAIN,
        Some(Question::Explain { store: store.clone(), at, expression: expression.clone() }),
    );
    let chosen = choice.as_ref().map(|(node, labels)| Question::HowMade {
        store: store.clone(),
        at,
        expression: expression.clone(),
        node: *node,
        labels: labels.clone(),
    });
    let cell = use_asked(panel::MADE, chosen.clone());
    let forget = choice.clone();
    use_effect_with(expression.clone(), move |_| forget.set(None));
    let report = match tree.as_deref() {
        Some((Question::Explain { expression: of, .. }, Asked::Answered(_, answer))) if of == expression => {
            match &**answer {
                Answer::Explain(tree) => tree,
                _ => return Html::default(),
            }
        }
        // The panel says above what is wrong with the expression.
        Some((_, Asked::Refused(_))) => return Html::default(),
        _ => return html! { <p class="panel-wait dim" role="status">{ texts.say("query-waits") }</p> },
    };
    html! {
        <div class="explain" data-testid="explain">
            <div class="explain-tree">
                <p class="mid">{ texts.with("explain-at", &[("at", (&print_instant(report.at)).into())]) }</p>
                <ul>{ node(&texts, report, 0, expression, &choice) }</ul>
                if report.is_cut { <p class="mid">{ texts.say("explain-cut") }</p> }
            </div>
            <div class="explain-made" aria-live="polite">{ made_of(&texts, cell, chosen.as_ref()) }</div>
        </div>
    }
}

fn made_of(texts: &Texts, cell: Option<Answered>, chosen: Option<&Question>) -> Html {
    match cell.as_deref().filter(|(question, _)| Some(question) == chosen) {
        Some((_, Asked::Answered(_, answer))) => match &**answer {
            Answer::HowMade(cell) => made(texts, cell),
            _ => Html::default(),
        },
        Some((_, Asked::Refused(problems))) => {
            html! { <ProblemBox problems={problems.clone()} test_id="explain-error" /> }
        }
        _ => html! { <p class="mid">{ texts.say("explain-choose") }</p> },
    }
}

/// A node with those below it.
fn node(texts: &Texts, tree: &Tree, index: u32, expression: &str, choice: &UseStateHandle<Choice>) -> Html {
    let Some(report) = tree.nodes.get(index as usize) else { return Html::default() };
    let below = (index + 1..tree.nodes.len() as u32)
        .filter(|other| tree.nodes[*other as usize].parent == Some(index))
        .map(|other| node(texts, tree, other, expression, choice));
    let below: Vec<Html> = below.collect();
    html! {
        <li>
            <div class="node" data-testid="explain-node">
                <div class="node-head">
                    { fragment(report, expression) }
                    <span class="chip">{ kind(texts, report) }</span>
                </div>
                if report.at != tree.at {
                    <p class="mid">{ texts.with("explain-at", &[("at", (&print_instant(report.at)).into())]) }</p>
                }
                { values(texts, report, index, choice) }
                { groups(texts, report) }
                { statistics(texts, report) }
            </div>
            if !below.is_empty() { <ul>{ for below }</ul> }
        </li>
    }
}

/// The node's text with its colours.
fn fragment(report: &NodeReport, expression: &str) -> Html {
    let text = expression.get(report.span.start as usize..report.span.end as usize).unwrap_or("");
    let mut pieces = Vec::new();
    let mut at = 0;
    for mark in highlight(text) {
        let (start, end) = (mark.span.start as usize, mark.span.end as usize);
        pieces.push(html! { <>{ &text[at..start] }<span class={mark.class}>{ &text[start..end] }</span></> });
        at = end;
    }
    html! { <code class="fragment" title={text.to_owned()}>{ for pieces }{ &text[at..] }</code> }
}

fn kind(texts: &Texts, report: &NodeReport) -> String {
    match &report.result {
        NodeResult::Scalar(_) => texts.say("type-scalar"),
        NodeResult::Text(_) => texts.say("type-string"),
        NodeResult::Vector { count, .. } => texts.with("type-vector", &[("count", (*count).into())]),
        NodeResult::Windows { count, samples, .. } => {
            texts.with("type-windows", &[("count", (*count).into()), ("samples", (*samples).into())])
        }
        NodeResult::Failed { .. } => texts.say("type-failed"),
    }
}

/// A cell's value as it is shown.
pub fn cell_shown(cell: &Cell) -> String {
    match &cell.value {
        CellValue::Float(value) => value_shown(*value),
        CellValue::Histogram(text) => text.clone(),
    }
}

fn values(texts: &Texts, report: &NodeReport, index: u32, choice: &UseStateHandle<Choice>) -> Html {
    let row = |cell: &Cell| {
        let own = Some((index, cell.labels.clone()));
        let is_chosen = **choice == own;
        let choice = choice.clone();
        html! {
            <li>
                <button type="button" class={classes!("cell", is_chosen.then_some("chosen"))}
                    aria-pressed={is_chosen.to_string()} onclick={move |_| choice.set(own.clone())} data-testid="explain-cell">
                    <code>{ selector(&cell.labels) }</code><b>{ cell_shown(cell) }</b>
                </button>
            </li>
        }
    };
    let more = |count: u32| {
        let rest = (count as usize).saturating_sub(SHOWN);
        html! { if rest > 0 { <li class="mid">{ texts.with("explain-more", &[("count", rest.into())]) }</li> } }
    };
    match &report.result {
        NodeResult::Scalar(value) => html! { <p class="mono">{ value_shown(*value) }</p> },
        NodeResult::Text(text) => html! { <p class="mono">{ text }</p> },
        NodeResult::Failed { text, .. } => html! { <p class="mono down">{ text }</p> },
        NodeResult::Vector { count, cells } => html! {
            <ul class="cells">{ for cells.iter().take(SHOWN).map(row) }{ more(*count) }</ul>
        },
        NodeResult::Windows { count, runs, .. } => html! {
            <ul class="cells">
                { for runs.iter().take(SHOWN).map(|run| html! {
                    <li class="cell"><code>{ selector(&run.labels) }</code>
                        <span>{ texts.with("sample-count", &[("count", run.times.len().into())]) }</span></li>
                }) }
                { more(*count) }
            </ul>
        },
    }
}

/// Who found whom, those who did not first.
fn groups(texts: &Texts, report: &NodeReport) -> Html {
    if report.groups.is_empty() {
        return Html::default();
    }
    let row = |group: &MatchGroup| {
        let side = |cells: &[Cell], count: u32| match cells {
            [cell] => cell_shown(cell),
            [] => "–".to_owned(),
            _ => texts.with("type-vector", &[("count", count.into())]),
        };
        let outcome = match group.outcome {
            MatchOutcome::ManyOnLeft => "group-many-left",
            MatchOutcome::ManyOnRight => "group-many-right",
            MatchOutcome::NoLeft => "group-no-left",
            MatchOutcome::NoRight => "group-no-right",
            MatchOutcome::Filtered => "group-filtered",
            MatchOutcome::Matched => "group-matched",
        };
        html! {
            <tr data-testid="explain-group" data-outcome={outcome}>
                <td>{ selector(&group.signature) }</td>
                <td>{ side(&group.left, group.left_count) }</td>
                <td>{ side(&group.right, group.right_count) }</td>
                <td>{ texts.say(outcome) }</td>
            </tr>
        }
    };
    let rest = (report.group_count as usize).saturating_sub(GROUPS);
    html! {
        <div class="result-scroll" tabindex="0" aria-label={texts.say("explain-groups")}>
            <table class="result">
                <thead><tr>
                    <th scope="col">{ texts.say("explain-groups") }</th><th scope="col">{ texts.say("explain-left") }</th>
                    <th scope="col">{ texts.say("explain-right") }</th><th scope="col">{ texts.say("explain-outcome") }</th>
                </tr></thead>
                <tbody>{ for report.groups.iter().take(GROUPS).map(row) }</tbody>
            </table>
            if rest > 0 { <p class="mid">{ texts.with("explain-more", &[("count", rest.into())]) }</p> }
        </div>
    }
}

fn statistics(texts: &Texts, report: &NodeReport) -> Html {
    let labels = report.labels.iter().filter(|label| label.name != "__name__");
    let labels: Vec<String> = labels.map(|label| format!("{} {}", label.name, label.values)).collect();
    if labels.is_empty() {
        return Html::default();
    }
    html! { <p class="mid small">{ texts.with("explain-labels", &[("labels", (&labels.join(" · ")).into())]) }</p> }
}
