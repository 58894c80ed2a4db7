//! Deleting series by a selector, as Prometheus's API `delete_series` does.

use scrapeyard_core::lab::{Command, Problem, StoreId};
use web_sys::HtmlInputElement;
use yew::prelude::{Html, InputEvent, Properties, SubmitEvent, TargetCast, component, html, use_state};

use crate::controls::ProblemBox;
use crate::session::{Acted, Notice, use_session};
use crate::texts::use_texts;

/// See [`Deletion`].
#[derive(PartialEq, Properties)]
pub struct DeletionProps {
    /// The store.
    pub store: StoreId,
}

/// A field for the selector, and the button.
#[component]
pub fn Deletion(props: &DeletionProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let selector = use_state(String::new);
    let problems = use_state(Vec::<Problem>::new);
    let on_input = {
        let selector = selector.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                selector.set(input.value());
            }
        }
    };
    let on_submit = {
        let (store, selector, problems) = (props.store.clone(), selector.clone(), problems.clone());
        let text = texts.say("delete-done");
        move |event: SubmitEvent| {
            event.prevent_default();
            let command = Command::Delete { store: store.clone(), span: None, selector: (*selector).clone() };
            let (session, selector, problems) = (session.clone(), selector.clone(), problems.clone());
            let text = text.clone();
            session.clone().act(&command, move |acted| match acted {
                Acted::Done(remarks) if remarks.is_empty() => {
                    session.notify(Notice::done(text));
                    selector.set(String::new());
                    problems.set(Vec::new());
                }
                Acted::Done(told) | Acted::Refused(told) => problems.set(told),
            });
        }
    };
    html! {
        <form class="card storage-deletion" onsubmit={on_submit}>
            <h2>{ texts.say("delete-title") }</h2>
            <p class="small">{ texts.say("delete-about") }</p>
            <div>
                <label class="field grow">{ texts.say("delete-selector") }
                    <input type="text" class="mono" spellcheck="false" value={(*selector).clone()} oninput={on_input}
                        placeholder="{job=\"iotd\"}" data-testid="delete-selector" />
                </label>
                <button type="submit" class="btn" disabled={selector.trim().is_empty()} data-testid="delete">
                    { texts.say("delete-button") }
                </button>
            </div>
            if !problems.is_empty() { <ProblemBox problems={(*problems).clone()} test_id="delete-error" /> }
        </form>
    }
}
