//! The editor of a panel with its button. Enter runs, Shift+Enter breaks the line; while a list of items is open,
//! arrows choose, Enter and Tab take and Escape closes. While a syllable is being composed keys belong to the input
//! method.

use scrapeyard_core::lab::view::Completion;
use scrapeyard_core::lab::{Answer, Problem, Question, StoreId};
use web_sys::{HtmlElement, HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::{
    Callback, Html, InputEvent, NodeRef, Properties, TargetCast, UseStateHandle, component, html,
    use_effect_with, use_node_ref, use_state_eq,
};

use super::super::asked::use_asked;
use super::super::highlight::{brackets, highlight};
use super::completion::{LIST, is_there, item_id, list, signature, taken};
use crate::controls::{CodeEditor, Mark, Offers};
use crate::session::{Asked, panel};
use crate::texts::use_texts;

/// The key code of keys that an input method has taken.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// See [`Editor`].
#[derive(PartialEq, Properties)]
pub struct EditorProps {
    /// The expression.
    pub text: String,
    /// The store whose names are offered.
    pub store: StoreId,
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

/// Whether the list may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// Not until something is typed.
    Closed,
    /// Where something has been begun.
    Typing,
    /// It was asked for.
    Wanted,
}

/// The editor.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let texts = use_texts();
    let area = use_node_ref();
    let caret = use_state_eq(|| None::<usize>);
    let opening = use_state_eq(|| Opening::Closed);
    let chosen = use_state_eq(|| 0_usize);
    let question = caret.map(|caret| Question::Complete {
        store: props.store.clone(),
        text: props.text.clone(),
        cursor: caret as u32,
    });
    let answered = use_asked(panel::COMPLETION, question.clone());
    let newest = answered.as_deref().and_then(|(asked, outcome)| match outcome {
        Asked::Answered(_, answer) => match &**answer {
            Answer::Completion(completion) => Some((asked, completion)),
            _ => None,
        },
        _ => None,
    });
    let current = newest.filter(|(asked, _)| Some(*asked) == question.as_ref());
    let current = current.map(|(_, completion)| completion);
    let offered = current.filter(|completion| is_open(*opening, completion));
    let place = (*chosen).min(offered.map_or(0, |offered| offered.items.len().saturating_sub(1)));
    use_effect_with((place, offered.is_some()), |(place, open)| {
        if *open {
            scroll_to(&item_id(*place));
        }
    });
    let mut marks = highlight(&props.text);
    marks.extend(caret.map(|caret| brackets(&props.text, caret)).unwrap_or_default());
    marks.extend(props.problems.iter().filter_map(|problem| wrong(&props.text, problem)));
    let take = taking(props, &area, offered, &caret, &opening);
    let states = States { caret, opening, chosen };
    let on_key = on_key(props, offered, place, &take, &states);
    let (see, hear, leave) = (states.clone(), states.clone(), states.clone());
    let press = |deed: &Callback<()>| {
        let deed = deed.clone();
        move |_| deed.emit(())
    };
    html! {
        <>
            <div class="panel-editor" onkeyup={move |event: KeyboardEvent| see.look(event.target_dyn_into())}
                onclick={let states = states.clone(); move |event: yew::MouseEvent| states.look(event.target_dyn_into())}
                oninput={move |event: InputEvent| hear.typed(&event)} onfocusout={move |_| leave.opening.set(Opening::Closed)}>
                <CodeEditor value={props.text.clone()} label={texts.say("expression")} {marks} on_input={props.on_input.clone()}
                    {on_key} invalid={!props.problems.is_empty()} node={area}
                    offers={Offers { list: LIST, chosen: offered.map(|_| item_id(place).into()) }} test_id="query-editor" />
                if props.running {
                    <button type="button" class="btn run" onclick={press(&props.on_cancel)} data-testid="query-cancel">
                        { texts.say("query-cancel") }
                    </button>
                }
                <button type="button" class="btn primary run" onclick={press(&props.on_run)} data-testid="query-run">
                    { texts.say("run") }<kbd class="no-phone">{ "Enter" }</kbd>
                </button>
                if let Some(offered) = offered { { list(&texts, offered, place, &take) } }
            </div>
            if let Some(called) = newest.and_then(|(_, completion)| completion.signature.as_ref()) {
                { signature(&texts, called) }
            }
        </>
    }
}

