//! A container as a crate on its service's card. Pressing it opens its sheet.

use scrapeyard_core::lab::view::{ContainerState, ContainerView};
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::order::Kind;
use super::states::{glyph, vital, vitals, word};
use crate::shapes::{crate_glyph, engine_glyph, prometheus_glyph, state_glyph};
use crate::texts::use_texts;

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
    let label = texts.with("tile-label", &[("name", (&container.name).into()), ("state", (&state).into())]);
    let ip = container.ip.clone().unwrap_or_else(|| texts.say("no-address"));
    let inside = match props.room {
        Room::Wide => html! {
            <>
                { shape }
                <span class="tile-who"><span class="tile-name">{ &container.name }</span><span class="tile-ip">{ ip }</span></span>
                { state_glyph(glyph(container.state)) }
                <span class="tile-vital">{ vitals(&texts, container) }</span>
            </>
        },
        Room::Narrow => html! {
            <>
                <span class="tile-top">{ shape }{ state_glyph(glyph(container.state)) }</span>
                <span class="tile-name">{ short_name(&container.name) }</span>
                <span class="tile-ip">{ ip }</span>
                <span class="tile-vital">{ vital(&texts, container) }</span>
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
