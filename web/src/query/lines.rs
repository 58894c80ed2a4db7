//! The lines of a graph: which series are drawn, in which hue, what is singled out or hidden.

use std::collections::BTreeSet;
use std::rc::Rc;

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::view::{QueryView, RangeView, Value};
use scrapeyard_core::plot::{Chart, Emphasis, Form, Hues, Line, Palette, SERIES_HUES, Steps};

use super::label_sets::{Columns, selector};

/// Beyond so many series a graph says nothing; the legend says how many there are.
pub const MOST_LINES: usize = 100;

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The left end.
    pub from: Timestamp,
    /// The right end.
    pub to: Timestamp,
    /// Between two values.
    pub step: Millis,
    /// The lines; those of the truth first.
    pub lines: Vec<OneLine>,
    /// How many series the value has in all.
    pub all: usize,
    /// The labels that all series share.
    pub shared: String,
}

/// One line.
#[derive(Clone, Debug)]
pub struct OneLine {
    /// The series as PromQL writes it: its name among all lines.
    pub key: String,
    /// What tells it from the others.
    pub telling: String,
    view: Rc<QueryView>,
    series: usize,
    /// Which hue.
    pub hue: usize,
    /// Which form.
    pub form: Form,
    /// Whether it stands back.
    pub emphasis: Emphasis,
}

/// What the reader chose to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The one line that stands out, if one does.
    pub singled: Option<String>,
    /// The lines that are not drawn.
    pub hidden: BTreeSet<String>,
}

fn range(view: &QueryView) -> Option<&RangeView> {
    if let Value::Range(range) = &view.value { Some(range) } else { None }
}

/// The lines of a value over `from` to `to`, with those of the truth beneath where they are asked for.
pub fn lines(
    view: &Rc<QueryView>,
    truth: Option<&Rc<QueryView>>,
    (from, to, step): (Timestamp, Timestamp, Millis),
    hues: &mut Hues,
    form: Form,
) -> Lines {
    let Some(own) = range(view) else {
        return Lines { from, to, step, lines: Vec::new(), all: 0, shared: String::new() };
    };
    let columns = Columns::of(own.series.iter().map(|series| &series.labels));
    let keys: Vec<String> =
        own.series.iter().take(MOST_LINES).map(|series| selector(&series.labels)).collect();
    let taken = hues.assign(&keys);
    let thin = own.series.len() > SERIES_HUES && form == Form::Solid;
    let one = |view: &Rc<QueryView>, series: usize, key: &str, hue: usize, form: Form| OneLine {
        key: key.to_owned(),
        telling: range(view).map(|range| columns.telling(&range.series[series].labels)).unwrap_or_default(),
        view: Rc::clone(view),
        series,
        hue,
        form,
        emphasis: Emphasis::Plain,
    };
    let mut lines = Vec::new();
    if let Some((truth, true_range)) = truth.and_then(|truth| Some((truth, range(truth)?))) {
        let shown = true_range.series.iter().enumerate().take(MOST_LINES);
        lines.extend(
            shown.map(|(index, series)| one(truth, index, &selector(&series.labels), 0, Form::Ribbon)),
        );
    }
    let form = if thin { Form::Thin } else { form };
    lines.extend(
        keys.iter().zip(taken).enumerate().map(|(index, (key, hue))| one(view, index, key, hue, form)),
    );
    Lines { from, to, step, lines, all: own.series.len(), shared: columns.shared_selector() }
}

impl Lines {
    /// The same with the reader's choice made.
    #[must_use]
    pub fn chosen(&self, choice: &Choice) -> Self {
        let mut lines = self.clone();
        lines.lines.retain(|line| !choice.hidden.contains(&line.key));
        if let Some(singled) = &choice.singled {
            for line in &mut lines.lines {
                line.emphasis = if line.key == *singled { Emphasis::Plain } else { Emphasis::Receding };
            }
        }
        lines
    }

    /// The chart of these lines.
    pub fn chart<'a>(&'a self, (width_px, height_px): (f64, f64), palette: &'a Palette) -> Chart<'a> {
        let line = |line: &'a OneLine| {
            Some(Line { steps: line.steps()?, hue: line.hue, form: line.form, emphasis: line.emphasis })
        };
        let lines = self.lines.iter().filter_map(line).collect();
        Chart { width_px, height_px, from: self.from, to: self.to, lines, palette }
    }

    /// The lines that are no ribbon: one a series.
    pub fn own(&self) -> impl Iterator<Item = &OneLine> {
        self.lines.iter().filter(|line| line.form != Form::Ribbon)
    }

    /// The truth of a series, where it is drawn.
    pub fn truth_of(&self, key: &str) -> Option<&OneLine> {
        self.lines.iter().find(|line| line.form == Form::Ribbon && line.key == key)
    }

    /// The step nearest to `at`: the instant that a cursor shows.
    pub fn step_at(&self, at: Timestamp) -> Timestamp {
        let Some(range) = self.lines.last().and_then(|line| range(&line.view)) else { return at };
        let step = range.step.0.max(1);
        let index = ((at - range.start).0 + step / 2)
            .div_euclid(step)
            .clamp(0, i64::from(range.steps.saturating_sub(1)));
        range.start + Millis(index * step)
    }
}

impl OneLine {
    /// The values as a chart takes them.
    pub fn steps(&self) -> Option<Steps<'_>> {
        let range = range(&self.view)?;
        let series = range.series.get(self.series)?;
        Some(Steps { start: range.start, step: range.step, present: &series.present, values: &series.values })
    }

    /// The value at an instant; the last one there is where none is asked for.
    pub fn value(&self, at: Option<Timestamp>) -> Option<f64> {
        let steps = self.steps()?;
        match at {
            Some(at) => steps.nearest(at).map(|point| point.value),
            None => steps.values.last().copied(),
        }
    }
}
