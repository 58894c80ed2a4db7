//! A digest of a result, so that two worlds can compare results of a million points without sending them.

use scrapeyard_core::base::number::canonical;
use scrapeyard_core::promql::eval::{QueryResult, QueryValue};

/// FNV-1a over labels, instants and the bits of values; every NaN is one.
pub fn digest(result: &QueryResult) -> (u64, u64) {
    let mut digest = Digest(0xcbf2_9ce4_8422_2325);
    let mut points = 0;
    if let QueryValue::Matrix(series) = &result.value {
        for series in series {
            digest.take(series.labels.to_string().as_bytes());
            points += (series.points.len() + series.histograms.len()) as u64;
            for point in &series.points {
                digest.take(&point.at.0.to_le_bytes());
                digest.take(&canonical(point.value).to_bits().to_le_bytes());
            }
            for point in &series.histograms {
                digest.take(&point.at.0.to_le_bytes());
                digest.take(format!("{:?}", point.histogram).as_bytes());
            }
        }
    }
    (digest.0, points)
}

struct Digest(u64);

impl Digest {
    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
