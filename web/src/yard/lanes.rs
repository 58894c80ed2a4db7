//! Draws who calls and who scrapes whom, between and beneath the cards. From below: network, lanes, pulses, labels.

use std::cell::RefCell;
use std::rc::Rc;

use scrapeyard_core::lab::view::YardView;
use yew::prelude::{Html, Properties, classes, component, html};

use super::geometry::{Rect, Spot, path, resting_place};
use super::measure::Layout;
use super::order::{Calls, Kind, application, calls, kind};
use super::pulses::ScrapePulse;
use super::reach::Addresses;
use super::routes::{network, request};
use super::scrape_lanes::{CORNER, ScrapeLane, pill, pulse_on, scrape_lanes};
use crate::session::{Targets, use_clock};
use crate::texts::{Texts, rate, use_texts};

/// See [`Lanes`].
#[derive(PartialEq, Properties)]
pub struct LanesProps {
    /// The yard.
    pub yard: Rc<YardView>,
    /// The targets, as soon as they are known.
    pub targets: Option<Rc<Targets>>,
    /// Who has or had which address.
    pub addresses: Rc<RefCell<Addresses>>,
    /// Where the cards lie.
    pub layout: Rc<Layout>,
    /// Scrapes on their way.
    pub pulses: Rc<Vec<ScrapePulse>>,
}

/// The lanes as one drawing over the whole floor. What it shows also stands in words on the cards and the Targets page.
#[component]
pub fn Lanes(props: &LanesProps) -> Html {
    let (texts, clock) = (use_texts(), use_clock());
    let layout = &*props.layout;
    let Some(stage) = layout.get("stage") else { return Html::default() };
    let row = cards(props).into_iter().reduce(|all, one| all.joined(&one));
    let hub = hub_of(props);
    let outline = row.map(|row| network(&row, hub.as_ref()));
    let merged = clock.is_fast() && clock.playing;
    let lanes: Vec<ScrapeLane<'_>> = match (&props.targets, &hub) {
        (Some(targets), Some(hub)) => {
            scrape_lanes(&props.yard, targets, layout, &props.addresses.borrow(), hub)
        }
        _ => Vec::new(),
    };
    html! {
        <svg class="lanes" width={stage.width.to_string()} height={stage.height.to_string()} aria-hidden="true">
            { heads() }
            if let Some(outline) = outline { { network_of(&texts, &props.yard.network, &outline) } }
            { requests(props, &texts, &lanes) }
            <g>{ for lanes.iter().map(|lane| lane.line(merged)) }</g>
            <g>{ for props.pulses.iter().filter_map(|pulse| pulse_on(&lanes, pulse)) }</g>
            <g>{ for lanes.iter().map(ScrapeLane::label) }</g>
        </svg>
    }
}

/// The heads of the arrows.
fn heads() -> Html {
    let head = |(id, class): (&'static str, &'static str)| {
        html! {
            <marker {id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"
                markerUnits="userSpaceOnUse">
                <path {class} d="M0 0.500 8 4 0 7.500z" />
            </marker>
        }
    };
    let all =
        [("head-request", "lane-head"), ("head-pull", "lane-head pull"), ("head-fail", "lane-head fail")];
    html! { <defs>{ for all.map(head) }</defs> }
}

fn network_of(texts: &Texts, name: &str, outline: &[Spot]) -> Html {
    html! {
        <>
            <path class="network" d={path(outline, 14.0, true)} />
            <text class="network-name" x={(outline[0].0 + 14.0).to_string()} y={(outline[0].1 + 20.0).to_string()}>
                { texts.with("network", &[("name", name.into())]) }
            </text>
        </>
    }
}

fn card<'a>(layout: &'a Layout, service: &str) -> Option<&'a Rect> {
    layout.get(&format!("service:{service}"))
}

/// The cards of the application.
fn cards(props: &LanesProps) -> Vec<Rect> {
    application(&props.yard)
        .into_iter()
        .filter_map(|service| card(&props.layout, &service.name).copied())
        .collect()
}

fn hub_of(props: &LanesProps) -> Option<Rect> {
    let hub = props.yard.services.iter().find(|service| kind(service) == Kind::Prometheus)?;
    card(&props.layout, &hub.name).copied()
}

fn requests(props: &LanesProps, texts: &Texts, scrapes: &[ScrapeLane<'_>]) -> Html {
    let layout = &*props.layout;
    let cards = cards(props);
    let party = |name: &str| if name.is_empty() { layout.get("visitors") } else { card(layout, name) };
    let taken: Vec<f64> = scrapes.iter().filter_map(ScrapeLane::arrives_at).collect();
    let mut over = 0;
    let mut lanes = Vec::new();
    for call in calls(&props.yard) {
        let (Some(from), Some(to)) = (party(&call.from), party(&call.to)) else { continue };
        let spots = request(from, to, &cards, over, &taken);
        over += usize::from(spots.len() > 2 && from.is_beside(to));
        lanes.push(request_lane(&call, &spots, texts));
    }
    html! { <g>{ for lanes }</g> }
}

fn request_lane(lane: &Calls, spots: &[Spot], texts: &Texts) -> Html {
    let all_fail = lane.failures_per_second > 0.0 && lane.failures_per_second >= lane.per_second * 0.99;
    let label = texts.with("per-second", &[("rate", (&rate(lane.per_second)).into())]);
    let is_level = spots.len() == 2 && spots[0].1 == spots[1].1;
    let (x, y) = resting_place(spots, 60.0);
    html! {
        <g>
            <path class={classes!("lane", "request", all_fail.then_some("fail"))} d={path(spots, CORNER, false)}
                marker-end={if all_fail { "url(#head-fail)" } else { "url(#head-request)" }} />
            if lane.per_second == 0.0 || lane.from.is_empty() {
                // Nothing to say, or it stands on the card beside.
            } else if is_level {
                <text class="lane-rate" x={x.to_string()} y={(y - 8.0).to_string()}>{ label }</text>
            } else {
                { pill(x, y, &label, all_fail) }
            }
        </g>
    }
}
