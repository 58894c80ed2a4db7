//! A panel: head, editor, controls, and the value below.

mod body;
mod completion;
mod editor;
mod faults;
mod history;
mod pick;
mod remarks;
mod zooms;

use std::rc::Rc;

use scrapeyard_core::base::span::Span;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Mend, StoreView, Value};
use scrapeyard_core::lab::{Command, StoreId};
use yew::prelude::{
    Callback, Html, Properties, UseStateHandle, classes, component, hook, html, use_memo, use_state,
    use_state_eq,
};

use self::body::{Body, footer};
use self::editor::Editor;
use self::faults::{FaultBox, use_faults};
use self::history::HistoryButton;
pub use self::pick::Pick;
use self::zooms::use_zoom;
use super::controls::Controls;
use super::panels::{Change, Deed, PanelHead, PanelState};
use super::run::{Outcome, Running, Wanted, use_query};
use super::settings::{Settings, Tab};
use super::slot::{Slot, use_slot};
use crate::board::Pin;
use crate::chart::Zoom;
use crate::preferences::Preference;
use crate::session::{panel, use_session, use_settled};
use crate::shell::Theme;
use crate::texts::use_texts;

/// See [`Panel`].
#[derive(PartialEq, Properties)]
pub struct PanelProps {
    /// The theme in force.
    pub theme: Theme,
    /// What it is set to.
    pub state: PanelState,
    /// The stores that can be asked.
    pub stores: Rc<Vec<StoreView>>,
    /// What was run in this lab, the newest first.
    pub history: Rc<Vec<String>>,
    /// Where it stands, and how many there are.
    pub place: (usize, usize),
    /// Whether one more fits.
    pub has_room: bool,
    /// Whether a panel that is dragged would be put before it.
    pub drop_here: bool,
    /// Called with what is to be done.
    pub on: Callback<Deed>,
    /// Called while its handle is dragged.
    pub on_drag: Callback<(u32, f64, bool)>,
}

/// What the parts of a panel call.
#[derive(Clone)]
struct Deeds {
    run: Callback<String>,
    input: Callback<String>,
    settings: Callback<Settings>,
    zoom: Callback<Zoom>,
    /// Whether there is a way back from a zoom.
    zoomed: bool,
    pick: Callback<Pick>,
    /// Takes a mend of what stands in the editor, and runs what comes of it.
    mend: Callback<Mend>,
}

/// The panel.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let (texts, session, slot) = (use_texts(), use_session(), use_slot());
    let settled = use_settled();
    let PanelState { text, submitted, settings, .. } = &props.state;
    let (own, truth) = use_values(&props.state, slot);
    let pick = use_state(|| None::<Pick>);
    let pointed = use_state_eq(|| None::<Span>);
    let caret = use_state_eq(|| None::<usize>);
    let explained_at = use_explained_at(settings, submitted.number, session.now(), pick.as_ref());
    let edited = *text != submitted.expression;
    let faults = use_faults(text, edited, (!edited).then_some(own.outcome.as_deref()).flatten());
    let deeds = use_deeds(props, &pick);
    let on_point = {
        let pointed = pointed.clone();
        Callback::from(move |span| pointed.set(span))
    };
    let label = texts.with("panel", &[("letter", (&props.state.letter().to_string()).into())]);
    let remarks = if edited { &[][..] } else { remarks::of(own.outcome.as_deref()) };
    let use_it = {
        let (on, id) = (props.on.clone(), props.state.id);
        move |_: yew::FocusEvent| on.emit(Deed::Use(id))
    };
    html! {
        <section class={classes!("card", "panel", props.drop_here.then_some("drop-before"))} id={slot.element("panel")}
            aria-label={label} onfocusin={use_it} data-testid="query-panel">
            if settled { <PanelHead id={props.state.id} letter={props.state.letter()} name={props.state.name.clone()} place={props.place}
                has_room={props.has_room} on={props.on.clone()} on_drag={props.on_drag.clone()}>
                { pin(&props.state) }
                <HistoryButton history={Rc::clone(&props.history)} on_choose={deeds.input.clone()} />
            </PanelHead> } else { <header class="panel-head" /> }
            <Editor text={text.clone()} store={settings.store.clone()} problems={faults.problems.clone()}
                remarks={remarks.to_vec()} pointed={*pointed} history={Rc::clone(&props.history)}
                running={own.permille.is_some()} on_input={deeds.input.clone()} on_run={deeds.run.clone()} on_cancel={own.cancel.clone()}
                on_caret={let caret = caret.clone(); Callback::from(move |at| caret.set(at))} />
            <FaultBox {faults} on_mend={deeds.mend.clone()} />
            <Controls settings={settings.clone()} stores={Rc::clone(&props.stores)} on_change={deeds.settings.clone()} />
            if let Some(permille) = own.permille {
                <progress class="panel-progress" max="1000" value={permille.to_string()} aria-label={texts.say("query-runs")} />
            }
            <Body outcome={own.outcome.clone()} truth={truth} theme={props.theme} settings={settings.clone()}
                expression={submitted.expression.clone()} is_new={is_new(&props.state)} {explained_at}
                pick={(*pick).clone()} caret={caret.filter(|_| !edited && settings.tab == Tab::Explain)}
                on_zoom={deeds.zoom.clone()} zoomed={deeds.zoomed} on_pick={deeds.pick.clone()} on_mend={deeds.mend.clone()} {on_point} />
            { footer(&texts, own.outcome.as_deref(), edited) }
        </section>
    }
}

