//! The two languages and where their texts lie.

use unic_langid::LanguageIdentifier;
#[cfg(not(test))]
use wasm_bindgen::prelude::wasm_bindgen;
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

#[cfg(not(test))]
#[wasm_bindgen]
unsafe extern "C" {
    /// Defined by the boot script, which brings the first texts of one language before the app starts: those of Fluent's
    /// files of a language that a first view needs, one after the other. The others are there under `more-` and the tag.
    #[wasm_bindgen(js_name = scrapeyardTexts)]
    fn texts_of(tag: &str) -> Option<String>;
}

/// The words of all lessons in a language; none where they cannot be had.
pub fn words_of(language: Language) -> String {
    texts_of(&format!("lessons-{}", language.tag())).unwrap_or_default()
}

/// In native tests there is no boot script.
#[cfg(test)]
fn texts_of(tag: &str) -> Option<String> {
    /// As `xtask/src/bundle.rs` has them.
    const FIRST: [&str; 4] = ["chart.ftl", "query.ftl", "shell.ftl", "yard.ftl"];
    let (language, wants_first) = tag.strip_prefix("more-").map_or((tag, true), |language| (language, false));
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("texts").join(language);
    let files = std::fs::read_dir(folder).ok()?.flatten();
    let files = files.filter(|file| FIRST.iter().any(|first| file.file_name() == *first) == wants_first);
    Some(files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect::<Vec<_>>().join("\n"))
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

    /// The texts of a first view in Fluent's form; none where they cannot be had.
    pub(super) fn source(self) -> Option<String> {
        texts_of(self.tag())
    }

    /// All other texts; none where they cannot be had yet.
    pub(super) fn more(self) -> Option<String> {
        texts_of(&format!("more-{}", self.tag()))
    }
}
