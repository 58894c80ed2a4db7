//! The editor of a panel with its button. Enter runs, Shift+Enter breaks the line; while a list of items is open,
//! arrows choose, Enter and Tab take and Escape closes; at the edges of the text arrows go through what was run before.

mod caret;
mod keys;
mod place;
mod recall;

use std::cell::RefCell;
use std::rc::Rc;

use scrapeyard_core::base::span::Span;
use scrapeyard_core::lab::view::{Annotation, Completion};
use scrapeyard_core::lab::{Answer, Problem, Question, StoreId};
use web_sys::{HtmlElement, HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::{
    Callback, Html, InputEvent, NodeRef, Properties, TargetCast, UseStateHandle, component, hook, html,
    use_effect_with, use_mut_ref, use_node_ref, use_state_eq,
};

use self::caret::{caret_of, write};
use self::keys::on_key;
use self::recall::Recall;
use super::super::asked::use_asked;
use super::super::highlight::{brackets, highlight};
use super::super::slot::use_slot;
use super::completion::{LIST, item_id, list, signature, taken};
use crate::controls::{CodeEditor, Mark, Offers};
use crate::session::{Asked, panel};
use crate::texts::use_texts;

/// See [`Editor`].
#[derive(PartialEq, Properties)]
pub struct EditorProps {
    /// The expression.
    pub text: String,
    /// The store whose names are offered.
    pub store: StoreId,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What was remarked on it.
    pub remarks: Vec<Annotation>,
    /// The part that is pointed at elsewhere.
    pub pointed: Option<Span>,
    /// What was run before, the newest first.
    pub history: Rc<Vec<String>>,
    /// Whether a query is under way for long.
    pub running: bool,
    /// Called with the new expression.
    pub on_input: Callback<String>,
    /// Called with the expression when it is to be run.
    pub on_run: Callback<String>,
    /// Called when the query under way is to be ended.
    pub on_cancel: Callback<()>,
    /// Called where the caret goes, in bytes.
    pub on_caret: Callback<Option<usize>>,
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
    let (texts, slot) = (use_texts(), use_slot());
    let (area, frame) = (use_node_ref(), use_node_ref());
    let states = use_states();
    let on_caret = props.on_caret.clone();
    use_effect_with(*states.caret, move |caret| on_caret.emit(*caret));
    let question = states.caret.map(|caret| Question::Complete {
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
    let offered = current.filter(|completion| is_open(*states.opening, completion));
    let place = (*states.chosen).min(offered.map_or(0, |offered| offered.items.len().saturating_sub(1)));
    let around = frame.clone();
    use_effect_with(
        (place, offered.map(|offered| offered.replaced), offered.cloned()),
        move |(place, open, _)| {
            if open.is_some() {
                place::put(&around);
                scroll_to(&item_id(slot, *place));
            }
        },
    );
    let marks = marks(props, *states.caret, offered);
    let take = taking(props, &area, offered, &states);
    let on_key = on_key(props, offered, place, &take, &states);
    let (see, hear, leave) = (states.clone(), states.clone(), states.opening.clone());
    let on_click = {
        let states = states.clone();
        move |event: yew::MouseEvent| states.look(event.target_dyn_into())
    };
    let offers =
        Offers { list: slot.element(LIST).into(), chosen: offered.map(|_| item_id(slot, place).into()) };
    html! {
        <>
            <div ref={frame} class="panel-editor" onkeyup={move |event: KeyboardEvent| see.look(event.target_dyn_into())}
                onclick={on_click} oninput={move |event: InputEvent| hear.typed(&event)}
                onfocusout={move |_| leave.set(Opening::Closed)}>
                <CodeEditor value={props.text.clone()} label={texts.say("expression")} {marks} on_input={props.on_input.clone()}
                    {on_key} invalid={!props.problems.is_empty()} node={area} {offers} test_id="query-editor" />
                { buttons(props, &texts) }
                if let Some(offered) = offered { { list(&texts, slot, offered, place, &take) } }
            </div>
            if let Some(called) = newest.and_then(|(_, completion)| completion.signature.as_ref()) {
                { signature(&texts, called) }
            }
        </>
    }
}

fn buttons(props: &EditorProps, texts: &crate::texts::Texts) -> Html {
    let cancel = {
        let on_cancel = props.on_cancel.clone();
        move |_| on_cancel.emit(())
    };
    let run = {
        let (on_run, text) = (props.on_run.clone(), props.text.clone());
        move |_| on_run.emit(text.clone())
    };
    html! {
        <>
            if props.running {
                <button type="button" class="btn run" onclick={cancel} data-testid="query-cancel">{ texts.say("query-cancel") }</button>
            }
            <button type="button" class="btn primary run" onclick={run} data-testid="query-run">
                { texts.say("run") }<kbd class="no-phone">{ "Enter" }</kbd>
            </button>
        </>
    }
}

/// All that is marked in the text: words, brackets, what is wrong, remarked or pointed at, and the word being completed.
fn marks(props: &EditorProps, caret: Option<usize>, offered: Option<&Completion>) -> Vec<Mark> {
    let mut marks = highlight(&props.text);
    marks.extend(caret.map(|caret| brackets(&props.text, caret)).unwrap_or_default());
    marks.extend(props.problems.iter().filter_map(|problem| wrong(&props.text, problem)));
    let remarked = props.remarks.iter().filter_map(|remark| remark.span);
    marks.extend(remarked.map(|span| Mark { span, class: "remarked-here" }));
    marks.extend(props.pointed.map(|span| Mark { span, class: "pointed-here" }));
    let word = offered.map(|offered| {
        let Span { start, end } = offered.replaced;
        // Where nothing has been begun, the character before stands for the place.
        let before = props.text.get(..start as usize).and_then(|before| before.char_indices().next_back());
        let start = if start == end { before.map_or(start, |(at, _)| at as u32) } else { start };
        Mark { span: Span::new(start, end), class: "offer-anchor" }
    });
    marks.extend(word);
    marks
}

/// What the editor knows between two renders.
#[derive(Clone)]
struct States {
    caret: UseStateHandle<Option<usize>>,
    opening: UseStateHandle<Opening>,
    chosen: UseStateHandle<usize>,
    recall: Rc<RefCell<Recall>>,
}

#[hook]
fn use_states() -> States {
    States {
        caret: use_state_eq(|| None::<usize>),
        opening: use_state_eq(|| Opening::Closed),
        chosen: use_state_eq(|| 0_usize),
        recall: use_mut_ref(Recall::default),
    }
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
    states: &States,
) -> Callback<usize> {
    let (offered, text, on_input) = (offered.cloned(), props.text.clone(), props.on_input.clone());
    let (area, states) = (area.clone(), states.clone());
    Callback::from(move |index: usize| {
        let Some(offered) = &offered else { return };
        let Some((new, at)) = offered.items.get(index).and_then(|item| taken(&text, offered, item)) else {
            return;
        };
        if let Some(area) = area.cast::<HtmlTextAreaElement>() {
            write(&area, &new, at);
        }
        states.caret.set(Some(at));
        states.opening.set(Opening::Closed);
        on_input.emit(new);
    })
}

/// Brings an item into sight.
fn scroll_to(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let item = document.and_then(|document| document.get_element_by_id(id));
    let Some(item) = item.and_then(|item| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(item).ok()) else {
        return;
    };
    if let Some(list) = item.offset_parent() {
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

#[cfg(test)]
mod tests {
    use super::*;

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
