//! The editor of a panel with its button. Enter runs, Shift+Enter breaks the line; while a syllable is being composed
//! Enter belongs to the input method.

use scrapeyard_core::lab::Problem;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::{Callback, Html, Properties, TargetCast, component, html, use_state};

use super::super::highlight::{brackets, highlight};
use crate::controls::{CodeEditor, Mark};
use crate::texts::use_texts;

/// The key code of keys that an input method has taken.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// See [`Editor`].
#[derive(PartialEq, Properties)]
pub struct EditorProps {
    /// The expression.
    pub text: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Whether a query is under way for long.
    pub running: bool,
    /// Called with the new expression.
    pub on_input: Callback<String>,
    /// Called when it is to be run.
    pub on_run: Callback<()>,
    /// Called when the query under way is to be ended.
    pub on_cancel: Callback<()>,
}

/// The editor.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let texts = use_texts();
    let caret = use_state(|| None::<usize>);
    let mut marks = highlight(&props.text);
    marks.extend(caret.map(|caret| brackets(&props.text, caret)).unwrap_or_default());
    marks.extend(props.problems.iter().filter_map(|problem| wrong(&props.text, problem)));
    let on_key = {
        let on_run = props.on_run.clone();
        Callback::from(move |event: KeyboardEvent| {
            let composing = event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD;
            if event.key() == "Enter" && !event.shift_key() && !composing {
                event.prevent_default();
                on_run.emit(());
            }
        })
    };
    let see_caret = {
        let caret = caret.clone();
        move |area: Option<HtmlTextAreaElement>| caret.set(area.and_then(|area| caret_of(&area)))
    };
    let (on_key_up, on_click) = (see_caret.clone(), see_caret);
    let press = |deed: &Callback<()>| {
        let deed = deed.clone();
        move |_| deed.emit(())
    };
    html! {
        <div class="panel-editor" onkeyup={move |event: KeyboardEvent| on_key_up(event.target_dyn_into())}
            onclick={move |event: yew::MouseEvent| on_click(event.target_dyn_into())} onfocusout={move |_| caret.set(None)}>
            <CodeEditor value={props.text.clone()} label={texts.say("expression")} {marks} on_input={props.on_input.clone()}
                {on_key} invalid={!props.problems.is_empty()} test_id="query-editor" />
            if props.running {
                <button type="button" class="btn run" onclick={press(&props.on_cancel)} data-testid="query-cancel">
                    { texts.say("query-cancel") }
                </button>
            }
            <button type="button" class="btn primary run" onclick={press(&props.on_run)} data-testid="query-run">
                { texts.say("run") }<kbd class="no-phone">{ "Enter" }</kbd>
            </button>
        </div>
    }
}

/// The place of a problem; one that points behind the text is shown under its last character.
fn wrong(text: &str, problem: &Problem) -> Option<Mark> {
    let mut span = problem.span?;
    let length = text.len() as u32;
    if span.start >= length || span.start >= span.end {
        let last = text.char_indices().next_back().map(|(at, _)| at as u32)?;
        span.start = span.start.min(last);
        span.end = length.min(span.start.max(last) + 4).max(span.start + 1).min(length);
    }
    span.end = span.end.min(length);
    Some(Mark { span, class: "wrong-here" })
}

/// The caret as a byte offset. The browser counts in units of UTF-16.
fn caret_of(area: &HtmlTextAreaElement) -> Option<usize> {
    let units = area.selection_start().ok()?? as usize;
    let text = area.value();
    let mut counted = 0;
    for (at, character) in text.char_indices() {
        if counted >= units {
            return Some(at);
        }
        counted += character.len_utf16();
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use scrapeyard_core::base::span::Span;

    #[test]
    fn a_problem_at_the_end_is_shown_under_the_last_character() {
        let at = |text: &str, start, end| {
            let problem = Problem::new("x", "x").within(text, Span::new(start, end));
            wrong(text, &problem).map(|mark| (mark.span.start, mark.span.end))
        };
        assert_eq!(at("rate(", 5, 5), Some((4, 5)));
        assert_eq!(at("rate(up)", 5, 7), Some((5, 7)));
        assert_eq!(at("한", 3, 3), Some((0, 3)));
        assert_eq!(at("", 0, 0), None);
    }
}
