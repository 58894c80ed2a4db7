//! The lines of a chart: which series are drawn, in which hue, what is singled out or hidden; or the buckets of a heatmap.

use std::collections::BTreeSet;
use std::rc::Rc;

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::view::{Labels, PointLanes, QueryView, RangeView, Value};
use scrapeyard_core::plot::{
    self, Bucket, Emphasis, Form, Heat, Hues, Kind, Line, Options, Palette, SERIES_HUES, Steps,
};

use super::answered::{Answered, Layer};
use crate::query::{Columns, selector};

/// Beyond so many series a chart says nothing; the legend says how many there are.
const MOST_LINES: usize = 100;

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The left end.
    pub from: Timestamp,
    /// The right end.
    pub to: Timestamp,
    /// The lines; those of the truth first.
    pub lines: Vec<OneLine>,
    /// The buckets of a heatmap, which has no lines.
    pub heat: Option<Rc<Heat>>,
    /// How it is drawn: what was asked for, or a heatmap where there is nothing but histograms.
    pub options: Rc<Options>,
    /// How many series there are in all.
    pub all: usize,
    /// The labels that all series share.
    pub shared: String,
}

/// One line.
#[derive(Clone, Debug)]
pub struct OneLine {
    /// Query and series as PromQL writes it: its name among all lines.
    pub key: String,
    /// What it is called.
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

fn steps<'a>(range: &RangeView, series: &'a PointLanes) -> Steps<'a> {
    Steps { start: range.start, step: range.step, present: &series.present, values: &series.values }
}

impl Lines {
    /// The lines of what was answered.
    pub fn of(answered: &Answered, options: &Rc<Options>, hues: &mut Hues) -> Self {
        let ranges = || answered.layers.iter().filter_map(|layer| Some((layer, range(&layer.view)?)));
        let own = || ranges().filter(|(layer, _)| layer.form != Form::Ribbon);
        let all_series = || own().flat_map(|(_, range)| &range.series);
        let all = all_series().count();
        let columns = Columns::of(all_series().map(|series| &series.labels).collect::<Vec<_>>().into_iter());
        let options = fitting(options, all_series);
        let (from, to, shared) = (answered.from, answered.to, columns.shared_selector());
        let heat = (options.kind == Kind::Heatmap).then(|| heat(own)).flatten().map(Rc::new);
        let mut lines = Self { from, to, lines: Vec::new(), heat, options, all, shared };
        if lines.options.kind == Kind::Heatmap {
            return lines;
        }
        for (layer, range) in ranges().filter(|(layer, _)| layer.form == Form::Ribbon) {
            let one = |(index, series): (usize, &PointLanes)| {
                OneLine::of(layer, (index, series), (key(layer, &series.labels), String::new()), 0)
            };
            lines.lines.extend(range.series.iter().enumerate().take(MOST_LINES).map(one));
        }
        let shown =
            own().flat_map(|(layer, range)| range.series.iter().enumerate().map(move |one| (layer, one)));
        let shown: Vec<_> = shown.take(MOST_LINES).collect();
        let keys: Vec<String> = shown.iter().map(|(layer, (_, series))| key(layer, &series.labels)).collect();
        let taken = hues.assign(&keys);
        for (((layer, one), key), hue) in shown.into_iter().zip(keys).zip(taken) {
            let telling = called(layer, &one.1.labels, &columns);
            let mut line = OneLine::of(layer, one, (key, telling), hue);
            if all > SERIES_HUES && line.form == Form::Solid {
                line.form = Form::Thin;
            }
            lines.lines.push(line);
        }
        lines
    }

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
    pub fn chart<'a>(&'a self, (width_px, height_px): (f64, f64), palette: &'a Palette) -> plot::Chart<'a> {
        let line = |line: &'a OneLine| {
            Some(Line { steps: line.steps()?, hue: line.hue, form: line.form, emphasis: line.emphasis })
        };
        let lines = self.lines.iter().filter_map(line).collect();
        let (from, to, heat, options) = (self.from, self.to, self.heat.as_deref(), &*self.options);
        plot::Chart { width_px, height_px, from, to, lines, heat, options, palette }
    }

    /// The lines that are no ribbon: one a series.
    pub fn own(&self) -> impl Iterator<Item = &OneLine> {
        self.lines.iter().filter(|line| line.form != Form::Ribbon)
    }

    /// The truth of a series, where it is drawn.
    pub fn truth_of(&self, key: &str) -> Option<&OneLine> {
        self.lines.iter().find(|line| line.form == Form::Ribbon && line.key == key)
    }

    /// First step, distance and number of the steps that a cursor goes over.
    pub fn steps(&self) -> Option<(Timestamp, Millis, u32)> {
        if let Some(heat) = &self.heat {
            let last = heat.columns().last().map_or(0, |(index, _)| index);
            return Some((heat.start, heat.step, last + 1));
        }
        let range = range(&self.lines.last()?.view)?;
        Some((range.start, Millis(range.step.0.max(1)), range.steps.max(1)))
    }

    /// The step nearest to `at`: the instant that a cursor shows.
    pub fn step_at(&self, at: Timestamp) -> Timestamp {
        let Some((start, step, count)) = self.steps() else { return at };
        let index = ((at - start).0 + step.0 / 2).div_euclid(step.0).clamp(0, i64::from(count - 1));
        start + Millis(index * step.0)
    }

    /// A value in the chart's unit.
    pub fn shown(&self, value: f64) -> String {
        self.options.unit.shown(value, self.options.decimals)
    }
}

