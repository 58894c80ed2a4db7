//! The strict reading of OpenMetrics 1.0: what the standard demands of a page beyond what Prometheus's scraper does.
//!
//! There are two readings, and they are not mixed: [`super::Parser`] is what a scrape goes through and takes what
//! Prometheus takes (counters that fall below zero, families that come apart); this one is for `check-metrics
//! --openmetrics` and refuses what the standard's own test suite refuses. Keeps no values.

mod family;
mod histogram;

use std::collections::BTreeSet;

use self::family::StrictFamily;
use super::parse::parse_float;
use super::{Entry, Format, Limits, ParseError, ParseOptions, Parser, Sample};

/// Checks a page against the standard.
///
/// # Errors
/// The first place where it breaks the standard: in Prometheus's words where its scraper refuses the page too, else in
/// our own.
pub fn check_openmetrics(page: &[u8], limits: Limits) -> Result<(), ParseError> {
    let options = ParseOptions { limits, normalize_bounds: false, ..ParseOptions::default() };
    let mut parser = Parser::with_options(page, Format::OpenMetrics, options);
    let mut names = Names::default();
    let mut family = StrictFamily::default();
    loop {
        let start = parser.offset();
        let outcome = match parser.next_entry()? {
            None => {
                return names.close(&family).map_err(|text| ParseError::new(page, page.len(), text));
            }
            Some(Entry::Sample(sample)) => {
                let line = &page[start..];
                let line = &line[..line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len())];
                check_line(line, &sample).and_then(|()| take_sample(&mut family, &mut names, &sample, line))
            }
            Some(Entry::Comment(_)) => Err("comments are not allowed".to_owned()),
            Some(metadata) => take_metadata(&mut family, &mut names, &metadata),
        };
        outcome.map_err(|text| ParseError::new(page, start, text))?;
    }
}

/// The sample names that the families so far have taken.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    /// Ends a family: its whole is checked, its names are taken.
    fn close(&mut self, family: &StrictFamily) -> Result<(), String> {
        if family.name.is_empty() {
            return Ok(());
        }
        family.check()?;
        for suffix in family.suffixes().iter().chain(&[""]).collect::<BTreeSet<_>>() {
            let name = format!("{}{suffix}", family.name);
            if !self.0.insert(name.clone()) {
                return Err(format!("the name {name} belongs to two metric families"));
            }
        }
        Ok(())
    }
}

fn take_metadata(family: &mut StrictFamily, names: &mut Names, entry: &Entry<'_, '_>) -> Result<(), String> {
    let (Entry::Help { name, .. } | Entry::Type { name, .. } | Entry::Unit { name, .. }) = entry else {
        return Ok(());
    };
    if *family.name != **name {
        names.close(family)?;
        *family = StrictFamily::named(name);
    }
    family.describe(entry)
}

fn take_sample(
    family: &mut StrictFamily,
    names: &mut Names,
    sample: &Sample<'_, '_>,
    line: &[u8],
) -> Result<(), String> {
    let name = sample.name();
    if !family.has_sample(&name) {
        names.close(family)?;
        *family = StrictFamily::named(&name);
    }
    // Milliseconds would not tell all timestamps apart.
    let mut words = line.get(sample.series().len() + 1..).unwrap_or_default().split(|byte| *byte == b' ');
    let at = words.nth(1).filter(|word| *word != b"#").and_then(|word| parse_float(word).ok());
    family.take(sample, at)
}

/// What the scraper lets pass in a line: stray commas, doubled labels, an exemplar that is too long.
fn check_line(line: &[u8], sample: &Sample<'_, '_>) -> Result<(), String> {
    let mut is_quoted = false;
    let mut before = b' ';
    let mut at = 0;
    while let Some(byte) = line.get(at) {
        match byte {
            b'\\' if is_quoted => at += 1,
            b'"' => is_quoted = !is_quoted,
            b'}' if !is_quoted && before == b',' => return Err("comma before a closing brace".to_owned()),
            b',' if !is_quoted && matches!(before, b'{' | b',') => {
                return Err("comma without a label before it".to_owned());
            }
            _ => {}
        }
        before = *byte;
        at += 1;
    }
    if let Some(label) = sample.duplicate_label() {
        return Err(format!("label {label} stands twice"));
    }
    let Some(exemplar) = sample.exemplar() else { return Ok(()) };
    let length: usize =
        exemplar.labels.iter().map(|label| label.name.chars().count() + label.value.chars().count()).sum();
    if length > 128 {
        return Err(format!("labels of an exemplar hold {length} characters, at most 128 are allowed"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(page: &str) -> String {
        match check_openmetrics(page.as_bytes(), Limits::default()) {
            Ok(()) => "accepted".to_owned(),
            Err(error) => format!("{}: {error}", error.place),
        }
    }

    #[test]
    fn what_the_scraper_takes_is_not_yet_openmetrics() {
        for (page, expected) in [
            ("# TYPE a counter\na_total 1\n# EOF\n", "accepted"),
            ("# TYPE a counter\na_total -1\n# EOF\n", "2:1: a_total counts something and cannot be negative"),
            ("# TYPE a counter\na_total NaN\n# EOF\n", "2:1: a_total counts something and cannot be NaN"),
            ("a 1\nb 1\na 2\n# EOF\n", "3:1: the name a belongs to two metric families"),
            ("# TYPE a gauge\na 1\n# HELP a x\n# EOF\n", "3:1: metadata of a after its samples"),
            ("a{b=\"1\",} 1\n# EOF\n", "1:1: comma before a closing brace"),
            ("# TYPE a stateset\na{b=\"c\"} 1\n# EOF\n", "2:1: a state set's sample lacks the label a"),
            ("# TYPE a gauge\na 1 2\na 1 1\n# EOF\n", "3:1: timestamps of a go backwards"),
            (
                "# TYPE h histogram\nh_bucket{le=\"1\"} 1\n# EOF\n",
                "3:6: the histogram h lacks the bucket le=\"+Inf\"",
            ),
        ] {
            assert_eq!(verdict(page), expected, "{page}");
        }
    }
}
