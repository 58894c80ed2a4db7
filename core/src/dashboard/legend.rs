//! What the series of a query are called: a legend with `{{label}}` in it, as Prometheus's data source fills it in.

use std::collections::BTreeMap;

use crate::model::labels::{Labels, METRIC_NAME};

/// The legend that tells series apart by itself.
pub const AUTOMATIC: &str = "__auto";

/// Names the series of one query.
#[derive(Clone, Debug)]
pub struct Namer<'a> {
    legend: &'a str,
    expr: &'a str,
    /// The labels in which the series differ, in order.
    telling: Vec<String>,
}

impl<'a> Namer<'a> {
    /// A namer for a query with that legend and expression whose series have these labels.
    #[must_use]
    pub fn new<'l>(legend: &'a str, expr: &'a str, series: impl Iterator<Item = &'l Labels>) -> Self {
        let telling = if legend == AUTOMATIC { telling(series) } else { Vec::new() };
        Self { legend, expr, telling }
    }

    /// The name of one of the series.
    #[must_use]
    pub fn name(&self, labels: &Labels) -> String {
        match self.legend {
            AUTOMATIC => self.automatic(labels),
            "" => whole(labels, self.expr),
            legend => filled(legend, labels),
        }
    }

    fn automatic(&self, labels: &Labels) -> String {
        match &self.telling[..] {
            [] => whole(labels, self.expr),
            [only] => labels.get(only).unwrap_or_default().to_owned(),
            several => {
                let pair = |name: &String| Some(format!("{name}={:?}", labels.get(name)?));
                format!("{{{}}}", several.iter().filter_map(pair).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The labels of which not all series have the same value.
fn telling<'l>(series: impl Iterator<Item = &'l Labels>) -> Vec<String> {
    let mut values: BTreeMap<&str, (&str, usize, bool)> = BTreeMap::new();
    let mut count = 0;
    for labels in series {
        count += 1;
        for label in labels {
            let seen = values.entry(&*label.name).or_insert((&*label.value, 0, false));
            seen.1 += 1;
            seen.2 |= seen.0 != &*label.value;
        }
    }
    let differs = values.into_iter().filter(|(_, (_, had, differs))| *differs || *had < count);
    differs.map(|(name, _)| name.to_owned()).collect()
}

/// The series as a query writes it; the expression where it has no label.
fn whole(labels: &Labels, expr: &str) -> String {
    let rest = labels.without(METRIC_NAME);
    match labels.metric_name() {
        Some(name) if rest.is_empty() => name.to_owned(),
        Some(name) => format!("{name}{rest}"),
        None if rest.is_empty() => expr.to_owned(),
        None => rest.to_string(),
    }
}

/// The legend with its labels filled in; a label that the series lacks gives nothing.
fn filled(legend: &str, labels: &Labels) -> String {
    let mut name = String::new();
    let mut rest = legend;
    while let Some((before, (label, after))) =
        rest.split_once("{{").and_then(|(before, inner)| Some((before, inner.split_once("}}")?)))
    {
        name.push_str(before);
        name.push_str(labels.get(label.trim()).unwrap_or_default());
        rest = after;
    }
    name.push_str(rest);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(legend: &str, series: &[&[(&str, &str)]]) -> Vec<String> {
        let labels: Vec<Labels> =
            series.iter().map(|pairs| Labels::from_pairs(pairs.iter().copied())).collect();
        let namer = Namer::new(legend, "sum(up)", labels.iter());
        labels.iter().map(|labels| namer.name(labels)).collect()
    }

    #[test]
    fn labels_are_filled_in_and_missing_ones_give_nothing() {
        let series: &[&[(&str, &str)]] = &[&[("code", "200"), ("job", "a b")]];
        for (legend, name) in [
            ("{{code}} of {{ job }}", "200 of a b"),
            ("{{nobody}}-", "-"),
            ("{{code", "{{code"),
            ("}}{{code}}{{", "}}200{{"),
            ("", "{code=\"200\", job=\"a b\"}"),
        ] {
            assert_eq!(named(legend, series), [name], "{legend}");
        }
    }

    #[test]
    fn by_itself_a_series_is_called_by_what_tells_it_apart() {
        assert_eq!(named(AUTOMATIC, &[&[]]), ["sum(up)"]);
        assert_eq!(named(AUTOMATIC, &[&[("__name__", "up"), ("job", "a")]]), ["up{job=\"a\"}"]);
        let two: &[&[(&str, &str)]] = &[&[("job", "a"), ("code", "200")], &[("job", "a"), ("code", "500")]];
        assert_eq!(named(AUTOMATIC, two), ["200", "500"]);
        let lacking: &[&[(&str, &str)]] = &[&[("job", "a"), ("code", "200")], &[("job", "b")]];
        assert_eq!(named(AUTOMATIC, lacking), ["{code=\"200\", job=\"a\"}", "{job=\"b\"}"]);
    }
}