/// What the editor knows between two renders.
#[derive(Clone)]
struct States {
    caret: UseStateHandle<Option<usize>>,
    opening: UseStateHandle<Opening>,
    chosen: UseStateHandle<usize>,
}

impl States {
    /// Notes where the caret is; where it was moved by hand, the list closes.
    fn look(&self, area: Option<HtmlTextAreaElement>) {
        let Some(caret) = area.and_then(|area| caret_of(&area)) else { return };
        if self.caret.is_some_and(|before| before != caret) {
            self.opening.set(Opening::Closed);
        }
        self.caret.set(Some(caret));
    }

    fn typed(&self, event: &InputEvent) {
        let area: Option<HtmlTextAreaElement> = event.target_dyn_into();
        self.caret.set(area.and_then(|area| caret_of(&area)));
        self.opening.set(if event.is_composing() { Opening::Closed } else { Opening::Typing });
        self.chosen.set(0);
    }
}

fn is_open(opening: Opening, completion: &Completion) -> bool {
    let wanted = match opening {
        Opening::Closed => false,
        Opening::Typing => completion.opens_unasked,
        Opening::Wanted => true,
    };
    wanted && !completion.items.is_empty()
}

/// Takes the item of a number: writes it, puts the caret into it.
fn taking(
    props: &EditorProps,
    area: &NodeRef,
    offered: Option<&Completion>,
    caret: &UseStateHandle<Option<usize>>,
    opening: &UseStateHandle<Opening>,
) -> Callback<usize> {
    let (offered, text, on_input) = (offered.cloned(), props.text.clone(), props.on_input.clone());
    let (area, caret, opening) = (area.clone(), caret.clone(), opening.clone());
    Callback::from(move |index: usize| {
        let Some(offered) = &offered else { return };
        let Some((new, at)) = offered.items.get(index).and_then(|item| taken(&text, offered, item)) else {
            return;
        };
        if let Some(area) = area.cast::<HtmlTextAreaElement>() {
            let units = new.get(..at).map_or(0, |before| before.encode_utf16().count()) as u32;
            area.set_value(&new);
            // A field that is gone has no caret to be moved.
            let _ = area.set_selection_range(units, units);
        }
        caret.set(Some(at));
        opening.set(Opening::Closed);
        on_input.emit(new);
    })
}

fn on_key(
    props: &EditorProps,
    offered: Option<&Completion>,
    place: usize,
    take: &Callback<usize>,
    states: &States,
) -> Callback<KeyboardEvent> {
    let count = offered.map_or(0, |offered| offered.items.len());
    let changes = offered.is_some_and(|offered| !is_there(&props.text, offered, &offered.items[place]));
    let (on_run, take, states) = (props.on_run.clone(), take.clone(), states.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD {
            return;
        }
        let key = event.key();
        let plain = !event.shift_key() && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        match key.as_str() {
            "ArrowDown" if plain && count > 0 => states.chosen.set((place + 1) % count),
            "ArrowUp" if plain && count > 0 => states.chosen.set((place + count - 1) % count),
            "Escape" if count > 0 => {
                states.opening.set(Opening::Closed);
                event.stop_propagation();
            }
            "Enter" | "Tab" if plain && count > 0 && changes => take.emit(place),
            " " if event.ctrl_key() => {
                let area: Option<HtmlTextAreaElement> = event.target_dyn_into();
                states.caret.set(area.and_then(|area| caret_of(&area)));
                states.chosen.set(0);
                states.opening.set(Opening::Wanted);
            }
            "Enter" if !event.shift_key() => {
                states.opening.set(Opening::Closed);
                on_run.emit(());
            }
            _ => return,
        }
        event.prevent_default();
    })
}

/// Brings an item into sight.
fn scroll_to(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let item = document.and_then(|document| document.get_element_by_id(id));
    let Some(item) = item.and_then(|item| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(item).ok()) else {
        return;
    };
    let list = item.offset_parent();
    if let Some(list) = list {
        let (top, bottom) = (item.offset_top(), item.offset_top() + item.offset_height());
        if top < list.scroll_top() {
            list.set_scroll_top(top);
        } else if bottom > list.scroll_top() + list.client_height() {
            list.set_scroll_top(bottom - list.client_height());
        }
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
