//! A node with those below it: its part of the expression, the type and size of its value, its values.

use scrapeyard_core::base::span::Span;
use scrapeyard_core::lab::view::{NodeReport, NodeResult, Tree};
use yew::prelude::{Callback, Html, classes, html};

use super::super::settings::print_instant;
use super::Choice;
use super::fragment::fragment;
use super::groups::groups;
use super::kinds::sentence;
use super::values::values;
use crate::texts::Texts;

/// What all nodes of a tree share.
#[derive(Clone)]
pub struct Node<'a> {
    /// The tree.
    pub tree: &'a Tree,
    /// The expression.
    pub expression: &'a str,
    /// The chosen cell.
    pub choice: &'a Choice,
    /// The node at the caret of the editor.
    pub here: Option<u32>,
    /// Called with another one.
    pub on_choose: Callback<Choice>,
    /// Called with the part of the expression that is pointed at.
    pub on_point: Callback<Option<Span>>,
}

impl Node<'_> {
    /// The node with this number, and those below it.
    pub fn shown(&self, texts: &Texts, index: u32) -> Html {
        let Some(report) = self.tree.nodes.get(index as usize) else { return Html::default() };
        let below: Vec<Html> = (index + 1..self.tree.nodes.len() as u32)
            .filter(|other| self.tree.nodes[*other as usize].parent == Some(index))
            .map(|other| self.shown(texts, other))
            .collect();
        let point = |to: Option<Span>| {
            let on_point = self.on_point.clone();
            move || on_point.emit(to)
        };
        let (enter, leave, focus) = (point(Some(report.span)), point(None), point(Some(report.span)));
        html! {
            <li>
                <div class={classes!("node", (self.here == Some(index)).then_some("node-here"))} onpointerenter={move |_| enter()} onpointerleave={move |_| leave()}
                    onfocusin={move |_| focus()} data-testid="explain-node">
                    <div class="node-head">
                        { fragment(report, self.expression) }
                        <span class="chip">{ kind(texts, report) }</span>
                    </div>
                    if let Some(sentence) = sentence(texts, report, self.expression) {
                        <p class="mid node-kind">{ sentence }</p>
                    }
                    if report.at != self.tree.at {
                        <p class="mid">{ texts.with("explain-at", &[("at", (&print_instant(report.at)).into())]) }</p>
                    }
                    { values(texts, report, index, self.choice, &self.on_choose) }
                    { groups(texts, report) }
                    { statistics(texts, report) }
                </div>
                if !below.is_empty() { <ul>{ for below }</ul> }
            </li>
        }
    }
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

fn statistics(texts: &Texts, report: &NodeReport) -> Html {
    let labels = report.labels.iter().filter(|label| label.name != "__name__");
    let labels: Vec<String> = labels.map(|label| format!("{} {}", label.name, label.values)).collect();
    if labels.is_empty() {
        return Html::default();
    }
    html! { <p class="mid small">{ texts.with("explain-labels", &[("labels", (&labels.join(" · ")).into())]) }</p> }
}
