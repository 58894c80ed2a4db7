//! A number that stands for a store's content: the same samples give the same number, however they lie in chunks, on
//! every machine.

use super::{Head, Samples};
use crate::base::time::Timestamp;
use crate::model::histogram::{FloatHistogram, ResetHint};

/// An odd constant with well-spread bits (the golden ratio).
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes words by a multiplication of 64 by 64 bits whose halves are folded. Not proof against chosen content.
struct Mixer(u64);

impl Mixer {
    fn word(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * u128::from(MULTIPLIER);
        self.0 = (product as u64 ^ (product >> 64) as u64).wrapping_add(word);
    }

    fn text(&mut self, text: &str) {
        self.word(text.len() as u64);
        for bytes in text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            self.word(u64::from_le_bytes(word));
        }
    }

    /// Everything but the hint, which the boundaries of chunks decide; that it is a gauge counts.
    fn histogram(&mut self, histogram: &FloatHistogram) {
        self.word(u64::from(histogram.hint == ResetHint::Gauge));
        self.word(i64::from(histogram.schema) as u64);
        for number in [histogram.zero_threshold, histogram.zero_count, histogram.count, histogram.sum] {
            self.word(number.to_bits());
        }
        for side in [&histogram.positive, &histogram.negative] {
            self.word(side.len() as u64);
            for (index, count) in side.iter() {
                self.word(i64::from(index) as u64);
                self.word(count.to_bits());
            }
        }
        self.word(histogram.custom_bounds.len() as u64);
        histogram.custom_bounds.iter().for_each(|bound| self.word(bound.to_bits()));
    }
}

impl Head {
    /// A hash of all series that have samples, with times and bits of values, and of the metadata. The order in which
    /// series were made and the boundaries of chunks do not count.
    #[must_use]
    pub fn digest(&self) -> u64 {
        let mut mixer = Mixer(MULTIPLIER);
        let mut samples = Samples::default();
        for id in self.series_ids() {
            samples.clear();
            self.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
            if samples.times.is_empty() {
                continue;
            }
            for label in self.labels(id) {
                mixer.text(&label.name);
                mixer.text(&label.value);
            }
            mixer.word(samples.times.len() as u64);
            for (time, value) in samples.times.iter().zip(&samples.values) {
                mixer.word(*time as u64);
                mixer.word(value.to_bits());
            }
            // Nothing is added for plain series.
            for (place, histogram) in samples.histograms.iter().enumerate() {
                if let Some(histogram) = histogram {
                    mixer.word(place as u64);
                    mixer.histogram(&histogram);
                }
            }
            samples.starts.iter().for_each(|start| mixer.word(*start as u64));
        }
        for (name, metadata) in self.all_metadata() {
            mixer.text(name);
            mixer.text(metadata.metric_type.name());
            mixer.text(&metadata.help);
            mixer.text(&metadata.unit);
        }
        mixer.0
    }
}
