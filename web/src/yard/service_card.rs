//! A service: its name, how many containers it has, the containers, and what it does in numbers.

use scrapeyard_core::lab::Command;
use scrapeyard_core::lab::view::{HealthView, ServiceView};
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::order::{Kind, kind};
use super::tile::{Room, Tile};
use crate::controls::Stepper;
use crate::session::{Targets, use_session, use_targets};
use crate::texts::{Texts, rate, use_texts};

/// The most containers that the stepper goes to. The command itself takes more.
const MOST_REPLICAS: u32 = 20;

/// See [`ServiceCard`].
#[derive(PartialEq, Properties)]
pub struct ServiceCardProps {
    /// The service.
    pub service: ServiceView,
    /// The names of the services and parties that it calls.
    pub calls: Vec<AttrValue>,
    /// Called with the name of the container that is pressed.
    pub on_open: Callback<AttrValue>,
}

/// The card.
#[component]
pub fn ServiceCard(props: &ServiceCardProps) -> Html {
    let (texts, session, targets) = (use_texts(), use_session(), use_targets());
    let service = &props.service;
    let kind = kind(service);
    let subtitle = [&[service.image.clone()][..], &service.ports[..]].concat().join(" · ");
    let on_scale = {
        let (session, texts, name) = (session.clone(), texts.clone(), service.name.clone());
        Callback::from(move |(replicas, then): (u32, Callback<bool>)| {
            let command = Command::Scale { service: name.clone(), replicas };
            session.act_or_tell(&command, &texts, "refused-scale", move |done| then.emit(done));
        })
    };
    let room = match service.containers.len() {
        0 | 1 => Room::Wide,
        2..=8 => Room::Narrow,
        _ => Room::Bare,
    };
    let columns = service.containers.len().clamp(1, 4);
    let footer = match kind {
        Kind::Application => Some(work(&texts, service)),
        Kind::Prometheus => targets.as_deref().map(|targets| pulls(&texts, targets)),
        Kind::Engine | Kind::Outside => None,
    };
    html! {
        <section class={classes!("svc", (kind == Kind::Prometheus).then_some("hub"))} aria-label={service.name.clone()}
            data-anchor={format!("service:{}", service.name)} data-testid={format!("service-{}", service.name)}>
            <header>
                <div class="grow">
                    <h3>{ &service.name }</h3>
                    <div class="svc-image" title={subtitle.clone()}>{ subtitle }</div>
                </div>
                if kind == Kind::Application {
                    <Stepper label={texts.with("replicas-of", &[("service", (&service.name).into())])}
                        less={texts.with("scale-down", &[("service", (&service.name).into())])}
                        more={texts.with("scale-up", &[("service", (&service.name).into())])} value={service.replicas}
                        most={MOST_REPLICAS} on_change={on_scale} name={service.name.clone()} />
                }
            </header>
            <div class={classes!("bay", format!("columns-{columns}"), (room == Room::Bare).then_some("many"))}>
                { for service.containers.iter().map(|container| html! {
                    <Tile key={container.name.clone()} container={container.clone()} {kind} {room}
                        on_open={props.on_open.clone()} />
                }) }
                if service.containers.is_empty() { <p class="bay-empty dim">{ texts.say("no-containers") }</p> }
            </div>
            if let Some(footer) = footer {
                <footer>
                    { footer }
                    if !props.calls.is_empty() {
                        <span class="only-phone mid calls">{ format!("→ {}", props.calls.join(", ")) }</span>
                    }
                </footer>
            }
        </section>
    }
}

/// Requests a second, and how many of them fail.
fn work(texts: &Texts, service: &ServiceView) -> Html {
    let requests: f64 = service.containers.iter().map(|container| container.requests_per_second).sum();
    let failures: f64 = service.containers.iter().map(|container| container.failures_per_second).sum();
    let percent = if requests > 0.0 { failures / requests * 100.0 } else { 0.0 };
    html! {
        <>
            <span><b>{ rate(requests) }</b>{ " " }{ texts.say("requests-per-second") }</span>
            <span class="grow" />
            if percent >= 0.5 {
                <span>{ texts.with("failing-percent", &[("percent", (&format!("{percent:.0}")).into())]) }</span>
            }
        </>
    }
}

/// How many targets are up, and how many samples a second are pulled; or that nothing is, without a process.
fn pulls(texts: &Texts, targets: &Targets) -> Html {
    if !targets.view.is_running {
        return html! { <span data-testid="not-running">{ texts.say("prometheus-not-running") }</span> };
    }
    let samples: f64 = targets
        .all()
        .filter_map(|target| {
            let last = target.history.last()?;
            Some(last.samples as f64 / target.interval.as_secs_f64().max(0.001))
        })
        .sum();
    let up_of = format!("{}/{}", targets.count(HealthView::Up), targets.all().count());
    html! {
        <>
            <span><b>{ up_of }</b>{ " " }{ texts.say("up") }</span>
            <span class="grow" />
            <span>{ texts.say("pulls") }{ " " }<b>{ texts.with("samples-per-second", &[("rate", (&rate(samples)).into())]) }</b></span>
        </>
    }
}
