//! What labels the series of a node have: how many values each, and which are the most frequent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::labels::Labels;

/// Labels that are reported on at most.
const MAX_LABELS: usize = 30;
/// Values that are named of each.
const MAX_VALUES: usize = 5;

/// One label over the series of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelStatistics {
    /// The label's name.
    pub name: String,
    /// How many series have it.
    pub series: u32,
    /// How many different values it has.
    pub values: u32,
    /// Its most frequent values with the number of series that have each, most frequent first.
    pub most: Vec<(String, u32)>,
}

/// The labels of the series, in order of their names.
pub(super) fn statistics<'a>(series: impl Iterator<Item = &'a Labels>) -> Vec<LabelStatistics> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for label in series.flat_map(Labels::iter) {
        *counts.entry(&label.name).or_default().entry(&label.value).or_default() += 1;
    }
    let statistics = |(name, values): (&str, BTreeMap<&str, u32>)| {
        let mut most: Vec<(String, u32)> =
            values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect();
        most.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        most.truncate(MAX_VALUES);
        let series = values.values().sum();
        LabelStatistics { name: name.to_owned(), series, values: values.len() as u32, most }
    };
    counts.into_iter().take(MAX_LABELS).map(statistics).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_and_the_most_frequent_comes_first() {
        let series = ["b", "a", "b"].map(|value| Labels::from_pairs([("job", value)]));
        let found = statistics(series.iter());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].series, found[0].values), (3, 2));
        assert_eq!(found[0].most, [("b".to_owned(), 2), ("a".to_owned(), 1)]);
    }
}
