//! The expressions that were run in a lab: read from its journal, so they are saved, shared and undone with it.

use std::collections::BTreeSet;

use super::command::Command;
use super::journal::Journal;

/// Expressions that are kept in sight.
const KEPT: usize = 50;
/// Entries of the journal that are looked at, from the newest on.
const LOOKED_AT: usize = 5_000;

/// The expressions that were run, the newest first, each once.
pub fn expressions(journal: &Journal) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let run = journal.entries.iter().rev().take(LOOKED_AT).filter_map(|entry| match &entry.command {
        Command::Run { expression, .. } => Some(expression.trim()),
        _ => None,
    });
    let new = run.filter(|expression| !expression.is_empty() && seen.insert(*expression));
    new.take(KEPT).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Seed;
    use crate::base::time::Timestamp;
    use crate::lab::digest::Digest;
    use crate::lab::journal::{BEHAVIOUR, Entry, Header};

    #[test]
    fn the_newest_stands_first_and_each_once() {
        let header = Header {
            behaviour: BEHAVIOUR,
            scenario: "x".to_owned(),
            scenario_digest: Digest::EMPTY,
            seed: Seed(1),
            now: Timestamp(0),
        };
        let entry = |expression: &str| Entry {
            at: Timestamp(0),
            command: format!("run pulled at 2026-01-01T00:00:00Z {expression}").parse().unwrap(),
            wall: None,
        };
        let mut entries: Vec<Entry> = ["up", "sum(up)", "up"].map(entry).to_vec();
        let journal = |entries: &[Entry]| Journal { header: header.clone(), entries: entries.to_vec() };
        assert_eq!(expressions(&journal(&entries)), ["up", "sum(up)"]);
        entries.extend((0..200).map(|number| entry(&format!("up + {number}"))));
        let kept = expressions(&journal(&entries));
        assert_eq!((kept.len(), kept[0].as_str()), (KEPT, "up + 199"));
    }
}
