//! What every page gets: a way to act, to ask, to move time and to tell the reader something.

use std::cell::Cell;
use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::wire::{PanelId, Reply, RequestBody, RequestId};
use scrapeyard_core::lab::{Answer, Command, Problem, Question};
use yew::Callback;
use yew::prelude::{hook, use_context};

use super::clock::{Clock, Transport};
use super::drafts::Drafts;
use super::targets::Targets;
use crate::route::Route;
use crate::texts::Texts;
use crate::worker::Client;

/// Something to tell the reader, shown for a while at the foot of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Whether something went wrong. Such a notice, and any with a detail, stays until it is closed.
    pub is_error: bool,
    /// What happened, in the reader's language.
    pub text: String,
    /// The system's own words, a line each.
    pub detail: Option<String>,
    /// Where to see what came of it: the page, and the key of the words for the way there.
    pub way: Option<(Route, &'static str)>,
}

impl Notice {
    /// Tells that something was done.
    pub const fn done(text: String) -> Self {
        Self { is_error: false, text, detail: None, way: None }
    }

    /// Tells that something went wrong.
    pub fn failed(text: String) -> Self {
        Self { is_error: true, ..Self::done(text) }
    }

    /// The same with the system's own words.
    #[must_use]
    pub fn with_detail(self, detail: Option<String>) -> Self {
        Self { detail, ..self }
    }
}

/// How a question ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// With an answer, which holds for an instant.
    Answered(Timestamp, Rc<Answer>),
    /// It was not possible.
    Refused(Vec<Problem>),
    /// A newer question took its place, or its end was asked for.
    Ended,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Acted {
    /// It was done; the remarks say what did not come out as one may have hoped.
    Done(Vec<Problem>),
    /// It was not possible.
    Refused(Vec<Problem>),
}

/// The handle. Cheap to clone; equal to itself only.
#[derive(Clone)]
pub struct Session(Rc<Inner>);

struct Inner {
    client: Rc<Client>,
    now: Cell<Timestamp>,
    revision: Cell<u64>,
    drafts: Drafts,
    transport: Callback<Transport>,
    notify: Callback<Notice>,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Session {
    /// A handle on `client`.
    pub fn new(client: Rc<Client>, transport: Callback<Transport>, notify: Callback<Notice>) -> Self {
        let (now, revision) = (Cell::new(Timestamp(0)), Cell::new(0));
        Self(Rc::new(Inner { client, now, revision, drafts: Drafts::default(), transport, notify }))
    }

    /// The line to the worker, for what is no command and no question.
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    /// The present virtual instant, as far as the page knows.
    pub fn now(&self) -> Timestamp {
        self.0.now.get()
    }

    /// Notes how far virtual time has come.
    pub fn set_now(&self, now: Timestamp) {
        self.0.now.set(now);
    }

    /// A number that rises with everything that may have changed the lab besides time.
    pub fn revision(&self) -> u64 {
        self.0.revision.get()
    }

    /// Notes that the lab may have changed: answers at hand are old.
    pub fn touch(&self) {
        self.0.revision.set(self.0.revision.get() + 1);
    }

    /// What is typed and not sent yet.
    pub fn drafts(&self) -> &Drafts {
        &self.0.drafts
    }

    /// Moves time.
    pub fn transport(&self, deed: Transport) {
        self.0.transport.emit(deed);
    }

    /// Tells the reader something.
    pub fn notify(&self, notice: Notice) {
        self.0.notify.emit(notice);
    }

    /// Does a command.
    pub fn act(&self, command: &Command, then: impl FnOnce(Acted) + 'static) {
        let session = self.clone();
        let body = RequestBody::Act { line: command.to_string() };
        self.0.client.request(body, move |reply| {
            session.touch();
            then(match reply {
                Reply::Refused(problems) => Acted::Refused(problems),
                Reply::Done { remarks, .. } => Acted::Done(remarks),
                _ => Acted::Done(Vec::new()),
            });
        });
    }

    /// Does a command and tells the reader, in the system's words, all that did not come out of it: under the text
    /// `refused` where it was not done, else as remarks. `then` hears whether it was done.
    pub fn act_or_tell(
        &self,
        command: &Command,
        texts: &Texts,
        refused: &str,
        then: impl FnOnce(bool) + 'static,
    ) {
        let (refused, remarks) = (texts.say(refused), texts.say("done-with-remarks"));
        let session = self.clone();
        self.act(command, move |acted| {
            let (is_error, text, problems) = match acted {
                Acted::Refused(problems) => (true, refused, problems),
                Acted::Done(problems) => (false, remarks, problems),
            };
            if !problems.is_empty() {
                let lines: Vec<&str> = problems.iter().map(|problem| problem.text.as_str()).collect();
                session.notify(Notice { is_error, ..Notice::done(text) }.with_detail(Some(lines.join("\n"))));
            }
            then(!is_error);
        });
    }

    /// Asks.
    pub fn ask(&self, panel: PanelId, question: Question, then: impl FnOnce(Asked) + 'static) -> RequestId {
        self.0.client.request(RequestBody::Ask { panel, question }, move |reply| then(asked(reply)))
    }

    /// Asks something that may take long; `progress` hears thousandths of the whole.
    pub fn ask_long(
        &self,
        panel: PanelId,
        question: Question,
        then: impl FnOnce(Asked) + 'static,
        progress: impl Fn(u32) + 'static,
    ) -> RequestId {
        let body = RequestBody::Ask { panel, question };
        self.0.client.request_long(
            body,
            move |reply| then(asked(reply)),
            move |permille, _| progress(permille),
        )
    }

    /// Ends a request that is under way.
    pub fn cancel(&self, request: RequestId) {
        self.0.client.request(RequestBody::Cancel { request }, |_| ());
    }
}

fn asked(reply: Reply) -> Asked {
    match reply {
        Reply::Answer { at, answer } => Asked::Answered(at, Rc::new(answer)),
        Reply::Refused(problems) => Asked::Refused(problems),
        _ => Asked::Ended,
    }
}

/// The handle on the lab.
///
/// # Panics
/// Outside the page's root, which provides it.
#[hook]
pub fn use_session() -> Session {
    use_context::<Session>().expect("the root provides the session")
}

/// Virtual time.
#[hook]
pub fn use_clock() -> Clock {
    use_context::<Clock>().unwrap_or_default()
}

/// The targets, as soon as they are known.
#[hook]
pub fn use_targets() -> Option<Rc<Targets>> {
    use_context::<Option<Rc<Targets>>>().flatten()
}
