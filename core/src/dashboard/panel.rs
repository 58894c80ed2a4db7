//! A panel: what it is called, what it asks, how it shows it, where it stands.

use serde::{Deserialize, Serialize};

use super::grid::GridPos;
use super::legend::AUTOMATIC;

/// A panel of a board. The field's names are given where ours differ from those of the JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// Its number on the board, from 1; never given twice at a time.
    pub id: u32,
    /// What it draws.
    pub kind: PanelKind,
    /// What it is called; plain text.
    pub title: String,
    /// Where it stands.
    pub grid: GridPos,
    /// What it asks, in the order in which it is drawn.
    pub targets: Vec<Target>,
    /// The unit of its values, by Grafana's short name: `s`, `percentunit`, `reqps`; empty: none.
    pub unit: String,
    /// Digits behind the point; `None`: as many as tell values apart.
    pub decimals: Option<u8>,
    /// The lower end of the axis; `None`: as the values have it.
    pub min: Option<f64>,
    /// The upper end.
    pub max: Option<f64>,
    /// Values at which something changes.
    pub thresholds: Thresholds,
    /// Whether series lie upon one another.
    pub stacking: Stacking,
    /// How series are drawn over time.
    pub drawing: Drawing,
}

/// What a panel draws (`type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PanelKind {
    /// Values over time.
    #[default]
    Timeseries,
    /// The newest value, large.
    Stat,
    /// The newest value between two ends.
    Gauge,
    /// The newest values as bars.
    BarGauge,
    /// Buckets over time.
    Heatmap,
    /// The newest values as a table.
    Table,
}

impl PanelKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Timeseries, Self::Stat, Self::Gauge, Self::BarGauge, Self::Heatmap, Self::Table];

    /// The name in the file and in a command.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeseries => "timeseries",
            Self::Stat => "stat",
            Self::Gauge => "gauge",
            Self::BarGauge => "bargauge",
            Self::Heatmap => "heatmap",
            Self::Table => "table",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a new query of such a panel asks for one instant instead of a range.
    #[must_use]
    pub const fn asks_instant(self) -> bool {
        matches!(self, Self::Gauge | Self::BarGauge | Self::Table)
    }

    /// Columns and rows of a new panel.
    #[must_use]
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Stat | Self::Gauge => (6, 6),
            Self::Timeseries | Self::BarGauge | Self::Heatmap | Self::Table => (12, 8),
        }
    }
}

/// A query of a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its name in the panel (`refId`): `A`, `B`, …
    pub ref_id: String,
    /// Which store is asked (`datasource.uid`); a name that the lab knows.
    pub datasource: String,
    /// The PromQL expression.
    pub expr: String,
    /// What its series are called (`legendFormat`): a text with `{{label}}` in it, `__auto`, or empty.
    pub legend: String,
    /// Whether one instant is asked for instead of a range.
    pub instant: bool,
}

impl Target {
    /// The store that is asked where nothing else is said.
    pub const FIRST_DATASOURCE: &'static str = "pulled";

    /// An empty query of that name for a panel of that kind.
    #[must_use]
    pub fn new(ref_id: &str, kind: PanelKind) -> Self {
        Self {
            ref_id: ref_id.to_owned(),
            datasource: Self::FIRST_DATASOURCE.to_owned(),
            expr: String::new(),
            legend: AUTOMATIC.to_owned(),
            instant: kind.asks_instant(),
        }
    }
}

/// Values at which something changes, with colours by Grafana's names (`green`, `dark-orange`, `#e24d42`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// The colour below the first.
    pub base: String,
    /// The thresholds, rising.
    pub steps: Vec<ThresholdStep>,
    /// Whether a chart over time draws them as lines (`custom.thresholdsStyle`).
    pub are_drawn: bool,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { base: "green".to_owned(), steps: Vec::new(), are_drawn: false }
    }
}

impl Thresholds {
    /// The colour of a value: that of the greatest threshold at or below it.
    #[must_use]
    pub fn color(&self, value: f64) -> &str {
        self.steps.iter().rfind(|step| step.value <= value).map_or(&self.base, |step| &step.color)
    }
}

/// One threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThresholdStep {
    /// From this value on.
    pub value: f64,
    /// The colour.
    pub color: String,
}

/// Whether series lie upon one another (`custom.stacking.mode`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stacking {
    /// Each from zero.
    #[default]
    None,
    /// Upon one another.
    Normal,
    /// Upon one another, as shares of the sum.
    Percent,
}

impl Stacking {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::None, Self::Normal, Self::Percent];

    /// The name in the file and in a command.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Normal => "normal",
            Self::Percent => "percent",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stacking| stacking.name() == name)
    }
}

/// How series are drawn over time (`custom.drawStyle`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Drawing {
    /// Lines.
    #[default]
    Line,
    /// A bar a step.
    Bars,
}

impl Drawing {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Line, Self::Bars];

    /// The name in the file and in a command.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Bars => "bars",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|drawing| drawing.name() == name)
    }
}

impl Panel {
    /// An empty panel without a number, at the top left.
    #[must_use]
    pub fn new(kind: PanelKind) -> Self {
        let (w, h) = kind.size();
        Self {
            id: 0,
            kind,
            title: String::new(),
            grid: GridPos { x: 0, y: 0, w, h },
            targets: Vec::new(),
            unit: String::new(),
            decimals: None,
            min: None,
            max: None,
            thresholds: Thresholds::default(),
            stacking: Stacking::None,
            drawing: Drawing::Line,
        }
    }

    /// The first name that no query of the panel has: `A`, `B`, … `Z`, then `A1` and so on.
    #[must_use]
    pub fn free_ref_id(&self) -> String {
        let letters = (b'A'..=b'Z').map(|letter| char::from(letter).to_string());
        let further = (1_u32..).map(|number| format!("A{number}"));
        let is_free = |name: &String| self.targets.iter().all(|target| target.ref_id != *name);
        letters.chain(further).find(is_free).unwrap_or_default()
    }
}
