//! The lanes of scrapes: from Prometheus to what each target is, with its interval, or why it fails. Many targets of one
//! service share a lane.

use scrapeyard_core::lab::view::{TargetView, YardView};
use yew::prelude::{Html, classes, html};

use super::geometry::{Rect, Spot, first_half, path, resting_place};
use super::measure::Layout;
use super::pulses::ScrapePulse;
use super::reach::{Addresses, reach};
use super::routes::{End, scrapes};
use super::scraped::{down, words};
use crate::session::Targets;

/// The radius of a lane's corners.
pub const CORNER: f64 = 12.0;

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

/// Where a target's lane ends: below a container's tile, or in the middle of a service's card. What is none of the
/// yard's has no lane.
fn end_of(yard: &YardView, layout: &Layout, addresses: &Addresses, target: &TargetView) -> Option<End> {
    let reach = reach(yard, addresses, target)?;
    let card = *layout.get(&format!("service:{}", reach.service.name))?;
    match reach.container {
        Some(name) => Some(End { card, x: layout.get(&format!("container:{name}"))?.middle() }),
        None => Some(End { card, x: card.middle() }),
    }
}

impl ScrapeLane<'_> {
    /// Where along the card's edge it ends.
    pub fn arrives_at(&self) -> Option<f64> {
        self.spots.last().map(|spot| spot.0)
    }

    fn failed(&self) -> bool {
        down(&self.targets) == self.targets.len()
    }

    /// The line; thicker where pulses follow one another too quickly to be seen.
    pub fn line(&self, merged: bool) -> Html {
        let failed = self.failed();
        html! {
            <path class={classes!("lane", "pull", failed.then_some("fail"), (merged && !failed).then_some("merged"))}
                data-testid="scrape-lane" data-job={self.targets.first().map(|target| target.job.to_string())}
                data-failed={failed.to_string()} d={path(&self.spots, CORNER, false)}
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
                if !level { { pill(x, y, &words(&self.targets), down(&self.targets) > 0) } }
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
            <g transform={format!("translate({:.1} {:.1})", x - 9.0, y - 9.0)} data-testid="scrape-cross">
                <rect class="cross" width="18" height="18" rx="3" />
                <path class="cross-sign" d="m5.500 5.500 7 7M12.500 5.500l-7 7" />
            </g>
        }
    }
}

/// A pulse on its lane; none where the target is gone.
pub fn pulse_on(lanes: &[ScrapeLane<'_>], pulse: &ScrapePulse) -> Option<Html> {
    let is_own = |lane: &&ScrapeLane<'_>| lane.targets.iter().any(|target| pulse.is_of(target));
    let lane = lanes.iter().find(is_own)?;
    // A scrape that fails gets no farther than the cross.
    let way = if pulse.worked {
        path(&lane.spots, CORNER, false)
    } else {
        path(&first_half(&lane.spots), CORNER, false)
    };
    let class = if pulse.worked { "pulse" } else { "pulse fail" };
    Some(html! {
        <g key={pulse.sequence} {class} data-testid="pulse" data-job={pulse.job.clone()} data-worked={pulse.worked.to_string()}>
            <path class="pulse-halo" pathLength="100" d={way.clone()} />
            <path class="pulse-dot" pathLength="100" d={way} />
        </g>
    })
}

/// A label on a lane.
pub fn pill(x: f64, y: f64, label: &str, failed: bool) -> Html {
    let width = label.chars().count() as f64 * 6.1 + 18.0;
    let fail = failed.then_some("fail");
    html! {
        <g transform={format!("translate({x:.1} {y:.1})")}>
            <rect class={classes!("pill", fail)} data-testid="lane-pill" x={(-width / 2.0).to_string()} y="-10" width={width.to_string()} height="20" rx="10" />
            <text class={classes!("pill-text", fail)} y="4">{ label }</text>
        </g>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_targets_of_a_card_share_a_lane_and_few_do_not() {
        let up = TargetView::default();
        let card = Rect { x: 100.0, y: 0.0, width: 200.0, height: 80.0 };
        let end = |x| End { card, x };
        let few = vec![(&up, end(110.0)), (&up, end(120.0)), (&up, end(130.0)), (&up, end(140.0))];
        assert_eq!(bundled(few.clone()).len(), 4);
        let lanes = bundled([few, vec![(&up, end(150.0))]].concat());
        assert_eq!((lanes.len(), lanes[0].0.len(), lanes[0].1.x), (1, 5, 200.0));
    }
}
