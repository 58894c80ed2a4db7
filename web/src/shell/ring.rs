//! The ring beside the clock: fills until the next scrape; while jumping, with the way that is done.

use yew::prelude::{Html, html};

use crate::session::{Clock, Targets};

/// The length of the ring's circle in its own units.
const AROUND: f64 = 43.98;

/// How much of the ring is filled, 0 to 1.
fn share(clock: &Clock, targets: Option<&Targets>) -> f64 {
    if let Some(jump) = clock.jump {
        return f64::from(jump.permille) / 1000.0;
    }
    if clock.is_fast() && clock.playing {
        return 1.0;
    }
    let next = targets.and_then(|targets| targets.next(clock.now));
    next.map_or(0.0, |target| {
        let left = (target.next_scrape - clock.now).as_secs_f64();
        (1.0 - left / target.interval.as_secs_f64().max(0.001)).clamp(0.0, 1.0)
    })
}

/// The ring.
pub fn ring(clock: &Clock, targets: Option<&Targets>) -> Html {
    let filled = share(clock, targets) * AROUND;
    html! {
        <svg class="ring" viewBox="0 0 18 18" aria-hidden="true">
            <circle class="ring-way" cx="9" cy="9" r="7" />
            if filled > 0.5 {
                <circle class="ring-done" cx="9" cy="9" r="7" transform="rotate(-90 9 9)"
                    stroke-dasharray={format!("{filled:.1} {AROUND}")} />
            }
        </svg>
    }
}
