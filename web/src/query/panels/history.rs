//! Keeps what was run in this lab at hand, from the moment at which somebody may want it.

use std::rc::Rc;

use scrapeyard_core::lab::{Answer, Question};
use yew::prelude::{Callback, Html, Properties, component, use_effect_with};

use crate::session::{panel, use_live_answer};

/// At least so much time lies between two questions while nothing is done, in milliseconds.
const RARELY_MS: u32 = 10_000;

/// See [`HistoryKeeper`].
#[derive(PartialEq, Properties)]
pub struct HistoryKeeperProps {
    /// Called with the expressions, the newest first.
    pub on_history: Callback<Rc<Vec<String>>>,
}

/// Draws nothing.
#[component]
pub fn HistoryKeeper(props: &HistoryKeeperProps) -> Html {
    let answer = use_live_answer(panel::HISTORY, Question::History, RARELY_MS);
    let on_history = props.on_history.clone();
    use_effect_with(answer, move |answer| {
        if let Some(Answer::History(expressions)) = answer.as_deref() {
            on_history.emit(Rc::new(expressions.clone()));
        }
    });
    Html::default()
}
