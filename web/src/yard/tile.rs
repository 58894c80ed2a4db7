//! A container as a crate on its service's card. Pressing it opens its sheet.

use scrapeyard_core::lab::view::{ContainerState, ContainerView};
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::curves::{Curves, Foot, curve};
use super::order::Kind;
use super::states::{glyph, vital, word};
use crate::shapes::{Icon, crate_glyph, engine_glyph, prometheus_glyph, small_icon, state_glyph};
use crate::texts::{Texts, bytes, use_texts};

/// How much room a tile has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Alone on its card.
    Wide,
    /// Up to eight.
    Narrow,
    /// One of many: the crate alone.
    Bare,
}

/// See [`Tile`].
#[derive(PartialEq, Properties)]
pub struct TileProps {
    /// The container.
    pub container: ContainerView,
    /// What its service is.
    pub kind: Kind,
    /// How much room there is.
    pub room: Room,
    /// The last minutes of all containers.
    pub curves: Curves,
    /// Called with the container's name.
    pub on_open: Callback<AttrValue>,
}

/// The tile.
#[component]
pub fn Tile(props: &TileProps) -> Html {
    let texts = use_texts();
    let container = &props.container;
    let state = word(&texts, container.state);
    let crashed = container.state.is_crashed();
    let shape = match props.kind {
        Kind::Application | Kind::Outside => crate_glyph(container.state),
        Kind::Prometheus => prometheus_glyph(container.state == ContainerState::Running),
        Kind::Engine => engine_glyph(),
    };
    let on_open = {
        let (on_open, name) = (props.on_open.clone(), AttrValue::from(container.name.clone()));
        move |_| on_open.emit(name.clone())
    };
    let label = label(&texts, container, &state);
    let ip = container.ip.clone().unwrap_or_else(|| texts.say("no-address"));
    let inside = match props.room {
        Room::Wide => html! {
            <>
                { shape }
                <span class="tile-who"><span class="tile-name">{ &container.name }</span><span class="tile-ip">{ ip }</span></span>
                <span class="tile-state">{ restarts(container) }{ state_glyph(glyph(container.state)) }</span>
                { vitals(&texts, &props.curves, container, true) }
            </>
        },
        Room::Narrow => html! {
            <>
                <span class="tile-top">{ shape }<span class="tile-state">{ restarts(container) }{ state_glyph(glyph(container.state)) }</span></span>
                <span class="tile-name">{ short_name(&container.name) }</span>
                <span class="tile-ip">{ ip }</span>
                <span class="tile-vital">{ vital(&texts, container) }</span>
                { vitals(&texts, &props.curves, container, false) }
            </>
        },
        Room::Bare => shape,
    };
    let room = match props.room {
        Room::Wide => "wide",
        Room::Narrow => "narrow",
        Room::Bare => "bare",
    };
    html! {
        <button type="button" class={classes!("tile", room, crashed.then_some("crashed"))}
            title={label} onclick={on_open} data-anchor={format!("container:{}", container.name)}
            data-testid={format!("container-{}", container.name)} data-state={state_name(container.state)}
            aria-haspopup="dialog">
            { inside }
        </button>
    }
}

/// What the tile is called: name and state, and how often its process was started anew.
fn label(texts: &Texts, container: &ContainerView, state: &str) -> String {
    let name = ("name", (&container.name).into());
    match container.restarts {
        0 => texts.with("tile-label", &[name, ("state", state.into())]),
        count => texts.with(
            "tile-label-restarts",
            &[name, ("state", state.into()), ("count", u64::from(count).into())],
        ),
    }
}

/// How often its process was started anew, where it was.
fn restarts(container: &ContainerView) -> Html {
    match container.restarts {
        0 => Html::default(),
        count => {
            html! { <span class="tile-restarts" data-testid="restarts">{ small_icon(Icon::Restart) }{ count }</span> }
        }
    }
}

/// Processor and memory with their curves; a narrow tile has room for the curves alone. In its place the state where
/// nothing runs.
fn vitals(texts: &Texts, curves: &Curves, container: &ContainerView, is_wide: bool) -> Html {
    let runs = container.state == ContainerState::Running;
    if is_wide && !runs {
        return html! { <span class="tile-vital">{ word(texts, container.state) }</span> };
    }
    let empty = Default::default();
    let known = curves.of(&container.name).unwrap_or(&empty);
    let line = |key: &str, value: String, curve: Html| {
        html! {
            <span class="tile-curve">
                <span class="tile-what">{ texts.say(key) }</span>
                if is_wide { <span class="tile-number">{ value }</span> }
                { curve }
            </span>
        }
    };
    html! {
        <span class="tile-curves">
            { line("tile-cpu", format!("{:.2}", container.cpu_cores), curve("cpu", &known.cpu_cores, Foot::Zero, "")) }
            { line("tile-memory", bytes(container.memory_bytes), curve("memory", &known.memory_bytes, Foot::Least, "")) }
        </span>
    }
}

/// The number at the end of a container's name, which tells it from its siblings: `-2`.
fn short_name(name: &str) -> &str {
    name.rfind('-').map_or(name, |at| &name[at..])
}

/// The state as a bare word that no language changes, for tests.
const fn state_name(state: ContainerState) -> &'static str {
    match state {
        ContainerState::Created => "created",
        ContainerState::Starting => "starting",
        ContainerState::Restarting => "restarting",
        ContainerState::Running => "running",
        ContainerState::Paused => "paused",
        ContainerState::Stopping => "stopping",
        ContainerState::Exited { .. } => "exited",
    }
}
