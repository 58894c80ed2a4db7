//! What stands in the place of a page while a saved lab is not opened: why, and what can be tried. Nothing is tried by
//! itself, and nothing is lost by trying.

use yew::prelude::{Html, Properties, component, html};

use super::file::use_lab_file;
use super::naming::cut;
use super::view::{Trouble, use_saves};
use crate::controls::{Empty, ProblemBox};
use crate::texts::use_texts;

/// See [`SafeMode`].
#[derive(PartialEq, Properties)]
pub struct SafeModeProps {
    /// Why the lab was not opened.
    pub trouble: Trouble,
}

/// The page.
#[component]
pub fn SafeMode(props: &SafeModeProps) -> Html {
    let (texts, saves, hand_out) = (use_texts(), use_saves(), use_lab_file());
    let Trouble { problems, last } = &props.trouble;
    // A journal that cannot be read would be refused again, however short it is.
    let is_other = problems.iter().any(|problem| problem.code.starts_with("other-"));
    let (without, again, afresh) = (saves.keeper.clone(), saves.keeper.clone(), saves.keeper.clone());
    html! {
        <div class="scroll status" data-testid="safe-mode">
            <Empty title={texts.say("safe-title")}>
                <p>{ texts.say(if problems.is_empty() { "safe-crashed" } else { "safe-refused" }) }</p>
                if !problems.is_empty() { <ProblemBox problems={problems.clone()} test_id="safe-problems" /> }
                <div class="safe-ways">
                    if let Some(last) = last.as_ref().filter(|_| !is_other) {
                        <button type="button" class="btn primary" onclick={move |_| without.0.open_without_last()}
                            data-testid="safe-without-last">
                            { texts.say("safe-without-last") }
                        </button>
                        <p class="mono small">{ cut(last) }</p>
                    }
                    if !is_other {
                        <button type="button" class="btn" onclick={move |_| again.0.try_again()} data-testid="safe-again">
                            { texts.say("safe-again") }
                        </button>
                    }
                    <button type="button" class="btn" onclick={move |_| hand_out.emit(None)} data-testid="safe-file">
                        { texts.say("save-as-file") }
                    </button>
                    <button type="button" class="btn" onclick={move |_| afresh.0.leave_trouble()} data-testid="safe-afresh">
                        { texts.say("safe-afresh") }
                    </button>
                </div>
            </Empty>
        </div>
    }
}
