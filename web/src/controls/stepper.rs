//! A number with one less and one more.

use yew::prelude::{AttrValue, Callback, Html, Properties, component, html};

use crate::shapes::{Icon, small_icon};

/// See [`Stepper`].
#[derive(PartialEq, Properties)]
pub struct StepperProps {
    /// What is counted, for those who cannot see it.
    pub label: AttrValue,
    /// The name of the button for less.
    pub less: AttrValue,
    /// The name of the button for more.
    pub more: AttrValue,
    /// The number.
    pub value: u32,
    /// The greatest number that can be reached.
    pub most: u32,
    /// Called with the new number.
    pub on_change: Callback<u32>,
    /// The part of the test ids that names what is counted: `scale-up-NAME`.
    pub name: AttrValue,
}

/// The stepper.
#[component]
pub fn Stepper(props: &StepperProps) -> Html {
    let to = |value: Option<u32>| {
        let on_change = props.on_change.clone();
        move |_| {
            if let Some(value) = value {
                on_change.emit(value);
            }
        }
    };
    let less = props.value.checked_sub(1);
    let more = (props.value < props.most).then(|| props.value + 1);
    html! {
        <span class="stepper" role="group" aria-label={props.label.clone()}>
            <button type="button" aria-label={props.less.clone()} title={props.less.clone()} disabled={less.is_none()}
                onclick={to(less)} data-testid={format!("scale-down-{}", props.name)}>
                { small_icon(Icon::Minus) }
            </button>
            <output data-testid={format!("replicas-{}", props.name)}>{ props.value }</output>
            <button type="button" aria-label={props.more.clone()} title={props.more.clone()} disabled={more.is_none()}
                onclick={to(more)} data-testid={format!("scale-up-{}", props.name)}>
                { small_icon(Icon::Plus) }
            </button>
        </span>
    }
}
