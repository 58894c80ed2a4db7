//! What has no room in the bar of a phone: speed, jump, language, theme.

use yew::prelude::{Callback, Html, Properties, component, html};

use super::jump_menu::jump_buttons;
use super::theme::Theme;
use crate::controls::{Segment, Segments, Sheet};
use crate::saves::{HistoryButtons, LabButton, ShareButton};
use crate::session::{SPEEDS, Transport, use_clock, use_session};
use crate::texts::{Language, use_texts};

/// See [`MoreSheet`].
#[derive(PartialEq, Properties)]
pub struct MoreSheetProps {
    /// The theme in force.
    pub theme: Theme,
    /// Called with another theme.
    pub on_theme: Callback<Theme>,
    /// Called with the other language.
    pub on_language: Callback<Language>,
    /// Called when the sheet is to be closed.
    pub on_close: Callback<()>,
}

/// The sheet.
#[component]
pub fn MoreSheet(props: &MoreSheetProps) -> Html {
    let (texts, session, clock) = (use_texts(), use_session(), use_clock());
    let speeds = SPEEDS.map(|speed| Segment {
        label: format!("×{speed}").into(),
        test_id: format!("sheet-speed-{speed}").into(),
    });
    let themes = Theme::ALL.map(|theme| Segment {
        label: texts.say(&format!("theme-{}", theme.name())).into(),
        test_id: format!("sheet-theme-{}", theme.name()).into(),
    });
    let on_speed = {
        let session = session.clone();
        Callback::from(move |index: usize| session.transport(Transport::Speed(SPEEDS[index])))
    };
    let on_theme = {
        let on_theme = props.on_theme.clone();
        Callback::from(move |index: usize| on_theme.emit(Theme::ALL[index]))
    };
    let other = texts.language().other();
    let on_language = {
        let on_language = props.on_language.clone();
        move |_| on_language.emit(other)
    };
    let chosen_speed = SPEEDS.iter().position(|speed| *speed == clock.speed);
    let chosen_theme = Theme::ALL.iter().position(|theme| *theme == props.theme);
    html! {
        <Sheet title={texts.say("more")} on_close={props.on_close.clone()} test_id="more-sheet">
            <div class="more-row">
                <LabButton />
                <span class="bar-acts"><HistoryButtons /><ShareButton /></span>
            </div>
            <div class="more-row">
                <span>{ texts.say("speed") }</span>
                <Segments label={texts.say("speed")} segments={speeds.to_vec()} chosen={chosen_speed} on_choose={on_speed} />
            </div>
            <div class="more-row">
                <span>{ texts.say("jump") }</span>
                <div class="more-jumps">{ jump_buttons(&texts, &session, &props.on_close) }</div>
            </div>
            <div class="more-row">
                <span>{ texts.say("theme-label") }</span>
                <Segments label={texts.say("theme-label")} segments={themes.to_vec()} chosen={chosen_theme} on_choose={on_theme} />
            </div>
            <div class="more-row">
                <span>{ texts.say("language") }</span>
                <button type="button" class="btn" lang={other.tag()} onclick={on_language} data-testid="sheet-language">
                    { texts.say("other-language") }
                </button>
            </div>
        </Sheet>
    }
}
