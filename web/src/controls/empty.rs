//! A place where nothing is: what is missing and why, never a blank.

use scrapeyard_core::lab::view::ContainerState;
use yew::prelude::{AttrValue, Children, Html, Properties, component, html};

use crate::shapes::crate_glyph;

/// See [`Empty`].
#[derive(PartialEq, Properties)]
pub struct EmptyProps {
    /// What is missing.
    pub title: AttrValue,
    /// Why, and what can be done.
    #[prop_or_default]
    pub children: Children,
    /// For tests.
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
}

/// A dashed box with an empty crate.
#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty" data-testid={props.test_id.clone()}>
            { crate_glyph(ContainerState::Exited { code: 0, by_hand: true }) }
            <b>{ props.title.clone() }</b>
            { for props.children.iter() }
        </div>
    }
}
