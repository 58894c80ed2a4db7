//! Which items fit what has been typed, and in which order they are offered.

use super::{Item, ItemKind};
use crate::base::span::Span;

/// What is written most: it comes before others that fit as well.
const USUAL: [&str; 12] = [
    "rate",
    "increase",
    "histogram_quantile",
    "sum",
    "avg",
    "count",
    "max",
    "min",
    "topk",
    "by",
    "offset",
    "avg_over_time",
];

/// Keeps the items that hold what was typed, case aside: those that begin with it first, then those in which a word
/// does, then the others.
pub fn order(items: &mut Vec<Item>, typed: &str) {
    let typed = typed.to_lowercase();
    let mut ranked: Vec<(u8, Item)> = Vec::with_capacity(items.len());
    for mut item in items.drain(..) {
        let label = item.label.to_lowercase();
        let Some(at) = found(&label, &typed) else { continue };
        let tier = match at {
            0 => 0,
            at if !label.as_bytes()[at - 1].is_ascii_alphanumeric() => 1,
            _ => 2,
        };
        // Lower case may have another length; then nothing is marked.
        if label.len() == item.label.len() {
            item.matched = Span::new(at as u32, (at + typed.len()) as u32);
        }
        ranked.push((tier, item));
    }
    // Patterns begin an empty text; behind a word they come last.
    let kind = |item: &Item| match item.kind {
        ItemKind::Pattern if typed.is_empty() => 0,
        ItemKind::Pattern => 3,
        ItemKind::Keyword => 2,
        _ => 1,
    };
    ranked.sort_by(|(tier, item), (other_tier, other)| {
        let key = |item: &Item| {
            let is_usual = !typed.is_empty() && USUAL.contains(&item.label.as_str());
            (item.label.len() != typed.len(), !is_usual, kind(item))
        };
        (tier, key(item), &item.label).cmp(&(other_tier, key(other), &other.label))
    });
    items.extend(ranked.into_iter().map(|(_, item)| item));
}

/// Where a word of the label begins with what was typed, else where it is at all.
fn found(label: &str, typed: &str) -> Option<usize> {
    let starts_word = |at: &usize| *at == 0 || !label.as_bytes()[at - 1].is_ascii_alphanumeric();
    let mut places = label.match_indices(typed).map(|(at, _)| at);
    let first = places.next()?;
    if starts_word(&first) { Some(first) } else { Some(places.find(starts_word).unwrap_or(first)) }
}
