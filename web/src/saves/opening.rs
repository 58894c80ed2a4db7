//! A saved lab's way into the worker, and what is tried where it does not get there. What is tried is not written before
//! it stands: the lab on the shelf is as it was until then.

use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::{Journal, Problem};

use super::keeper::Keeper;
use super::mark;
use super::shelf::Whole;
use super::view::Trouble;
use crate::preferences::Preference;
use crate::worker::Backup;

/// A lab that is to be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The lab as it was saved.
    pub whole: Whole,
    /// How many of the last deeds of its journal are left out.
    without: usize,
}

impl Attempt {
    /// The lab as it was saved, with all its deeds.
    pub const fn as_it_is(whole: Whole) -> Self {
        Self { whole, without: 0 }
    }

    /// What the worker is to open.
    fn shortened(&self) -> Whole {
        let mut whole = self.whole.clone();
        if self.without > 0
            && let Ok(mut journal) = Journal::parse(&whole.lab.journal)
        {
            journal.entries.truncate(journal.entries.len().saturating_sub(self.without));
            whole.lab.journal = journal.to_string();
        }
        whole
    }

    /// The last deed of those that are not left out; it may be what the lab stumbles over.
    fn last(&self) -> Option<String> {
        let journal = Journal::parse(&self.whole.lab.journal).ok()?;
        let last = journal.entries.iter().rev().nth(self.without)?;
        Some(last.command.to_string())
    }
}

impl Keeper {
    /// Hands a lab to the worker.
    pub(super) fn open(self: &Rc<Self>, attempt: Attempt) {
        let whole = attempt.shortened();
        let mut state = self.state.borrow_mut();
        (state.waiting, state.opening) = (None, Some(attempt));
        let may_be_kept = state.shelf.is_some();
        drop(state);
        self.change(|view| view.trouble = None);
        mark::set(&whole.lab.id);
        let reached = reached(&whole.lab.id);
        if reached.is_some_and(|(_, is_playing)| !is_playing) {
            self.pause();
        }
        self.client.open(Backup::saved(whole.save()), reached.map(|(reached, _)| reached));
        if may_be_kept {
            self.prepare();
        }
    }

    /// The lab stands, and from now on is written.
    pub fn opened(self: &Rc<Self>) {
        let mut state = self.state.borrow_mut();
        if state.opening.take().is_none() {
            return;
        }
        let is_prepared = state.lock.is_some();
        drop(state);
        mark::clear();
        if is_prepared {
            self.write(true);
        }
    }

    /// The lab could not be opened; whether there is one that could be tried otherwise.
    pub fn refused(&self, problems: &[Problem]) -> bool {
        let tried = self.state.borrow_mut().opening.take();
        if let Some(tried) = &tried {
            if problems.iter().any(|problem| problem.code == "opening-kills") {
                mark::blame(&tried.whole.lab.id);
            } else {
                mark::clear();
            }
        }
        let Some(attempt) = tried.or_else(|| self.whole().map(Attempt::as_it_is)) else { return false };
        self.stumble(attempt, problems.to_vec());
        true
    }

    /// Lets a lab wait for its reader.
    pub(super) fn stumble(&self, attempt: Attempt, problems: Vec<Problem>) {
        let last = attempt.last();
        self.state.borrow_mut().waiting = Some(attempt);
        self.change(|view| view.trouble = Some(Trouble { problems, last }));
    }

    /// Tries once more to open what was not opened, with all its deeds.
    pub fn try_again(self: &Rc<Self>) {
        if let Some(attempt) = self.taken_up() {
            self.open(Attempt::as_it_is(attempt.whole));
        }
    }

    /// Opens what was not opened without one more of the last deeds of its journal, and lets time stand.
    pub fn open_without_last(self: &Rc<Self>) {
        if let Some(attempt) = self.taken_up() {
            self.pause();
            self.open(Attempt { without: attempt.without + 1, ..attempt });
        }
    }

    /// What waits for its reader.
    fn taken_up(&self) -> Option<Attempt> {
        let mut state = self.state.borrow_mut();
        // Another tab may have thrown the lab away while it waited here.
        state.stored.clear();
        state.waiting.take()
    }
}

/// Up to when the time of a lab had passed when its page was left, and whether it ran.
fn reached(id: &str) -> Option<(Timestamp, bool)> {
    let kept = Preference::Reached.read()?;
    let mut words = kept.split(' ');
    (words.next()? == id).then_some(())?;
    Some((Timestamp(words.next()?.parse().ok()?), words.next()? == "true"))
}

#[cfg(test)]
mod tests {
    use scrapeyard_core::lab::journal::BEHAVIOUR;

    use super::super::record::SavedLab;
    use super::*;

    #[test]
    fn deeds_are_left_out_from_the_end_and_the_saved_lab_keeps_them() {
        let deeds = ["scale accesslog 2", "scale accesslog 3"];
        let [first, second] = deeds.map(|deed| format!("2026-03-02T09:01:00.000Z {deed}\n"));
        let top = format!(
            "scrapeyard-journal 1\nbehaviour {BEHAVIOUR}\nscenario image-gallery 0000000000000000\nseed 7\nnow 2026-03-02T09:02:00.000Z\n\n"
        );
        let journal = format!("{top}{first}{second}");
        let lab = SavedLab { journal: journal.clone(), ..SavedLab::default() };
        let whole = Whole { lab, ..Whole::default() };
        let tried: Vec<_> = (0..4)
            .map(|without| {
                let attempt = Attempt { whole: whole.clone(), without };
                assert_eq!(attempt.whole.lab.journal, journal);
                (attempt.shortened().lab.journal, attempt.last())
            })
            .collect();
        let last = |deed: usize| Some(deeds[deed].to_owned());
        assert_eq!(tried[0], (journal.clone(), last(1)));
        assert_eq!(tried[1], (format!("{top}{first}"), last(0)));
        assert_eq!(tried[2], (top.clone(), None));
        assert_eq!(tried[3], (top, None));
    }
}
