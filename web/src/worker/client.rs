//! Requests with their replies, progress, and the way back after a worker died.
//!
//! A request that killed the worker is not asked again. All others that had no reply are, in their order, once the lab
//! stands where it stood: at the last virtual instant that the page heard of, since the time after the last command is in
//! no journal.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::Problem;
use scrapeyard_core::lab::wire::{Autosave, Message, Reply, Request, RequestBody, RequestId, decode, encode};
use yew::Callback;

use super::backup::Backup;
use super::port::{Port, Signal};

/// After this many deaths without a reply in between no further worker is started.
const MOST_DEATHS: u32 = 3;

/// What the page has to know besides the replies to its requests.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientEvent {
    /// A lab stands, for the first time or again.
    Opened {
        /// The present virtual instant.
        now: Timestamp,
        /// When the scenario began.
        start: Timestamp,
    },
    /// The lab could not be opened, or opening it killed a worker twice; no worker tries it a third time.
    OpenRefused(Vec<Problem>),
    /// The lab has been handed over, to be kept ([`Client::with_backup`]).
    Autosaved {
        /// Whether there is a new checkpoint, too.
        has_checkpoint: bool,
        /// The change that could be taken back.
        undo: Option<String>,
        /// The deed that could be done again.
        redo: Option<String>,
    },
    /// The worker died and another one is on its way.
    Restarting(String),
    /// No worker can be had.
    Dead(String),
}

type OnReply = Box<dyn FnOnce(Reply)>;
type OnProgress = Rc<dyn Fn(u32, Timestamp)>;

struct Pending {
    body: RequestBody,
    on_reply: OnReply,
    on_progress: Option<OnProgress>,
}

/// A step on the way to a lab that stands.
#[derive(Clone, Copy)]
enum Opening {
    /// The request that opens or restores it.
    Lab(RequestId),
    /// The jump from the restored instant to where the lab stood.
    CatchingUp { request: RequestId, now: Timestamp, start: Timestamp },
}

impl Opening {
    const fn request(self) -> RequestId {
        match self {
            Self::Lab(request) | Self::CatchingUp { request, .. } => request,
        }
    }
}

struct State {
    port: Option<Port>,
    /// Whether the worker has said that it is there.
    ready: bool,
    /// Whether the lab stands; until then requests wait in `pending`.
    open: bool,
    /// What is under way until it stands.
    opening: Option<Opening>,
    /// The newest virtual instant heard of.
    reached: Option<Timestamp>,
    next_id: u64,
    pending: BTreeMap<RequestId, Pending>,
    /// What is opened; `None` until somebody has said it.
    backup: Option<Backup>,
    deaths: u32,
}

/// The page's end of the line to the worker.
pub struct Client {
    state: RefCell<State>,
    on_event: Callback<ClientEvent>,
}

impl Client {
    /// Starts the worker, which waits for [`Client::open`].
    pub fn start(on_event: Callback<ClientEvent>) -> Rc<Self> {
        let state = State {
            port: None,
            ready: false,
            open: false,
            opening: None,
            reached: None,
            next_id: 1,
            pending: BTreeMap::new(),
            backup: None,
            deaths: 0,
        };
        let client = Rc::new(Self { state: RefCell::new(state), on_event });
        client.spawn();
        client
    }

    /// Opens a lab, the first one or instead of one that could not be opened. Time is made up for until `reached`, where
    /// the lab had come further than its journal knows.
    pub fn open(self: &Rc<Self>, backup: Backup, reached: Option<Timestamp>) {
        let mut state = self.state.borrow_mut();
        state.backup = Some(backup);
        state.reached = reached;
        state.deaths = 0;
        if state.ready {
            state.open_lab();
        } else if state.port.is_none() {
            drop(state);
            self.spawn();
        }
    }

    /// Looks at what is kept of the lab.
    pub fn with_backup<T>(&self, look: impl FnOnce(&Backup) -> T) -> Option<T> {
        self.state.borrow().backup.as_ref().map(look)
    }

    /// Sends a request; `on_reply` gets its one reply.
    pub fn request(&self, body: RequestBody, on_reply: impl FnOnce(Reply) + 'static) -> RequestId {
        self.send(body, Box::new(on_reply), None)
    }

