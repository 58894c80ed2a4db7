//! Expressions: tokens, trees, faults and the printed form.

use scrapeyard_core::promql::api;
use scrapeyard_core::promql::syntax::{
    LINE_BYTES, Options, highlight, parse, parse_length, parse_selector, parse_series, pretty, read, tokens,
};

use crate::tree::render;

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

fn text(input: &[u8]) -> Option<&str> {
    std::str::from_utf8(input).ok()
}

/// Tokens and coloured pieces stand one behind the other with only blanks between them.
pub fn tokens_cover_the_text(input: &[u8]) -> Result<bool, String> {
    let Some(text) = text(input) else { return Ok(false) };
    covers(text, tokens(text).iter().map(|token| token.span).map(|span| (span.start, span.end)))?;
    covers(text, highlight(text).iter().map(|(span, _)| (span.start, span.end)))
        .map_err(|reason| format!("coloured: {reason}"))?;
    Ok(true)
}

fn covers(text: &str, spans: impl Iterator<Item = (u32, u32)>) -> Result<(), String> {
    let mut end = 0;
    for (from, to) in spans {
        let between = text.get(end..from as usize).ok_or("tokens overlap or cut a character")?;
        if !between.trim_matches(BLANKS).is_empty() {
            return Err(format!("{between:?} belongs to no token"));
        }
        end = to as usize;
    }
    let rest = text.get(end..).ok_or("a token cuts a character")?;
    if rest.trim_matches(BLANKS).is_empty() { Ok(()) } else { Err(format!("{rest:?} belongs to no token")) }
}

/// Whatever reads a text gives what it read, or faults with words and places. Understood: a whole expression.
pub fn faults_have_places(input: &[u8]) -> Result<bool, String> {
    let Some(text) = text(input) else { return Ok(false) };
    let reading = read(text, &Options::all());
    for error in &reading.errors {
        let (start, end) = (error.span.start as usize, error.span.end as usize);
        let is_within = start <= end && text.get(start..end).is_some();
        if !is_within || error.to_string().is_empty() || error.code().is_empty() {
            return Err(format!("a fault without place or words: {error:?}"));
        }
        let _ = error.located(text);
    }
    let _ = api::parse_error(&reading.errors, text);
    let _ = (parse_series(text), parse_selector(text), parse_length(text, &Options::all()));
    if reading.errors.is_empty() && reading.expr.is_none() {
        return Err("neither tree nor fault".to_owned());
    }
    // With fewer switches it may be refused, but not otherwise read.
    if reading.errors.is_empty()
        && let (Some(whole), Ok(plain)) = (&reading.expr, parse(text, &Options::default()))
        && render(whole) != render(&plain)
    {
        return Err("reads as another tree where the switches are off".to_owned());
    }
    Ok(reading.errors.is_empty())
}

/// What is printed, in a line or prettily, reads as the same tree and prints the same again.
pub fn printing_keeps_the_tree(input: &[u8]) -> Result<bool, String> {
    let Some(Ok(expr)) = text(input).map(|text| parse(text, &Options::all())) else { return Ok(false) };
    let line = expr.to_string();
    for printed in [line.clone(), pretty(&expr, 10), pretty(&expr, LINE_BYTES)] {
        let again = parse(&printed, &Options::all())
            .map_err(|errors| format!("prints as {printed}: {}", errors[0].located(&printed)))?;
        if render(&again) != render(&expr) {
            return Err(format!("prints as {printed}, which is another tree"));
        }
        if again.to_string() != line {
            return Err(format!("prints as {line}, then as {again}"));
        }
    }
    Ok(true)
}
