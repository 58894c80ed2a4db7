//! The fields of the builder: a text, a number that may be left to the chart, a choice of a few.

use scrapeyard_core::base::number::print_plain;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::{
    AttrValue, Callback, Event, Html, InputEvent, Properties, TargetCast, classes, component, html,
    use_effect_with, use_state,
};

use crate::texts::use_texts;

/// A text with its label.
pub fn text_field(
    label: String,
    value: &str,
    hint: Option<String>,
    test_id: &str,
    on_input: Callback<String>,
) -> Html {
    let heard = move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            on_input.emit(input.value());
        }
    };
    html! {
        <label class="build-field">
            <span>{ label }</span>
            <input type="text" value={value.to_owned()} placeholder={hint} spellcheck="false" autocomplete="off" oninput={heard}
                data-testid={test_id.to_owned()} />
        </label>
    }
}

/// A choice with its label. The options are names with what they are called.
pub fn choice_field(
    label: String,
    options: &[(String, String)],
    chosen: &str,
    test_id: &str,
    on_choose: Callback<String>,
) -> Html {
    let heard = move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            on_choose.emit(select.value());
        }
    };
    let option = |(name, called): &(String, String)| {
        html! { <option value={name.clone()} selected={name == chosen}>{ called }</option> }
    };
    html! {
        <label class="build-field">
            <span>{ label }</span>
            <span class="field"><select onchange={heard} data-testid={test_id.to_owned()}>{ for options.iter().map(option) }</select></span>
        </label>
    }
}

/// See [`NumberField`].
#[derive(PartialEq, Properties)]
pub struct NumberFieldProps {
    /// Its label.
    pub label: AttrValue,
    /// The number; `None` where it is left to the chart.
    pub value: Option<f64>,
    /// Called with another one.
    pub on_change: Callback<Option<f64>>,
    /// For tests.
    pub test_id: AttrValue,
}

/// A number. An empty field leaves it to the chart; what is no number is said and changes nothing.
#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let texts = use_texts();
    let printed = props.value.map(print_plain).unwrap_or_default();
    let text = use_state(|| printed.clone());
    let told = text.clone();
    use_effect_with(printed, move |printed| {
        // What was typed stays as it was typed where it is the same number.
        if read(&told) != read(printed) {
            told.set(printed.clone());
        }
    });
    let wrong = read(&text).is_none();
    let heard = {
        let (text, on_change) = (text.clone(), props.on_change.clone());
        move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(number) = read(&input.value()) {
                on_change.emit(number);
            }
            text.set(input.value());
        }
    };
    html! {
        <label class={classes!("build-field", wrong.then_some("wrong"))}>
            <span>{ props.label.clone() }</span>
            <input type="text" inputmode="decimal" value={(*text).clone()} placeholder={texts.say("automatic")} oninput={heard}
                aria-invalid={wrong.to_string()} autocomplete="off" data-testid={props.test_id.clone()} />
            if wrong { <span class="small bad">{ texts.say("build-not-a-number") }</span> }
        </label>
    }
}

/// The number of a text; `Some(None)` for an empty one, `None` for one that is no number.
fn read(text: &str) -> Option<Option<f64>> {
    let text = text.trim().replace('\u{2212}', "-");
    if text.is_empty() {
        return Some(None);
    }
    text.parse().ok().filter(|number: &f64| number.is_finite()).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_or_left_to_the_chart() {
        assert_eq!(read(" "), Some(None));
        assert_eq!(read("\u{2212}1.5 "), Some(Some(-1.5)));
        for odd in ["x", "NaN", "inf", "1,5"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
