//! Samples taken out of chunks.

/// Samples of one series as columns of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// Milliseconds since the Unix epoch, rising.
    pub times: Vec<i64>,
    /// The values, stale markers included.
    pub values: Vec<f64>,
}

impl Samples {
    /// Forgets the samples, keeps the room.
    pub fn clear(&mut self) {
        self.times.clear();
        self.values.clear();
    }
}
