//! Scrapes as they happen: each runs along its lane once. Reads the lab's event feed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Interval;
use scrapeyard_core::lab::view::TargetView;
use scrapeyard_core::lab::{Answer, EventKind, Question};
use yew::prelude::{UseStateHandle, hook, use_effect_with, use_state_eq};

use crate::session::{Asked, Session, now_ms, panel, use_session};

/// How often the feed is read, in milliseconds.
const READ_MS: u32 = 90;
/// How long a pulse is kept, in milliseconds: longer than it runs.
const KEPT_MS: f64 = 1100.0;
/// More pulses than this at once are a blur.
const MOST_PULSES: usize = 24;

/// A scrape on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapePulse {
    /// The event's number.
    pub sequence: u64,
    /// The job of the target.
    pub job: String,
    /// Its `instance` label.
    pub instance: String,
    /// Whether samples came back.
    pub worked: bool,
    born_ms: f64,
}

impl ScrapePulse {
    /// Whether it is a scrape of this target.
    pub fn is_of(&self, target: &TargetView) -> bool {
        let labels = &target.labels;
        labels.get("job") == Some(&self.job) && labels.get("instance") == Some(&self.instance)
    }
}

#[derive(Default)]
struct Reading {
    /// The next event to ask for; `None` before the first answer, whose events are past.
    next: Cell<Option<u64>>,
    waiting: Cell<bool>,
    alive: RefCell<Vec<ScrapePulse>>,
}

/// The scrapes of the last second of real time; none while `still`.
#[hook]
pub fn use_scrape_pulses(still: bool) -> Rc<Vec<ScrapePulse>> {
    let session = use_session();
    let pulses = use_state_eq(|| Rc::new(Vec::<ScrapePulse>::new()));
    let shown = Rc::clone(&pulses);
    use_effect_with(still, move |still| {
        let reading = Rc::new(Reading::default());
        if *still {
            pulses.set(Rc::default());
        }
        let interval = (!still).then(|| Interval::new(READ_MS, move || read(&reading, &session, &pulses)));
        move || drop(interval)
    });
    shown
}

fn read(reading: &Rc<Reading>, session: &Session, pulses: &UseStateHandle<Rc<Vec<ScrapePulse>>>) {
    let now_ms = now_ms();
    reading.alive.borrow_mut().retain(|pulse| now_ms - pulse.born_ms < KEPT_MS);
    pulses.set(Rc::new(reading.alive.borrow().clone()));
    if reading.waiting.replace(true) {
        return;
    }
    let first = reading.next.get().is_none();
    let since = reading.next.get().unwrap_or(0);
    let reading = Rc::clone(reading);
    session.ask(panel::EVENTS, Question::Events { since }, move |asked| {
        reading.waiting.set(false);
        let Asked::Answered(_, answer) = asked else { return };
        let Answer::Events(feed) = &*answer else { return };
        reading.next.set(Some(feed.next));
        if first {
            return;
        }
        let mut alive = reading.alive.borrow_mut();
        for event in &feed.events {
            if let EventKind::Scraped { job, instance, error, .. } = &event.kind {
                let (job, instance) = (job.clone(), instance.clone());
                let pulse = ScrapePulse {
                    sequence: event.sequence,
                    job,
                    instance,
                    worked: error.is_empty(),
                    born_ms: now_ms,
                };
                alive.push(pulse);
            }
        }
        let surplus = alive.len().saturating_sub(MOST_PULSES);
        alive.drain(..surplus);
    });
}
