//! A service: its name, how many containers it has, the containers, and what it does in numbers.

use scrapeyard_core::lab::Command;
use scrapeyard_core::lab::view::{ContainerState, ContainerView, HealthView, ServiceView};
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::curves::{Curves, Foot, curve};
use super::order::{Kind, kind};
use super::scraped::{Scraped, scraped_line};
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
    /// What is said of its scrapes; `None` where no target leads here.
    pub scraped: Option<Scraped>,
    /// The last minutes of all containers.
    pub curves: Curves,
    /// How many containers run and do not, where this is what runs them.
    pub ran: Option<(u64, u64)>,
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
        Kind::Application => Some(work(&texts, service, &props.curves)),
        Kind::Prometheus => targets.as_deref().map(|targets| pulls(&texts, targets)),
        Kind::Engine => props.ran.map(|ran| runs(&texts, ran)),
        Kind::Outside => None,
    };
    html! {
        <section class={classes!("svc", (kind == Kind::Prometheus).then_some("hub"))} aria-label={service.name.clone()} tabindex="-1"
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
                    <Tile key={container.name.clone()} container={container.clone()} {kind} {room} curves={props.curves.clone()}
                        on_open={props.on_open.clone()} />
                }) }
                if service.containers.is_empty() { <p class="bay-empty dim">{ texts.say("no-containers") }</p> }
            </div>
            if let Some(scraped) = &props.scraped { { scraped_line(&texts, scraped) } }
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

/// Requests a second with their curve, and one remark.
fn work(texts: &Texts, service: &ServiceView, curves: &Curves) -> Html {
    let requests: f64 = service.containers.iter().map(|container| container.requests_per_second).sum();
    let row = curves.requests(service.containers.iter().map(|container| container.name.as_str()));
    html! {
        <>
            <span><b>{ rate(requests) }</b>{ " " }{ texts.say("requests-per-second") }</span>
            { curve("requests", &row, Foot::Zero, "") }
            <span class="grow" />
            { remark(texts, service, requests) }
        </>
    }
}

/// The one thing that is most worth saying: containers that could not start, that ended, that are frozen; requests that
/// fail.
fn remark(texts: &Texts, service: &ServiceView, requests: f64) -> Html {
    let count = |is: fn(&&ContainerView) -> bool| service.containers.iter().filter(is).count() as u64;
    let all = service.containers.len() as u64;
    let ended = count(|container| matches!(container.state, ContainerState::Exited { .. }));
    for (key, found) in [
        ("remark-refused", count(|container| container.start_refused.is_some())),
        ("remark-restarting", count(|container| container.state == ContainerState::Restarting)),
        ("remark-ended", ended),
        ("remark-paused", count(|container| container.state == ContainerState::Paused)),
    ] {
        if found > 0 {
            let said = texts.with(key, &[("count", found.into()), ("all", all.into())]);
            return html! { <span class="bad m" data-testid="remark">{ said }</span> };
        }
    }
    let failures: f64 = service.containers.iter().map(|container| container.failures_per_second).sum();
    let percent = if requests > 0.0 { failures / requests * 100.0 } else { 0.0 };
    if percent < 0.5 {
        return Html::default();
    }
    let said = texts.with("failing-percent", &[("percent", (&format!("{percent:.0}")).into())]);
    html! { <span data-testid="remark">{ said }</span> }
}

/// What the engine has to do: containers that run, and that do not.
fn runs(texts: &Texts, (running, stopped): (u64, u64)) -> Html {
    html! { <span>{ texts.with("engine-runs", &[("running", running.into()), ("stopped", stopped.into())]) }</span> }
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
