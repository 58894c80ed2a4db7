//! How much a store holds and which names and labels it is spent on: Prometheus's page "TSDB status".

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Head;
use crate::base::time::Timestamp;
use crate::model::labels::METRIC_NAME;

/// About what a series takes besides its chunks and labels: itself, its place in the order and in the table by labels.
const SERIES_BYTES: u64 = 200;
/// A label of a series, and the series' place in the label's list.
const LABEL_BYTES: u64 = 36;
/// A chunk besides its bytes.
const CHUNK_BYTES: u64 = 48;
/// A late sample.
const LATE_BYTES: u64 = 16;
/// A text besides its bytes: counts, its place among the texts and in the map of its label.
const SYMBOL_BYTES: u64 = 96;

/// A name with a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What is counted: a metric, a label, or a pair `label=value`.
    pub name: Arc<str>,
    /// The count.
    pub value: u64,
}

/// How much a head holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadSize {
    /// Series that have samples or may get some.
    pub series: u64,
    /// Chunks, those being written among them.
    pub chunks: u64,
    /// Samples held.
    pub samples: u64,
    /// The bytes of all chunks as a block would hold them.
    pub chunk_bytes: u64,
    /// Samples that came late: they lie beside the chunks and are not in `samples`.
    pub late_samples: u64,
    /// The oldest sample held.
    pub min_time: Option<Timestamp>,
    /// The newest sample held.
    pub max_time: Option<Timestamp>,
}

/// Counts of a head.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeadStatistics {
    /// How much it holds.
    pub size: HeadSize,
    /// Deleted spans; their samples are held until their chunks go.
    pub tombstones: u64,
    /// About how many bytes of memory all of it takes: chunks, labels, index. The same on every machine.
    pub memory_bytes: u64,
    /// Different pairs of a label with a value.
    pub label_pairs: u64,
    /// Different texts of label names and values, each held once.
    pub symbols: u64,
    /// Metrics with the most series.
    pub series_by_metric: Vec<Tally>,
    /// Labels with the most values.
    pub values_by_label: Vec<Tally>,
    /// Labels whose values take the most bytes, each value counted once a series.
    pub bytes_by_label: Vec<Tally>,
    /// Pairs `label=value` with the most series.
    pub series_by_pair: Vec<Tally>,
}

impl HeadSize {
    /// The bytes of chunks a sample takes on average; 0 where there is none.
    #[must_use]
    pub fn bytes_a_sample(&self) -> f64 {
        if self.samples == 0 { 0.0 } else { self.chunk_bytes as f64 / self.samples as f64 }
    }
}

impl Head {
    /// How much it holds, without a look at the labels.
    #[must_use]
    pub fn size(&self) -> HeadSize {
        let mut size = HeadSize::default();
        for id in self.series_ids() {
            let series = &self.series[id.0 as usize];
            size.series += 1;
            size.late_samples += series.amendments.as_ref().map_or(0, |amendments| amendments.late_count());
            for chunk in series.finished.iter() {
                size.chunks += 1;
                size.samples += u64::from(chunk.count());
                size.chunk_bytes += chunk.bytes.len() as u64;
            }
            if let Some((first, last)) = series.time_range() {
                size.chunks += 1;
                size.samples += u64::from(series.open.count());
                size.chunk_bytes += series.open.length() as u64;
                let (first, last) = (Timestamp(first), Timestamp(last));
                size.min_time = Some(size.min_time.map_or(first, |time| time.min(first)));
                size.max_time = Some(size.max_time.map_or(last, |time| time.max(last)));
            }
        }
        size
    }

