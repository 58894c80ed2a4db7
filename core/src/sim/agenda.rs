//! What will happen when: one order for everything, by instant and then by when it was entered.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};

use serde::{Deserialize, Serialize};

use super::ActorId;
use super::exchange::ExchangeId;
use super::message::Signal;
use crate::base::time::Timestamp;

/// Something to be done. Small and without allocation: hundreds are entered for each second of the yard.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Item {
    /// A container's process starts. Items of a process carry its run: they are void once that has ended.
    Boot { actor: ActorId, run: u32 },
    /// A program's timer.
    Timer { actor: ActorId, run: u32, token: u64 },
    /// A process gets a signal.
    Signal { actor: ActorId, run: u32, signal: Signal },
    /// A request reaches its server.
    Arrive(ExchangeId),
    /// An answer, or a failure, reaches the caller.
    Answer(ExchangeId),
    /// A caller has waited long enough.
    Deadline(ExchangeId),
    /// A process ends.
    Exit { actor: ActorId, run: u32, code: i32 },
    /// The time to end by itself is over.
    Kill { actor: ActorId, run: u32 },
    /// Docker starts a process again that ended by itself.
    Restart { actor: ActorId, run: u32 },
    /// A container's remains are gone.
    Remove { actor: ActorId },
    /// A visitor comes; void when the rate has changed since.
    Visitor { epoch: u32 },
    /// The next request of a batch is sent.
    SendNext { batch: u32 },
    /// The visitor who has waited the longest may lose patience.
    Patience,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    at: Timestamp,
    sequence: u64,
    item: Item,
}

impl Eq for Entry {}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.sequence).cmp(&(other.at, other.sequence))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The agenda. What is entered for the present itself, most of all, waits in a queue of its own: it costs no heap.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Agenda {
    now: Timestamp,
    next_sequence: u64,
    due: VecDeque<(u64, Item)>, // all at `now`
    later: BinaryHeap<Reverse<Entry>>,
}

impl Agenda {
    pub fn new(now: Timestamp) -> Self {
        Self { now, ..Self::default() }
    }

    /// The instant of the item taken last.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Enters `item` for `at`, or for the present where `at` has passed.
    pub fn enter(&mut self, at: Timestamp, item: Item) {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        if at <= self.now {
            self.due.push_back((sequence, item));
        } else {
            self.later.push(Reverse(Entry { at, sequence, item }));
        }
    }

    /// When the next item is due.
    pub fn next_at(&self) -> Option<Timestamp> {
        if self.due.is_empty() { self.later.peek().map(|entry| entry.0.at) } else { Some(self.now) }
    }

    /// Takes the next item that is due at `until` or before, and moves the present to it.
    pub fn take(&mut self, until: Timestamp) -> Option<Item> {
        if let Some((sequence, item)) = self.due.front() {
            let before =
                self.later.peek().is_some_and(|Reverse(e)| e.at <= self.now && e.sequence < *sequence);
            if !before {
                let item = *item;
                self.due.pop_front();
                return Some(item);
            }
        }
        if self.later.peek()?.0.at > until {
            return None;
        }
        let Reverse(entry) = self.later.pop()?;
        self.now = entry.at;
        Some(entry.item)
    }

    /// Moves the present on; nothing may be due before `to`.
    pub fn advance(&mut self, to: Timestamp) {
        debug_assert!(self.next_at().is_none_or(|next| next >= to) || to <= self.now);
        self.now = self.now.max(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn send(batch: u32) -> Item {
        Item::SendNext { batch }
    }

    #[test]
    fn items_come_by_instant_and_then_in_the_order_in_which_they_were_entered() {
        let mut agenda = Agenda::new(Timestamp(100));
        agenda.enter(Timestamp(300), send(1));
        agenda.enter(Timestamp(200), send(2));
        agenda.enter(Timestamp(200), send(3));
        agenda.enter(Timestamp(50), send(4)); // has passed: due at once
        assert_eq!(agenda.take(Timestamp(1000)), Some(send(4)));
        assert_eq!(agenda.take(Timestamp(1000)), Some(send(2)));
        // Entered for the present while another item of the same instant waits: after that one.
        agenda.enter(Timestamp(200), send(5));
        assert_eq!(agenda.take(Timestamp(1000)), Some(send(3)));
        assert_eq!(agenda.take(Timestamp(1000)), Some(send(5)));
        assert_eq!(agenda.take(Timestamp(299)), None);
        assert_eq!((agenda.now(), agenda.next_at()), (Timestamp(200), Some(Timestamp(300))));
        assert_eq!(agenda.take(Timestamp(300)), Some(send(1)));
        assert_eq!((agenda.take(Timestamp::MAX), agenda.next_at()), (None, None));
    }
}
