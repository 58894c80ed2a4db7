//! Thresholds: the meaning of their colours, and the fields in which they are set.

use scrapeyard_core::lab::board::{ThresholdStep, Thresholds};
use yew::prelude::{Callback, Html, Properties, component, html};

use super::fields::{NumberField, choice_field};
use crate::shapes::{Icon, StateGlyph, small_icon};
use crate::texts::{Texts, use_texts};

/// What a colour says. A colour of a file may be any; here it is read for what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Not as it should be.
    Bad,
    /// A colour without a judgement.
    Plain,
}

impl Tone {
    const OFFERED: [Self; 4] = [Self::Good, Self::Warning, Self::Bad, Self::Plain];

    /// What Grafana's colour of that name says: `green`, `semi-dark-orange`, `super-light-red`.
    pub fn of(color: &str) -> Self {
        let family = color.rsplit('-').next().unwrap_or(color);
        match family {
            "green" => Self::Good,
            "yellow" | "orange" => Self::Warning,
            "red" => Self::Bad,
            _ => Self::Plain,
        }
    }

    /// The colour that is written for it.
    const fn color(self) -> &'static str {
        match self {
            Self::Good => "green",
            Self::Warning => "orange",
            Self::Bad => "red",
            Self::Plain => "blue",
        }
    }

    /// The name: a class of the sheet, and the end of its text's key.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
            Self::Plain => "plain",
        }
    }

    /// The shape that says the same; none where nothing is judged.
    pub const fn glyph(self) -> Option<StateGlyph> {
        match self {
            Self::Good => Some(StateGlyph::Good),
            Self::Warning => Some(StateGlyph::Remark),
            Self::Bad => Some(StateGlyph::Bad),
            Self::Plain => None,
        }
    }
}

/// See [`ThresholdsField`].
#[derive(PartialEq, Properties)]
pub struct ThresholdsFieldProps {
    /// The thresholds.
    pub thresholds: Thresholds,
    /// Called with others.
    pub on_change: Callback<Thresholds>,
}

/// The fields of the thresholds.
#[component]
pub fn ThresholdsField(props: &ThresholdsFieldProps) -> Html {
    let texts = use_texts();
    let change = |alter: Box<dyn Fn(&mut Thresholds)>| {
        let (thresholds, on_change) = (props.thresholds.clone(), props.on_change.clone());
        move || {
            let mut thresholds = thresholds.clone();
            alter(&mut thresholds);
            on_change.emit(thresholds);
        }
    };
    let add = change(Box::new(|thresholds| {
        let value = thresholds.steps.last().map_or(1.0, |last| last.value + last.value.abs().max(1.0));
        thresholds.steps.push(ThresholdStep { value, color: Tone::Bad.color().to_owned() });
        // A threshold that nobody sees would be no threshold.
        thresholds.are_drawn = true;
    }));
    let on_base = with_text(props, |thresholds, color| thresholds.base = color);
    html! {
        <fieldset class="build-thresholds">
            <legend>{ texts.say("build-thresholds") }</legend>
            <div class="build-threshold">
                <span class="mid small">{ texts.say("build-base") }</span>
                { tone_field(&texts, &props.thresholds.base, "build-base-tone", on_base) }
            </div>
            { for props.thresholds.steps.iter().enumerate().map(|(index, step)| row(props, &texts, index, step)) }
            <button type="button" class="btn quiet" onclick={move |_| add()} data-testid="build-threshold-add">
                { small_icon(Icon::Plus) }{ texts.say("build-threshold-add") }
            </button>
        </fieldset>
    }
}

/// A callback that changes the thresholds by a text.
fn with_text(
    props: &ThresholdsFieldProps,
    alter: impl Fn(&mut Thresholds, String) + 'static,
) -> Callback<String> {
    let (thresholds, on_change) = (props.thresholds.clone(), props.on_change.clone());
    Callback::from(move |text| {
        let mut thresholds = thresholds.clone();
        alter(&mut thresholds, text);
        on_change.emit(thresholds);
    })
}

fn row(props: &ThresholdsFieldProps, texts: &Texts, index: usize, step: &ThresholdStep) -> Html {
    let on_value = {
        let (thresholds, on_change) = (props.thresholds.clone(), props.on_change.clone());
        Callback::from(move |value: Option<f64>| {
            let mut thresholds = thresholds.clone();
            if let (Some(step), Some(value)) = (thresholds.steps.get_mut(index), value) {
                step.value = value;
                on_change.emit(thresholds);
            }
        })
    };
    let on_tone = with_text(props, move |thresholds, color| {
        if let Some(step) = thresholds.steps.get_mut(index) {
            step.color = color;
        }
    });
    let on_remove = with_text(props, move |thresholds, _| {
        if index < thresholds.steps.len() {
            thresholds.steps.remove(index);
        }
    });
    let remove = texts.say("build-threshold-remove");
    html! {
        <div class="build-threshold" key={index}>
            <NumberField label={texts.say("build-from")} value={Some(step.value)} on_change={on_value}
                test_id={format!("build-threshold-{index}")} />
            { tone_field(texts, &step.color, &format!("build-tone-{index}"), on_tone) }
            <button type="button" class="icon" aria-label={remove.clone()} title={remove}
                onclick={move |_| on_remove.emit(String::new())} data-testid={format!("build-threshold-remove-{index}")}>
                { small_icon(Icon::Close) }
            </button>
        </div>
    }
}

fn tone_field(texts: &Texts, color: &str, test_id: &str, on_choose: Callback<String>) -> Html {
    let mut options: Vec<(String, String)> = Tone::OFFERED
        .map(|tone| (tone.color().to_owned(), texts.say(&format!("build-tone-{}", tone.name()))))
        .to_vec();
    // A colour from a file keeps its name until another is chosen.
    if !options.iter().any(|(name, _)| name == color) {
        options.push((color.to_owned(), color.to_owned()));
    }
    choice_field(texts.say("build-means"), &options, color, test_id, on_choose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_says_what_its_family_says() {
        let tones =
            ["green", "semi-dark-orange", "super-light-red", "#e24d42", "text", "yellow"].map(Tone::of);
        let wanted = [Tone::Good, Tone::Warning, Tone::Bad, Tone::Plain, Tone::Plain, Tone::Warning];
        assert_eq!(tones, wanted);
        for tone in Tone::OFFERED {
            assert_eq!(Tone::of(tone.color()), tone);
        }
    }
}
