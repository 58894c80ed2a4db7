//! `metric{labels}@st -1m 30s+10sx4`: since when the samples of the following line have been counted, as offsets from
//! each sample's own time.

use crate::base::duration;
use crate::model::labels::Labels;
use crate::promql::syntax::series::{MAX_VALUES, parse_series};

/// Offsets in milliseconds, one a sample; `None` where no start is known.
pub type Offsets = Vec<Option<i64>>;

/// The series and the items of a line of start times; `None` for any other line.
#[must_use]
pub fn split(line: &str) -> Option<(&str, &str)> {
    let (metric, items) = line.split_once([' ', '\t'])?;
    Some((metric.strip_suffix("@st")?, items))
}

/// Reads a line of start times that was split.
///
/// # Errors
/// What is wrong with the series or the first item that cannot be read.
pub fn parse(metric: &str, items: &str) -> Result<(Labels, Offsets), String> {
    let mut offsets = Vec::new();
    for written in items.split_whitespace() {
        let faulty = |reason: String| format!("invalid @st sequence: invalid ST item {written:?}: {reason}");
        let (count, first, step) = item(written).map_err(faulty)?;
        if count > u64::from(MAX_VALUES).saturating_sub(offsets.len() as u64) {
            return Err(faulty(format!("more than {MAX_VALUES} values")));
        }
        let mut offset = first;
        offsets.extend((0..count).map(|_| {
            let current = offset;
            offset = offset.map(|offset| offset.saturating_add(step));
            current
        }));
    }
    let series = parse_series(&format!("{metric} _"))
        .map_err(|error| format!("invalid @st line metric {metric:?}: {error}"))?;
    Ok((series.labels, offsets))
}

/// How many samples an item is for, the first one's offset, and the step to the next.
fn item(written: &str) -> Result<(u64, Option<i64>, i64), String> {
    let times = |text: &str| text.parse::<u64>().map_err(|_| "invalid repeat count".to_owned());
    if let Some(rest) = written.strip_prefix('_') {
        return match rest.strip_prefix('x') {
            None if rest.is_empty() => Ok((1, None, 0)),
            None => Err(format!("unexpected {rest:?} after \"_\"")),
            Some(count) => match times(count)? {
                0 => Err("invalid repeat count".to_owned()),
                count => Ok((count, None, 0)),
            },
        };
    }
    let (first, rest) = signed_duration(written)?;
    if rest.is_empty() {
        return Ok((1, Some(first), 0));
    }
    let more = |count: u64| count.saturating_add(1);
    if let Some(count) = rest.strip_prefix('x') {
        return Ok((more(times(count)?), Some(first), 0));
    }
    if !rest.starts_with(['+', '-']) {
        return Err(format!("unexpected {rest:?} after duration"));
    }
    let (step, after) = signed_duration(&rest[1..])?;
    let count = after.strip_prefix('x').ok_or("expected 'x<count>' after step duration")?;
    Ok((more(times(count)?), Some(first), if rest.starts_with('-') { -step } else { step }))
}

/// The length of time at the beginning of a text, in milliseconds, and the rest.
fn signed_duration(text: &str) -> Result<(i64, &str), String> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Err(format!("expected digits in duration {text:?}"));
    }
    let letters =
        unsigned[digits..].bytes().take_while(|byte| byte.is_ascii_alphabetic() && *byte != b'x').count();
    let (written, rest) = unsigned.split_at(digits + letters);
    let length =
        duration::parse(written).map_err(|error| format!("invalid duration {written:?}: {error}"))?;
    Ok((if text.starts_with('-') { -length.0 } else { length.0 }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(items: &str) -> Result<Offsets, String> {
        parse("m", items).map(|(_, offsets)| offsets)
    }

    #[test]
    fn items_are_single_repeated_or_rising() {
        let found = offsets("_ _x2 -1m 0 30sx1 -30s-1mx2 1ms+1sx1").unwrap();
        let known = [-60_000, 0, 30_000, 30_000, -30_000, -90_000, -150_000, 1, 1001];
        let wanted: Offsets = [None; 3].into_iter().chain(known.map(Some)).collect();
        assert_eq!(found, wanted);
        assert_eq!(split("a{b=\"c\"}@st  1m 2m"), Some(("a{b=\"c\"}", " 1m 2m")));
        assert_eq!(split("a 1m@st"), None);
    }

    #[test]
    fn items_that_cannot_be_read_are_told() {
        for faulty in ["_x0", "_y", "m", "1m30s", "1m+1m", "1mx", "1m+x2", "1hs", "1mx100000"] {
            let told = offsets(faulty).unwrap_err();
            assert!(told.starts_with("invalid @st sequence: invalid ST item"), "{told}");
        }
    }
}
