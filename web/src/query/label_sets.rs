//! Label sets as text: what all share stands once, what differs stands with each.

use std::collections::BTreeSet;

use scrapeyard_core::base::number::quote;
use scrapeyard_core::lab::view::{Label, Labels};

const METRIC_NAME: &str = "__name__";

/// A series as PromQL writes it: `up{job="a"}`, `{code="200"}`, `{}`.
pub fn selector(labels: &Labels) -> String {
    let name = labels.get(METRIC_NAME).unwrap_or("");
    let pairs: Vec<String> = labels.iter().filter(|label| &*label.name != METRIC_NAME).map(pair).collect();
    if pairs.is_empty() && !name.is_empty() {
        name.to_owned()
    } else {
        format!("{name}{{{}}}", pairs.join(", "))
    }
}

fn pair(label: &Label) -> String {
    format!("{}={}", label.name, quote(&label.value))
}

/// The labels of several series, sorted into what all share and what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Name and value of what all series share.
    pub shared: Vec<(String, String)>,
    /// The names of the other labels.
    pub differing: Vec<String>,
}

impl Columns {
    /// Sorts the labels of `series`. Of a single series everything counts as differing: it is what tells it.
    pub fn of<'a>(series: impl Iterator<Item = &'a Labels> + Clone) -> Self {
        let names: BTreeSet<&str> =
            series.clone().flat_map(|labels| labels.iter().map(|label| &*label.name)).collect();
        let single = series.clone().count() < 2;
        let mut columns = Self::default();
        for name in names {
            let mut values = series.clone().map(|labels| labels.get(name));
            let first = values.next().flatten();
            match first {
                Some(value) if !single && values.all(|other| other == Some(value)) => {
                    columns.shared.push((name.to_owned(), value.to_owned()));
                }
                _ => columns.differing.push(name.to_owned()),
            }
        }
        columns
    }

    /// What all share, as PromQL writes it.
    pub fn shared_selector(&self) -> String {
        let labels =
            Labels::from_pairs(self.shared.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        selector(&labels)
    }

    /// What tells a series from the others, as PromQL writes it.
    pub fn telling(&self, labels: &Labels) -> String {
        selector(&labels.filtered(|label| self.differing.iter().any(|name| *name == *label.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_labels_stand_once() {
        let series = [
            Labels::from_pairs([("__name__", "up"), ("job", "a"), ("instance", "1")]),
            Labels::from_pairs([("__name__", "up"), ("job", "a"), ("instance", "2")]),
        ];
        let columns = Columns::of(series.iter());
        assert_eq!(columns.shared_selector(), r#"up{job="a"}"#);
        assert_eq!(columns.telling(&series[1]), r#"{instance="2"}"#);
        assert_eq!(Columns::of(series[..1].iter()).telling(&series[0]), r#"up{instance="1", job="a"}"#);
    }

    #[test]
    fn a_bare_name_needs_no_braces() {
        assert_eq!(selector(&Labels::from_pairs([("__name__", "up")])), "up");
        assert_eq!(selector(&Labels::default()), "{}");
    }
}
