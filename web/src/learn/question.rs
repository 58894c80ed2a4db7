//! The quiz of a lesson, a question at a time.

use std::rc::Rc;

use scrapeyard_core::lab::Command;
use scrapeyard_core::lab::command::Step;
use scrapeyard_core::lab::course::{Given, Story, Text};
use scrapeyard_core::lab::view::{KindView, LessonView, QuestionView};
use web_sys::{HtmlElement, HtmlInputElement, SubmitEvent};
use yew::prelude::{
    Callback, Html, InputEvent, NodeRef, Properties, TargetCast, component, hook, html, use_effect_with,
    use_node_ref, use_state,
};

use super::choices::Choices;
use super::groups::Groups;
use super::prose::{phrase, prose};
use crate::session::use_session;
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::{Texts, use_texts};

/// See [`Quiz`].
#[derive(PartialEq, Properties)]
pub struct QuizProps {
    /// The lesson.
    pub lesson: LessonView,
    /// Its words.
    pub story: Rc<Story>,
    /// The question to begin with, where the address names one.
    pub first: Option<String>,
}

/// Who asked for a question finds it, wherever the page stood: the node that comes into sight and gets the focus.
#[hook]
fn use_finding(first: &Option<String>, is_empty: bool) -> NodeRef {
    let node = use_node_ref();
    let quiz = node.clone();
    use_effect_with((first.clone(), is_empty), move |(first, _)| {
        if let (Some(_), Some(quiz)) = (first, quiz.cast::<HtmlElement>()) {
            quiz.scroll_into_view();
            let _ = quiz.focus();
        }
    });
    node
}

/// The quiz.
#[component]
pub fn Quiz(props: &QuizProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let questions = &props.lesson.questions;
    let at = use_state(|| 0_usize);
    // The question that is answered anew, with how often it had been answered.
    let again = use_state(|| None::<(String, u32)>);
    {
        let (at, ids) = (at.clone(), questions.iter().map(|one| one.id.clone()).collect::<Vec<_>>());
        let wanted = (props.lesson.name.clone(), props.first.clone());
        let first_open = questions.iter().position(|one| one.given.is_none());
        use_effect_with(wanted, move |(_, first)| {
            let named = first.as_ref().and_then(|first| ids.iter().position(|id| id == first));
            at.set(named.or(first_open).unwrap_or(0));
        });
    }
    let node = use_finding(&props.first, questions.is_empty());
    let Some(question) = questions.get(*at) else { return Html::default() };
    let words = props.story.questions.get(&question.id).cloned().unwrap_or_default();
    let given = question
        .given
        .clone()
        .filter(|given| again.as_ref().is_none_or(|(id, tries)| *id != question.id || *tries < given.tries));
    let on_answer = {
        let (session, texts) = (session.clone(), texts.clone());
        let step = Step { lesson: props.lesson.name.clone(), id: question.id.clone() };
        Callback::from(move |text: String| {
            let command = Command::Answer { question: step.clone(), text };
            session.act_or_tell(&command, &texts, "refused-answer", |_| ());
        })
    };
    let on_again = {
        let (again, id) = (again.clone(), question.id.clone());
        let tries = question.given.as_ref().map_or(0, |given| given.tries);
        move |_| again.set(Some((id.clone(), tries)))
    };
    let go = |to: usize| {
        let at = at.clone();
        move |_| at.set(to)
    };
    let place = [("number", (*at as u64 + 1).into()), ("count", (questions.len() as u64).into())];
    html! {
        <article class="card quiz" ref={node} tabindex="-1" aria-label={texts.say("quiz")} data-testid="quiz" data-question={question.id.clone()}
            data-right={given.as_ref().map(|given| given.is_right.to_string())}>
            <header class="quiz-head">
                <span class="over">{ texts.say("quiz") }</span>
                <span class="bars" aria-hidden="true">{ for questions.iter().enumerate().map(|(index, one)| bar(index == *at, one)) }</span>
                <span class="dim">{ texts.with("question-of", &place) }</span>
                <span class="grow" />
                <span class="dim">{ texts.say(kind_word(&question.kind)) }</span>
            </header>
            <h2>{ phrase(&words.title) }</h2>
            if !words.body.is_empty() { <div class="prose">{ prose(&words.body) }</div> }
            { body(question, &words, given.clone(), &on_answer) }
            <footer class="quiz-foot">
                <span aria-live="polite" class="verdict">{ given.as_ref().map(|given| verdict(&texts, given)).unwrap_or_default() }</span>
                <span class="grow" />
                <button type="button" class="btn" disabled={given.is_none()} onclick={on_again} data-testid="again">{ texts.say("answer-again") }</button>
                <button type="button" class="btn" disabled={*at == 0} onclick={go(at.saturating_sub(1))}>{ texts.say("question-before") }</button>
                <button type="button" class="btn primary" disabled={*at + 1 >= questions.len()} onclick={go(*at + 1)} data-testid="next-question">
                    { texts.say("question-next") }
                </button>
            </footer>
        </article>
    }
}

