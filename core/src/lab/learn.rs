//! What a learner does in a lesson, and when a task is reached. What is right and what holds, the course decides.

use super::command::{Range, Step};
use super::course::{Goal, Kind, LOOK_EVERY, Lesson, Task, gives_same, holds, is_number};
use super::event::EventKind;
use super::problem::Problem;
use super::state::State;
use super::store::StoreId;
use crate::base::time::Timestamp;

impl State {
    /// Takes up a lesson.
    pub(super) fn take_up(&mut self, name: &str) -> Result<(), Problem> {
        self.course.lesson(name)?;
        self.progress.lesson = Some(name.to_owned());
        self.next_look = next_round(self.now);
        Ok(())
    }

    pub(super) fn find_task(&self, step: &Step) -> Result<Task, Problem> {
        let lesson = self.course.lesson(&step.lesson)?;
        let found = lesson.tasks.into_iter().find(|task| task.id == step.id);
        found.ok_or_else(|| Problem::new("no-such-task", format!("no such task: {}", step.id)))
    }

    /// The lesson that was taken up, and its present task.
    fn present_task(&self) -> Option<(Lesson, Task)> {
        let lesson = self.course.lesson(&self.progress.lesson.clone()?).ok()?;
        let task = self.progress.current(&lesson)?.clone();
        Some((lesson, task))
    }

    /// Looks whether the goal of the present task holds.
    pub(super) fn look_at_goal(&mut self) {
        let at = self.now;
        let Some((lesson, task)) = self.present_task() else {
            self.next_look = Timestamp::MAX;
            return;
        };
        self.next_look = next_round(at);
        let Goal::Holds { store, expression, .. } = &task.goal else { return };
        let options = self.course.options();
        let is_true = self.store(store).is_some_and(|head| holds(&head, expression, at, &options));
        if self.progress.looked(&lesson.name, &task, at, is_true) {
            self.tell_reached(lesson.name, task.id);
        }
    }

    fn tell_reached(&mut self, lesson: String, task: String) {
        self.tell(EventKind::TaskReached { lesson, task });
    }

    /// The learner has run an expression: it may be what the present task wants.
    pub(super) fn ran(&mut self, store: &StoreId, range: Range, expression: &str) {
        let Some((lesson, task)) = self.present_task() else { return };
        let Goal::Ran { expression: wanted, within } = &task.goal else { return };
        let at = match range {
            Range::At(at) => at,
            Range::Steps { to, .. } => to,
        };
        let options = self.course.options();
        let head = self.store(store);
        if head.is_some_and(|head| gives_same(&head, (expression, wanted), at, *within, &options))
            && self.progress.reach(&lesson.name, &task.id, self.now)
        {
            self.tell_reached(lesson.name, task.id);
        }
    }

    /// The learner has answered a question.
    pub(super) fn answer(&mut self, step: &Step, text: &str) -> Result<(), Problem> {
        let lesson = self.course.lesson(&step.lesson)?;
        let question = lesson
            .question(&step.id)
            .ok_or_else(|| Problem::new("no-such-question", format!("no such question: {}", step.id)))?;
        let is_right = match question.judged(text)? {
            Some(is_right) => is_right,
            None => self.is_right_here(&question.kind, text)?,
        };
        self.progress.answer(&step.lesson, &step.id, text, is_right, self.now);
        let wants = |task: &&Task| matches!(&task.goal, Goal::Answered(wanted) if *wanted == step.id);
        for task in lesson.tasks.iter().filter(wants) {
            if is_right && self.progress.reach(&lesson.name, &task.id, self.now) {
                self.tell_reached(lesson.name.clone(), task.id.clone());
            }
        }
        Ok(())
    }

    /// Whether an answer is what this learner's own store gives at the present.
    fn is_right_here(&self, kind: &Kind, text: &str) -> Result<bool, Problem> {
        let options = self.course.options();
        let head = self.store(&StoreId::Pulled).unwrap_or_default();
        match kind {
            Kind::Number { expression, within } => {
                // Thousands may be typed as the page shows them.
                let number = text.trim().replace([',', ' '], "").parse::<f64>();
                let number = number
                    .map_err(|_| Problem::new("not-a-number", format!("expected a number, not {text:?}")))?;
                Ok(is_number(&head, number, expression, self.now, *within, &options))
            }
            Kind::Expression { expression, within } => {
                super::job::read(text).map_err(|mut problems| problems.swap_remove(0))?;
                Ok(gives_same(&head, (text, expression), self.now, *within, &options))
            }
            Kind::Choices { .. } | Kind::Groups { .. } => Ok(false),
        }
    }
}

/// The first round instant after `at`.
fn next_round(at: Timestamp) -> Timestamp {
    Timestamp(at.0 - at.0.rem_euclid(LOOK_EVERY.0) + LOOK_EVERY.0)
}
