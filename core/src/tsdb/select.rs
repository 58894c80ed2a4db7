//! Which series match: the index is asked for what it holds as a list, the rest is tried on what is left.

use std::ops::Bound;

use super::index::ValuePostings;
use super::pattern::{Shape, shape};
use super::postings::{Postings, difference, intersected, intersection};
use super::{Head, SeriesId};
use crate::base::time::Timestamp;
use crate::model::matcher::{MatchOp, Matcher};

impl Head {
    /// The series that match all matchers and may have samples within `[from, to]`, in order of their labels.
    #[must_use]
    pub fn select(&self, matchers: &[Matcher], from: Timestamp, to: Timestamp) -> Vec<SeriesId> {
        let mut found = self.matching(matchers);
        found.retain(|id| {
            let range = self.series[id.0 as usize].time_range();
            range.is_some_and(|(first, last)| first <= to.0 && from.0 <= last)
        });
        self.index.sort(&mut found);
        found
    }

    /// The series that match all matchers, with or without samples, in no particular order.
    pub(super) fn matching(&self, matchers: &[Matcher]) -> Vec<SeriesId> {
        let (lists, rest): (Vec<&Matcher>, Vec<&Matcher>) =
            matchers.iter().partition(|matcher| is_list(matcher));
        let list =
            |matcher: &&Matcher| self.index.values(&matcher.name)?.get(&*matcher.value).map(Vec::as_slice);
        let Some(postings) = lists.iter().map(list).collect::<Option<Vec<_>>>() else { return Vec::new() };
        let mut found = (!postings.is_empty()).then(|| intersection(&postings));
        // Of the others those first whose lists are few.
        let mut rest: Vec<(usize, &Matcher)> =
            rest.into_iter().map(|matcher| (self.cost(matcher), matcher)).collect();
        rest.sort_by_key(|(cost, _)| *cost);
        for (_, matcher) in rest {
            found = Some(self.narrowed(found, matcher));
        }
        found.unwrap_or_else(|| self.index.in_order().to_vec())
    }

    /// How many values a matcher has to be tried on, at most; what accepts a missing label comes last.
    fn cost(&self, matcher: &Matcher) -> usize {
        let values = self.index.values(&matcher.name).map_or(0, ValuePostings::len);
        match (matcher.matches_empty(), matcher.op) {
            (true, _) => usize::MAX / 2 + values,
            (false, MatchOp::Regex) => match shape(&matcher.value) {
                Shape::Alternatives(texts) => texts.len().min(values),
                Shape::Prefix(prefix) if prefix.is_empty() => values,
                Shape::Prefix(_) => values / 2,
            },
            (false, _) => values,
        }
    }

    /// The series of `found` (all where `None`) that match.
    fn narrowed(&self, found: Option<Postings>, matcher: &Matcher) -> Postings {
        let values = self.index.values(&matcher.name);
        let accepts_missing = matcher.matches_empty();
        match (found, values) {
            // Nobody has the label.
            (found, None) if accepts_missing => found.unwrap_or_else(|| self.all_by_id()),
            (_, None) => Postings::new(),
            // Few series and many values: ask the series.
            (Some(mut found), Some(values)) if found.len() < values.len() => {
                found.retain(|id| matcher.matches_labels(&self.series[id.0 as usize].labels));
                found
            }
            (found, Some(values)) => {
                let listed = listed(values, matcher, !accepts_missing);
                match (found, accepts_missing) {
                    (None, false) => listed,
                    (Some(found), false) => intersected(&found, &listed),
                    (found, true) => difference(&found.unwrap_or_else(|| self.all_by_id()), &listed),
                }
            }
        }
    }

    fn all_by_id(&self) -> Postings {
        let mut all = self.index.in_order().to_vec();
        all.sort_unstable();
        all
    }
}

/// Whether the index holds a matcher's series as one list.
fn is_list(matcher: &Matcher) -> bool {
    matcher.op == MatchOp::Equal && !matcher.value.is_empty()
}

