//! Lessons: the page that lists them and asks their questions, and the pane beside every other page that says what is
//! to be done next. What is reached and what is right, the lab decides; the words come from `scenarios/*/lessons`.

mod choices;
mod groups;
mod invite;
mod page;
mod pane;
mod prose;
mod question;
mod tasks;
mod words;

pub use invite::Invite;
pub use page::LearnPage;
pub use pane::LessonPane;
