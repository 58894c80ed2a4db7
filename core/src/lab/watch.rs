//! Carries what yard and Prometheus tell into the feed, and tells the observer when labels may have changed.

use super::event::{ContainerChange, EventKind};
use super::served::Served;
use super::state::State;
use crate::scrape;
use crate::sim::{ActorId, Called, LifeChange, Notice, NoticeEvent, Party};

impl State {
    /// Takes out all that is new since the last step of the yard.
    pub(super) fn take_news(&mut self) {
        take_notices(self);
    }
}

fn take_notices(state: &mut State) {
    let (notices, _lost) = state.yard.take_notices();
    let mut called = Vec::new();
    for Notice { at, event } in notices {
        match event {
            NoticeEvent::Life { container, name, change } => {
                state.truth.directory_changed();
                state.find_prometheuses();
                if change == LifeChange::Removed {
                    state.served.remove(&container);
                }
                if let Some(change) = container_change(change) {
                    let service = state.yard.container(container).map(|view| view.service.to_string());
                    let kind = EventKind::Container {
                        container: name.to_string(),
                        service: service.unwrap_or_default(),
                        change,
                    };
                    state.feed.push(at, kind);
                }
            }
            NoticeEvent::Log { container, line } => {
                let kind =
                    EventKind::Log { container: state.container_name(container), line: line.to_string() };
                state.feed.push(at, kind);
            }
            NoticeEvent::Called(call) => called.push(call),
            NoticeEvent::Sent { .. } => {}
        }
    }
    take_scrapes(state, &called);
}

const fn container_change(change: LifeChange) -> Option<ContainerChange> {
    Some(match change {
        LifeChange::Created => ContainerChange::Created,
        LifeChange::Started => ContainerChange::Started,
        LifeChange::Listening { .. } => ContainerChange::Ready,
        LifeChange::Exited { code } => ContainerChange::Exited { code },
        LifeChange::Paused => ContainerChange::Paused,
        LifeChange::Unpaused => ContainerChange::Unpaused,
        LifeChange::Removed => ContainerChange::Removed,
        LifeChange::Stopping => return None,
    })
}

/// Takes the events of each Prometheus. The yard tells in the same step who was reached by the scrapes that ended.
fn take_scrapes(state: &mut State, called: &[Called]) {
    for index in 0..state.prometheuses.len() {
        let actor = state.prometheuses[index];
        let taken = state.yard.with_program(actor, |program, _context| {
            program.as_prometheus_mut().map(super::programs::Prometheus::take_events).unwrap_or_default()
        });
        let Some(events) = taken.filter(|events| !events.is_empty()) else { continue };
        let prometheus = state.container_name(actor);
        let mut reached =
            called.iter().filter(|call| call.caller == Party::Actor(actor)).map(|call| call.callee);
        for event in events {
            let container = match event {
                scrape::Event::Scraped { .. } => reached.next().flatten(),
                _ => None,
            };
            if let Some(container) = container {
                note_page(state, (actor, &prometheus), container, &event);
            }
            let container = container.map(|container| state.container_name(container));
            if matches!(event, scrape::Event::TargetAdded { .. } | scrape::Event::TargetRemoved { .. }) {
                state.truth.directory_changed();
            }
            state.tell(event_kind(prometheus.clone(), container, event));
        }
    }
}

/// Keeps the page that a container served to a scrape which took it in.
fn note_page(state: &mut State, by: (ActorId, &str), container: ActorId, event: &scrape::Event) {
    let scrape::Event::Scraped { target, job, instance, record } = event else { return };
    let page = state.engine(by.0).and_then(|engine| engine.last_page(*target)).cloned();
    if let Some(page) = page.filter(|_| record.error.is_empty()) {
        let (prometheus, job, instance) = (by.1.to_owned(), job.clone(), instance.clone());
        state.served.insert(container, Served { at: record.at, prometheus, job, instance, page });
    }
}

fn event_kind(prometheus: String, container: Option<String>, event: scrape::Event) -> EventKind {
    match event {
        scrape::Event::TargetAdded { job, instance, .. } => {
            EventKind::TargetAdded { prometheus, job: job.to_string(), instance: instance.to_string() }
        }
        scrape::Event::TargetRemoved { job, instance, .. } => {
            EventKind::TargetRemoved { prometheus, job: job.to_string(), instance: instance.to_string() }
        }
        scrape::Event::Scraped { job, instance, record, .. } => EventKind::Scraped {
            prometheus,
            job: job.to_string(),
            instance: instance.to_string(),
            container,
            error: record.error,
            duration_seconds: record.duration_seconds,
            samples: record.samples,
        },
        scrape::Event::LookupFailed { name, error } => {
            EventKind::LookupFailed { prometheus, name: name.to_string(), error }
        }
    }
}
