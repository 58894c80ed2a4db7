//! Taking histograms into a series: which chunk one goes into, and what that chunk says of counter resets.
//!
//! Source: tsdb/head_append.go, `histogramsAppendPreprocessor`, and `appendable` in tsdb/chunkenc.

use std::sync::Arc;

use super::chunk::{Encoding, HistogramAppender, Open, ResetHeader};
use super::series::{Series, chunk_end};
use super::{AppendError, HeadOptions};
use crate::model::histogram::{FloatHistogram, ResetHint};

/// The bytes that a chunk of histograms is meant to have.
const TARGET_BYTES: usize = 1024;
/// A chunk gets at least as many histograms, unless its range of time ends.
const LEAST_SAMPLES: u16 = 10;

/// Whether a histogram may go into a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Fits,
    /// A new chunk is due: there was a reset.
    Reset,
    /// A new chunk is due; nobody looked whether there was a reset.
    Unknown,
    /// A new chunk is due, since gauges and counters have chunks of their own.
    OtherKind,
}

impl Series {
    /// Adds a histogram to chunks of an encoding of histograms; says whether it was new.
    pub(super) fn append_histogram(
        &mut self,
        time: i64,
        histogram: Arc<FloatHistogram>,
        encoding: Encoding,
        options: &HeadOptions,
    ) -> Result<bool, AppendError> {
        if !self.is_empty() && time <= self.open.time() {
            let is_same = match &self.open {
                Open::Histograms(open) => open.last().is_some_and(|last| last.is_same_as(&histogram)),
                Open::Floats(_) => false,
            };
            return self.refuse(time, is_same);
        }
        if let Some(header) = self.due(time, &histogram, encoding, options) {
            self.begin_histograms(time, encoding, header, options);
        }
        self.push_histogram(time, Some(histogram));
        Ok(true)
    }

    /// Adds a stale marker behind histograms; says whether it was new.
    pub(super) fn append_stale_histogram(
        &mut self,
        time: i64,
        options: &HeadOptions,
    ) -> Result<bool, AppendError> {
        let Open::Histograms(open) = &self.open else { return self.refuse(time, false) };
        if time <= open.time() {
            return self.refuse(time, open.last().is_none());
        }
        let (encoding, is_gauge) = (open.encoding(), open.header() == ResetHeader::Gauge);
        if self.is_chunk_over(time, options) {
            let header = if is_gauge { ResetHeader::Gauge } else { ResetHeader::NotReset };
            self.begin_histograms(time, encoding, header, options);
        }
        self.push_histogram(time, None);
        Ok(true)
    }

    /// The header of the new chunk that a histogram needs, where it needs one.
    fn due(
        &mut self,
        time: i64,
        histogram: &FloatHistogram,
        encoding: Encoding,
        options: &HeadOptions,
    ) -> Option<ResetHeader> {
        let is_whole = encoding == Encoding::Histogram;
        let is_continued = matches!(&self.open, Open::Histograms(open) if open.encoding() == encoding);
        let is_over = !is_continued || self.is_chunk_over(time, options);
        let fit = match &self.open {
            Open::Histograms(open) if is_continued => fit(open, histogram),
            _ if histogram.hint == ResetHint::Reset => Fit::Reset,
            _ => Fit::Unknown,
        };
        let header = match fit {
            _ if histogram.hint == ResetHint::Gauge => ResetHeader::Gauge,
            Fit::Reset => ResetHeader::Reset,
            // Whatever was not seen to be a reset is written as none, where the chunk ends for its size.
            Fit::Fits | Fit::OtherKind if is_over || is_whole => ResetHeader::NotReset,
            Fit::Unknown if is_over && is_continued && !is_whole => ResetHeader::NotReset,
            _ => ResetHeader::Unknown,
        };
        (is_over || fit != Fit::Fits).then_some(header)
    }

    /// Whether the chunk of histograms being written ends before `time`: by its size, or at a time estimated when it is
    /// a quarter full.
    fn is_chunk_over(&mut self, time: i64, options: &HeadOptions) -> bool {
        let Open::Histograms(open) = &self.open else { return true };
        let range = options.chunk_range.0.max(1);
        let range_end = (self.open_min_time / range).saturating_mul(range).saturating_add(range);
        let bytes = open.length();
        if !self.has_estimate && bytes >= TARGET_BYTES / 4 {
            self.has_estimate = true;
            let filled = TARGET_BYTES as f64 / bytes as f64;
            self.next_at = chunk_end(self.open_min_time, open.time(), self.next_at, filled);
        }
        (time >= self.next_at || bytes >= TARGET_BYTES * 2)
            && (open.count() >= LEAST_SAMPLES || time >= range_end)
            || open.count() == u16::MAX
    }

    fn begin_histograms(
        &mut self,
        time: i64,
        encoding: Encoding,
        header: ResetHeader,
        options: &HeadOptions,
    ) {
        if !self.is_empty() {
            self.finish_open();
        }
        self.begin_chunk(time, options);
        self.open = Open::Histograms(Box::new(HistogramAppender::new(encoding, header)));
    }

