//! The head: series by label set, their samples, and how to read them. Appending, selecting, dropping and counting have
//! files of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::chunk::Chunk;
use super::index::Index;
use super::saved::Saved;
use super::series::Series;
use super::{HeadOptions, Samples};
use crate::base::time::Timestamp;
use crate::model::labels::Labels;
use crate::model::metric::Metadata;
use crate::model::sample::Sample;

/// Names a series within one head; never reused, ordered by creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeriesId(pub u32);

/// The head. A clone costs little: finished chunks, labels, index and metadata are shared until they change.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "Saved", try_from = "Saved")]
pub struct Head {
    pub(super) options: HeadOptions,
    /// By id. A series without samples keeps its place and its labels, so that its id stays good.
    pub(super) series: Vec<Series>,
    pub(super) index: Arc<Index>,
    pub(super) metadata: Arc<BTreeMap<Arc<str>, Metadata>>,
    /// The newest sample's time; the lowest number where there is none.
    pub(super) max_time: i64,
    /// How many samples were ever taken.
    pub(super) appended: u64,
}

impl Default for Head {
    fn default() -> Self {
        Self::with_options(HeadOptions::default())
    }
}

impl Head {
    /// An empty head that takes samples of any age.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty head.
    #[must_use]
    pub fn with_options(options: HeadOptions) -> Self {
        Self {
            options,
            series: Vec::new(),
            index: Arc::default(),
            metadata: Arc::default(),
            max_time: i64::MIN,
            appended: 0,
        }
    }

    /// How the head is kept.
    #[must_use]
    pub const fn options(&self) -> &HeadOptions {
        &self.options
    }

    /// From now on samples are taken in as `options` say; those already taken stay.
    pub fn set_options(&mut self, options: HeadOptions) {
        self.options = options;
    }

    /// The labels of a series of this head.
    #[must_use]
    pub fn labels(&self, id: SeriesId) -> &Labels {
        &self.series[id.0 as usize].labels
    }

    /// Adds the samples of a series with `from <= time <= to` to `into`: floats, histograms and start times.
    pub fn read(&self, id: SeriesId, from: Timestamp, to: Timestamp, into: &mut Samples) {
        self.series[id.0 as usize].read(from.0, to.0, into);
    }

    /// Up to when a reader who needs the samples up to `at` should read: the rest of a chunk costs little once its
    /// begin has been decoded, and later it would be decoded from its begin again.
    #[must_use]
    pub fn end_of_chunk(&self, id: SeriesId, at: Timestamp) -> Timestamp {
        Timestamp(self.series[id.0 as usize].end_of_chunk(at.0))
    }

    /// The newest sample of a series, which may be the stale marker; a histogram as an ordinary NaN. Costs nothing,
    /// unless that sample was deleted.
    #[must_use]
    pub fn newest(&self, id: SeriesId) -> Option<Sample> {
        let series = &self.series[id.0 as usize];
        let newest = series.newest()?;
        if series.amendments.as_ref().is_none_or(|amendments| !amendments.is_deleted(newest.at.0)) {
            return Some(newest);
        }
        let mut left = Samples::default();
        series.read(i64::MIN, i64::MAX, &mut left);
        let (at, value) = (left.times.last().copied()?, left.values.last().copied()?);
        Some(Sample { at: Timestamp(at), value })
    }

    /// When the first and the newest sample of a series are, deleted ones among them.
    #[must_use]
    pub fn time_range(&self, id: SeriesId) -> Option<(Timestamp, Timestamp)> {
        let range = self.series[id.0 as usize].time_range();
        range.map(|(first, last)| (Timestamp(first), Timestamp(last)))
    }

