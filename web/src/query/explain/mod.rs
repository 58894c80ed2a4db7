//! The tree of an expression: each node with its values, and for a chosen value how it was made.

mod fragment;
mod groups;
mod kinds;
mod made;
mod node;
mod picture;
mod values;

use scrapeyard_core::base::span::Span;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Labels, Tree};
use scrapeyard_core::lab::{Answer, Question, StoreId};
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::{
    Callback, Html, Properties, UseStateHandle, component, hook, html, use_effect_with, use_node_ref,
    use_state_eq,
};

use self::made::made;
use self::node::Node;
use super::asked::{Answered, use_asked};
use super::panel::Pick;
use super::settings::print_instant;
use crate::controls::ProblemBox;
use crate::session::{Asked, panel};
use crate::texts::{Texts, use_texts};

/// See [`Explain`].
#[derive(PartialEq, Properties)]
pub struct ExplainProps {
    /// Which store is asked.
    pub store: StoreId,
    /// The expression.
    pub expression: String,
    /// When. It does not follow the present: numbers that run away cannot be read.
    pub at: Timestamp,
    /// The value of the whole expression that was chosen elsewhere.
    pub pick: Option<Pick>,
    /// Where the caret stands in the expression: its node is boxed.
    pub caret: Option<usize>,
    /// Called with the part of the expression that is pointed at.
    pub on_point: Callback<Option<Span>>,
}

/// A cell of a node.
type Choice = Option<(u32, Labels)>;

/// The tree, and how the chosen value was made.
#[component]
pub fn Explain(props: &ExplainProps) -> Html {
    let texts = use_texts();
    let choice = use_choice(props);
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
    let node = use_node_ref();
    let shown = node.clone();
    // Below the tree, where there is no room beside it, the answer would come out of sight.
    use_effect_with((chosen.clone(), cell.is_some()), move |(chosen, _)| {
        if let (Some(_), Some(made)) = (chosen, shown.cast::<Element>()) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            made.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let unpoint = props.on_point.clone();
    use_effect_with((), move |()| move || unpoint.emit(None));
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
                { tree_of(&texts, props, report, &choice) }
                if report.is_cut { <p class="mid">{ texts.say("explain-cut") }</p> }
            </div>
            <div class="explain-made" ref={node} aria-live="polite">{ made_of(&texts, cell, chosen.as_ref()) }</div>
        </div>
    }
}

/// The chosen cell: at first the one that was chosen elsewhere; of another expression none.
#[hook]
fn use_choice(props: &ExplainProps) -> UseStateHandle<Choice> {
    let picked = |pick: &Option<Pick>| pick.as_ref().map(|pick| (0, pick.labels.clone()));
    let choice = use_state_eq(|| picked(&props.pick));
    let to = choice.clone();
    use_effect_with((props.expression.clone(), props.pick.clone()), move |(_, pick)| to.set(picked(pick)));
    choice
}

fn tree_of(texts: &Texts, props: &ExplainProps, tree: &Tree, choice: &UseStateHandle<Choice>) -> Html {
    let on_choose = {
        let choice = choice.clone();
        Callback::from(move |new| choice.set(new))
    };
    let node = Node {
        tree,
        expression: &props.expression,
        choice,
        here: props.caret.and_then(|caret| at_caret(tree, caret as u32)),
        on_choose,
        on_point: props.on_point.clone(),
    };
    html! { <ul>{ node.shown(texts, 0) }</ul> }
}

/// The smallest node around the caret.
fn at_caret(tree: &Tree, caret: u32) -> Option<u32> {
    let around =
        tree.nodes.iter().enumerate().filter(|(_, node)| (node.span.start..=node.span.end).contains(&caret));
    around.min_by_key(|(_, node)| node.span.end - node.span.start).map(|(index, _)| index as u32)
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