    fn push_histogram(&mut self, time: i64, histogram: Option<Arc<FloatHistogram>>) {
        if let Open::Histograms(open) = &mut self.open {
            open.append(time, histogram);
        }
        if let Some(starts) = &mut self.starts {
            starts.append(time);
        }
    }
}

/// Whether a histogram may follow the last one of a chunk.
fn fit(open: &HistogramAppender, histogram: &FloatHistogram) -> Fit {
    let is_gauge = histogram.hint == ResetHint::Gauge;
    if is_gauge != (open.header() == ResetHeader::Gauge) {
        return Fit::OtherKind;
    }
    if histogram.hint == ResetHint::Reset {
        return Fit::Reset;
    }
    // Behind a stale marker come only stale markers.
    let Some(last) = open.last() else { return Fit::Unknown };
    if !is_gauge && histogram.count < last.count {
        return Fit::Reset;
    }
    if histogram.schema != last.schema || histogram.zero_threshold != last.zero_threshold {
        return Fit::Unknown;
    }
    if histogram.custom_bounds != last.custom_bounds {
        return Fit::Reset;
    }
    let lost = |(_, now, then): (i32, f64, f64)| now < then;
    let is_reset = !is_gauge
        && (histogram.zero_count < last.zero_count
            || histogram.positive.zip(&last.positive).any(lost)
            || histogram.negative.zip(&last.negative).any(lost));
    if is_reset { Fit::Reset } else { Fit::Fits }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::number::is_stale;
    use crate::model::histogram::{Buckets, CUSTOM_BUCKETS_SCHEMA};
    use crate::model::labels::Labels;
    use crate::tsdb::{Chunk, Samples};

    fn series(samples: &[(i64, Option<FloatHistogram>)], encoding: Encoding) -> Series {
        let (mut series, options) = (Series::new(Labels::default()), HeadOptions::default());
        for (time, histogram) in samples {
            match histogram {
                Some(histogram) => {
                    series.append_histogram(*time, Arc::new(histogram.clone()), encoding, &options)
                }
                None => series.append(*time, crate::base::number::stale_nan(), &options),
            }
            .unwrap();
        }
        series
    }

    fn read(series: &Series) -> Samples {
        let mut samples = Samples::default();
        series.read(i64::MIN, i64::MAX, &mut samples);
        samples
    }

    fn of_count(count: f64, hint: ResetHint) -> FloatHistogram {
        let positive = Buckets::from_pairs([(1, count)]);
        FloatHistogram { count, sum: count, positive, hint, ..FloatHistogram::default() }
    }

    fn hints(samples: &[(f64, ResetHint)]) -> (Vec<ResetHint>, Vec<u8>) {
        let samples: Vec<_> = samples
            .iter()
            .enumerate()
            .map(|(at, (count, hint))| (at as i64 * 1000, Some(of_count(*count, *hint))))
            .collect();
        let series = series(&samples, Encoding::FloatHistogram);
        let headers = series.chunks().map(|chunk: Chunk| chunk.bytes[2]).collect();
        let hints = read(&series).histograms.iter().flatten().map(|one| one.hint).collect();
        (hints, headers)
    }

    #[test]
    fn hints_are_what_the_place_in_a_chunk_says() {
        use ResetHint::{Gauge, NotReset, Reset, Unknown};
        let found = hints(&[(1.0, Unknown), (2.0, Unknown), (1.0, NotReset), (3.0, Reset), (3.0, Unknown)]);
        assert_eq!(found, (vec![Unknown, NotReset, Unknown, Unknown, NotReset], vec![0, 0x80, 0x80]));
        let found = hints(&[(4.0, Gauge), (1.0, Gauge), (5.0, Unknown), (6.0, NotReset)]);
        assert_eq!(found, (vec![Gauge, Gauge, Unknown, NotReset], vec![0xc0, 0]));
    }

    #[test]
    fn a_stale_marker_ends_what_a_chunk_takes() {
        let one = || Some(of_count(1.0, ResetHint::Unknown));
        for encoding in [Encoding::Histogram, Encoding::FloatHistogram] {
            let series = series(&[(1, one()), (2, one()), (3, None), (4, None), (5, one())], encoding);
            assert_eq!(series.chunks().map(|chunk| chunk.count()).collect::<Vec<_>>(), [4, 1]);
            let samples = read(&series);
            assert_eq!(
                samples.values.iter().map(|value| is_stale(*value)).collect::<Vec<_>>(),
                [false, false, true, true, false]
            );
            assert!(!samples.histograms.has(2) && samples.histograms.has(4));
        }
    }

    #[test]
    fn floats_and_histograms_take_turns() {
        let (mut series, options) = (Series::new(Labels::default()), HeadOptions::default());
        series.append(1, 5.0, &options).unwrap();
        let one = Arc::new(of_count(1.0, ResetHint::Unknown));
        series.append_histogram(2, Arc::clone(&one), Encoding::FloatHistogram, &options).unwrap();
        assert_eq!(
            series.append_histogram(2, Arc::clone(&one), Encoding::FloatHistogram, &options),
            Ok(false)
        );
        assert_eq!(series.append(2, 1.0, &options), Err(AppendError::DuplicateTimestamp));
        series.append(3, 6.0, &options).unwrap();
        let encodings: Vec<_> = series.chunks().map(|chunk| chunk.encoding).collect();
        assert_eq!(encodings, [Encoding::Xor, Encoding::FloatHistogram, Encoding::Xor]);
        assert_eq!(read(&series).histograms.iter().collect::<Vec<_>>(), [None, Some(one), None]);
    }

    #[test]
    fn chunks_of_histograms_end_by_their_size() {
        let wide = |seed: u64| {
            let pairs =
                (0..60_u64).map(|bucket| (bucket as i32, ((seed + bucket) * 0x9e37_79b9 % 4096) as f64));
            FloatHistogram {
                positive: Buckets::from_pairs(pairs),
                hint: ResetHint::Gauge,
                ..FloatHistogram::default()
            }
        };
        let samples: Vec<_> = (0..100).map(|at| (at * 1000, Some(wide(at as u64)))).collect();
        let counts: Vec<u16> =
            series(&samples, Encoding::FloatHistogram).chunks().map(|chunk| chunk.count()).collect();
        assert!(
            counts.len() > 5 && counts[..counts.len() - 1].iter().all(|count| *count >= 10),
            "{counts:?}"
        );
    }

    fn side() -> impl Strategy<Value = Buckets> {
        proptest::collection::vec((-6_i32..20, 0_u32..50), 0..8).prop_map(|pairs| {
            Buckets::from_pairs(pairs.into_iter().map(|(index, count)| (index, f64::from(count))))
        })
    }

    fn histogram() -> impl Strategy<Value = FloatHistogram> {
        let layout = prop_oneof![
            4 => Just((3, 0.001, vec![])),
            1 => Just((0, 0.0, vec![])),
            1 => Just((CUSTOM_BUCKETS_SCHEMA, 0.0, vec![0.5, 1.0, f64::MAX])),
        ];
        let hint = prop_oneof![Just(ResetHint::Unknown), Just(ResetHint::Gauge), Just(ResetHint::Reset)];
        (layout, side(), side(), 0_u32..100, any::<f64>(), hint).prop_map(
            |((schema, zero_threshold, bounds), positive, negative, zero, sum, hint)| FloatHistogram {
                schema,
                zero_threshold,
                zero_count: f64::from(zero),
                count: f64::from(zero) + positive.iter().map(|(_, count)| count).sum::<f64>(),
                sum: if sum.is_nan() { 1.5 } else { sum },
                positive,
                negative,
                custom_bounds: bounds.into(),
                hint,
            },
        )
    }

    proptest! {
        #[test]
        fn histograms_come_back_as_they_went_in(
            samples in proptest::collection::vec((1_i64..100_000, proptest::option::weighted(0.9, histogram())), 1..60),
            is_rising: bool, is_whole: bool,
        ) {
            let (mut at, mut before) = (0, FloatHistogram::default());
            let samples: Vec<_> = samples.into_iter().map(|(gap, histogram)| {
                at += gap;
                (at, histogram.map(|mut one| {
                    // Counters that grow stay in one chunk and widen its layout.
                    if is_rising && one.add(&before).is_ok() {
                        before = one.clone();
                    }
                    one
                }))
            }).collect();
            let first = samples.iter().position(|(_, histogram)| histogram.is_some()).unwrap_or(samples.len());
            let samples = &samples[first..];
            let encoding = if is_whole { Encoding::Histogram } else { Encoding::FloatHistogram };
            let series = series(samples, encoding);
            let read = read(&series);
            prop_assert_eq!(&read.times, &samples.iter().map(|(time, _)| *time).collect::<Vec<_>>());
            for ((_, wanted), found) in samples.iter().zip(read.histograms.iter()) {
                prop_assert_eq!(wanted.is_some(), found.is_some());
                if let (Some(wanted), Some(found)) = (wanted, found) {
                    prop_assert!(wanted.is_same_as(&found), "{:?} {:?}", wanted, found);
                    prop_assert_eq!(wanted.hint == ResetHint::Gauge, found.hint == ResetHint::Gauge);
                }
            }
            for chunk in series.chunks() {
                let mut samples = Samples::default();
                chunk.decode(i64::MIN, i64::MAX, &mut samples);
                prop_assert!(Open::resume(&chunk, &samples).is_some(), "the bits are stable");
            }
        }

        #[test]
        fn bytes_that_are_no_chunk_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300), is_whole: bool) {
            let encoding = if is_whole { Encoding::Histogram } else { Encoding::FloatHistogram };
            let chunk = Chunk { encoding, min_time: 0, max_time: 0, bytes: bytes.into() };
            let mut samples = Samples::default();
            chunk.decode(i64::MIN, i64::MAX, &mut samples);
            prop_assert!(samples.times.len() <= usize::from(chunk.count()));
        }
    }
}
