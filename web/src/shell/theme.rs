//! Light, dark, or as the system has it: an attribute of the root element that the tokens read.

use web_sys::window;

use crate::preferences::Preference;
use crate::shapes::Icon;

/// The theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All of them in the order in which the button goes through them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name, which is the attribute's value and the end of its text's key.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> Icon {
        match self {
            Self::System => Icon::System,
            Self::Light => Icon::Light,
            Self::Dark => Icon::Dark,
        }
    }

    /// The one after it.
    pub fn next(self) -> Self {
        let index = Self::ALL.iter().position(|theme| *theme == self).unwrap_or(0);
        Self::ALL[(index + 1) % Self::ALL.len()]
    }

    /// The one that was chosen before.
    pub fn remembered() -> Self {
        let name = Preference::Theme.read();
        Self::ALL.into_iter().find(|theme| Some(theme.name()) == name.as_deref()).unwrap_or_default()
    }

    /// Puts it on the root element and remembers it.
    pub fn apply(self) {
        let root =
            window().and_then(|window| window.document()).and_then(|document| document.document_element());
        let Some(root) = root else { return };
        if self == Self::System {
            let _ = root.remove_attribute("data-theme");
            Preference::Theme.forget();
        } else {
            let _ = root.set_attribute("data-theme", self.name());
            Preference::Theme.write(self.name());
        }
    }
}
