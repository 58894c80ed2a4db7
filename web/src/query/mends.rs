//! Buttons that mend an expression with one press.

use scrapeyard_core::lab::view::Mend;
use yew::prelude::{Callback, Html, html};

use crate::texts::Texts;

/// A longer text on a button is cut; its title has it whole.
const LONGEST_SHOWN: usize = 60;

/// A button a mend; nothing where there is none.
pub fn mend_buttons(texts: &Texts, mends: &[Mend], on_mend: &Callback<Mend>) -> Html {
    let button = |mend: &Mend| {
        let (own, on_mend) = (mend.clone(), on_mend.clone());
        let said = |what: &str| texts.with(&format!("mend-{}", mend.kind.name()), &[("what", what.into())]);
        html! {
            <button type="button" class="btn mend" title={said(&mend.shown)} onclick={move |_| on_mend.emit(own.clone())}
                data-testid="query-mend">
                <bdi>{ said(&cut(&mend.shown)) }</bdi>
            </button>
        }
    };
    if mends.is_empty() {
        return Html::default();
    }
    html! { <div class="mends">{ for mends.iter().map(button) }</div> }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST_SHOWN {
        return text.to_owned();
    }
    text.chars().take(LONGEST_SHOWN).chain(['…']).collect()
}
