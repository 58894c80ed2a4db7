//! The two languages and where their texts lie.

use unic_langid::LanguageIdentifier;
use web_sys::window;

use crate::preferences::Preference;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 한국어.
    Korean,
    /// English.
    #[default]
    English,
}

macro_rules! sources {
    ($folder:literal) => {
        &[
            include_str!(concat!("../../texts/", $folder, "/shell.ftl")),
            include_str!(concat!("../../texts/", $folder, "/yard.ftl")),
            include_str!(concat!("../../texts/", $folder, "/targets.ftl")),
            include_str!(concat!("../../texts/", $folder, "/query.ftl")),
            include_str!(concat!("../../texts/", $folder, "/functions.ftl")),
            include_str!(concat!("../../texts/", $folder, "/problems.ftl")),
        ]
    };
}

impl Language {
    /// Both.
    #[cfg(test)]
    pub const ALL: [Self; 2] = [Self::Korean, Self::English];

    /// The tag, as `lang` and the address of a preference write it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Korean => Self::English,
            Self::English => Self::Korean,
        }
    }

    /// The language that was chosen before, else the browser's.
    pub fn preferred() -> Self {
        let chosen = Preference::Language.read();
        let browsers = || window().and_then(|window| window.navigator().language());
        match chosen.or_else(browsers) {
            Some(tag) if tag.starts_with("ko") => Self::Korean,
            _ => Self::English,
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }

    pub(super) const fn sources(self) -> &'static [&'static str] {
        match self {
            Self::Korean => sources!("ko"),
            Self::English => sources!("en"),
        }
    }
}
