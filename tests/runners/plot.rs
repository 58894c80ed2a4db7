//! Charts drawn as text. A case is a file `tests/plot/*.chart`: lines that say what is drawn, `----`, the picture.
//!
//! `size COLUMNS ROWS` · `from INSTANT to INSTANT` · `cursor INSTANT` · `solid|thin|ribbon|dotted STEP VALUES…`, where
//! a value is a number, `_` for a step without one, `NAN`, or either with `xN` behind it for N of them, or
//! `START+DELTAxN` for N rising values after START.

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::base::{date, duration};
use scrapeyard_core::plot::cells::{CELL_HEIGHT_PX, CELL_WIDTH_PX, Cells};
use scrapeyard_core::plot::{Chart, Color, Emphasis, Form, Frame, Line, Palette, Steps, draw, draw_cursor};

use crate::frame::{files, golden, short};

const RULE: &str = "----\n";
/// The characters of the eight hues.
const HUES: [char; 8] = ['1', '2', '3', '4', '5', '6', '7', '8'];

/// A trial a file.
pub fn trials() -> Vec<Trial> {
    let trial = |path: std::path::PathBuf| Trial::test(short(&path), move || run(&path));
    files("plot", "chart").into_iter().map(trial).collect()
}

fn run(path: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let (head, _) = text.split_once(RULE).ok_or("a case needs a line ----")?;
    let case = Case::read(head)?;
    golden::compare(path, &format!("{head}{RULE}{}", case.picture()?))
}

#[derive(Default)]
struct Case {
    columns: usize,
    rows: usize,
    from: Timestamp,
    to: Timestamp,
    cursor: Option<Timestamp>,
    lines: Vec<(Form, Millis, Values)>,
}

#[derive(Default)]
struct Values {
    present: Vec<u64>,
    values: Vec<f64>,
    count: usize,
}

impl Values {
    fn push(&mut self, value: Option<f64>) {
        if self.count.is_multiple_of(64) {
            self.present.push(0);
        }
        if let (Some(value), Some(word)) = (value, self.present.last_mut()) {
            *word |= 1 << (self.count % 64);
            self.values.push(value);
        }
        self.count += 1;
    }

    fn read(&mut self, word: &str) -> Result<(), Failed> {
        let (what, times) = match word.split_once('x') {
            Some((what, times)) => (what, times.parse::<usize>()?),
            None => (word, 1),
        };
        if what == "_" {
            (0..times).for_each(|_| self.push(None));
        } else if let Some((start, delta)) = what.split_once('+') {
            let (start, delta): (f64, f64) = (start.parse()?, delta.parse()?);
            (0..=times).for_each(|index| self.push(Some(start + delta * index as f64)));
        } else {
            let value: f64 = what.parse()?;
            (0..times).for_each(|_| self.push(Some(value)));
        }
        Ok(())
    }
}

impl Case {
    fn read(head: &str) -> Result<Self, Failed> {
        let mut case = Self::default();
        for line in head.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let instant =
                |text: &str| date::parse(text).ok_or_else(|| Failed::from(format!("no instant: {text}")));
            match words[..] {
                ["size", columns, rows] => (case.columns, case.rows) = (columns.parse()?, rows.parse()?),
                ["from", from, "to", to] => (case.from, case.to) = (instant(from)?, instant(to)?),
                ["cursor", at] => case.cursor = Some(instant(at)?),
                [form, step, ref values @ ..] => {
                    let mut read = Values::default();
                    values.iter().try_for_each(|word| read.read(word))?;
                    case.lines.push((form_of(form)?, duration::parse(step)?, read));
                }
                _ => return Err(format!("not understood: {line}").into()),
            }
        }
        Ok(case)
    }

    fn picture(&self) -> Result<String, Failed> {
        let color = |value: u8| Color { red: value, green: 0, blue: 0 };
        let palette = Palette {
            grid: color(10),
            edge: color(11),
            axis_text: color(12),
            text: color(13),
            truth: color(14),
            truth_line: color(15),
            series: std::array::from_fn(|hue| color(hue as u8 + 1)),
            ..Palette::default()
        };
        let lines = self.lines.iter().enumerate().map(|(hue, (form, step, values))| Line {
            steps: Steps { start: self.from, step: *step, present: &values.present, values: &values.values },
            hue,
            form: *form,
            emphasis: Emphasis::Plain,
        });
        let chart = Chart {
            width_px: self.columns as f64 * f64::from(CELL_WIDTH_PX),
            height_px: self.rows as f64 * f64::from(CELL_HEIGHT_PX),
            from: self.from,
            to: self.to,
            lines: lines.collect(),
            palette: &palette,
        };
        let mut marks: Vec<((u8, u8, u8), char)> =
            HUES.iter().enumerate().map(|(hue, mark)| ((hue as u8 + 1, 0, 0), *mark)).collect();
        marks.extend([
            ((10, 0, 0), '.'),
            ((11, 0, 0), '-'),
            ((13, 0, 0), '|'),
            ((14, 0, 0), '~'),
            ((15, 0, 0), ':'),
        ]);
        let mut cells = Cells::new(self.columns, self.rows, marks);
        draw(&mut cells, &chart)?;
        if let Some(at) = self.cursor {
            draw_cursor(&mut cells, &chart, &Frame::of(&chart), at)?;
        }
        Ok(cells.to_text())
    }
}

fn form_of(word: &str) -> Result<Form, Failed> {
    Ok(match word {
        "solid" => Form::Solid,
        "thin" => Form::Thin,
        "ribbon" => Form::Ribbon,
        "dotted" => Form::Dotted,
        _ => return Err(format!("no form: {word}").into()),
    })
}
