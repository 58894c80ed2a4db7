//! What is offered beneath the editor: the list of items with help for the chosen one, and the signature of the call
//! around the cursor.

use scrapeyard_core::base::span::Span;
use scrapeyard_core::lab::view::{Completion, Item, ItemKind, Signature};
use yew::prelude::{Callback, Html, classes, html};

use super::super::slot::Slot;
use crate::texts::Texts;

/// The list's id within its panel.
pub const LIST: &str = "query-offers";

/// The id of an item.
pub fn item_id(slot: Slot, index: usize) -> String {
    format!("{}-{index}", slot.element(LIST))
}

/// The text after an item was taken, and the caret in it, in bytes.
pub fn taken(text: &str, completion: &Completion, item: &Item) -> Option<(String, usize)> {
    let Span { start, end } = completion.replaced;
    let (before, behind) = (text.get(..start as usize)?, text.get(end as usize..)?);
    let caret = before.len() + item.caret as usize;
    Some((format!("{before}{}{behind}", item.insert), caret))
}

/// Whether taking the item would change nothing.
pub fn is_there(text: &str, completion: &Completion, item: &Item) -> bool {
    let Span { start, end } = completion.replaced;
    text.get(start as usize..end as usize) == Some(item.insert.as_str())
}

/// The open list with the help for the chosen item.
pub fn list(
    texts: &Texts,
    slot: Slot,
    completion: &Completion,
    chosen: usize,
    take: &Callback<usize>,
) -> Html {
    let row = |(index, item): (usize, &Item)| {
        let take = take.clone();
        html! {
            <li id={item_id(slot, index)} role="option" aria-selected={(index == chosen).to_string()} class="offer"
                onclick={move |_| take.emit(index)} data-testid="query-offer">
                <span class={classes!("offer-mark", mark_class(item.kind))} aria-hidden="true">{ mark(item.kind) }</span>
                <span class="mono">{ matched(item) }</span>
                <span class="offer-kind">{ beside(texts, item) }</span>
            </li>
        }
    };
    html! {
        // The field keeps the focus while the list is pressed.
        <div class="offers" onmousedown={|event: yew::MouseEvent| event.prevent_default()}>
            <ul id={slot.element(LIST)} role="listbox" aria-label={texts.say("offers")} data-testid="query-offers">
                { for completion.items.iter().enumerate().map(row) }
            </ul>
            if let Some(item) = completion.items.get(chosen) { { help(texts, item) } }
        </div>
    }
}

const fn mark(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Function => "f",
        ItemKind::Aggregation => "Σ",
        ItemKind::Metric => "M",
        ItemKind::Label => "L",
        ItemKind::Value => "\"",
        ItemKind::Duration => "t",
        ItemKind::Keyword => "K",
        ItemKind::Pattern => "…",
    }
}

const fn mark_class(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Function => "syn-function",
        ItemKind::Metric => "syn-metric",
        ItemKind::Label => "syn-label",
        ItemKind::Value => "syn-string",
        ItemKind::Duration => "syn-number",
        ItemKind::Aggregation | ItemKind::Keyword | ItemKind::Pattern => "syn-keyword",
    }
}

/// The label with what was typed in bold.
fn matched(item: &Item) -> Html {
    let (start, end) = (item.matched.start as usize, item.matched.end as usize);
    match (item.label.get(..start), item.label.get(start..end), item.label.get(end..)) {
        (Some(before), Some(typed), Some(behind)) => html! { <>{ before }<b>{ typed }</b>{ behind }</> },
        _ => html! { { &item.label } },
    }
}

fn beside(texts: &Texts, item: &Item) -> String {
    match item.kind {
        ItemKind::Metric if !item.detail.is_empty() => item.detail.clone(),
        kind => texts.say(&format!("offer-{}", kind.name())),
    }
}

fn help(texts: &Texts, item: &Item) -> Html {
    let sentence = match item.kind {
        ItemKind::Function | ItemKind::Aggregation => texts.find_one(&format!("function-{}", item.label)),
        _ => Some(item.help.clone()).filter(|help| !help.is_empty()),
    };
    let head = match item.kind {
        ItemKind::Function | ItemKind::Aggregation => &item.detail,
        _ => &item.label,
    };
    html! {
        <div class="offer-help" aria-live="polite" data-testid="query-help">
            <code>{ head }</code>
            if let Some(sentence) = sentence { <p>{ sentence }</p> }
        </div>
    }
}

/// The signature of the call around the cursor, its argument at the cursor marked.
pub fn signature(texts: &Texts, signature: &Signature) -> Html {
    let parameter = |(index, name): (usize, &String)| {
        let is_active = signature.active == Some(index as u32);
        let comma = if index > 0 { ", " } else { "" };
        html! { <>{ comma }if is_active { <b data-testid="query-argument">{ name }</b> } else { { name } }</> }
    };
    let sentence = texts.find_one(&format!("function-{}", signature.name));
    html! {
        <div class="signature" data-testid="query-signature">
            <code>
                <span class="syn-function">{ &signature.name }</span>{ "(" }
                { for signature.parameters.iter().enumerate().map(parameter) }{ ") → " }{ &signature.returns }
            </code>
            if let Some(sentence) = sentence { <span class="mid">{ sentence }</span> }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_takes_the_place_of_the_word() {
        let item = Item {
            kind: ItemKind::Function,
            label: "rate".to_owned(),
            insert: "rate()".to_owned(),
            caret: 5,
            matched: Span::new(0, 2),
            detail: String::new(),
            help: String::new(),
        };
        let completion = Completion { replaced: Span::new(4, 6), ..Completion::default() };
        assert_eq!(taken("sum(ra)", &completion, &item), Some(("sum(rate())".to_owned(), 9)));
        assert!(!is_there("sum(ra)", &completion, &item));
        let beyond = Completion { replaced: Span::new(9, 12), ..Completion::default() };
        assert_eq!(taken("sum", &beyond, &item), None);
    }
}
