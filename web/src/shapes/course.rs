//! Tasks and lessons as crates that fill: wood is the colour of progress.

use scrapeyard_core::lab::view::TaskView;
use yew::prelude::{Html, html};

use super::states::{StateGlyph, state_glyph};

/// A task in a list: reached, the present one, later. Skipped tasks look like later ones that are over.
pub fn task_glyph(is_reached: Option<bool>, is_present: bool) -> Html {
    match (is_reached, is_present) {
        (Some(true), _) => state_glyph(StateGlyph::Good),
        (Some(false), _) => html! {
            <svg class="st" viewBox="0 0 16 16" aria-hidden="true">
                <circle class="st-ring" cx="8" cy="8" r="6.5" /><path class="st-ring" d="M5 8h6" />
            </svg>
        },
        (None, true) => lesson_crate(1, 2),
        (None, false) => html! {
            <svg class="st" viewBox="0 0 16 16" aria-hidden="true"><circle class="st-ring" cx="8" cy="8" r="6.5" /></svg>
        },
    }
}

/// A crate for each task of a lesson.
pub fn progress_crates(tasks: &[TaskView]) -> Html {
    let one = |task: &TaskView| match (task.progress.outcome, task.is_present) {
        (Some(_), _) => lesson_crate(2, 2),
        (None, true) => lesson_crate(1, 2),
        (None, false) => lesson_crate(0, 2),
    };
    html! { <span class="crates-in" aria-hidden="true">{ for tasks.iter().map(one) }</span> }
}

/// A crate of a lesson: empty, begun or full.
pub fn lesson_crate(done: usize, all: usize) -> Html {
    let class = if done == 0 { "crate-open" } else { "crate-filled" };
    html! {
        <svg class="glyph small-crate" viewBox="0 0 24 24" aria-hidden="true">
            <rect {class} x="3.2" y="4.2" width="17.6" height="15.6" rx="1.8" stroke-width="1.5" />
            if done > 0 { <path class="crate-line" d="M3.200 8h17.600M3.200 16h17.600" stroke-width="1.2" /> }
            if done >= all { <path class="crate-line" d="M5 15.500 19 8.500" stroke-width="1.5" /> }
        </svg>
    }
}
