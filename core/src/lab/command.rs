//! What a learner can do, as one value with one line of text. Does nothing itself.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::board::BoardDeed;
use super::problem::Problem;
use super::store::StoreId;
use super::words::{write_quoted, write_word};
use crate::base::number::print_plain;
use crate::base::time::{Millis, Timestamp};
use crate::base::{date, duration};

/// A deed. A click, a line in the terminal, a line of a script and a line of a test are the same command; the
/// journal holds its line. Reading by hand (pressing Run) is a deed too, though it changes nothing in the yard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// `scale SERVICE REPLICAS`
    Scale {
        /// The service.
        service: String,
        /// How many containers it shall have.
        replicas: u32,
    },
    /// `stop NAME`: asks the main process to end, as `docker stop`.
    Stop(String),
    /// `start NAME`
    Start(String),
    /// `restart NAME`
    Restart(String),
    /// `kill NAME`: ends the main process at once.
    Kill(String),
    /// `pause NAME`: freezes all processes; connections are still accepted.
    Pause(String),
    /// `unpause NAME`
    Unpause(String),
    /// `traffic SERVICE RATE`: how many visitors' requests arrive, on average.
    Traffic {
        /// The service that the visitors ask.
        service: String,
        /// Requests a second; 0 ends the traffic.
        per_second: f64,
    },
    /// `send SERVICE COUNT`: single requests, one after the other.
    Send {
        /// The service that is asked.
        service: String,
        /// How many requests.
        count: u32,
    },
    /// `reload NAME "TEXT"`: writes the text into the configuration file of a Prometheus and asks it to reload.
    Reload {
        /// The service or container of that Prometheus.
        prometheus: String,
        /// The whole `prometheus.yml`.
        text: String,
    },
    /// `write NAME "TEXT"`: writes the text into the configuration file of a Prometheus, which reads it at its next
    /// start or reload.
    Write {
        /// The service or container of that Prometheus.
        prometheus: String,
        /// The whole `prometheus.yml`.
        text: String,
    },
    /// `file SERVICE PATH "TEXT"`: writes a file into the containers of a service, lists of targets for instance. An
    /// empty text empties it.
    File {
        /// The service.
        service: String,
        /// The path in the container.
        path: String,
        /// The whole text.
        text: String,
    },
    /// `run STORE at INSTANT EXPRESSION` and `run STORE from INSTANT to INSTANT step LENGTH EXPRESSION`: the learner
    /// pressed Run.
    Run {
        /// Which store was asked.
        store: StoreId,
        /// Over which time.
        range: Range,
        /// The PromQL expression as typed.
        expression: String,
    },
    /// `import NAME HASH`: reads an attachment into the store `imported:NAME`.
    Import {
        /// The name of the store.
        name: String,
        /// The attachment, by the hash of its text.
        attachment: AttachmentHash,
    },
    /// `discard NAME`: forgets the store `imported:NAME`.
    Discard(String),
    /// `delete STORE all SELECTOR` and `delete STORE from INSTANT to INSTANT SELECTOR`: deletes samples of a Prometheus
    /// or of an imported store, as its API `delete_series` does.
    Delete {
        /// Which store.
        store: StoreId,
        /// The first and the last instant; all where nothing is said.
        span: Option<(Timestamp, Timestamp)>,
        /// The selector of the series, as typed.
        selector: String,
    },
    /// `lesson NAME`: takes up a lesson; its tasks are looked at from now on, from the first that has not ended.
    Lesson(String),
    /// `again NAME`: takes up a lesson anew; what was reached and answered in it is forgotten.
    Again(String),
    /// `hint LESSON TASK`: takes the next hint.
    Hint(Step),
    /// `reveal LESSON TASK`: looks at the solution.
    Reveal(Step),
    /// `skip LESSON TASK`: goes on without it.
    Skip(Step),
    /// `answer LESSON QUESTION TEXT`: the names of choices with commas between, `member=group` with commas between, a
    /// number or an expression, as the question wants it.
    Answer {
        /// The question.
        question: Step,
        /// What the learner says.
        text: String,
    },
    /// `board VERB …`: arranges the board.
    Board(BoardDeed),
}

