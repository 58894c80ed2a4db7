//! Why something was not done with a lab on the shelf, said in the sheet that shows it.

use yew::prelude::{Html, Properties, component, html};

use super::database::Fault;
use super::shelf_deeds::Hindrance;
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::use_texts;

/// See [`NotDone`].
#[derive(Clone, PartialEq, Properties)]
pub struct NotDoneProps {
    /// What the lab is called.
    pub name: String,
    /// Why it was left as it is.
    pub hindrance: Hindrance,
}

/// The reason, with the browser's own words where there are some.
#[component]
pub fn NotDone(props: &NotDoneProps) -> Html {
    let texts = use_texts();
    let (key, words) = match &props.hindrance {
        Hindrance::Elsewhere => ("lab-not-done-elsewhere", None),
        Hindrance::Storage(Fault::Full) => ("lab-not-done-full", None),
        Hindrance::Storage(Fault::Forbidden(words)) => ("lab-not-done-forbidden", Some(words)),
    };
    html! {
        <div class="note err" role="alert" data-testid="lab-not-done">
            { state_glyph(StateGlyph::Bad) }
            <div class="note-body">
                <p>{ texts.with(key, &[("name", (&props.name).into())]) }</p>
                if let Some(words) = words.filter(|words| !words.is_empty()) { <p class="mono">{ words }</p> }
            </div>
        </div>
    }
}
