//! Journeys: files of commands, waits and questions with what is said to them (`journey/*.txt`). Each is played in
//! strides of a second, in strides of 17 ms and in one jump; with the lab written down and restored between any two
//! blocks; and with its journal replayed from the beginning. All must say the same, the digest of the whole state
//! included. `tests/wasm` plays them in WebAssembly.

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::time::Millis;
use scrapeyard_core::lab::play::{Player, play_journey};
use scrapeyard_core::lab::{Problem, journal};

use crate::frame::{self, content, golden};

/// What happens to the lab between two blocks.
type Between = fn(&mut Player) -> Result<(), Problem>;

const WAYS: [(&str, Option<Millis>, Between); 5] = [
    ("jump", None, |_| Ok(())),
    ("stride-1s", Some(Millis::from_secs(1)), |_| Ok(())),
    ("stride-17ms", Some(Millis(17)), |_| Ok(())),
    ("restored", None, Player::restore),
    ("replayed", Some(Millis::from_secs(7)), Player::replay),
];

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("journey/golden-journal", golden_journal)];
    for path in frame::files("journey", "txt") {
        // Only the first way rewrites what is expected; the others are held against it.
        let ways = if golden::blessing() { &WAYS[..1] } else { &WAYS[..] };
        for (way, stride, between) in ways {
            let path = path.clone();
            let name = format!("{}/{way}", frame::short(&path));
            trials.push(Trial::test(name, move || run(&path, *stride, *between)));
        }
    }
    trials
}

fn run(path: &Path, stride: Option<Millis>, between: Between) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    golden::compare(path, &played(&text, stride, between)?)
}

fn played(text: &str, stride: Option<Millis>, between: Between) -> Result<String, Failed> {
    play_journey(text, stride, content::scenario, between)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into())
}

/// Behaviour cannot change without its version: the digest of one long journey is written beside the version.
fn golden_journal() -> Result<(), Failed> {
    let folder = frame::root().join("tests/journey/golden");
    let played = played(&std::fs::read_to_string(folder.join("journey.txt"))?, None, |_| Ok(()))?;
    let digest = played.lines().rfind(|line| !line.is_empty()).unwrap_or_default();
    let now = format!("behaviour {} gives {digest}", journal::BEHAVIOUR);
    let path = folder.join("behaviour.list");
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    if known.lines().any(|line| line == now) {
        return Ok(());
    }
    let version = format!("behaviour {} ", journal::BEHAVIOUR);
    if known.lines().any(|line| line.starts_with(&version)) {
        let said = format!(
            "the same commands give another yard than before ({now}). Raise BEHAVIOUR in core/src/lab/journal.rs, so \
             that journals written earlier say so, and run with BLESS=1"
        );
        return Err(said.into());
    }
    if !golden::blessing() {
        return Err(format!("no digest is known for this behaviour ({now}); BLESS=1 writes it").into());
    }
    Ok(std::fs::write(&path, format!("{known}{now}\n"))?)
}
