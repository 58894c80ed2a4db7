//! Reads a lesson (`lesson-NAME.yaml`): its tasks with their goals, its questions with what is right. Every expression
//! is parsed here, so that a broken one is found when the scenario is opened. Knows no language.

use serde::{Deserialize, Serialize};

use crate::base::span::Place;
use crate::base::time::Millis;
use crate::lab::store::StoreId;
use crate::promql::syntax::{self, ast::ValueType};
use crate::yaml::{self, Budget, Dialect, FromNode, Node, Read, Reader};

/// How many hints every task has.
pub const HINTS: u32 = 3;

/// A lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// Its name, as commands say it.
    pub name: String,
    /// What is to be done, one after the other.
    pub tasks: Vec<Task>,
    /// What is asked.
    pub questions: Vec<QuizQuestion>,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its name within the lesson.
    pub id: String,
    /// When it is reached.
    pub goal: Goal,
}

/// When a task is reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Goal {
    /// When an expression gives something, as an alert fires, and has done so for a while.
    Holds {
        /// The store that is asked.
        store: StoreId,
        /// An instant vector.
        expression: String,
        /// For how long it must give something without a gap.
        length: Millis,
    },
    /// When the learner has run an expression that gives the same values as this one, at the same instant.
    Ran {
        /// What is compared with.
        expression: String,
        /// How far a value may lie off, as a share of it.
        within: f64,
    },
    /// When a question of the lesson was answered rightly.
    Answered(String),
}

/// A question of the quiz.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuizQuestion {
    /// Its name within the lesson.
    pub id: String,
    /// What kind of answer is wanted.
    pub kind: Kind,
}

/// The kinds of question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// Choices, of which those in `right` are right; one only where `right` holds one.
    Choices {
        /// The names of the choices, in their order.
        choices: Vec<String>,
        /// Those that are right.
        right: Vec<String>,
    },
    /// A number that this learner's own yard knows.
    Number {
        /// What gives it: one element or a scalar.
        expression: String,
        /// How far the answer may lie off, as a share of it.
        within: f64,
    },
    /// An expression that gives the same values as this one.
    Expression {
        /// What is compared with.
        expression: String,
        /// How far a value may lie off, as a share of it.
        within: f64,
    },
    /// Names that belong to groups.
    Groups {
        /// The groups.
        groups: Vec<String>,
        /// What is to be sorted, each with the index of its group.
        members: Vec<(String, u32)>,
    },
}

impl Lesson {
    /// Reads a lesson.
    ///
    /// # Errors
    /// When it is not YAML, has fields that are unknown or missing, an expression that cannot be read, or a task or
    /// question that no learner could finish.
    pub fn read(name: &str, text: &str) -> Result<Self, yaml::Error> {
        yaml::read(text, Budget::default(), Dialect::V3, |reader, node| {
            let mut lesson = Self { name: name.to_owned(), tasks: Vec::new(), questions: Vec::new() };
            reader.structure(node, "lesson", |reader, field, value| {
                match field {
                    "tasks" => reader.put(&mut lesson.tasks, value)?,
                    "questions" => reader.put(&mut lesson.questions, value)?,
                    _ => return Ok(false),
                }
                Ok(true)
            })?;
            lesson.check(node.place)?;
            Ok(lesson)
        })
    }

    fn check(&self, place: Place) -> Read<()> {
        let refuse = |text: String| Err(yaml::Problem::at(place, text));
        let tasks = self.tasks.iter().map(|task| &task.id);
        let mut ids: Vec<&String> = tasks.chain(self.questions.iter().map(|question| &question.id)).collect();
        ids.sort();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return refuse(format!("the name {:?} is used twice", pair[0]));
        }
        for task in &self.tasks {
            if let Goal::Answered(question) = &task.goal
                && self.question(question).is_none()
            {
                return refuse(format!("task {:?} names the unknown question {question:?}", task.id));
            }
        }
        Ok(())
    }

    /// The question of that name.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&QuizQuestion> {
        self.questions.iter().find(|question| question.id == id)
    }
}

/// Reads a field that must hold an expression of one of these types.
fn expression(node: &Node, wanted: &[ValueType]) -> Read<String> {
    let text = node.text().ok_or_else(|| yaml::Problem::at(node.place, "expected an expression"))?;
    let tree = syntax::parse(text, &syntax::Options::default()).map_err(|errors| {
        let said = errors.first().map(ToString::to_string).unwrap_or_default();
        yaml::Problem::at(node.place, format!("{text}: {said}"))
    })?;
    if !wanted.contains(&tree.value_type()) {
        let said = format!("{text}: expected {}", wanted[0].documented());
        return Err(yaml::Problem::at(node.place, said));
    }
    Ok(text.to_owned())
}

