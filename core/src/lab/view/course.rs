//! The lessons of a scenario as a page shows them; the words themselves are the page's.

use serde::{Deserialize, Serialize};

use crate::base::time::Millis;
use crate::lab::course::{Given, Seen, TaskProgress};
use crate::lab::store::StoreId;

/// The course.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CourseView {
    /// The lesson that was taken up last.
    pub lesson: Option<String>,
    /// All lessons, in their order.
    pub lessons: Vec<LessonView>,
}

/// A lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonView {
    /// Its name.
    pub name: String,
    /// Its tasks, in their order.
    pub tasks: Vec<TaskView>,
    /// Its questions, in their order.
    pub questions: Vec<QuestionView>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskView {
    /// Its name.
    pub id: String,
    /// Whether it is the first of its lesson that has not ended.
    pub is_present: bool,
    /// How far it is.
    pub progress: TaskProgress,
    /// When it is reached.
    pub goal: GoalView,
}

/// When a task is reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GoalView {
    /// When an expression gives something.
    Holds {
        /// The store that is asked.
        store: StoreId,
        /// The expression.
        expression: String,
        /// For how long.
        length: Millis,
        /// How near it is; only of the present task of the lesson that was taken up.
        seen: Option<Seen>,
    },
    /// When the learner has run an expression that gives what is asked for.
    Ran,
    /// When this question was answered rightly.
    Answered(String),
}

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionView {
    /// Its name.
    pub id: String,
    /// What is to be given.
    pub kind: KindView,
    /// The last answer.
    pub given: Option<Given>,
    /// What is right, once an answer was given; of choices their names, of groups `member=group`.
    pub right: Vec<String>,
}

/// What is to be given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum KindView {
    /// One of these choices.
    One(Vec<String>),
    /// Some of these choices.
    Many(Vec<String>),
    /// A number.
    Number,
    /// An expression.
    Expression,
    /// A group for each.
    Groups {
        /// The groups.
        groups: Vec<String>,
        /// What is to be sorted.
        members: Vec<String>,
    },
}
