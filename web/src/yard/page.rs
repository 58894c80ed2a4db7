//! The page itself: head with traffic, the floor with its cards, the sheet of the container that was pressed.

use std::rc::Rc;

use scrapeyard_core::lab::view::{ContainerState, ServiceView, TargetView, YardView};
use scrapeyard_core::lab::{Answer, Question};
use web_sys::KeyboardEvent;
use yew::prelude::{
    AttrValue, Callback, Html, classes, component, html, use_mut_ref, use_node_ref, use_state,
};

use super::asked_for::AskedFor;
use super::container_sheet::ContainerSheet;
use super::curves::use_curves;
use super::lanes::Lanes;
use super::measure::use_layout;
use super::order::{Calls, Kind, application, calls, has_visitors, kind};
use super::pan::use_pan;
use super::pulses::{ScrapePulse, use_scrape_pulses};
use super::reach::{Addresses, note_addresses, reach};
use super::scraped::Scraped;
use super::service_card::ServiceCard;
use super::traffic::Traffic;
use super::walk;
use crate::controls::Empty;
use crate::session::{Targets, panel, use_clock, use_first_view, use_live_answer, use_settled, use_targets};
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::{Texts, rate, use_texts};

/// How often the yard is asked for, in milliseconds of real time.
const YARD_MS: u32 = 240;

/// The Yard page.
#[component]
pub fn YardPage() -> Html {
    let (texts, clock, targets, settled) = (use_texts(), use_clock(), use_targets(), use_settled());
    let answer = use_live_answer(panel::YARD, Question::Yard, YARD_MS);
    use_first_view(answer.is_some());
    let opened = use_state(|| None::<AttrValue>);
    let (floor, stage) = (use_node_ref(), use_node_ref());
    let (curves, pan, addresses) = (use_curves(), use_pan(&floor), use_mut_ref(Addresses::default));
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
        _ => return loading(&texts),
    };
    note_addresses(&yard, &mut addresses.borrow_mut());
    let sheet = (*opened).as_ref().and_then(|name| {
        let all =
            yard.services.iter().flat_map(|service| service.containers.iter().map(move |one| (service, one)));
        let (service, container) = all.into_iter().find(|(_, one)| one.name == *name)?;
        let (container, kind) = (container.clone(), kind(service));
        Some(html! { <ContainerSheet {container} {kind} curves={curves.clone()} on_close={on_close.clone()} /> })
    });
    let all_calls = calls(&yard);
    let scraped = scraped(&yard, targets.as_deref(), &addresses.borrow(), &pulses);
    let card = |service: &ServiceView| {
        let ran = (kind(service) == Kind::Engine).then(|| ran(&yard));
        let scraped =
            scraped.iter().find(|(name, _)| *name == service.name).map(|(_, scraped)| scraped.clone());
        html! {
            <ServiceCard key={service.name.clone()} service={service.clone()} calls={called(&all_calls, &service.name)}
                {scraped} curves={curves.clone()} {ran} on_open={on_open.clone()} />
        }
    };
    let of_kind = |wanted: Kind| yard.services.iter().filter(move |service| kind(service) == wanted);
    html! {
        <>
            { head(&texts, &yard) }
            <div class={classes!("floor", pan.is_dragged.then_some("dragged"))} ref={floor} tabindex="0" role="group"
                aria-label={texts.say("floor")} aria-keyshortcuts="ArrowRight ArrowLeft ArrowDown ArrowUp + -"
                onkeydown={|event: KeyboardEvent| walk::on_key(&event)} onpointerdown={pan.on_down} onpointermove={pan.on_move}
                onpointerup={pan.on_up.clone()} onpointerleave={pan.on_up} data-testid="floor">
                if yard.services.is_empty() {
                    <Empty title={texts.say("yard-empty")} test_id="yard-empty"><p>{ texts.say("yard-empty-text") }</p></Empty>
                }
                <div class="stage" ref={stage}>
                    <Lanes yard={Rc::clone(&yard)} targets={targets.clone()} addresses={Rc::clone(&addresses)} {layout} {pulses} />
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
            if settled { <AskedFor yard={Rc::clone(&yard)} {targets} {addresses} on_open={on_open.clone()} /> }
            // Always a child: where the number of children changes, Yew makes the others anew, and the focus is lost.
            { sheet.unwrap_or_default() }
        </>
    }
}

/// The page before the yard is known.
fn loading(texts: &Texts) -> Html {
    html! {
        <>
            <div class="head"><h1>{ texts.say("yard") }</h1></div>
            <div class="floor"><p class="floor-loading mid" role="status">{ texts.say("yard-loading") }</p></div>
        </>
    }
}

/// What is said of the scrapes of each service that a target leads to, by its name.
fn scraped(
    yard: &YardView,
    targets: Option<&Targets>,
    addresses: &Addresses,
    pulses: &[ScrapePulse],
) -> Vec<(String, Scraped)> {
    let all: Vec<(&TargetView, &str)> = targets
        .into_iter()
        .flat_map(Targets::all)
        .filter_map(|target| Some((target, reach(yard, addresses, target)?.service.name.as_str())))
        .collect();
    let of = |service: &ServiceView| {
        let own: Vec<&TargetView> =
            all.iter().filter(|(_, name)| *name == service.name).map(|(target, _)| *target).collect();
        let is_pulsing = pulses.iter().any(|pulse| own.iter().any(|target| pulse.is_of(target)));
        Some((service.name.clone(), Scraped::of(&own, is_pulsing)?))
    };
    yard.services.iter().filter_map(of).collect()
}

/// How many containers run, and how many do not.
fn ran(yard: &YardView) -> (u64, u64) {
    let in_containers =
        |service: &&ServiceView| matches!(kind(service), Kind::Application | Kind::Prometheus);
    let containers = || yard.services.iter().filter(in_containers).flat_map(|service| &service.containers);
    let ended = |state| matches!(state, ContainerState::Created | ContainerState::Exited { .. });
    let stopped = containers().filter(|container| ended(container.state)).count();
    ((containers().count() - stopped) as u64, stopped as u64)
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