/// What was run last, for the board.
fn pin(state: &PanelState) -> Html {
    let (settings, name) = (&state.settings, state.name.clone());
    html! {
        <Pin expression={state.submitted.expression.clone()} {name} store={settings.store.clone()}
            is_table={settings.tab == Tab::Table} truth={settings.truth && settings.tab == Tab::Graph} />
    }
}

/// Nothing was run in it yet, and nothing is to be.
fn is_new(state: &PanelState) -> bool {
    state.submitted.number == 0 && state.submitted.expression.trim().is_empty()
}

/// The value of a panel, and that of the truth where it is wanted and known.
#[hook]
fn use_values(state: &PanelState, slot: Slot) -> (Running, Option<Rc<Outcome>>) {
    let settings = &state.settings;
    let wanted = |place, store: StoreId| Wanted {
        panel: slot.of(place),
        store,
        expression: state.submitted.expression.clone(),
        settings: settings.clone(),
        number: state.submitted.number,
    };
    let own = use_query((!is_new(state)).then(|| wanted(panel::QUERY, settings.store.clone())));
    let truth_wanted = settings.truth && settings.tab == Tab::Graph && settings.store == StoreId::Pulled;
    let truth = use_query((truth_wanted && !is_new(state)).then(|| wanted(panel::TRUTH, StoreId::Truth)));
    (own, truth.outcome.filter(|_| truth_wanted))
}

#[hook]
fn use_deeds(props: &PanelProps, pick: &UseStateHandle<Option<Pick>>) -> Deeds {
    let session = use_session();
    let change = {
        let (on, id) = (props.on.clone(), props.state.id);
        Callback::from(move |change: Change| on.emit(Deed::Change(id, change)))
    };
    let settings = props.state.settings.clone();
    let zoomed_to = {
        let change = change.clone();
        Callback::from(move |settings| change.emit(Change::Settings(Box::new(settings))))
    };
    let (zoom, zoomed) = use_zoom(&settings, zoomed_to);
    let run = {
        let (settings, change, pick) = (settings.clone(), change.clone(), pick.clone());
        Callback::from(move |expression: String| {
            Preference::Expression.write(&expression);
            // Pressing Run is a deed; what comes of it is asked for on its own.
            let (store, range) = (settings.store.clone(), settings.range(session.now()));
            session.act(&Command::Run { store, range, expression: expression.clone() }, |_| ());
            pick.set(None);
            change.emit(Change::Run(expression));
        })
    };
    let mend = {
        let (run, text) = (run.clone(), props.state.text.clone());
        Callback::from(move |mend: Mend| {
            if let Some(mended) = mend.applied(&text) {
                run.emit(mended);
            }
        })
    };
    let to_pick = {
        let (settings, change, pick) = (settings.clone(), change.clone(), pick.clone());
        Callback::from(move |new: Pick| {
            pick.set(Some(new));
            let settings = Settings { tab: Tab::Explain, ..settings.clone() };
            change.emit(Change::Settings(Box::new(settings)));
        })
    };
    let (input, whole) = (change.clone(), change.clone());
    let forget = pick.clone();
    let shown = settings.tab;
    Deeds {
        run,
        mend,
        pick: to_pick,
        zoom,
        zoomed,
        input: Callback::from(move |text| input.emit(Change::Text(text))),
        settings: Callback::from(move |settings: Settings| {
            // A value that was chosen elsewhere is explained until another view is chosen.
            if settings.tab != shown || settings.tab != Tab::Explain {
                forget.set(None);
            }
            whole.emit(Change::Settings(Box::new(settings)));
        }),
    }
}

/// The instant of the explanation: that of the value which was chosen, else the present at which it was opened or run
/// again, as numbers that run away cannot be read.
#[hook]
fn use_explained_at(
    settings: &Settings,
    number: u64,
    now: Timestamp,
    pick: Option<&Pick>,
) -> Option<Timestamp> {
    let wanted = (settings.tab == Tab::Explain).then(|| (settings.end, settings.store.clone(), number));
    let kept = use_memo(wanted, |_| settings.last(now));
    (settings.tab == Tab::Explain).then_some(pick.map_or(*kept, |pick| pick.at))
}

/// Whether a value holds nothing.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Vector(points) => points.is_empty(),
        Value::Window(series) => series.is_empty(),
        Value::Range(range) => range.series.is_empty(),
        Value::Scalar(_) | Value::String(_) => false,
    }
}
