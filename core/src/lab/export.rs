//! Writes a store out as OpenMetrics with timestamps, the form in which `promtool tsdb create-blocks-from openmetrics`
//! takes it and in which [`super::import`] reads it back.

use std::fmt::Write as _;

use crate::base::number::print_general;
use crate::base::time::Timestamp;
use crate::exposition::{DUMP_END, write_dump_series};
use crate::tsdb::{Head, Samples};

/// All samples of a store, series after series in order of their labels, with the closing `# EOF`. Staleness markers
/// become plain NaNs, as promtool's own dump has them.
#[must_use]
pub fn write(head: &Head) -> String {
    let mut page = String::new();
    let mut samples = Samples::default();
    for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
        samples.clear();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        write_dump_series(&mut page, head.labels(id), &samples.times, &samples.values);
    }
    page + DUMP_END
}

/// All samples of a store as `promtool tsdb dump` prints them: labels, value, milliseconds, a line a sample. Native
/// histograms are among them.
#[must_use]
pub fn dump(head: &Head) -> String {
    let mut lines = String::new();
    let mut samples = Samples::default();
    for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
        samples.clear();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        let labels = head.labels(id);
        for (place, time) in samples.times.iter().enumerate() {
            let histogram = samples.histograms.get(place).and_then(Option::as_ref);
            let _ = match histogram {
                Some(histogram) => writeln!(lines, "{labels} {histogram} {time}"),
                None => writeln!(lines, "{labels} {} {time}", print_general(samples.values[place])),
            };
        }
    }
    lines
}
