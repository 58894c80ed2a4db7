//! The last minutes of each container as small curves. What is missing is a gap, never a zero.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Interval;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{ContainerVitals, VitalsView};
use scrapeyard_core::lab::{Answer, Question};
use yew::prelude::{Html, classes, hook, html, use_effect_with, use_state_eq};

use crate::session::{Asked, panel, use_session, use_settled};

/// How often the last minutes are asked for, in milliseconds of real time.
const EVERY_MS: u32 = 700;
/// How many points a row has at most.
const POINTS: usize = 60;

/// The last minutes of all containers; nothing before they are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves(Option<Rc<Answer>>);

impl Curves {
    fn view(&self) -> Option<&VitalsView> {
        match self.0.as_deref() {
            Some(Answer::Vitals(view)) => Some(view),
            _ => None,
        }
    }

    /// Those of a container.
    pub fn of(&self, container: &str) -> Option<&ContainerVitals> {
        self.view()?.containers.iter().find(|known| known.name == container)
    }

    /// The requests of several containers together.
    pub fn requests<'c>(&self, containers: impl Iterator<Item = &'c str>) -> Vec<Option<f32>> {
        let rows: Vec<_> = containers.filter_map(|name| Some(&self.of(name)?.requests_per_second)).collect();
        let longest = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        let at = |from_end: usize| {
            let points = rows.iter().filter_map(|row| *row.get(row.len().checked_sub(from_end)?)?);
            points.reduce(|sum, one| sum + one)
        };
        (1..=longest).rev().map(at).collect()
    }
}

/// The last minutes of all containers, kept up to date.
#[hook]
pub fn use_curves() -> Curves {
    let (session, settled) = (use_session(), use_settled());
    let curves = use_state_eq(Curves::default);
    let shown = curves.clone();
    use_effect_with(settled, move |settled| {
        let waiting = Rc::new(Cell::new(false));
        let asked_for = Cell::new(None::<(Timestamp, u64)>);
        let ask = move || {
            let state = (session.now(), session.revision());
            if waiting.get() || asked_for.replace(Some(state)) == Some(state) {
                return;
            }
            waiting.set(true);
            let (waiting, curves) = (Rc::clone(&waiting), curves.clone());
            session.ask(panel::VITALS, Question::Vitals, move |asked| {
                waiting.set(false);
                if let Asked::Answered(_, answer) = asked {
                    curves.set(Curves(Some(answer)));
                }
            });
        };
        let interval = settled.then(|| Interval::new(EVERY_MS, ask));
        move || drop(interval)
    });
    (*shown).clone()
}

/// Where a curve's lower edge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foot {
    /// At zero, as for rates.
    Zero,
    /// At the least value: of a size that hardly changes the change is the news.
    Least,
}

/// A curve, 56 by 16 units, the newest point at its right edge. `name` is for tests. Its number stands beside it.
pub fn curve(name: &'static str, row: &[Option<f32>], foot: Foot, class: &'static str) -> Html {
    if row.is_empty() {
        return html! { <span class={classes!("spark", class)} data-testid={format!("spark-{name}")} data-points="0" /> };
    }
    html! {
        <svg class={classes!("spark", class)} viewBox="0 0 56 16" preserveAspectRatio="none" aria-hidden="true" data-testid={format!("spark-{name}")}
            data-points={row.iter().flatten().count().to_string()}>
            <path d={path(row, foot)} />
        </svg>
    }
}

/// The path of a row; a point without neighbours is a short dash.
fn path(row: &[Option<f32>], foot: Foot) -> String {
    const WIDTH: f32 = 56.0;
    const BOTTOM: f32 = 14.5;
    const TOP: f32 = 1.5;
    let present = || row.iter().flatten().copied();
    let greatest = present().fold(0.0, f32::max);
    let least = match foot {
        Foot::Zero => 0.0,
        // What hardly changes shall not look as if it leapt.
        Foot::Least => present().fold(greatest, f32::min).min(greatest * 0.9),
    };
    let span = if greatest > least { greatest - least } else { 1.0 };
    let step = WIDTH / (POINTS - 1) as f32;
    let mut text = String::new();
    let mut is_open = false;
    for (index, point) in row.iter().enumerate() {
        let Some(value) = point else {
            is_open = false;
            continue;
        };
        let x = WIDTH - (row.len() - 1 - index) as f32 * step;
        let y = BOTTOM - (value - least) / span * (BOTTOM - TOP);
        let is_alone = !is_open && row.get(index + 1).is_none_or(Option::is_none);
        text.push_str(&format!("{}{x:.1} {y:.1}", if is_open { "L" } else { "M" }));
        if is_alone {
            text.push_str("h-1");
        }
        is_open = true;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_stays_a_gap_and_the_newest_point_is_at_the_right() {
        let text = path(&[Some(1.0), Some(2.0), None, Some(0.0), Some(2.0)], Foot::Zero);
        assert_eq!(text, "M52.2 8.0L53.2 1.5M55.1 14.5L56.0 1.5");
        assert_eq!(path(&[None, Some(4.0)], Foot::Zero), "M56.0 1.5h-1");
        assert_eq!(path(&[None, None], Foot::Zero), "");
    }

    #[test]
    fn a_row_of_zeros_lies_at_the_foot_and_a_steady_size_does_not_leap() {
        assert_eq!(path(&[Some(0.0), Some(0.0)], Foot::Zero), "M55.1 14.5L56.0 14.5");
        let steady = path(&[Some(100.0), Some(101.0)], Foot::Least);
        assert_eq!(steady, "M55.1 2.8L56.0 1.5");
    }

    #[test]
    fn the_requests_of_replicas_are_added_from_the_newest_on() {
        let row = |name: &str, requests: &[Option<f32>]| ContainerVitals {
            name: name.to_owned(),
            requests_per_second: requests.to_vec(),
            ..ContainerVitals::default()
        };
        let containers = vec![row("a", &[None, Some(1.0), Some(2.0)]), row("b", &[Some(5.0)])];
        let view = VitalsView { until: Timestamp(0), step: Default::default(), containers };
        let curves = Curves(Some(Rc::new(Answer::Vitals(view))));
        assert_eq!(curves.requests(["a", "b"].into_iter()), [None, Some(1.0), Some(7.0)]);
        assert!(curves.of("c").is_none());
    }
}
