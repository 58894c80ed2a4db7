//! Play, pause, clock, speed, step and jump. Moves no time itself: it says what is wanted.

use yew::prelude::{Callback, Html, component, html, use_state};

use super::jump_menu::JumpMenu;
use super::ring::ring;
use crate::controls::{Segment, Segments};
use crate::session::{Phase, SPEEDS, Session, Transport as Deed, use_clock, use_session, use_targets};
use crate::shapes::{Icon, icon};
use crate::texts::use_texts;

/// A press that moves time.
pub(super) fn press<Event>(session: &Session, deed: Deed) -> impl Fn(Event) + 'static {
    let session = session.clone();
    move |_| session.transport(deed)
}

/// The group of controls in the middle of the bar.
#[component]
pub fn Transport() -> Html {
    let (texts, session, clock, targets) = (use_texts(), use_session(), use_clock(), use_targets());
    let menu = use_state(|| false);
    let close_menu = {
        let menu = menu.clone();
        Callback::from(move |()| menu.set(false))
    };
    let toggle_menu = {
        let menu = menu.clone();
        move |_| menu.set(!*menu)
    };
    let ready = clock.phase == Phase::Open;
    let play = texts.say(if clock.playing { "pause" } else { "play" });
    let speeds = SPEEDS
        .map(|speed| Segment {
            label: format!("×{speed}").into(), test_id: format!("speed-{speed}").into()
        });
    let on_speed = {
        let session = session.clone();
        Callback::from(move |index: usize| session.transport(Deed::Speed(SPEEDS[index])))
    };
    let chosen = SPEEDS.iter().position(|speed| *speed == clock.speed);
    let next = SPEEDS[chosen.map_or(0, |place| (place + 1) % SPEEDS.len())];
    html! {
        <div class="transport" role="group" aria-label={texts.say("virtual-time")}>
            <button type="button" class="icon fill" aria-label={play.clone()} title={play} disabled={!ready}
                onclick={press(&session, Deed::Toggle)} data-testid="play" aria-keyshortcuts="Space">
                { icon(if clock.playing { Icon::Pause } else { Icon::Play }) }
            </button>
            <div class="clock" role="timer" data-testid="clock" data-now={clock.now.0.to_string()}
                data-playing={clock.playing.to_string()}>
                { ring(&clock, targets.as_deref()) }
                if clock.day() > 1 { <small>{ texts.with("clock-day", &[("day", clock.day().into())]) }</small> }
                <span class="clock-time">{ clock.time_of_day() }</span>
            </div>
            <Segments class="no-narrow" label={texts.say("speed")} segments={speeds.to_vec()} {chosen} on_choose={on_speed} />
            <button type="button" class="speed-now only-narrow" aria-label={format!("{} ×{}", texts.say("speed"), clock.speed)}
                onclick={press(&session, Deed::Speed(next))} data-testid="speed-next">
                { format!("×{}", clock.speed) }
            </button>
            if clock.jump.is_some() {
                <button type="button" class="icon" aria-label={texts.say("jump-cancel")} title={texts.say("jump-cancel")}
                    onclick={press(&session, Deed::Cancel)} data-testid="jump-cancel">
                    { icon(Icon::Stop) }
                </button>
            } else {
                <button type="button" class="icon" aria-label={texts.say("step")} title={texts.say("step")} disabled={!ready}
                    onclick={press(&session, Deed::Step)} data-testid="step" aria-keyshortcuts=".">
                    { icon(Icon::Step) }
                </button>
            }
            <span class="jump no-phone">
                <button type="button" class="icon" aria-label={texts.say("jump")} title={texts.say("jump")}
                    aria-expanded={menu.to_string()} disabled={!ready || clock.jump.is_some()} onclick={toggle_menu}
                    data-testid="jump">
                    { icon(Icon::Jump) }
                </button>
                if *menu { <JumpMenu on_close={close_menu} /> }
            </span>
        </div>
    }
}
