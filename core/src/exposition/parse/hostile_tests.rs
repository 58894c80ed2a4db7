//! Pages that nobody means well with: each ends in a clear error within its budget.

use super::*;

/// The error and its place, or how many samples there are.
fn outcome(page: &[u8], format: Format) -> String {
    let mut parser = Parser::new(page, format);
    let mut samples = 0;
    loop {
        match parser.next_entry() {
            Ok(Some(Entry::Sample(sample))) => samples += sample.labels().len().min(1),
            Ok(Some(_)) => {}
            Ok(None) => return format!("{samples} samples"),
            Err(error) => return format!("{}: {error}", error.place),
        }
    }
}

#[test]
fn a_page_of_fifty_megabytes_is_not_begun() {
    let page = "a{b=\"c\"} 1\n".repeat((50 << 20) / 11);
    for format in [Format::Text, Format::OpenMetrics] {
        assert_eq!(outcome(page.as_bytes(), format), "1:1: body size limit exceeded");
    }
}

#[test]
fn a_million_series_end_at_the_budget_of_samples() {
    let mut page = String::new();
    for series in 0..1_000_000 {
        page.push_str(&format!("a{series} 1\n"));
    }
    assert!(page.len() < Limits::default().page_bytes);
    let expected = "500001:9: sample limit exceeded: more than 500000 samples on the page";
    assert_eq!(outcome(page.as_bytes(), Format::Text), expected);
}

#[test]
fn a_label_of_ten_megabytes_is_no_label() {
    let long = "x".repeat(10 << 20);
    for page in [
        format!("up 1\na{{b=\"{long}\"}} 1\n"),
        format!("up 1\na{{{long}=\"b\"}} 1\n"),
        format!("up 1\n{long} 1\n"),
        format!("up 1\n# HELP a {long}\n"),
        format!("up 1\na 1 # {{b=\"{long}\"}} 1\n"),
    ] {
        for format in [Format::Text, Format::OpenMetrics] {
            let told = outcome(page.as_bytes(), format);
            assert!(
                told.starts_with("2:") && told.len() < 200 || told.contains("got \"#\""),
                "{}",
                told.len()
            );
        }
    }
}

#[test]
fn what_is_no_text_is_told_with_its_bytes() {
    for (page, text, openmetrics) in [
        (
            &b"up 1\na{b=\"\xff\"} 1\n"[..],
            "2:5: invalid UTF-8 label value: \"\\\"\\xff\\\"\"",
            "2:5: invalid UTF-8 label value: \"\\\"\\xff\\\"\"",
        ),
        (
            b"up 1\n\0a 1\n",
            "2:1: expected a valid start token, got \"\\x00\" (\"INVALID\") while parsing: \"\\x00\"",
            "2:1: expected a valid start token, got \"\\x00\" (\"INVALID\") while parsing: \"\\x00\"",
        ),
        (b"up 1\na{b=\"\0\"} 1\n# EOF\n", "2 samples", "2 samples"),
    ] {
        assert_eq!(outcome(page, Format::Text), text);
        assert_eq!(outcome(page, Format::OpenMetrics), openmetrics);
    }
}
