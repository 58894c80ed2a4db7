//! Table, graph or explanation, range, end, step and store.

use std::rc::Rc;

use scrapeyard_core::base::duration;
use scrapeyard_core::base::time::Millis;
use scrapeyard_core::lab::StoreId;
use scrapeyard_core::lab::view::StoreView;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::{
    Callback, Event, Html, InputEvent, Properties, TargetCast, classes, component, html, use_state_eq,
};

use super::drawing::{Drawing, DrawingFields};
use super::settings::{End, LENGTHS, STEPS, Settings, Tab, parse_instant, print_instant};
use crate::controls::{Segment, Segments};
use crate::session::{use_session, use_settled};
use crate::texts::{Texts, use_texts};

/// See [`Controls`].
#[derive(PartialEq, Properties)]
pub struct ControlsProps {
    /// The settings.
    pub settings: Settings,
    /// The stores that can be asked.
    pub stores: Rc<Vec<StoreView>>,
    /// Called with other settings.
    pub on_change: Callback<Settings>,
}

/// The row of controls.
#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let texts = use_texts();
    let tabs = vec![
        Segment { label: texts.say("tab-table").into(), test_id: "tab-table".into() },
        Segment { label: texts.say("tab-graph").into(), test_id: "tab-graph".into() },
        Segment { label: texts.say("tab-explain").into(), test_id: "tab-explain".into() },
    ];
    let order = [Tab::Table, Tab::Graph, Tab::Explain];
    let on_tab = change(props, move |settings, index: usize| {
        settings.tab = order.get(index).copied().unwrap_or_default();
    });
    let chosen = order.iter().position(|tab| *tab == props.settings.tab).unwrap_or_default();
    let (graph, settled) = (props.settings.tab == Tab::Graph, use_settled());
    let is_live = props.settings.end == End::Live;
    let now = use_session().now();
    let on_live = change(props, move |settings, _: yew::MouseEvent| {
        settings.end = if settings.end == End::Live { End::At(now) } else { End::Live };
    });
    let on_drawing = change(props, |settings, drawing: Drawing| settings.drawing = drawing);
    html! {
        <div class="query-controls">
            <Segments label={texts.say("result-views")} segments={tabs} {chosen} on_choose={on_tab} />
            <span class="grow no-phone" />
            if graph { { length_field(props, &texts) } }
            <button type="button" class="toggle" aria-pressed={is_live.to_string()} onclick={on_live} data-testid="query-live">
                { texts.say("live") }
            </button>
            if !is_live { <EndField settings={props.settings.clone()} on_change={props.on_change.clone()} /> }
            if graph { { step_field(props, &texts) } }
            { store_field(props, &texts) }
            if graph && props.settings.store == StoreId::Pulled { { truth_toggle(props, &texts) } }
            if graph && settled { <DrawingFields drawing={props.settings.drawing} on_change={on_drawing} /> }
        </div>
    }
}

/// A callback that changes the settings by `alter`.
fn change<In: 'static>(props: &ControlsProps, alter: impl Fn(&mut Settings, In) + 'static) -> Callback<In> {
    let (settings, on_change) = (props.settings.clone(), props.on_change.clone());
    Callback::from(move |input| {
        let mut settings = settings.clone();
        alter(&mut settings, input);
        on_change.emit(settings);
    })
}

fn selected(event: &Event) -> Option<String> {
    event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value())
}

fn length_field(props: &ControlsProps, texts: &Texts) -> Html {
    let mut lengths: Vec<Millis> = LENGTHS.map(Millis::from_minutes).to_vec();
    if !lengths.contains(&props.settings.length) {
        lengths.push(props.settings.length);
    }
    let on_change = change(props, |settings, event: Event| {
        if let Some(length) = selected(&event).and_then(|text| duration::parse(&text).ok()) {
            settings.length = length;
        }
    });
    html! {
        <label class="field">
            { texts.say("range") }
            <select onchange={on_change} data-testid="query-range">
                { for lengths.into_iter().map(|length| option(&length.to_string(), &length.to_string(), length == props.settings.length)) }
            </select>
        </label>
    }
}

fn step_field(props: &ControlsProps, texts: &Texts) -> Html {
    let automatic = texts.with("step-automatic", &[("step", (&props.settings.step().to_string()).into())]);
    let on_change = change(props, |settings, event: Event| {
        settings.step = selected(&event).and_then(|text| duration::parse(&text).ok());
    });
    let steps = STEPS.into_iter().map(|seconds| {
        let step = Millis::from_secs(seconds);
        option(&step.to_string(), &step.to_string(), props.settings.step == Some(step))
    });
    html! {
        <label class="field">
            { texts.say("step-label") }
            <select onchange={on_change} data-testid="query-step">
                { option("", &if props.settings.step.is_none() { automatic } else { texts.say("automatic") }, props.settings.step.is_none()) }
                { for steps }
            </select>
        </label>
    }
}