fn bar(is_present: bool, question: &QuestionView) -> Html {
    let class = match (&question.given, is_present) {
        (_, true) => "now",
        (Some(given), _) if given.is_right => "on",
        (Some(_), _) => "off",
        (None, _) => "",
    };
    html! { <i {class} /> }
}

fn verdict(texts: &Texts, given: &Given) -> Html {
    let (glyph, key) = match given.is_right {
        true => (StateGlyph::Good, "answer-right"),
        false => (StateGlyph::Bad, "answer-wrong"),
    };
    html! { <>{ state_glyph(glyph) }{ texts.say(key) }</> }
}

const fn kind_word(kind: &KindView) -> &'static str {
    match kind {
        KindView::One(_) => "kind-one",
        KindView::Many(_) => "kind-many",
        KindView::Number => "kind-number",
        KindView::Expression => "kind-expression",
        KindView::Groups { .. } => "kind-groups",
    }
}

fn body(question: &QuestionView, words: &Text, given: Option<Given>, on_answer: &Callback<String>) -> Html {
    let key = question.id.clone();
    let (words, right, on_answer) = (words.clone(), question.right.clone(), on_answer.clone());
    match &question.kind {
        KindView::One(choices) | KindView::Many(choices) => {
            let many = matches!(question.kind, KindView::Many(_));
            html! { <Choices {key} choices={choices.clone()} {many} {words} {given} {right} {on_answer} /> }
        }
        KindView::Groups { groups, members } => html! {
            <Groups {key} groups={groups.clone()} members={members.clone()} {words} {given} {right} {on_answer} />
        },
        KindView::Number | KindView::Expression => html! {
            <Written {key} is_number={question.kind == KindView::Number} {words} {given} {on_answer} />
        },
    }
}

#[derive(PartialEq, Properties)]
struct WrittenProps {
    is_number: bool,
    words: Text,
    given: Option<Given>,
    on_answer: Callback<String>,
}

/// An answer that is typed.
#[component]
fn Written(props: &WrittenProps) -> Html {
    let texts = use_texts();
    let typed = use_state(String::new);
    let on_input = {
        let typed = typed.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                typed.set(field.value());
            }
        }
    };
    let on_submit = {
        let (typed, answer) = (typed.clone(), props.on_answer.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if !typed.trim().is_empty() {
                answer.emit(typed.trim().to_owned());
            }
        }
    };
    match &props.given {
        None => html! {
            <form class="written" onsubmit={on_submit}>
                <label class="field">{ texts.say("your-answer") }
                    <input type="text" inputmode={props.is_number.then_some("decimal")} value={(*typed).clone()} oninput={on_input}
                        autocomplete="off" spellcheck="false" data-testid="written" />
                </label>
                <button type="submit" class="btn primary" data-testid="answer">{ texts.say("give-answer") }</button>
            </form>
        },
        Some(given) => html! {
            <>
                <p class="written mono">{ &given.text }</p>
                <div class="prose">{ prose(&props.words.parts.get("explanation").cloned().unwrap_or_default().body) }</div>
            </>
        },
    }
}
