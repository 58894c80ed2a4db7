//! The last page of a target, line by line: where the next one has the same lines, or the same series with other
//! values, it need not be parsed. What it cannot follow is left to the parser, so it never decides what is right.

use std::sync::Arc;

use crate::exposition::{Format, parse_float};

/// A page that was taken in whole, with what its lines meant.
#[derive(Clone, Debug, Default)]
pub struct PageMemo {
    /// Shared with whoever compares pages.
    page: Arc<String>,
    format: Option<Format>,
    lines: Vec<Line>,
}

/// A line; it begins where the one before ends.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    /// One past its newline, in bytes.
    end: u32,
    /// What it holds; `None` for a comment or an empty line.
    sample: Option<Value>,
}

/// What the line of a sample says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The place of its series in the cache.
    pub entry: u32,
    /// The value.
    pub value: f64,
    /// Its own timestamp in milliseconds.
    pub at: Option<i64>,
}

/// No number of a page that is followed is longer.
const LONGEST_NUMBER: usize = 40;

impl PageMemo {
    /// Remembers a page that was taken in, with the samples that the parser found in it, in their order. `text` gives
    /// the series of an entry. A page whose lines do not look as usual is not remembered.
    pub fn remember<'t>(
        &mut self,
        page: String,
        format: Format,
        samples: &[Value],
        text: impl Fn(u32) -> &'t [u8],
    ) {
        self.keep(page);
        let page = Arc::clone(&self.page);
        let mut samples = samples.iter();
        let mut end = 0;
        for line in page.as_bytes().split_inclusive(|byte| *byte == b'\n') {
            end += line.len();
            let sample = match line.first() {
                Some(b'#' | b'\n') => None,
                _ => match samples.next() {
                    Some(sample) if value_text(line, text(sample.entry)).is_some() => Some(*sample),
                    _ => return,
                },
            };
            self.lines.push(Line { end: end as u32, sample });
        }
        if samples.next().is_none() && page.ends_with('\n') && u32::try_from(page.len()).is_ok() {
            self.format = Some(format);
        }
    }

    /// Keeps a page as text alone: the next one is not followed.
    pub fn keep(&mut self, page: String) {
        self.page = Arc::new(page);
        self.forget();
    }

    /// Forgets what the lines meant; the text stays.
    pub fn forget(&mut self) {
        self.format = None;
        self.lines.clear();
    }

    /// The text of the last page that was taken in.
    pub const fn page(&self) -> &Arc<String> {
        &self.page
    }

    /// The samples of a page that has the same lines as the one remembered, but for values; gives the page back where
    /// it has not.
    ///
    /// # Errors
    /// The page, to be parsed.
    pub fn follow<'t>(
        &mut self,
        page: String,
        format: Format,
        text: impl Fn(u32) -> &'t [u8],
    ) -> Result<impl Iterator<Item = Value>, String> {
        if self.format != Some(format) {
            return Err(page);
        }
        let Some(lines) = self.matched(page.as_bytes(), format, text) else {
            return Err(page);
        };
        self.lines = lines;
        self.page = Arc::new(page);
        Ok(self.lines.iter().filter_map(|line| line.sample))
    }

    fn matched<'t>(&self, page: &[u8], format: Format, text: impl Fn(u32) -> &'t [u8]) -> Option<Vec<Line>> {
        let known = self.page.as_bytes();
        let mut lines = Vec::with_capacity(self.lines.len());
        let (mut known_start, mut start) = (0, 0);
        for line in &self.lines {
            let (rest, before) = (page.get(start..)?, &known[known_start..line.end as usize]);
            known_start = line.end as usize;
            let (length, sample) = if rest.starts_with(before) {
                (before.len(), line.sample)
            } else {
                let sample = line.sample?;
                let (length, value, at) = changed(rest, text(sample.entry), format)?;
                (length, Some(Value { entry: sample.entry, value, at }))
            };
            start += length;
            lines.push(Line { end: start as u32, sample });
        }
        (start == page.len()).then_some(lines)
    }
}

/// What stands behind the series and a space, up to the newline.
fn value_text<'l>(line: &'l [u8], series: &[u8]) -> Option<&'l [u8]> {
    line.strip_prefix(series)?.strip_prefix(b" ")?.strip_suffix(b"\n")
}

/// The line of a known series with another value: its length, the value and the timestamp.
fn changed(rest: &[u8], series: &[u8], format: Format) -> Option<(usize, f64, Option<i64>)> {
    let behind = rest.strip_prefix(series)?.strip_prefix(b" ")?;
    let number = behind.get(..behind.len().min(2 * LONGEST_NUMBER + 2))?;
    let number = &number[..number.iter().position(|byte| *byte == b'\n')?];
    let length = series.len() + 1 + number.len() + 1;
    let (value, at) = match number.iter().position(|byte| *byte == b' ') {
        None => (number, None),
        // OpenMetrics has seconds there, or an exemplar.
        Some(_) if format == Format::OpenMetrics => return None,
        Some(space) => (&number[..space], Some(milliseconds(&number[space + 1..])?)),
    };
    Some((length, parse_float(value).ok()?, at))
}

fn milliseconds(digits: &[u8]) -> Option<i64> {
    let all_digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    all_digits.then(|| std::str::from_utf8(digits).ok()?.parse().ok()).flatten()
}