    /// As [`Client::request`]; `on_progress` hears thousandths of the whole and the virtual instant in between.
    pub fn request_long(
        &self,
        body: RequestBody,
        on_reply: impl FnOnce(Reply) + 'static,
        on_progress: impl Fn(u32, Timestamp) + 'static,
    ) -> RequestId {
        self.send(body, Box::new(on_reply), Some(Rc::new(on_progress)))
    }

    fn send(&self, body: RequestBody, on_reply: OnReply, on_progress: Option<OnProgress>) -> RequestId {
        let mut state = self.state.borrow_mut();
        let id = state.number();
        if state.open {
            state.post(id, &body);
        }
        state.pending.insert(id, Pending { body, on_reply, on_progress });
        id
    }

    fn spawn(self: &Rc<Self>) {
        let client = Rc::downgrade(self);
        let opened = Port::open(move |signal| {
            let Some(client) = client.upgrade() else { return };
            match signal {
                Signal::Bytes(bytes) => client.hear(&bytes),
                Signal::Broken(text) => client.bury(None, text),
            }
        });
        match opened {
            Ok(port) => self.state.borrow_mut().port = Some(port),
            Err(text) => self.on_event.emit(ClientEvent::Dead(text)),
        }
    }

    fn hear(self: &Rc<Self>, bytes: &[u8]) {
        let message = match decode::<Message>(bytes) {
            Ok(message) => message,
            Err(problem) => return self.bury(None, problem.text),
        };
        match message {
            Message::Ready => {
                let mut state = self.state.borrow_mut();
                state.ready = true;
                state.open_lab();
            }
            Message::Reply { id, reply } => self.settle(id, reply),
            Message::Progress { id, permille, now } => {
                self.state.borrow_mut().hear_of(now);
                let heard =
                    self.state.borrow().pending.get(&id).and_then(|pending| pending.on_progress.clone());
                if let Some(on_progress) = heard {
                    on_progress(permille, now);
                }
            }
            Message::Autosave(Autosave { journal, checkpoint, undo, redo }) => {
                let has_checkpoint = checkpoint.is_some();
                if let Some(backup) = &mut self.state.borrow_mut().backup {
                    backup.keep(journal, checkpoint);
                }
                self.on_event.emit(ClientEvent::Autosaved { has_checkpoint, undo, redo });
            }
            Message::Failed { request, text } => self.bury(request, text),
        }
    }

    fn settle(&self, id: RequestId, reply: Reply) {
        let mut state = self.state.borrow_mut();
        if let Some(opening) = state.opening.filter(|opening| opening.request() == id) {
            state.opening = None;
            drop(state);
            return self.settle_opening(opening, reply);
        }
        state.deaths = 0;
        match reply {
            Reply::Reached { now } => state.hear_of(now),
            // Perhaps earlier than before: something was taken back.
            Reply::Opened { now, .. } => state.reached = Some(now),
            _ => {}
        }
        let Some(pending) = state.pending.remove(&id) else { return };
        state.keep_of(&reply, &pending.body);
        // The callback may send a request itself.
        drop(state);
        if let Reply::Opened { now, start, .. } = reply {
            self.on_event.emit(ClientEvent::Opened { now, start });
        }
        (pending.on_reply)(reply);
    }

    fn settle_opening(&self, opening: Opening, reply: Reply) {
        let mut state = self.state.borrow_mut();
        let (now, start) = match (opening, reply) {
            (Opening::Lab(_), Reply::Opened { now, start, .. }) => match state.reached {
                Some(reached) if reached > now => return state.catch_up(reached, now, start),
                _ => (now, start),
            },
            (Opening::CatchingUp { start, .. }, Reply::Reached { now }) => (now, start),
            // Time that cannot be made up for is no reason to have no lab.
            (Opening::CatchingUp { now, start, .. }, _) => (now, start),
            (Opening::Lab(_), Reply::Refused(problems)) => {
                drop(state);
                return self.on_event.emit(ClientEvent::OpenRefused(problems));
            }
            (Opening::Lab(_), _) => return,
        };
        state.reached = Some(now);
        state.open = true;
        state.post_waiting();
        drop(state);
        self.on_event.emit(ClientEvent::Opened { now, start });
    }

