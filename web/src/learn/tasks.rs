//! The tasks of a lesson in their order: reached ones with their time, the present one with what is to be done, how
//! near it is and its hints, later ones by name.

use std::rc::Rc;

use scrapeyard_core::lab::Command;
use scrapeyard_core::lab::command::Step;
use scrapeyard_core::lab::course::{HINTS, Outcome, Seen, Story, Text};
use scrapeyard_core::lab::view::{GoalView, LessonView, TaskView};
use yew::prelude::{Callback, Html, Properties, component, html};

use super::prose::{phrase, prose};
use crate::controls::painted;
use crate::query::highlight;
use crate::session::{Session, time_of_day, use_session};
use crate::shapes::{StateGlyph, state_glyph, task_glyph};
use crate::texts::{Texts, use_texts, value_shown};

/// See [`Tasks`].
#[derive(PartialEq, Properties)]
pub struct TasksProps {
    /// The lesson.
    pub lesson: LessonView,
    /// Its words.
    pub story: Rc<Story>,
}

/// The list.
#[component]
pub fn Tasks(props: &TasksProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let empty = Text::default();
    let row = |task: &TaskView| {
        let words = props.story.tasks.get(&task.id).unwrap_or(&empty);
        let step = Step { lesson: props.lesson.name.clone(), id: task.id.clone() };
        let class = match (task.progress.outcome, task.is_present) {
            (Some(_), _) => "task done",
            (None, true) => "task now",
            (None, false) => "task later",
        };
        html! {
            <li {class} data-testid="task" data-task={task.id.clone()} data-state={class}>
                { task_glyph(task.progress.outcome.map(|(_, outcome)| outcome == Outcome::Reached), task.is_present) }
                <div>
                    <h3 class="t">{ phrase(&words.title) }</h3>
                    if let Some((at, outcome)) = task.progress.outcome {
                        <p class="dim">{ texts.with(ended(outcome), &[("time", (&time_of_day(at)).into())]) }</p>
                    }
                    if task.is_present { { present(&texts, &session, task, words, &step) } }
                </div>
            </li>
        }
    };
    html! { <ol class="tasks">{ for props.lesson.tasks.iter().map(row) }</ol> }
}

const fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Reached => "task-reached-at",
        Outcome::Skipped => "task-skipped-at",
    }
}

fn present(texts: &Rc<Texts>, session: &Session, task: &TaskView, words: &Text, step: &Step) -> Html {
    let act = |command: Command| {
        let (session, texts) = (session.clone(), texts.clone());
        Callback::from(move |_: yew::MouseEvent| {
            session.act_or_tell(&command, &texts, "refused-lesson", |_| ());
        })
    };
    let hints = (1..=task.progress.hints).filter_map(|hint| words.parts.get(&format!("hint-{hint}")));
    let hints = hints.map(|hint| html! { <li>{ prose(&hint.body) }</li> }).collect::<Html>();
    let solution = words.parts.get("solution").filter(|_| task.progress.is_revealed);
    html! {
        <>
            <div class="prose">{ prose(&words.body) }</div>
            { goal(texts, &task.goal) }
            if task.progress.hints > 0 { <ol class="hints-taken" data-testid="hints">{ hints }</ol> }
            if let Some(solution) = solution {
                <div class="prose solution" data-testid="solution"><b>{ texts.say("solution") }</b>{ prose(&solution.body) }</div>
            }
            <p class="hints">
                <button type="button" class="link" disabled={task.progress.hints >= HINTS}
                    onclick={act(Command::Hint(step.clone()))} data-testid="hint">{ texts.say("next-hint") }</button>
                { pips(texts, task.progress.hints) }
                if task.progress.hints >= HINTS && !task.progress.is_revealed {
                    <button type="button" class="link" onclick={act(Command::Reveal(step.clone()))} data-testid="reveal">
                        { texts.say("show-solution") }
                    </button>
                }
                <span class="grow" />
                <button type="button" class="link" onclick={act(Command::Skip(step.clone()))} data-testid="skip">
                    { texts.say("skip-task") }
                </button>
            </p>
        </>
    }
}

/// How many hints were taken, as dots.
fn pips(texts: &Texts, taken: u32) -> Html {
    let label =
        texts.with("hints-taken", &[("taken", u64::from(taken).into()), ("all", u64::from(HINTS).into())]);
    html! {
        <span class="pips" role="img" aria-label={label}>
            { for (0..HINTS).map(|pip| html! { <i class={(pip < taken).then_some("on")} /> }) }
        </span>
    }
}

fn goal(texts: &Texts, goal: &GoalView) -> Html {
    match goal {
        GoalView::Holds { expression, seen, .. } => html! {
            <>
                <pre class="goal mono">{ painted(expression, &highlight(expression)) }</pre>
                if let Some(seen) = seen { { meter(texts, seen) } }
            </>
        },
        GoalView::Ran => html! {
            <p class="goal-way">{ state_glyph(StateGlyph::Unknown) }{ texts.say("goal-run") }
                <a class="link" href="#/query">{ texts.say("query") }</a></p>
        },
        GoalView::Answered(question) => html! {
            <p class="goal-way">{ state_glyph(StateGlyph::Unknown) }{ texts.say("goal-answer") }
                <a class="link" href={format!("#/learn?question={question}")} data-testid="to-question">{ texts.say("to-question") }</a></p>
        },
    }
}

/// How much of the way to a goal lies behind, where more is nearer: from 0 to 1.
fn nearness(seen: &Seen) -> Option<f64> {
    let rises = matches!(seen.operator.as_str(), ">" | ">=" | "==") && seen.wanted > 0.0;
    let now = seen.now.unwrap_or(0.0);
    (rises && now.is_finite() && now <= seen.wanted).then(|| (now / seen.wanted).max(0.0))
}

/// "now 3, wanted == 2"
fn meter(texts: &Texts, seen: &Seen) -> Html {
    let now = seen.now.map_or_else(|| texts.say("nothing"), value_shown);
    let wanted = format!("{} {}", seen.operator, value_shown(seen.wanted));
    let share = nearness(seen);
    html! {
        <p class="meter" data-testid="goal-seen">
            if let Some(share) = share {
                <svg class="meter-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="meter-way" width="100" height="4" /><rect class="meter-done" width={format!("{:.1}", share * 100.0)} height="4" />
                </svg>
            }
            { texts.with("goal-seen", &[("now", (&now).into()), ("wanted", (&wanted).into())]) }
        </p>
    }
}
