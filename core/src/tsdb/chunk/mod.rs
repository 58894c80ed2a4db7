//! Compressed runs of samples of one series.

mod bits;
mod histogram;
mod histogram_decode;
mod layout;
mod open;
mod reset_header;
mod varbit;
mod xor;
mod xor_decode;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Samples;
pub(super) use histogram::HistogramAppender;
pub(super) use open::Open;
pub(super) use reset_header::ResetHeader;
pub(super) use xor::XorAppender;
pub(super) use xor_decode::{Paused, decode_on};

/// How a chunk's bytes are to be read. The numbers are Prometheus's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// Floats: change of change of time, XOR of values.
    Xor = 1,
    /// Native histograms with whole counts.
    Histogram = 2,
    /// Native histograms with float counts.
    FloatHistogram = 3,
}

/// A finished chunk; clones share the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// How `bytes` is to be read.
    pub encoding: Encoding,
    /// The first sample's time, in milliseconds since the Unix epoch.
    pub min_time: i64,
    /// The last sample's time.
    pub max_time: i64,
    /// The data, as Prometheus's block files hold it between length, encoding and checksum.
    pub bytes: Arc<[u8]>,
}

impl Chunk {
    /// How many samples the chunk has.
    #[must_use]
    pub fn count(&self) -> u16 {
        xor_decode::count(&self.bytes)
    }

    /// Whether there are as many samples as the chunk says. Decoding alone takes missing bytes for zeros, or stops.
    pub(super) fn is_complete(&self) -> bool {
        match self.encoding {
            Encoding::Xor => xor_decode::is_complete(&self.bytes),
            Encoding::Histogram | Encoding::FloatHistogram => {
                let mut samples = Samples::default();
                self.decode(i64::MIN, i64::MAX, &mut samples);
                samples.times.len() == usize::from(self.count())
            }
        }
    }

    /// Adds the samples with `from <= time <= to` to `into`.
    pub fn decode(&self, from: i64, to: i64, into: &mut Samples) {
        match self.encoding {
            Encoding::Xor => xor_decode::decode(&self.bytes, from, to, into),
            Encoding::Histogram | Encoding::FloatHistogram => {
                histogram_decode::decode(self.encoding, &self.bytes, from, to, into);
            }
        }
    }
}
