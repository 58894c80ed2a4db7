//! Which plain sentence belongs to a scrape's error. The error itself is shown in Prometheus's words.

/// The ends of error texts and the keys of their sentences.
const CAUSES: [(&str, &str); 7] = [
    ("connection refused", "cause-refused"),
    ("no such host", "cause-no-such-host"),
    ("no route to host", "cause-no-route"),
    ("context deadline exceeded", "cause-deadline"),
    ("i/o timeout", "cause-deadline"),
    ("connection reset by peer", "cause-reset"),
    ("EOF", "cause-reset"),
];

/// The key of the sentence.
pub fn cause(error: &str) -> &'static str {
    if let Some((_, key)) = CAUSES.iter().find(|(end, _)| error.ends_with(end)) {
        return key;
    }
    if error.contains("HTTP status") {
        "cause-status"
    } else if error.contains("Content-Type") {
        "cause-content-type"
    } else {
        "cause-other"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_text_names_the_cause() {
        let refused = r#"Get "http://iotd:80/metrics": dial tcp 172.18.0.4:80: connect: connection refused"#;
        assert_eq!(cause(refused), "cause-refused");
        assert_eq!(cause("server returned HTTP status 500 Internal Server Error"), "cause-status");
        assert_eq!(cause("expected timestamp or new record, got \"x\""), "cause-other");
    }
}
