//! Which columns a table has and which rows a filter keeps. Pure.

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::lab::view::{Labels, VectorPoint};

use super::super::label_sets::{Columns, selector};

/// So many labels have a column of their own; the others share one.
const MOST_COLUMNS: usize = 8;

/// The labels of a table's rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What all rows share, and what differs.
    pub columns: Columns,
    /// The labels with a column of their own.
    pub own: Vec<String>,
    /// Those that share the last one.
    pub others: Vec<String>,
}

impl Table {
    /// The table of these rows.
    pub fn of(points: &[VectorPoint]) -> Self {
        let columns = Columns::of(points.iter().map(|point| &point.labels));
        let mut own = columns.differing.clone();
        // The name stands first.
        own.sort_by_key(|name| name != "__name__");
        let others = if own.len() > MOST_COLUMNS { own.split_off(MOST_COLUMNS - 1) } else { Vec::new() };
        Self { columns, own, others }
    }

    /// The labels of a row that share the last column, as PromQL writes them.
    pub fn others_of(&self, labels: &Labels) -> String {
        selector(&labels.filtered(|label| self.others.iter().any(|name| *name == *label.name)))
    }
}

/// The rows that hold every word of `filter` in a label, its name or the value; case does not matter.
pub fn kept<'a>(points: &'a [VectorPoint], filter: &str) -> Vec<&'a VectorPoint> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let holds = |point: &&VectorPoint| {
        let mut text = selector(&point.labels).to_lowercase();
        text.push(' ');
        text.push_str(&value_of(point).to_lowercase());
        words.iter().all(|word| text.contains(word.as_str()))
    };
    if words.is_empty() { points.iter().collect() } else { points.iter().filter(holds).collect() }
}

/// A row's value as the field writes it, with all its digits.
pub fn value_of(point: &VectorPoint) -> String {
    match &point.histogram {
        Some(histogram) => histogram.text.clone(),
        None => print_plain(point.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(pairs: &[(&str, &str)], value: f64) -> VectorPoint {
        VectorPoint { labels: Labels::from_pairs(pairs.iter().copied()), value, histogram: None }
    }

    #[test]
    fn more_labels_than_columns_share_the_last_one() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        let row = |value: &'static str| point(&names.map(|name| (name, value)), 1.0);
        let table = Table::of(&[row("1"), row("2")]);
        assert_eq!((table.own.len(), table.others.join(" ").as_str()), (7, "h i"));
        assert_eq!(table.others_of(&row("1").labels), r#"{h="1", i="1"}"#);
        let eight = |value: &'static str| point(&names.map(|name| (name, value))[..8], 1.0);
        assert_eq!(Table::of(&[eight("1"), eight("2")]).others, Vec::<String>::new());
    }

    #[test]
    fn a_filter_keeps_rows_that_hold_all_its_words() {
        let points = [point(&[("job", "Gallery"), ("code", "200")], 1.5), point(&[("job", "iot")], 2.0)];
        let count = |filter: &str| kept(&points, filter).len();
        assert_eq!(
            (count(""), count("gall"), count("gall 1.5"), count("gall 2.0"), count("job")),
            (2, 1, 1, 0, 2)
        );
    }
}
