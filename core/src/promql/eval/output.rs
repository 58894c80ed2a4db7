//! What a node hands to the node above: a scalar, an instant vector or windows, for the steps of one block.

use super::lanes::Lanes;
use super::value::weight;
use super::window::Windows;
use crate::model::labels::Labels;

/// A series of a node's result.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its labels; with delayed name removal still with the name it will lose.
    pub labels: Labels,
    /// Whether the name is removed at the very end (delayed name removal).
    pub drops_name: bool,
}

impl Row {
    /// A series that keeps its name.
    #[must_use]
    pub const fn new(labels: Labels) -> Self {
        Self { labels, drops_name: false }
    }
}

/// An instant vector at each step of the block.
///
/// The rows of a node only grow from block to block and never change their labels, so that the node above does its
/// work on labels once a series. A row may have no value at any step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector {
    /// The series.
    pub rows: Vec<Row>,
    /// A lane a row.
    pub lanes: Lanes,
}

impl Vector {
    /// Makes the rows those of `source`, each changed by `change`; rows made before stay.
    pub fn follow(&mut self, source: &[Row], change: impl Fn(&Row) -> Row) {
        for row in &source[self.rows.len()..] {
            self.rows.push(change(row));
        }
        for (own, from) in self.rows.iter_mut().zip(source) {
            own.drops_name = from.drops_name;
        }
    }

    /// How many samples the block has; a native histogram counts as several, those of a series as its first.
    #[must_use]
    pub fn samples(&self) -> u64 {
        let more = |row| {
            let mut histograms = self.lanes.lane(row).histograms();
            let first = histograms.next().map_or(0, |(_, first)| weight(&first.whole()) as u64 - 1);
            if first > 0 { first * (1 + histograms.count() as u64) } else { 0 }
        };
        self.lanes.count() + (0..self.lanes.rows()).map(more).sum::<u64>()
    }

    /// Moves the lanes of a child's vector here; the rows follow the child's.
    pub fn take_over(&mut self, from: &mut Self) {
        self.follow(&from.rows, Clone::clone);
        std::mem::swap(&mut from.lanes, &mut self.lanes);
    }
}

/// The result of a node for one block. Which part is filled follows from the type of the expression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// A scalar: one number a step.
    pub scalar: Vec<f64>,
    /// An instant vector.
    pub vector: Vector,
    /// A range vector.
    pub windows: Windows,
}
