//! Taking deeds back and doing them again: the journal without them is replayed from a checkpoint before, up to the
//! present. What is to be done again is kept in memory only, for as long as nothing else is changed.

use super::command::Command;
use super::doors::Lab;
use super::journal::Entry;
use super::problem::Problem;

/// An entry with its place in the journal.
type Placed = (usize, Entry);

/// What was taken back and can be done again.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// One element for each time, the last one last: what was meant, and after it what no longer fitted without it.
    taken: Vec<Vec<Placed>>,
    catching_up: CatchingUp,
}

/// After what a lab catches up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum CatchingUp {
    /// The journal was read: a deed that is refused is none of this scenario.
    #[default]
    Opened,
    /// A deed was taken back: what no longer fits without it goes along.
    Undone,
    /// A deed was done again: what no longer fits with it is left out.
    Redone,
}

impl Command {
    /// Whether it changes the yard, a store or a page of the lab. Looking and learning change none of them: a query
    /// that was run and a hint that was read cannot be unseen, so taking something back leaves them where they are.
    #[must_use]
    pub const fn is_change(&self) -> bool {
        !matches!(
            self,
            Self::Run { .. }
                | Self::Lesson(_)
                | Self::Again(_)
                | Self::Hint(_)
                | Self::Reveal(_)
                | Self::Skip(_)
                | Self::Answer { .. }
        )
    }
}

impl History {
    /// Something else was changed: what was taken back before stays so.
    pub(super) fn forget(&mut self) {
        self.taken.clear();
    }

    /// Whether an entry that is refused is to be left out of the journal and given to [`History::leave_out`].
    pub(super) fn is_tolerant(&self) -> bool {
        self.catching_up != CatchingUp::Opened
    }

    pub(super) fn leave_out(&mut self, place: usize, entry: Entry) {
        let last = self.taken.last_mut().filter(|_| self.catching_up == CatchingUp::Undone);
        if let Some(last) = last {
            last.push((place, entry));
        }
    }

    /// The commands that can be done again.
    pub(super) fn commands(&self) -> impl Iterator<Item = &Command> {
        self.taken.iter().flatten().map(|(_, entry)| &entry.command)
    }

    /// The lab stands at the present again.
    pub(super) const fn caught_up(&mut self) {
        self.catching_up = CatchingUp::Opened;
    }
}

impl Lab {
    /// The change that [`Lab::undo_change`] would take back.
    #[must_use]
    pub fn undoable(&self) -> Option<&Command> {
        self.last_change().map(|place| &self.journal().entries[place].command)
    }

    /// The deed that [`Lab::redo`] would do again.
    #[must_use]
    pub fn redoable(&self) -> Option<&Command> {
        self.history.taken.last()?.first().map(|(_, entry)| &entry.command)
    }

    fn last_change(&self) -> Option<usize> {
        self.journal().entries.iter().rposition(|entry| entry.command.is_change())
    }

    /// Takes the very last deed back, of whatever kind: the lab goes to a checkpoint before it and is due at what was
    /// the present. Gives the deed.
    ///
    /// # Errors
    /// When there is none.
    pub fn undo(&mut self) -> Result<Command, Problem> {
        let last = self.journal().entries.len().checked_sub(1);
        self.take_back(last)
    }

    /// As [`Lab::undo`], for the last change. What was looked at and learned after it stays, as far as it fits without it.
    ///
    /// # Errors
    /// When there is none.
    pub fn undo_change(&mut self) -> Result<Command, Problem> {
        let last = self.last_change();
        self.take_back(last)
    }

    fn take_back(&mut self, place: Option<usize>) -> Result<Command, Problem> {
        let nothing = || Problem::new("nothing-to-undo", "there is nothing to undo");
        let place = place.ok_or_else(nothing)?;
        let due = self.due();
        let entry = self.journal.entries.remove(place);
        self.journal_length.forget();
        let (at, command) = (entry.at, entry.command.clone());
        self.history.taken.push(vec![(place, entry)]);
        self.history.catching_up = CatchingUp::Undone;
        self.go_back(at, place)?;
        self.journal.header.now = due;
        Ok(command)
    }

