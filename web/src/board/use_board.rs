//! The board as the page shows it: what the lab has, and already what was done to it a moment ago, so that a panel stays
//! where it was dropped while the lab still thinks.

use std::cell::RefCell;
use std::rc::Rc;

use scrapeyard_core::lab::board::Dashboard;
use scrapeyard_core::lab::{Answer, BoardDeed, Command, Question};
use yew::Callback;
use yew::prelude::{hook, use_effect_with, use_force_update, use_memo, use_mut_ref};

use crate::session::{Acted, panel, use_live_answer, use_session};

/// How often the lab is asked while nobody does anything, in milliseconds.
const LOOK_MS: u32 = 2000;

/// The board with a way to change it.
#[derive(Clone)]
pub struct Board {
    /// The board; `None` until the lab has answered.
    pub shown: Option<Rc<Dashboard>>,
    /// Does something to it. The second is told what became of it.
    pub act: Callback<(BoardDeed, Callback<Acted>)>,
}

#[derive(Default)]
struct Ahead {
    /// Deeds that the lab has not answered.
    outstanding: u32,
    /// The board after all of them.
    board: Option<Rc<Dashboard>>,
}

/// The board of the lab.
#[hook]
pub fn use_board() -> Board {
    let session = use_session();
    let answer = use_live_answer(panel::BOARD, Question::Board, LOOK_MS);
    let base = use_memo(answer, |answer| match answer.as_deref() {
        Some(Answer::Board(board)) => Some(Rc::new((**board).clone())),
        _ => None,
    });
    let ahead: Rc<RefCell<Ahead>> = use_mut_ref(Ahead::default);
    let redraw = use_force_update();
    let (settled, again) = (Rc::clone(&ahead), redraw.clone());
    use_effect_with(Rc::clone(&base), move |_| {
        let mut ahead = settled.borrow_mut();
        if ahead.outstanding == 0 && ahead.board.take().is_some() {
            again.force_update();
        }
    });
    let shown = ahead.borrow().board.clone().or_else(|| (*base).clone());
    let act = {
        let base = (*base).clone();
        Callback::from(move |(deed, then): (BoardDeed, Callback<Acted>)| {
            let now = ahead.borrow().board.clone().or_else(|| base.clone());
            let mut board = now.map(|board| (*board).clone()).unwrap_or_default();
            {
                let mut ahead = ahead.borrow_mut();
                ahead.outstanding += 1;
                if deed.edit(&mut board) == Ok(true) {
                    ahead.board = Some(Rc::new(board));
                }
            }
            redraw.force_update();
            let (ahead, redraw) = (Rc::clone(&ahead), redraw.clone());
            session.act(&Command::Board(deed), move |acted| {
                {
                    let mut ahead = ahead.borrow_mut();
                    ahead.outstanding = ahead.outstanding.saturating_sub(1);
                    if matches!(acted, Acted::Refused(_)) {
                        ahead.board = None;
                    }
                }
                redraw.force_update();
                then.emit(acted);
            });
        })
    };
    Board { shown, act }
}
