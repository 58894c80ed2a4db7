//! A number with one less and one more. Shows what was asked for until the answer is there, so that no press is lost.

use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_force_update, use_mut_ref};

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
    /// The number in force.
    pub value: u32,
    /// The greatest number that can be reached.
    pub most: u32,
    /// Called with the new number, and with what is to be told whether it was accepted.
    pub on_change: Callback<(u32, Callback<bool>)>,
    /// The part of the test ids that names what is counted: `scale-up-NAME`.
    pub name: AttrValue,
}

/// The stepper.
#[component]
pub fn Stepper(props: &StepperProps) -> Html {
    let wanted = use_mut_ref(|| None::<u32>);
    let redraw = use_force_update();
    if *wanted.borrow() == Some(props.value) {
        wanted.replace(None);
    }
    let shown = wanted.borrow().unwrap_or(props.value);
    let step = |by: i64| {
        let (wanted, redraw, on_change) = (wanted.clone(), redraw.clone(), props.on_change.clone());
        let (value, most) = (props.value, props.most);
        move |_| {
            // Pressed again before anything was drawn, it goes on from what was asked for last.
            let from = wanted.borrow().unwrap_or(value);
            let to = i64::from(from).saturating_add(by).clamp(0, i64::from(most.max(from))) as u32;
            if to == from {
                return;
            }
            wanted.replace(Some(to));
            redraw.force_update();
            let (wanted, redraw) = (wanted.clone(), redraw.clone());
            on_change.emit((
                to,
                Callback::from(move |accepted: bool| {
                    if !accepted {
                        wanted.replace(None);
                        redraw.force_update();
                    }
                }),
            ));
        }
    };
    html! {
        <span class="stepper" role="group" aria-label={props.label.clone()}>
            <button type="button" aria-label={props.less.clone()} title={props.less.clone()} disabled={shown == 0}
                onclick={step(-1)} data-testid={format!("scale-down-{}", props.name)}>
                { small_icon(Icon::Minus) }
            </button>
            <output data-testid={format!("replicas-{}", props.name)}>{ shown }</output>
            <button type="button" aria-label={props.more.clone()} title={props.more.clone()} disabled={shown >= props.most}
                onclick={step(1)} data-testid={format!("scale-up-{}", props.name)}>
                { small_icon(Icon::Plus) }
            </button>
        </span>
    }
}
