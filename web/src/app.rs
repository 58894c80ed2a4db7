//! The root: holds what all pages share (lab, clock, targets, language, theme, notices) and shows the page that the
//! address bar names.

mod deeds;
mod keys;

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::wire::{Reply, RequestId};
use scrapeyard_core::lab::{Answer, Problem};
use web_sys::{VisibilityState, Window, window};
use yew::prelude::{Callback, Component, Context, ContextProvider, Html, html};

use crate::board::BoardPage;
use crate::controls::Notices;
use crate::learn::{Invite, LearnPage, LessonPane};
use crate::preferences::Preference;
use crate::query::QueryPage;
use crate::route::Route;
use crate::saves::{
    Change, Handle, History, Keeper, SafeMode, Saves, SavesSheet, Strip, linked, reload, watch_for_updates,
};
use crate::session::{
    Asked, Clock, Notice, Phase, Pulse, SETTLED_EVENT, Session, Settled, Shown, Targets, Told, Transport,
};
use crate::shell::{Bar, Rail, Status, Tabs, Theme};
use crate::storage::StoragePage;
use crate::targets::TargetsPage;
use crate::texts::{Language, Texts};
use crate::worker::{Client, ClientEvent};
use crate::yard::YardPage;

/// At most so many notices at once.
const MOST_NOTICES: usize = 3;
/// How long a notice stays that is no error and has no detail.
const NOTICE_MS: u32 = 6000;

/// Everything that happens to the root.
pub enum Msg {
    /// Real time has passed.
    Beat,
    /// A pulse of virtual time has ended.
    Pulsed(Reply),
    /// A jump has ended.
    Jumped(Reply),
    /// A jump is under way.
    Progress(u32, Timestamp),
    /// The worker has something to say.
    Worker(ClientEvent),
    /// The targets are known.
    Targets(Asked),
    /// Somebody moves time.
    Transport(Transport),
    /// The saves have something else to show.
    Saves(Change),
    /// Back or forth in what was done.
    History(History),
    /// A step back or forth has ended.
    Stepped(History, Reply),
    /// The page is left, perhaps for ever.
    Leave,
    /// The first things stand, and the later part of the app is here.
    Settled,
    /// The address has changed.
    Route,
    /// Another language.
    Language(Language),
    /// Another theme.
    Theme(Theme),
    /// Something to tell.
    Notify(Notice),
    /// A notice has been read.
    Close(u64),
}

