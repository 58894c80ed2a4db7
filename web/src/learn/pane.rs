//! The lesson beside a page: docked where the window is wide, a strip with a sheet where it is not. Nothing where no
//! lesson was taken up.

use std::rc::Rc;

use gloo::timers::callback::Interval;
use scrapeyard_core::lab::course::{Outcome, Story};
use scrapeyard_core::lab::view::{CourseView, LessonView, TaskView};
use scrapeyard_core::lab::{Answer, Question};
use yew::prelude::{
    Callback, Html, Properties, component, hook, html, use_effect_with, use_mut_ref, use_state, use_state_eq,
};

use super::prose::{phrase, prose};
use super::tasks::Tasks;
use super::words::use_story;
use crate::controls::Sheet;
use crate::route::Route;
use crate::session::{Asked, Notice, panel, use_live_answer, use_session};
use crate::shapes::{Icon, icon, progress_crates};
use crate::texts::use_texts;

/// How often it is looked whether a lesson was taken up.
const LOOK_MS: u32 = 500;
/// How often a taken lesson is looked at.
const EVERY_MS: u32 = 1000;

/// The pane.
#[component]
pub fn LessonPane() -> Html {
    let session = use_session();
    let lesson = use_state_eq(|| None::<String>);
    let known = lesson.clone();
    use_effect_with((), move |()| {
        let mut asked_for = None;
        let mut look = move || {
            let revision = session.revision();
            if asked_for.replace(revision) == Some(revision) {
                return;
            }
            let lesson = lesson.clone();
            session.ask(panel::LESSON, Question::Course, move |asked| {
                if let Asked::Answered(_, answer) = asked
                    && let Answer::Course(course) = &*answer
                {
                    lesson.set(course.lesson.clone());
                }
            });
        };
        look();
        let interval = Interval::new(LOOK_MS, look);
        move || drop(interval)
    });
    match &*known {
        Some(_) => html! { <Taken /> },
        None => Html::default(),
    }
}

/// The lesson that was taken up, within the course.
pub fn taken(course: &CourseView) -> Option<&LessonView> {
    course.lessons.iter().find(|lesson| Some(&lesson.name) == course.lesson.as_ref())
}

#[component]
fn Taken() -> Html {
    let answer = use_live_answer(panel::LESSON, Question::Course, EVERY_MS);
    let lesson = answer.as_deref().and_then(|answer| match answer {
        Answer::Course(course) => taken(course),
        _ => None,
    });
    match lesson {
        Some(lesson) => html! { <Pane lesson={lesson.clone()} /> },
        None => Html::default(),
    }
}

#[derive(PartialEq, Properties)]
struct PaneProps {
    lesson: LessonView,
}

/// Tells the reader when a task has been reached since the last look.
#[hook]
fn use_reached_told(lesson: &LessonView, story: &Rc<Story>) {
    let (texts, session, known) = (use_texts(), use_session(), use_mut_ref(|| None::<(String, usize)>));
    let is_reached = |task: &&TaskView| matches!(task.progress.outcome, Some((_, Outcome::Reached)));
    let reached: Vec<String> = lesson.tasks.iter().filter(is_reached).map(|task| task.id.clone()).collect();
    let story = Rc::clone(story);
    use_effect_with((lesson.name.clone(), reached), move |(name, reached)| {
        let before = known.replace(Some((name.clone(), reached.len())));
        let title = reached.last().and_then(|last| story.tasks.get(last)).map(|task| &task.title);
        if let (Some((of, count)), Some(title)) = (before, title)
            && of == *name
            && reached.len() > count
        {
            let text = texts.with("task-reached", &[("task", title.into())]);
            session.notify(Notice::done(text));
        }
    });
}

#[component]
fn Pane(props: &PaneProps) -> Html {
    let texts = use_texts();
    let story = use_story(&props.lesson.name);
    let (is_folded, is_open) = (use_state(|| false), use_state(|| false));
    let tasks = &props.lesson.tasks;
    use_reached_told(&props.lesson, &story);
    let present = tasks.iter().position(|task| task.is_present);
    let place = match present {
        Some(index) => texts.with(
            "task-of",
            &[("number", (index as u64 + 1).into()), ("count", (tasks.len() as u64).into())],
        ),
        None => texts.say("lesson-done"),
    };
    let title = present
        .and_then(|index| story.tasks.get(&tasks[index].id))
        .map_or_else(|| story.title.clone(), |task| task.title.clone());
    let fold = {
        let is_folded = is_folded.clone();
        move |_| is_folded.set(!*is_folded)
    };
    let set_open = |to: bool| {
        let is_open = is_open.clone();
        Callback::from(move |()| is_open.set(to))
    };
    let open = set_open(true);
    let inside = html! {
        <>
            <div class="prose">{ prose(&story.opening) }</div>
            <Tasks lesson={props.lesson.clone()} story={story.clone()} />
            if present.is_none() {
                <p class="lesson-over">{ texts.say("lesson-over") }{ " " }
                    <a class="link" href={Route::Learn.href()}>{ texts.say("to-questions") }</a></p>
            }
        </>
    };
    let fold_label = texts.say(if *is_folded { "lesson-unfold" } else { "lesson-fold" });
    html! {
        <>
            <aside class={if *is_folded { "pane folded" } else { "pane" }} aria-label={texts.say("lesson")} data-testid="lesson-pane">
                <header class="pane-head">
                    <div>
                        <a class="over" href={Route::Learn.href()}>{ texts.say("learn") }</a>
                        <h2>{ phrase(&story.title) }</h2>
                        <p class="crates">{ progress_crates(tasks) }<span class="dim">{ &place }</span></p>
                    </div>
                    <button type="button" class="icon" aria-label={fold_label.clone()} title={fold_label}
                        aria-expanded={(!*is_folded).to_string()} onclick={fold} data-testid="lesson-fold">
                        { icon(Icon::Next) }
                    </button>
                </header>
                if !*is_folded { <div class="pane-body" tabindex="0">{ inside.clone() }</div> }
            </aside>
            <button type="button" class="peek" onclick={move |_| open.emit(())} data-testid="lesson-peek">
                <span class="crates">{ progress_crates(tasks) }</span>
                <span class="dim">{ place }</span>
                <b>{ phrase(&title) }</b>
                { icon(Icon::Next) }
            </button>
            if *is_open {
                <Sheet title={story.title.clone()} on_close={set_open(false)} test_id="lesson-sheet">{ inside }</Sheet>
            }
        </>
    }
}
