//! The learner's board: what can be done to it, as lines of a journal, and what a page can ask of it. The model and its
//! rules are the dashboard's.

mod act;
mod grammar;
mod line;
mod look;

use serde::{Deserialize, Serialize};

use super::problem::Problem;
use crate::base::time::Millis;
use crate::dashboard::{Fault, Setting};

pub use crate::dashboard::{
    AUTOMATIC, COLUMNS, Dashboard, Direction, Drawing, GridPos, MAX_PANELS, MAX_TARGETS, Namer, Panel,
    PanelKind, Stacking, Target, ThresholdStep, Thresholds, changes, moved, neighbour, resized, steps_over,
};
pub(super) use grammar::parse;
pub(super) use look::{file, suggestions};

/// What is done to the board. Each is one line, `board VERB …`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BoardDeed {
    /// `board add SETTINGS`: a new panel, where there is room.
    Add(Vec<Setting>),
    /// `board set PANEL SETTINGS`: changes a panel.
    Set(u32, Vec<Setting>),
    /// `board move PANEL COLUMN ROW`
    Move(u32, u32, u32),
    /// `board resize PANEL COLUMNS ROWS`
    Resize(u32, u32, u32),
    /// `board swap PANEL PANEL`: both change places, sizes included.
    Swap(u32, u32),
    /// `board duplicate PANEL`
    Duplicate(u32),
    /// `board remove PANEL`
    Remove(u32),
    /// `board title TEXT`
    Title(String),
    /// `board range LENGTH`: how much time the charts show.
    Range(Millis),
    /// `board refresh LENGTH` and `board refresh off`: how often the charts are asked again.
    Refresh(Option<Millis>),
    /// `board import TEXT`: another board in place of this one, from Grafana's classic JSON.
    Import(String),
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::new(fault.code, fault.text).at(fault.place)
    }
}
