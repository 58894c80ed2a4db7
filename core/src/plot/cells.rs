//! Charts as text: a plotters backend that marks character cells, for golden tests and terminals. Has no colours; each
//! kind of stroke has its character.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::SUBPIXELS;

/// The width of a cell in CSS pixels.
pub const CELL_WIDTH_PX: u32 = 8;
/// The height of a cell in CSS pixels.
pub const CELL_HEIGHT_PX: u32 = 16;

/// A surface of character cells.
#[derive(Clone, Debug)]
pub struct Cells {
    columns: usize,
    cells: Vec<char>,
    marks: Vec<((u8, u8, u8), char)>,
}

impl Cells {
    /// An empty surface. `marks` names the character for strokes of a colour; other colours are not drawn.
    #[must_use]
    pub fn new(columns: usize, rows: usize, marks: Vec<((u8, u8, u8), char)>) -> Self {
        Self { columns, cells: vec![' '; columns * rows], marks }
    }

    /// The rows as lines, without blanks at their ends.
    #[must_use]
    pub fn to_text(&self) -> String {
        let row = |cells: &[char]| {
            let line: String = cells.iter().collect();
            format!("{}\n", line.trim_end())
        };
        self.cells.chunks(self.columns.max(1)).map(row).collect()
    }

    fn cell(&self, at: BackendCoord) -> (i32, i32) {
        (
            at.0.div_euclid(CELL_WIDTH_PX as i32 * SUBPIXELS),
            at.1.div_euclid(CELL_HEIGHT_PX as i32 * SUBPIXELS),
        )
    }

    fn set(&mut self, column: i32, row: i32, mark: char) {
        let (Ok(column), Ok(row)) = (usize::try_from(column), usize::try_from(row)) else { return };
        if column < self.columns
            && let Some(cell) = self.cells.get_mut(row * self.columns + column)
        {
            *cell = mark;
        }
    }

    fn mark(&self, color: BackendColor) -> Option<char> {
        (color.alpha > 0.0)
            .then(|| self.marks.iter().find(|(rgb, _)| *rgb == color.rgb))?
            .map(|(_, mark)| *mark)
    }

    /// Marks the cells that a straight stroke passes, one for each step of a quarter cell.
    fn stroke(&mut self, from: BackendCoord, to: BackendCoord, mark: char) {
        let longest = (to.0 - from.0).abs().max((to.1 - from.1).abs());
        let steps = (longest / (2 * SUBPIXELS)).max(1);
        for step in 0..=steps {
            let along = |from: i32, to: i32| {
                from + ((i64::from(to - from) * i64::from(step)) / i64::from(steps)) as i32
            };
            let (column, row) = self.cell((along(from.0, to.0), along(from.1, to.1)));
            self.set(column, row, mark);
        }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for &mut Cells {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let rows = self.cells.len() / self.columns.max(1);
        let units = SUBPIXELS.unsigned_abs();
        (self.columns as u32 * CELL_WIDTH_PX * units, rows as u32 * CELL_HEIGHT_PX * units)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        if let Some(mark) = self.mark(color) {
            let (column, row) = self.cell(point);
            self.set(column, row, mark);
        }
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        if let Some(mark) = self.mark(style.color()) {
            self.stroke(from, to, mark);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<BackendCoord> = path.into_iter().collect();
        for pair in points.windows(2) {
            self.draw_line(pair[0], pair[1], style)?;
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, _: u32, style: &S, fill: bool) -> Drawn {
        if let Some(mark) = self.mark(style.color()) {
            let (column, row) = self.cell(center);
            self.set(column, row, if fill { mark } else { 'o' });
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let length = text.chars().count() as i32;
        let (column, row) = self.cell(at);
        let start = match style.anchor().h_pos {
            HPos::Left => column,
            HPos::Center => column - length / 2,
            HPos::Right => column - length + 1,
        };
        let half_cell = CELL_HEIGHT_PX as i32 / 2 * SUBPIXELS;
        let row = match style.anchor().v_pos {
            VPos::Top => self.cell((at.0, at.1 + half_cell)).1,
            VPos::Center => row,
            VPos::Bottom => self.cell((at.0, at.1 - half_cell)).1,
        };
        for (index, character) in text.chars().enumerate() {
            self.set(start + index as i32, row, character);
        }
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let units = SUBPIXELS.unsigned_abs();
        Ok((text.chars().count() as u32 * CELL_WIDTH_PX * units, CELL_HEIGHT_PX * units))
    }
}
