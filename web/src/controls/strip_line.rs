//! A line across the page above everything else: what must be said, with what can be done about it.

use yew::prelude::{AttrValue, Children, Html, Properties, classes, component, html};

use crate::shapes::{StateGlyph, state_glyph};

/// See [`StripLine`].
#[derive(PartialEq, Properties)]
pub struct StripLineProps {
    /// How serious it is: `info`, `warn`, `err`.
    pub class: &'static str,
    /// The same by shape.
    pub glyph: StateGlyph,
    /// For tests.
    pub test_id: &'static str,
    /// What is said.
    pub text: String,
    /// The system's own words.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// What can be done.
    pub children: Children,
}

/// The line.
#[component]
pub fn StripLine(props: &StripLineProps) -> Html {
    html! {
        <div class={classes!("strip", "note", props.class)} data-testid={props.test_id}>
            { state_glyph(props.glyph) }
            <div class="note-body">
                <p>{ &props.text }</p>
                if let Some(detail) = &props.detail { <p class="mono">{ detail }</p> }
            </div>
            <div class="strip-acts">{ for props.children.iter() }</div>
        </div>
    }
}
