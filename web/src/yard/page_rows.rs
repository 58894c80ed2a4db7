//! A metrics page as rows: its lines with their marks, and those that are gone in their old places. Searches in them.
//! Draws nothing.

use scrapeyard_core::lab::view::{LineChange, PageView};

use crate::texts::value_shown;

/// How long a difference may be besides its sign; the margin on a phone has room for as much.
const MARGIN_CHARACTERS: usize = 7;
/// More places than this are not counted.
const MOST_HITS: usize = 9999;

/// A line of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As it is written.
    pub text: String,
    /// What became of it since the last scrape.
    pub mark: Mark,
}

/// What became of a line since the last scrape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    Same,
    /// It was not there.
    Added,
    /// It had another value: how much more it is now, where that is a number, and the value it had.
    Changed(Option<String>, String),
    /// It is there no more.
    Gone,
}

/// How many rows have which mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those with another value.
    pub changed: u64,
    /// Those that are new.
    pub added: u64,
    /// Those that are there no more.
    pub gone: u64,
}

/// A place that was searched for: a row, and the bytes of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The row.
    pub row: usize,
    /// The first byte.
    pub from: usize,
    /// The byte behind the last.
    pub to: usize,
}

/// The rows of a page; with `only_changes` those alone that have a mark.
pub fn rows(page: &PageView, only_changes: bool) -> Vec<Row> {
    let (lines, gone) =
        page.changes.as_ref().map_or((&[][..], &[][..]), |changes| (&changes.lines, &changes.gone));
    let (mut marks, mut gone) = (lines.iter().peekable(), gone.iter().peekable());
    let mut rows = Vec::new();
    let mut push = |text: &str, mark: Mark| {
        if !only_changes || mark != Mark::Same {
            rows.push(Row { text: text.to_owned(), mark });
        }
    };
    for (place, text) in page.text.lines().enumerate() {
        while let Some(line) = gone.next_if(|line| line.before as usize <= place) {
            push(&line.text, Mark::Gone);
        }
        let mark =
            marks.next_if(|(of, _)| *of as usize == place).map_or(Mark::Same, |(_, change)| mark(change));
        push(text, mark);
    }
    gone.for_each(|line| push(&line.text, Mark::Gone));
    rows
}

fn mark(change: &LineChange) -> Mark {
    match change {
        LineChange::Added => Mark::Added,
        LineChange::Changed { before, difference } => Mark::Changed(difference.map(signed), before.clone()),
    }
}

/// A difference with its sign: `+5`, `−0.25`; where that is longer than the margin is wide, with three digits and a
/// power of ten.
fn signed(difference: f64) -> String {
    let sign = if difference < 0.0 { '\u{2212}' } else { '+' };
    let plain = value_shown(difference.abs());
    if plain.len() <= MARGIN_CHARACTERS {
        format!("{sign}{plain}")
    } else {
        format!("{sign}{:.2e}", difference.abs())
    }
}

/// How many rows have which mark.
pub fn tally(rows: &[Row]) -> Tally {
    let mut tally = Tally::default();
    for row in rows {
        match row.mark {
            Mark::Same => {}
            Mark::Added => tally.added += 1,
            Mark::Changed(..) => tally.changed += 1,
            Mark::Gone => tally.gone += 1,
        }
    }
    tally
}

/// Where `wanted` stands in the rows, capitals or not; nowhere where it is empty.
pub fn hits(rows: &[Row], wanted: &str) -> Vec<Hit> {
    let wanted = wanted.trim().to_ascii_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    // Bytes stay where they are when only ASCII letters become small.
    let in_row = |(row, line): (usize, &Row)| {
        let text = line.text.to_ascii_lowercase();
        let places: Vec<usize> = text.match_indices(&wanted).map(|(at, _)| at).collect();
        let length = wanted.len();
        places.into_iter().map(move |from| Hit { row, from, to: from + length })
    };
    rows.iter().enumerate().flat_map(in_row).take(MOST_HITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scrapeyard_core::base::time::Timestamp;
    use scrapeyard_core::lab::view::{GoneLine, PageChanges};

    fn page() -> PageView {
        let changed = LineChange::Changed { before: "7".to_owned(), difference: Some(-2.25) };
        let gone = |before, text: &str| GoneLine { before, text: text.to_owned() };
        let changes = PageChanges {
            at: Timestamp(0),
            prometheus: String::new(),
            job: String::new(),
            instance: String::new(),
            lines: vec![(1, LineChange::Added), (2, changed)],
            gone: vec![gone(1, "x 1"), gone(3, "y 1")],
        };
        PageView { text: "# TYPE a gauge\na{b=\"Ü\"} 1\nA 4.75\n".to_owned(), changes: Some(changes) }
    }

    #[test]
    fn lines_that_are_gone_stand_where_they_stood() {
        let rows = rows(&page(), false);
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        assert_eq!(texts, ["# TYPE a gauge", "x 1", "a{b=\"Ü\"} 1", "A 4.75", "y 1"]);
        assert_eq!(rows[3].mark, Mark::Changed(Some("\u{2212}2.25".to_owned()), "7".to_owned()));
        assert_eq!(tally(&rows), Tally { changed: 1, added: 1, gone: 2 });
    }

    #[test]
    fn only_what_changed_can_be_shown() {
        assert_eq!(rows(&page(), true).len(), 4);
        let unscraped = PageView { changes: None, ..page() };
        assert_eq!((rows(&unscraped, false).len(), rows(&unscraped, true).len()), (3, 0));
    }

    #[test]
    fn a_search_finds_capitals_and_small_letters_and_every_place() {
        let rows = rows(&page(), false);
        let found: Vec<(usize, usize)> = hits(&rows, " a ").iter().map(|hit| (hit.row, hit.from)).collect();
        assert_eq!(found, [(0, 7), (0, 10), (2, 0), (3, 0)]);
        assert_eq!(hits(&rows, "Ü").len(), 1);
        assert!(hits(&rows, "  ").is_empty() && hits(&rows, "zz").is_empty());
    }
}
