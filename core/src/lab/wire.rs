//! What page and worker say to each other, as postcard bytes: one reply for each request, progress in between, and
//! what the worker says unasked. Sends nothing itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::command::AttachmentHash;
use super::problem::Problem;
use super::question::Question;
use crate::base::time::Timestamp;

/// Numbers a request; the page counts up, and every request gets exactly one [`Message::Reply`] with its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RequestId(pub u64);

/// Names a place on the page that shows one answer at a time: a newer question of the same panel makes the older one
/// end with [`Reply::Superseded`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PanelId(pub u32);

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Its number.
    pub id: RequestId,
    /// What is asked for.
    pub body: RequestBody,
}

/// What the page can ask of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RequestBody {
    /// Opens a lab; the one before is dropped. Answered by [`Reply::Opened`].
    Open {
        /// Which scenario.
        scenario: ScenarioSource,
        /// Another seed than the scenario's own.
        seed: Option<u64>,
    },
    /// Goes on where a [`Save`] left off. Answered by [`Reply::Opened`].
    Restore(Save),
    /// A pulse of the page's clock: lets virtual time pass, at most up to `to`. The worker stops when `budget_ms` of
    /// real time are used up and says how far it came. A newer pulse ends an older one that is still under way.
    /// Answered by [`Reply::Reached`].
    Advance {
        /// Up to when.
        to: Timestamp,
        /// Milliseconds of real time it may take.
        budget_ms: u32,
    },
    /// A jump: as `Advance`, in slices, with [`Message::Progress`] and for as long as it takes. Answered by
    /// [`Reply::Reached`].
    Jump {
        /// Up to when.
        to: Timestamp,
    },
    /// Does a command, given by its line, at the present virtual instant. Answered by [`Reply::Done`].
    Act {
        /// The line.
        line: String,
    },
    /// Hands over a page or dump that a later `import` names. Answered by [`Reply::Attached`].
    Attach {
        /// The whole text.
        text: String,
    },
    /// Asks. Answered by [`Reply::Answer`].
    Ask {
        /// Where the answer is shown.
        panel: PanelId,
        /// The question.
        question: Question,
    },
    /// Ends a request that is under way; that one is answered by [`Reply::Cancelled`], this one by [`Reply::Done`].
    Cancel {
        /// The request to end.
        request: RequestId,
    },
    /// Takes the last change back ([`Command::is_change`](super::Command::is_change)). Answered by [`Reply::Opened`].
    Undo,
    /// Does again what was taken back last. Answered by [`Reply::Opened`].
    Redo,
    /// Goes back in time; what was pulled on the line left behind stays as the store `before`. Answered by
    /// [`Reply::Opened`].
    Rewind {
        /// Where to.
        to: Timestamp,
    },
    /// Asks for a save with a fresh checkpoint. Answered by [`Reply::Saved`].
    Save,
}

/// Where a scenario's texts come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScenarioSource {
    /// One that was built in, by the name of its folder.
    Named(String),
    /// Files by name: `scenario.yaml`, `compose.yaml`, `prometheus.yml` and so on.
    Files(BTreeMap<String, String>),
}

/// All that is needed to go on elsewhere, or after the worker died.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Save {
    /// Which scenario.
    pub scenario: ScenarioSource,
    /// The journal's text; it says up to when time has passed.
    pub journal: String,
    /// A checkpoint of a past instant, as the lab wrote it; empty to replay from the beginning.
    pub checkpoint: Vec<u8>,
    /// What the journal's imports name.
    pub attachments: BTreeMap<AttachmentHash, String>,
}

/// What has changed since the last time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Autosave {
    /// The journal's text.
    pub journal: String,
    /// A checkpoint that is newer than the last one handed over.
    pub checkpoint: Option<Vec<u8>>,
    /// The line of the change that [`RequestBody::Undo`] would take back.
    pub undo: Option<String>,
    /// The line of the deed that [`RequestBody::Redo`] would do again.
    pub redo: Option<String>,
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Message {
    /// The worker stands and takes requests.
    Ready,
    /// The one reply to a request.
    Reply {
        /// Which request.
        id: RequestId,
        /// How it ended.
        reply: Reply,
    },
    /// How far a long request has come.
    Progress {
        /// Which request.
        id: RequestId,
        /// Thousandths of the whole.
        permille: u32,
        /// The present virtual instant.
        now: Timestamp,
    },
    /// From time to time, and with each command, before its reply: what the page keeps against the worker's death and
    /// its own. So what is seen to be done is kept.
    Autosave(Autosave),
    /// The worker is dead. The page starts another and restores what was saved, without the request that killed this
    /// one.
    Failed {
        /// The request that was under way.
        request: Option<RequestId>,
        /// What the panic said.
        text: String,
    },
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// A lab stands.
    Opened {
        /// The present virtual instant.
        now: Timestamp,
        /// When the scenario began.
        start: Timestamp,
        /// The seed in use.
        seed: u64,
        /// The deed that was taken back or done again, by its line.
        changed: Option<String>,
    },
    /// How far virtual time has come.
    Reached {
        /// The present virtual instant.
        now: Timestamp,
    },
    /// The command was done.
    Done {
        /// The command's own line, as the journal holds it; empty for a request that is no command.
        line: String,
        /// What did not come out as one may have hoped: a port that is taken, a configuration that was refused.
        remarks: Vec<Problem>,
    },
    /// The attachment's name.
    Attached {
        /// To be named in `import`.
        hash: AttachmentHash,
    },
    /// The answer.
    Answer {
        /// The virtual instant it holds for.
        at: Timestamp,
        /// The answer itself.
        answer: Answer,
    },
    /// Not possible; the first problem is the one to show first.
    Refused(Vec<Problem>),
    /// A newer request took its place.
    Superseded,
    /// The page asked for its end.
    Cancelled,
    /// The save.
    Saved(Save),
}

/// A request or message as bytes.
///
/// # Panics
/// Never: the types above have no value that postcard cannot write.
#[must_use]
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// When the bytes are not of this type and version.
pub fn decode<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    postcard::from_bytes(bytes).map_err(|error| Problem::new("malformed-message", error.to_string()))
}
