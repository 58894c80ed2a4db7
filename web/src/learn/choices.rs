//! A question with choices: full-width buttons with a key; once answered every choice is explained.

use scrapeyard_core::lab::course::{Given, Text};
use yew::prelude::{Callback, Html, Properties, classes, component, html, use_state};

use super::prose::{phrase, prose};
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::use_texts;

/// The keys before the choices.
const KEYS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

/// See [`Choices`].
#[derive(PartialEq, Properties)]
pub struct ChoicesProps {
    /// The names of the choices.
    pub choices: Vec<String>,
    /// Whether several may be right.
    pub many: bool,
    /// Their words.
    pub words: Text,
    /// The last answer, unless the question is to be answered anew.
    pub given: Option<Given>,
    /// The names of those that are right, once an answer was given.
    pub right: Vec<String>,
    /// Called with the names of what was chosen, with commas between.
    pub on_answer: Callback<String>,
}

/// The choices.
#[component]
pub fn Choices(props: &ChoicesProps) -> Html {
    let texts = use_texts();
    let marked = use_state(Vec::<String>::new);
    let own: Vec<&str> = match &props.given {
        Some(given) => given.text.split(',').map(str::trim).collect(),
        None => marked.iter().map(String::as_str).collect(),
    };
    let is_answered = props.given.is_some();
    let choice = |(index, id): (usize, &String)| {
        let words = props.words.parts.get(id).cloned().unwrap_or_default();
        let (is_own, is_right) = (own.contains(&id.as_str()), props.right.contains(id));
        let outcome = match (is_answered, is_right, is_own) {
            (true, true, _) => Some("right"),
            (true, false, true) => Some("wrong"),
            _ => None,
        };
        let on_press = {
            let (marked, id, many, answer) =
                (marked.clone(), id.clone(), props.many, props.on_answer.clone());
            move |_| match many {
                false => answer.emit(id.clone()),
                true => {
                    let mut now = (*marked).clone();
                    match now.iter().position(|one| *one == id) {
                        Some(at) => drop(now.remove(at)),
                        None => now.push(id.clone()),
                    }
                    marked.set(now);
                }
            }
        };
        let said = match outcome {
            Some("right") => {
                Some((StateGlyph::Good, texts.say(if is_own { "own-right-answer" } else { "right-answer" })))
            }
            Some(_) => Some((StateGlyph::Bad, texts.say("own-answer"))),
            None => None,
        };
        html! {
            <li>
                <button type="button" class={classes!("choice", outcome)} disabled={is_answered} onclick={on_press}
                    aria-pressed={(props.many && !is_answered).then(|| is_own.to_string())} data-testid="choice" data-choice={id.clone()}>
                    <span class="key" aria-hidden="true">{ KEYS.get(index).copied().unwrap_or("·") }</span>
                    <span class="choice-text">{ phrase(&words.title) }</span>
                    if let Some((glyph, said)) = said {
                        <span class="chip choice-said">{ state_glyph(glyph) }{ said }</span>
                    }
                    if is_answered { <span class="why prose">{ prose(&words.body) }</span> }
                </button>
            </li>
        }
    };
    let on_send = {
        let (marked, answer) = (marked.clone(), props.on_answer.clone());
        move |_| answer.emit(marked.join(","))
    };
    html! {
        <>
            <ol class="choices">{ for props.choices.iter().enumerate().map(choice) }</ol>
            if props.many && !is_answered {
                <button type="button" class="btn primary" disabled={marked.is_empty()} onclick={on_send} data-testid="answer">
                    { texts.say("give-answer") }
                </button>
            }
        </>
    }
}
