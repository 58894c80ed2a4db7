//! Which format a page is in, by its Content-Type and the version that is followed.

use super::compatibility::Compatibility;
use super::config::ScrapeProtocol;
use crate::base::number::quote;
use crate::exposition::Format;

/// The format to read a page as.
///
/// Version 2 takes everything for text that does not say OpenMetrics; version 3 wants a Content-Type that it knows, or
/// a fallback.
///
/// # Errors
/// When there is none, in Prometheus's words.
pub fn format(
    content_type: Option<&str>,
    fallback: Option<ScrapeProtocol>,
    compatibility: Compatibility,
) -> Result<Format, String> {
    let content_type = content_type.unwrap_or("");
    let media_type = media_type(content_type);
    if compatibility == Compatibility::V2_13 {
        let is_openmetrics = media_type == Ok("application/openmetrics-text".to_owned());
        return Ok(if is_openmetrics { Format::OpenMetrics } else { Format::Text });
    }
    let known = media_type.as_deref().ok().and_then(named);
    let media_type = match (known, fallback) {
        (Some(known), _) => known,
        (None, Some(fallback)) => fallback.media_type(),
        (None, None) => return Err(refusal(content_type, media_type.err())),
    };
    match media_type {
        "application/openmetrics-text" => Ok(Format::OpenMetrics),
        "text/plain" => Ok(Format::Text),
        // Differs: Prometheus reads protobuf; nothing in a lab writes it.
        _ => Err("protobuf exposition is not simulated".to_owned()),
    }
}

fn named(media_type: &str) -> Option<&'static str> {
    ["application/openmetrics-text", "application/vnd.google.protobuf", "text/plain"]
        .into_iter()
        .find(|known| *known == media_type)
}

fn refusal(content_type: &str, error: Option<&'static str>) -> String {
    match error {
        _ if content_type.is_empty() => {
            "non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol specified for target"
                .to_owned()
        }
        Some(error) => format!(
            "cannot parse Content-Type {} and no fallback_scrape_protocol for target\n{error}",
            quote(content_type)
        ),
        None => format!(
            "received unsupported Content-Type {} and no fallback_scrape_protocol specified for target",
            quote(content_type)
        ),
    }
}

/// The media type before the parameters, in lower case, checked as Go's `mime.ParseMediaType` does.
fn media_type(content_type: &str) -> Result<String, &'static str> {
    let (base, _) = content_type.split_once(';').unwrap_or((content_type, ""));
    let media_type = base.trim().to_ascii_lowercase();
    let (kind, rest) = token(&media_type);
    match rest.strip_prefix('/').map(token) {
        _ if kind.is_empty() => return Err("mime: no media type"),
        None if !rest.is_empty() => return Err("mime: expected slash after first token"),
        Some(("", _)) => return Err("mime: expected token after slash"),
        Some((_, rest)) if !rest.is_empty() => return Err("mime: unexpected content after media subtype"),
        _ => {}
    }
    let mut known: Vec<(String, String)> = Vec::new();
    let mut rest = content_type[base.len()..].trim_start();
    while !rest.is_empty() {
        let Some((name, value, after)) = parameter(rest) else {
            // A semicolon at the end does no harm.
            return if rest.trim() == ";" { Ok(media_type) } else { Err("mime: invalid media parameter") };
        };
        if known.iter().any(|(other, before)| *other == name && *before != value) {
            return Err("mime: duplicate parameter name");
        }
        known.push((name, value));
        rest = after.trim_start();
    }
    Ok(media_type)
}

/// The characters that a token is made of, and the rest.
fn token(text: &str) -> (&str, &str) {
    let ends = |c: char| !c.is_ascii_graphic() || "()<>@,;:\\\"/[]?=".contains(c);
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// A parameter from its semicolon on: its name in lower case, its value, and the rest.
fn parameter(text: &str) -> Option<(String, String, &str)> {
    let (name, rest) = token(text.strip_prefix(';')?.trim_start());
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let (value, rest) = match rest.strip_prefix('"') {
        Some(quoted) => quoted_value(quoted)?,
        None => Some(token(rest))
            .filter(|(value, _)| !value.is_empty())
            .map(|(value, rest)| (value.to_owned(), rest))?,
    };
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), value, rest))
}

/// The text up to the closing quote, and the rest.
fn quoted_value(quoted: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &quoted[at + 1..])),
            '\r' | '\n' => return None,
            '\\' => value.push(characters.next().map_or(character, |(_, escaped)| escaped)),
            _ => value.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_three_wants_a_content_type_it_knows() {
        let read = |content_type| format(content_type, None, Compatibility::V3);
        assert_eq!(read(Some("text/plain; version=0.0.4; charset=utf-8")), Ok(Format::Text));
        assert_eq!(read(Some("application/openmetrics-text; version=1.0.0")), Ok(Format::OpenMetrics));
        assert!(
            read(None).unwrap_err().starts_with("non-compliant scrape target sending blank Content-Type")
        );
        assert_eq!(
            read(Some("text/html; charset=utf-8")).unwrap_err(),
            "received unsupported Content-Type \"text/html; charset=utf-8\" and no fallback_scrape_protocol specified for target"
        );
        assert_eq!(
            read(Some("text/plain; =")).unwrap_err(),
            "cannot parse Content-Type \"text/plain; =\" and no fallback_scrape_protocol for target\nmime: invalid media parameter"
        );
        for (good, bad) in [
            ("TEXT/PLAIN", "text/"),
            ("text/plain;", "/plain"),
            (" text/plain ", "text/plain, text/html"),
            ("text/plain; a=b; a=b", "text/plain; a=b; a=c"),
            ("text/plain; a=\"b\\\"c\"", "text/plain; a=\"b"),
            ("text/plain; a=b;", "text/plain;;"),
        ] {
            assert_eq!(read(Some(good)), Ok(Format::Text), "{good}");
            assert!(read(Some(bad)).unwrap_err().starts_with("cannot parse Content-Type"), "{bad}");
        }
        let fallback =
            format(Some("text/html"), Some(ScrapeProtocol::OpenMetricsText1_0_0), Compatibility::V3);
        assert_eq!(fallback, Ok(Format::OpenMetrics));
    }

    #[test]
    fn version_two_takes_the_rest_for_text() {
        let read = |content_type| format(content_type, None, Compatibility::V2_13);
        assert_eq!(read(None), Ok(Format::Text));
        assert_eq!(read(Some("text/html")), Ok(Format::Text));
        assert_eq!(read(Some("application/openmetrics-text;version=0.0.1")), Ok(Format::OpenMetrics));
    }
}