    /// Does again what was taken back last, at its own instant and in its own place. Gives the deed.
    ///
    /// # Errors
    /// When nothing was taken back, or something was changed since.
    pub fn redo(&mut self) -> Result<Command, Problem> {
        let nothing = || Problem::new("nothing-to-redo", "there is nothing to redo");
        let taken = self.history.taken.pop().ok_or_else(nothing)?;
        let (first, entry) = taken.first().ok_or_else(nothing)?;
        let (first, at, command) = (*first, entry.at, entry.command.clone());
        let due = self.due();
        // Each place counts in the journal as it was when the entry was taken out: the last one out is the first one in.
        for (place, entry) in taken.into_iter().rev() {
            let place = place.min(self.journal.entries.len());
            self.journal.entries.insert(place, entry);
        }
        self.journal_length.forget();
        self.history.catching_up = CatchingUp::Redone;
        self.go_back(at, first)?;
        self.journal.header.now = due;
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::base::time::Millis;
    use crate::lab::digest::Digest;
    use crate::lab::scenario::Scenario;

    const COMPOSE: &str = "name: shop\nservices:\n  log:\n    image: diamol/ch09-access-log\n  \
        prometheus:\n    image: prom/prometheus:v2.13.1\n    volumes: [./prometheus.yml:/etc/prometheus/prometheus.yml]\n";
    const CONFIG: &str =
        "scrape_configs:\n- job_name: log\n  scrape_interval: 3s\n  static_configs:\n  - targets: [log]\n";
    const MANIFEST: &str = "seed: 9\nstart: 2026-03-02T09:00:00Z\nrunning_for: 1m\ncompatibility: \"2.13\"\n";
    const RUN: &str = "run pulled at 2026-03-02T09:01:00Z up";

    fn opened() -> Lab {
        let files = [("scenario.yaml", MANIFEST), ("compose.yaml", COMPOSE), ("prometheus.yml", CONFIG)];
        let files: BTreeMap<_, _> =
            files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let mut lab = Lab::open(Arc::new(Scenario::read("shop", files).unwrap()), None).unwrap();
        after(&mut lab, 0);
        lab
    }

    fn after(lab: &mut Lab, minutes: i64) {
        let to = lab.due() + Millis::from_minutes(minutes);
        while lab.is_behind() || lab.now() < to {
            lab.advance(to, 10_000).unwrap();
        }
    }

    fn act(lab: &mut Lab, line: &str) {
        lab.act(Command::parse(line).unwrap(), None).unwrap();
    }

    fn lines(lab: &Lab) -> Vec<String> {
        lab.journal().entries.iter().map(|entry| entry.command.to_string()).collect()
    }

    fn print(command: Option<&Command>) -> String {
        command.map(ToString::to_string).unwrap_or_default()
    }

    /// Two changes, twelve minutes apart, with a query in between and one after them.
    fn worked() -> (Lab, Vec<Digest>) {
        let mut lab = opened();
        act(&mut lab, "scale log 2");
        after(&mut lab, 12);
        act(&mut lab, RUN);
        act(&mut lab, "stop log");
        act(&mut lab, RUN);
        after(&mut lab, 7);
        let mut with_one = opened();
        act(&mut with_one, "scale log 2");
        after(&mut with_one, 12);
        act(&mut with_one, RUN);
        act(&mut with_one, RUN);
        after(&mut with_one, 7);
        let digests = vec![lab.digest(), with_one.digest()];
        (lab, digests)
    }

    #[test]
    fn a_change_is_taken_back_and_done_again_to_the_byte() {
        let (mut lab, digests) = worked();
        let now = lab.now();
        assert_eq!(print(lab.undoable()), "stop log");
        assert_eq!(lab.undo_change().unwrap().to_string(), "stop log");
        after(&mut lab, 0);
        assert_eq!((lab.now(), lab.digest()), (now, digests[1]));
        assert_eq!(
            (print(lab.undoable()).as_str(), print(lab.redoable()).as_str()),
            ("scale log 2", "stop log")
        );
        lab.undo_change().unwrap();
        after(&mut lab, 0);
        let run = RUN.replace("00Z", "00.000Z").replace(" up", " \"up\"");
        assert_eq!(lines(&lab), [run.clone(), run]);
        assert_eq!(lab.undo_change().unwrap_err().code, "nothing-to-undo");
        assert_eq!(lab.redo().unwrap().to_string(), "scale log 2");
        after(&mut lab, 0);
        assert_eq!(lab.digest(), digests[1]);
        lab.redo().unwrap();
        after(&mut lab, 0);
        assert_eq!((lab.now(), lab.digest()), (now, digests[0]));
        assert_eq!(lab.redo().unwrap_err().code, "nothing-to-redo");
    }

    #[test]
    fn a_lab_that_was_restored_takes_back_what_lies_before_its_checkpoint() {
        let (lab, digests) = worked();
        let (journal, checkpoint) = (lab.journal().to_string(), lab.checkpoint_now());
        let mut restored =
            Lab::restore(lab.scenario().clone(), &journal, &checkpoint, BTreeMap::new()).unwrap();
        assert_eq!(restored.digest(), digests[0]);
        restored.undo_change().unwrap();
        after(&mut restored, 0);
        assert_eq!(restored.digest(), digests[1]);
    }

    #[test]
    fn looking_keeps_what_can_be_done_again_and_another_change_ends_it() {
        let (mut lab, _) = worked();
        lab.undo_change().unwrap();
        after(&mut lab, 1);
        act(&mut lab, RUN);
        assert_eq!(print(lab.redoable()), "stop log");
        let mut other = lab.clone();
        lab.redo().unwrap();
        after(&mut lab, 0);
        assert_eq!(lines(&lab).iter().filter(|line| line.starts_with("run")).count(), 3);
        assert_eq!(lines(&lab)[2], "stop log");
        act(&mut other, "scale log 3");
        assert_eq!(other.redoable(), None);
    }

    #[test]
    fn a_deed_that_no_longer_fits_goes_along_and_comes_back() {
        let mut lab = opened();
        let hash = lab.attach("hits 1 1000\n".to_owned()).unwrap();
        act(&mut lab, &format!("import mine {hash}"));
        // Not a change by itself, and refused where there is no such container.
        act(&mut lab, "scale prometheus 2");
        after(&mut lab, 1);
        let line = "run prometheus:shop-prometheus-2 at 2026-03-02T09:01:00.000Z \"up\"";
        act(&mut lab, line);
        let before = lab.digest();
        assert_eq!(lab.undo_change().unwrap().to_string(), "scale prometheus 2");
        after(&mut lab, 0);
        assert_eq!(lines(&lab), [format!("import mine {hash}")]);
        lab.redo().unwrap();
        after(&mut lab, 0);
        assert_eq!(lines(&lab).last().unwrap(), line);
        assert_eq!(lab.digest(), before);
    }
}
