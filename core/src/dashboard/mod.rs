//! Layer 5: a board of charts as Grafana's classic model has it: panels with queries, units and thresholds, in a grid
//! of 24 columns. Asks no query and draws nothing; knows no lab.

mod change;
mod classic;
mod edit;
mod fault;
mod grid;
#[cfg(test)]
mod grid_tests;
mod interval;
mod legend;
mod limits;
mod panel;

use serde::{Deserialize, Serialize};

pub use change::{Setting, changes};
pub use classic::{Read, read, write};
pub use fault::Fault;
pub use grid::{COLUMNS, Direction, GridPos, moved, neighbour, resized, settle};
pub use interval::steps_over;
pub use legend::{AUTOMATIC, Namer};
pub use limits::{MAX_FILE_BYTES, MAX_PANELS, MAX_TARGETS};
pub use panel::{Drawing, Panel, PanelKind, Stacking, Target, ThresholdStep, Thresholds};

use crate::base::time::Millis;

/// A board: what Grafana calls a dashboard, without variables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    /// What it is called; empty where nobody named it.
    pub title: String,
    /// The panels, top to bottom and left to right. No two overlap, and none could stand higher.
    pub panels: Vec<Panel>,
    /// How much time the charts show, up to the present; above zero.
    pub range: Millis,
    /// How often the charts are asked again, in virtual time; `None`: by hand.
    pub refresh: Option<Millis>,
}

impl Default for Dashboard {
    fn default() -> Self {
        Self {
            title: String::new(),
            panels: Vec::new(),
            range: Millis::from_minutes(15),
            refresh: Some(Millis::from_secs(5)),
        }
    }
}

impl Dashboard {
    /// The panel of that number.
    ///
    /// # Errors
    /// When there is none.
    pub fn panel(&self, id: u32) -> Result<&Panel, Fault> {
        self.panels.iter().find(|panel| panel.id == id).ok_or_else(|| no_such_panel(id))
    }

    /// Whether nothing was done to it yet.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }
}

fn no_such_panel(id: u32) -> Fault {
    Fault::new("no-such-panel", format!("no such panel: {id}"))
}