impl OneLine {
    fn of(
        layer: &Layer,
        (series, _): (usize, &PointLanes),
        (key, telling): (String, String),
        hue: usize,
    ) -> Self {
        let (view, form) = (Rc::clone(&layer.view), layer.form);
        Self { key, telling, view, series, hue, form, emphasis: Emphasis::Plain }
    }

    /// The values as a chart takes them.
    pub fn steps(&self) -> Option<Steps<'_>> {
        let range = range(&self.view)?;
        Some(steps(range, range.series.get(self.series)?))
    }

    /// The labels of its series.
    pub fn labels(&self) -> Option<&Labels> {
        Some(&range(&self.view)?.series.get(self.series)?.labels)
    }

    /// The value at an instant; the last one there is where none is asked for.
    pub fn value(&self, at: Option<Timestamp>) -> Option<f64> {
        let steps = self.steps()?;
        match at {
            Some(at) => steps.value_near(at),
            None => steps.values.last().copied(),
        }
    }
}

/// Histograms cannot be drawn as lines: where there is nothing else they are drawn as what they are.
fn fitting<'a, I: Iterator<Item = &'a PointLanes>>(
    options: &Rc<Options>,
    all: impl Fn() -> I,
) -> Rc<Options> {
    let has_numbers = all().any(|series| !series.values.is_empty());
    let has_histograms = all().any(|series| !series.histograms.is_empty());
    if has_numbers || !has_histograms || options.kind == Kind::Heatmap {
        return Rc::clone(options);
    }
    Rc::new(Options { kind: Kind::Heatmap, ..(**options).clone() })
}

/// The buckets of all series: native ones where there are any, else classic ones by `le`.
fn heat<'a, I: Iterator<Item = (&'a Layer, &'a RangeView)>>(own: impl Fn() -> I) -> Option<Heat> {
    let bucket = |span: &scrapeyard_core::lab::view::BucketSpan| Bucket {
        lower: span.lower,
        upper: span.upper,
        count: span.count,
    };
    let native: Vec<(u32, Bucket)> = own()
        .flat_map(|(_, range)| range.series.iter().flat_map(|series| &series.histograms))
        .flat_map(|(index, spans)| spans.iter().map(move |span| (*index, bucket(span))))
        .collect();
    if !native.is_empty() {
        let (_, range) = own().next()?;
        return Heat::of_native(range.start, range.step, native.iter().copied());
    }
    let classic = own().flat_map(|(_, range)| range.series.iter().map(move |series| (range, series)));
    Heat::of_classic(
        classic.filter_map(|(range, series)| Some((series.labels.get("le")?, steps(range, series)))),
    )
}

fn key(layer: &Layer, labels: &Labels) -> String {
    format!("{}{}", layer.query, selector(labels))
}

/// What a series is called: the layer's text with the labels' values, or what tells it from the others.
fn called(layer: &Layer, labels: &Labels, columns: &Columns) -> String {
    if !layer.legend.is_empty() {
        return filled(&layer.legend, labels);
    }
    let telling = columns.telling(labels);
    if telling == "{}" && !layer.query.is_empty() { layer.query.clone() } else { telling }
}

/// `{{label}}` replaced by the label's value, as Grafana does; what names no label becomes nothing.
fn filled(pattern: &str, labels: &Labels) -> String {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, inside)) = rest.split_once("{{") {
        let Some((name, after)) = inside.split_once("}}") else { break };
        filled.push_str(before);
        filled.push_str(labels.get(name.trim()).unwrap_or(""));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_takes_the_values_of_labels() {
        let labels = Labels::from_pairs([("code", "500"), ("job", "{{code}}")]);
        for (pattern, expected) in [
            ("{{code}} of {{ job }}", "500 of {{code}}"),
            ("{{nobody}}x", "x"),
            ("{{code", "{{code"),
            ("plain", "plain"),
        ] {
            assert_eq!(filled(pattern, &labels), expected);
        }
    }
}
