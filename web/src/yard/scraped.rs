//! What is said of the scrapes of some targets: how often and how long, or why they fail. Draws no lane.

use scrapeyard_core::lab::view::{HealthView, TargetView};
use yew::prelude::{Html, classes, html};

use crate::shapes::state_glyph;
use crate::texts::{Texts, seconds};

/// What a service's card says of its scrapes, where no lane does.
#[derive(Clone, Debug, PartialEq)]
pub struct Scraped {
    /// Down where one of its targets is.
    pub health: HealthView,
    /// As [`words`] says it.
    pub words: String,
    /// Whether one of them was scraped just now.
    pub is_pulsing: bool,
}

impl Scraped {
    /// Of these targets; `None` where there are none.
    pub fn of(targets: &[&TargetView], is_pulsing: bool) -> Option<Self> {
        let first = targets.first()?;
        let health = if down(targets) > 0 { HealthView::Down } else { first.health };
        Some(Self { health, words: words(targets), is_pulsing })
    }
}

/// The line on a card.
pub fn scraped_line(texts: &Texts, scraped: &Scraped) -> Html {
    let failed = (scraped.health == HealthView::Down).then_some("bad");
    let pulsing = scraped.is_pulsing.then_some("pulsing");
    html! {
        <p class={classes!("scraped", failed, pulsing)} data-health={format!("{:?}", scraped.health)} data-testid="scraped">
            { state_glyph(scraped.health.into()) }
            <span>{ texts.say("legend-scrape") }</span>{ " " }
            <b>{ &scraped.words }</b>
        </p>
    }
}

/// How many targets are down.
pub fn down(targets: &[&TargetView]) -> usize {
    targets.iter().filter(|target| target.health == HealthView::Down).count()
}

/// `3s · 12 ms`, `8 × 3s`, or why it fails: `2/8 connection refused`.
pub fn words(targets: &[&TargetView]) -> String {
    let Some(first) = targets.first() else { return String::new() };
    let (all, down) = (targets.len(), down(targets));
    if let Some(lost) = targets.iter().find(|target| target.health == HealthView::Down) {
        let why = reason(&lost.last_error);
        return if all == 1 { why.to_owned() } else { format!("{down}/{all} {why}") };
    }
    let interval = first.interval.to_string();
    if all > 1 {
        let even = targets.iter().all(|target| target.interval == first.interval);
        return if even { format!("{all} × {interval}") } else { format!("{all} ×") };
    }
    match first.last_scrape {
        Some(_) => format!("{interval} · {}", seconds(first.last_duration_seconds)),
        None => interval,
    }
}

/// The end of an error's text, which names the cause: `connection refused`, `404 Not Found`.
fn reason(error: &str) -> &str {
    let last = error.rsplit(": ").next().unwrap_or(error);
    let last = last.strip_prefix("server returned HTTP status ").unwrap_or(last);
    last.char_indices().nth(28).map_or(last, |(at, _)| &last[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use scrapeyard_core::base::time::{Millis, Timestamp};

    fn target(health: HealthView) -> TargetView {
        TargetView {
            health,
            last_error: "server returned HTTP status 503 Service Unavailable".to_owned(),
            interval: Millis::from_secs(3),
            ..TargetView::default()
        }
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
    fn one_target_tells_how_long_it_took_and_many_how_many_they_are() {
        let (up, down) = (target(HealthView::Up), target(HealthView::Down));
        let scraped =
            TargetView { last_scrape: Some(Timestamp(1)), last_duration_seconds: 0.012, ..up.clone() };
        assert_eq!((words(&[&up]), words(&[&scraped])), ("3s".to_owned(), "3s · 12 ms".to_owned()));
        assert_eq!(words(&[&up; 8]), "8 × 3s");
        assert_eq!(words(&[vec![&up; 6], vec![&down; 2]].concat()), "2/8 503 Service Unavailable");
        assert_eq!(words(&[&down]), "503 Service Unavailable");
        assert_eq!(Scraped::of(&[&up, &down], false).map(|scraped| scraped.health), Some(HealthView::Down));
        assert_eq!(Scraped::of(&[], true), None);
    }
}
