//! The configuration: the text in force, to be changed and reloaded. What is refused stays in the editor, with the line.

use scrapeyard_core::base::span::Place;
use scrapeyard_core::lab::{Answer, Command, Problem, Question, StoreId};
use yew::prelude::{Callback, Html, component, html, use_state};

use crate::controls::{CodeEditor, Mark, ProblemBox};
use crate::session::{Acted, Notice, panel, use_live_answer, use_session};
use crate::texts::use_texts;

/// The editor with its buttons.
#[component]
pub fn Config() -> Html {
    let (texts, session) = (use_texts(), use_session());
    let answer = use_live_answer(panel::CONFIG, Question::Config(StoreId::Pulled), 1000);
    let draft = use_state(|| None::<String>);
    let problems = use_state(Vec::<Problem>::new);
    let Some(Answer::Config(view)) = answer.as_deref() else { return Html::default() };
    let text = (*draft).clone().unwrap_or_else(|| view.text.clone());
    let changed = text != view.text;
    let on_input = {
        let draft = draft.clone();
        Callback::from(move |text| draft.set(Some(text)))
    };
    let on_reload = {
        let (session, draft, problems) = (session.clone(), draft.clone(), problems.clone());
        let (prometheus, text, done) = (view.prometheus.clone(), text.clone(), texts.say("config-reloaded"));
        move |_| {
            let (draft, problems, done, teller) =
                (draft.clone(), problems.clone(), done.clone(), session.clone());
            let command = Command::Reload { prometheus: prometheus.clone(), text: text.clone() };
            // A text that Prometheus does not take is written all the same; it goes on with the old one.
            session.act(&command, move |acted| {
                let (Acted::Done(faults) | Acted::Refused(faults)) = acted;
                if faults.is_empty() {
                    draft.set(None);
                    teller.notify(Notice { is_error: false, text: done, detail: None });
                }
                problems.set(faults);
            });
        }
    };
    let on_revert = {
        let (draft, problems) = (draft.clone(), problems.clone());
        move |_| {
            draft.set(None);
            problems.set(Vec::new());
        }
    };
    // A refusal that the lab remembers counts as long as its text is what is shown.
    let shown: Vec<Problem> = if problems.is_empty() && !changed {
        view.reload_problem.clone().into_iter().collect()
    } else {
        (*problems).clone()
    };
    let place = shown.first().and_then(|problem| problem.place);
    let marks: Vec<Mark> = shown
        .iter()
        .filter_map(|problem| problem.span)
        .map(|span| Mark { span, class: "wrong-here" })
        .collect();
    html! {
        <section class="card config" aria-label={texts.say("configuration")}>
            <header>
                <h2 class="mono">{ "prometheus.yml" }</h2>
                if changed { <span class="chip warn">{ texts.say("config-edited") }</span> }
                <span class="grow" />
                <button type="button" class="btn quiet" disabled={!changed} onclick={on_revert} data-testid="config-revert">
                    { texts.say("config-revert") }
                </button>
                <button type="button" class="btn primary" disabled={!changed} onclick={on_reload} data-testid="config-reload">
                    { texts.say("config-reload") }
                </button>
            </header>
            if !shown.is_empty() { <ProblemBox problems={shown.clone()} test_id="config-error" /> }
            <CodeEditor value={text} label={texts.say("config-label")} {marks} {on_input} numbered=true
                wrong_line={place.map(|place: Place| place.line)} invalid={!shown.is_empty()} test_id="config-editor" />
            <p class="small dim">{ texts.say("config-hint") }</p>
        </section>
    }
}
