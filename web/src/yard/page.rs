//! The page itself: head with traffic, the floor with its cards, the sheet of the container that was pressed.

use std::rc::Rc;

use scrapeyard_core::lab::view::{ContainerState, ServiceView, YardView};
use scrapeyard_core::lab::{Answer, Question};
use yew::prelude::{AttrValue, Callback, Html, component, html, use_node_ref, use_state};

use super::container_sheet::ContainerSheet;
use super::lanes::Lanes;
use super::measure::use_layout;
use super::order::{Calls, Kind, application, calls, has_visitors, kind};
use super::pulses::use_scrape_pulses;
use super::service_card::ServiceCard;
use super::traffic::Traffic;
use crate::session::{panel, use_clock, use_live_answer, use_targets};
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::{Texts, rate, use_texts};

/// How often the yard is asked for, in milliseconds of real time.
const YARD_MS: u32 = 240;

/// The Yard page.
#[component]
pub fn YardPage() -> Html {
    let (texts, clock, targets) = (use_texts(), use_clock(), use_targets());
    let answer = use_live_answer(panel::YARD, Question::Yard, YARD_MS);
    let opened = use_state(|| None::<AttrValue>);
    let stage = use_node_ref();
    let layout = use_layout(&stage);
    let pulses = use_scrape_pulses(clock.is_fast() && clock.playing);
    let on_open = {
        let opened = opened.clone();
        Callback::from(move |name| opened.set(Some(name)))
    };
    let on_close = {
        let opened = opened.clone();
        Callback::from(move |()| opened.set(None))
    };
    let yard = match answer.as_deref() {
        Some(Answer::Yard(yard)) => Rc::new(yard.clone()),
        _ => return html! { <div class="head"><h1>{ texts.say("yard") }</h1></div> },
    };
    let sheet = (*opened).as_ref().and_then(|name| {
        let all =
            yard.services.iter().flat_map(|service| service.containers.iter().map(move |one| (service, one)));
        let (service, container) = all.into_iter().find(|(_, one)| one.name == *name)?;
        let (container, kind) = (container.clone(), kind(service));
        Some(html! { <ContainerSheet {container} {kind} on_close={on_close.clone()} /> })
    });
    let all_calls = calls(&yard);
    let card = |service: &ServiceView| {
        html! {
            <ServiceCard key={service.name.clone()} service={service.clone()} calls={called(&all_calls, &service.name)}
                on_open={on_open.clone()} />
        }
    };
    let of_kind = |wanted: Kind| yard.services.iter().filter(move |service| kind(service) == wanted);
    html! {
        <>
            { head(&texts, &yard) }
            <div class="floor" tabindex="-1">
                <div class="stage" ref={stage}>
                    <Lanes yard={Rc::clone(&yard)} {targets} {layout} {pulses} />
                    <div class="floor-row">
                        if has_visitors(&yard) { { visitors(&texts, &yard) } }
                        { for application(&yard).into_iter().map(card) }
                    </div>
                    <div class="floor-row ground">
                        { for of_kind(Kind::Engine).map(card) }
                        { for of_kind(Kind::Prometheus).map(card) }
                        { for of_kind(Kind::Outside).map(|service| party(&texts, &all_calls, &service.name)) }
                    </div>
                </div>
            </div>
            // Always a child: where the number of children changes, Yew makes the others anew, and the focus is lost.
            { sheet.unwrap_or_default() }
        </>
    }
}

fn head(texts: &Texts, yard: &YardView) -> Html {
    let ended = |state: ContainerState| matches!(state, ContainerState::Exited { .. });
    let containers =
        yard.services.iter().filter(|one| kind(one) != Kind::Outside).flat_map(|one| &one.containers);
    let down = containers.filter(|container| ended(container.state)).count();
    let asked = yard.services.iter().find(|service| service.traffic_per_second.is_some());
    html! {
        <div class="head yard-head">
            <h1>{ texts.say("yard") }</h1>
            if down > 0 {
                <span class="chip down" data-testid="containers-down">
                    { state_glyph(StateGlyph::Bad) }
                    { texts.with("yard-containers-down", &[("count", down.into())]) }
                </span>
            }
            <span class="grow" />
            { legend(texts) }
            if let Some(service) = asked { <Traffic service={service.clone()} /> }
        </div>
    }
}

/// What the lanes mean.
fn legend(texts: &Texts) -> Html {
    let entry = |class: &'static str, key: &str| {
        html! {
            <span>
                <svg class="legend-lane" viewBox="0 0 26 10" aria-hidden="true"><path class={format!("lane {class}")} d="M1 5h24" /></svg>
                { texts.say(key) }
            </span>
        }
    };
    html! {
        <div class="legend only-wide">
            { entry("request", "legend-request") }{ entry("pull", "legend-scrape") }{ entry("pull fail", "legend-failed") }
        </div>
    }
}

/// The services that a service calls, for where no lanes are drawn.
fn called(calls: &[Calls], service: &str) -> Vec<AttrValue> {
    calls.iter().filter(|call| call.from == service).map(|call| AttrValue::from(call.to.clone())).collect()
}

fn visitors(texts: &Texts, yard: &YardView) -> Html {
    let per_second: f64 = yard.services.iter().filter_map(|service| service.traffic_per_second).sum();
    html! {
        <div class="party" data-anchor="visitors" data-testid="visitors">
            <b>{ texts.say("visitors") }</b>
            <span>{ "λ = " }{ texts.with("per-second", &[("rate", (&rate(per_second)).into())]) }</span>
        </div>
    }
}

/// Somebody outside who is asked for something.
fn party(texts: &Texts, calls: &[Calls], name: &str) -> Html {
    let per_second: f64 = calls.iter().filter(|call| call.to == name).map(|call| call.per_second).sum();
    html! {
        <div class="party" key={name.to_owned()} data-anchor={format!("service:{name}")} data-testid={format!("service-{name}")}>
            <b>{ name }</b>
            <span>{ texts.with("per-second", &[("rate", (&rate(per_second)).into())]) }</span>
        </div>
    }
}
