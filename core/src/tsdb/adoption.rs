//! Taking whole chunks into a head, as a block brings them. Knows no files.

use std::sync::Arc;

use super::append::is_whole;
use super::chunk::{Chunk, Encoding, Open};
use super::series::Series;
use super::{Head, HeadOptions, Samples, SeriesId};
use crate::base::number::canonical;
use crate::model::labels::Labels;

impl Head {
    /// Adds chunks to the series with these labels, made where there is none; gives it. Chunks of a series that do not
    /// overlap stay as they are; of samples at one instant the first one counts.
    ///
    /// # Errors
    /// With the place of a chunk whose samples do not rise in time, are not as many as it says, or lie outside the time
    /// it says. Then nothing has changed.
    pub fn adopt(&mut self, labels: &Labels, chunks: Vec<Chunk>) -> Result<Option<SeriesId>, usize> {
        let mut sound = Vec::with_capacity(chunks.len());
        for (place, chunk) in chunks.into_iter().enumerate() {
            sound.extend(measured(chunk).ok_or(place)?);
        }
        let Some(last) = sound.iter().map(|chunk| chunk.max_time).max() else { return Ok(None) };
        let samples: u64 = sound.iter().map(|chunk| u64::from(chunk.count())).sum();
        let id = self.series_id(labels);
        self.series[id.0 as usize].adopt(sound, &self.options);
        self.appended += samples;
        self.max_time = self.max_time.max(last);
        if !self.series[id.0 as usize].is_indexed {
            self.revive(id);
        }
        Ok(Some(id))
    }

    /// The chunks of a series as a block holds them: late samples in their places.
    pub(super) fn chunks_in_order(&self, id: SeriesId) -> Vec<Chunk> {
        self.series[id.0 as usize].chunks_in_order(&self.options)
    }
}

/// A chunk with the times that its samples have; nothing for one without samples, `None` for a broken one.
fn measured(chunk: Chunk) -> Option<Option<Chunk>> {
    if chunk.count() == 0 {
        return Some(None);
    }
    // Looked at first, since decoding makes room for all that are told.
    if !chunk.is_complete() {
        return None;
    }
    let mut samples = Samples::default();
    chunk.decode(i64::MIN, i64::MAX, &mut samples);
    let (first, last) = samples.times.first().copied().zip(samples.times.last().copied())?;
    let rises = samples.times.windows(2).all(|pair| pair[0] < pair[1]);
    let is_within = chunk.min_time <= first && last <= chunk.max_time;
    let is_valid = samples.histograms.iter().flatten().all(|histogram| histogram.validate().is_ok());
    (rises && is_within && is_valid).then_some(Some(Chunk { min_time: first, max_time: last, ..chunk }))
}

impl Series {
    fn adopt(&mut self, chunks: Vec<Chunk>, options: &HeadOptions) {
        let mut all: Vec<Chunk> = self.chunks().chain(chunks).collect();
        all.sort_by_key(|chunk| chunk.min_time);
        if all.windows(2).any(|pair| pair[0].max_time >= pair[1].min_time) {
            return self.replace(merged(&all), options);
        }
        let Some(last) = all.pop() else { return };
        let mut samples = Samples::default();
        last.decode(i64::MIN, i64::MAX, &mut samples);
        let is_canonical = samples.values.iter().all(|value| canonical(*value).to_bits() == value.to_bits());
        self.finished = Arc::new(all);
        self.begin_chunk(last.min_time, options);
        match Open::resume(&last, &samples).filter(|_| is_canonical) {
            Some(open) => self.open = open,
            // Written otherwise than here: its samples are appended once more.
            None => {
                self.open.clear();
                self.append_all(&samples, options);
            }
        }
    }

    /// The chunks with late samples in their places. Deleted samples are among them.
    pub(super) fn chunks_in_order(&self, options: &HeadOptions) -> Vec<Chunk> {
        if self.amendments.as_ref().is_none_or(|amendments| amendments.late_count() == 0) {
            return self.chunks().collect();
        }
        let mut samples = Samples::default();
        self.read_all(i64::MIN, i64::MAX, &mut samples);
        let mut ordered = Self::new(self.labels.clone());
        ordered.append_all(&samples, options);
        ordered.chunks().collect()
    }

