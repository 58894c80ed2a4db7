//! The series that the scraper writes of its own for each target: `up` and how the scrape went.

use serde::{Deserialize, Serialize};

use super::sample_labels;
use crate::base::number::stale_nan;
use crate::base::time::Timestamp;
use crate::model::labels::Labels;
use crate::tsdb::{Head, SeriesId};

/// How a scrape went, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report {
    /// Whether it worked.
    pub worked: bool,
    /// How long it took.
    pub duration_seconds: f64,
    /// Samples on the page.
    pub scraped: u64,
    /// Samples that metric relabeling left.
    pub kept: u64,
    /// Series that were not there before.
    pub series_added: u64,
    /// Length of the page in bytes; −1 where it exceeded the limit.
    pub body_bytes: i64,
}

/// What the optional series show, where they are asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extra {
    /// The time a scrape may take.
    pub timeout_seconds: f64,
    /// The limit of samples.
    pub sample_limit: u64,
}

const NAMES: [&str; 8] = [
    "up",
    "scrape_duration_seconds",
    "scrape_samples_scraped",
    "scrape_samples_post_metric_relabeling",
    "scrape_series_added",
    "scrape_timeout_seconds",
    "scrape_sample_limit",
    "scrape_body_size_bytes",
];

/// How many of the names are always written.
const ALWAYS: usize = 5;

/// The series of one target in the store.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ReportSeries {
    series: Vec<SeriesId>,
}

impl ReportSeries {
    /// Writes how a scrape went; gives how many samples were stored. With an empty name among the target's labels the
    /// store takes none, as in Prometheus.
    pub fn write(
        &mut self,
        head: &mut Head,
        target: &Labels,
        at: Timestamp,
        report: &Report,
        extra: Option<Extra>,
    ) -> u64 {
        if target.get("").is_some() {
            return 0;
        }
        let count = |number: u64| number as f64;
        let values = [
            f64::from(u8::from(report.worked)),
            report.duration_seconds,
            count(report.scraped),
            count(report.kept),
            count(report.series_added),
            extra.map_or(0.0, |extra| extra.timeout_seconds),
            extra.map_or(0.0, |extra| count(extra.sample_limit)),
            report.body_bytes as f64,
        ];
        let wanted = if extra.is_some() { NAMES.len() } else { ALWAYS };
        for name in NAMES.iter().take(wanted).skip(self.series.len()) {
            self.series.push(head.series_id(&sample_labels::of_report(name, target)));
        }
        self.append(head, at, &values[..wanted])
    }

    /// The series themselves.
    pub fn series(&self) -> &[SeriesId] {
        &self.series
    }

    /// Marks them stale. Where the target has come back meanwhile, the store refuses the marks as too old.
    pub fn end(&self, head: &mut Head, at: Timestamp) {
        self.append(head, at, &[stale_nan(); NAMES.len()]);
    }

    fn append(&self, head: &mut Head, at: Timestamp, values: &[f64]) -> u64 {
        let pairs = self.series.iter().zip(values);
        pairs.map(|(series, value)| u64::from(head.append(*series, at, *value).is_ok())).sum()
    }
}
