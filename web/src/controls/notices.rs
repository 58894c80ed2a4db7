//! Short notices. Errors, and what has a detail to be read, stay until they are closed.

use yew::prelude::{Html, component, html};

use crate::session::{Shown, use_told};
use crate::shapes::{Icon, StateGlyph, small_icon, state_glyph};
use crate::texts::use_texts;

/// The notices.
#[component]
pub fn Notices() -> Html {
    let (texts, told) = (use_texts(), use_told());
    let toast = |shown: &Shown| {
        let (on_close, number) = (told.as_ref().map(|told| told.on_close.clone()), shown.number);
        let close = move |_| {
            if let Some(on_close) = &on_close {
                on_close.emit(number);
            }
        };
        let glyph = if shown.notice.is_error { StateGlyph::Bad } else { StateGlyph::Remark };
        html! {
            <div class="toast" key={number} data-testid="notice">
                { state_glyph(glyph) }
                <div class="grow">
                    { &shown.notice.text }
                    if let Some(detail) = &shown.notice.detail { <div class="mono small">{ detail }</div> }
                    if let Some((route, words)) = shown.notice.way {
                        <div><a class="link" href={route.href()} data-testid="notice-way">{ texts.say(words) }</a></div>
                    }
                </div>
                <button type="button" class="icon" aria-label={texts.say("close")} onclick={close}>
                    { small_icon(Icon::Close) }
                </button>
            </div>
        }
    };
    let shown = told.iter().flat_map(|told| &told.shown);
    html! { <div class="toasts" role="status">{ for shown.map(toast) }</div> }
}
