//! Relabeling, rule by rule: what each rule did to the labels that a discovery found, and a field in which other rules
//! can be tried. Puts none in force.

use scrapeyard_core::lab::view::{Labels, RelabelOutcome, RelabelStep, RelabelingView};
use scrapeyard_core::lab::{Answer, Question, StoreId};
use yew::prelude::{Html, Properties, classes, component, html, use_state};

use super::rule_editor::RuleEditor;
use super::trying::{Unfolding, use_told, without_view};
use crate::session::panel;
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
    html! {
        <Unfolding name="relabeling">
            <Rules job={props.job.clone()} discovered={props.discovered.clone()} />
        </Unfolding>
    }
}

#[component]
fn Rules(props: &RelabelingProps) -> Html {
    let texts = use_texts();
    let tried = use_state(|| None::<String>);
    let question = Question::Relabeling {
        store: StoreId::Pulled,
        job: props.job.clone(),
        discovered: props.discovered.clone(),
        rules: (*tried).clone(),
    };
    let told = use_told(panel::RELABELING, question, None, |answer| match answer {
        Answer::Relabeling(view) => Some(&**view),
        _ => None,
    });
    let Some(view) = told.view.clone() else { return without_view(&told, "relabeling-error") };
    html! {
        <>
            { steps(&texts, &props.discovered, &view) }
            <RuleEditor rules={view.rules.clone()} {tried} problems={told.problems} field="relabel_configs"
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
