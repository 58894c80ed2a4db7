//! How many visitors come, and ten of them at once.

use scrapeyard_core::lab::Command;
use scrapeyard_core::lab::view::ServiceView;
use web_sys::HtmlInputElement;
use yew::prelude::{Html, InputEvent, Properties, TargetCast, component, html};

use crate::session::use_session;
use crate::texts::use_texts;

/// The greatest rate of the slider, in requests a second.
const MOST_PER_SECOND: f64 = 50.0;
/// How many requests the button sends.
const SENT_AT_ONCE: u32 = 10;

/// See [`Traffic`].
#[derive(PartialEq, Properties)]
pub struct TrafficProps {
    /// The service that visitors ask.
    pub service: ServiceView,
}

/// The slider with its number, and the button.
#[component]
pub fn Traffic(props: &TrafficProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let name = props.service.name.clone();
    let per_second = props.service.traffic_per_second.unwrap_or(0.0);
    let on_rate = {
        let (session, service, refused) = (session.clone(), name.clone(), texts.say("refused-traffic"));
        move |event: InputEvent| {
            let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            let Some(per_second) = value.and_then(|value| value.parse::<f64>().ok()) else { return };
            if per_second.is_finite() && per_second >= 0.0 {
                let command = Command::Traffic { service: service.clone(), per_second };
                session.act_or_tell(&command, refused.clone());
            }
        }
    };
    let on_send = {
        let refused = texts.say("refused-send");
        let service = name.clone();
        move |_| {
            session.act_or_tell(
                &Command::Send { service: service.clone(), count: SENT_AT_ONCE },
                refused.clone(),
            )
        }
    };
    let label = texts.with("traffic-to", &[("service", (&name).into())]);
    let value = per_second.to_string();
    html! {
        <div class="traffic">
            <span class="no-phone" aria-hidden="true">{ texts.say("traffic") }</span>
            <input type="range" class="slider no-phone" min="0" max={MOST_PER_SECOND.to_string()} step="0.5"
                value={value.clone()} aria-label={label.clone()} oninput={on_rate.clone()} data-testid="traffic-slider" />
            <label class="field traffic-number">
                <input type="number" min="0" step="0.1" {value} aria-label={label} oninput={on_rate}
                    inputmode="decimal" data-testid="traffic-number" />
                <span>{ texts.say("unit-per-second") }</span>
            </label>
            <button type="button" class="btn" onclick={on_send} data-testid="send-10">
                { texts.with("send-requests", &[("count", SENT_AT_ONCE.into())]) }
            </button>
        </div>
    }
}