/// The series whose value of the label matches (`wanted`) or does not. A series has one value a name, so the lists
/// have nothing in common.
fn listed(values: &ValuePostings, matcher: &Matcher, wanted: bool) -> Postings {
    let mut found = Postings::new();
    let is_positive = matcher.op == MatchOp::Regex && wanted;
    match is_positive.then(|| shape(&matcher.value)) {
        Some(Shape::Alternatives(texts)) => {
            let mut texts = texts;
            texts.sort();
            texts.dedup();
            let lists = texts.iter().filter_map(|text| values.get(text.as_str()));
            lists.for_each(|list| found.extend_from_slice(list));
        }
        Some(Shape::Prefix(prefix)) => {
            let candidates = values.range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded));
            let candidates = candidates.take_while(|(value, _)| value.starts_with(&*prefix));
            let matching = candidates.filter(|(value, _)| matcher.matches(value));
            matching.for_each(|(_, list)| found.extend_from_slice(list));
        }
        None => {
            let matching = values.iter().filter(|(value, _)| matcher.matches(value) == wanted);
            matching.for_each(|(_, list)| found.extend_from_slice(list));
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::labels::Labels;

    fn labels() -> impl Strategy<Value = Labels> {
        let value =
            prop_oneof![Just(""), Just("a"), Just("ab"), Just("b"), Just("c"), Just("a.c"), Just("abc")];
        proptest::collection::vec((prop_oneof![Just("job"), Just("x"), Just("y"), Just("z")], value), 0..4)
            .prop_map(Labels::from_pairs)
    }

    fn matcher() -> impl Strategy<Value = Matcher> {
        let name = prop_oneof![Just("job"), Just("x"), Just("y"), Just("nobody")];
        let op = prop_oneof![
            Just(MatchOp::Equal),
            Just(MatchOp::NotEqual),
            Just(MatchOp::Regex),
            Just(MatchOp::NotRegex)
        ];
        let value = prop_oneof![
            Just(""),
            Just("a"),
            Just("ab"),
            Just("a|b"),
            Just("a|"),
            Just("a.*"),
            Just(".*"),
            Just(".+"),
            Just("a.?c"),
            Just(r"a\.c|b"),
            Just("ab+"),
            Just("[ab]"),
            Just("b|a.+"),
            Just("none|of|these")
        ];
        (name, op, value).prop_map(|(name, op, value)| Matcher::new(name, op, value).unwrap())
    }

    proptest! {
        #[test]
        fn a_selection_is_what_trying_every_series_gives(
            sets in proptest::collection::vec(labels(), 0..60),
            matchers in proptest::collection::vec(matcher(), 0..4),
            dropped in proptest::collection::vec(any::<bool>(), 60),
            back in 0_usize..60,
        ) {
            let mut head = Head::new();
            for (set, dropped) in sets.iter().zip(&dropped) {
                let id = head.series_id(set);
                let _ = head.append(id, Timestamp(if *dropped { 10 } else { 1000 }), 1.0);
            }
            head.truncate(Timestamp(500));
            if let Some(set) = sets.get(back) {
                let id = head.series_id(set);
                head.append(id, Timestamp(2000), 1.0).unwrap();
            }
            let (from, to) = (Timestamp(500), Timestamp(1500));
            let mut wanted: Vec<&Labels> = (0..head.series.len() as u32)
                .map(SeriesId)
                .filter(|id| head.time_range(*id).is_some_and(|(first, last)| first <= to && from <= last))
                .map(|id| head.labels(id))
                .filter(|labels| matchers.iter().all(|matcher| matcher.matches_labels(labels)))
                .collect();
            wanted.sort();
            let found = head.select(&matchers, from, to);
            prop_assert_eq!(found.iter().map(|id| head.labels(*id)).collect::<Vec<_>>(), wanted);
        }
    }
}
