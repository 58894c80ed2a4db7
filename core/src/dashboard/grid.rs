//! Where panels stand: a grid of 24 columns in which nothing overlaps and everything floats up, as on Grafana's boards.
//! Knows nothing of what a panel shows.

use serde::{Deserialize, Serialize};

use super::limits::MAX_ROWS;
use super::panel::Panel;

/// The columns of a board.
pub const COLUMNS: u32 = 24;

/// A place in the grid (`gridPos`), in columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridPos {
    /// The first column, from 0.
    pub x: u32,
    /// The first row, from 0.
    pub y: u32,
    /// How many columns; at least one.
    pub w: u32,
    /// How many rows; at least one.
    pub h: u32,
}

/// Where a panel is moved by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// One column to the left.
    Left,
    /// One column to the right.
    Right,
    /// Above what it stands on.
    Up,
    /// Below what stands on it.
    Down,
}

impl GridPos {
    /// The same within the board: no column outside, no size of nothing.
    #[must_use]
    pub fn within(self) -> Self {
        let w = self.w.clamp(1, COLUMNS);
        // A row so far down that nothing can reach it keeps sums small; everything floats up anyway.
        const FARTHEST: u32 = 100_000;
        let (x, y) = (self.x.min(COLUMNS - w), self.y.min(FARTHEST));
        Self { x, y, w, h: self.h.clamp(1, MAX_ROWS) }
    }

    const fn bottom(self) -> u32 {
        self.y + self.h
    }

    /// Whether both have a column in common.
    const fn shares_columns(self, other: Self) -> bool {
        self.x < other.x + other.w && other.x < self.x + self.w
    }

    /// Whether both have a cell in common.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.shares_columns(other) && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// Lets every panel float up, those that stand higher first, and puts them in order.
pub fn settle(panels: &mut [Panel]) {
    panels.iter_mut().for_each(|panel| panel.grid = panel.grid.within());
    panels.sort_by_key(|panel| (panel.grid.y, panel.grid.x, panel.id));
    float(panels);
}

/// Lets every panel float up in the order in which they are given: each comes to stand on what was there before it.
fn float(panels: &mut [Panel]) {
    for index in 0..panels.len() {
        let own = panels[index].grid;
        let above = panels[..index].iter().map(|panel| panel.grid).filter(|other| own.shares_columns(*other));
        panels[index].grid.y = above.map(GridPos::bottom).max().unwrap_or(0);
    }
    panels.sort_by_key(|panel| (panel.grid.y, panel.grid.x, panel.id));
}

/// The panels after panel `id` was put at column `x` and row `y`. What it passed by more than half goes the other way;
/// what it hits goes beneath it. Nothing happens where there is no such panel.
#[must_use]
pub fn moved(panels: &[Panel], id: u32, x: u32, y: u32) -> Vec<Panel> {
    place(panels, id, |grid| GridPos { x, y, ..grid })
}

/// The panels after panel `id` became `w` columns wide and `h` rows high; what it hits goes beneath it.
#[must_use]
pub fn resized(panels: &[Panel], id: u32, w: u32, h: u32) -> Vec<Panel> {
    place(panels, id, |grid| GridPos { w: w.min(COLUMNS - grid.x), h, ..grid })
}

fn place(panels: &[Panel], id: u32, change: impl Fn(GridPos) -> GridPos) -> Vec<Panel> {
    let mut others = panels.to_vec();
    settle(&mut others);
    let Some(at) = others.iter().position(|panel| panel.id == id) else { return others };
    let mut own = others.remove(at);
    let before = own.grid;
    own.grid = change(before).within();
    let goes_beneath =
        |other: &Panel| own.grid.shares_columns(other.grid) && !goes_first(other.grid, before, own.grid);
    let index = others.iter().position(goes_beneath).unwrap_or(others.len());
    others.insert(index, own);
    float(&mut others);
    others
}

/// Whether `other` comes to stand above a panel that went from `before` to `now`. Going down it is the lower edge that
/// passes another panel's middle, else the upper one.
const fn goes_first(other: GridPos, before: GridPos, now: GridPos) -> bool {
    let middle_twice = 2 * other.y + other.h;
    let was_beneath = other.y >= before.bottom() && other.shares_columns(before);
    if was_beneath { 2 * now.bottom() >= middle_twice } else { 2 * now.y >= middle_twice }
}

/// Where panel `id` is to be put so that it moves by one step; `None` where there is no way.
#[must_use]
pub fn neighbour(panels: &[Panel], id: u32, direction: Direction) -> Option<(u32, u32)> {
    let own = panels.iter().find(|panel| panel.id == id)?.grid;
    let others = panels.iter().filter(|panel| panel.id != id).map(|panel| panel.grid);
    let mut in_the_way = others.filter(|other| own.shares_columns(*other));
    match direction {
        Direction::Left => Some((own.x.checked_sub(1)?, own.y)),
        Direction::Right => (own.x + own.w < COLUMNS).then_some((own.x + 1, own.y)),
        Direction::Up => {
            let above =
                in_the_way.filter(|other| other.bottom() <= own.y).max_by_key(|other| other.bottom())?;
            Some((own.x, above.y))
        }
        Direction::Down => {
            let below = in_the_way.find(|other| other.y >= own.bottom())?;
            Some((own.x, below.bottom().saturating_sub(own.h)))
        }
    }
}

/// The place in which a new panel of that size stands highest, then leftmost.
#[must_use]
pub fn free_place(panels: &[Panel], (w, h): (u32, u32)) -> GridPos {
    let size = GridPos { x: 0, y: 0, w, h }.within();
    let standing = |x: u32| {
        let own = GridPos { x, ..size };
        let beneath = panels.iter().map(|panel| panel.grid).filter(|other| own.shares_columns(*other));
        GridPos { y: beneath.map(GridPos::bottom).max().unwrap_or(0), ..own }
    };
    (0..=COLUMNS - size.w).map(standing).min_by_key(|place| (place.y, place.x)).unwrap_or(size)
}
