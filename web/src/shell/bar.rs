//! The bar at the head: mark, transport, language, theme, size.

use yew::prelude::{Callback, Html, Properties, component, html, use_state};

use super::more_sheet::MoreSheet;
use super::size_button::SizeButton;
use super::theme::Theme;
use super::transport::Transport;
use crate::route::Route;
use crate::saves::{HistoryButtons, LabButton, ShareButton};
use crate::session::use_settled;
use crate::shapes::{Icon, icon, mark};
use crate::texts::{Language, use_texts};

/// See [`Bar`].
#[derive(PartialEq, Properties)]
pub struct BarProps {
    /// The theme in force.
    pub theme: Theme,
    /// Called with another theme.
    pub on_theme: Callback<Theme>,
    /// Called with the other language.
    pub on_language: Callback<Language>,
}

/// The bar.
#[component]
pub fn Bar(props: &BarProps) -> Html {
    let (texts, settled) = (use_texts(), use_settled());
    let more = use_state(|| false);
    let set_more = |to: bool| {
        let more = more.clone();
        Callback::from(move |()| more.set(to))
    };
    let open_more = set_more(true);
    let other = texts.language().other();
    let on_language = {
        let on_language = props.on_language.clone();
        move |_| on_language.emit(other)
    };
    let on_theme = {
        let (on_theme, next) = (props.on_theme.clone(), props.theme.next());
        move |_| on_theme.emit(next)
    };
    let theme =
        texts.with("theme", &[("theme", (&texts.say(&format!("theme-{}", props.theme.name()))).into())]);
    html! {
        <header class="bar">
            <span class="bar-side">
                <a class="brand" href={Route::Yard.href()} aria-label={texts.say("home")}>
                    { mark() }
                    <span>{ texts.say("brand") }</span>
                </a>
                <span class="no-phone">if settled { <LabButton /> }</span>
            </span>
            <Transport />
            <span class="bar-side end">
            <span class="bar-acts no-phone">if settled { <HistoryButtons /> }</span>
            <button type="button" class="lang no-phone" lang={other.tag()} onclick={on_language} data-testid="language">
                { texts.say("other-language") }
            </button>
            <button type="button" class="icon no-phone" aria-label={theme.clone()} title={theme} onclick={on_theme}
                data-testid="theme" data-theme-choice={props.theme.name()}>
                { icon(props.theme.icon()) }
            </button>
            if settled { <SizeButton /> }
            <span class="bar-acts no-phone">if settled { <ShareButton /> }</span>
            <button type="button" class="icon only-phone" aria-label={texts.say("more")} aria-expanded={more.to_string()}
                onclick={move |_| open_more.emit(())} data-testid="more">
                { icon(Icon::More) }
            </button>
            </span>
            if *more {
                <MoreSheet theme={props.theme} on_theme={props.on_theme.clone()} on_language={props.on_language.clone()}
                    on_close={set_more(false)} />
            }
        </header>
    }
}
