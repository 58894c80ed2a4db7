//! What is wrong with the text in the editor: after a run what that said, while it is written what its grammar says; and
//! the ways to mend it.

use gloo::timers::callback::Timeout;
use scrapeyard_core::lab::view::{CheckView, Mend};
use scrapeyard_core::lab::{Answer, Problem, Question};
use yew::prelude::{Callback, Html, Properties, component, hook, html, use_effect_with, use_state_eq};

use super::super::asked::use_asked;
use super::super::mends::mend_buttons;
use super::super::run::Outcome;
use crate::controls::ProblemBox;
use crate::session::{Asked, panel};
use crate::texts::use_texts;

/// So long a text must rest before it is judged, in milliseconds.
const REST_MS: u32 = 700;

/// What is wrong, and how it may be mended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// The problems, the one to mend first at the head.
    pub problems: Vec<Problem>,
    /// Ways to mend them.
    pub mends: Vec<Mend>,
    /// Whether a run said so; else it is only being written.
    pub was_run: bool,
}

/// The faults of `text`; `outcome` is what its run came to, where it was run as it stands and not `edited` since.
#[hook]
pub fn use_faults(text: &str, edited: bool, outcome: Option<&Outcome>) -> Faults {
    let rested = use_rested(text);
    let is_wanted = edited || matches!(outcome, Some(Outcome::Problems(_)));
    let question = (is_wanted && !rested.trim().is_empty()).then_some(Question::Check { expression: rested });
    let answered = use_asked(panel::CHECK, question);
    let checked = match answered.as_deref() {
        Some((Question::Check { expression }, Asked::Answered(_, answer))) if expression == text => {
            match &**answer {
                Answer::Check(view) => Some(view),
                _ => None,
            }
        }
        _ => None,
    };
    let mends = checked.map(|view| view.mends.clone()).unwrap_or_default();
    match (outcome, checked) {
        (Some(Outcome::Problems(problems)), _) => Faults { problems: problems.clone(), mends, was_run: true },
        (None, Some(view)) if edited && !is_unfinished(text, view) => {
            Faults { problems: view.problems.clone(), mends, was_run: false }
        }
        _ => Faults::default(),
    }
}

/// A text whose first fault lies at its end is only not written to its end yet.
fn is_unfinished(text: &str, view: &CheckView) -> bool {
    let end = text.trim_end().len() as u32;
    view.problems.first().and_then(|problem| problem.span).is_none_or(|span| span.end >= end)
}

/// The text as it was when it last rested.
#[hook]
fn use_rested(text: &str) -> String {
    let rested = use_state_eq(|| text.to_owned());
    let to = rested.clone();
    use_effect_with(text.to_owned(), move |text| {
        let text = text.clone();
        let timer = Timeout::new(REST_MS, move || to.set(text));
        move || drop(timer)
    });
    (*rested).clone()
}

/// See [`FaultBox`].
#[derive(PartialEq, Properties)]
pub struct FaultBoxProps {
    /// What is wrong.
    pub faults: Faults,
    /// Called with the way that is taken.
    pub on_mend: Callback<Mend>,
}

/// The faults with a button for each way to mend them.
#[component]
pub fn FaultBox(props: &FaultBoxProps) -> Html {
    let texts = use_texts();
    let faults = &props.faults;
    if faults.problems.is_empty() {
        return Html::default();
    }
    let test_id = if faults.was_run { "query-error" } else { "query-fault" };
    html! {
        <div class="panel-problem">
            <ProblemBox problems={faults.problems.clone()} quiet={!faults.was_run} {test_id}>
                { mend_buttons(&texts, &faults.mends, &props.on_mend) }
            </ProblemBox>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scrapeyard_core::base::span::Span;

    #[test]
    fn a_fault_at_the_end_waits_for_the_end() {
        let view = |text: &str, start, end| CheckView {
            problems: vec![Problem::new("x", "x").within(text, Span::new(start, end))],
            mends: Vec::new(),
        };
        assert!(is_unfinished("sum(up ", &view("sum(up ", 6, 6)));
        assert!(is_unfinished("sum(", &view("sum(", 0, 4)));
        assert!(!is_unfinished("rate(up)", &view("rate(up)", 5, 7)));
    }
}