    /// The chunks of a series, oldest first; the one being written, last, as if it were finished. Late samples are not
    /// in them, deleted ones are.
    pub fn chunks(&self, id: SeriesId) -> impl Iterator<Item = Chunk> + '_ {
        self.series[id.0 as usize].chunks()
    }

    /// The series that have samples or may get some, in order of their labels.
    pub fn series_ids(&self) -> impl ExactSizeIterator<Item = SeriesId> + '_ {
        self.index.in_order().iter().copied()
    }

    /// The newest sample's time over all series, also those dropped since.
    #[must_use]
    pub fn max_time(&self) -> Option<Timestamp> {
        (self.max_time != i64::MIN).then_some(Timestamp(self.max_time))
    }

    /// How many samples were ever taken (`prometheus_tsdb_head_samples_appended_total`).
    #[must_use]
    pub fn samples_appended(&self) -> u64 {
        self.appended
    }

    /// Type, help and unit of the metric family called `name`.
    #[must_use]
    pub fn metadata(&self, name: &str) -> Option<&Metadata> {
        self.metadata.get(name)
    }

    /// Everything known of metric families, by name.
    pub fn all_metadata(&self) -> impl Iterator<Item = (&Arc<str>, &Metadata)> {
        self.metadata.iter()
    }

    /// Remembers type, help and unit of a metric family; the last word counts.
    pub fn set_metadata(&mut self, name: &str, metadata: &Metadata) {
        if self.metadata.get(name) != Some(metadata) {
            Arc::make_mut(&mut self.metadata).insert(Arc::from(name), metadata.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::number::{NORMAL_NAN_BITS, STALE_NAN_BITS, stale_nan};
    use crate::model::histogram::{Buckets, FloatHistogram, ResetHint};
    use crate::tsdb::AppendError;

    fn labels(name: &str) -> Labels {
        Labels::from_pairs([("__name__", name), ("job", "a")])
    }

    fn filled(samples: &[(i64, f64)], options: HeadOptions) -> (Head, SeriesId) {
        let mut head = Head::with_options(options);
        let id = head.series_id(&labels("m"));
        samples.iter().for_each(|(time, value)| head.append(id, Timestamp(*time), *value).unwrap());
        (head, id)
    }

    proptest! {
        #[test]
        fn a_range_holds_what_was_appended_in_it(
            gaps in proptest::collection::vec(prop_oneof![Just(15_000_i64), 1_i64..4_000_000], 1..400),
            from in -1_000_000_i64..100_000_000,
            length in 0_i64..100_000_000,
        ) {
            let mut time = 0;
            let samples: Vec<(i64, f64)> = gaps.iter().enumerate().map(|(number, gap)| {
                time += gap;
                (time, (number * number) as f64 / 8.0)
            }).collect();
            let (head, id) = filled(&samples, HeadOptions::default());
            let mut read = Samples::default();
            head.read(id, Timestamp(from), Timestamp(from + length), &mut read);
            let inside = samples.iter().filter(|(time, _)| (from..=from + length).contains(time));
            let (times, values): (Vec<i64>, Vec<f64>) = inside.copied().unzip();
            prop_assert_eq!(read, Samples::of_floats(times, values));
            prop_assert_eq!(head.newest(id).map(|sample| (sample.at.0, sample.value)), samples.last().copied());
            let (first, last) = head.time_range(id).unwrap();
            prop_assert_eq!((first.0, last.0), (samples[0].0, time));
        }

        #[test]
        fn a_head_comes_back_from_its_bytes_and_goes_on_the_same(
            values in proptest::collection::vec(any::<f64>(), 1..300), small in 1_u16..200,
        ) {
            let samples: Vec<_> = values.iter().enumerate().map(|(at, value)| (at as i64 * 60_000, *value)).collect();
            let options = HeadOptions { samples_per_chunk: small, ..HeadOptions::default() };
            let (mut head, id) = filled(&samples, options);
            head.set_metadata("m", &Metadata { help: "h".into(), ..Metadata::default() });
            let bytes = postcard::to_allocvec(&head).unwrap();
            let mut read: Head = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(read.digest(), head.digest());
            for at in 300..700 {
                head.append(id, Timestamp(at * 60_000), 1.0).unwrap();
                read.append(id, Timestamp(at * 60_000), 1.0).unwrap();
            }
            prop_assert_eq!(postcard::to_allocvec(&read).unwrap(), postcard::to_allocvec(&head).unwrap());
            // The digest does not see chunks.
            let (mut other, _) = filled(&samples, HeadOptions::default());
            other.set_metadata("m", &Metadata { help: "h".into(), ..Metadata::default() });
            (300..700).for_each(|at| other.append(id, Timestamp(at * 60_000), 1.0).unwrap());
            prop_assert_eq!(other.digest(), head.digest());
        }
    }

    #[test]
    fn a_head_of_histograms_comes_back_from_its_bytes_and_goes_on_the_same() {
        let mut head = Head::new();
        let ids = ["whole", "float"].map(|name| head.series_id(&labels(name)));
        let append = |head: &mut Head, at: i64| {
            let one = |factor: f64| {
                let buckets = (0..at % 40).map(|index| (index as i32 * 2, (at * index) as f64 * factor));
                let positive = Buckets::from_pairs(buckets);
                let hint = if at % 50 < 10 { ResetHint::Gauge } else { ResetHint::Unknown };
                FloatHistogram { count: at as f64 * factor, positive, hint, ..FloatHistogram::default() }
            };
            head.append_whole_histogram(ids[0], Timestamp(at * 60_000), one(1.0)).unwrap();
            head.append_histogram(ids[1], Timestamp(at * 60_000), one(0.3)).unwrap();
            ids.iter().for_each(|id| head.set_newest_start(*id, Timestamp(at / 50 * 3_000_000)));
            if at % 70 == 0 {
                ids.iter().for_each(|id| head.append(*id, Timestamp(at * 60_000 + 1), stale_nan()).unwrap());
            }
        };
        for stop in [1, 7, 60, 71, 140, 333] {
            (0..stop).for_each(|at| append(&mut head, at));
            let pinned = head.clone();
            let mut read: Head = postcard::from_bytes(&postcard::to_allocvec(&head).unwrap()).unwrap();
            assert_eq!(read.digest(), head.digest());
            (stop..stop + 100).for_each(|at| append(&mut head, at));
            (stop..stop + 100).for_each(|at| append(&mut read, at));
            assert_eq!(postcard::to_allocvec(&read).unwrap(), postcard::to_allocvec(&head).unwrap());
            assert_ne!(pinned.digest(), head.digest());
            assert_eq!(head.truncate(Timestamp::MAX), 2);
        }
    }

    #[test]
    fn a_histogram_that_contradicts_itself_is_refused() {
        let mut head = Head::new();
        let id = head.series_id(&labels("m"));
        let negative = FloatHistogram { count: -1.0, ..FloatHistogram::default() };
        let refused = head.append_histogram(id, Timestamp(1), negative).map_err(|error| error.to_string());
        assert_eq!(
            refused,
            Err("observation count is -1: histogram's observation count is negative".to_owned())
        );
        assert!(head.newest(id).is_none() && head.samples_appended() == 0);
    }

    #[test]
    fn samples_out_of_turn_are_refused_in_prometheus_words() {
        let (mut head, id) = filled(&[(1000, 1.0), (2000, 2.0)], HeadOptions::default());
        let mut refused =
            |at, value| head.append(id, Timestamp(at), value).map_err(|error| error.to_string());
        assert_eq!(refused(1500, 1.0), Err("out of order sample".to_owned()));
        assert_eq!(refused(2000, 3.0), Err("duplicate sample for timestamp".to_owned()));
        assert_eq!(refused(2000, 2.0), Ok(()));
        assert_eq!(head.samples_appended(), 2);
        let options = HeadOptions { is_bounded: true, ..HeadOptions::default() };
        let (mut head, _) = filled(&[(4_000_000, 1.0)], options);
        let late = head.series_id(&labels("late"));
        assert_eq!(head.append(late, Timestamp(399_999), 1.0), Err(AppendError::OutOfBounds));
        assert_eq!(head.append(late, Timestamp(400_000), 1.0), Ok(()));
    }

    #[test]
    fn nans_are_stored_in_one_form_and_stale_markers_as_they_are() {
        let (head, id) = filled(&[(1, -f64::NAN), (2, stale_nan())], HeadOptions::default());
        let mut read = Samples::default();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut read);
        assert_eq!(
            read.values.iter().map(|value| value.to_bits()).collect::<Vec<_>>(),
            [NORMAL_NAN_BITS, STALE_NAN_BITS]
        );
    }

    #[test]
    fn a_clone_stays_as_it_was() {
        let samples: Vec<_> = (0..500).map(|at| (at * 15_000, at as f64)).collect();
        let (mut head, id) = filled(&samples, HeadOptions::default());
        let (pinned, before) = (head.clone(), head.digest());
        (500..800).for_each(|at| head.append(id, Timestamp(at * 15_000), 0.0).unwrap());
        head.series_id(&labels("new"));
        assert_eq!(pinned.digest(), before);
        assert_ne!(head.digest(), before);
        assert_eq!(pinned.series_ids().len(), 1);
    }

    #[test]
    fn a_dropped_series_comes_back_under_its_id() {
        let samples: Vec<_> = (0..500).map(|at| (at * 15_000, at as f64)).collect();
        let (mut head, id) = filled(&samples, HeadOptions::default());
        assert_eq!(head.truncate(Timestamp(3_000_000)), 0);
        assert_eq!(head.time_range(id).unwrap().0, Timestamp(120 * 15_000), "whole chunks only");
        assert_eq!(head.truncate(Timestamp(1 << 40)), 1);
        assert_eq!(head.select(&[], Timestamp::MIN, Timestamp::MAX), []);
        assert!(head.label_names(&[]).is_empty() && head.newest(id).is_none());
        assert_eq!(head.series_id(&labels("m")), id);
        head.append(id, Timestamp(1 << 41), 1.0).unwrap();
        assert_eq!(head.select(&[], Timestamp::MIN, Timestamp::MAX), [id]);
        assert_eq!(head.label_values("job", &[]), ["a".into()]);
    }
}