    fn replace(&mut self, samples: Samples, options: &HeadOptions) {
        self.finished = Arc::default();
        self.open = Open::default();
        self.append_all(&samples, options);
    }

    /// Appends samples later than all others. None is refused: they rise, and histograms have been looked at.
    fn append_all(&mut self, samples: &Samples, options: &HeadOptions) {
        for (place, time) in samples.times.iter().enumerate() {
            let _ = match samples.histograms.get(place) {
                None => self.append(*time, samples.values[place], options),
                Some(one) if is_whole(&one) => {
                    self.append_histogram(*time, one, Encoding::Histogram, options)
                }
                Some(one) => self.append_histogram(*time, one, Encoding::FloatHistogram, options),
            };
        }
    }
}

/// The samples of chunks that overlap, by time; of two at one instant the first chunk's.
fn merged(chunks: &[Chunk]) -> Samples {
    let mut all = Samples::default();
    chunks.iter().for_each(|chunk| chunk.decode(i64::MIN, i64::MAX, &mut all));
    all.level();
    let mut order: Vec<usize> = (0..all.times.len()).collect();
    order.sort_by_key(|place| all.times[*place]);
    order.dedup_by_key(|place| all.times[*place]);
    let mut merged = Samples::default();
    for place in order {
        match all.histograms.get(place) {
            Some(histogram) => merged.push_histogram(all.times[place], &histogram),
            None => merged.push(all.times[place], all.values[place]),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;

    fn head(times: impl Iterator<Item = i64>) -> (Head, SeriesId) {
        let mut head = Head::new();
        let id = head.series_id(&Labels::from_pairs([("a", "1")]));
        times.for_each(|time| head.append(id, Timestamp(time), time as f64).unwrap());
        (head, id)
    }

    #[test]
    fn chunks_stay_as_they_are_and_the_series_goes_on() {
        let (mut first, id) = head((0..500).map(|at| at * 15_000));
        let mut second = Head::new();
        let labels = first.labels(id).clone();
        let adopted = second.adopt(&labels, first.chunks(id).collect()).unwrap().unwrap();
        assert_eq!(first.chunks(id).collect::<Vec<_>>(), second.chunks(adopted).collect::<Vec<_>>());
        assert_eq!((first.digest(), second.samples_appended()), (second.digest(), 500));
        for head in [&mut first, &mut second] {
            (500..900).for_each(|at| head.append(SeriesId(0), Timestamp(at * 15_000), 1.0).unwrap());
        }
        assert_eq!(first.digest(), second.digest());
    }

    #[test]
    fn chunks_that_overlap_are_merged() {
        let (even, id) = head((0..300).map(|at| at * 2000));
        let (odd, _) = head((0..300).map(|at| at * 3000));
        let labels = even.labels(id).clone();
        let mut both = Head::new();
        both.adopt(&labels, odd.chunks(id).collect()).unwrap();
        both.adopt(&labels, even.chunks(id).collect()).unwrap();
        let wanted = (0..900).filter(|at| at % 3 == 0 || (at % 2 == 0 && *at < 600)).map(|at| at * 1000);
        assert_eq!(both.digest(), head(wanted).0.digest());
    }

    #[test]
    fn a_broken_chunk_is_named_and_leaves_no_trace() {
        let (head, id) = head((0..300).map(|at| at * 2000));
        let chunks: Vec<Chunk> = head.chunks(id).collect();
        for spoil in [
            |chunk: &mut Chunk| chunk.max_time -= 1,
            |chunk: &mut Chunk| chunk.min_time += 1,
            |chunk: &mut Chunk| chunk.bytes = Arc::from([0xff, 0xff, 1, 2, 3]),
            |chunk: &mut Chunk| chunk.bytes = Arc::from(&chunk.bytes[..chunk.bytes.len() / 2]),
        ] {
            let mut chunks = chunks.clone();
            spoil(&mut chunks[1]);
            let mut other = Head::new();
            assert_eq!(other.adopt(head.labels(id), chunks), Err(1));
            assert_eq!(other.series_ids().len(), 0);
        }
    }
}
