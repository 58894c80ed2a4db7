//! Draws who calls and who scrapes whom, between and beneath the cards.

use std::rc::Rc;

use scrapeyard_core::lab::view::{HealthView, TargetView, TargetsView, YardView};
use yew::prelude::{Html, Properties, classes, component, html};

use super::geometry::{Rect, Spot, first_half, path, resting_place};
use super::measure::Layout;
use super::order::{Calls, Kind, application, calls, kind};
use super::pulses::ScrapePulse;
use super::routes::{End, network, request, scrapes};
use crate::session::use_clock;
use crate::texts::{Texts, rate, seconds, use_texts};

const CORNER: f64 = 12.0;

/// See [`Lanes`].
#[derive(PartialEq, Properties)]
pub struct LanesProps {
    /// The yard.
    pub yard: Rc<YardView>,
    /// The targets, as soon as they are known.
    pub targets: Option<Rc<TargetsView>>,
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
    let row = row_of(props);
    let hub = hub_of(props);
    let outline = row.map(|row| network(&row, hub.as_ref()));
    let merged = clock.is_fast() && clock.playing;
    html! {
        <svg class="lanes" width={stage.width.to_string()} height={stage.height.to_string()} aria-hidden="true">
            <defs>
                { for [("head-request", "lane-head"), ("head-pull", "lane-head pull"), ("head-fail", "lane-head fail")].map(|(id, class)| html! {
                    <marker {id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"
                        markerUnits="userSpaceOnUse">
                        <path {class} d="M0 0.500 8 4 0 7.500z" />
                    </marker>
                }) }
            </defs>
            if let Some(outline) = outline {
                <path class="network" d={path(&outline, 14.0, true)} />
                <text class="network-name" x={(outline[0].0 + 14.0).to_string()} y={(outline[0].1 + 20.0).to_string()}>
                    { texts.say("network") }
                </text>
            }
            { requests(props, &texts) }
            if let Some(hub) = hub { { scrape_lanes(props, &hub, merged) } }
        </svg>
    }
}

fn card<'a>(layout: &'a Layout, service: &str) -> Option<&'a Rect> {
    layout.get(&format!("service:{service}"))
}

fn row_of(props: &LanesProps) -> Option<Rect> {
    let cards = application(&props.yard)
        .into_iter()
        .filter_map(|service| card(&props.layout, &service.name).copied());
    cards.reduce(|all, one| all.joined(&one))
}

fn hub_of(props: &LanesProps) -> Option<Rect> {
    let hub = props.yard.services.iter().find(|service| kind(service) == Kind::Prometheus)?;
    card(&props.layout, &hub.name).copied()
}

fn requests(props: &LanesProps, texts: &Texts) -> Html {
    let layout = &*props.layout;
    let cards: Vec<Rect> = application(&props.yard)
        .into_iter()
        .filter_map(|service| card(layout, &service.name).copied())
        .collect();
    let party = |name: &str| match name {
        "" => layout.get("visitors"),
        name => card(layout, name),
    };
    let mut over = 0;
    let mut lanes = Vec::new();
    for call in calls(&props.yard) {
        let (Some(from), Some(to)) = (party(&call.from), party(&call.to)) else { continue };
        let spots = request(from, to, &cards, over);
        over += usize::from(spots.len() > 2 && from.is_beside(to));
        lanes.push(request_lane(&call, &spots, texts));
    }
    html! { <g>{ for lanes }</g> }
}

fn request_lane(lane: &Calls, spots: &[Spot], texts: &Texts) -> Html {
    let all_fail = lane.failures_per_second > 0.0 && lane.failures_per_second >= lane.per_second * 0.99;
    let label = texts.with("per-second", &[("rate", (&rate(lane.per_second)).into())]);
    let short = spots.len() == 2 && spots[0].1 == spots[1].1;
    let (x, y) = resting_place(spots, 60.0);
    html! {
        <g>
            <path class={classes!("lane", "request", all_fail.then_some("fail"))} d={path(spots, CORNER, false)}
                marker-end={if all_fail { "url(#head-fail)" } else { "url(#head-request)" }} />
            if short && !lane.from.is_empty() {
                <text class="lane-rate" x={x.to_string()} y={(y - 8.0).to_string()}>{ label }</text>
            } else if !short {
                { pill(x, y, &label, "pill") }
            }
        </g>
    }
}

/// A lane with what it needs to be drawn.
struct ScrapeLane<'a> {
    target: &'a TargetView,
    spots: Vec<Spot>,
}

fn scrape_lanes(props: &LanesProps, hub: &Rect, merged: bool) -> Html {
    let Some(targets) = props.targets.as_deref() else { return Html::default() };
    let reached: Vec<(&TargetView, End)> = targets
        .jobs
        .iter()
        .flat_map(|job| &job.targets)
        .filter_map(|target| Some((target, end_of(props, target)?)))
        .collect();
    let ends: Vec<End> = reached.iter().map(|(_, end)| *end).collect();
    let ways = scrapes(hub, &ends);
    let lanes: Vec<ScrapeLane<'_>> =
        reached.iter().zip(ways).map(|((target, _), spots)| ScrapeLane { target, spots }).collect();
    html! {
        <>
            <g>{ for lanes.iter().map(|lane| scrape_lane(lane, merged)) }</g>
            <g>{ for props.pulses.iter().filter_map(|pulse| pulse_on(&lanes, pulse)) }</g>
        </>
    }
}

