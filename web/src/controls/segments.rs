//! A row of choices of which one is taken.

use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html};

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// What it is called.
    pub label: AttrValue,
    /// For tests.
    pub test_id: AttrValue,
}

/// See [`Segments`].
#[derive(PartialEq, Properties)]
pub struct SegmentsProps {
    /// What is chosen here, for those who cannot see it.
    pub label: AttrValue,
    /// The choices.
    pub segments: Vec<Segment>,
    /// Which one is taken.
    pub chosen: Option<usize>,
    /// Called with the index of another one.
    pub on_choose: Callback<usize>,
    /// A further class.
    #[prop_or_default]
    pub class: AttrValue,
}

/// Buttons side by side; the one that is taken is pressed.
#[component]
pub fn Segments(props: &SegmentsProps) -> Html {
    let button = |(index, segment): (usize, &Segment)| {
        let on_choose = props.on_choose.clone();
        let pressed = props.chosen == Some(index);
        html! {
            <button type="button" aria-pressed={pressed.to_string()} data-testid={segment.test_id.clone()}
                onclick={move |_| on_choose.emit(index)}>
                { segment.label.clone() }
            </button>
        }
    };
    html! {
        <div class={classes!("seg", props.class.to_string())} role="group" aria-label={props.label.clone()}>
            { for props.segments.iter().enumerate().map(button) }
        </div>
    }
}
