//! Metrics pages: entries or an error at its place; timed samples survive being written and read again.

use scrapeyard_core::exposition::{
    DUMP_END, Entry, Format, Limits, ParseOptions, Parser, TimedEntry, check_openmetrics, lint,
    read_timed_page, write_dump_series,
};
use scrapeyard_core::model::labels::{Labels, METRIC_NAME};

/// Pages of the text format.
pub fn text(input: &[u8]) -> Result<bool, String> {
    page(input, Format::Text)
}

/// Pages of OpenMetrics.
pub fn openmetrics(input: &[u8]) -> Result<bool, String> {
    page(input, Format::OpenMetrics)
}

/// Understood: a page that is read to its end and has a sample.
fn page(input: &[u8], format: Format) -> Result<bool, String> {
    let first = entries(input, format, ParseOptions::default())?;
    let created = ParseOptions { created_as_start: true, ..ParseOptions::default() };
    let (_, is_whole) = entries(input, format, created)?;
    if is_whole != first.1 {
        return Err("start times decide whether the page is good".to_owned());
    }
    dump_comes_back(input, format)?;
    other_readings(input, format, first.1)?;
    Ok(first.1 && first.0 > 0)
}

/// The standard takes nothing that a scrape refuses, and promtool's remarks or refusal have words and a place.
fn other_readings(input: &[u8], format: Format, is_good: bool) -> Result<(), String> {
    if format == Format::OpenMetrics {
        return match check_openmetrics(input, Limits::default()) {
            Ok(()) if is_good => Ok(()),
            Ok(()) => Err("the strict reading takes what a scrape refuses".to_owned()),
            Err(error) if error.message.is_empty() || error.offset > input.len() => {
                Err(format!("an error without words or place: {error:?}"))
            }
            Err(_) => Ok(()),
        };
    }
    match lint(input) {
        Ok(remarks) if remarks.iter().all(|remark| remark.contains(' ')) => Ok(()),
        Ok(remarks) => Err(format!("a remark without words: {remarks:?}")),
        Err(error) if error.message.is_empty() || error.offset > input.len() => {
            Err(format!("an error without words or place: {error:?}"))
        }
        Err(_) => Ok(()),
    }
}

/// How many samples were read, and whether all of the page was.
fn entries(input: &[u8], format: Format, options: ParseOptions) -> Result<(usize, bool), String> {
    let mut parser = Parser::with_options(input, format, options);
    let (mut samples, mut seen, mut before) = (0, 0, 0);
    loop {
        seen += 1;
        if seen > input.len() + 2 {
            return Err("more entries than bytes".to_owned());
        }
        match parser.next_entry() {
            Ok(None) => return Ok((samples, true)),
            Ok(Some(Entry::Sample(sample))) => {
                samples += 1;
                let _ = (sample.labels(), sample.value(), sample.at(), sample.start(), sample.exemplar());
            }
            Ok(Some(_)) => {}
            Err(error) => {
                let lines = input.iter().filter(|byte| **byte == b'\n').count() + 1;
                let is_within = error.offset <= input.len() && error.place.line as usize <= lines;
                return if error.message.is_empty() || !is_within {
                    Err(format!("an error without words or place: {error:?}"))
                } else {
                    Ok((samples, false))
                };
            }
        }
        if parser.offset() < before || parser.offset() > input.len() {
            return Err(format!("goes from byte {before} to {}", parser.offset()));
        }
        before = parser.offset();
    }
}

type Timed = Vec<(Labels, i64, u64)>;

fn timed(input: &[u8], format: Format) -> Option<Timed> {
    let mut found = Vec::new();
    let outcome = read_timed_page(input, format, Limits::default(), |entry| {
        if let TimedEntry::Sample(labels, at, value) = entry {
            let bits = if value.is_nan() { u64::MAX } else { value.to_bits() };
            found.push((labels.clone(), at.0, bits));
        }
    });
    outcome.ok().map(|()| found)
}

fn dump_comes_back(input: &[u8], format: Format) -> Result<(), String> {
    let Some(mut samples) = timed(input, format) else { return Ok(()) };
    // A page may name a series that no dump can: without a name, or at a time beyond what seconds hold exactly.
    samples.retain(|(labels, at, _)| labels.get(METRIC_NAME).is_some() && at.unsigned_abs() < 1 << 51);
    let mut page = String::new();
    for (labels, at, bits) in &samples {
        let value = if *bits == u64::MAX { f64::NAN } else { f64::from_bits(*bits) };
        write_dump_series(&mut page, labels, &[*at], &[value]);
    }
    page.push_str(DUMP_END);
    match timed(page.as_bytes(), Format::OpenMetrics) {
        Some(again) if again == samples => Ok(()),
        Some(again) => {
            let first = samples.iter().zip(&again).find(|(wanted, got)| wanted != got);
            Err(format!("a dump comes back otherwise: {first:?}"))
        }
        None => Err(format!("a dump cannot be read: {page}")),
    }
}
