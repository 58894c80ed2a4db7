//! The configuration: the text in force, to be changed and reloaded. What is refused stays in the editor, with the line,
//! and so does what is not reloaded yet, also while another page is shown. Without a process the file is changed alone.

use scrapeyard_core::base::span::Place;
use scrapeyard_core::lab::{Answer, Command, Problem, Question, StoreId};
use yew::prelude::{Callback, Html, component, html};

use crate::controls::{CodeEditor, Mark, ProblemBox};
use crate::session::{
    Acted, Draft, Notice, Session, keep_in_tab, kept_in_tab, panel, use_draft, use_draft_or, use_live_answer,
    use_session,
};
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::{Texts, use_texts};

/// The place of the text that is not reloaded yet.
const DRAFT: &str = "config-text";

/// The editor with its buttons.
#[component]
pub fn Config() -> Html {
    let (texts, session) = (use_texts(), use_session());
    let answer = use_live_answer(panel::CONFIG, Question::Config(StoreId::Pulled), 1000);
    let draft = use_draft_or(DRAFT, || kept_in_tab(DRAFT).filter(|kept| !kept.is_empty()));
    let problems = use_draft::<Vec<Problem>>("config-problems");
    let Some(Answer::Config(view)) = answer.as_deref() else { return Html::default() };
    let text = (*draft).clone().unwrap_or_else(|| view.text.clone());
    let changed = text != view.text;
    let runs = view.is_running;
    let on_input = {
        let draft = draft.clone();
        Callback::from(move |text: String| {
            keep_in_tab(DRAFT, &text);
            draft.set(Some(text));
        })
    };
    let on_reload = {
        let done = texts.say(if runs { "config-reloaded" } else { "config-written" });
        let (prometheus, text) = (view.prometheus.clone(), text.clone());
        let sent = text.clone();
        let command = match runs {
            true => Command::Reload { prometheus, text },
            false => Command::Write { prometheus, text },
        };
        let (session, draft, problems) = (session.clone(), draft.clone(), problems.clone());
        move |_| send(&session, &command, (done.clone(), sent.clone()), draft.clone(), problems.clone())
    };
    let on_revert = {
        let (draft, problems) = (draft.clone(), problems.clone());
        move |_| {
            forget(&draft);
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
    let marks = marks_of(&shown);
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
                    { texts.say(if runs { "config-reload" } else { "config-write" }) }
                </button>
            </header>
            if !runs { { stopped(&texts) } }
            if !shown.is_empty() { <ProblemBox problems={shown.clone()} test_id="config-error" /> }
            if !changed && !view.remarks.is_empty() { { remarked(&texts, &view.remarks) } }
            <CodeEditor value={text} label={texts.say("config-label")} {marks} {on_input} numbered=true
                wrong_line={place.map(|place: Place| place.line)} invalid={!shown.is_empty()} test_id="config-editor" />
            if runs { <p class="small dim">{ texts.say("config-hint") }</p> }
        </section>
    }
}

/// Forgets what was typed: the text in force is shown.
fn forget(draft: &Draft<Option<String>>) {
    keep_in_tab(DRAFT, "");
    draft.set(None);
}

/// Hands the text over. What Prometheus does not take is written all the same; it goes on with the old one.
fn send(
    session: &Session,
    command: &Command,
    (done, sent): (String, String),
    draft: Draft<Option<String>>,
    problems: Draft<Vec<Problem>>,
) {
    let teller = session.clone();
    session.act(command, move |acted| {
        let (Acted::Done(mut faults) | Acted::Refused(mut faults)) = acted;
        // What has no effect is remarked beside the configuration in force.
        faults.retain(|fault| fault.code != "unsimulated");
        if faults.is_empty() {
            // What was typed meanwhile stays.
            if draft.now().is_none_or(|text| text == sent) {
                forget(&draft);
            }
            teller.notify(Notice::done(done));
        }
        problems.set(faults);
    });
}

/// Nothing is in force: what is shown is the file.
fn stopped(texts: &Texts) -> Html {
    html! {
        <div class="note warn" data-testid="config-not-running">
            { state_glyph(StateGlyph::Remark) }
            <div>
                <b>{ texts.say("prometheus-not-running") }</b>
                <p class="mid">{ texts.say("config-hint-stopped") }</p>
            </div>
        </div>
    }
}

/// What the editor marks.
fn marks_of(problems: &[Problem]) -> Vec<Mark> {
    let spans = problems.iter().filter_map(|problem| problem.span);
    spans.map(|span| Mark { span, class: "wrong-here" }).collect()
}

/// How many remarks are shown at once.
const MOST_REMARKS: usize = 8;

/// What is valid and has no effect here.
fn remarked(texts: &Texts, remarks: &[Problem]) -> Html {
    let more = remarks.len().saturating_sub(MOST_REMARKS);
    html! {
        <div class="note info" data-testid="config-remarks">
            { state_glyph(StateGlyph::Remark) }
            <div>
                { for remarks.iter().take(MOST_REMARKS).map(|remark| html! { <p class="mono">{ remark.to_string() }</p> }) }
                if more > 0 { <p class="mid">{ texts.with("problems-more", &[("count", more.into())]) }</p> }
                <p class="mid">{ texts.say("problem-unsimulated") }</p>
            </div>
        </div>
    }
}
