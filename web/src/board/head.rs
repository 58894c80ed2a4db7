//! The head of the page: how much time the board shows, how often it is asked, and what can be done with it as a whole.

use std::rc::Rc;

use scrapeyard_core::base::duration;
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::BoardDeed;
use scrapeyard_core::lab::board::Dashboard;
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, MouseEvent, Properties, TargetCast, component, html};

use crate::session::time_of_day;
use crate::shapes::{Icon, icon, small_icon};
use crate::texts::use_texts;

/// The lengths on offer, in minutes.
const RANGES: [i64; 8] = [5, 15, 30, 60, 180, 360, 720, 1440];
/// The paces on offer, in seconds of virtual time.
const PACES: [i64; 5] = [5, 10, 30, 60, 300];

/// See [`Head`].
#[derive(PartialEq, Properties)]
pub struct HeadProps {
    /// The board.
    pub board: Rc<Dashboard>,
    /// The stretch of the past that is shown instead of the present.
    pub window: Option<(Timestamp, Timestamp)>,
    /// Called when the present is to be shown again.
    pub on_live: Callback<()>,
    /// Changes the board.
    pub on_deed: Callback<BoardDeed>,
    /// Called when all panels are to be asked again.
    pub on_refresh: Callback<()>,
    /// Called when a panel is to be built.
    pub on_add: Callback<()>,
    /// Called when the board is to be taken along.
    pub on_export: Callback<()>,
    /// Called when one is to be brought.
    pub on_import: Callback<()>,
}

/// The head.
#[component]
pub fn Head(props: &HeadProps) -> Html {
    let texts = use_texts();
    let board = &props.board;
    let on = |callback: &Callback<()>| {
        let callback = callback.clone();
        move |_: MouseEvent| callback.emit(())
    };
    let on_range = on_select(&props.on_deed, |text| duration::parse(text).ok().map(BoardDeed::Range));
    let on_pace = on_select(&props.on_deed, |text| Some(BoardDeed::Refresh(duration::parse(text).ok())));
    let mut ranges: Vec<Millis> = RANGES.map(Millis::from_minutes).to_vec();
    if !ranges.contains(&board.range) {
        ranges.push(board.range);
    }
    let mut paces: Vec<Millis> = PACES.map(Millis::from_secs).to_vec();
    paces.extend(board.refresh.filter(|pace| !PACES.map(Millis::from_secs).contains(pace)));
    let pace_called = |pace: Millis| texts.with("board-every", &[("length", (&pace.to_string()).into())]);
    let refresh = texts.say("board-refresh-now");
    let title = if board.title.is_empty() { texts.say("board") } else { board.title.clone() };
    html! {
        <div class="head board-head">
            <h1 title={title.clone()}>{ title }</h1>
            <span class="grow" />
            if let Some((from, to)) = props.window {
                <button type="button" class="toggle" aria-pressed="true" onclick={on(&props.on_live)} data-testid="board-live">
                    { texts.with("board-window", &[("from", (&time_of_day(from)).into()), ("to", (&time_of_day(to)).into())]) }
                </button>
            }
            if !board.panels.is_empty() {
                <label class="field">
                    { texts.say("board-range") }
                    <select onchange={on_range} data-testid="board-range">
                        { for ranges.iter().map(|range| option(&range.to_string(), range.to_string(), *range == board.range)) }
                    </select>
                </label>
                <label class="field">
                    { texts.say("board-pace") }
                    <select onchange={on_pace} data-testid="board-pace">
                        { for paces.iter().map(|pace| option(&pace.to_string(), pace_called(*pace), Some(*pace) == board.refresh)) }
                        { option("off", texts.say("board-by-hand"), board.refresh.is_none()) }
                    </select>
                </label>
                <button type="button" class="icon" aria-label={refresh.clone()} title={refresh} onclick={on(&props.on_refresh)}
                    data-testid="board-refresh">{ icon(Icon::Restart) }</button>
                <button type="button" class="btn" onclick={on(&props.on_export)} data-testid="board-export">
                    { small_icon(Icon::Download) }<span class="no-phone">{ texts.say("board-export") }</span>
                    <span class="only-phone vh">{ texts.say("board-export") }</span>
                </button>
            }
            <button type="button" class="btn" onclick={on(&props.on_import)} data-testid="board-import-open">
                { small_icon(Icon::Upload) }<span class="no-phone">{ texts.say("board-import") }</span>
                <span class="only-phone vh">{ texts.say("board-import") }</span>
            </button>
            <button type="button" class="btn primary" onclick={on(&props.on_add)} data-anchor="board-add" data-testid="board-add">
                { small_icon(Icon::Plus) }{ texts.say("board-add") }
            </button>
        </div>
    }
}

fn on_select(
    on_deed: &Callback<BoardDeed>,
    read: impl Fn(&str) -> Option<BoardDeed> + 'static,
) -> Callback<Event> {
    let on_deed = on_deed.clone();
    Callback::from(move |event: Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        if let Some(deed) = value.and_then(|value| read(&value)) {
            on_deed.emit(deed);
        }
    })
}

fn option(value: &str, called: String, chosen: bool) -> Html {
    html! { <option value={value.to_owned()} selected={chosen}>{ called }</option> }
}
