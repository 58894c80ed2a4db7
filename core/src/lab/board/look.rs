//! What a page can ask of the board besides the board itself: its file, and panels to begin with.

use crate::dashboard::{self, Dashboard};
use crate::lab::doors::Lab;
use crate::lab::problem::Problem;
use crate::lab::view::FileView;

/// The longest name of a file, in characters.
const MAX_NAME: usize = 40;

/// The board as a file to take along.
pub fn file(lab: &Lab) -> FileView {
    let board = &lab.state().board;
    FileView {
        name: format!("{}.json", file_name(&board.title)),
        bytes: dashboard::write(board).into_bytes(),
    }
}

/// A title as the name of a file: in characters that no system minds.
fn file_name(title: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    let name: String = title.chars().take(MAX_NAME).map(plain).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "board".to_owned() } else { name.to_owned() }
}

/// The panels that the scenario suggests to begin with, in that language: its file `board.LANGUAGE.json`; none where it
/// has no such file.
pub fn suggestions(lab: &Lab, language: &str) -> Result<Dashboard, Problem> {
    let name = format!("board.{language}.json");
    let Some(text) = lab.scenario().files.get(&name) else { return Ok(Dashboard::default()) };
    dashboard::read(text).map(|read| read.board).map_err(Problem::from)
}
