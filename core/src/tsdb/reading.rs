//! Reading a series of floats part by part, each chunk once, without keeping what has been read.

use super::chunk::{Encoding, Open, Paused, decode_on};
use super::{Head, Samples, SeriesId};

/// How far a series has been read. Good for the head that it was used with, as long as that does not change.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The finished chunk to go on in, by its place.
    chunk: usize,
    paused: Option<Paused>,
    /// The newest sample given out.
    newest: Option<(i64, f64)>,
}

impl Head {
    /// A reading of a series from its begin; `None` for one that has, or may have, more than floats in its chunks:
    /// histograms, start times, late or deleted samples.
    #[must_use]
    pub fn reading(&self, id: SeriesId) -> Option<Reading> {
        let series = &self.series[id.0 as usize];
        let is_plain = series.starts.is_none()
            && series.amendments.is_none()
            && matches!(series.open, Open::Floats(_))
            && series.finished.iter().all(|chunk| chunk.encoding == Encoding::Xor);
        is_plain.then(Reading::default)
    }

    /// Makes `into` the newest sample that was given out before, and all samples since, `from <= time <= to`. From call to
    /// call both limits rise.
    pub fn read_on(&self, id: SeriesId, reading: &mut Reading, (from, to): (i64, i64), into: &mut Samples) {
        let series = &self.series[id.0 as usize];
        into.clear();
        if let Some((time, value)) = reading.newest {
            into.times.push(time);
            into.values.push(value);
        }
        while let Some(chunk) = series.finished.get(reading.chunk).filter(|chunk| chunk.min_time <= to) {
            let is_over = chunk.max_time < from;
            if is_over {
                reading.paused = None;
            } else if !decode_on(&chunk.bytes, &mut reading.paused, (from, to), into) {
                break;
            }
            reading.chunk += 1;
        }
        if reading.chunk == series.finished.len() && !series.is_empty() && series.open_min_time <= to {
            let unread = into.times.last().map_or(from, |last| from.max(last.saturating_add(1)));
            series.open.read(unread, to, into);
        }
        reading.newest = into.times.last().copied().zip(into.values.last().copied());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::time::Timestamp;
    use crate::model::labels::Labels;

    proptest! {
        #[test]
        fn parts_are_the_whole(
            gaps in prop::collection::vec(prop_oneof![Just(15_000_i64), 1_i64..400_000], 1..500),
            parts in prop::collection::vec(0_i64..3_000_000, 1..20),
            lookback in 1_i64..2_000_000,
        ) {
            let mut head = Head::new();
            let id = head.series_id(&Labels::default());
            let mut at = 0;
            for (number, gap) in gaps.iter().enumerate() {
                at += gap;
                head.append(id, Timestamp(at), (number * number) as f64 / 8.0).unwrap();
            }
            let (mut reading, mut part) = (head.reading(id).unwrap(), Samples::default());
            let (mut to, mut before, mut newest) = (0, i64::MIN, None);
            for length in parts {
                to += length;
                let from = to - length - lookback;
                head.read_on(id, &mut reading, (from, to), &mut part);
                let mut wanted = Samples::default();
                if let Some((time, value)) = newest {
                    wanted.push(time, value);
                }
                head.read(id, Timestamp(from.max(before)), Timestamp(to), &mut wanted);
                prop_assert_eq!(&part, &wanted);
                before = to + 1;
                newest = part.times.last().copied().zip(part.values.last().copied());
            }
        }
    }

    #[test]
    fn what_has_more_than_floats_is_not_read_so() {
        let mut head = Head::new();
        let id = head.series_id(&Labels::default());
        head.append(id, Timestamp(1), 1.0).unwrap();
        assert!(head.reading(id).is_some());
        head.set_newest_start(id, Timestamp(0));
        head.append(id, Timestamp(2), 1.0).unwrap();
        head.set_newest_start(id, Timestamp(1));
        assert!(head.reading(id).is_none());
    }
}
