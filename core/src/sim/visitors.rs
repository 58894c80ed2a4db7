//! Visitors: people who come at random, and requests sent one after the other from the machine.

use serde::{Deserialize, Serialize};

/// What became of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Sent so far.
    pub sent: u64,
    /// Answered with a status below 400.
    pub succeeded: u64,
    /// Answered with a status of 400 or more.
    pub refused_by_server: u64,
    /// The server closed the connection without an answer (curl: `Empty reply from server`).
    pub empty_replies: u64,
    /// Nobody took the connection.
    pub unreachable: u64,
    /// Given up after waiting too long.
    pub timed_out: u64,
}
