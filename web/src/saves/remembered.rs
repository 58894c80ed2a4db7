//! Which lab is opened next. A tab goes on with the lab that it had, whatever others do meanwhile; a new tab begins with
//! the lab that any of them took up last.

use super::database::Fault;
use crate::preferences::Preference;

/// Before the scenario and the seed of a lab that is to begin afresh, in the place of an id.
const FRESH: &str = "new/";

/// What is remembered for a fresh lab of a scenario.
pub fn fresh_of(scenario: &str, seed: Option<u64>) -> String {
    format!("{FRESH}{scenario}/{}", seed.map(|seed| seed.to_string()).unwrap_or_default())
}

/// The scenario and the seed of what [`fresh_of`] made.
pub fn fresh_from(remembered: &str) -> Option<(String, Option<u64>)> {
    let (scenario, seed) = remembered.strip_prefix(FRESH)?.rsplit_once('/')?;
    Some((scenario.to_owned(), seed.parse().ok()))
}

/// What is opened next: the id of a lab, or what [`fresh_of`] made.
pub fn remembered() -> Option<String> {
    Preference::Lab.read_of_tab().or_else(|| Preference::Lab.read())
}

/// Remembers what is opened next, in this tab and in a new one.
///
/// # Errors
/// When the browser remembers nothing.
pub fn remember(id: &str) -> Result<(), Fault> {
    Preference::Lab.write_of_tab(id);
    Preference::Lab.write(id);
    let is_kept = Preference::Lab.read().is_some_and(|kept| kept == id);
    if is_kept { Ok(()) } else { Err(Fault::Forbidden("localStorage".to_owned())) }
}

/// Goes on with this lab in this tab; what a new one begins with stays.
pub fn stay_with(id: &str) {
    Preference::Lab.write_of_tab(id);
}

/// Forgets a lab that is not here any more.
pub fn forget(id: &str) {
    Preference::Lab.forget_of_tab();
    if Preference::Lab.read().is_some_and(|kept| kept == id) {
        Preference::Lab.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_lab_is_remembered_by_what_it_begins_with() {
        for (scenario, seed) in [("image-gallery", Some(7)), ("a/b", None)] {
            assert_eq!(fresh_from(&fresh_of(scenario, seed)), Some((scenario.to_owned(), seed)));
        }
        assert_eq!(fresh_from("00ff00ff00ff00ff"), None);
    }
}