/// A task or a question of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The lesson's name.
    pub lesson: String,
    /// The name of the task or question within it.
    pub id: String,
}

/// The time a query covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Range {
    /// One instant.
    At(Timestamp),
    /// Steps from `from` up to, at most, `to`.
    Steps {
        /// The first step.
        from: Timestamp,
        /// No step lies after it.
        to: Timestamp,
        /// Between two steps; above zero.
        step: Millis,
    },
}

/// Names a text that travels beside the journal: 64 bits over its bytes, written as 16 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AttachmentHash(pub u64);

impl AttachmentHash {
    /// The hash of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(super::digest::Digest::of(text.as_bytes()).0)
    }
}

impl fmt::Display for AttachmentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => write!(f, "at {}", date::print(*at)),
            Self::Steps { from, to, step } => {
                write!(
                    f,
                    "from {} to {} step {}",
                    date::print(*from),
                    date::print(*to),
                    duration::print(*step)
                )
            }
        }
    }
}

/// The line form; [`Command::parse`] reads it back.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = String::new();
        let mut words = |verb: &str, name: &str| {
            line.push_str(verb);
            line.push(' ');
            write_word(&mut line, name);
        };
        match self {
            Self::Scale { service, .. } => words("scale", service),
            Self::Stop(name) => words("stop", name),
            Self::Start(name) => words("start", name),
            Self::Restart(name) => words("restart", name),
            Self::Kill(name) => words("kill", name),
            Self::Pause(name) => words("pause", name),
            Self::Unpause(name) => words("unpause", name),
            Self::Traffic { service, .. } => words("traffic", service),
            Self::Send { service, .. } => words("send", service),
            Self::Reload { prometheus, .. } => words("reload", prometheus),
            Self::Write { prometheus, .. } => words("write", prometheus),
            Self::File { service, .. } => words("file", service),
            Self::Run { store, .. } => words("run", &store.to_string()),
            Self::Import { name, .. } => words("import", name),
            Self::Discard(name) => words("discard", name),
            Self::Delete { store, .. } => words("delete", &store.to_string()),
            Self::Lesson(name) => words("lesson", name),
            Self::Again(name) => words("again", name),
            Self::Hint(task) => words("hint", &task.lesson),
            Self::Reveal(task) => words("reveal", &task.lesson),
            Self::Skip(task) => words("skip", &task.lesson),
            Self::Answer { question, .. } => words("answer", &question.lesson),
            Self::Board(deed) => return write!(f, "board {deed}"),
        }
        let _ = match self {
            Self::Scale { replicas, .. } => write!(line, " {replicas}"),
            Self::Traffic { per_second, .. } => write!(line, " {}", print_plain(*per_second)),
            Self::Send { count, .. } => write!(line, " {count}"),
            Self::Run { range, .. } => write!(line, " {range}"),
            Self::Import { attachment, .. } => write!(line, " {attachment}"),
            Self::Delete { span: None, .. } => write!(line, " all"),
            Self::Delete { span: Some((from, to)), .. } => {
                write!(line, " from {} to {}", date::print(*from), date::print(*to))
            }
            _ => Ok(()),
        };
        if let Self::Hint(step)
        | Self::Reveal(step)
        | Self::Skip(step)
        | Self::Answer { question: step, .. } = self
        {
            line.push(' ');
            write_word(&mut line, &step.id);
        }
        if let Self::File { path, .. } = self {
            line.push(' ');
            write_word(&mut line, path);
        }
        if let Self::Reload { text, .. }
        | Self::Write { text, .. }
        | Self::File { text, .. }
        | Self::Run { expression: text, .. }
        | Self::Delete { selector: text, .. }
        | Self::Answer { text, .. } = self
        {
            line.push(' ');
            write_quoted(&mut line, text);
        }
        f.write_str(&line)
    }
}

impl std::str::FromStr for Command {
    type Err = Problem;

    fn from_str(line: &str) -> Result<Self, Problem> {
        Self::parse(line)
    }
}
