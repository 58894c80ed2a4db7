//! The order of the rows: by a label, by the value, or as Prometheus gives them. Pure.

use std::cmp::Ordering;

use scrapeyard_core::lab::view::{Labels, VectorPoint};

/// By what the rows are ordered, and whether the greatest stands first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As Prometheus gives them.
    #[default]
    Given,
    /// By the value of a label.
    Label(String, bool),
    /// By all labels beyond the columns, as text.
    Others(bool),
    /// By the value.
    Value(bool),
}

impl Order {
    /// Whether the greatest stands first; `None` where nothing is ordered.
    pub const fn falls(&self) -> Option<bool> {
        match self {
            Self::Given => None,
            Self::Label(_, falls) | Self::Others(falls) | Self::Value(falls) => Some(*falls),
        }
    }

    /// What assistive technology says of a column; `column` is its order, whichever way.
    pub fn of_column(&self, column: &Self) -> &'static str {
        match self.falls().filter(|_| self.same_column(column)) {
            Some(true) => "descending",
            Some(false) => "ascending",
            None => "none",
        }
    }

    /// The order after a press on a column: one way, the other way, as given. Values begin with the greatest.
    #[must_use]
    pub fn pressed(&self, column: &Self) -> Self {
        let first = matches!(column, Self::Value(_));
        match self.falls().filter(|_| self.same_column(column)) {
            None => column.with(first),
            Some(falls) if falls == first => column.with(!first),
            Some(_) => Self::Given,
        }
    }

    fn same_column(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Label(own, _), Self::Label(other, _)) => own == other,
            (Self::Others(_), Self::Others(_)) | (Self::Value(_), Self::Value(_)) => true,
            _ => false,
        }
    }

    fn with(&self, falls: bool) -> Self {
        match self {
            Self::Given => Self::Given,
            Self::Label(name, _) => Self::Label(name.clone(), falls),
            Self::Others(_) => Self::Others(falls),
            Self::Value(_) => Self::Value(falls),
        }
    }

    /// The rows in this order.
    pub fn sort(&self, rows: &mut [&VectorPoint], others: impl Fn(&Labels) -> String) {
        let compare = |left: &&VectorPoint, right: &&VectorPoint| match self {
            Self::Given => Ordering::Equal,
            Self::Label(name, _) => {
                let value = |point: &VectorPoint| point.labels.get(name).unwrap_or("").to_owned();
                by_text(&value(left), &value(right))
            }
            Self::Others(_) => others(&left.labels).cmp(&others(&right.labels)),
            Self::Value(_) => number(left).total_cmp(&number(right)),
        };
        rows.sort_by(compare);
        if self.falls() == Some(true) {
            rows.reverse();
        }
    }
}

/// A histogram counts as many as it holds.
fn number(point: &VectorPoint) -> f64 {
    point.histogram.as_ref().map_or(point.value, |histogram| histogram.count)
}

/// Numbers by their size (`le`, `code`, ports), before everything else by its letters.
fn by_text(left: &str, right: &str) -> Ordering {
    match (size(left), size(right)) {
        (Some(own), Some(other)) => own.total_cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => left.cmp(right),
    }
}

/// A text that is a number and nothing else.
fn size(text: &str) -> Option<f64> {
    match text {
        "+Inf" => Some(f64::INFINITY),
        "-Inf" => Some(f64::NEG_INFINITY),
        _ if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) => {
            text.parse().ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(code: &str, value: f64) -> VectorPoint {
        VectorPoint { labels: Labels::from_pairs([("code", code)]), value, histogram: None }
    }

    #[test]
    fn rows_are_sorted_by_value_or_label() {
        let points = [point("500", 1.0), point("+Inf", 9.0), point("x", f64::NAN), point("1000", 2.0)];
        let codes = |order: Order| -> Vec<String> {
            let mut rows: Vec<&VectorPoint> = points.iter().collect();
            order.sort(&mut rows, |labels| labels.to_string());
            rows.iter().map(|point| point.labels.get("code").unwrap_or("").to_owned()).collect()
        };
        assert_eq!(codes(Order::Given), ["500", "+Inf", "x", "1000"]);
        assert_eq!(codes(Order::Label("code".to_owned(), false)), ["500", "1000", "+Inf", "x"]);
        assert_eq!(codes(Order::Label("code".to_owned(), true)), ["x", "+Inf", "1000", "500"]);
        assert_eq!(codes(Order::Value(false)), ["500", "1000", "+Inf", "x"]);
        assert_eq!(codes(Order::Others(false)), ["+Inf", "1000", "500", "x"]);
    }

    #[test]
    fn a_column_is_pressed_one_way_the_other_way_and_back() {
        let (label, value) = (Order::Label("a".to_owned(), false), Order::Value(false));
        let first = Order::Given.pressed(&label);
        assert_eq!((first.of_column(&label), first.of_column(&value)), ("ascending", "none"));
        let second = first.pressed(&label);
        assert_eq!(second.of_column(&label), "descending");
        assert_eq!(second.pressed(&label), Order::Given);
        assert_eq!(second.pressed(&value).of_column(&value), "descending");
    }
}
