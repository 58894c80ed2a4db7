//! Who calls whom how often: what the arrows of the yard show. Counts only; keeps no single call.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::notice::Party;
use super::view::Flow;
use crate::base::time::Timestamp;

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Count {
    succeeded: u64,
    failed: u64,
    last_at: Timestamp,
}

/// The counts of all pairs that ever had to do with each other and are still there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Flows(BTreeMap<(Party, Party), Count>);

impl Flows {
    pub fn count(&mut self, from: Party, to: Party, succeeded: bool, at: Timestamp) {
        let count = self.0.entry((from, to)).or_default();
        *(if succeeded { &mut count.succeeded } else { &mut count.failed }) += 1;
        count.last_at = at;
    }

    /// Forgets a party that is gone.
    pub fn forget(&mut self, party: Party) {
        self.0.retain(|(from, to), _| *from != party && *to != party);
    }

    pub fn list(&self) -> Vec<Flow> {
        let flow = |(&(from, to), count): (&(Party, Party), &Count)| Flow {
            from,
            to,
            succeeded: count.succeeded,
            failed: count.failed,
            last_at: count.last_at,
        };
        self.0.iter().map(flow).collect()
    }
}
