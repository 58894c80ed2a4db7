//! What is offered, cursor by cursor; `|` is the cursor.

use super::*;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::tsdb::Head;

struct Store(Head);

impl Vocabulary for Store {
    fn metrics(&self) -> Vec<Arc<str>> {
        self.0.label_values(METRIC_NAME, &[])
    }
    fn describe(&self, metric: &str) -> (String, String) {
        ("counter".to_owned(), format!("Help of {metric}."))
    }
    fn label_names(&self, matchers: &[Matcher]) -> Vec<Arc<str>> {
        self.0.label_names(matchers)
    }
    fn label_values(&self, label: &str, matchers: &[Matcher]) -> Vec<Arc<str>> {
        self.0.label_values(label, matchers)
    }
}

fn at(marked: &str) -> Completion {
    let mut head = Head::new();
    let series = [
        [("__name__", "gallery_requests_total"), ("job", "gallery"), ("code", "200")],
        [("__name__", "gallery_requests_total"), ("job", "gallery"), ("code", "5\"0")],
        [("__name__", "up"), ("job", "log"), ("zone", "x")],
    ];
    for labels in series {
        head.series_id(&Labels::from_pairs(labels));
    }
    let cursor = marked.find('|').unwrap();
    complete(&marked.replacen('|', "", 1), cursor as u32, &Options::default(), &Store(head))
}

fn labels(marked: &str) -> Vec<String> {
    at(marked).items.into_iter().map(|item| item.label).collect()
}

/// The text after the first item was taken, with the cursor.
fn taken(marked: &str) -> String {
    let completion = at(marked);
    let item = completion.items.first().unwrap_or_else(|| panic!("nothing at {marked}"));
    let mut text = marked.replacen('|', "", 1);
    let mut insert = item.insert.clone();
    insert.insert(item.caret as usize, '|');
    text.replace_range(completion.replaced.start as usize..completion.replaced.end as usize, &insert);
    text
}

#[test]
fn operands_are_metrics_functions_and_aggregations() {
    assert_eq!(taken("gal|"), "gallery_requests_total|");
    assert_eq!(taken("sum(ra|)"), "sum(rate(|))");
    assert_eq!(taken("sum(ra|(up[1m]))"), "sum(rate|(up[1m]))");
    assert_eq!(taken("up + av|"), "up + avg(|)");
    assert_eq!(taken("tim|"), "time()|");
    let requests = at("req|").items.into_iter().next().unwrap();
    assert_eq!(requests.label, "gallery_requests_total");
    assert_eq!(requests.matched, Span::new(8, 11));
    assert_eq!(
        (requests.detail.as_str(), requests.help.as_str()),
        ("counter", "Help of gallery_requests_total.")
    );
    // Experimental functions are not offered to a server without the switch.
    assert!(!labels("mad|").contains(&"mad_over_time".to_owned()));
    assert_eq!(at("|").items[0].kind, ItemKind::Pattern);
    assert!(labels("up > 5|").is_empty());
    assert!(!at("|").opens_unasked && at("u|").opens_unasked);
    assert_eq!(
        at("rate(|").items.iter().find(|item| item.label == "rate").unwrap().detail,
        "rate(range vector)"
    );
}

#[test]
fn labels_and_values_are_those_of_the_metric() {
    assert_eq!(labels("gallery_requests_total{|}"), ["code", "job"]);
    assert_eq!(labels("up{job=\"log\", |"), ["zone"]);
    assert_eq!(labels("up{job|"), ["job"; 0]);
    assert_eq!(labels("up{job |"), ["!=", "!~", "=", "=~"]);
    assert_eq!(taken("up{z|"), "up{zone|");
    assert_eq!(labels("gallery_requests_total{code=\"|\"}"), ["200", "5\"0"]);
    assert_eq!(taken("gallery_requests_total{code=\"5|\"}"), "gallery_requests_total{code=\"5\\\"0\"|}");
    assert_eq!(taken("gallery_requests_total{code='2|, job"), "gallery_requests_total{code='200'|, job");
    assert_eq!(taken("up{job=|}"), "up{job=\"log\"|}");
    assert_eq!(labels("{job=\"gallery\", code=~\"|"), ["200", "5\"0"]);
    assert_eq!(labels("sum by (|) (up)"), ["job", "zone"]);
    assert_eq!(labels("up * on(z|) up"), ["zone"]);
    assert_eq!(labels("sum by (job, |"), ["code", "job", "zone"]);
}

#[test]
fn lengths_and_keywords_stand_where_they_may() {
    assert_eq!(labels("rate(up[|"), ["15m", "1d", "1h", "1m", "30s", "5m"]);
    assert_eq!(labels("rate(up[7|])"), ["7d", "7h", "7m", "7s"]);
    assert_eq!(taken("up off|"), "up offset|");
    assert_eq!(labels("up offset |").len(), 6);
    assert_eq!(labels("up @ |"), ["end()", "start()"]);
    assert_eq!(taken("sum b|"), "sum by (|)");
    assert_eq!(taken("sum(up) w|"), "sum(up) without (|)");
    assert_eq!(taken("up unl|"), "up unless|");
    assert_eq!(taken("up > boo|"), "up > bool|");
    assert_eq!(taken("up * igno|"), "up * ignoring (|)");
    assert_eq!(taken("up * on(job) group_l|"), "up * on(job) group_left (|)");
    assert!(labels("up # su|").is_empty());
    assert!(labels("label_replace(up, \"jo|\"").is_empty());
}

#[test]
fn the_signature_follows_the_cursor() {
    let signature = |marked: &str| {
        let signature = at(marked).signature?;
        Some((signature.to_string(), signature.active))
    };
    assert_eq!(signature("rate(|"), Some(("rate(range vector)".to_owned(), Some(0))));
    let quantile = "histogram_quantile(scalar, instant vector)".to_owned();
    assert_eq!(signature("histogram_quantile(0.9, sum by (le) (up)|)"), Some((quantile, Some(1))));
    assert_eq!(signature("topk by (job) (3, u|"), Some(("topk(scalar, instant vector)".to_owned(), Some(1))));
    assert_eq!(signature("rate(up[1m]), |"), None);
    assert_eq!(signature("round(up, 1, |"), Some(("round(instant vector, scalar?)".to_owned(), None)));
    let join = at("label_join(up, \"a\", \"b\", \"c\", \"d\", |").signature.unwrap();
    assert_eq!(join.active, Some(3));
    assert!(join.parameters[3].ends_with('…'));
    assert_eq!(signature("sum(rate(up{job=\"|"), Some(("rate(range vector)".to_owned(), Some(0))));
}

#[test]
fn every_cursor_of_every_text_has_an_answer() {
    let texts = [
        "sum by (a, \"b c\") (rate({\"x.y\", z!~'q'}[5m:1m] @ 1 offset -2m)) or (한글{가=\"나\"",
        "}{)(][,,\"'`#",
    ];
    for text in texts {
        for cursor in 0..=text.len() as u32 + 2 {
            let completion = complete(text, cursor, &Options::all(), &Store(Head::new()));
            let replaced = completion.replaced;
            assert!(text.get(replaced.start as usize..replaced.end as usize).is_some(), "{text} at {cursor}");
        }
    }
}
