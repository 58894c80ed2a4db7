//! What a page in the text format could do better, in the words of `promtool check metrics`. Reads the page with a
//! reader of its own, since promtool's differs from the scraper's. Changes nothing.

mod page;
mod units;

use crate::exposition::ParseError;
use page::{Kind, LintFamily};

/// Looks a page over. Gives the remarks, a line each, `name remark`, in order.
///
/// # Errors
/// When promtool could not read the page; in its words.
pub fn lint(page: &[u8]) -> Result<Vec<String>, ParseError> {
    let mut remarks: Vec<(String, String)> = Vec::new();
    for (name, family) in page::read(page)? {
        if !family.metrics.is_empty() {
            remarks.extend(look_at(&name, &family).into_iter().map(|remark| (name.clone(), remark)));
        }
    }
    remarks.sort();
    Ok(remarks.into_iter().map(|(name, remark)| format!("{name} {remark}")).collect())
}

fn look_at(name: &str, family: &LintFamily) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    let mut say = |condition: bool, remark: &str| {
        if condition {
            remarks.push(remark.to_owned());
        }
    };
    let kind = family.kind;
    say(!family.has_help, "no help text");
    let is_total = name.ends_with("_total");
    say(kind == Kind::Counter && !is_total, "counter metrics should have \"_total\" suffix");
    say(
        !matches!(kind, Kind::Counter | Kind::Untyped) && is_total,
        "non-counter metrics should not have \"_total\" suffix",
    );
    let is_histogram = kind.is_histogram();
    let is_summary = kind == Kind::Summary;
    let is_typed = kind != Kind::Untyped;
    say(
        is_typed && !is_histogram && name.ends_with("_bucket"),
        "non-histogram metrics should not have \"_bucket\" suffix",
    );
    for ending in ["_count", "_sum"] {
        say(
            is_typed && !is_histogram && !is_summary && name.ends_with(ending),
            &format!("non-histogram and non-summary metrics should not have \"{ending}\" suffix"),
        );
    }
    let metrics = family.metrics.iter().flat_map(|(labels, count)| (0..*count).map(move |_| labels));
    for label in metrics.flatten().map(|(label, _)| &**label) {
        say(is_typed && !is_histogram && label == "le", "non-histogram metrics should not have \"le\" label");
        say(
            is_typed && !is_summary && label == "quantile",
            "non-summary metrics should not have \"quantile\" label",
        );
        say(is_camel_case(label), "label names should be written in 'snake_case' not 'camelCase'");
    }
    let lower = name.to_lowercase();
    let has_part = |part: &str| lower.ends_with(&format!("_{part}")) || lower.contains(&format!("_{part}_"));
    say(is_typed && has_part(kind.word()), &format!("metric name should not include type '{}'", kind.word()));
    say(name.contains(':'), "metric names should not contain ':'");
    say(is_camel_case(name), "metric names should be written in 'snake_case' not 'camelCase'");
    say(units::ABBREVIATED.split(' ').any(has_part), "metric names should not contain abbreviated units");
    for _ in family.metrics.values().flat_map(|count| 1..*count) {
        say(true, "metric not unique");
    }
    if let Some((base, unit)) = units::of(name) {
        say(base != unit, &format!("use base unit \"{base}\" instead of \"{unit}\""));
    }
    remarks
}

fn is_camel_case(name: &str) -> bool {
    name.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::lint;

    #[test]
    fn remarks_are_promtools() {
        let page = b"# HELP b x\nb 1\n# TYPE a counter\na{xY=\"1\"} 1\n# TYPE c_gauge_ms gauge\nc_gauge_ms{le=\"1\"} 1\n";
        let expected = [
            "a counter metrics should have \"_total\" suffix",
            "a label names should be written in 'snake_case' not 'camelCase'",
            "a no help text",
            "c_gauge_ms metric name should not include type 'gauge'",
            "c_gauge_ms metric names should not contain abbreviated units",
            "c_gauge_ms no help text",
            "c_gauge_ms non-histogram metrics should not have \"le\" label",
        ];
        assert_eq!(lint(page).unwrap(), expected);
        let twice = b"# HELP a_hours x\n# TYPE a_hours gauge\na_hours 1\na_hours 2\n";
        assert_eq!(
            lint(twice).unwrap(),
            ["a_hours metric not unique", "a_hours use base unit \"seconds\" instead of \"hours\""]
        );
        assert_eq!(
            lint(b"# TYPE h histogram\n# HELP h x\nh_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n")
                .unwrap()
                .len(),
            0
        );
    }

    #[test]
    fn what_promtool_cannot_read_is_refused_in_its_words() {
        for (page, error) in [
            ("a 1", "in line 1: unexpected end of input stream"),
            (
                "a 1\n# TYPE a gauge\n",
                "in line 2: second TYPE line for metric name \"a\", or TYPE reported after samples",
            ),
            ("a{b=c} 1\n", "in line 1: expected '\"' at start of label value, found 'c'"),
            ("{\"a.b\"} 1\n", "in line 1: invalid metric name \"a.b\""),
            ("a 1 2 3\n", "in line 1: spurious string after timestamp: \" 3\""),
            ("# TYPE h histogram\nh_count -1\n", "in line 2: negative count for histogram \"h\""),
        ] {
            let text = format!("text format parsing error {error}");
            assert_eq!(lint(page.as_bytes()).unwrap_err().message, text, "{page}");
        }
    }
}
