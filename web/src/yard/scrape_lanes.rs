//! The lanes of scrapes: from Prometheus to what each target is, with its interval, or why it fails. Many targets of one
//! service share a lane.

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

/// From so many targets of a service on, they share one lane.
const BUNDLE: usize = 5;

/// A lane with what it needs to be drawn.
pub struct ScrapeLane<'a> {
    /// One, or all of a service.
    targets: Vec<&'a TargetView>,
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
    let ended = targets.all().filter_map(|target| Some((target, end_of(yard, layout, addresses, target)?)));
    let reached = bundled(ended.collect());
    let ends: Vec<End> = reached.iter().map(|(_, end)| *end).collect();
    let mut upright = 0;
    let lane = |((targets, _), spots): ((Vec<&'a TargetView>, End), Vec<Spot>)| {
        let is_upright = spots.len() == 2 && spots[0].0 == spots[1].0;
        let pill = if is_upright {
            // Pills of lanes side by side stand at two heights, so that they do not touch.
            upright += 1;
            (spots[0].0, spots[0].1 - if upright % 2 == 1 { 28.0 } else { 54.0 })
        } else {
            resting_place(&spots, 90.0)
        };
        ScrapeLane { targets, spots, pill }
    };
    let ways = scrapes(hub, &ends);
    reached.into_iter().zip(ways).map(lane).collect()
}

/// The targets of each lane with its end: those of a card that has many come together, in the middle of its edge.
fn bundled(reached: Vec<(&TargetView, End)>) -> Vec<(Vec<&TargetView>, End)> {
    let mut lanes: Vec<(Vec<&TargetView>, End)> = Vec::new();
    for (target, end) in &reached {
        let many = reached.iter().filter(|(_, other)| other.card == end.card).count() >= BUNDLE;
        match lanes.iter_mut().find(|(_, known)| many && known.card == end.card) {
            Some((targets, _)) => targets.push(target),
            None if many => lanes.push((vec![target], End { x: end.card.middle(), ..*end })),
            None => lanes.push((vec![target], *end)),
        }
    }
    lanes
}

/// Where a target's lane ends: at a container where its address is or was one's, else at the service that its name is.
/// What is none of the yard's has no lane.
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
    let named = yard.services.iter().find(|service| service.name == host || has_container(service, host));
    let is_machine = yard.machine_names.iter().any(|name| name == host);
    let engine = || yard.services.iter().find(|service| is_machine && kind(service) == Kind::Engine);
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
    /// How many of its targets are down.
    fn down(&self) -> usize {
        self.targets.iter().filter(|target| target.health == HealthView::Down).count()
    }

    fn failed(&self) -> bool {
        self.down() == self.targets.len()
    }

    /// What the pill says: `3s`, `3s · 12 ms`, `8 × 3s`, or why it fails: `2/8 connection refused`.
    fn words(&self) -> String {
        let Some(first) = self.targets.first() else { return String::new() };
        let (all, down) = (self.targets.len(), self.down());
        if let Some(lost) = self.targets.iter().find(|target| target.health == HealthView::Down) {
            let why = reason(&lost.last_error);
            return if all == 1 { why.to_owned() } else { format!("{down}/{all} {why}") };
        }
        let interval = first.interval.to_string();
        if all > 1 {
            let even = self.targets.iter().all(|target| target.interval == first.interval);
            return if even { format!("{all} × {interval}") } else { format!("{all} ×") };
        }
        if self.spots.len() > 2 && first.last_scrape.is_some() {
            return format!("{interval} · {}", seconds(first.last_duration_seconds));
        }
        interval
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
        let level = self.spots.first().zip(self.spots.last()).is_some_and(|(first, last)| first.1 == last.1);
        html! {
            <>
                // Between neighbours there is no room for words.
                if !level { { pill(x, y, &self.words(), self.down() > 0) } }
                if self.failed() { { self.cross() } }
            </>
        }
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
        lane.targets.iter().any(|target| {
            let labels = &target.labels;
            labels.get("job") == Some(&pulse.job) && labels.get("instance") == Some(&pulse.instance)
        })
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

/// The end of an error's text, which names the cause: `connection refused`, `404 Not Found`.
fn reason(error: &str) -> &str {
    let last = error.rsplit(": ").next().unwrap_or(error);
    let last = last.strip_prefix("server returned HTTP status ").unwrap_or(last);
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
        assert_eq!(reason("server returned HTTP status 404 Not Found"), "404 Not Found");
    }

    #[test]
    fn many_targets_of_a_card_share_a_lane_and_few_do_not() {
        let target = |url: &str, health| TargetView {
            url: url.into(),
            health,
            last_error: "server returned HTTP status 503 Service Unavailable".to_owned(),
            interval: scrapeyard_core::base::time::Millis::from_secs(3),
            ..TargetView::default()
        };
        let (up, down) = (target("a", HealthView::Up), target("b", HealthView::Down));
        let card = Rect { x: 100.0, y: 0.0, width: 200.0, height: 80.0 };
        let end = |x| End { card, x };
        let few = vec![(&up, end(110.0)), (&up, end(120.0)), (&up, end(130.0)), (&up, end(140.0))];
        assert_eq!(bundled(few.clone()).len(), 4);
        let lanes = bundled([few, vec![(&up, end(150.0))]].concat());
        assert_eq!((lanes.len(), lanes[0].0.len(), lanes[0].1.x), (1, 5, 200.0));
        let words = |targets: Vec<_>| ScrapeLane { targets, spots: Vec::new(), pill: (0.0, 0.0) }.words();
        assert_eq!(words(vec![&up; 8]), "8 × 3s");
        assert_eq!(words([vec![&up; 6], vec![&down; 2]].concat()), "2/8 503 Service Unavailable");
        assert_eq!(words(vec![&down]), "503 Service Unavailable");
    }
}
