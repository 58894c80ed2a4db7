//! Why a chunk of histograms was begun, and what that says of its samples.

use crate::model::histogram::ResetHint;

/// The byte behind a chunk's count. The numbers are Prometheus's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tsdb) enum ResetHeader {
    /// Nobody looked whether there was a reset.
    Unknown = 0b0000_0000,
    /// There was no reset.
    NotReset = 0b0100_0000,
    /// There was a reset.
    Reset = 0b1000_0000,
    /// These are gauges.
    Gauge = 0b1100_0000,
}

impl ResetHeader {
    /// What a byte says; its lower bits do not count.
    pub(super) fn of(byte: u8) -> Self {
        match byte >> 6 {
            0b01 => Self::NotReset,
            0b10 => Self::Reset,
            0b11 => Self::Gauge,
            _ => Self::Unknown,
        }
    }

    /// The hint of a sample by its number in the chunk, from 0. The first one's is unknown whatever the header says,
    /// since the chunk before may be gone.
    pub(super) fn hint(self, number: u16) -> ResetHint {
        match (self, number) {
            (Self::Gauge, _) => ResetHint::Gauge,
            (_, 0) => ResetHint::Unknown,
            _ => ResetHint::NotReset,
        }
    }
}