/// Where a target's lane ends: at a container where its address is one's, else at the service that its name is.
fn end_of(props: &LanesProps, target: &TargetView) -> Option<End> {
    let host = host_of(&target.url);
    let layout = &*props.layout;
    for service in &props.yard.services {
        if let Some(container) =
            service.containers.iter().find(|container| container.ip.as_deref() == Some(host))
        {
            let tile = layout.get(&format!("container:{}", container.name))?;
            return Some(End { card: *card(layout, &service.name)?, x: tile.middle() });
        }
    }
    let named = props.yard.services.iter().find(|service| service.name == host);
    // The machine goes by a name of its own in every configuration: `DOCKER_HOST`.
    let engine =
        || props.yard.services.iter().find(|service| kind(service) == Kind::Engine && !host.contains('.'));
    let card = *card(layout, &named.or_else(engine)?.name)?;
    Some(End { card, x: card.middle() })
}

/// The host of a URL: `http://172.18.0.5:80/metrics` has `172.18.0.5`.
fn host_of(url: &str) -> &str {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or(authority);
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

fn scrape_lane(lane: &ScrapeLane<'_>, merged: bool) -> Html {
    let target = lane.target;
    let failed = target.health == HealthView::Down;
    let (x, y) = resting_place(&lane.spots, 90.0);
    let short = lane.spots.len() == 2;
    let label = if failed {
        reason(&target.last_error).to_owned()
    } else if short || target.last_scrape.is_none() {
        target.interval.to_string()
    } else {
        format!("{} · {}", target.interval, seconds(target.last_duration_seconds))
    };
    let beside = lane.spots.first().zip(lane.spots.last()).is_some_and(|(first, last)| first.1 == last.1);
    let pill_y = if short && !beside { lane.spots[0].1 - 32.0 } else { y };
    html! {
        <g>
            <path class={classes!("lane", "pull", failed.then_some("fail"), (merged && !failed).then_some("merged"))}
                d={path(&lane.spots, CORNER, false)}
                marker-end={if failed { "url(#head-fail)" } else { "url(#head-pull)" }} />
            if !beside { { pill(x, pill_y, &label, if failed { "pill fail" } else { "pill" }) } }
            if failed { { cross(&lane.spots, pill_y) } }
        </g>
    }
}

/// The end of an error's text, which names the cause: `connection refused`.
fn reason(error: &str) -> &str {
    let last = error.rsplit(": ").next().unwrap_or(error);
    last.char_indices().nth(28).map_or(last, |(at, _)| &last[..at])
}

/// The square with a cross on a lane that fails, above the pill.
fn cross(spots: &[Spot], pill_y: f64) -> Html {
    let (x, y) = first_half(spots).last().copied().unwrap_or_default();
    let y = if (y - pill_y).abs() < 22.0 { pill_y - 24.0 } else { y };
    html! {
        <g transform={format!("translate({:.1} {:.1})", x - 9.0, y - 9.0)}>
            <rect class="cross" width="18" height="18" rx="3" />
            <path class="cross-sign" d="m5.500 5.500 7 7M12.500 5.500l-7 7" />
        </g>
    }
}

fn pill(x: f64, y: f64, label: &str, class: &'static str) -> Html {
    let width = label.chars().count() as f64 * 6.1 + 18.0;
    html! {
        <g transform={format!("translate({x:.1} {y:.1})")}>
            <rect {class} x={(-width / 2.0).to_string()} y="-10" width={width.to_string()} height="20" rx="10" />
            <text class={classes!("pill-text", class.ends_with("fail").then_some("fail"))} y="4">{ label }</text>
        </g>
    }
}

fn pulse_on(lanes: &[ScrapeLane<'_>], pulse: &ScrapePulse) -> Option<Html> {
    let is_own = |lane: &&ScrapeLane<'_>| {
        let labels = &lane.target.labels;
        labels.get("job") == Some(&pulse.job) && labels.get("instance") == Some(&pulse.instance)
    };
    let lane = lanes.iter().find(is_own)?;
    // A scrape that fails gets no farther than the cross.
    let way = if pulse.worked {
        path(&lane.spots, CORNER, false)
    } else {
        path(&first_half(&lane.spots), CORNER, false)
    };
    let class = if pulse.worked { "pulse" } else { "pulse fail" };
    Some(html! {
        <g key={pulse.sequence} {class}>
            <path class="pulse-halo" pathLength="100" d={way.clone()} />
            <path class="pulse-dot" pathLength="100" d={way} />
        </g>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_found_by_the_host_of_its_url() {
        assert_eq!(host_of("http://172.18.0.5:80/metrics"), "172.18.0.5");
        assert_eq!(host_of("http://iotd:80/actuator/prometheus"), "iotd");
        assert_eq!(host_of("DOCKER_HOST:9323"), "DOCKER_HOST");
    }

    #[test]
    fn a_pill_says_the_cause() {
        let error =
            r#"Get "http://172.18.0.6:80/metrics": dial tcp 172.18.0.6:80: connect: no route to host"#;
        assert_eq!(reason(error), "no route to host");
        assert_eq!(reason("context deadline exceeded"), "context deadline exceeded");
    }
}