const VECTOR: &[ValueType] = &[ValueType::InstantVector];
const NUMBERS: &[ValueType] = &[ValueType::InstantVector, ValueType::Scalar];

/// A share from 0 to 1.
fn share(reader: &mut Reader, field: &mut f64, node: &Node) -> Read<()> {
    reader.put(field, node)?;
    if !(0.0..=1.0).contains(field) {
        return Err(yaml::Problem::at(node.place, "expected a share from 0 to 1"));
    }
    Ok(())
}

impl FromNode for Task {
    fn go_type() -> String {
        "task".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut id = String::new();
        let (mut goal, mut ran, mut question) = (None, None, None::<String>);
        let (mut store, mut length, mut within) = (StoreId::Pulled, Millis::ZERO, 0.0);
        reader.structure(node, "task", |reader, field, value| {
            match field {
                "id" => reader.put(&mut id, value)?,
                "goal" => goal = Some(expression(value, VECTOR)?),
                "run" => ran = Some(expression(value, NUMBERS)?),
                "question" => reader.put(&mut question, value)?,
                "store" => store = read_store(value)?,
                "for" => reader.put(&mut length, value)?,
                "within" => share(reader, &mut within, value)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let goal = match (goal, ran, question) {
            (Some(expression), None, None) => Goal::Holds { store, expression, length },
            (None, Some(expression), None) => Goal::Ran { expression, within },
            (None, None, Some(question)) => Goal::Answered(question),
            _ => return Err(yaml::Problem::at(node.place, "expected one of goal, run and question")),
        };
        named(node, &id)?;
        Ok(Some(Self { id, goal }))
    }
}

fn read_store(node: &Node) -> Read<StoreId> {
    node.text()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| yaml::Problem::at(node.place, "expected a store, such as pulled or truth"))
}

fn named(node: &Node, id: &str) -> Read<()> {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || !id.bytes().all(is_name) {
        return Err(yaml::Problem::at(node.place, "expected an id of small letters, digits and hyphens"));
    }
    Ok(())
}

impl FromNode for QuizQuestion {
    fn go_type() -> String {
        "question".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut id = String::new();
        let (mut choices, mut right) = (Vec::<String>::new(), Vec::<String>::new());
        let (mut number, mut query, mut within) = (None, None, 0.0);
        let mut groups = None;
        reader.structure(node, "question", |reader, field, value| {
            match field {
                "id" => reader.put(&mut id, value)?,
                "choices" => reader.put(&mut choices, value)?,
                "right" => reader.put(&mut right, value)?,
                "number" => number = Some(expression(value, NUMBERS)?),
                "expression" => query = Some(expression(value, NUMBERS)?),
                "groups" => groups = read_groups(reader, value)?,
                "within" => share(reader, &mut within, value)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        let kind = match (number, query, groups) {
            (Some(expression), None, None) => Kind::Number { expression, within },
            (None, Some(expression), None) => Kind::Expression { expression, within },
            (None, None, Some(kind)) => kind,
            (None, None, None) if choices.len() >= 2 => {
                if right.is_empty() || right.iter().any(|one| !choices.contains(one)) {
                    return Err(yaml::Problem::at(node.place, "what is right must be among the choices"));
                }
                Kind::Choices { choices, right }
            }
            _ => {
                let said = "expected one of choices, number, expression and groups";
                return Err(yaml::Problem::at(node.place, said));
            }
        };
        named(node, &id)?;
        Ok(Some(Self { id, kind }))
    }
}

/// `groups: {engine: [a, b], runtime: [c]}`; what is to be sorted comes in the order of the names, which tells nothing.
fn read_groups(reader: &mut Reader, node: &Node) -> Read<Option<Kind>> {
    let (mut groups, mut members) = (Vec::new(), Vec::new());
    for (key, value) in node.pairs() {
        let mut names = Vec::<String>::new();
        reader.put(&mut names, value)?;
        members.extend(names.into_iter().map(|name| (name, groups.len() as u32)));
        groups.push(key.text().unwrap_or_default().to_owned());
    }
    members.sort();
    if groups.len() < 2 || members.len() < 2 {
        return Err(yaml::Problem::at(node.place, "expected at least two groups with members"));
    }
    Ok(Some(Kind::Groups { groups, members }))
}
