//! Zooming into a chart, and back out again step by step.

use scrapeyard_core::base::time::Millis;
use yew::Callback;
use yew::prelude::{hook, use_state};

use super::super::settings::{End, Settings};
use crate::chart::Zoom;

/// One zoom: what was shown before it, and what is shown since.
#[derive(Clone)]
struct Step {
    before: Settings,
    shown: (Millis, End),
}

/// The way to zoom, and whether there is a way back. The way back ends where another stretch of time is chosen.
#[hook]
pub fn use_zoom(settings: &Settings, on_settings: Callback<Settings>) -> (Callback<Zoom>, bool) {
    let steps = use_state(Vec::<Step>::new);
    let is_current = steps.last().is_some_and(|step| step.shown == (settings.length, settings.end));
    let settings = settings.clone();
    let zoom = Callback::from(move |zoom: Zoom| {
        let mut kept = if is_current { (*steps).clone() } else { Vec::new() };
        let next = match zoom {
            Zoom::To(from, to) => {
                let next = Settings { length: to - from, end: End::At(to), step: None, ..settings.clone() };
                kept.push(Step { before: settings.clone(), shown: (next.length, next.end) });
                next
            }
            Zoom::Back => {
                let Some(last) = kept.pop() else { return };
                let Settings { length, end, step, .. } = last.before;
                Settings { length, end, step, ..settings.clone() }
            }
        };
        steps.set(kept);
        on_settings.emit(next);
    });
    (zoom, is_current)
}
