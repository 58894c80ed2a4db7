//! Which format a metrics page is sent in, by the header `Accept`, as Go's client library decides.

use crate::exposition::Format;

/// The first format in order of weight that there is; the text format where none is asked for.
#[must_use]
pub fn negotiate(accept: &str) -> Format {
    let mut wishes: Vec<(f64, Option<Format>)> = accept.split(',').map(wish).collect();
    wishes.sort_by(|left, right| right.0.total_cmp(&left.0));
    wishes.into_iter().find_map(|(_, format)| format).unwrap_or(Format::Text)
}

/// The weight of one entry, and the format that it names where there is one.
fn wish(entry: &str) -> (f64, Option<Format>) {
    let mut parts = entry.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    let (mut weight, mut version) = (1.0, "");
    for part in parts {
        match part.split_once('=') {
            Some(("q", text)) => weight = text.parse().unwrap_or(0.0),
            Some(("version", text)) => version = text,
            _ => {}
        }
    }
    let format = match (media_type.as_str(), version) {
        ("application/openmetrics-text", "" | "1.0.0") => Some(Format::OpenMetrics),
        ("text/plain", "" | "0.0.4") => Some(Format::Text),
        _ => None,
    };
    (weight, format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_wish_wins() {
        for (accept, format) in [
            ("", Format::Text),
            ("*/*", Format::Text),
            ("application/openmetrics-text", Format::OpenMetrics),
            ("text/plain;q=0.5, application/openmetrics-text; version=1.0.0;q=0.9", Format::OpenMetrics),
            (
                "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                Format::Text,
            ),
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.2",
                Format::OpenMetrics,
            ),
        ] {
            assert_eq!(negotiate(accept), format, "{accept}");
        }
    }
}
