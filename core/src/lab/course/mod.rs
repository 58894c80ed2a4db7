//! The course of a scenario: lessons with tasks that check themselves and questions with their answers. Decides what
//! is reached and what is right; the words that a learner reads are the page's.

mod goal;
mod lesson;
mod progress;
mod story;

use std::sync::{Arc, OnceLock};

pub use goal::{Seen, gives_same, holds, is_number, seen};
pub use lesson::{Goal, HINTS, Kind, Lesson, QuizQuestion, Task};
pub use progress::{Given, LOOK_EVERY, Outcome, Progress, TaskProgress};
pub use story::{Part, Story, Text};

use super::problem::Problem;
use super::scenario::Scenario;
use crate::promql::eval::Options;
use crate::scrape::Compatibility;

/// The lessons of a scenario. Not part of the state: it comes from the scenario whenever a lab is opened or restored,
/// and is read when it is first needed, so that a lab whose learner takes up no lesson opens without it. All copies of a
/// course share what was read.
#[derive(Clone, Debug, Default)]
pub struct Course {
    scenario: Option<Arc<Scenario>>,
    lessons: Arc<OnceLock<Arc<[Lesson]>>>,
}

impl Course {
    /// The course of a scenario.
    #[must_use]
    pub fn of(scenario: Arc<Scenario>) -> Self {
        Self { scenario: Some(scenario), lessons: Arc::default() }
    }

    /// How a lesson's expressions are evaluated: as the scenario's Prometheus does.
    #[must_use]
    pub fn options(&self) -> Options {
        let of = self.scenario.as_ref().map(|scenario| scenario.manifest.compatibility);
        Options { left_open: of.unwrap_or_default() == Compatibility::V3, ..Options::default() }
    }

    /// The lessons in their order; read once.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn lessons(&self) -> Result<Arc<[Lesson]>, Problem> {
        if let Some(lessons) = self.lessons.get() {
            return Ok(lessons.clone());
        }
        let read: Arc<[Lesson]> = match &self.scenario {
            Some(scenario) => scenario.lessons()?.into(),
            None => Arc::default(),
        };
        Ok(self.lessons.get_or_init(|| read).clone())
    }

    /// The lesson of that name.
    ///
    /// # Errors
    /// When there is none, or one cannot be read.
    pub fn lesson(&self, name: &str) -> Result<Lesson, Problem> {
        let lessons = self.lessons()?;
        let found = lessons.iter().find(|lesson| lesson.name == name);
        found.cloned().ok_or_else(|| Problem::new("no-such-lesson", format!("no such lesson: {name}")))
    }
}

#[cfg(test)]
mod tests;
