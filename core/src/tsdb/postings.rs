//! Lists of series: what is in all of them, in any, in one but not another. Knows no labels.

use super::SeriesId;

/// Series ids, rising, none twice.
pub type Postings = Vec<SeriesId>;

/// What is in all lists; nothing where there are none.
#[must_use]
pub fn intersection(lists: &[&[SeriesId]]) -> Postings {
    let mut lists = lists.to_vec();
    // The shortest first: every step after it looks at its series only.
    lists.sort_by_key(|list| list.len());
    let Some((first, rest)) = lists.split_first() else { return Postings::new() };
    rest.iter().fold(first.to_vec(), |found, list| intersected(&found, list))
}

/// What is in any of the lists.
#[must_use]
pub fn union(lists: &[&[SeriesId]]) -> Postings {
    let mut found = lists.concat();
    // Equal ids cannot be told apart, so an unstable sort has one outcome.
    found.sort_unstable();
    found.dedup();
    found
}

/// What is in `all` and not in `without`.
#[must_use]
pub fn difference(all: &[SeriesId], without: &[SeriesId]) -> Postings {
    let mut rest = without;
    let mut found = Postings::with_capacity(all.len());
    for id in all {
        rest = rest_from(rest, *id);
        if rest.first() != Some(id) {
            found.push(*id);
        }
    }
    found
}

/// The list from the first id on that is not below `id`: steps that double, then a search between the last two.
#[must_use]
pub fn rest_from(ids: &[SeriesId], id: SeriesId) -> &[SeriesId] {
    let mut bound = 1;
    while bound < ids.len() && ids[bound - 1] < id {
        bound *= 2;
    }
    let low = bound / 2;
    &ids[low + ids[low..bound.min(ids.len())].partition_point(|other| *other < id)..]
}

/// Puts an id into its place, where it is not yet.
pub fn insert(list: &mut Postings, id: SeriesId) {
    match list.last() {
        // Nearly always the newest id; a series that comes back is the exception.
        None => list.push(id),
        Some(last) if *last < id => list.push(id),
        Some(_) => {
            if let Err(place) = list.binary_search(&id) {
                list.insert(place, id);
            }
        }
    }
}

/// What is in both lists.
pub(super) fn intersected(short: &[SeriesId], long: &[SeriesId]) -> Postings {
    if short.len() > long.len() {
        return intersected(long, short);
    }
    let mut found = Postings::with_capacity(short.len());
    let mut rest = long;
    for id in short {
        rest = rest_from(rest, *id);
        if rest.first() == Some(id) {
            found.push(*id);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_are_sets(
            sets in proptest::collection::vec(proptest::collection::btree_set(0_u32..200, 0..80), 2..5),
        ) {
            let list = |set: &BTreeSet<u32>| set.iter().copied().map(SeriesId).collect::<Vec<_>>();
            let lists: Vec<Postings> = sets.iter().map(list).collect();
            let slices: Vec<&[SeriesId]> = lists.iter().map(|list| &list[..]).collect();
            let folded = |join: fn(&BTreeSet<u32>, &BTreeSet<u32>) -> BTreeSet<u32>| {
                list(&sets[1..].iter().fold(sets[0].clone(), |all, set| join(&all, set)))
            };
            prop_assert_eq!(intersection(&slices), folded(|left, right| left & right));
            prop_assert_eq!(union(&slices), folded(|left, right| left | right));
            prop_assert_eq!(difference(&lists[0], &lists[1]), list(&(&sets[0] - &sets[1])));
            let mut inserted = lists[0].clone();
            lists[1].iter().rev().for_each(|id| insert(&mut inserted, *id));
            prop_assert_eq!(inserted, list(&(&sets[0] | &sets[1])));
        }
    }
}
