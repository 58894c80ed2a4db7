//! Lengths of time as people write them: `5min`, `1 hour`, `30sec`.

use super::Mend;
use crate::base::span::Span;

/// The words for a unit, and PromQL's letter.
const UNITS: &[(&[&str], &str)] = &[
    (&["ms", "msec", "millis", "milliseconds"], "ms"),
    (&["s", "sec", "secs", "second", "seconds"], "s"),
    (&["m", "min", "mins", "minute", "minutes"], "m"),
    (&["h", "hr", "hrs", "hour", "hours"], "h"),
    (&["d", "day", "days"], "d"),
    (&["w", "week", "weeks"], "w"),
];

pub fn candidates(text: &str) -> Vec<Mend> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let starts = bytes[at].is_ascii_digit()
            && at.checked_sub(1).is_none_or(|before| !is_word(bytes[before]) && bytes[before] != b'.');
        if !starts {
            at += 1;
            continue;
        }
        let run = |from: usize, wanted: fn(u8) -> bool| {
            bytes[from..].iter().position(|byte| !wanted(*byte)).map_or(bytes.len(), |length| from + length)
        };
        let digits = run(at, |byte| byte.is_ascii_digit());
        let word = run(digits, |byte| byte == b' ');
        let end = run(word, |byte| byte.is_ascii_alphabetic());
        let unit = text[word..end].to_ascii_lowercase();
        let letter =
            UNITS.iter().find(|(words, _)| words.contains(&unit.as_str())).map(|(_, letter)| *letter);
        if let Some(letter) = letter.filter(|letter| text[digits..end] != **letter) {
            let span = Span::new(at as u32, end as u32);
            found.push(Mend::write(span, &format!("{}{letter}", &text[at..digits])));
        }
        at = end.max(at + 1);
    }
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
