//! The words of a lesson (`lesson-NAME.LANGUAGE.md`): Markdown cut at its headings into the texts of tasks and
//! questions. Draws nothing; what stands between two headings stays Markdown.

use std::collections::BTreeMap;

use super::lesson::{HINTS, Kind, Lesson};

/// The words of a lesson in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// What the lesson is called.
    pub title: String,
    /// What stands before the first task.
    pub opening: String,
    /// By the task's id.
    pub tasks: BTreeMap<String, Text>,
    /// By the question's id.
    pub questions: BTreeMap<String, Text>,
}

/// The words of a task or a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its heading.
    pub title: String,
    /// What is to be done or what is asked.
    pub body: String,
    /// What stands under the headings within it: `hint-1`, `hint-2`, `hint-3` and `solution` of a task; the names of
    /// the choices or groups and `explanation` of a question.
    pub parts: BTreeMap<String, Part>,
}

/// The words under a heading within a task or question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What stands behind the name in the heading: the text of a choice.
    pub title: String,
    /// What stands under it: the explanation of a choice.
    pub body: String,
}

enum At {
    Opening,
    Task(String),
    Question(String),
}

impl Story {
    /// Reads the words of a lesson.
    ///
    /// `# Title`, then for each task `## task ID: Title` and for each question `## question ID: Title`; within them
    /// `### NAME: Title` or `### NAME`. Headings inside fenced code are none.
    #[must_use]
    pub fn read(markdown: &str) -> Self {
        let mut story = Self::default();
        let mut at = At::Opening;
        let mut part: Option<String> = None;
        let mut in_code = false;
        for line in markdown.lines() {
            in_code ^= line.starts_with("```");
            let heading = (!in_code).then(|| heading(line)).flatten();
            match heading {
                Some((1, title)) => story.title = title.to_owned(),
                Some((2, title)) => {
                    part = None;
                    at = story.begin(title);
                }
                Some((_, title)) => {
                    let (name, title) = title.split_once(':').unwrap_or((title, ""));
                    part = Some(name.trim().to_owned());
                    if let Some(text) = story.text(&at) {
                        let title = title.trim().to_owned();
                        text.parts.insert(name.trim().to_owned(), Part { title, body: String::new() });
                    }
                }
                None => {
                    let body = story.body(&at, part.as_deref());
                    body.push_str(line);
                    body.push('\n');
                }
            }
        }
        story.trim();
        story
    }

    fn begin(&mut self, heading: &str) -> At {
        let (name, title) = heading.split_once(':').unwrap_or((heading, ""));
        let text = Text { title: title.trim().to_owned(), ..Text::default() };
        match name.trim().split_once(' ') {
            Some(("task", id)) => {
                self.tasks.insert(id.trim().to_owned(), text);
                At::Task(id.trim().to_owned())
            }
            Some(("question", id)) => {
                self.questions.insert(id.trim().to_owned(), text);
                At::Question(id.trim().to_owned())
            }
            _ => At::Opening,
        }
    }

    fn text(&mut self, at: &At) -> Option<&mut Text> {
        match at {
            At::Opening => None,
            At::Task(id) => self.tasks.get_mut(id),
            At::Question(id) => self.questions.get_mut(id),
        }
    }

    fn body(&mut self, at: &At, part: Option<&str>) -> &mut String {
        let text = match at {
            At::Opening => return &mut self.opening,
            At::Task(id) => self.tasks.entry(id.clone()).or_default(),
            At::Question(id) => self.questions.entry(id.clone()).or_default(),
        };
        match part {
            Some(part) => &mut text.parts.entry(part.to_owned()).or_default().body,
            None => &mut text.body,
        }
    }

    fn trim(&mut self) {
        let trim = |text: &mut String| *text = text.trim().to_owned();
        trim(&mut self.opening);
        for text in self.tasks.values_mut().chain(self.questions.values_mut()) {
            trim(&mut text.body);
            text.parts.values_mut().for_each(|part| trim(&mut part.body));
        }
    }

    /// What a lesson needs and this story lacks, and what it has for nobody; a line each.
    #[must_use]
    pub fn gaps(&self, lesson: &Lesson) -> Vec<String> {
        let mut gaps = Vec::new();
        let mut wanted = |what: String, is_there: bool| {
            if !is_there {
                gaps.push(format!("{what} is missing"));
            }
        };
        wanted("the title".to_owned(), !self.title.is_empty());
        wanted("the opening".to_owned(), !self.opening.is_empty());
        for task in &lesson.tasks {
            let text = self.tasks.get(&task.id).cloned().unwrap_or_default();
            wanted(format!("task {}", task.id), !text.title.is_empty() && !text.body.is_empty());
            let hints = (1..=HINTS).map(|hint| format!("hint-{hint}"));
            for part in hints.chain(["solution".to_owned()]) {
                let is_there = text.parts.get(&part).is_some_and(|part| !part.body.is_empty());
                wanted(format!("task {}: {part}", task.id), is_there);
            }
        }
        for question in &lesson.questions {
            let text = self.questions.get(&question.id).cloned().unwrap_or_default();
            wanted(format!("question {}", question.id), !text.title.is_empty());
            let (titled, explained): (&[String], bool) = match &question.kind {
                Kind::Choices { choices, .. } => (choices, true),
                Kind::Groups { groups, .. } => (groups, false),
                Kind::Number { .. } | Kind::Expression { .. } => (&[], false),
            };
            for name in titled {
                let part = text.parts.get(name).cloned().unwrap_or_default();
                let is_whole = !part.title.is_empty() && (!explained || !part.body.is_empty());
                wanted(format!("question {}: {name}", question.id), is_whole);
            }
            if !explained {
                let is_there = text.parts.get("explanation").is_some_and(|part| !part.body.is_empty());
                wanted(format!("question {}: explanation", question.id), is_there);
            }
        }
        let tasks = self.tasks.keys().filter(|id| !lesson.tasks.iter().any(|task| task.id == **id));
        gaps.extend(tasks.map(|id| format!("task {id} is not in the lesson")));
        let questions = self.questions.keys().filter(|id| lesson.question(id).is_none());
        gaps.extend(questions.map(|id| format!("question {id} is not in the lesson")));
        gaps
    }
}

/// The level of a heading, 1 to 3, and its text.
fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=3).contains(&level) && text.starts_with(' ')).then(|| (level, text.trim()))
}
