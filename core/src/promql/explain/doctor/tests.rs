//! Each way of losing the last series is found and named.

use super::*;
use crate::base::number::stale_nan;
use crate::promql::syntax;

const MINUTE: i64 = 60_000;

fn head() -> Head {
    let mut head = Head::new();
    let mut add = |name: &str, labels: &[(&str, &str)], samples: &[(i64, f64)]| {
        let labels = Labels::from_pairs(labels.iter().copied().chain([("__name__", name)]));
        let id = head.series_id(&labels);
        for (at, value) in samples {
            head.append(id, Timestamp(*at), *value).unwrap();
        }
    };
    let steady: Vec<(i64, f64)> = (0..240).map(|index| (index * 15_000, index as f64)).collect();
    for instance in ["a:80", "b:80"] {
        add("requests_total", &[("job", "gallery"), ("instance", instance), ("code", "200")], &steady);
    }
    add("requests_total", &[("job", "gallery"), ("instance", "a:80"), ("code", "500")], &steady);
    add("limit", &[("job", "gallery"), ("zone", "x")], &steady);
    add("old", &[], &[(MINUTE, 1.0)]);
    add("gone", &[], &[(50 * MINUTE, 1.0), (58 * MINUTE, stale_nan())]);
    add("later", &[], &[(90 * MINUTE, 1.0)]);
    head
}

fn causes(query: &str) -> Vec<Cause> {
    let expr = syntax::parse(query, &syntax::Options::all()).unwrap();
    let found = findings(&head(), &expr, Timestamp(59 * MINUTE), &Options::default()).unwrap();
    found.into_iter().map(|finding| finding.cause).collect()
}

fn cause(query: &str) -> Cause {
    let causes = causes(query);
    assert_eq!(causes.len(), 1, "{query}: {causes:?}");
    causes.into_iter().next().unwrap()
}

#[test]
fn a_wrong_name_gets_the_nearest() {
    let nearest = vec!["requests_total".to_owned()];
    let wanted = Cause::NoSuchName { name: "request_total".to_owned(), nearest };
    assert_eq!(cause("sum(rate(request_total[5m]))"), wanted);
}

#[test]
fn the_condition_that_removes_the_last_series_is_named() {
    let value = cause("requests_total{code=\"500\", instance=\"b:80\"}");
    let wanted = |nearest: &[&str], matcher: &str, left| {
        let nearest = nearest.iter().map(ToString::to_string).collect();
        Cause::NoSuchValue { matcher: matcher.to_owned(), left, nearest }
    };
    assert_eq!(value, wanted(&["a:80"], "instance=\"b:80\"", 1));
    let value = cause("requests_total{job=\"galery\"} offset 1m");
    assert_eq!(value, wanted(&["gallery"], "job=\"galery\"", 3));
    let label = cause("requests_total{Code=\"200\"}");
    assert!(matches!(label, Cause::NoSuchLabel { nearest, left: 3, .. } if nearest == ["code"]));
}

#[test]
fn samples_out_of_reach_are_told_apart() {
    let last = Timestamp(MINUTE);
    let (ago, reach) = (Millis::from_minutes(58), Millis::from_minutes(5));
    assert_eq!(cause("old"), Cause::TooOld { series: 1, last, ago, reach });
    assert_eq!(cause("gone"), Cause::Stale { series: 1, since: Timestamp(58 * MINUTE) });
    assert_eq!(cause("later"), Cause::NotYet { series: 1, first: Timestamp(90 * MINUTE) });
    let looked_at = Timestamp(-61 * MINUTE);
    assert_eq!(cause("requests_total offset 2h"), Cause::Shifted { looked_at, now: 3 });
    let few = cause("rate(requests_total[15s])");
    assert!(matches!(
        few,
        Cause::TooFewSamples { series: 3, most: 1, needed: 2, window: Millis(15_000), .. }
    ));
}

#[test]
fn operators_and_functions_that_keep_nothing() {
    let Cause::NoPartner { differing, only_left, only_right, .. } = cause("requests_total / limit") else {
        panic!("another cause");
    };
    assert!(differing.is_empty());
    assert_eq!((only_left.join(" "), only_right.join(" ")), ("code instance".to_owned(), "zone".to_owned()));
    assert!(matches!(cause("requests_total > 1e6"), Cause::FilteredOut { seen: 3, greatest: 236.0, .. }));
    assert!(matches!(
        cause("requests_total == on(job, code, instance) requests_total + 1"),
        Cause::FilteredOut { seen: 3, .. }
    ));
    assert!(matches!(cause("limit unless on() requests_total"), Cause::AllTaken { seen: 1 }));
    assert!(matches!(cause("histogram_quantile(0.9, limit)"), Cause::NoBuckets { seen: 1 }));
    assert!(matches!(cause("absent(limit)"), Cause::Present { seen: 1 }));
    assert!(matches!(cause("topk(0, limit)"), Cause::KeepsNothing { seen: 1, .. }));
    assert!(matches!(cause("avg_over_time(old[10m:1m])"), Cause::TooOld { .. }));
}

#[test]
fn what_gives_something_has_no_findings() {
    assert!(causes("requests_total or old").is_empty());
    assert_eq!(causes("old or gone").len(), 2);
    assert!(causes("1").is_empty());
}

#[test]
fn findings_offer_changes_that_find_something() {
    let mended = |query: &str| {
        let expr = syntax::parse(query, &syntax::Options::all()).unwrap();
        let found = findings(&head(), &expr, Timestamp(59 * MINUTE), &Options::default()).unwrap();
        let mends = found.into_iter().flat_map(|finding| finding.with_mends(query).mends);
        let texts: Vec<String> = mends.filter_map(|mend| mend.applied(query)).collect();
        // Whatever is offered first gives something.
        let first = texts.first().cloned().unwrap_or_default();
        assert!(first.is_empty() || causes(&first).is_empty(), "{query}: {first}");
        first
    };
    assert_eq!(mended("sum(rate(request_total[5m]))"), "sum(rate(requests_total[5m]))");
    assert_eq!(mended("{__name__=\"request_total\"}"), "{__name__=\"requests_total\"}");
    assert_eq!(mended("requests_total{job=\"galery\"}"), "requests_total{job=\"gallery\"}");
    assert_eq!(
        mended("requests_total{job='galery', code=\"200\"}"),
        "requests_total{job=\"gallery\", code=\"200\"}"
    );
    assert_eq!(mended("requests_total{Code=\"200\"}"), "requests_total{code=\"200\"}");
    assert_eq!(mended("rate(requests_total[15s])"), "rate(requests_total[1m])");
    assert_eq!(mended("requests_total offset 2h"), "requests_total");
    assert_eq!(mended("rate(requests_total[5m] offset 2h)"), "rate(requests_total[5m])");
    assert_eq!(mended("last_over_time(old[10m])"), "last_over_time(old[3h52m])");
    assert_eq!(mended("requests_total > 1e6"), "");
}
