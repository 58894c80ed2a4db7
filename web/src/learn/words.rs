//! The words of the lessons in the reader's language, as they were bundled: all files one after the other, each under
//! a line with its name.

use std::rc::Rc;

use scrapeyard_core::lab::course::Story;
use yew::prelude::{hook, use_memo};

use crate::texts::{use_texts, words_of};

/// What the line above each file begins with; behind it `SCENARIO/LESSON`.
const HEAD: &str = "%% ";

/// The words of a lesson of the present scenario.
#[hook]
pub fn use_story(lesson: &str) -> Rc<Story> {
    let language = use_texts().language();
    use_memo((language, lesson.to_owned()), |(language, lesson)| {
        let all = words_of(*language);
        cut(&all, lesson).map(Story::read).unwrap_or_default()
    })
}

/// The file of a lesson within all files.
fn cut<'a>(all: &'a str, lesson: &str) -> Option<&'a str> {
    let mut files = all.split(HEAD).skip(1);
    files.find_map(|file| {
        let (name, text) = file.split_once('\n')?;
        (name.rsplit('/').next() == Some(lesson)).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lesson_has_its_own_words() {
        let all = "%% gallery/one\n# One\n50 % more\n%% gallery/two\n# Two\n";
        assert_eq!(cut(all, "one"), Some("# One\n50 % more\n"));
        assert_eq!(cut(all, "two"), Some("# Two\n"));
        assert_eq!(cut(all, "three"), None);
    }
}