    /// Counts everything; the lists have at most `most` entries, the greatest first, equal ones by name.
    #[must_use]
    pub fn statistics(&self, most: usize) -> HeadStatistics {
        let mut counted = HeadStatistics {
            size: self.size(),
            symbols: self.index.symbol_count() as u64,
            tombstones: self.tombstones(),
            ..HeadStatistics::default()
        };
        self.count_labels(&mut counted, most);
        let labels = self.series_ids().map(|id| self.series[id.0 as usize].labels.len() as u64).sum::<u64>();
        counted.memory_bytes += counted.size.series * SERIES_BYTES
            + labels * LABEL_BYTES
            + counted.size.chunk_bytes
            + counted.size.chunks * CHUNK_BYTES
            + counted.size.late_samples * LATE_BYTES
            + counted.symbols * SYMBOL_BYTES;
        counted
    }

    fn count_labels(&self, counted: &mut HeadStatistics, most: usize) {
        let (mut values, mut bytes, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
        for (name, postings) in self.index.names() {
            counted.label_pairs += postings.len() as u64;
            let texts = postings.keys().map(|value| value.len() as u64).sum::<u64>();
            counted.memory_bytes += name.len() as u64 + texts;
            values.push(Tally { name: name.clone(), value: postings.len() as u64 });
            let spent = postings.iter().map(|(value, list)| (value.len() * list.len()) as u64).sum();
            bytes.push(Tally { name: name.clone(), value: spent });
            let lists = postings.iter().map(|(value, list)| (value, list.len() as u64));
            if **name == *METRIC_NAME {
                let metrics = lists.clone().map(|(value, count)| Tally { name: value.clone(), value: count });
                counted.series_by_metric = top(metrics.collect(), most);
            }
            // Only the greatest of each name can be among the greatest of all.
            let named =
                lists.map(|(value, count)| Tally { name: format!("{name}={value}").into(), value: count });
            pairs.extend(top(named.collect(), most));
        }
        counted.values_by_label = top(values, most);
        counted.bytes_by_label = top(bytes, most);
        counted.series_by_pair = top(pairs, most);
    }
}

fn top(mut tallies: Vec<Tally>, most: usize) -> Vec<Tally> {
    tallies.sort_by(|left, right| right.value.cmp(&left.value).then_with(|| left.name.cmp(&right.name)));
    tallies.truncate(most);
    tallies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::labels::Labels;

    #[test]
    fn the_greatest_come_first() {
        let mut head = Head::new();
        for (name, zone, samples) in [("up", "x", 200), ("up", "y", 1), ("http_requests_total", "longest", 1)]
        {
            let id = head.series_id(&Labels::from_pairs([(METRIC_NAME, name), ("zone", zone)]));
            (0..samples).for_each(|at| head.append(id, Timestamp(at * 15_000), 1.0).unwrap());
        }
        let counted = head.statistics(2);
        assert_eq!((counted.size.series, counted.size.chunks, counted.size.samples), (3, 4, 202));
        assert_eq!((counted.label_pairs, counted.symbols), (5, 7));
        assert_eq!(counted.size.min_time, Some(Timestamp(0)));
        assert_eq!(counted.size.max_time, Some(Timestamp(199 * 15_000)));
        let shown = |tallies: &[Tally]| {
            tallies.iter().map(|tally| format!("{} {}", tally.name, tally.value)).collect::<Vec<_>>()
        };
        assert_eq!(shown(&counted.series_by_metric), ["up 2", "http_requests_total 1"]);
        assert_eq!(shown(&counted.values_by_label), ["zone 3", "__name__ 2"]);
        assert_eq!(shown(&counted.bytes_by_label), ["__name__ 23", "zone 9"]);
        assert_eq!(shown(&counted.series_by_pair), ["__name__=up 2", "__name__=http_requests_total 1"]);
        let chunks = head.series_ids().flat_map(|id| head.chunks(id).collect::<Vec<_>>());
        assert_eq!(counted.size.chunk_bytes, chunks.map(|chunk| chunk.bytes.len() as u64).sum::<u64>());
        assert!(counted.size.bytes_a_sample() < 1.0);
        assert!((1000..2000).contains(&counted.memory_bytes), "{}", counted.memory_bytes);
    }
}
