//! Everything the page says, by key, in the reader's language (Project Fluent). Holds no text itself: the texts are in
//! `web/texts/`.

mod language;
mod numbers;

use std::cell::OnceCell;
use std::rc::Rc;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
pub use language::{Language, words_of};
pub use numbers::{age, bytes, rate, seconds, value_shown};
use yew::prelude::{hook, use_context};

/// The texts of one language.
pub struct Texts {
    language: Language,
    /// What a first view says.
    first: Bundle,
    /// All else, from the first time that a text is not among the first.
    more: OnceCell<Bundle>,
}

type Bundle = FluentBundle<FluentResource>;

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl Texts {
    /// The texts of a language.
    pub fn of(language: Language) -> Self {
        Self {
            language,
            first: bundle(language, language.source().unwrap_or_default()),
            more: OnceCell::new(),
        }
    }

    /// The language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The text under `key`.
    pub fn say(&self, key: &str) -> String {
        self.find(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// The text under `key` with its arguments filled in.
    pub fn with(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            values.set(*name, argument.value());
        }
        self.find(key, Some(&values)).unwrap_or_else(|| key.to_owned())
    }

    /// The text under `key`; `None` where there is none. For keys that are made of an error's code.
    pub fn find_one(&self, key: &str) -> Option<String> {
        self.find(key, None)
    }

    fn find(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        said(&self.first, key, arguments).or_else(|| said(self.more()?, key, arguments))
    }

    /// The texts that come later; `None` as long as they cannot be had.
    fn more(&self) -> Option<&Bundle> {
        if self.more.get().is_none() {
            let _ = self.more.set(bundle(self.language, self.language.more()?));
        }
        self.more.get()
    }
}

fn bundle(language: Language, source: String) -> Bundle {
    let mut bundle = FluentBundle::new(vec![language.identifier()]);
    // Marks of direction around arguments would travel along when a text is copied.
    bundle.set_use_isolating(false);
    // What cannot be read is left out and what could is kept; a test reads all.
    let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

fn said(bundle: &Bundle, key: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    Some(bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned())
}

/// Something that a text is filled with.
#[derive(Clone, Copy, Debug)]
pub enum Argument<'a> {
    /// A text, put in as it is.
    Text(&'a str),
    /// A whole number, which may choose the form of a plural.
    Number(u64),
}

impl Argument<'_> {
    fn value(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(*text),
            Self::Number(number) => FluentValue::from(*number),
        }
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Argument<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Argument<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<u32> for Argument<'_> {
    fn from(number: u32) -> Self {
        Self::Number(u64::from(number))
    }
}

/// The texts in the reader's language.
#[hook]
pub fn use_texts() -> Rc<Texts> {
    // The provider stands at the root; without it the page would speak its first language.
    use_context::<Rc<Texts>>().unwrap_or_else(|| Rc::new(Texts::of(Language::default())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Route;

    #[test]
    fn every_language_can_be_read_whole() {
        for language in Language::ALL {
            for (source, key) in
                [(language.source(), "yard-containers-down"), (language.more(), "board-range")]
            {
                let source = source.unwrap_or_default();
                assert!(source.contains(key), "{language:?} has texts");
                let read = FluentResource::try_new(source);
                assert!(read.is_ok(), "{language:?}: {:?}", read.map_err(|(_, errors)| errors).err());
            }
        }
    }

    #[test]
    fn the_other_texts_are_brought_when_the_first_of_them_is_said() {
        for language in Language::ALL {
            let texts = Texts::of(language);
            for route in Route::ALL {
                assert_ne!(texts.say(route.name()), route.name());
            }
            assert!(texts.more.get().is_none(), "{language:?}: the names of the pages are among the first");
            assert_ne!(texts.say("board-range"), "board-range");
            assert!(texts.more.get().is_some(), "{language:?}");
        }
    }

    #[test]
    fn arguments_are_filled_in_and_plurals_chosen() {
        let english = Texts::of(Language::English);
        assert_eq!(english.with("yard-containers-down", &[("count", 1_u64.into())]), "1 container down");
        assert_eq!(english.with("yard-containers-down", &[("count", 3_u64.into())]), "3 containers down");
        let korean = Texts::of(Language::Korean);
        assert!(korean.with("yard-containers-down", &[("count", 3_u64.into())]).contains('3'));
        assert_eq!(english.say("no-such-text"), "no-such-text");
    }
}
