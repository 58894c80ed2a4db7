//! A text field with coloured text: a transparent textarea over the same text, marked. Knows no language.

use std::collections::BTreeSet;

use scrapeyard_core::base::span::Span;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::{
    AttrValue, Callback, Html, InputEvent, KeyboardEvent, NodeRef, Properties, TargetCast, classes,
    component, html, use_effect_with, use_node_ref,
};

/// The height of a line, as the sheet beside has it.
const LINE_PX: f64 = 22.0;
/// So many lines stay above a wrong one.
const LINES_ABOVE: u32 = 6;

/// A stretch of text with a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The bytes.
    pub span: Span,
    /// The class.
    pub class: &'static str,
}

/// The list that belongs to a field, as assistive technology has to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// The list's id.
    pub list: AttrValue,
    /// The id of the item that is chosen; none while the list is closed.
    pub chosen: Option<AttrValue>,
}

/// See [`CodeEditor`].
#[derive(PartialEq, Properties)]
pub struct CodeEditorProps {
    /// The text.
    pub value: AttrValue,
    /// What the field is called.
    pub label: AttrValue,
    /// What is marked; marks may overlap.
    pub marks: Vec<Mark>,
    /// Called with the new text.
    pub on_input: Callback<String>,
    /// Called with every key before the field gets it.
    #[prop_or_default]
    pub on_key: Callback<KeyboardEvent>,
    /// Whether lines are numbered and not broken.
    #[prop_or_default]
    pub numbered: bool,
    /// A line that is wrong, counted from 1.
    #[prop_or_default]
    pub wrong_line: Option<u32>,
    /// Whether something in the text is wrong.
    #[prop_or_default]
    pub invalid: bool,
    /// The textarea.
    #[prop_or_default]
    pub node: NodeRef,
    /// Of a field that offers what may be written: the list, and the item that is chosen in it.
    #[prop_or_default]
    pub offers: Option<Offers>,
    /// For tests.
    pub test_id: AttrValue,
}

/// The field.
#[component]
pub fn CodeEditor(props: &CodeEditorProps) -> Html {
    let frame = use_node_ref();
    let scrolled = frame.clone();
    use_effect_with(props.wrong_line, move |wrong_line| {
        if let (Some(line), Some(frame)) = (wrong_line, scrolled.cast::<Element>()) {
            let above = f64::from(line.saturating_sub(LINES_ABOVE)) * LINE_PX;
            frame.set_scroll_top(above as i32);
        }
    });
    let on_input = {
        let on_input = props.on_input.clone();
        move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                on_input.emit(area.value());
            }
        }
    };
    let offers = props.offers.as_ref();
    let chosen = offers.and_then(|offers| offers.chosen.clone());
    html! {
        <div ref={frame} class={classes!("code", props.numbered.then_some("numbered"), props.invalid.then_some("invalid"))}>
            if props.numbered { { gutter(&props.value, props.wrong_line) } }
            <div class="code-in">
                // The last line break would not be shown without something behind it.
                <pre aria-hidden="true">{ painted(&props.value, &props.marks) }{ "\u{200b}" }</pre>
                <textarea ref={props.node.clone()} value={props.value.clone()} aria-label={props.label.clone()}
                    role={offers.map(|_| "combobox")} aria-autocomplete={offers.map(|_| "list")}
                    aria-expanded={offers.map(|_| chosen.is_some().to_string())}
                    aria-controls={offers.filter(|_| chosen.is_some()).map(|offers| offers.list.clone())}
                    aria-activedescendant={chosen}
                    aria-invalid={props.invalid.to_string()} spellcheck="false" autocomplete="off" autocapitalize="off"
                    autocorrect="off" rows="1" wrap={if props.numbered { "off" } else { "soft" }} oninput={on_input}
                    onkeydown={props.on_key.clone()} data-testid={props.test_id.clone()} />
            </div>
        </div>
    }
}

/// A text with its marks, to be read only.
pub fn painted(text: &str, marks: &[Mark]) -> Html {
    let piece = |(text, class): (&str, String)| {
        if class.is_empty() {
            html! { { text } }
        } else {
            html! { <span {class}>{ text }</span> }
        }
    };
    html! { <>{ for pieces(text, marks).into_iter().map(piece) }</> }
}

fn gutter(text: &str, wrong_line: Option<u32>) -> Html {
    let lines = text.split('\n').count();
    html! {
        <ol class="gutter" aria-hidden="true">
            { for (1..=lines).map(|line| {
                let wrong = wrong_line.is_some_and(|wrong| wrong as usize == line);
                html! { <li class={wrong.then_some("wrong")}>{ line }</li> }
            }) }
        </ol>
    }
}

/// The text cut wherever a mark begins or ends, each piece with the classes of all marks over it. Marks that do not fit
/// the text are left out.
fn pieces<'a>(text: &'a str, marks: &[Mark]) -> Vec<(&'a str, String)> {
    let fits = |mark: &&Mark| {
        text.get(mark.span.start as usize..mark.span.end as usize).is_some_and(|cut| !cut.is_empty())
    };
    let marks: Vec<&Mark> = marks.iter().filter(fits).collect();
    let mut cuts: Vec<usize> =
        marks.iter().flat_map(|mark| [mark.span.start as usize, mark.span.end as usize]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort();
    cuts.dedup();
    let mut begins: Vec<(usize, usize)> =
        marks.iter().enumerate().map(|(number, mark)| (mark.span.start as usize, number)).collect();
    begins.sort();
    let mut begins = begins.into_iter().peekable();
    // The marks over the present piece, in the order in which they were given.
    let mut over: BTreeSet<usize> = BTreeSet::new();
    let mut pieces = Vec::with_capacity(cuts.len());
    for pair in cuts.windows(2) {
        over.retain(|number| marks[*number].span.end as usize > pair[0]);
        while let Some((_, number)) = begins.next_if(|(start, _)| *start <= pair[0]) {
            over.insert(number);
        }
        let classes: Vec<&str> = over.iter().map(|number| marks[*number].class).collect();
        pieces.push((&text[pair[0]..pair[1]], classes.join(" ")));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_overlap_share_their_pieces() {
        let mark = |start, end, class| Mark { span: Span::new(start, end), class };
        let marks = [mark(0, 4, "fn"), mark(2, 6, "wrong"), mark(5, 99, "lost"), mark(1, 1, "empty")];
        let cut = pieces("rate(x)", &marks);
        let cut: Vec<(&str, &str)> = cut.iter().map(|(text, class)| (*text, class.as_str())).collect();
        assert_eq!(cut, [("ra", "fn"), ("te", "fn wrong"), ("(x", "wrong"), (")", "")]);
    }

    #[test]
    fn a_mark_inside_a_syllable_is_left_out() {
        let marks = [Mark { span: Span::new(1, 3), class: "wrong" }];
        assert_eq!(pieces("한글", &marks), [("한글", String::new())]);
    }
}