    /// The worker is dead: starts another and tells the request that killed it.
    fn bury(self: &Rc<Self>, killer: Option<RequestId>, text: String) {
        let mut state = self.state.borrow_mut();
        // With its listeners, since a panic is told twice: by a last word, then by an `error`. One death counts once.
        state.port = None;
        let was_opening = state.opening.take();
        (state.ready, state.open) = (false, false);
        state.deaths += 1;
        // Opening itself kills: whoever reads the page decides what is tried instead. The lab is not lost by that.
        let gave_up = was_opening.is_some() && state.deaths > 1 && state.has_journal();
        let mut lost = state.lost_with(killer);
        let dead = gave_up || state.deaths > MOST_DEATHS;
        if dead {
            lost.extend(std::mem::take(&mut state.pending).into_values());
        }
        drop(state);
        self.on_event.emit(if gave_up {
            ClientEvent::OpenRefused(vec![Problem::new("opening-kills", text.clone())])
        } else if dead {
            ClientEvent::Dead(text.clone())
        } else {
            ClientEvent::Restarting(text.clone())
        });
        for pending in lost {
            (pending.on_reply)(Reply::Refused(vec![Problem::new("worker-died", text.clone())]));
        }
        if !dead {
            self.spawn();
        }
    }
}

impl State {
    fn number(&mut self) -> RequestId {
        let id = RequestId(self.next_id);
        self.next_id += 1;
        id
    }

    fn post(&self, id: RequestId, body: &RequestBody) {
        if let Some(port) = &self.port {
            port.send(&encode(&Request { id, body: body.clone() }));
        }
    }

    /// Opens what is to be opened, where that is known already.
    fn open_lab(&mut self) {
        let Some(body) = self.backup.as_ref().map(Backup::request) else { return };
        let id = self.number();
        self.opening = Some(Opening::Lab(id));
        self.post(id, &body);
    }

    fn catch_up(&mut self, to: Timestamp, now: Timestamp, start: Timestamp) {
        let request = self.number();
        self.opening = Some(Opening::CatchingUp { request, now, start });
        self.post(request, &RequestBody::Jump { to });
    }

    fn hear_of(&mut self, now: Timestamp) {
        self.reached = self.reached.max(Some(now));
    }

    fn has_journal(&self) -> bool {
        self.backup.as_ref().is_some_and(|backup| backup.journal().is_some())
    }

    /// Keeps what a request and its reply say of the lab.
    fn keep_of(&mut self, reply: &Reply, body: &RequestBody) {
        match (reply, body, &mut self.backup) {
            (Reply::Attached { hash }, RequestBody::Attach { text }, Some(backup)) => {
                backup.attach(*hash, text.clone());
            }
            (Reply::Saved(save), _, backup) | (Reply::Opened { .. }, RequestBody::Restore(save), backup) => {
                *backup = Some(Backup::saved(save.clone()));
            }
            _ => {}
        }
    }

    fn post_waiting(&self) {
        for (id, pending) in &self.pending {
            self.post(*id, &pending.body);
        }
    }

    /// Takes out what is not asked again: the request that killed, or the oldest piece of work where nobody knows which
    /// it was; and everything that moves time, since the clock asks anew.
    fn lost_with(&mut self, killer: Option<RequestId>) -> Vec<Pending> {
        let is_pulse = |pending: &Pending| {
            matches!(pending.body, RequestBody::Advance { .. } | RequestBody::Jump { .. })
        };
        let suspect = || self.pending.iter().find(|(_, pending)| !is_pulse(pending)).map(|(id, _)| *id);
        let killer = killer.or_else(suspect);
        let lost: Vec<RequestId> = self
            .pending
            .iter()
            .filter(|(id, pending)| Some(**id) == killer || is_pulse(pending))
            .map(|(id, _)| *id)
            .collect();
        lost.into_iter().filter_map(|id| self.pending.remove(&id)).collect()
    }
}
