//! What each container showed to the last scrape that took its page in, and what its page says otherwise now.
//! Compares lines; parses no page and stores nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::view::{GoneLine, LineChange, PageChanges};
use crate::base::lookup::Lookup;
use crate::base::time::Timestamp;
use crate::exposition::parse_float;
use crate::sim::ActorId;

/// By container. It helps a reader and decides nothing, so it is not written: after a lab was restored there is
/// nothing to compare with until the next scrape.
pub type ServedPages = BTreeMap<ActorId, Served>;

/// A page that a scrape took in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// When the scrape began.
    pub at: Timestamp,
    /// The container of the Prometheus.
    pub prometheus: String,
    /// The target's job.
    pub job: Arc<str>,
    /// The target's `instance` label.
    pub instance: Arc<str>,
    /// The text.
    pub page: Arc<String>,
}

impl Served {
    /// What `now`, the page as it would be served now, says otherwise.
    #[must_use]
    pub fn changes(&self, now: &str) -> PageChanges {
        let (lines, gone) = compare(&self.page, now);
        PageChanges {
            at: self.at,
            prometheus: self.prometheus.clone(),
            job: self.job.to_string(),
            instance: self.instance.to_string(),
            lines,
            gone,
        }
    }
}

/// The lines of `now` that are new or have another value, by their places, and those of `before` that are gone.
fn compare(before: &str, now: &str) -> (Vec<(u32, LineChange)>, Vec<GoneLine>) {
    let mut known: Lookup<&str, Known<'_>> = Lookup::default();
    for line in before.lines() {
        let (series, value) = parts(line);
        known.insert(series, Known { value, shown_at: None });
    }
    let mut changed = Vec::new();
    for (place, line) in now.lines().enumerate() {
        let (series, value) = parts(line);
        let place = place as u32;
        match known.get_mut(series) {
            None => changed.push((place, LineChange::Added)),
            Some(known) => {
                known.shown_at = Some(place);
                if known.value != value {
                    let before = known.value.to_owned();
                    let difference = difference(known.value, value);
                    changed.push((place, LineChange::Changed { before, difference }));
                }
            }
        }
    }
    // A line that is gone stands behind the one that stood before it.
    let (mut gone, mut place) = (Vec::new(), 0);
    for line in before.lines() {
        match known.get(parts(line).0).and_then(|known| known.shown_at) {
            Some(shown_at) => place = shown_at + 1,
            None => gone.push(GoneLine { before: place, text: line.to_owned() }),
        }
    }
    (changed, gone)
}

/// What is known of a line of the page before.
struct Known<'p> {
    value: &'p str,
    /// Its place on the page now.
    shown_at: Option<u32>,
}

/// The series of a sample's line, and its value; a timestamp behind it moves on by itself and is no change. A comment
/// is all name.
fn parts(line: &str) -> (&str, &str) {
    if line.starts_with('#') {
        return (line, "");
    }
    let (mut quoted, mut escaped, mut braces) = (false, false, false);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => braces = true,
            b'}' if !quoted => braces = false,
            b' ' if !quoted && !braces => {
                return (&line[..at], line[at..].split_ascii_whitespace().next().unwrap_or(""));
            }
            _ => {}
        }
    }
    (line, "")
}

/// How much more it is now; `None` where that is no number, or the two are the same number written in two ways.
fn difference(before: &str, now: &str) -> Option<f64> {
    let number = |text: &str| parse_float(text.as_bytes()).ok();
    let difference = number(now)? - number(before)?;
    (difference.is_finite() && difference != 0.0).then_some(difference)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str =
        "# TYPE a counter\na{x=\"1 }\\\" 2\"} 5\na{x=\"2\"} 7\n# TYPE b gauge\nb 1\nc NaN 1700000000000\n";

    fn marks(now: &str) -> (Vec<(u32, LineChange)>, Vec<GoneLine>) {
        compare(BEFORE, now)
    }

    #[test]
    fn the_same_page_has_no_marks() {
        assert_eq!(marks(BEFORE), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_timestamp_that_moved_on_is_no_change() {
        assert_eq!(marks(&BEFORE.replace("1700000000000", "1700000003000")), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_value_that_changed_says_by_how_much_and_from_what() {
        let now = BEFORE.replace("2\"} 5", "2\"} 7.5").replace("b 1", "b -1").replace("c NaN", "c 3");
        let changed =
            |before: &str, difference| LineChange::Changed { before: before.to_owned(), difference };
        let wanted =
            vec![(1, changed("5", Some(2.5))), (4, changed("1", Some(-2.0))), (5, changed("NaN", None))];
        assert_eq!(marks(&now), (wanted, Vec::new()));
    }

    #[test]
    fn what_is_new_is_marked_and_what_is_gone_stands_where_it_stood() {
        let now = BEFORE.replace("a{x=\"2\"} 7\n", "").replace("c NaN 1700000000000", "d 1");
        let gone = |before, text: &str| GoneLine { before, text: text.to_owned() };
        assert_eq!(
            marks(&now),
            (vec![(4, LineChange::Added)], vec![gone(2, "a{x=\"2\"} 7"), gone(4, "c NaN 1700000000000")])
        );
        let all_gone = marks("");
        assert_eq!((all_gone.0.len(), all_gone.1.len()), (0, 6));
        assert!(all_gone.1.iter().all(|line| line.before == 0));
    }
}
