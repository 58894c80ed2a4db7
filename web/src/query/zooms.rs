//! The way back from a zoom: what a panel showed before, the last one last.

use yew::prelude::{Callback, hook, use_state};

use super::settings::{End, Settings};
use crate::chart::Zoom;
use crate::session::Draft;

/// How a panel's settings are changed.
pub struct Zooms {
    /// Called with other settings. Another range or end by hand forgets the way back.
    pub on_change: Callback<Settings>,
    /// Called with another stretch of time to look at.
    pub on_zoom: Callback<Zoom>,
    /// Whether there is a way back.
    pub zoomed: bool,
}

/// The zooms of a panel with these settings.
#[hook]
pub fn use_zooms(settings: &Draft<Settings>) -> Zooms {
    let before = use_state(Vec::<Settings>::new);
    let zoomed = !before.is_empty();
    let on_change = {
        let (settings, before) = (settings.clone(), before.clone());
        Callback::from(move |new: Settings| {
            if (new.length, new.end) != (settings.length, settings.end) {
                before.set(Vec::new());
            }
            settings.set(new);
        })
    };
    let settings = settings.clone();
    let on_zoom = Callback::from(move |zoom: Zoom| {
        let (current, mut stack) = ((*settings).clone(), (*before).clone());
        match zoom {
            Zoom::To(from, to) => {
                stack.push(current.clone());
                settings.set(Settings { length: to - from, end: End::At(to), step: None, ..current });
            }
            Zoom::Back => {
                let Some(Settings { length, end, step, .. }) = stack.pop() else { return };
                settings.set(Settings { length, end, step, ..current });
            }
        }
        before.set(stack);
    });
    Zooms { on_change, on_zoom, zoomed }
}
