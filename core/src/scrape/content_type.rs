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
    let is_token = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&byte))
    };
    let (base, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    let base = base.trim().to_ascii_lowercase();
    match base.split_once('/') {
        _ if base.is_empty() => return Err("mime: no media type"),
        None if !is_token(&base) => return Err("mime: expected slash after first token"),
        Some((kind, _)) if !is_token(kind) => return Err("mime: expected slash after first token"),
        Some((_, "")) => return Err("mime: expected token after slash"),
        Some((_, subtype)) if !is_token(subtype) => {
            return Err("mime: unexpected content after media subtype");
        }
        _ => {}
    }
    for parameter in parameters.split(';').map(str::trim).filter(|parameter| !parameter.is_empty()) {
        let fits = parameter.split_once('=').is_some_and(|(name, value)| {
            is_token(name.trim()) && (is_token(value.trim()) || value.trim().starts_with('"'))
        });
        if !fits {
            return Err("mime: invalid media parameter");
        }
    }
    Ok(base)
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
