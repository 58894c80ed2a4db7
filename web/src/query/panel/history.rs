//! What was run in this lab, to be taken up again.

use std::rc::Rc;

use yew::prelude::{Callback, Html, Properties, component, html, use_state_eq};

use super::super::highlight::highlight;
use crate::controls::{Sheet, painted};
use crate::shapes::{Icon, icon};
use crate::texts::use_texts;

/// See [`HistoryButton`].
#[derive(PartialEq, Properties)]
pub struct HistoryButtonProps {
    /// The expressions, the newest first.
    pub history: Rc<Vec<String>>,
    /// Called with the one that is taken up.
    pub on_choose: Callback<String>,
}

/// The button, and the sheet that it opens.
#[component]
pub fn HistoryButton(props: &HistoryButtonProps) -> Html {
    let texts = use_texts();
    let open = use_state_eq(|| false);
    let set = |to: bool| {
        let open = open.clone();
        move || open.set(to)
    };
    let (show, hide) = (set(true), set(false));
    let row = |expression: &String| {
        let (on_choose, own, hide) = (props.on_choose.clone(), expression.clone(), set(false));
        let on_press = move |_| {
            on_choose.emit(own.clone());
            hide();
        };
        html! {
            <li><button type="button" class="history-item" onclick={on_press} data-testid="history-item">
                <code>{ painted(expression, &highlight(expression)) }</code>
            </button></li>
        }
    };
    html! {
        <>
            <button type="button" class="icon" aria-label={texts.say("history")} title={texts.say("history-hint")}
                aria-haspopup="dialog" onclick={move |_| show()} data-testid="query-history">
                { icon(Icon::History) }
            </button>
            if *open {
                <Sheet title={texts.say("history")} on_close={Callback::from(move |()| hide())} test_id="history-sheet">
                    if props.history.is_empty() { <p class="mid">{ texts.say("history-empty") }</p> }
                    <ul class="query-history">{ for props.history.iter().map(row) }</ul>
                </Sheet>
            }
        </>
    }
}
