//! Asks the queries of a panel, all for the same instant, and again as often as the board says.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Interval;
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::board::{Target, steps_over};
use scrapeyard_core::lab::view::QueryView;
use scrapeyard_core::lab::wire::{PanelId, RequestId};
use scrapeyard_core::lab::{Answer, Problem, Question, Range, StoreId};
use yew::prelude::{UseStateHandle, hook, use_effect_with, use_state};

use crate::session::{Asked, Session, now_ms, use_session};

/// How often it is looked whether the values are old, in milliseconds.
const LOOK_MS: u32 = 80;
/// Values are asked for this often at most in real time, and never more than a third of the time.
const LEAST_MS: f64 = 400.0;

/// What a panel asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// The first of the places in which its queries are answered, one a query.
    pub first: u32,
    /// The queries.
    pub targets: Vec<Target>,
    /// How much time is shown, up to the present.
    pub range: Millis,
    /// A stretch of the past that is shown instead.
    pub window: Option<(Timestamp, Timestamp)>,
    /// How often they are asked again, in virtual time.
    pub refresh: Option<Millis>,
    /// Rises when they are to be asked again by hand.
    pub nudge: u64,
}

/// What came of one query.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A value.
    View(Rc<QueryView>),
    /// It was not possible.
    Problems(Vec<Problem>),
    /// There is no expression yet.
    Nothing,
}

/// The values of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// The left end of what is shown.
    pub from: Timestamp,
    /// Its right end.
    pub to: Timestamp,
    /// Between two values.
    pub step: Millis,
    /// The queries as they were asked.
    pub targets: Vec<Target>,
    /// One a query, in their order.
    pub each: Vec<Value>,
}

impl Values {
    /// What came of the query of that name.
    pub fn of(&self, ref_id: &str) -> Option<&Value> {
        let place = self.targets.iter().position(|target| target.ref_id == ref_id)?;
        self.each.get(place)
    }
}

/// The values of what is asked; `None` before the first came.
#[hook]
pub fn use_values(asking: Asking) -> Option<Rc<Values>> {
    let session = use_session();
    let values = use_state(|| None::<Rc<Values>>);
    let shown = (*values).clone();
    use_effect_with(asking, move |asking| {
        let course = Rc::new(Course::default());
        let asking = Rc::new(asking.clone());
        let asker = Asker { session: session.clone(), asking, values, course: Rc::clone(&course) };
        asker.look();
        let interval = Interval::new(LOOK_MS, move || asker.look());
        move || {
            drop(interval);
            // What nobody will look at is not computed to its end.
            course.ended.set(true);
            course.waiting.borrow().iter().for_each(|request| session.cancel(*request));
        }
    });
    shown
}

#[derive(Default)]
struct Course {
    ended: Cell<bool>,
    waiting: RefCell<Vec<RequestId>>,
    answers: RefCell<Vec<Option<Value>>>,
    asked_at: Cell<Option<Timestamp>>,
    asked_ms: Cell<f64>,
    took_ms: Cell<f64>,
}

struct Asker {
    session: Session,
    asking: Rc<Asking>,
    values: UseStateHandle<Option<Rc<Values>>>,
    course: Rc<Course>,
}

impl Asker {
    fn look(&self) {
        let course = &self.course;
        if !course.waiting.borrow().is_empty() {
            return;
        }
        let now = self.session.now();
        let is_due = match (course.asked_at.get(), self.asking.refresh) {
            (None, _) => true,
            _ if self.asking.window.is_some() => false,
            // After going back in time what is shown lies in the future.
            (Some(at), _) if now < at => true,
            (Some(at), Some(every)) => now - at >= every,
            (Some(_), None) => false,
        };
        let elapsed_ms = now_ms() - course.asked_ms.get();
        if course.asked_at.get().is_none()
            || (is_due && elapsed_ms > LEAST_MS.max(course.took_ms.get() * 3.0))
        {
            self.ask(now);
        }
    }

    fn ask(&self, now: Timestamp) {
        let course = &self.course;
        course.asked_at.set(Some(now));
        course.asked_ms.set(now_ms());
        let (range, last) = match self.asking.window {
            Some((from, to)) => (to - from, to),
            None => (self.asking.range, now),
        };
        let (from, to, step) = steps_over(range, last);
        course.answers.replace(vec![None; self.asking.targets.len()]);
        for (index, target) in self.asking.targets.iter().enumerate() {
            let store = target.datasource.parse::<StoreId>();
            let early = match &store {
                _ if target.expr.trim().is_empty() => Some(Value::Nothing),
                Err(problem) => Some(Value::Problems(vec![problem.clone()])),
                Ok(_) => None,
            };
            if early.is_some() {
                course.answers.borrow_mut()[index] = early;
                continue;
            }
            let range = if target.instant { Range::At(to) } else { Range::Steps { from, to, step } };
            let question =
                Question::Query { store: store.unwrap_or_default(), range, expression: target.expr.clone() };
            let place = PanelId(self.asking.first + index as u32);
            let (heard, values) = (Rc::clone(course), self.values.clone());
            let asking = Rc::clone(&self.asking);
            let request = self.session.ask(place, question, move |asked| {
                if heard.hear(index, asked) {
                    heard.finish(&asking, &values, (from, to, step));
                }
            });
            course.waiting.borrow_mut().push(request);
        }
        if course.waiting.borrow().is_empty() {
            course.finish(&self.asking, &self.values, (from, to, step));
        }
    }
}

impl Course {
    /// Takes an answer; `true` when it was the last one.
    fn hear(&self, index: usize, asked: Asked) -> bool {
        if self.ended.get() {
            return false;
        }
        let value = match asked {
            Asked::Answered(_, answer) => match &*answer {
                Answer::Query(view) => Some(Value::View(Rc::new(view.clone()))),
                _ => None,
            },
            Asked::Refused(problems) => Some(Value::Problems(problems)),
            Asked::Ended => None,
        };
        self.answers.borrow_mut()[index] = Some(value.unwrap_or(Value::Nothing));
        self.answers.borrow().iter().all(Option::is_some)
    }

    fn finish(
        &self,
        asking: &Asking,
        values: &UseStateHandle<Option<Rc<Values>>>,
        (from, to, step): (Timestamp, Timestamp, Millis),
    ) {
        self.waiting.borrow_mut().clear();
        self.took_ms.set(now_ms() - self.asked_ms.get());
        let each = self.answers.take().into_iter().flatten().collect();
        values.set(Some(Rc::new(Values { from, to, step, targets: asking.targets.clone(), each })));
    }
}
