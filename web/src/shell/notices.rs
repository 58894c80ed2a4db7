//! Short notices at the foot of the page. Errors, and what has a detail to be read, stay until they are closed.

use yew::prelude::{Callback, Html, Properties, component, html};

use crate::session::Notice;
use crate::shapes::{Icon, StateGlyph, small_icon, state_glyph};
use crate::texts::use_texts;

/// A notice with its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Rises from notice to notice.
    pub number: u64,
    /// The notice.
    pub notice: Notice,
}

/// See [`Notices`].
#[derive(PartialEq, Properties)]
pub struct NoticesProps {
    /// The newest last.
    pub notices: Vec<Shown>,
    /// Called with the number of one to close.
    pub on_close: Callback<u64>,
}

/// The notices.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let texts = use_texts();
    let toast = |shown: &Shown| {
        let (on_close, number) = (props.on_close.clone(), shown.number);
        let glyph = if shown.notice.is_error { StateGlyph::Bad } else { StateGlyph::Remark };
        html! {
            <div class="toast" key={number} data-testid="notice">
                { state_glyph(glyph) }
                <div class="grow">
                    { &shown.notice.text }
                    if let Some(detail) = &shown.notice.detail { <div class="mono small">{ detail }</div> }
                </div>
                <button type="button" class="icon" aria-label={texts.say("close")} onclick={move |_| on_close.emit(number)}>
                    { small_icon(Icon::Close) }
                </button>
            </div>
        }
    };
    html! { <div class="toasts" role="status">{ for props.notices.iter().map(toast) }</div> }
}
