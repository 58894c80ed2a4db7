//! Answers that keep up with the lab: asked again when time has passed or something was done, one question at a time.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Interval;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::wire::PanelId;
use scrapeyard_core::lab::{Answer, Question};
use yew::prelude::{UseStateHandle, hook, use_effect_with, use_state_eq};

use super::handle::{Asked, Session, use_session};

/// How often it is looked whether an answer is old, in milliseconds.
const LOOK_MS: u32 = 60;

#[derive(Default)]
struct Course {
    waiting: Cell<bool>,
    /// For which state of the lab the last question was asked.
    asked_for: Cell<Option<(Timestamp, u64)>>,
    looks: Cell<u32>,
}

/// The newest answer to `question`, asked again at most every `every_ms` milliseconds while the lab changes.
#[hook]
pub fn use_live_answer(panel: PanelId, question: Question, every_ms: u32) -> Option<Rc<Answer>> {
    let session = use_session();
    let answer = use_state_eq(|| None::<Rc<Answer>>);
    let shown = answer.clone();
    use_effect_with((panel, question, every_ms), move |(panel, question, every_ms)| {
        let course = Rc::new(Course::default());
        let (panel, question, looks) = (*panel, question.clone(), every_ms.div_ceil(LOOK_MS));
        let look = move || look(&course, &session, panel, &question, looks, &answer);
        look();
        let interval = Interval::new(LOOK_MS, look);
        move || drop(interval)
    });
    (*shown).clone()
}

fn look(
    course: &Rc<Course>,
    session: &Session,
    panel: PanelId,
    question: &Question,
    every_looks: u32,
    answer: &UseStateHandle<Option<Rc<Answer>>>,
) {
    let state = (session.now(), session.revision());
    let asked_for = course.asked_for.get();
    let acted = asked_for.is_none_or(|(_, revision)| revision != state.1);
    let looks = course.looks.get();
    course.looks.set(looks.saturating_add(1));
    if course.waiting.get() || asked_for == Some(state) || (looks < every_looks && !acted) {
        return;
    }
    course.waiting.set(true);
    course.looks.set(0);
    course.asked_for.set(Some(state));
    let (course, answer) = (Rc::clone(course), answer.clone());
    session.ask(panel, question.clone(), move |asked| {
        course.waiting.set(false);
        if let Asked::Answered(_, new) = asked {
            answer.set(Some(new));
        }
    });
}
