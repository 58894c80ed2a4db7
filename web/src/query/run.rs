//! Asks for a query's value and keeps it up to date while it follows the present.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Interval;
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::view::QueryView;
use scrapeyard_core::lab::wire::{PanelId, RequestId};
use scrapeyard_core::lab::{Answer, Problem, Question, StoreId};
use yew::Callback;
use yew::prelude::{UseStateHandle, hook, use_effect_with, use_mut_ref, use_state};

use super::settings::{End, Settings};
use crate::session::{Asked, Session, now_ms, use_session};

/// How often it is looked whether the value is old, in milliseconds.
const LOOK_MS: u32 = 60;
/// A value that follows the present is asked for this often at most, and never more than half of the time.
const FOLLOW_MS: f64 = 350.0;
/// A question that takes longer than this is said to be under way.
const SLOW_MS: f64 = 400.0;

/// A query that is to be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Where its value is shown.
    pub panel: PanelId,
    /// The store; it may differ from the one in the settings.
    pub store: StoreId,
    /// The expression.
    pub expression: String,
    /// Time and step.
    pub settings: Settings,
    /// Rises when the same is asked again by hand.
    pub number: u64,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A value.
    Value {
        /// The value.
        view: Rc<QueryView>,
        /// Of which expression. The next one may have been asked for meanwhile.
        expression: String,
        /// The left end of the graph.
        from: Timestamp,
        /// Its right end.
        to: Timestamp,
        /// Between two values.
        step: Millis,
        /// How long it took from question to answer, in milliseconds.
        took_ms: f64,
    },
    /// Not possible.
    Problems(Vec<Problem>),
    /// The reader ended it.
    Cancelled,
}

/// A query with its course.
#[derive(Clone)]
pub struct Running {
    /// What came of the newest question that has ended.
    pub outcome: Option<Rc<Outcome>>,
    /// Thousandths of a question that takes long.
    pub permille: Option<u32>,
    /// Ends the question that is under way.
    pub cancel: Callback<()>,
}

#[derive(Default)]
struct Course {
    waiting: Cell<Option<RequestId>>,
    asked_ms: Cell<f64>,
    took_ms: Cell<f64>,
    asked_for: Cell<Option<(Timestamp, u64)>>,
    stopped: Cell<bool>,
    permille: Cell<u32>,
    slow_shown: Cell<bool>,
}

/// The value of `wanted`, if anything is.
#[hook]
pub fn use_query(wanted: Option<Wanted>) -> Running {
    let session = use_session();
    let outcome = use_state(|| None::<Rc<Outcome>>);
    let permille = use_state(|| None::<u32>);
    let current = use_mut_ref(|| None::<Rc<Course>>);
    let (shown, progress) = ((*outcome).clone(), *permille);
    let cancel = {
        let (session, current) = (session.clone(), Rc::clone(&current));
        Callback::from(move |()| {
            if let Some(course) = current.borrow().as_ref()
                && let Some(request) = course.waiting.get()
            {
                course.stopped.set(true);
                session.cancel(request);
            }
        })
    };
    use_effect_with(wanted, move |wanted| {
        let interval = wanted.clone().map(|wanted| {
            let course = Rc::new(Course::default());
            *current.borrow_mut() = Some(Rc::clone(&course));
            let asker = Asker { session, wanted, outcome, permille, course };
            asker.look();
            Interval::new(LOOK_MS, move || asker.look())
        });
        move || drop(interval)
    });
    Running { outcome: shown, permille: progress, cancel }
}

struct Asker {
    session: Session,
    wanted: Wanted,
    outcome: UseStateHandle<Option<Rc<Outcome>>>,
    permille: UseStateHandle<Option<u32>>,
    course: Rc<Course>,
}

impl Asker {
    /// Asks where the value is old; shows how far a slow question has come.
    fn look(&self) {
        let course = &self.course;
        let elapsed_ms = now_ms() - course.asked_ms.get();
        if course.waiting.get().is_some() {
            if elapsed_ms > SLOW_MS {
                course.slow_shown.set(true);
                self.permille.set(Some(course.permille.get()));
            }
            return;
        }
        if course.stopped.get() {
            return;
        }
        let state = (self.session.now(), self.session.revision());
        let first = course.asked_for.get().is_none();
        let follows = self.wanted.settings.end == End::Live && course.asked_for.get() != Some(state);
        let due = elapsed_ms > FOLLOW_MS.max(course.took_ms.get() * 2.0);
        if first || (follows && due) {
            course.asked_for.set(Some(state));
            self.ask(state.0);
        }
    }

    fn ask(&self, now: Timestamp) {
        let (course, settings) = (Rc::clone(&self.course), &self.wanted.settings);
        let range = settings.range(now);
        let to = settings.last(now);
        let (from, step) = (to.saturating_sub(settings.length), settings.step());
        let question = Question::Query {
            store: self.wanted.store.clone(),
            range,
            expression: self.wanted.expression.clone(),
        };
        course.asked_ms.set(now_ms());
        course.permille.set(0);
        let (outcome, permille) = (self.outcome.clone(), self.permille.clone());
        let expression = self.wanted.expression.clone();
        let (heard, settled) = (Rc::clone(&course), Rc::clone(&course));
        let then = move |asked| {
            let took_ms = now_ms() - settled.asked_ms.get();
            settled.waiting.set(None);
            settled.took_ms.set(took_ms);
            if settled.slow_shown.replace(false) {
                permille.set(None);
            }
            if let Some(new) =
                outcome_of(asked, expression.clone(), (from, to, step), took_ms, settled.stopped.get())
            {
                // What is refused now is refused again: it is not asked again by itself.
                settled.stopped.set(settled.stopped.get() || matches!(new, Outcome::Problems(_)));
                outcome.set(Some(Rc::new(new)));
            }
        };
        let progress = move |permille| heard.permille.set(permille);
        let request = self.session.ask_long(self.wanted.panel, question, then, progress);
        course.waiting.set(Some(request));
    }
}

fn outcome_of(
    asked: Asked,
    expression: String,
    shown: (Timestamp, Timestamp, Millis),
    took_ms: f64,
    stopped: bool,
) -> Option<Outcome> {
    let (from, to, step) = shown;
    match asked {
        Asked::Answered(_, answer) => match &*answer {
            Answer::Query(view) => {
                Some(Outcome::Value { view: Rc::new(view.clone()), expression, from, to, step, took_ms })
            }
            _ => None,
        },
        Asked::Refused(problems) => Some(Outcome::Problems(problems)),
        Asked::Ended => stopped.then_some(Outcome::Cancelled),
    }
}
