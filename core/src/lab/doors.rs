//! The lab and its doors: open, advance, act, ask, go back, save. Time and commands are its state's; what is kept of
//! the past, and the order of things, is decided here.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::act::Attachments;
use super::board::Dashboard;
use super::checkpoint::{Checkpoint, Checkpoints};
use super::command::{AttachmentHash, Command};
use super::course::Course;
use super::digest::Digest;
use super::event::Feed;
use super::job::Job;
use super::journal::{BEHAVIOUR, Entry, Header, Journal};
use super::journal_length::JournalLength;
use super::problem::Problem;
use super::question::Question;
use super::scenario::Scenario;
use super::state::State;
use super::store::StoreId;
use super::undo::History;
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::tsdb::Head;

/// A running lab.
///
/// After [`Lab::open`], [`Lab::restore`], [`Lab::undo`], [`Lab::redo`] and [`Lab::rewind`] it stands in the past of
/// [`Lab::due`] and is to be advanced up to there; until then commands are refused.
#[derive(Clone, Debug)]
pub struct Lab {
    scenario: Arc<Scenario>,
    state: State,
    pub(super) journal: Journal,
    pub(super) journal_length: JournalLength,
    pub(super) history: History,
    /// How many commands of the journal the state has been through.
    done: u32,
    checkpoints: Checkpoints<State>,
    next_checkpoint: Timestamp,
    pub(super) attachments: Attachments,
    before: Option<Arc<Head>>,
}

impl Lab {
    /// A lab at the beginning of a scenario.
    ///
    /// # Errors
    /// When the scenario describes no possible yard.
    pub fn open(scenario: Arc<Scenario>, seed: Option<Seed>) -> Result<Self, Problem> {
        let seed = seed.unwrap_or(scenario.manifest.seed);
        let header = Header {
            behaviour: BEHAVIOUR,
            scenario: scenario.name.clone(),
            scenario_digest: scenario.digest(),
            seed,
            now: scenario.manifest.start.saturating_add(scenario.manifest.running_for),
        };
        Self::with_journal(scenario, Journal { header, entries: Vec::new() }, Attachments::new())
    }

    /// A lab that replays a journal, from a checkpoint where there is one (bytes of [`Lab::checkpoint`]).
    ///
    /// # Errors
    /// When the journal cannot be read or belongs to another scenario, behaviour or version of the scenario's files,
    /// or the checkpoint is not one of this journal.
    pub fn restore(
        scenario: Arc<Scenario>,
        journal: &str,
        checkpoint: &[u8],
        attachments: BTreeMap<AttachmentHash, String>,
    ) -> Result<Self, Problem> {
        let journal = Journal::parse(journal)?;
        if journal.header.scenario_digest != scenario.digest() {
            let said =
                format!("the journal was written in another version of the scenario {:?}", scenario.name);
            return Err(Problem::new("other-scenario", said));
        }
        let attachments =
            attachments.into_values().map(|text| (AttachmentHash::of(&text), text.into())).collect();
        if checkpoint.is_empty() {
            return Self::with_journal(scenario, journal, attachments);
        }
        // What only helps the eye stands behind, and may be missing.
        let unreadable = |error: postcard::Error| Problem::new("checkpoint-unreadable", error.to_string());
        let ((kept, board), vitals): ((Kept, Dashboard), _) =
            postcard::take_from_bytes(checkpoint).map_err(unreadable)?;
        let is_past =
            kept.state.now() <= journal.header.now && kept.commands as usize <= journal.entries.len();
        let covered = journal.entries.iter().take(kept.commands as usize);
        if kept.behaviour != BEHAVIOUR || !is_past || Journal::digest_of(covered) != kept.commands_digest {
            return Err(Problem::new("checkpoint-of-another", "the checkpoint is not one of this journal"));
        }
        let mut state = kept.state;
        state.board = board;
        state.vitals = postcard::from_bytes(vitals).unwrap_or_default();
        state.course = Course::of(scenario.clone());
        let mut lab = Self::standing(scenario, state, kept.commands, journal, attachments);
        lab.keep_checkpoint(lab.now());
        Ok(lab)
    }