fn store_field(props: &ControlsProps, texts: &Texts) -> Html {
    let stores = props.stores.clone();
    let on_change = change(props, move |settings, event: Event| {
        let Some(store) = selected(&event).and_then(|text| text.parse::<StoreId>().ok()) else { return };
        let view = stores.iter().find(|view| view.store == store);
        *settings =
            view.map_or_else(|| Settings { store, ..settings.clone() }, |view| looking_at(settings, view));
    });
    let known = props.stores.iter().map(|view| view.store.clone());
    let mut stores: Vec<StoreId> = known.collect();
    if !stores.contains(&props.settings.store) {
        stores.push(props.settings.store.clone());
    }
    html! {
        <label class="field">
            { texts.say("store") }
            <select onchange={on_change} data-testid="query-store">
                { for stores.iter().map(|store| option(&store.to_string(), &store_name(texts, store), *store == props.settings.store)) }
            </select>
        </label>
    }
}

/// The settings for another store: what was brought along is looked at where its samples are.
pub fn looking_at(settings: &Settings, view: &StoreView) -> Settings {
    let mut settings = Settings { store: view.store.clone(), ..settings.clone() };
    match (&view.store, view.spans) {
        (StoreId::Imported(_), Some((first, last))) => {
            let length = (last - first).0.clamp(60_000, 24 * 3_600_000);
            settings.end = End::At(last);
            settings.length = Millis((length + 59_999) / 60_000 * 60_000);
            if first == last {
                settings.tab = Tab::Table;
            }
        }
        (StoreId::Imported(_), None) => {}
        _ => settings.end = End::Live,
    }
    settings
}

/// A store's name in the reader's language.
pub fn store_name(texts: &Texts, store: &StoreId) -> String {
    match store {
        StoreId::Pulled => texts.say("store-pulled"),
        StoreId::Pushed => texts.say("store-pushed"),
        StoreId::Truth => texts.say("store-truth"),
        StoreId::Before => texts.say("store-before"),
        StoreId::Prometheus(name) | StoreId::Imported(name) => name.clone(),
    }
}

fn truth_toggle(props: &ControlsProps, texts: &Texts) -> Html {
    let on_press = change(props, |settings, _: yew::MouseEvent| settings.truth = !settings.truth);
    html! {
        <button type="button" class="toggle" aria-pressed={props.settings.truth.to_string()} onclick={on_press}
            title={texts.say("truth-hint")} data-testid="query-truth">
            <svg class="swatch-line" viewBox="0 0 22 10" aria-hidden="true">
                <path class="swatch-truth" d="M1 5h20" /><path class="swatch-truth-line" d="M1 5h20" />
            </svg>
            { texts.say("with-truth") }
        </button>
    }
}

fn option(value: &str, label: &str, selected: bool) -> Html {
    html! { <option value={value.to_owned()} {selected}>{ label }</option> }
}

#[derive(PartialEq, Properties)]
struct EndFieldProps {
    settings: Settings,
    on_change: Callback<Settings>,
}

/// The last instant, to be typed.
#[component]
fn EndField(props: &EndFieldProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let last = props.settings.last(session.now());
    // What cannot be read stays there to be mended; so does what is still being typed, while time runs.
    let unreadable = use_state_eq(|| None::<String>);
    let typed = use_state_eq(|| None::<String>);
    let on_type = {
        let typed = typed.clone();
        move |event: InputEvent| {
            typed.set(event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()))
        }
    };
    let on_change = {
        let (settings, on_change) = (props.settings.clone(), props.on_change.clone());
        let (unreadable, typed) = (unreadable.clone(), typed.clone());
        move |event: Event| {
            typed.set(None);
            let text =
                event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            match parse_instant(&text, last) {
                Some(at) => {
                    unreadable.set(None);
                    on_change.emit(Settings { end: End::At(at), ..settings.clone() });
                }
                None => unreadable.set(Some(text)),
            }
        }
    };
    let value = (*typed).clone().or_else(|| (*unreadable).clone()).unwrap_or_else(|| print_instant(last));
    html! {
        <label class={classes!("field", unreadable.is_some().then_some("invalid"))}>
            { texts.say("end") }
            <input class="mono end-field" type="text" {value} oninput={on_type} onchange={on_change} spellcheck="false"
                autocomplete="off" aria-invalid={unreadable.is_some().to_string()} data-testid="query-end" />
            if unreadable.is_some() {
                <span class="down" role="alert" data-testid="query-end-error">{ texts.say("end-unreadable") }</span>
            }
        </label>
    }
}
