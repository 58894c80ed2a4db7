//! Keeps the newest events and numbers them. Makes none.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::event::{Event, EventKind, Feed};
use crate::base::time::Timestamp;

/// How many events are kept: some minutes of a busy yard.
const KEPT: usize = 4096;

/// The newest events.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FeedBuffer {
    events: VecDeque<Event>,
    /// How many events there ever were: the sequence number of the newest.
    newest: u64,
}

impl FeedBuffer {
    /// Adds an event.
    pub fn push(&mut self, at: Timestamp, kind: EventKind) {
        if self.events.len() == KEPT {
            self.events.pop_front();
        }
        self.newest += 1;
        self.events.push_back(Event { sequence: self.newest, at, kind });
    }

    /// The events from sequence number `since` on, as far as they are kept.
    #[must_use]
    pub fn since(&self, since: u64) -> Feed {
        let oldest = self.newest + 1 - self.events.len() as u64;
        let skipped = since.saturating_sub(oldest).min(self.events.len() as u64);
        Feed {
            events: self.events.iter().skip(skipped as usize).cloned().collect(),
            next: self.newest + 1,
            lost: since != 0 && since < oldest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_and_what_is_lost_is_said() {
        let mut feed = FeedBuffer::default();
        assert_eq!(feed.since(0), Feed { events: Vec::new(), next: 1, lost: false });
        let total = KEPT as u64 + 10;
        for second in 1..=total {
            feed.push(Timestamp(second as i64), EventKind::Command { line: String::new() });
        }
        let last_two = feed.since(total - 1);
        assert_eq!(
            last_two.events.iter().map(|event| event.sequence).collect::<Vec<_>>(),
            [total - 1, total]
        );
        assert!(!last_two.lost && last_two.next == total + 1);
        assert!(feed.since(5).lost && feed.since(5).events.len() == KEPT);
        assert!(!feed.since(11).lost && feed.since(11).events[0].sequence == 11);
        assert!(feed.since(total + 1).events.is_empty());
    }
}
