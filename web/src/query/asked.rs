//! A question that is asked once each time it changes, with the newest answer.

use std::rc::Rc;

use scrapeyard_core::lab::Question;
use scrapeyard_core::lab::wire::PanelId;
use yew::prelude::{hook, use_effect_with, use_state_eq};

use super::slot::use_slot;
use crate::session::{Asked, use_session};

/// A question with how it ended.
pub type Answered = Rc<(Question, Asked)>;

/// What came of the newest question of this panel that has ended; it may be an older one than `question`.
#[hook]
pub fn use_asked(panel: PanelId, question: Option<Question>) -> Option<Answered> {
    let session = use_session();
    let panel = use_slot().of(panel);
    let answered = use_state_eq(|| None::<Answered>);
    let shown = answered.clone();
    use_effect_with(question, move |question| {
        if let Some(question) = question.clone() {
            let own = question.clone();
            session.ask(panel, question, move |asked| {
                if asked != Asked::Ended {
                    answered.set(Some(Rc::new((own, asked))));
                }
            });
        }
    });
    (*shown).clone()
}
