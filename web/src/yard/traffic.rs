//! How many visitors come, and ten of them at once. A number counts when it is done with (Enter, another field, the
//! slider let go), not while it is typed.

use scrapeyard_core::lab::Command;
use scrapeyard_core::lab::view::ServiceView;
use web_sys::HtmlInputElement;
use yew::prelude::{
    Event, Html, InputEvent, Properties, TargetCast, component, html, use_effect_with, use_state,
};

use crate::session::{Notice, use_session};
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
    // What is typed or dragged and not in force yet.
    let typed = use_state(|| None::<String>);
    use_effect_with(per_second, {
        let typed = typed.clone();
        move |_| typed.set(None)
    });
    let on_input = {
        let typed = typed.clone();
        move |event: InputEvent| {
            typed.set(event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()))
        }
    };
    let on_rate = {
        let (session, texts, typed, service) = (session.clone(), texts.clone(), typed.clone(), name.clone());
        move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let typed = typed.clone();
            let Ok(wanted) = input.value().parse::<f64>() else {
                // A field for numbers hides what else was typed into it.
                input.set_value(&per_second.to_string());
                typed.set(None);
                let (text, detail) = (texts.say("refused-traffic"), Some(texts.say("traffic-no-number")));
                return session.notify(Notice::failed(text).with_detail(detail));
            };
            let command = Command::Traffic { service: service.clone(), per_second: wanted };
            session.act_or_tell(&command, &texts, "refused-traffic", move |done| {
                if !done || wanted == per_second {
                    typed.set(None);
                }
            });
        }
    };
    let on_send = {
        let (texts, service) = (texts.clone(), name.clone());
        move |_| {
            let command = Command::Send { service: service.clone(), count: SENT_AT_ONCE };
            session.act_or_tell(&command, &texts, "refused-send", |_| ());
        }
    };
    let label = texts.with("traffic-to", &[("service", (&name).into())]);
    let value = (*typed).clone().unwrap_or_else(|| per_second.to_string());
    html! {
        <div class="traffic">
            <span aria-hidden="true">{ texts.say("traffic") }</span>
            <input type="range" class="slider no-phone" min="0" max={MOST_PER_SECOND.to_string()} step="0.5"
                value={value.clone()} aria-label={label.clone()} oninput={on_input.clone()} onchange={on_rate.clone()} data-testid="traffic-slider" />
            <label class="field traffic-number">
                <input type="number" min="0" step="0.1" {value} aria-label={label} oninput={on_input} onchange={on_rate}
                    inputmode="decimal" data-testid="traffic-number" />
                <span>{ texts.say("unit-per-second") }</span>
            </label>
            <button type="button" class="btn" onclick={on_send} data-testid="send-10">
                { texts.with("send-requests", &[("count", SENT_AT_ONCE.into())]) }
            </button>
        </div>
    }
}
