//! A chart in words, for those who do not see it.

use scrapeyard_core::plot::{Pointer, nearest_lines};

use super::answered::Picked;
use super::canvas::Drawn;
use super::lines::Lines;
use crate::session::time_of_day;
use crate::texts::Texts;

/// The chart in a sentence: how many lines, over which time, between which values, with how many gaps.
pub fn sentence(texts: &Texts, lines: &Lines) -> String {
    let (from, to) = (time_of_day(lines.from), time_of_day(lines.to));
    if let Some(heat) = &lines.heat {
        let greatest = lines.options.unit.shown(heat.greatest(), lines.options.decimals);
        return texts.with(
            "heatmap-sentence",
            &[
                ("rows", heat.rows().into()),
                ("from", (&from).into()),
                ("to", (&to).into()),
                ("greatest", (&greatest).into()),
            ],
        );
    }
    let steps: Vec<_> = lines.own().filter_map(|line| line.steps()).collect();
    let extents = steps.iter().filter_map(|steps| steps.extent());
    let Some((least, greatest)) = extents.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))) else {
        return texts.say("chart-empty");
    };
    let gaps: usize = steps.iter().map(|steps| steps.gaps()).sum();
    texts.with(
        "chart-sentence",
        &[
            ("count", steps.len().into()),
            ("from", (&from).into()),
            ("to", (&to).into()),
            ("least", (&lines.shown(least)).into()),
            ("greatest", (&lines.shown(greatest)).into()),
            ("gaps", gaps.into()),
        ],
    )
}

/// What the cursor points at: the instant and the nearest series with its value.
pub fn pointed(texts: &Texts, drawn: &Drawn, pointer: Pointer) -> String {
    let time = time_of_day(pointer.at);
    let rows = rows(drawn, pointer);
    let Some(row) = rows.first() else { return time };
    let value = row.value.clone().unwrap_or_else(|| texts.say("no-data"));
    format!("{time}, {} {value}", row.name)
}

/// The value nearest to the pointer; none on a heatmap, whose cells are of no single series.
pub fn picked(drawn: &Drawn, pointer: Pointer) -> Option<Picked> {
    let lines = &drawn.lines;
    if lines.heat.is_some() {
        return None;
    }
    let nearest = nearest_lines(&drawn.chart(), &drawn.frame, pointer);
    let line = nearest
        .into_iter()
        .find_map(|index| lines.lines.get(index).filter(|line| line.value(Some(pointer.at)).is_some()))?;
    let value = line.value(Some(pointer.at)).map(|value| lines.shown(value));
    Some(Picked { at: pointer.at, labels: line.labels()?.clone(), value })
}

/// A line of what the cursor points at.
pub struct Row {
    /// Which hue, where it is a series'.
    pub hue: Option<usize>,
    /// What it is called.
    pub name: String,
    /// Its value in the chart's unit; `None` where there is none.
    pub value: Option<String>,
}

/// What the cursor points at: series, the nearest first, or the buckets of the instant that hold anything.
pub fn rows(drawn: &Drawn, pointer: Pointer) -> Vec<Row> {
    let lines = &drawn.lines;
    if let Some(heat) = &lines.heat {
        let Some(counts) = heat.index_near(pointer.at).and_then(|index| heat.column(index)) else {
            return Vec::new();
        };
        let pointed = pointer.y_px.and_then(|y_px| drawn.frame.row(y_px));
        let mut filled: Vec<usize> =
            (0..counts.len()).rev().filter(|row| counts[*row] > 0.0 || pointed == Some(*row)).collect();
        if let Some(pointed) = pointed {
            filled.sort_by_key(|row| row.abs_diff(pointed));
        }
        let bound = |row: usize| lines.shown(heat.bounds[row]);
        let row = |row: usize| Row {
            hue: None,
            name: format!("{} – {}", bound(row), bound(row + 1)),
            value: Some(scrapeyard_core::plot::Unit::None.shown(counts[row], None)),
        };
        return filled.into_iter().map(row).collect();
    }
    let chart = drawn.chart();
    let nearest = nearest_lines(&chart, &drawn.frame, pointer);
    let row = |index: usize| {
        let line = lines.lines.get(index)?;
        let value = line.value(Some(pointer.at)).map(|value| lines.shown(value));
        Some(Row { hue: Some(line.hue), name: line.telling.clone(), value })
    };
    nearest.into_iter().filter_map(row).collect()
}
