//! The lines that a container writes, as they come. New lines are asked for alone; the end stays in sight as long as the
//! reader does not leave it.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Interval;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{LogLineView, LogView};
use scrapeyard_core::lab::{Answer, Question};
use web_sys::Element;
use yew::prelude::{
    AttrValue, Event, Html, Properties, TargetCast, UseStateHandle, component, hook, html, use_effect_with,
    use_node_ref, use_state_eq,
};

use crate::session::{Asked, Session, panel, time_of_day, use_session};
use crate::texts::use_texts;

/// How often it is asked for new lines, in milliseconds of real time.
const EVERY_MS: u32 = 400;
/// So many lines are shown: the newest.
const MOST_LINES: usize = 300;
/// Nearer to the end than this is at the end, in pixels.
const NEAR_PX: i32 = 8;

/// What is known of a log.
#[derive(Clone, Debug, Default, PartialEq)]
struct Lines {
    /// The newest, the oldest of them first.
    kept: Rc<Vec<LogLineView>>,
    /// The number of the line that comes next.
    next: u64,
}

impl Lines {
    /// With what was answered to the question for lines from `self.next` on.
    fn and(&self, answer: &LogView) -> Self {
        // A log that is shorter than it was is another one: the lab went back.
        let (mut kept, lost) = match answer.next < self.next {
            true => return Self::default(),
            false => ((*self.kept).clone(), answer.next - self.next > answer.lines.len() as u64),
        };
        if lost {
            kept.clear();
        }
        kept.extend(answer.lines.iter().cloned());
        kept.drain(..kept.len().saturating_sub(MOST_LINES));
        Self { kept: Rc::new(kept), next: answer.next }
    }

    /// The number of the oldest line that is shown.
    fn first(&self) -> u64 {
        self.next - self.kept.len() as u64
    }
}

/// The log of a container, kept up to date; `None` before anything is known.
#[hook]
fn use_log(container: &AttrValue) -> Option<Lines> {
    let session = use_session();
    let lines = use_state_eq(|| None::<Lines>);
    let shown = lines.clone();
    use_effect_with(container.clone(), move |container| {
        let container = container.to_string();
        let reading = Reading { known: Rc::default(), waiting: Rc::default(), asked_for: Cell::new(None) };
        reading.read(&session, &container, &lines);
        let interval = Interval::new(EVERY_MS, move || reading.read(&session, &container, &lines));
        move || drop(interval)
    });
    (*shown).clone()
}

struct Reading {
    known: Rc<std::cell::RefCell<Lines>>,
    waiting: Rc<Cell<bool>>,
    /// For which state of the lab was asked last.
    asked_for: Cell<Option<(Timestamp, u64)>>,
}

impl Reading {
    fn read(&self, session: &Session, container: &str, lines: &UseStateHandle<Option<Lines>>) {
        let state = (session.now(), session.revision());
        if self.waiting.get() || self.asked_for.replace(Some(state)) == Some(state) {
            return;
        }
        self.waiting.set(true);
        let (known, waiting, lines) = (self.known.clone(), self.waiting.clone(), lines.clone());
        let since = known.borrow().next;
        session.ask(panel::LOGS, Question::Logs { container: container.to_owned(), since }, move |asked| {
            waiting.set(false);
            let Asked::Answered(_, answer) = asked else { return };
            let Answer::Logs(answer) = &*answer else { return };
            let now = known.borrow().and(answer);
            known.replace(now.clone());
            lines.set(Some(now));
        });
    }
}

/// See [`ContainerLog`].
#[derive(PartialEq, Properties)]
pub struct ContainerLogProps {
    /// The container's name.
    pub container: AttrValue,
}

/// The log with its head.
#[component]
pub fn ContainerLog(props: &ContainerLogProps) -> Html {
    let texts = use_texts();
    let log = use_log(&props.container);
    let follows = use_state_eq(|| true);
    let window = use_node_ref();
    use_effect_with((log.clone(), *follows), {
        let window = window.clone();
        move |(_, follows)| {
            if let Some(window) = window.cast::<Element>().filter(|_| *follows) {
                window.set_scroll_top(window.scroll_height());
            }
        }
    });
    let on_scroll = {
        let follows = follows.clone();
        move |event: Event| {
            if let Some(window) = event.target_dyn_into::<Element>() {
                let below = window.scroll_height() - window.client_height() - window.scroll_top();
                follows.set(below <= NEAR_PX);
            }
        }
    };
    let on_follow = {
        let follows = follows.clone();
        move |_| follows.set(!*follows)
    };
    let title = texts.say("container-log");
    let line = |(index, line): (usize, &LogLineView)| {
        let number = log.as_ref().map_or(0, Lines::first) + index as u64;
        html! {
            <div key={number} class="log-line" data-testid="log-line" data-number={number.to_string()}>
                <time>{ time_of_day(line.at) }</time><span>{ &line.text }</span>
            </div>
        }
    };
    let kept = log.as_ref().map(|log| Rc::clone(&log.kept));
    html! {
        <section class="metrics-page" aria-label={title.clone()}>
            <header class="page-head">
                <h3>{ &title }</h3>
                if log.as_ref().is_some_and(|log| log.first() > 0) {
                    <span class="small dim">{ texts.with("log-newest", &[("count", kept.as_ref().map_or(0, |kept| kept.len()).into())]) }</span>
                }
                <span class="grow" />
                <button type="button" class="btn" aria-pressed={follows.to_string()} onclick={on_follow} data-testid="log-follow">
                    { texts.say("log-follow") }
                </button>
            </header>
            <div class="log-lines" ref={window} tabindex="0" role="group" aria-label={title} onscroll={on_scroll}
                data-testid="container-log">
                { match &kept {
                    None => html! { <p class="dim" role="status">{ texts.say("page-loading") }</p> },
                    Some(kept) if kept.is_empty() => html! { <p class="dim">{ texts.say("log-empty") }</p> },
                    Some(kept) => kept.iter().enumerate().map(line).collect(),
                } }
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(lines: std::ops::Range<u64>) -> LogView {
        let line = |number: u64| LogLineView { at: Timestamp(number as i64), text: number.to_string() };
        LogView { next: lines.end, lines: lines.map(line).collect() }
    }

    #[test]
    fn new_lines_are_added_and_the_oldest_go() {
        let first = Lines::default().and(&answer(0..200));
        assert_eq!((first.first(), first.next, first.kept.len()), (0, 200, 200));
        let more = first.and(&answer(200..350));
        assert_eq!((more.first(), more.kept[0].text.as_str(), more.kept.len()), (50, "50", MOST_LINES));
    }

    #[test]
    fn a_stretch_that_was_missed_leaves_no_seam_and_a_shorter_log_begins_anew() {
        let first = Lines::default().and(&answer(0..10));
        let later = first.and(&answer(600..1100));
        assert_eq!((later.first(), later.kept.len()), (800, MOST_LINES));
        assert_eq!(first.and(&answer(5..5)), Lines::default());
    }
}
