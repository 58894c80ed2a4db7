//! The page itself: the lessons at the side, the chosen one with its tasks and its quiz.

use gloo::events::EventListener;
use scrapeyard_core::lab::view::{GoalView, LessonView};
use scrapeyard_core::lab::{Answer, Command, Question};
use web_sys::window;
use yew::prelude::{
    Callback, Html, Properties, UseStateHandle, component, hook, html, use_effect_with, use_state,
    use_state_eq,
};

use super::prose::{phrase, prose};
use super::question::Quiz;
use super::tasks::Tasks;
use super::words::use_story;
use crate::controls::Empty;
use crate::session::{panel, use_live_answer, use_session};
use crate::shapes::lesson_crate;
use crate::texts::{Texts, use_texts};

/// How often the course is looked at.
const EVERY_MS: u32 = 1000;

/// The Learn page.
#[component]
pub fn LearnPage() -> Html {
    let texts = use_texts();
    let answer = use_live_answer(panel::COURSE, Question::Course, EVERY_MS);
    let chosen = use_state(|| None::<String>);
    let wanted = use_wanted(&chosen);
    let course = match answer.as_deref() {
        Some(Answer::Course(course)) => course,
        _ => return html! { <div class="head"><h1>{ texts.say("learn") }</h1></div> },
    };
    let of_question = wanted
        .as_ref()
        .and_then(|id| course.lessons.iter().find(|lesson| lesson.questions.iter().any(|one| one.id == *id)));
    let named = |name: &String| course.lessons.iter().find(|lesson| lesson.name == *name);
    let shown = chosen
        .as_ref()
        .and_then(named)
        .or(of_question)
        .or_else(|| course.lesson.as_ref().and_then(named))
        .or(course.lessons.first());
    let Some(shown) = shown else {
        return html! {
            <>
                <div class="head"><h1>{ texts.say("learn") }</h1></div>
                <Empty title={texts.say("no-lessons")}><p>{ texts.say("no-lessons-text") }</p></Empty>
            </>
        };
    };
    let row = |(index, lesson): (usize, &LessonView)| {
        let on_choose = {
            let (chosen, name) = (chosen.clone(), lesson.name.clone());
            Callback::from(move |()| chosen.set(Some(name.clone())))
        };
        html! {
            <Row key={lesson.name.clone()} number={index as u64 + 1} lesson={lesson.clone()} is_shown={lesson.name == shown.name} {on_choose} />
        }
    };
    html! {
        <>
            <div class="head"><h1>{ texts.say("learn") }</h1></div>
            <div class="scroll">
                <div class="learn">
                    <nav class="card lessons" aria-label={texts.say("lessons")}>
                        <ol>{ for course.lessons.iter().enumerate().map(row) }</ol>
                    </nav>
                    <Lesson lesson={shown.clone()} is_taken={course.lesson.as_ref() == Some(&shown.name)} first={wanted} />
                </div>
            </div>
        </>
    }
}

/// The question that the address names, also where it comes to name another while the page stands. The lesson that was
/// `chosen` gives way to it.
#[hook]
fn use_wanted(chosen: &UseStateHandle<Option<String>>) -> Option<String> {
    let wanted = use_state_eq(question_in_address);
    let (now, chosen) = (wanted.clone(), chosen.clone());
    use_effect_with((), move |()| {
        let changed = move |_: &web_sys::Event| {
            chosen.set(None);
            now.set(question_in_address());
        };
        let listener = window().map(|window| EventListener::new(&window, "hashchange", changed));
        move || drop(listener)
    });
    (*wanted).clone()
}

/// `#/learn?question=ID`
fn question_in_address() -> Option<String> {
    let hash = window()?.location().hash().ok()?;
    hash.split_once("?question=").map(|(_, id)| id.to_owned())
}

#[derive(PartialEq, Properties)]
struct RowProps {
    number: u64,
    lesson: LessonView,
    is_shown: bool,
    on_choose: Callback<()>,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let texts = use_texts();
    let story = use_story(&props.lesson.name);
    let done = props.lesson.tasks.iter().filter(|task| task.progress.outcome.is_some()).count();
    let right =
        props.lesson.questions.iter().filter(|one| one.given.as_ref().is_some_and(|given| given.is_right));
    let (done, all) = (done + right.count(), props.lesson.tasks.len() + props.lesson.questions.len());
    let on_choose = props.on_choose.clone();
    html! {
        <li>
            <button type="button" class="lesson-row" aria-current={props.is_shown.then_some("true")}
                onclick={move |_| on_choose.emit(())} data-testid="lesson" data-lesson={props.lesson.name.clone()}>
                { lesson_crate(done, all) }
                <span>{ format!("{}. ", props.number) }{ phrase(&story.title) }</span>
                <span class="dim" title={texts.with("lesson-progress", &[("done", (done as u64).into()), ("all", (all as u64).into())])}>
                    { format!("{done}/{all}") }
                </span>
            </button>
        </li>
    }
}

/// To where the present task is done.
fn way(texts: &Texts, lesson: &LessonView) -> Html {
    let present = lesson.tasks.iter().find(|task| task.is_present);
    let (href, key) = match present.map(|task| &task.goal) {
        Some(GoalView::Ran) => ("#/query".to_owned(), "lesson-to-query"),
        Some(GoalView::Answered(question)) => (format!("#/learn?question={question}"), "to-question"),
        _ => ("#/yard".to_owned(), "lesson-to-yard"),
    };
    html! { <a class="btn primary" {href} data-testid="to-task">{ texts.say(key) }</a> }
}

#[derive(PartialEq, Properties)]
struct LessonProps {
    lesson: LessonView,
    is_taken: bool,
    first: Option<String>,
}

#[component]
fn Lesson(props: &LessonProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let story = use_story(&props.lesson.name);
    let name = &props.lesson.name;
    let act = |command: Command| {
        let (session, texts) = (session.clone(), texts.clone());
        move |_| session.act_or_tell(&command, &texts, "refused-lesson", |_| ())
    };
    let is_begun = props.lesson.tasks.iter().any(|task| task.progress.outcome.is_some());
    html! {
        <div class="lesson-view">
            <section class="card lesson-story" aria-label={story.title.clone()}>
                <h2>{ phrase(&story.title) }</h2>
                <div class="prose">{ prose(&story.opening) }</div>
                <p class="lesson-deeds">
                    if !props.is_taken {
                        <button type="button" class="btn primary" onclick={act(Command::Lesson(name.clone()))} data-testid="take-up">
                            { texts.say(if is_begun { "lesson-go-on" } else { "lesson-begin" }) }
                        </button>
                    } else {
                        { way(&texts, &props.lesson) }
                    }
                    if is_begun {
                        <button type="button" class="btn" onclick={act(Command::Again(name.clone()))} data-testid="lesson-again">
                            { texts.say("lesson-again") }
                        </button>
                    }
                </p>
                if props.is_taken { <Tasks lesson={props.lesson.clone()} story={story.clone()} /> }
            </section>
            <Quiz lesson={props.lesson.clone()} {story} first={props.first.clone()} />
        </div>
    }
}
