//! Writes a store out as OpenMetrics with timestamps, the form in which `promtool tsdb create-blocks-from openmetrics`
//! takes it and in which [`super::import`] reads it back.

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
