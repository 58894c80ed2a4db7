//! A board without panels: what to do, and panels of the yard to begin with.

use std::rc::Rc;

use scrapeyard_core::lab::board::{Dashboard, Panel, PanelKind, changes};
use scrapeyard_core::lab::{Answer, BoardDeed, Question};
use yew::prelude::{Callback, Html, MouseEvent, Properties, component, html, use_effect_with, use_state};

use crate::controls::Empty;
use crate::session::{Asked, panel, use_session};
use crate::shapes::{Icon, small_icon};
use crate::texts::use_texts;

/// See [`Starting`].
#[derive(PartialEq, Properties)]
pub struct StartingProps {
    /// Changes the board.
    pub on_deed: Callback<BoardDeed>,
    /// Called when a panel is to be built.
    pub on_add: Callback<()>,
}

/// The empty board.
#[component]
pub fn Starting(props: &StartingProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let suggested = use_state(|| None::<Rc<Dashboard>>);
    let tag = texts.language().tag();
    let found = suggested.clone();
    use_effect_with(tag, move |tag| {
        session.ask(panel::BOARD_SUGGESTIONS, Question::BoardSuggestions((*tag).to_owned()), move |asked| {
            if let Asked::Answered(_, answer) = asked
                && let Answer::Board(board) = &*answer
            {
                found.set(Some(Rc::new((**board).clone())));
            }
        });
    });
    let ready = |panel: &Panel| {
        let deed = BoardDeed::Add(changes(&Panel::new(PanelKind::default()), panel));
        let on_deed = props.on_deed.clone();
        let expr = panel.targets.first().map(|target| target.expr.clone()).unwrap_or_default();
        html! {
            <button type="button" class="board-ready" onclick={move |_: MouseEvent| on_deed.emit(deed.clone())}
                data-testid="board-suggestion">
                { small_icon(Icon::Plus) }
                <span><b>{ &panel.title }</b><code>{ expr }</code></span>
            </button>
        }
    };
    let on_add = {
        let on_add = props.on_add.clone();
        move |_: MouseEvent| on_add.emit(())
    };
    html! {
        <Empty title={texts.say("board-empty")} test_id="board-empty">
            <p>{ texts.say("board-empty-text") }</p>
            if let Some(board) = &*suggested {
                <div class="board-readies">{ for board.panels.iter().map(ready) }</div>
            }
            <button type="button" class="btn" onclick={on_add} data-testid="board-empty-add">{ texts.say("board-empty-add") }</button>
        </Empty>
    }
}
