//! The journal: what was done and when, as text. Save file, share link, undo, bug report and receipt in one.
//! Replays nothing itself.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::digest::Digest;
use super::words::write_word;
use crate::base::date;
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};

/// The version of the text's own form, in its first line.
pub const FORMAT: u32 = 1;
/// The version of what commands and the passing of time do. It rises whenever the same journal would give another
/// yard or other samples; a journal of another version is refused instead of being replayed differently.
pub const BEHAVIOUR: u32 = 3;

/// What stands at the top of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The [`BEHAVIOUR`] it was written under.
    pub behaviour: u32,
    /// The scenario's name.
    pub scenario: String,
    /// The digest of the scenario's files.
    pub scenario_digest: Digest,
    /// What all randomness starts from.
    pub seed: Seed,
    /// Up to when time has passed.
    pub now: Timestamp,
}

/// A dated command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The virtual instant at which it was done.
    pub at: Timestamp,
    /// What was done.
    pub command: Command,
    /// Real time since the lab was opened. Rides along: it is in no digest and changes nothing.
    pub wall: Option<Millis>,
}

/// A header and the commands in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Journal {
    /// What stands at the top.
    pub header: Header,
    /// The commands, in the order in which they were done.
    pub entries: Vec<Entry>,
}

impl Journal {
    /// A digest of everything but the wall-clock offsets.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut text = String::new();
        let _ = self.write(&mut text, false);
        Digest::of(text.as_bytes())
    }

    /// A digest of commands with their instants.
    pub fn digest_of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Digest {
        entries.fold(Digest::EMPTY, |digest, entry| {
            digest.and(&entry.at.0.to_le_bytes()).and(entry.command.to_string().as_bytes())
        })
    }

    fn write(&self, into: &mut dyn fmt::Write, with_wall: bool) -> fmt::Result {
        let Header { behaviour, scenario, scenario_digest, seed, now } = &self.header;
        writeln!(into, "scrapeyard-journal {FORMAT}")?;
        writeln!(into, "behaviour {behaviour}")?;
        let mut name = String::new();
        write_word(&mut name, scenario);
        writeln!(into, "scenario {name} {scenario_digest}")?;
        writeln!(into, "seed {}", seed.0)?;
        writeln!(into, "now {}", date::print(*now))?;
        writeln!(into)?;
        for entry in &self.entries {
            entry.write(into, with_wall)?;
        }
        Ok(())
    }
}

impl Entry {
    fn write(&self, into: &mut dyn fmt::Write, with_wall: bool) -> fmt::Result {
        writeln!(into, "{} {}", date::print(self.at), self.command)?;
        match (with_wall, self.wall) {
            (true, Some(wall)) => writeln!(into, "# wall {}", wall.0),
            _ => Ok(()),
        }
    }
}

/// Its lines in a journal.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, true)
    }
}

/// The journal's text; [`Journal::parse`] reads it back.
impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, true)
    }
}
