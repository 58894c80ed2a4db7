//! What a script's questions are answered with: targets, series, events, requests, as text.

use std::fmt::Write as _;

use scrapeyard_core::base::number::{is_stale, print_plain};
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::scrape::Event;
use scrapeyard_core::tsdb::Samples;

use super::world::{World, seconds};

impl World {
    pub(super) fn targets(&self) -> Result<String, String> {
        let mut shown = String::new();
        for pool in self.running()?.pools() {
            let up = pool.targets.iter().filter(|target| target.health.name() == "up").count();
            let _ = writeln!(shown, "{} ({up}/{} up)", pool.job, pool.targets.len());
            for target in &pool.targets {
                let last = target.last_scrape.map_or_else(|| "never".to_owned(), |at| seconds(at.0));
                let _ = writeln!(shown, "  {} {} {}", target.health.name(), target.url, target.labels);
                let _ = writeln!(
                    shown,
                    "    last {last} took {}s every {} next {}",
                    target.last_duration_seconds,
                    target.interval,
                    seconds(target.next_scrape.0)
                );
                target.last_error.lines().for_each(|line| {
                    let _ = writeln!(shown, "    ! {line}");
                });
            }
            for dropped in &pool.dropped {
                let _ = writeln!(shown, "  dropped {}", dropped.discovered);
            }
            for failure in &pool.failures {
                let _ = writeln!(shown, "  failed {failure}");
            }
        }
        Ok(shown)
    }

    /// The series whose metric is one of `wanted`, or all but the scraper's own; their samples with times.
    pub(super) fn series(&self, wanted: &[&str]) -> Result<String, String> {
        let head = self.running()?.head();
        let mut shown = String::new();
        for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
            let labels = head.labels(id);
            let name = labels.metric_name().unwrap_or("");
            let is_own = name == "up" || name.starts_with("scrape_");
            if !(wanted.contains(&name) || wanted.is_empty() && !is_own) {
                continue;
            }
            let mut samples = Samples::default();
            head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
            let _ = write!(shown, "{labels}");
            for (index, (at, value)) in samples.times.iter().zip(&samples.values).enumerate() {
                let value = match samples.histograms.get(index) {
                    Some(histogram) => histogram.to_string(),
                    None if is_stale(*value) => "stale".to_owned(),
                    None => print_plain(*value),
                };
                let _ = write!(shown, "  {value}@{}", seconds(*at));
            }
            shown.push('\n');
        }
        Ok(shown)
    }

    pub(super) fn take_events(&mut self) -> String {
        self.note_events();
        let mut shown = String::new();
        for (at, event) in std::mem::take(&mut self.events) {
            let at = seconds(at);
            let _ = match event {
                Event::TargetAdded { job, instance, .. } => writeln!(shown, "{at} added {job} {instance}"),
                Event::TargetRemoved { job, instance, .. } => {
                    writeln!(shown, "{at} removed {job} {instance}")
                }
                Event::Scraped { job, instance, record, .. } => {
                    writeln!(
                        shown,
                        "{at} scraped {job} {instance}: {} samples {}",
                        record.samples, record.error
                    )
                }
                Event::LookupFailed { name, error } => {
                    writeln!(shown, "{at} lookup of {name} failed: {error}")
                }
            };
        }
        shown
    }

    pub(super) fn take_requests(&mut self, with_headers: bool) -> String {
        let mut shown = String::new();
        for fetch in std::mem::take(&mut self.requests) {
            let _ = writeln!(
                shown,
                "{} GET {} host {} port {} path {} timeout {}",
                seconds(fetch.sent.0),
                fetch.url,
                fetch.host,
                fetch.port,
                fetch.path,
                fetch.timeout
            );
            for (name, value) in fetch.headers.iter().filter(|_| with_headers) {
                let _ = writeln!(shown, "  {name}: {value}");
            }
        }
        shown
    }
}
