//! What stands in the place of a page while there is no lab.

use scrapeyard_core::lab::Problem;
use yew::prelude::{Html, Properties, component, html};

use crate::controls::{Empty, ProblemBox};
use crate::session::Phase;
use crate::texts::use_texts;

/// See [`Status`].
#[derive(PartialEq, Properties)]
pub struct StatusProps {
    /// Whether there is a lab.
    pub phase: Phase,
    /// Why there is none.
    pub problems: Vec<Problem>,
}

/// "Starting", or why there will be no lab and what to do.
#[component]
pub fn Status(props: &StatusProps) -> Html {
    let texts = use_texts();
    let reload = |_| {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    };
    html! {
        <div class="scroll status" data-testid="status">
            if props.phase == Phase::Dead {
                <Empty title={texts.say("dead-title")}>
                    <p>{ texts.say("dead-text") }</p>
                    if !props.problems.is_empty() { <ProblemBox problems={props.problems.clone()} /> }
                    <button type="button" class="btn primary" onclick={reload}>{ texts.say("reload-page") }</button>
                </Empty>
            } else {
                <p class="dim" role="status">{ texts.say("starting") }</p>
            }
        </div>
    }
}
