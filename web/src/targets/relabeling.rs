//! Relabeling, rule by rule: what each rule did to the labels that a discovery found, and a field in which other rules
//! can be tried. Puts none in force.

use std::rc::Rc;

use scrapeyard_core::lab::view::{Labels, RelabelOutcome, RelabelStep, RelabelingView};
use scrapeyard_core::lab::{Answer, Problem, Question, StoreId};
use yew::prelude::{Html, Properties, classes, component, html, use_effect_with, use_state};

use super::rule_editor::RuleEditor;
use crate::controls::ProblemBox;
use crate::session::{Asked, panel, use_session};
use crate::shapes::{Icon, small_icon};
use crate::texts::{Texts, use_texts};

/// See [`Relabeling`].
#[derive(PartialEq, Properties)]
pub struct RelabelingProps {
    /// The job whose rules count.
    pub job: String,
    /// The labels before relabeling.
    pub discovered: Labels,
}

/// A button, and below it, while it is pressed, the rules with what they did.
#[component]
pub fn Relabeling(props: &RelabelingProps) -> Html {
    let texts = use_texts();
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    html! {
        <div class="relabeling">
            <button type="button" class={classes!("btn", "quiet", open.then_some("turned"))} aria-expanded={open.to_string()}
                onclick={toggle} data-testid="relabeling-open">
                { small_icon(Icon::Next) }{ texts.say("relabeling") }
            </button>
            if *open { <Rules job={props.job.clone()} discovered={props.discovered.clone()} /> }
        </div>
    }
}

/// What came of the last question.
#[derive(Clone, Default, PartialEq)]
struct Told {
    view: Option<Rc<RelabelingView>>,
    problems: Vec<Problem>,
}

#[component]
fn Rules(props: &RelabelingProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let tried = use_state(|| None::<String>);
    let told = use_state(Told::default);
    let question = Question::Relabeling {
        store: StoreId::Pulled,
        job: props.job.clone(),
        discovered: props.discovered.clone(),
        rules: (*tried).clone(),
    };
    {
        let (session, told) = (session.clone(), told.clone());
        use_effect_with((question, session.revision()), move |(question, _)| {
            let before = told.view.clone();
            session.ask(panel::RELABELING, question.clone(), move |asked| match asked {
                Asked::Answered(_, answer) => {
                    if let Answer::Relabeling(view) = &*answer {
                        told.set(Told { view: Some(Rc::new((**view).clone())), problems: Vec::new() });
                    }
                }
                Asked::Refused(problems) => told.set(Told { view: before, problems }),
                Asked::Ended => {}
            });
        });
    }
    let Some(view) = told.view.clone() else {
        return match told.problems.is_empty() {
            true => Html::default(),
            false => html! { <ProblemBox problems={told.problems.clone()} test_id="relabeling-error" /> },
        };
    };
    html! {
        <>
            { steps(&texts, &props.discovered, &view) }
            <RuleEditor rules={view.rules.clone()} {tried} problems={told.problems.clone()} field="relabel_configs"
                test_id="relabeling" />
        </>
    }
}

fn steps(texts: &Texts, discovered: &Labels, view: &RelabelingView) -> Html {
    let before = std::iter::once(discovered).chain(view.steps.iter().map(|step| &step.labels));
    let step = |(before, step): (&Labels, &RelabelStep)| {
        html! {
            <li class={classes!((!step.kept).then_some("relabel-drops"))} data-testid="relabel-step">
                <code>{ &step.rule }</code>
                <p>{ if step.kept { changes(texts, before, &step.labels) } else { html! { <b>{ texts.say("relabel-dropped") }</b> } } }</p>
            </li>
        }
    };
    let outcome = match &view.outcome {
        RelabelOutcome::Target { url, .. } => {
            html! { <>{ texts.say("relabel-target") }{ " " }<span class="mono">{ url }</span></> }
        }
        RelabelOutcome::Dropped => html! { { texts.say("relabel-outcome-dropped") } },
        RelabelOutcome::Refused(error) => {
            html! { <>{ texts.say("relabel-refused") }{ " " }<span class="mono">{ error }</span></> }
        }
    };
    html! {
        <>
            if view.steps.is_empty() { <p class="dim">{ texts.say("relabel-no-rules") }</p> }
            <ol class="relabel-steps">{ for before.zip(&view.steps).map(step) }</ol>
            <p data-testid="relabel-outcome">{ outcome }</p>
        </>
    }
}

/// What a rule changed: labels added, with another value, gone.
pub(super) fn changes(texts: &Texts, before: &Labels, after: &Labels) -> Html {
    let set = after.iter().filter(|label| before.get(&label.name) != Some(&*label.value)).map(|label| {
        let old = before.get(&label.name);
        html! {
            <span class="lbl">{ &*label.name }{ "=\"" }
                if let Some(old) = old { <s>{ old }</s>{ " → " } }
                <b>{ &*label.value }</b>{ "\"" }
            </span>
        }
    });
    let gone = before.iter().filter(|label| after.get(&label.name).is_none());
    let gone = gone.map(
        |label| html! { <span class="lbl"><s>{ format!("{}=\"{}\"", label.name, label.value) }</s></span> },
    );
    let all: Vec<Html> = set.chain(gone).collect();
    match all.is_empty() {
        true => html! { <span class="dim">{ texts.say("relabel-unchanged") }</span> },
        false => html! { <>{ for all }</> },
    }
}
