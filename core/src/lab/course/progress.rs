//! How far a learner has come: the lesson taken up, tasks reached, hints taken, answers given. Part of the lab's state,
//! so it is replayed, undone and kept like everything else. Evaluates nothing itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lesson::{Goal, HINTS, Kind, Lesson, QuizQuestion, Task};
use crate::base::time::{Millis, Timestamp};
use crate::lab::problem::Problem;

/// How often a goal is looked at, at round instants.
pub const LOOK_EVERY: Millis = Millis::from_secs(5);

/// How far a learner has come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The lesson that was taken up last.
    pub lesson: Option<String>,
    /// By lesson and task.
    tasks: BTreeMap<(String, String), TaskProgress>,
    /// By lesson and question.
    answers: BTreeMap<(String, String), Given>,
}

/// How far a task is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TaskProgress {
    /// How it ended, and when.
    pub outcome: Option<(Timestamp, Outcome)>,
    /// How many hints were taken.
    pub hints: u32,
    /// Whether the solution was looked at.
    pub is_revealed: bool,
    /// Since when the goal has held without a gap.
    pub held_since: Option<Timestamp>,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The goal was reached.
    Reached,
    /// The learner went on without it.
    Skipped,
}

/// The last answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// As it was given.
    pub text: String,
    /// Whether it was right.
    pub is_right: bool,
    /// How many answers were given until now.
    pub tries: u32,
    /// When.
    pub at: Timestamp,
}

fn key(lesson: &str, id: &str) -> (String, String) {
    (lesson.to_owned(), id.to_owned())
}

impl Progress {
    /// How far a task is.
    #[must_use]
    pub fn task(&self, lesson: &str, id: &str) -> TaskProgress {
        self.tasks.get(&key(lesson, id)).cloned().unwrap_or_default()
    }

    fn task_mut(&mut self, lesson: &str, id: &str) -> &mut TaskProgress {
        self.tasks.entry(key(lesson, id)).or_default()
    }

    /// The last answer to a question.
    #[must_use]
    pub fn given(&self, lesson: &str, question: &str) -> Option<&Given> {
        self.answers.get(&key(lesson, question))
    }

    /// The first task of a lesson that has not ended.
    #[must_use]
    pub fn current<'a>(&self, lesson: &'a Lesson) -> Option<&'a Task> {
        lesson.tasks.iter().find(|task| self.task(&lesson.name, &task.id).outcome.is_none())
    }

    /// What the look at a goal found; gives whether the task is reached by it.
    pub fn looked(&mut self, lesson: &str, task: &Task, at: Timestamp, holds: bool) -> bool {
        let Goal::Holds { length, .. } = &task.goal else { return false };
        let length = *length;
        let progress = self.task_mut(lesson, &task.id);
        if !holds {
            progress.held_since = None;
            return false;
        }
        let since = *progress.held_since.get_or_insert(at);
        at - since >= length && self.reach(lesson, &task.id, at)
    }

    /// A task is reached; gives whether it had not ended before.
    pub fn reach(&mut self, lesson: &str, id: &str, at: Timestamp) -> bool {
        let progress = self.task_mut(lesson, id);
        let is_open = progress.outcome.is_none();
        progress.outcome.get_or_insert((at, Outcome::Reached));
        is_open
    }

    /// Takes the next hint of a task.
    ///
    /// # Errors
    /// When all were taken.
    pub fn hint(&mut self, lesson: &str, id: &str) -> Result<(), Problem> {
        let progress = self.task_mut(lesson, id);
        if progress.hints == HINTS {
            return Err(Problem::new(
                "no-more-hints",
                format!("there are {HINTS} hints, and all were taken"),
            ));
        }
        progress.hints += 1;
        Ok(())
    }

    /// Looks at a task's solution.
    pub fn reveal(&mut self, lesson: &str, id: &str) {
        self.task_mut(lesson, id).is_revealed = true;
    }

    /// Goes on without a task.
    ///
    /// # Errors
    /// When it has ended.
    pub fn skip(&mut self, lesson: &str, id: &str, at: Timestamp) -> Result<(), Problem> {
        let progress = self.task_mut(lesson, id);
        if progress.outcome.is_some() {
            return Err(Problem::new("task-ended", format!("the task {id:?} has ended already")));
        }
        progress.outcome = Some((at, Outcome::Skipped));
        Ok(())
    }

    /// Keeps an answer in place of the one before: the last one counts, as the verdict beside it says. A task that was
    /// reached by an earlier one stays reached.
    pub fn answer(&mut self, lesson: &str, question: &str, text: &str, is_right: bool, at: Timestamp) {
        let tries = self.given(lesson, question).map_or(0, |given| given.tries) + 1;
        let given = Given { text: text.to_owned(), is_right, tries, at };
        self.answers.insert(key(lesson, question), given);
    }

    /// Begins a lesson anew: its tasks and answers are forgotten.
    pub fn forget(&mut self, lesson: &str) {
        self.tasks.retain(|(of, _), _| of != lesson);
        self.answers.retain(|(of, _), _| of != lesson);
    }
}

impl QuizQuestion {
    /// Whether an answer is right, where no store has to be asked; `None` where one has to.
    ///
    /// Choices are named by their ids with a comma between, groups as `member=group` with a comma between; blanks and
    /// the order do not matter.
    ///
    /// # Errors
    /// When the answer names what there is not.
    pub fn judged(&self, answer: &str) -> Result<Option<bool>, Problem> {
        let mut parts: Vec<&str> = answer.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        parts.sort();
        parts.dedup();
        match &self.kind {
            Kind::Number { .. } | Kind::Expression { .. } => Ok(None),
            Kind::Choices { choices, right } => {
                if let Some(unknown) = parts.iter().find(|part| !choices.iter().any(|choice| choice == *part))
                {
                    return Err(Problem::new("no-such-choice", format!("no such choice: {unknown}")));
                }
                let mut wanted: Vec<&str> = right.iter().map(String::as_str).collect();
                wanted.sort();
                Ok(Some(parts == wanted))
            }
            Kind::Groups { groups, members } => {
                let mut rightly = 0;
                for part in &parts {
                    let found = part.split_once('=').and_then(|(member, group)| {
                        let (_, of) = members.iter().find(|(name, _)| name == member.trim())?;
                        let named = groups.iter().position(|name| name == group.trim())?;
                        Some(named == *of as usize)
                    });
                    let Some(is_right) = found else {
                        return Err(Problem::new("no-such-choice", format!("expected member=group: {part}")));
                    };
                    rightly += usize::from(is_right);
                }
                Ok(Some(rightly == members.len() && parts.len() == members.len()))
            }
        }
    }
}
