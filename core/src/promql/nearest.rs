//! The names most like one that does not exist: by the letters that must be changed, or because one holds the other.

use std::sync::Arc;

/// Names that are offered.
const OFFERED: usize = 3;
/// Longer names are compared up to here.
const MAX_LETTERS: usize = 100;
/// Names that are looked at.
const MAX_NAMES: usize = 10_000;

/// The names most like `wanted`, the nearest first; none where none is like it.
pub fn nearest(wanted: &str, names: &[Arc<str>]) -> Vec<String> {
    let letters =
        |name: &str| -> Vec<char> { name.chars().take(MAX_LETTERS).flat_map(char::to_lowercase).collect() };
    let own = letters(wanted);
    let limit = (own.len() / 3).max(2);
    let mut near: Vec<(usize, &Arc<str>)> = Vec::new();
    for name in names.iter().take(MAX_NAMES) {
        let other = letters(name);
        let holds = own.len() >= 3
            && other.len() >= 3
            && (name.to_lowercase().contains(&wanted.to_lowercase())
                || wanted.to_lowercase().contains(&name.to_lowercase()));
        let distance =
            if own.len().abs_diff(other.len()) <= limit { distance(&own, &other) } else { usize::MAX };
        if distance <= limit {
            near.push((distance, name));
        } else if holds {
            near.push((limit + own.len().abs_diff(other.len()), name));
        }
    }
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(OFFERED).map(|(_, name)| name.to_string()).collect()
}

/// How many letters must be added, removed, changed or swapped with their neighbour (optimal string alignment).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, own) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let changed = last[column] + usize::from(own != other);
            let mut best = changed.min(last[column + 1] + 1).min(current[column] + 1);
            let is_swap = row > 0 && column > 0 && left[row - 1] == *other && right[column - 1] == *own;
            if is_swap {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut last, current);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_changes_come_first() {
        let names = ["up", "http_requests_total", "http_request_total", "other"].map(Arc::from);
        assert_eq!(nearest("http_reqeusts_total", &names), ["http_requests_total", "http_request_total"]);
        assert_eq!(nearest("requests_total", &names), ["http_requests_total"]);
        assert!(nearest("nothing_like_it", &names).is_empty());
    }

    #[test]
    fn a_swap_is_one_change() {
        let count = |left: &str, right: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            distance(&letters(left), &letters(right))
        };
        assert_eq!(count("ab", "ba"), 1);
        assert_eq!(count("kitten", "sitting"), 3);
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("요청", "요층"), 1);
    }
}
