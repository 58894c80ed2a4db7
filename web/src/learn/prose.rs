//! Markdown as elements: paragraphs, lists, code, emphasis. Markup inside the text stays text; links and pictures are
//! not drawn.

use pulldown_cmark::{Event, Options, Parser, Tag};
use yew::prelude::{Html, html};

/// An element that is still open, with what is in it so far.
struct Open {
    tag: Kind,
    children: Vec<Html>,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    Paragraph,
    Strong,
    Emphasis,
    Code,
    List,
    Numbered,
    Item,
    Plain,
}

/// The elements of a text.
pub fn prose(markdown: &str) -> Html {
    let mut open = vec![Open { tag: Kind::Root, children: Vec::new(), text: String::new() }];
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(tag) => {
                open.push(Open { tag: kind(&tag), children: Vec::new(), text: String::new() })
            }
            Event::End(_) => close(&mut open),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => add_text(&mut open, &text),
            Event::Code(text) => add(&mut open, html! { <code>{ text.into_string() }</code> }),
            Event::SoftBreak => add_text(&mut open, " "),
            Event::HardBreak => add(&mut open, html! { <br /> }),
            _ => {}
        }
    }
    let children = open.into_iter().next().map(|root| root.children).unwrap_or_default();
    html! { <>{ for children }</> }
}

/// A text of one line, without a paragraph around it: a title, a choice.
pub fn phrase(markdown: &str) -> Html {
    let mut parts = Vec::new();
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Text(text) => parts.push(html! { { text.into_string() } }),
            Event::Code(text) => parts.push(html! { <code>{ text.into_string() }</code> }),
            Event::SoftBreak => parts.push(html! { { " " } }),
            _ => {}
        }
    }
    html! { <>{ for parts }</> }
}

const fn kind(tag: &Tag<'_>) -> Kind {
    match tag {
        Tag::Paragraph => Kind::Paragraph,
        Tag::Strong => Kind::Strong,
        Tag::Emphasis => Kind::Emphasis,
        Tag::CodeBlock(_) => Kind::Code,
        Tag::List(None) => Kind::List,
        Tag::List(Some(_)) => Kind::Numbered,
        Tag::Item => Kind::Item,
        _ => Kind::Plain,
    }
}

fn add(open: &mut [Open], child: Html) {
    if let Some(top) = open.last_mut() {
        top.children.push(child);
    }
}

fn add_text(open: &mut [Open], text: &str) {
    if let Some(top) = open.last_mut() {
        if top.tag == Kind::Code {
            top.text.push_str(text);
        } else {
            top.children.push(html! { { text.to_owned() } });
        }
    }
}

/// Closes the innermost element: what the reader of Markdown closes is always the last that it opened.
fn close(open: &mut Vec<Open>) {
    if open.len() < 2 {
        return;
    }
    let Some(Open { tag, children, text }) = open.pop() else { return };
    let inside = html! { <>{ for children }</> };
    let element = match tag {
        Kind::Paragraph => html! { <p>{ inside }</p> },
        Kind::Strong => html! { <strong>{ inside }</strong> },
        Kind::Emphasis => html! { <em>{ inside }</em> },
        Kind::Code => html! { <pre class="mono">{ text }</pre> },
        Kind::List => html! { <ul>{ inside }</ul> },
        Kind::Numbered => html! { <ol>{ inside }</ol> },
        Kind::Item => html! { <li>{ inside }</li> },
        Kind::Root | Kind::Plain => inside,
    };
    add(open, element);
}
