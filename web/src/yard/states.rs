//! The words and glyphs of a container's state.

use scrapeyard_core::lab::view::{ContainerState, ContainerView};

use crate::shapes::StateGlyph;
use crate::texts::{Texts, rate};

/// The state in a word: `running`, `exited (137)`.
pub fn word(texts: &Texts, state: ContainerState) -> String {
    match state {
        ContainerState::Created => texts.say("state-created"),
        ContainerState::Starting => texts.say("state-starting"),
        ContainerState::Restarting => texts.say("state-restarting"),
        ContainerState::Running => texts.say("state-running"),
        ContainerState::Paused => texts.say("state-paused"),
        ContainerState::Stopping => texts.say("state-stopping"),
        ContainerState::Exited { code, .. } => {
            texts.with("state-exited", &[("code", (&code.to_string()).into())])
        }
    }
}

/// The glyph beside the word.
pub const fn glyph(state: ContainerState) -> StateGlyph {
    match state {
        ContainerState::Running => StateGlyph::Good,
        ContainerState::Exited { .. } if state.is_crashed() => StateGlyph::Bad,
        _ => StateGlyph::Unknown,
    }
}

/// What a tile says at its foot: requests where it serves, else its state.
pub fn vital(texts: &Texts, container: &ContainerView) -> String {
    if container.state != ContainerState::Running {
        return word(texts, container.state);
    }
    texts.with("per-second", &[("rate", (&rate(container.requests_per_second)).into())])
}
