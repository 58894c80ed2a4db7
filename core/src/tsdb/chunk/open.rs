//! The chunk that a series is writing: floats or histograms.

use super::{Chunk, Encoding, HistogramAppender, XorAppender};
use crate::base::number::{NORMAL_NAN_BITS, stale_nan};
use crate::tsdb::Samples;

/// A chunk being written.
#[derive(Clone, Debug)]
pub(in crate::tsdb) enum Open {
    /// Of floats.
    Floats(XorAppender),
    /// Of histograms; never empty.
    Histograms(Box<HistogramAppender>),
}

impl Default for Open {
    fn default() -> Self {
        Self::Floats(XorAppender::default())
    }
}

impl Open {
    /// Goes on with a chunk that holds `samples`; `None` where the two do not belong together.
    pub(in crate::tsdb) fn resume(chunk: &Chunk, samples: &Samples) -> Option<Self> {
        // The appender's state follows from the samples.
        match chunk.encoding {
            Encoding::Xor => {
                let mut open = XorAppender::default();
                let pairs = samples.times.iter().zip(&samples.values);
                pairs.for_each(|(time, value)| open.append(*time, *value));
                Some(Self::Floats(open))
            }
            Encoding::Histogram | Encoding::FloatHistogram => {
                let open = HistogramAppender::resume(chunk, samples)?;
                Some(Self::Histograms(Box::new(open)))
            }
        }
    }

    /// How the chunk's bytes are to be read.
    pub(in crate::tsdb) fn encoding(&self) -> Encoding {
        match self {
            Self::Floats(_) => Encoding::Xor,
            Self::Histograms(open) => open.encoding(),
        }
    }

    /// Starts an empty chunk of floats, keeping the room of the last one.
    pub(in crate::tsdb) fn clear(&mut self) {
        match self {
            Self::Floats(open) => open.clear(),
            Self::Histograms(_) => *self = Self::default(),
        }
    }

    /// How many samples the chunk has.
    pub(in crate::tsdb) fn count(&self) -> u16 {
        match self {
            Self::Floats(open) => open.count(),
            Self::Histograms(open) => open.count(),
        }
    }

    /// The last sample's time; 0 where there is none.
    pub(in crate::tsdb) fn time(&self) -> i64 {
        match self {
            Self::Floats(open) => open.time(),
            Self::Histograms(open) => open.time(),
        }
    }

    /// The last sample's value; an ordinary NaN for a histogram.
    pub(in crate::tsdb) fn value(&self) -> f64 {
        match self {
            Self::Floats(open) => f64::from_bits(open.value_bits()),
            Self::Histograms(open) if open.last().is_none() => stale_nan(),
            Self::Histograms(_) => f64::from_bits(NORMAL_NAN_BITS),
        }
    }

    /// The chunk's bytes so far, the header among them.
    pub(in crate::tsdb) fn length(&self) -> usize {
        match self {
            Self::Floats(open) => open.length(),
            Self::Histograms(open) => open.length(),
        }
    }

    /// The chunk so far.
    pub(in crate::tsdb) fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Floats(open) => open.to_bytes(),
            Self::Histograms(open) => open.to_bytes(),
        }
    }

    /// Adds the samples so far with `from <= time <= to` to `into`.
    pub(in crate::tsdb) fn read(&self, from: i64, to: i64, into: &mut Samples) {
        match self {
            Self::Floats(open) => open.read(from, to, into),
            Self::Histograms(open) => open.read(from, to, into),
        }
    }
}
