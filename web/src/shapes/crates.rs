//! Containers as crates: the state is in the shape of lid, brace and outline.

use scrapeyard_core::lab::view::ContainerState;
use yew::prelude::{Html, html};

const BODY: (&str, &str, &str, &str) = ("3.2", "4.2", "17.6", "15.6");

fn body(class: &'static str, dashes: Option<&'static str>) -> Html {
    let (x, y, width, height) = BODY;
    html! {
        <rect {class} {x} {y} {width} {height} rx="1.8" stroke-width="1.5" stroke-dasharray={dashes} />
    }
}

fn slats(class: &'static str) -> Html {
    html! { <path {class} d="M3.200 8h17.600M3.200 16h17.600" stroke-width="1.2" /> }
}

/// The crate of a container's state.
pub fn crate_glyph(state: ContainerState) -> Html {
    let inside = match state {
        ContainerState::Created => html! { <>{ body("crate-open", None) }{ slats("crate-line") }</> },
        ContainerState::Starting => html! {
            <>
                <path class="crate-line" d="M3.500 6.500 20 2.800" stroke-width="1.5" />
                <path class="crate-filled" stroke-width="1.5"
                    d="M3.200 9h17.600v9a1.800 1.800 0 0 1-1.800 1.800H5A1.800 1.800 0 0 1 3.200 18z" />
                <path class="crate-line" d="M3.200 16h17.600" stroke-width="1.2" />
            </>
        },
        ContainerState::Restarting => html! {
            <>
                { body("crate-filled", None) }
                <path class="crate-line" d="M15.500 9.500A4.300 4.300 0 1 0 16.300 12.500M16 7v3h-3" stroke-width="1.6"
                    stroke-linecap="round" />
            </>
        },
        ContainerState::Running => html! {
            <>
                { body("crate-filled", None) }{ slats("crate-line") }
                <path class="crate-line" d="M5 15.500 19 8.500" stroke-width="1.5" />
            </>
        },
        ContainerState::Paused => html! {
            <>
                { body("crate-filled", None) }{ slats("crate-line") }
                <path class="crate-line" d="M10 9.800v4.400M14 9.800v4.400" stroke-width="2" />
            </>
        },
        ContainerState::Stopping => html! {
            <>
                { body("crate-filled", Some("2.5 2")) }{ slats("crate-line") }
                <path class="crate-line" d="M9.500 9.500h5v5h-5z" stroke-width="1.5" />
            </>
        },
        ContainerState::Exited { .. } if !state.is_crashed() => body("crate-empty", Some("2.5 2")),
        ContainerState::Exited { .. } => html! {
            <>
                { body("crate-broken", None) }{ slats("crate-crack") }
                <path class="crate-crack" d="M5 15.500 19 8.500M5 8.500l14 7" stroke-width="1.5" />
            </>
        },
    };
    html! { <svg class="crate" viewBox="0 0 24 24" aria-hidden="true">{ inside }</svg> }
}

/// The crate of a Prometheus: bars on blue.
pub fn prometheus_glyph(running: bool) -> Html {
    let dashes = (!running).then_some("2.5 2");
    html! {
        <svg class="crate" viewBox="0 0 24 24" aria-hidden="true">
            { body("crate-pull", dashes) }
            <path class="crate-bars" d="M7 15.500v-3M10.300 15.500V9M13.700 15.500v-4.500M17 15.500V8" />
        </svg>
    }
}

/// A machine that is no container: the Docker engine on its host.
pub fn engine_glyph() -> Html {
    html! {
        <svg class="crate" viewBox="0 0 24 24" aria-hidden="true">
            { body("crate-host", None) }
            <path class="crate-host-line" d="M3.200 12h17.600M6.500 8.200h.1M6.500 15.900h.1" />
        </svg>
    }
}
