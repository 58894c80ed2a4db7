//! A long touch on a row of the legend. Some browsers tell it as the wish for a menu; where none does, time tells.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::{KeyboardEvent, MouseEvent, PointerEvent};
use yew::prelude::Callback;

use super::gesture::HOLD_MS;

/// The touch that goes on, or has just ended.
#[derive(Default)]
pub struct Hold {
    timer: Option<Timeout>,
    was_long: bool,
}

/// What a row listens with.
#[derive(Default)]
pub struct Presses {
    /// To presses.
    pub on_press: Option<Callback<MouseEvent>>,
    /// To keys.
    pub on_key: Option<Callback<KeyboardEvent>>,
    /// To the wish for a menu.
    pub on_menu: Option<Callback<MouseEvent>>,
    /// To a pointer that comes down.
    pub on_down: Option<Callback<PointerEvent>>,
    /// To one that is lifted or taken away.
    pub on_up: Option<Callback<PointerEvent>>,
}

/// Calls `press` with whether to hide: not for a press, but for one with Ctrl, for the key H and for a long touch.
pub fn presses(hold: &Rc<RefCell<Hold>>, press: &Callback<bool>) -> Presses {
    let long = {
        let (hold, press) = (Rc::clone(hold), press.clone());
        move || {
            hold.borrow_mut().timer = None;
            if !std::mem::replace(&mut hold.borrow_mut().was_long, true) {
                press.emit(true);
            }
        }
    };
    let on_press = {
        let (hold, press) = (Rc::clone(hold), press.clone());
        Callback::from(move |event: MouseEvent| {
            let was_long = std::mem::take(&mut hold.borrow_mut().was_long);
            if !was_long {
                press.emit(event.ctrl_key() || event.meta_key());
            }
        })
    };
    let on_key = {
        let (hold, press) = (Rc::clone(hold), press.clone());
        Callback::from(move |event: KeyboardEvent| {
            hold.borrow_mut().was_long = false;
            let modified = event.ctrl_key() || event.meta_key();
            let is_press = matches!(event.key().as_str(), "Enter" | " ");
            if (is_press && modified) || (!modified && event.key().eq_ignore_ascii_case("h")) {
                event.prevent_default();
                press.emit(true);
            }
        })
    };
    let on_menu = {
        let long = long.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            long();
        })
    };
    let on_down = {
        let hold = Rc::clone(hold);
        Callback::from(move |event: PointerEvent| {
            let timer = (event.pointer_type() == "touch").then(|| Timeout::new(HOLD_MS, long.clone()));
            *hold.borrow_mut() = Hold { timer, was_long: false };
        })
    };
    let on_up = {
        let hold = Rc::clone(hold);
        Callback::from(move |_: PointerEvent| hold.borrow_mut().timer = None)
    };
    Presses {
        on_press: Some(on_press),
        on_key: Some(on_key),
        on_menu: Some(on_menu),
        on_down: Some(on_down),
        on_up: Some(on_up),
    }
}
