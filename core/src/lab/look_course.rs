//! The view of the lessons, made from a state. Changes nothing.

use super::course::{Goal, Kind, Lesson, QuizQuestion, Task, seen};
use super::problem::Problem;
use super::state::State;
use super::view::{CourseView, GoalView, KindView, LessonView, QuestionView, TaskView};

/// The lessons with their tasks and questions.
///
/// # Errors
/// When a lesson of the scenario cannot be read.
pub fn course(state: &State) -> Result<CourseView, Problem> {
    let lessons = state.course.lessons()?;
    Ok(CourseView {
        lesson: state.progress.lesson.clone(),
        lessons: lessons.iter().map(|one| lesson(state, one)).collect(),
    })
}

fn lesson(state: &State, lesson: &Lesson) -> LessonView {
    let present = state.progress.current(lesson).map(|task| task.id.as_str());
    let tasks = lesson.tasks.iter().map(|one| task(state, lesson, one, present == Some(&one.id)));
    LessonView {
        name: lesson.name.clone(),
        tasks: tasks.collect(),
        questions: lesson.questions.iter().map(|one| question(state, lesson, one)).collect(),
    }
}

fn task(state: &State, lesson: &Lesson, task: &Task, is_present: bool) -> TaskView {
    let is_looked_at = is_present && state.progress.lesson.as_deref() == Some(&lesson.name);
    let goal = match &task.goal {
        Goal::Holds { store, expression, length } => {
            let head = is_looked_at.then(|| state.store(store)).flatten();
            let options = state.course.options();
            GoalView::Holds {
                store: store.clone(),
                expression: expression.clone(),
                length: *length,
                seen: head.and_then(|head| seen(&head, expression, state.now, &options)),
            }
        }
        Goal::Ran { .. } => GoalView::Ran,
        Goal::Answered(question) => GoalView::Answered(question.clone()),
    };
    TaskView { id: task.id.clone(), is_present, progress: state.progress.task(&lesson.name, &task.id), goal }
}

fn question(state: &State, lesson: &Lesson, question: &QuizQuestion) -> QuestionView {
    let given = state.progress.given(&lesson.name, &question.id).cloned();
    let right = match (&given, &question.kind) {
        (None, _) => Vec::new(),
        (Some(_), Kind::Choices { right, .. }) => right.clone(),
        (Some(_), Kind::Groups { groups, members }) => {
            members.iter().map(|(name, group)| format!("{name}={}", groups[*group as usize])).collect()
        }
        (Some(_), Kind::Number { .. } | Kind::Expression { .. }) => Vec::new(),
    };
    let kind = match &question.kind {
        Kind::Choices { choices, right } if right.len() == 1 => KindView::One(choices.clone()),
        Kind::Choices { choices, .. } => KindView::Many(choices.clone()),
        Kind::Number { .. } => KindView::Number,
        Kind::Expression { .. } => KindView::Expression,
        Kind::Groups { groups, members } => KindView::Groups {
            groups: groups.clone(),
            members: members.iter().map(|(name, _)| name.clone()).collect(),
        },
    };
    QuestionView { id: question.id.clone(), kind, given, right }
}
