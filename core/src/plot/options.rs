//! How a chart is drawn, as a reader or a panel of a board chooses it. Holds no data and draws nothing.

use super::unit::Unit;

/// The form of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A line a series.
    #[default]
    Lines,
    /// As lines, with the area beneath filled; meant for series that are stacked.
    Areas,
    /// A bar a step and series; stacked, or side by side.
    Bars,
    /// Buckets of a histogram over time, a column a step: classic series by their label `le`, or native histograms.
    /// Stacking and thresholds say nothing here.
    Heatmap,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Lines, Self::Areas, Self::Bars, Self::Heatmap];

    /// The name in files, commands and keys of texts: `lines`, `areas`, `bars`, `heatmap`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Areas => "areas",
            Self::Bars => "bars",
            Self::Heatmap => "heatmap",
        }
    }

    /// The kind of a [`Kind::name`].
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Whether series stand upon one another. Positive values are stacked upwards from zero, negative ones downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stacking {
    /// Each stands on zero.
    #[default]
    Off,
    /// Each stands on the ones before it: the head is the sum.
    Normal,
    /// As shares of the sum of each step; the axis goes to 100 %.
    Share,
}

impl Stacking {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Off, Self::Normal, Self::Share];

    /// The name, as Grafana's panels write it: `none`, `normal`, `percent`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "none",
            Self::Normal => "normal",
            Self::Share => "percent",
        }
    }

    /// The stacking of a [`Stacking::name`].
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stacking| stacking.name() == name)
    }
}

/// What a value from a threshold on means; it chooses the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Not as it should be.
    Bad,
}

/// A value from which on another judgement holds, up to the next threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// The value, in the unit of the series. `-inf` judges everything below the first other threshold and has no line.
    pub from: f64,
    /// What holds from it on.
    pub judgement: Judgement,
}

/// How thresholds are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThresholdStyle {
    /// Not at all.
    #[default]
    Off,
    /// A dashed line at each.
    Line,
    /// A tinted band from each to the next.
    Band,
    /// Both.
    LineAndBand,
}

impl ThresholdStyle {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Off, Self::Line, Self::Band, Self::LineAndBand];

    /// The name, as Grafana's panels write it: `off`, `line`, `area`, `line+area`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Line => "line",
            Self::Band => "area",
            Self::LineAndBand => "line+area",
        }
    }

    /// The style of a [`ThresholdStyle::name`]; Grafana's dashed forms are its plain ones here.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let plain = name.replace("dashed", "line");
        Self::ALL.into_iter().find(|style| style.name() == plain)
    }

    /// Whether there is a line at each threshold.
    #[must_use]
    pub const fn has_lines(self) -> bool {
        matches!(self, Self::Line | Self::LineAndBand)
    }

    /// Whether there is a band from each to the next.
    #[must_use]
    pub const fn has_bands(self) -> bool {
        matches!(self, Self::Band | Self::LineAndBand)
    }
}

/// A number that stands for all values of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// The last one.
    Last,
    /// The average of those that are numbers.
    Mean,
    /// The least.
    Least,
    /// The greatest.
    Greatest,
}

impl Summary {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Last, Self::Mean, Self::Least, Self::Greatest];

    /// The name, as Grafana's legends write it: `last`, `mean`, `min`, `max`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Mean => "mean",
            Self::Least => "min",
            Self::Greatest => "max",
        }
    }

    /// The summary of a [`Summary::name`].
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|summary| summary.name() == name)
    }
}

/// What stands under a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legend {
    /// Whether there is one.
    pub shown: bool,
    /// Its columns besides the value at the cursor (the last one where there is no cursor), in their order.
    pub summaries: Vec<Summary>,
}

impl Default for Legend {
    fn default() -> Self {
        Self { shown: true, summaries: Vec::new() }
    }
}

/// How a chart is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Its form.
    pub kind: Kind,
    /// The unit of its values, for axis, tooltip, legend and table.
    pub unit: Unit,
    /// Decimals of values in tooltip and legend; as many as are useful where it is `None`. At most 15 are shown.
    pub decimals: Option<u8>,
    /// Whether series are stacked. Lines are stacked as areas are.
    pub stacking: Stacking,
    /// Where the upright axis begins; chosen by itself where it is `None`, no number, or not below `greatest`.
    pub least: Option<f64>,
    /// Where it ends.
    pub greatest: Option<f64>,
    /// In any order; one that is no number says nothing.
    pub thresholds: Vec<Threshold>,
    /// How they are drawn.
    pub threshold_style: ThresholdStyle,
    /// What stands under the chart.
    pub legend: Legend,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_what_they_name() {
        assert!(Kind::ALL.into_iter().all(|kind| Kind::of_name(kind.name()) == Some(kind)));
        assert!(Stacking::ALL.into_iter().all(|one| Stacking::of_name(one.name()) == Some(one)));
        assert!(Summary::ALL.into_iter().all(|one| Summary::of_name(one.name()) == Some(one)));
        assert!(ThresholdStyle::ALL.into_iter().all(|one| ThresholdStyle::of_name(one.name()) == Some(one)));
        assert_eq!(ThresholdStyle::of_name("dashed+area"), Some(ThresholdStyle::LineAndBand));
        assert_eq!((Kind::of_name("pie"), Stacking::of_name("")), (None, None));
    }
}