/// The root component.
pub struct App {
    session: Session,
    keeper: Rc<Keeper>,
    saves: Saves,
    clock: Clock,
    pulse: Pulse,
    jump: Option<RequestId>,
    targets: Option<Rc<Targets>>,
    /// For which state of the lab the targets were asked, and whether the answer is still to come.
    targets_asked: (Option<(Timestamp, u64)>, bool),
    beats: u32,
    settled: Settled,
    texts: Rc<Texts>,
    theme: Theme,
    route: Route,
    next_notice: u64,
    problems: Vec<Problem>,
    _interval: Interval,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let client = Client::start(link.callback(Msg::Worker));
        let keeper = Keeper::new(Rc::clone(&client), link.callback(Msg::Saves));
        let saves = Saves {
            view: keeper.view(),
            history: link.callback(Msg::History),
            keeper: Handle(Rc::clone(&keeper)),
        };
        keeper.arrive();
        let updated = Rc::clone(&keeper);
        watch_for_updates(Callback::from(move |()| updated.change(|view| view.has_update = true)));
        let session = Session::new(client, link.callback(Msg::Transport), link.callback(Msg::Notify));
        let beat = link.clone();
        let mut listeners = Vec::new();
        if let Some(window) = window() {
            let on_route = link.clone();
            listeners
                .push(EventListener::new(&window, "hashchange", move |_| on_route.send_message(Msg::Route)));
            let on_settled = link.clone();
            listeners.push(EventListener::new(&window, SETTLED_EVENT, move |_| {
                on_settled.send_message(Msg::Settled)
            }));
            listeners.extend(keys::listeners(
                &window,
                link.callback(Msg::Transport),
                link.callback(Msg::History),
            ));
        }
        let theme = Theme::remembered();
        theme.apply();
        let app = Self {
            session,
            keeper,
            saves,
            clock: Clock::with_speed(Preference::Speed.read().as_deref()),
            pulse: Pulse::default(),
            jump: None,
            targets: None,
            targets_asked: (None, false),
            beats: 0,
            settled: Settled {
                is_settled: false,
                told: Told { shown: Vec::new(), on_close: link.callback(Msg::Close) },
            },
            texts: Rc::new(Texts::of(Language::preferred())),
            theme,
            route: Route::current(),
            next_notice: 1,
            problems: Vec::new(),
            _interval: Interval::new(Pulse::BEAT_MS, move || beat.send_message(Msg::Beat)),
            _listeners: listeners,
        };
        app.name_document();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Beat => self.beat(ctx),
            Msg::Pulsed(reply) => {
                self.pulse.ended();
                self.reached(reply)
            }
            Msg::Jumped(reply) => {
                (self.jump, self.clock.jump) = (None, None);
                self.session.touch();
                self.reached(reply);
                self.keeper.note_reached(self.clock.now, self.clock.playing);
                true
            }
            Msg::Progress(permille, now) => self.progress(permille, now),
            Msg::Worker(event) => self.worker_says(ctx, event),
            Msg::Targets(asked) => self.targets_known(asked),
            Msg::Transport(deed) => self.transport(ctx, deed),
            Msg::Saves(change) => self.saves_changed(change),
            Msg::History(step) => self.step_in_history(ctx, step),
            Msg::Stepped(step, reply) => self.stepped(ctx, step, reply),
            Msg::Leave => {
                self.keeper.leave(self.clock.now, self.clock.playing);
                false
            }
            Msg::Route if linked().is_some() => {
                // A lab in the address is opened as every page begins.
                reload();
                false
            }
            Msg::Settled => {
                self.settled.is_settled = true;
                // Not before: what is not here yet cannot be brought any more while the page goes away.
                if let Some(window) = window() {
                    self._listeners.extend(leaving(&window, ctx.link().callback(|()| Msg::Leave)));
                }
                true
            }
            Msg::Route => {
                let before = std::mem::replace(&mut self.route, Route::current());
                self.name_document();
                before != self.route
            }
            Msg::Language(language) => {
                Preference::Language.write(language.tag());
                self.texts = Rc::new(Texts::of(language));
                self.name_document();
                true
            }
            Msg::Theme(theme) => {
                theme.apply();
                self.theme = theme;
                true
            }
            Msg::Notify(notice) => self.notify(ctx, notice),
            Msg::Close(number) => {
                self.settled.told.shown.retain(|shown| shown.number != number);
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let page = match (self.clock.phase, self.route) {
            (Phase::Open, Route::Yard) => html! { <YardPage /> },
            (Phase::Open, Route::Query) => html! { <QueryPage theme={self.theme} /> },
            (Phase::Open, Route::Board) => html! { <BoardPage theme={self.theme} /> },
            (Phase::Open, Route::Targets) => html! { <TargetsPage /> },
            (Phase::Open, Route::Storage) => html! { <StoragePage /> },
            (Phase::Open, Route::Learn) => html! { <LearnPage /> },
            _ if self.saves.view.trouble.is_some() => {
                let trouble = self.saves.view.trouble.clone().unwrap_or_default();
                html! { <SafeMode {trouble} /> }
            }
            (phase, _) => html! { <Status {phase} problems={self.problems.clone()} /> },
        };
        // No first view needs it.
        let has_lesson = self.settled.is_settled && self.clock.phase == Phase::Open;
        html! {
            <ContextProvider<Rc<Texts>> context={Rc::clone(&self.texts)}>
            <ContextProvider<Session> context={self.session.clone()}>
            <ContextProvider<Saves> context={self.saves.clone()}>
            <ContextProvider<Clock> context={self.clock.clone()}>
            <ContextProvider<Settled> context={self.settled.clone()}>
            <ContextProvider<Option<Rc<Targets>>> context={self.targets.clone()}>
                <div class="app" data-phase={format!("{:?}", self.clock.phase)} data-testid="app">
                    <Bar theme={self.theme} on_theme={link.callback(Msg::Theme)} on_language={link.callback(Msg::Language)} />
                    <Rail route={self.route} />
                    <main class="main" data-testid={format!("page-{}", self.route.name())}>
                        if self.saves.view.has_strip() { <Strip /> }
                        if has_lesson && self.route == Route::Yard { <Invite /> }
                        { page }
                        <Notices />
                    </main>
                    if has_lesson && self.route != Route::Learn { <LessonPane /> }
                    <Tabs route={self.route} />
                    if self.saves.view.sheet.is_some() { <SavesSheet /> }
                </div>
            </ContextProvider<Option<Rc<Targets>>>>
            </ContextProvider<Settled>>
            </ContextProvider<Clock>>
            </ContextProvider<Saves>>
            </ContextProvider<Session>>
            </ContextProvider<Rc<Texts>>>
        }
    }
}

/// Hears when the page is hidden or left: what comes after that nobody can know.
fn leaving(window: &Window, leave: Callback<()>) -> Vec<EventListener> {
    let mut listeners = Vec::new();
    let on_hide = leave.clone();
    listeners.push(EventListener::new(window, "pagehide", move |_| on_hide.emit(())));
    if let Some(document) = window.document() {
        let seen = document.clone();
        listeners.push(EventListener::new(&document, "visibilitychange", move |_| {
            if seen.visibility_state() == VisibilityState::Hidden {
                leave.emit(());
            }
        }));
    }
    listeners
}

impl App {
    /// Tells the browser which language the page speaks and what it is called.
    fn name_document(&self) {
        let Some(document) = window().and_then(|window| window.document()) else { return };
        document.set_title(&format!("{} · {}", self.texts.say(self.route.name()), self.texts.say("brand")));
        if let Some(root) = document.document_element() {
            let _ = root.set_attribute("lang", self.texts.language().tag());
        }
    }

    fn notify(&mut self, ctx: &Context<Self>, notice: Notice) -> bool {
        let number = self.next_notice;
        self.next_notice += 1;
        if !notice.is_error && notice.detail.is_none() {
            let link = ctx.link().clone();
            Timeout::new(NOTICE_MS, move || link.send_message(Msg::Close(number))).forget();
        }
        let shown = &mut self.settled.told.shown;
        shown.push(Shown { number, notice });
        shown.drain(..shown.len().saturating_sub(MOST_NOTICES));
        true
    }

    fn targets_known(&mut self, asked: Asked) -> bool {
        self.targets_asked.1 = false;
        let Asked::Answered(at, answer) = asked else { return false };
        let Answer::Targets(view) = &*answer else { return false };
        self.targets = Some(Rc::new(Targets { at, view: view.clone() }));
        true
    }
}
