//! What must be said about the saves above every page: work that is not kept, what a link brought, a newer page.

use scrapeyard_core::lab::Problem;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html};

use super::address;
use super::file::use_lab_file;
use super::labs_sheet::LabsSheet;
use super::naming::lab_name;
use super::offline::take_update;
use super::share_sheet::ShareSheet;
use super::view::{Arrived, Keeping, Saves, Shown, View, use_saves};
use crate::controls::StripLine;
use crate::shapes::{Icon, StateGlyph, small_icon};
use crate::texts::{Texts, use_texts};

/// See [`Strip`].
#[derive(PartialEq, Properties)]
struct LineProps {
    class: &'static str,
    glyph: StateGlyph,
    test_id: &'static str,
    text: String,
    #[prop_or_default]
    detail: Option<String>,
    /// A button with its text.
    #[prop_or_default]
    action: Option<(String, Callback<()>)>,
    #[prop_or_default]
    on_close: Option<Callback<()>>,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let texts = use_texts();
    let act = props.action.clone().map(|(label, act)| {
        html! {
            <button type="button" class="btn" onclick={move |_| act.emit(())} data-testid={format!("{}-act", props.test_id)}>{ label }</button>
        }
    });
    let close = props.on_close.clone().map(|close| {
        html! {
            <button type="button" class="icon" aria-label={texts.say("close")} onclick={move |_| close.emit(())}>
                { small_icon(Icon::Close) }
            </button>
        }
    });
    let detail = props.detail.clone().map(AttrValue::from);
    html! {
        <StripLine class={props.class} glyph={props.glyph} test_id={props.test_id} text={props.text.clone()} {detail}>
            { act }
            { close }
        </StripLine>
    }
}

/// The strips. Each stays until it is settled or closed.
#[component]
pub fn Strip() -> Html {
    let (texts, saves, hand_out) = (use_texts(), use_saves(), use_lab_file());
    html! {
        <div class="strips" role="status">
            { lost(&texts, &saves, hand_out) }
            { saves.view.arrived.as_ref().map(|arrived| brought(&texts, &saves, arrived)) }
            if saves.view.has_update { { update(&texts, &saves) } }
        </div>
    }
}

impl View {
    /// Whether there is anything for the strips to say.
    pub const fn has_strip(&self) -> bool {
        self.keeping.loses() || self.arrived.is_some() || self.has_update
    }
}

/// Work that is not kept, and what can be done about it.
fn lost(texts: &Texts, saves: &Saves, hand_out: Callback<Option<String>>) -> Html {
    let keeping = &saves.view.keeping;
    if !keeping.loses() {
        return Html::default();
    }
    let detail = match keeping {
        Keeping::Forbidden(words) if !words.is_empty() => Some(words.clone()),
        _ => None,
    };
    let action = if *keeping == Keeping::Elsewhere {
        let keeper = saves.keeper.clone();
        let own = lab_name(texts, &saves.view.name, saves.view.number);
        let name = texts.with("lab-copy-name", &[("name", (&own).into())]);
        let copy = Callback::from(move |()| {
            let (keeper, name) = (keeper.clone(), name.clone());
            spawn_local(async move { keeper.0.copy_here(name).await });
        });
        (texts.say("keep-a-copy"), copy)
    } else {
        (texts.say("save-as-file"), Callback::from(move |()| hand_out.emit(None)))
    };
    let text = texts.say(&format!("strip-{}", keeping.name()));
    html! { <Line class="warn" glyph={StateGlyph::Remark} test_id="not-kept" {text} {detail} action={Some(action)} /> }
}

fn brought(texts: &Texts, saves: &Saves, arrived: &Arrived) -> Html {
    let closing = saves.keeper.clone();
    let on_close = Some(Callback::from(move |()| closing.0.change(|view| view.arrived = None)));
    match arrived {
        Arrived::Lab(own) => {
            let keeper = saves.keeper.clone();
            let back = own
                .clone()
                .map(|own| (texts.say("back-to-own"), Callback::from(move |()| keeper.0.open_other(&own))));
            html! {
                <Line class="info" glyph={StateGlyph::Remark} test_id="arrived" text={texts.say("strip-arrived")} action={back} {on_close} />
            }
        }
        Arrived::Broken(problem) => {
            let detail = Some(Problem::to_string(problem));
            html! {
                <Line class="err" glyph={StateGlyph::Bad} test_id="link-broken" text={texts.say("strip-link-broken")} {detail} {on_close} />
            }
        }
    }
}

fn update(texts: &Texts, saves: &Saves) -> Html {
    let closing = saves.keeper.clone();
    let on_close = Some(Callback::from(move |()| closing.0.change(|view| view.has_update = false)));
    let take = (texts.say("take-update"), Callback::from(|()| take_update(address::reload)));
    html! {
        <Line class="info" glyph={StateGlyph::Remark} test_id="update" text={texts.say("strip-update")} action={Some(take)} {on_close} />
    }
}

/// The sheet that is open, if one is.
#[component]
pub fn SavesSheet() -> Html {
    let saves = use_saves();
    let on_close = {
        let saves = saves.clone();
        Callback::from(move |()| saves.show(None))
    };
    match saves.view.sheet {
        Some(Shown::Labs) => html! { <LabsSheet {on_close} /> },
        Some(Shown::Share) => html! { <ShareSheet {on_close} /> },
        None => Html::default(),
    }
}
