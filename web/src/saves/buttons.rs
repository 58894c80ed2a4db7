//! What the bar offers: the lab with how it is kept, back and forth, share.

use yew::prelude::{Html, component, html};

use super::naming::{cut, lab_name};
use super::view::{History, Shown, use_saves};
use crate::session::{Phase, use_clock};
use crate::shapes::{Icon, icon, small_icon};
use crate::texts::use_texts;

/// The lab's name and how it is kept; opens the sheet with all labs.
#[component]
pub fn LabButton() -> Html {
    let (texts, saves) = (use_texts(), use_saves());
    let name = lab_name(&texts, &saves.view.name, saves.view.number);
    let keeping = saves.view.keeping.name();
    let state = texts.say(&format!("keeping-{keeping}"));
    html! {
        <button type="button" class="lab-button" title={state.clone()} onclick={move |_| saves.show(Some(Shown::Labs))}
            data-testid="labs-open" data-keeping={keeping}>
            <span class="lab-name">{ name }</span>
            <span class="lab-keeping">{ state }</span>
            { small_icon(Icon::Below) }
        </button>
    }
}

/// Back and forth in what was done.
#[component]
pub fn HistoryButtons() -> Html {
    let (texts, saves, clock) = (use_texts(), use_saves(), use_clock());
    let is_ready = clock.phase == Phase::Open && clock.jump.is_none();
    let button = |step: History| {
        let (key, with_line, line, shape, keys) = match step {
            History::Undo => ("undo", "undo-line", &saves.view.undo, Icon::Undo, "Control+Z"),
            History::Redo => ("redo", "redo-line", &saves.view.redo, Icon::Redo, "Control+Shift+Z"),
        };
        let label = match line {
            Some(line) => texts.with(with_line, &[("line", (&cut(line)).into())]),
            None => texts.say(key),
        };
        let history = saves.history.clone();
        html! {
            <button type="button" class="icon" aria-label={label.clone()} title={label} disabled={!is_ready || line.is_none()}
                aria-keyshortcuts={keys} onclick={move |_| history.emit(step)} data-testid={key}>
                { icon(shape) }
            </button>
        }
    };
    html! { <>{ button(History::Undo) }{ button(History::Redo) }</> }
}

/// Opens the sheet with the link.
#[component]
pub fn ShareButton() -> Html {
    let (texts, saves) = (use_texts(), use_saves());
    html! {
        <button type="button" class="btn" onclick={move |_| saves.show(Some(Shown::Share))} data-testid="share-open">
            { small_icon(Icon::Share) }
            <span>{ texts.say("share") }</span>
        </button>
    }
}
