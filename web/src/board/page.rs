//! The page itself: head, grid, builder, and the file's ways in and out.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::BoardDeed;
use scrapeyard_core::lab::board::{Panel, PanelKind, Target};
use yew::prelude::{Callback, Html, Properties, UseStateHandle, component, html, use_state};

use super::builder::Builder;
use super::file::{BoardImport, use_board_export};
use super::grid::Grid;
use super::head::Head;
use super::starting::Starting;
use super::use_board::{Board, use_board};
use crate::chart::Zoom;
use crate::session::{Acted, Notice, Session, use_session};
use crate::shell::Theme;
use crate::texts::{Texts, use_texts};

/// See [`BoardPage`].
#[derive(PartialEq, Properties)]
pub struct BoardPageProps {
    /// The theme in force.
    pub theme: Theme,
}

/// The Board page.
#[component]
pub fn BoardPage(props: &BoardPageProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let Board { shown, act } = use_board();
    let building = use_state(|| None::<Panel>);
    let importing = use_state(|| false);
    let nudge = use_state(|| 0_u64);
    let window = use_state(|| None::<(Timestamp, Timestamp)>);
    let export = use_board_export();
    let on_deed = on_deed(&act, &session, &texts);
    let on_add = {
        let building = building.clone();
        Callback::from(move |()| {
            let kind = PanelKind::default();
            building.set(Some(Panel { targets: vec![Target::new("A", kind)], ..Panel::new(kind) }));
        })
    };
    let on_edit = {
        let (building, shown) = (building.clone(), shown.clone());
        Callback::from(move |id: u32| {
            building.set(shown.as_deref().and_then(|board| board.panel(id).ok()).cloned());
        })
    };
    let on_built = {
        let building = building.clone();
        Callback::from(move |()| building.set(None))
    };
    let on_refresh = {
        let nudge = nudge.clone();
        Callback::from(move |()| nudge.set(*nudge + 1))
    };
    let on_zoom = on_zoom(&window);
    let set_importing = |to: bool| {
        let importing = importing.clone();
        Callback::from(move |()| importing.set(to))
    };
    let Some(board) = shown else {
        return html! { <p class="board-note dim" role="status">{ texts.say("query-waits") }</p> };
    };
    html! {
        <>
            <Head board={board.clone()} window={*window} on_live={let on_zoom = on_zoom.clone(); Callback::from(move |()| on_zoom.emit(Zoom::Back))}
                on_deed={on_deed.clone()} {on_refresh} on_add={on_add.clone()} on_export={export}
                on_import={set_importing(true)} />
            <div class="scroll">
                <p class="vh" id="board-keys">{ texts.say("board-keys") }</p>
                if board.panels.is_empty() {
                    <Starting on_deed={on_deed.clone()} {on_add} />
                } else {
                    <Grid board={board.clone()} theme={props.theme} window={*window} {on_zoom} nudge={*nudge} {on_deed}
                        {on_edit} />
                }
            </div>
            if let Some(panel) = &*building {
                <Builder panel={panel.clone()} range={board.range} theme={props.theme} act={act.clone()} on_close={on_built} />
            }
            if *importing {
                <BoardImport replaces={!board.panels.is_empty()} {act} on_close={set_importing(false)} />
            }
        </>
    }
}

/// Does something to the board, and says where it was refused.
fn on_deed(
    act: &Callback<(BoardDeed, Callback<Acted>)>,
    session: &Session,
    texts: &Texts,
) -> Callback<BoardDeed> {
    let (act, session, refused) = (act.clone(), session.clone(), texts.say("board-refused"));
    Callback::from(move |deed: BoardDeed| {
        let (session, refused) = (session.clone(), refused.clone());
        let then = Callback::from(move |acted| {
            if let Acted::Refused(problems) = acted {
                let detail = problems.first().map(|problem| problem.text.clone());
                session.notify(Notice::failed(refused.clone()).with_detail(detail));
            }
        });
        act.emit((deed, then));
    })
}

/// Lets all panels show another stretch of time, or the present again.
fn on_zoom(window: &UseStateHandle<Option<(Timestamp, Timestamp)>>) -> Callback<Zoom> {
    let window = window.clone();
    Callback::from(move |zoom| {
        window.set(match zoom {
            Zoom::To(from, to) => Some((from, to)),
            Zoom::Back => None,
        });
    })
}
