//! What the page remembers of its reader between visits. Where the browser forbids storage it remembers nothing.

use web_sys::{Storage, window};

/// Something that is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// `ko` or `en`.
    Language,
    /// `light` or `dark`; nothing for the system's choice.
    Theme,
    /// `large`; nothing for the usual size.
    Size,
    /// Virtual seconds in a real one.
    Speed,
    /// `declined` by who wants no lesson to be offered.
    Invite,
    /// The expression in the editor.
    Expression,
    /// The lab that is opened next: its id in this browser, or what a fresh one begins with.
    Lab,
    /// The lab that is being opened, and by which page: still there where opening it ended that page.
    Opening,
    /// Up to when the lab's time had passed when the page was left.
    Reached,
    /// Who writes which lab, where the browser has no locks.
    Writer,
}

impl Preference {
    const fn key(self) -> &'static str {
        match self {
            Self::Language => "scrapeyard.language",
            Self::Theme => "scrapeyard.theme",
            Self::Size => "scrapeyard.size",
            Self::Speed => "scrapeyard.speed",
            Self::Invite => "scrapeyard.invite",
            Self::Expression => "scrapeyard.expression",
            Self::Lab => "scrapeyard.lab",
            Self::Opening => "scrapeyard.opening",
            Self::Reached => "scrapeyard.reached",
            Self::Writer => "scrapeyard.writer",
        }
    }

    /// What was remembered, if anything.
    pub fn read(self) -> Option<String> {
        storage()?.get_item(self.key()).ok()?
    }

    /// Remembers `value`.
    pub fn write(self, value: &str) {
        if let Some(storage) = storage() {
            // A full or forbidden storage loses a preference, nothing else.
            let _ = storage.set_item(self.key(), value);
        }
    }

    /// Forgets.
    pub fn forget(self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(self.key());
        }
    }

    /// What was remembered for this tab alone. A tab that is a double of another begins with what that one had.
    pub fn read_of_tab(self) -> Option<String> {
        tab_storage()?.get_item(self.key()).ok()?
    }

    /// Remembers `value` for this tab alone, for as long as it lives.
    pub fn write_of_tab(self, value: &str) {
        if let Some(storage) = tab_storage() {
            let _ = storage.set_item(self.key(), value);
        }
    }

    /// Forgets what was remembered for this tab alone.
    pub fn forget_of_tab(self) {
        if let Some(storage) = tab_storage() {
            let _ = storage.remove_item(self.key());
        }
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

fn tab_storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}
