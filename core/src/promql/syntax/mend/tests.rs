//! What is offered, and that whatever is offered makes a text less wrong.

use super::*;

fn first(text: &str) -> (MendKind, String, String) {
    let found = mends(text, &Options::default());
    let mend = found.first().unwrap_or_else(|| panic!("nothing is offered for {text}"));
    (mend.kind, mend.shown.clone(), mend.applied(text).unwrap())
}

fn mended(text: &str) -> String {
    first(text).2
}

#[test]
fn what_is_missing_is_added() {
    assert_eq!(first("rate(up)"), (MendKind::Add, "[5m]".to_owned(), "rate(up[5m])".to_owned()));
    assert_eq!(mended("rate(up{a=\"b\"} offset 1h)"), "rate(up{a=\"b\"}[5m] offset 1h)");
    assert_eq!(first("sum(rate(up[1m])"), (MendKind::Add, ")".to_owned(), "sum(rate(up[1m]))".to_owned()));
    assert_eq!(mended("sum(rate(up[1m))"), "sum(rate(up[1m]))");
    assert_eq!(mended("up{a=\"b\""), "up{a=\"b\"}");
    assert_eq!(mended("up{a=\"b}"), "up{a=\"b\"}");
    assert_eq!(mended("histogram_quantile(up)"), "histogram_quantile(0.9, up)");
    assert_eq!(mended("topk(up)"), "topk(5, up)");
    assert_eq!(mended("1 > 0"), "1 > bool 0");
}

#[test]
fn what_is_too_much_is_removed() {
    assert_eq!(first("sum(up))"), (MendKind::Remove, ")".to_owned(), "sum(up)".to_owned()));
    assert_eq!(mended("sum(up,)"), "sum(up)");
    assert_eq!(mended("up + bool 1"), "up + 1");
}

#[test]
fn a_bracket_is_put_where_the_text_can_be_read() {
    assert_eq!(mended("sum(rate(up[5m]) by (job)"), "sum(rate(up[5m])) by (job)");
}

#[test]
fn words_are_replaced_by_those_that_exist() {
    assert_eq!(mended("rat(up[5m])"), "rate(up[5m])");
    assert_eq!(mended("average(up)"), "avg(up)");
    assert_eq!(mended("limitk(2, up)"), "topk(2, up)");
    assert_eq!(mended("sum(mad_over_time(up[5m]))"), "sum(stddev_over_time(up[5m]))");
    assert_eq!(mended("up = 1"), "up == 1");
    assert_eq!(mended("up{job==\"a\"}"), "up{job=\"a\"}");
    assert_eq!(mended("up{job=a}"), "up{job=\"a\"}");
    assert_eq!(mended("up{job=access-log, x=\"y\"}"), "up{job=\"access-log\", x=\"y\"}");
    assert_eq!(mended("sum by job (up)"), "sum by (job) (up)");
    assert_eq!(mended("up && up"), "up and up");
    assert_eq!(mended("up{job=“a”}"), "up{job=\"a\"}");
    assert_eq!(mended("rate(up[5min])"), "rate(up[5m])");
    assert_eq!(mended("{job=~\".*\"}"), "{job=~\".+\"}");
}

#[test]
fn windows_find_their_place() {
    assert_eq!(mended("rate(sum(up))"), "sum(rate(up[5m]))");
    assert_eq!(mended("rate(sum by (job) (up{a=\"b\"}))"), "sum by (job) (rate(up{a=\"b\"}[5m]))");
    assert_eq!(mended("rate(sum(up[2m]))"), "sum(rate(up[2m]))");
    assert_eq!(mended("sum(up[5m])"), "sum(rate(up[5m]))");
    assert_eq!(mended("rate(up + up)"), "rate((up + up)[5m:])");
    assert_eq!(mended("up offset 1h [5m]"), "up[5m] offset 1h");
    assert_eq!(mended("max_over_time(rate(up[1m])[5m])"), "max_over_time(rate(up[1m])[5m:])");
}

#[test]
fn what_nobody_can_mend_is_left_alone() {
    for text in ["", "+", "up", "sum(", "한글 이름"] {
        let found = mends(text, &Options::default());
        assert!(found.iter().all(|mend| mend.applied(text).is_some()), "{text}: {found:?}");
    }
    assert!(mends("up", &Options::default()).is_empty());
    assert_eq!(mended("up[5m]"), "rate(up[5m])");
    assert!(mends(&"(".repeat(5000), &Options::default()).is_empty());
}

#[test]
fn the_caret_stands_behind_the_last_change() {
    let text = "rate(sum(up))";
    let mend = &mends(text, &Options::default())[0];
    assert_eq!(mend.caret() as usize, "sum(rate(up[5m]))".len());
    let added = Mend::add(7, "[5m]");
    assert_eq!((added.applied("rate(up)").unwrap().as_str(), added.caret()), ("rate(up[5m])", 11));
}
