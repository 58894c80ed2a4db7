//! How often a set of connections had to dial, and what came of it. Dials nothing itself.

use serde::{Deserialize, Serialize};

use super::message::Failure;

/// Connections dialled since the set began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dials {
    /// That came about.
    pub established: u64,
    /// Refused by the other side.
    pub refused: u64,
    /// Whose name is no one's.
    pub unresolved: u64,
    /// That took too long.
    pub timed_out: u64,
    /// That failed in another way.
    pub otherwise: u64,
}

impl Dials {
    /// All of them.
    #[must_use]
    pub const fn attempted(&self) -> u64 {
        self.established + self.refused + self.unresolved + self.timed_out + self.otherwise
    }

    pub(super) fn count<T>(&mut self, outcome: &Result<T, Failure>) {
        *match outcome {
            Ok(_) => &mut self.established,
            Err(Failure::ConnectionRefused(_)) => &mut self.refused,
            Err(Failure::NoSuchHost(_)) => &mut self.unresolved,
            Err(Failure::ConnectionTimedOut(_) | Failure::DeadlineExceeded) => &mut self.timed_out,
            Err(_) => &mut self.otherwise,
        } += 1;
    }
}
