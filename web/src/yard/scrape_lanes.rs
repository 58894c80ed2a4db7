//! The lanes of scrapes: from Prometheus to what each target is, with its interval, or why it fails.

use std::collections::BTreeMap;

use scrapeyard_core::lab::view::{HealthView, TargetView, YardView};
use yew::prelude::{Html, classes, html};

use super::geometry::{Rect, Spot, first_half, path, resting_place};
use super::measure::Layout;
use super::order::{Kind, kind};
use super::pulses::ScrapePulse;
use super::routes::{End, scrapes};
use crate::session::Targets;
use crate::texts::seconds;

/// The radius of a lane's corners.
pub const CORNER: f64 = 12.0;

/// Which container had an address last: a target of an address that nobody has any more still leads somewhere.
pub type Addresses = BTreeMap<String, String>;

/// A lane with what it needs to be drawn.
pub struct ScrapeLane<'a> {
    target: &'a TargetView,
    spots: Vec<Spot>,
    pill: Spot,
}

/// The lanes to all targets that are somewhere on the floor.
pub fn scrape_lanes<'a>(
    yard: &YardView,
    targets: &'a Targets,
    layout: &Layout,
    addresses: &Addresses,
    hub: &Rect,
) -> Vec<ScrapeLane<'a>> {
    let reached: Vec<(&TargetView, End)> =
        targets.all().filter_map(|target| Some((target, end_of(yard, layout, addresses, target)?))).collect();
    let ends: Vec<End> = reached.iter().map(|(_, end)| *end).collect();
    let mut upright = 0;
    let lane = |((target, _), spots): (&(&'a TargetView, End), Vec<Spot>)| {
        let is_upright = spots.len() == 2 && spots[0].0 == spots[1].0;
        let pill = if is_upright {
            // Pills of lanes side by side stand at two heights, so that they do not touch.
            upright += 1;
            (spots[0].0, spots[0].1 - if upright % 2 == 1 { 28.0 } else { 54.0 })
        } else {
            resting_place(&spots, 90.0)
        };
        ScrapeLane { target, spots, pill }
    };
    reached.iter().zip(scrapes(hub, &ends)).map(lane).collect()
}

/// Where a target's lane ends: at a container where its address is or was one's, else at the service that its name is.
fn end_of(yard: &YardView, layout: &Layout, addresses: &Addresses, target: &TargetView) -> Option<End> {
    let host = host_of(&target.url);
    let card = |service: &str| layout.get(&format!("service:{service}")).copied();
    let holder = addresses.get(host).and_then(|name| {
        let holds = |service: &&_| has_container(service, name);
        yard.services.iter().find(holds).map(|service| (service, name))
    });
    if let Some((service, name)) = holder {
        let tile = layout.get(&format!("container:{name}"))?;
        return Some(End { card: card(&service.name)?, x: tile.middle() });
    }
    let named = yard.services.iter().find(|service| service.name == host);
    // The machine goes by a name of its own in every configuration: `DOCKER_HOST`.
    let engine = || yard.services.iter().find(|service| kind(service) == Kind::Engine && !host.contains('.'));
    let card = card(&named.or_else(engine)?.name)?;
    Some(End { card, x: card.middle() })
}

fn has_container(service: &scrapeyard_core::lab::view::ServiceView, name: &str) -> bool {
    service.containers.iter().any(|container| container.name == name)
}

/// Notes who has which address now.
pub fn note_addresses(yard: &YardView, addresses: &mut Addresses) {
    /// A yard that has given out more addresses than this has moved on.
    const MOST: usize = 400;
    if addresses.len() > MOST {
        addresses.clear();
    }
    for container in yard.services.iter().flat_map(|service| &service.containers) {
        if let Some(ip) = &container.ip {
            addresses.insert(ip.clone(), container.name.clone());
        }
    }
}

/// The host of a URL: `http://172.18.0.5:80/metrics` has `172.18.0.5`.
fn host_of(url: &str) -> &str {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or(authority);
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

impl ScrapeLane<'_> {
    fn failed(&self) -> bool {
        self.target.health == HealthView::Down
    }

    /// The line; thicker where pulses follow one another too quickly to be seen.
    pub fn line(&self, merged: bool) -> Html {
        let failed = self.failed();
        html! {
            <path class={classes!("lane", "pull", failed.then_some("fail"), (merged && !failed).then_some("merged"))}
                d={path(&self.spots, CORNER, false)}
                marker-end={if failed { "url(#head-fail)" } else { "url(#head-pull)" }} />
        }
    }

    /// The pill with interval and duration, or with the reason and a cross above it.
    pub fn label(&self) -> Html {
        let (x, y) = self.pill;
        if self.failed() {
            return html! { <>{ pill(x, y, reason(&self.target.last_error), true) }{ self.cross() }</> };
        }
        let level = self.spots.first().zip(self.spots.last()).is_some_and(|(first, last)| first.1 == last.1);
        if level {
            return Html::default(); // between neighbours there is no room
        }
        let interval = self.target.interval.to_string();
        let bent = self.spots.len() > 2 && self.target.last_scrape.is_some();
        let label = if bent {
            format!("{interval} · {}", seconds(self.target.last_duration_seconds))
        } else {
            interval
        };
        pill(x, y, &label, false)
    }

    fn cross(&self) -> Html {
        let (x, y) = first_half(&self.spots).last().copied().unwrap_or_default();
        let y = if (x - self.pill.0).abs() < 60.0 && (y - self.pill.1).abs() < 22.0 {
            self.pill.1 - 24.0
        } else {
            y
        };
        html! {
            <g transform={format!("translate({:.1} {:.1})", x - 9.0, y - 9.0)}>
                <rect class="cross" width="18" height="18" rx="3" />
                <path class="cross-sign" d="m5.500 5.500 7 7M12.500 5.500l-7 7" />
            </g>
        }
    }
}

/// A pulse on its lane; none where the target is gone.
pub fn pulse_on(lanes: &[ScrapeLane<'_>], pulse: &ScrapePulse) -> Option<Html> {
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
        <g key={pulse.sequence} {class} data-testid="pulse">
            <path class="pulse-halo" pathLength="100" d={way.clone()} />
            <path class="pulse-dot" pathLength="100" d={way} />
        </g>
    })
}

/// The end of an error's text, which names the cause: `connection refused`.
fn reason(error: &str) -> &str {
    let last = error.rsplit(": ").next().unwrap_or(error);
    last.char_indices().nth(28).map_or(last, |(at, _)| &last[..at])
}

/// A label on a lane.
pub fn pill(x: f64, y: f64, label: &str, failed: bool) -> Html {
    let width = label.chars().count() as f64 * 6.1 + 18.0;
    let fail = failed.then_some("fail");
    html! {
        <g transform={format!("translate({x:.1} {y:.1})")}>
            <rect class={classes!("pill", fail)} x={(-width / 2.0).to_string()} y="-10" width={width.to_string()} height="20" rx="10" />
            <text class={classes!("pill-text", fail)} y="4">{ label }</text>
        </g>
    }
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