    fn with_journal(
        scenario: Arc<Scenario>,
        journal: Journal,
        attachments: Attachments,
    ) -> Result<Self, Problem> {
        let state = State::new(&scenario, journal.header.seed)?;
        Ok(Self::standing(scenario, state, 0, journal, attachments))
    }

    fn standing(
        scenario: Arc<Scenario>,
        state: State,
        done: u32,
        journal: Journal,
        attachments: Attachments,
    ) -> Self {
        Self {
            next_checkpoint: next_checkpoint(&scenario, state.now()),
            checkpoints: Checkpoints::default(),
            scenario,
            state,
            journal,
            journal_length: JournalLength::default(),
            history: History::default(),
            done,
            attachments,
            before: None,
        }
    }

    /// The present virtual instant.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.state.now()
    }

    /// The scenario.
    #[must_use]
    pub const fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// The journal.
    #[must_use]
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Up to when the lab must be advanced before commands are taken; the present where nothing is to be caught up.
    #[must_use]
    pub fn due(&self) -> Timestamp {
        self.journal.header.now.max(self.state.now())
    }

    /// Whether the lab still stands in the past of its journal.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.state.now() < self.journal.header.now || (self.done as usize) < self.journal.entries.len()
    }

    /// Lets time pass up to `to`, at most `budget` steps of the agenda, doing the journal's commands as their
    /// instants come. Gives the instant reached: `to`, or an earlier one where the budget ran out.
    ///
    /// # Errors
    /// When a command of the journal is refused: the journal is not of this scenario. The lab cannot go on.
    pub fn advance(&mut self, to: Timestamp, budget: u32) -> Result<Timestamp, Problem> {
        let mut budget = budget;
        loop {
            let command_at =
                self.journal.entries.get(self.done as usize).map_or(Timestamp::MAX, |entry| entry.at);
            let stop = to.min(self.next_checkpoint).min(command_at);
            if !self.state.run(stop, &mut budget) {
                break;
            }
            if stop == self.next_checkpoint {
                self.keep_checkpoint(stop);
            } else if stop == command_at {
                self.replay_command()?;
            } else {
                break;
            }
        }
        self.journal.header.now = self.due();
        if !self.is_behind() {
            self.history.caught_up();
        }
        Ok(self.state.now())
    }

    fn keep_checkpoint(&mut self, at: Timestamp) {
        self.checkpoints.add(Checkpoint { at, commands: self.done, state: Arc::new(self.state.clone()) });
        self.next_checkpoint = next_checkpoint(&self.scenario, at);
    }

    fn replay_command(&mut self) -> Result<(), Problem> {
        let place = self.done as usize;
        let refused = self.state.act(&self.journal.entries[place].command, &self.attachments).err();
        match refused {
            None => self.done += 1,
            Some(_) if self.history.is_tolerant() => {
                self.journal_length.forget();
                self.history.leave_out(place, self.journal.entries.remove(place));
            }
            Some(problem) => {
                let said = format!("command {} of the journal: {problem}", place + 1);
                return Err(Problem::new("journal-refused", said));
            }
        }
        Ok(())
    }

    /// Does a command at the present and writes it into the journal. Gives what did not come out as one may have
    /// hoped. `wall` is the real time since the lab was opened; it rides along in the journal.
    ///
    /// # Errors
    /// When the command is refused, or the journal could not be read again with it; then nothing has changed.
    pub fn act(&mut self, command: Command, wall: Option<Millis>) -> Result<Vec<Problem>, Problem> {
        if self.is_behind() {
            return Err(Problem::new("catching-up", "the lab is still catching up with its journal"));
        }
        let entry = Entry { at: self.state.now(), command, wall };
        let length = self.journal_length;
        self.journal_length.admit(&self.journal, &entry)?;
        let acted = self.state.act(&entry.command, &self.attachments);
        let remarks = acted.inspect_err(|_| self.journal_length = length)?;
        if entry.command.is_change() {
            self.history.forget();
        }
        self.journal.entries.push(entry);
        self.done += 1;
        Ok(remarks)
    }

    /// Begins to answer a question, for the present instant, whatever happens afterwards.
    ///
    /// # Errors
    /// When it names what there is not, or an expression cannot be read: one problem each.
    pub fn begin(&self, question: &Question) -> Result<Job, Vec<Problem>> {
        Job::begin(self, question)
    }

    /// What happened from sequence number `since` on.
    #[must_use]
    pub fn events(&self, since: u64) -> Feed {
        self.state.feed().since(since)
    }

    /// A store of the lab.
    #[must_use]
    pub fn store(&self, store: &StoreId) -> Option<Arc<Head>> {
        match store {
            StoreId::Before => self.before.clone(),
            other => self.state.store(other),
        }
    }

    pub(super) const fn state(&self) -> &State {
        &self.state
    }

    /// Goes back in time. What the first Prometheus had pulled stays as the store [`StoreId::Before`]; the journal's
    /// commands after `to` are gone.
    ///
    /// # Errors
    /// When `to` is not in the past of the lab.
    pub fn rewind(&mut self, to: Timestamp) -> Result<(), Problem> {
        if to < self.scenario.manifest.start || to > self.state.now() {
            return Err(Problem::new("not-in-the-past", "only the lab's own past can be gone back to"));
        }
        self.before = self.state.store(&StoreId::Pulled);
        self.journal.entries.retain(|entry| entry.at <= to);
        self.journal_length.forget();
        self.history.forget();
        self.go_back(to, self.journal.entries.len())?;
        self.journal.header.now = to;
        Ok(())
    }

    /// Stands at the newest checkpoint at or before `at` that has been through none but the first `commands` commands.
    pub(super) fn go_back(&mut self, at: Timestamp, commands: usize) -> Result<(), Problem> {
        self.checkpoints.forget_after(at, commands as u32);
        (self.state, self.done) = match self.checkpoints.newest() {
            Some(checkpoint) => ((*checkpoint.state).clone(), checkpoint.commands),
            None => (State::new(&self.scenario, self.journal.header.seed)?, 0),
        };
        self.next_checkpoint = next_checkpoint(&self.scenario, self.now());
        Ok(())
    }

    /// The instants of all kept states, oldest first.
    #[must_use]
    pub fn snapshots(&self) -> Vec<Timestamp> {
        self.checkpoints.instants().collect()
    }

    /// The instant of the newest kept state.
    #[must_use]
    pub fn newest_checkpoint_at(&self) -> Option<Timestamp> {
        self.checkpoints.newest().map(|checkpoint| checkpoint.at)
    }

    /// The newest kept state as bytes for [`Lab::restore`], with its instant.
    #[must_use]
    pub fn checkpoint(&self) -> Option<(Timestamp, Vec<u8>)> {
        let checkpoint = self.checkpoints.newest()?;
        Some((checkpoint.at, self.encode(&checkpoint.state, checkpoint.commands)))
    }

    /// The present state as bytes for [`Lab::restore`].
    #[must_use]
    pub fn checkpoint_now(&self) -> Vec<u8> {
        self.encode(&self.state, self.done)
    }

    fn encode(&self, state: &State, commands: u32) -> Vec<u8> {
        let covered = self.journal.entries.iter().take(commands as usize);
        let kept =
            KeptRef { behaviour: BEHAVIOUR, commands, commands_digest: Journal::digest_of(covered), state };
        postcard::to_stdvec(&(kept, &state.board, &state.vitals)).unwrap_or_default()
    }

    /// A digest of everything that time and commands change: yard, stores, feed.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.state.digest()
    }
}

/// A checkpoint as it is written.
#[derive(serde::Serialize)]
struct KeptRef<'a> {
    behaviour: u32,
    commands: u32,
    commands_digest: Digest,
    state: &'a State,
}

/// A checkpoint as it is read.
#[derive(serde::Deserialize)]
struct Kept {
    behaviour: u32,
    commands: u32,
    commands_digest: Digest,
    state: State,
}

/// How long after a scenario's beginning no checkpoint is taken: so much is played again from the beginning in a moment,
/// and a lab that was only opened has nothing to go back to.
const WITHOUT_CHECKPOINTS: Millis = Millis::from_minutes(15);

/// When the next checkpoint is due.
fn next_checkpoint(scenario: &Scenario, now: Timestamp) -> Timestamp {
    Checkpoints::<State>::next_at(now.max(scenario.manifest.start.saturating_add(WITHOUT_CHECKPOINTS)))
}
