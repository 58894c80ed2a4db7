//! A panel under a pointer or under the arrow keys: where it would come to stand. Draws nothing and does nothing; the
//! grid's rules are the core's.

use scrapeyard_core::lab::BoardDeed;
use scrapeyard_core::lab::board::{COLUMNS, Dashboard, Direction, GridPos, Panel, moved, neighbour, resized};
use web_sys::{Element, PointerEvent};

use crate::scale::scale;

/// The height of a row and the gap between two, as the sheet has them.
const ROW_PX: f64 = 30.0;
const GAP_PX: f64 = 8.0;
/// Near an end of the page it scrolls along, so many pixels at a time.
const EDGE_PX: f64 = 48.0;
const SCROLL_PX: f64 = 24.0;
/// The smallest panel that can be made by hand: below, nothing can be read.
pub const LEAST: (u32, u32) = (3, 4);

/// What a drag changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// Where the panel stands.
    Place,
    /// How large it is.
    Size,
}

/// A panel that is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drag {
    /// The panel's number.
    pub id: u32,
    grip: Grip,
    pointer: i32,
    start_px: (f64, f64),
    before: GridPos,
    column_px: f64,
    /// Where it would be let go.
    pub now: GridPos,
}

impl Drag {
    /// Begins one in a grid that is `grid_px` wide; `scrolled_px` is how far the page is scrolled.
    pub fn begin(panel: &Panel, grip: Grip, event: &PointerEvent, grid_px: f64, scrolled_px: f64) -> Self {
        let (x_px, y_px) = place(event);
        let start_px = (x_px, y_px + scrolled_px);
        let column_px = (grid_px + GAP_PX) / f64::from(COLUMNS);
        let pointer = event.pointer_id();
        Self { id: panel.id, grip, pointer, start_px, before: panel.grid, column_px, now: panel.grid }
    }

    /// Whether it is this pointer's.
    pub fn is_by(&self, event: &PointerEvent) -> bool {
        self.pointer == event.pointer_id()
    }

    /// The same after the pointer went on.
    #[must_use]
    pub fn to(self, x_px: f64, y_px: f64, scrolled_px: f64) -> Self {
        let columns = ((x_px - self.start_px.0) / self.column_px.max(1.0)).round() as i64;
        let rows = ((y_px + scrolled_px - self.start_px.1) / (ROW_PX + GAP_PX)).round() as i64;
        let from = self.before;
        let shifted = |value: u32, by: i64, least: u32| (i64::from(value) + by).max(i64::from(least)) as u32;
        let now = match self.grip {
            Grip::Place => GridPos {
                x: shifted(from.x, columns, 0).min(COLUMNS - from.w.min(COLUMNS)),
                y: shifted(from.y, rows, 0),
                ..from
            },
            Grip::Size => GridPos {
                w: shifted(from.w, columns, LEAST.0).min(COLUMNS - from.x),
                h: shifted(from.h, rows, LEAST.1),
                ..from
            },
        };
        Self { now, ..self }
    }

    /// The panels as they would stand were it let go now.
    pub fn preview(&self, board: &Dashboard) -> Vec<Panel> {
        match self.grip {
            Grip::Place => moved(&board.panels, self.id, self.now.x, self.now.y),
            Grip::Size => resized(&board.panels, self.id, self.now.w, self.now.h),
        }
    }

    /// What to do when it is let go; `None` where nothing would change.
    pub fn deed(&self, board: &Dashboard) -> Option<BoardDeed> {
        if self.preview(board) == board.panels {
            return None;
        }
        Some(match self.grip {
            Grip::Place => BoardDeed::Move(self.id, self.now.x, self.now.y),
            Grip::Size => BoardDeed::Resize(self.id, self.now.w, self.now.h),
        })
    }
}

/// Where a pointer is in the window, in CSS pixels of the page.
pub fn place(event: &PointerEvent) -> (f64, f64) {
    let scale = scale();
    (f64::from(event.client_x()) / scale, f64::from(event.client_y()) / scale)
}

/// Scrolls the page along where the pointer is near its end.
pub fn scroll_along(page: &Element, event: &PointerEvent) {
    let (edge, y_px) = (page.get_bounding_client_rect(), f64::from(event.client_y()));
    let by = if y_px < edge.top() + EDGE_PX {
        -SCROLL_PX
    } else if y_px > edge.bottom() - EDGE_PX {
        SCROLL_PX
    } else {
        return;
    };
    page.set_scroll_top(page.scroll_top() + by as i32);
}

/// What an arrow key does to a panel; with Shift it changes the size. `None` where there is no way.
pub fn deed_of_key(board: &Dashboard, id: u32, key: &str, shift: bool) -> Option<BoardDeed> {
    let grid = board.panel(id).ok()?.grid;
    if shift {
        let (w, h) = match key {
            "ArrowLeft" => (grid.w.saturating_sub(1), grid.h),
            "ArrowRight" => (grid.w + 1, grid.h),
            "ArrowUp" => (grid.w, grid.h.saturating_sub(1)),
            "ArrowDown" => (grid.w, grid.h + 1),
            _ => return None,
        };
        let fits = w >= LEAST.0.min(grid.w) && h >= LEAST.1.min(grid.h) && grid.x + w <= COLUMNS;
        return fits.then_some(BoardDeed::Resize(id, w, h));
    }
    let direction = match key {
        "ArrowLeft" => Direction::Left,
        "ArrowRight" => Direction::Right,
        "ArrowUp" => Direction::Up,
        "ArrowDown" => Direction::Down,
        _ => return None,
    };
    let (x, y) = neighbour(&board.panels, id, direction)?;
    Some(BoardDeed::Move(id, x, y))
}

/// Lets a panel change places with the one before or after it in the order in which a phone shows them.
pub fn deed_of_order(board: &Dashboard, id: u32, later: bool) -> Option<BoardDeed> {
    let place = board.panels.iter().position(|panel| panel.id == id)?;
    let other = if later { place + 1 } else { place.checked_sub(1)? };
    Some(BoardDeed::Swap(id, board.panels.get(other)?.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board() -> Dashboard {
        let mut board = Dashboard::default();
        for _ in 0..3 {
            board.add(&[]).unwrap();
        }
        board
    }

    #[test]
    fn keys_move_and_resize_within_the_board() {
        let board = board();
        let key = |id, key, shift| deed_of_key(&board, id, key, shift);
        assert_eq!(key(1, "ArrowDown", false), Some(BoardDeed::Move(1, 0, 8)));
        assert_eq!(key(1, "ArrowUp", false), None);
        assert_eq!(key(1, "ArrowRight", true), Some(BoardDeed::Resize(1, 13, 8)));
        assert_eq!(key(2, "ArrowRight", true), None);
        assert_eq!(key(1, "Enter", false), None);
        assert_eq!(key(9, "ArrowUp", false), None);
    }

    #[test]
    fn on_a_phone_neighbours_change_places() {
        let board = board();
        assert_eq!(deed_of_order(&board, 1, true), Some(BoardDeed::Swap(1, 2)));
        assert_eq!(deed_of_order(&board, 1, false), None);
        assert_eq!(deed_of_order(&board, 3, true), None);
    }
}
