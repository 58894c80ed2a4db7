//! Charts drawn as text. A case is a file `tests/plot/*.chart`: lines that say what is drawn, `----`, the picture.
//!
//! `size COLUMNS ROWS` · `from INSTANT to INSTANT` · `cursor INSTANT [HEIGHT_PX]` · `kind KIND` · `stacking NAME` · `unit
//! ID` · `ends LEAST GREATEST` (`_` for a free one) · `thresholds STYLE` · `threshold VALUE good|warning|bad` · `svg TITLE`
//! for a picture as SVG, on a sheet with a legend, instead of characters · `solid|thin|ribbon|dotted STEP VALUES…`, where a
//! value is a number, `_` for a step without one, `NAN`, or either with `xN` behind it for N of them, or `START+DELTAxN`
//! for N rising values after START · `le BOUND STEP VALUES…` for a series of a classic histogram · `native STEP INDEX
//! LOWER UPPER COUNT` for a bucket of a native one.

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::base::{date, duration};
use scrapeyard_core::plot::cells::{CELL_HEIGHT_PX, CELL_WIDTH_PX, Cells};
use scrapeyard_core::plot::{
    Bucket, Chart, Color, Emphasis, Form, Frame, HEAT_LEVELS, Heat, Judgement, Kind, Line, Options, Palette,
    Pointer, Sheet, SheetRow, Stacking, Steps, Svg, Threshold, ThresholdStyle, Unit, draw, draw_cursor,
    heat_colors,
};

use crate::frame::{files, golden, short};

const RULE: &str = "----\n";
/// The characters of the eight hues.
const HUES: [char; 8] = ['1', '2', '3', '4', '5', '6', '7', '8'];
/// The characters of a heatmap's colours, from few to many.
const HEAT: &str = "0123456789ABCDEF";

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
    cursor: Option<Pointer>,
    options: Options,
    svg: Option<String>,
    lines: Vec<(Form, Millis, Values)>,
    classic: Vec<(String, Millis, Values)>,
    native: Vec<(Millis, u32, Bucket)>,
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
                ["cursor", at] => case.cursor = Some(Pointer { at: instant(at)?, y_px: None }),
                ["cursor", at, y_px] => {
                    case.cursor = Some(Pointer { at: instant(at)?, y_px: Some(y_px.parse()?) });
                }
                ["svg", ref title @ ..] => case.svg = Some(title.join(" ")),
                ["le", bound, step, ref values @ ..] => {
                    let mut read = Values::default();
                    values.iter().try_for_each(|word| read.read(word))?;
                    case.classic.push((bound.to_owned(), duration::parse(step)?, read));
                }
                ["native", step, index, lower, upper, count] => {
                    let bucket =
                        Bucket { lower: lower.parse()?, upper: upper.parse()?, count: count.parse()? };
                    case.native.push((duration::parse(step)?, index.parse()?, bucket));
                }
                ["kind" | "stacking" | "unit" | "ends" | "thresholds" | "threshold", ..] => {
                    choose(&mut case.options, &words)?;
                }
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

    fn heat(&self) -> Option<Heat> {
        if let Some((step, ..)) = self.native.first() {
            let buckets = self.native.iter().map(|(_, index, bucket)| (*index, *bucket));
            return Heat::of_native(self.from, *step, buckets);
        }
        let series = self.classic.iter().map(|(le, step, Values { present, values, .. })| {
            (le.as_str(), Steps { start: self.from, step: *step, present, values })
        });
        Heat::of_classic(series)
    }

    fn picture(&self) -> Result<String, Failed> {
        let (palette, heat) = (palette(), self.heat());
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
            heat: heat.as_ref(),
            options: &self.options,
            palette: &palette,
        };
        if let Some(title) = &self.svg {
            return Ok(svg(&chart, title)?);
        }
        let frame = Frame::of(&chart);
        let mut cells = Cells::new(self.columns, self.rows, marks(&palette));
        draw(&mut cells, &chart, &frame)?;
        if let Some(pointer) = self.cursor {
            draw_cursor(&mut cells, &chart, &frame, pointer)?;
        }
        Ok(cells.to_text())
    }
}

fn choose(options: &mut Options, words: &[&str]) -> Result<(), Failed> {
    let unknown = || Failed::from(format!("not understood: {words:?}"));
    let end = |text: &str| if text == "_" { Ok(None) } else { text.parse().map(Some) };
    match *words {
        ["kind", name] => options.kind = Kind::of_name(name).ok_or_else(unknown)?,
        ["stacking", name] => options.stacking = Stacking::of_name(name).ok_or_else(unknown)?,
        ["unit", id] => options.unit = Unit::of_id(id).ok_or_else(unknown)?,
        ["ends", least, greatest] => (options.least, options.greatest) = (end(least)?, end(greatest)?),
        ["thresholds", name] => {
            options.threshold_style = ThresholdStyle::of_name(name).ok_or_else(unknown)?
        }
        ["threshold", from, judgement] => {
            let judgement = match judgement {
                "good" => Judgement::Good,
                "warning" => Judgement::Warning,
                "bad" => Judgement::Bad,
                _ => return Err(unknown()),
            };
            options.thresholds.push(Threshold { from: from.parse()?, judgement });
        }
        _ => return Err(unknown()),
    }
    Ok(())
}

/// Colours that no reader would like, but each of which can be told from all others.
fn palette() -> Palette {
    let color = |value: u8| Color { red: value, green: 0, blue: 0 };
    Palette {
        surface: Color { red: 255, green: 255, blue: 255 },
        grid: color(10),
        edge: color(11),
        axis_text: color(12),
        text: color(13),
        truth: color(14),
        truth_line: color(15),
        series: std::array::from_fn(|hue| color(hue as u8 + 1)),
        good: color(20),
        warning: color(21),
        bad: color(22),
        font_family: "sans-serif".to_owned(),
    }
}

fn marks(palette: &Palette) -> Vec<((u8, u8, u8), char)> {
    let rgb = |color: Color| (color.red, color.green, color.blue);
    let hues = palette.series.iter().zip(HUES).map(|(color, mark)| (rgb(*color), mark));
    let others = [
        (palette.grid, '.'),
        (palette.edge, '-'),
        (palette.text, '|'),
        (palette.truth, '~'),
        (palette.truth_line, ':'),
        (palette.good, 'g'),
        (palette.warning, 'w'),
        (palette.bad, 'b'),
    ];
    // The last colour of a heatmap is the first series' own.
    let heat = heat_colors(palette).into_iter().zip(HEAT.chars()).take(HEAT_LEVELS - 1);
    hues.chain(others.into_iter().chain(heat).map(|(color, mark)| (rgb(color), mark))).collect()
}

fn svg(chart: &Chart<'_>, title: &str) -> Result<String, Box<dyn std::error::Error>> {
    let row = |line: &Line<'_>| SheetRow {
        hue: line.hue,
        name: format!("{title} {}", line.hue),
        value: line.steps.values.last().map_or_else(String::new, |value| value.to_string()),
    };
    let rows: Vec<SheetRow> = chart.lines.iter().map(row).collect();
    let sheet = Sheet { chart, title, rows: &rows, rest: None };
    let mut svg = Svg::new(sheet.size_px());
    sheet.draw(&mut svg)?;
    Ok(svg.to_text(title))
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
