//! Journeys: files of lines to play, `----`, and what is said to them. The first line names the scenario:
//! `scenario NAME`, or `scenario NAME seed NUMBER`. Lines that begin with `#` are remarks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Player;
use crate::base::random::Seed;
use crate::base::time::Millis;
use crate::lab::problem::Problem;
use crate::lab::scenario::Scenario;
use crate::lab::words::Words;

/// The files of a scenario by name.
pub type Files = BTreeMap<String, String>;

/// Between the lines that are played and what is said to them.
const BORDER: &str = "----";

/// Plays a journey and gives its text with what was really said: the same text, where all went as expected.
/// `between` is called between two blocks; it may restore or replay the lab.
///
/// # Errors
/// When there is no such scenario, or the lab cannot go on.
pub fn play_journey(
    text: &str,
    stride: Option<Millis>,
    scenario: impl FnOnce(&str) -> Option<Files>,
    mut between: impl FnMut(&mut Player) -> Result<(), Problem>,
) -> Result<String, Vec<Problem>> {
    let one = |problem| vec![problem];
    let mut player: Option<Player> = None;
    let mut scenario = Some(scenario);
    let mut played = String::new();
    let mut said = String::new();
    let mut is_outcome = false;
    for line in text.lines() {
        if is_outcome {
            // What was expected is left out; what was said stands in its place.
            if line.is_empty() {
                is_outcome = false;
                played.push('\n');
                player.as_mut().map_or(Ok(()), &mut between).map_err(one)?;
            }
            continue;
        }
        played.push_str(line);
        played.push('\n');
        if line == BORDER {
            is_outcome = true;
            played.push_str(&std::mem::take(&mut said));
        } else if line.is_empty() || line.starts_with('#') {
        } else if let Some(player) = &mut player {
            said.push_str(&player.line(line));
        } else {
            let open = scenario.take().and_then(|scenario| opened(line, stride, scenario));
            player = Some(
                open.unwrap_or_else(|| Err(vec![Problem::new("no-scenario", "expected 'scenario NAME'")]))?,
            );
        }
    }
    Ok(played)
}

/// The player of the first line; `None` where it names no scenario.
fn opened(
    line: &str,
    stride: Option<Millis>,
    scenario: impl FnOnce(&str) -> Option<Files>,
) -> Option<Result<Player, Vec<Problem>>> {
    let mut words = Words::new(line);
    let mut word = || words.next_word("a word").ok().map(|word| word.text);
    if word()? != "scenario" {
        return None;
    }
    let name = word()?;
    let seed = match (word(), word()) {
        (Some(keyword), Some(number)) if keyword == "seed" => Some(Seed(number.parse().ok()?)),
        _ => None,
    };
    let files = scenario(&name)?;
    let read = Scenario::read(&name, files).map(Arc::new);
    Some(read.and_then(|read| Player::open(read, seed, stride).map_err(|problem| vec![problem])))
}
