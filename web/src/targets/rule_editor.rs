//! A field in which other rules can be tried than a job's. Puts none in force.

use scrapeyard_core::lab::Problem;
use yew::prelude::{Callback, Html, Properties, UseStateHandle, component, html};

use crate::controls::{CodeEditor, Mark, ProblemBox};
use crate::texts::use_texts;

/// See [`RuleEditor`].
#[derive(PartialEq, Properties)]
pub struct RuleEditorProps {
    /// The rules that were applied last.
    pub rules: String,
    /// The rules that are tried; none while the job's own are shown.
    pub tried: UseStateHandle<Option<String>>,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// The field of the configuration that holds such rules.
    pub field: &'static str,
    /// The beginning of the names by which tests find its parts.
    pub test_id: &'static str,
}

/// The field with what is wrong above it, and a way back to the job's rules.
#[component]
pub fn RuleEditor(props: &RuleEditorProps) -> Html {
    let texts = use_texts();
    let on_input = {
        let tried = props.tried.clone();
        Callback::from(move |text: String| tried.set(Some(text)))
    };
    let on_back = {
        let tried = props.tried.clone();
        move |_| tried.set(None)
    };
    let text = (*props.tried).clone().unwrap_or_else(|| props.rules.clone());
    let problems = &props.problems;
    let marks: Vec<Mark> = problems
        .iter()
        .filter_map(|problem| problem.span)
        .map(|span| Mark { span, class: "wrong-here" })
        .collect();
    let line = problems.first().and_then(|problem| problem.place).map(|place| place.line);
    let name = |part: &str| format!("{}-{part}", props.test_id);
    html! {
        <>
            if !problems.is_empty() { <ProblemBox problems={problems.clone()} test_id={name("error")} /> }
            <CodeEditor value={text} label={texts.say("relabel-try")} {marks} {on_input} numbered=true wrong_line={line}
                invalid={!problems.is_empty()} test_id={name("editor")} />
            <p class="small dim">
                { texts.with("relabel-hint", &[("field", props.field.into())]) }{ " " }
                if props.tried.is_some() {
                    <button type="button" class="btn quiet" onclick={on_back} data-testid={name("back")}>{ texts.say("relabel-back") }</button>
                }
            </p>
        </>
    }
}
