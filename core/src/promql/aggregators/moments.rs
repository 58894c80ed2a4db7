//! `stddev` and `stdvar` of each group, of the whole population.

use super::Fold;
use crate::promql::eval::lanes::{Lane, Lanes};

/// Welford's method, without compensation, as Prometheus aggregates.
#[derive(Debug)]
pub struct Variance {
    is_deviation: bool,
    cells: Vec<Cell>,
    width: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Variance {
    /// The variance, or its square root.
    #[must_use]
    pub const fn new(is_deviation: bool) -> Self {
        Self { is_deviation, cells: Vec::new(), width: 0 }
    }
}

impl Fold for Variance {
    fn begin(&mut self, groups: usize, width: usize) {
        self.width = width;
        self.cells.clear();
        self.cells.resize(groups * width, Cell::default());
    }

    fn add(&mut self, group: usize, series: Lane<'_>, _out: &mut Lanes) {
        let cells = &mut self.cells[group * self.width..(group + 1) * self.width];
        for (step, value) in series.iter() {
            let cell = &mut cells[step];
            cell.count += 1.0;
            if cell.count == 1.0 {
                cell.mean = value;
                // What begins with no number stays none, even alone.
                cell.squares = if value.is_finite() { 0.0 } else { f64::NAN };
                continue;
            }
            let delta = value - cell.mean;
            cell.mean += delta / cell.count;
            cell.squares += delta * (value - cell.mean);
        }
    }

    fn finish(&mut self, out: &mut Lanes) {
        for group in 0..out.rows() {
            let mut lane = out.lane_mut(group);
            let cells = &self.cells[group * self.width..(group + 1) * self.width];
            for (step, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.count > 0.0) {
                let variance = cell.squares / cell.count;
                lane.set(step, if self.is_deviation { libm::sqrt(variance) } else { variance });
            }
        }
    }
}
