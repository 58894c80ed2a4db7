//! Properties that hold for every query.

use proptest::prelude::*;

use super::*;
use crate::base::time::{Millis, Timestamp};
use crate::model::histogram::{Buckets, FloatHistogram};
use crate::model::labels::Labels;
use crate::promql::syntax;
use crate::tsdb::Head;

/// Expressions over the series of [`head`], each with another way through the evaluator.
const QUERIES: [&str; 36] = [
    "m",
    "m offset 40s",
    "m @ 300 + m",
    "rate(m[2m])",
    "max_over_time(m[90s])",
    "sum_over_time(m[3m])",
    "sum by (a) (m)",
    "avg(m)",
    "stddev without (a) (m)",
    "quantile(0.4, m)",
    "count_values(\"v\", floor(m / 50))",
    "topk by (a) (1, m)",
    "m * on(a, b) m",
    "m + ignoring(b) group_left sum without (b) (m)",
    "m > 40 or -m",
    "m and m > 50",
    "m unless on(a) m > 90",
    "absent(m > 95)",
    "label_replace(m, \"c\", \"$1\", \"a\", \"(.*)\")",
    "scalar(m{a=\"0\", b=\"0\"}) + time()",
    "avg_over_time(rate(m[1m])[3m:20s])",
    "max_over_time(sum(m)[2m:15s] @ 400)",
    "sum_over_time((m > 30)[45s:10s]) * 2",
    "timestamp(m)",
    // `h` has numbers and native histograms.
    "h",
    "-h / 2",
    "h + on(a, b) group_left h or h",
    "h == h or h > 40",
    "h * on(a, b) m",
    "sum by (a) (h)",
    "avg(h)",
    "count_values by (b) (\"v\", h)",
    "limitk by (b) (1, h) unless on(a, b) m > 50",
    "last_over_time(h[2m] offset 10s) </ 1.5",
    "max_over_time(h[2m])",
    "count_over_time(sum(h)[3m:20s])",
];

fn head(seed: u64) -> Head {
    let mut head = Head::new();
    let mut state = seed;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    for a in 0..3 {
        for b in 0..2 {
            let labels = Labels::from_pairs([
                ("__name__", "m".to_owned()),
                ("a", a.to_string()),
                ("b", b.to_string()),
            ]);
            let id = head.series_id(&labels);
            for sample in 0..60 {
                if random(4) > 0 {
                    let at = Timestamp(sample * 15_000 + random(9_000) as i64);
                    let stale = random(12) == 0;
                    let value = if stale { crate::base::number::stale_nan() } else { random(100) as f64 };
                    head.append(id, at, value).unwrap();
                }
            }
            let mut labels = labels.to_builder();
            labels.set("__name__", "h");
            let id = head.series_id(&labels.build());
            for sample in 0..60 {
                let at = Timestamp(sample * 15_000 + random(9_000) as i64);
                match random(6) {
                    0 => {}
                    1 => head.append(id, at, random(100) as f64).unwrap(),
                    2 => head.append(id, at, crate::base::number::stale_nan()).unwrap(),
                    _ => {
                        let schema = random(2) as i32;
                        let positive = Buckets::from_pairs((0..3).map(|index| (index, random(5) as f64)));
                        let count = positive.iter().map(|(_, count)| count).sum();
                        let sum = random(50) as f64;
                        let histogram =
                            FloatHistogram { schema, count, sum, positive, ..FloatHistogram::default() };
                        head.append_histogram(id, at, histogram).unwrap();
                    }
                }
            }
        }
    }
    head
}

fn options() -> Options {
    Options { lookback: Millis(60_000), subquery_step: Millis(20_000), ..Options::default() }
}

fn evaluation(query: &str, range: QueryRange) -> Evaluation {
    let expr = syntax::parse(query, &syntax::Options::all()).unwrap();
    Evaluation::new(&expr, range, options()).unwrap()
}

/// The bits of a number; of a histogram those of all its counts, and its sum.
fn bits_of(value: &Value) -> u64 {
    match value {
        Value::Float(value) => value.to_bits(),
        Value::Histogram(histogram) => {
            let buckets = histogram.positive.iter().chain(histogram.negative.iter());
            let all = buckets.flat_map(|(index, count)| [f64::from(index), count]);
            let totals = [histogram.count, histogram.sum, f64::from(histogram.schema)];
            all.chain(totals).fold(1, |bits, number| number.to_bits() ^ bits.rotate_left(7))
        }
    }
}

/// Each series with its points, bits instead of floats so that NaN equals itself.
fn bits(value: &QueryValue, only: Option<Timestamp>) -> Vec<(String, i64, u64)> {
    let mut points: Vec<(String, i64, u64)> = match value {
        QueryValue::Matrix(series) => series
            .iter()
            .flat_map(|series| {
                series.values().into_iter().map(move |(at, value)| (&series.labels, at, value))
            })
            .filter(|(_, at, _)| only.is_none_or(|only| only == *at))
            .map(|(labels, at, value)| (labels.to_string(), at.0, bits_of(&value)))
            .collect(),
        QueryValue::Vector(elements) => elements
            .iter()
            .map(|element| (element.labels.to_string(), element.at.0, bits_of(&element.value)))
            .collect(),
        QueryValue::Scalar(sample) => vec![("{}".to_owned(), sample.at.0, sample.value.to_bits())],
        QueryValue::Text(..) => Vec::new(),
    };
    points.sort();
    points
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_range_query_gives_at_each_step_what_an_instant_query_gives(
        seed: u64,
        start in -100_000_i64..400_000,
        step in 1_000_i64..90_000,
        count in 1_i64..90,
    ) {
        let head = head(seed);
        let end = Timestamp(start + step * count);
        let range = QueryRange::Range { start: Timestamp(start), end, step: Millis(step) };
        for query in QUERIES {
            let matrix = evaluation(query, range).finish(&head).unwrap().value;
            for index in [0, count / 3, count] {
                let at = Timestamp(start + step * index);
                let instant = evaluation(query, QueryRange::Instant(at)).finish(&head).unwrap().value;
                prop_assert_eq!(bits(&matrix, Some(at)), bits(&instant, None), "{} at {}", query, at.0);
            }
        }
    }

    #[test]
    fn slices_of_work_of_any_size_give_the_same(seed: u64, work in 1_u64..400) {
        let head = head(seed);
        let range =
            QueryRange::Range { start: Timestamp(0), end: Timestamp(900_000), step: Millis(7_000) };
        let mut interrupted = 0;
        for query in QUERIES {
            let whole = evaluation(query, range).finish(&head).unwrap().value;
            let mut sliced = evaluation(query, range);
            let mut slices = 0;
            let result = loop {
                slices += 1;
                if let Advance::Ready(result) = sliced.advance(&head, work).unwrap() {
                    break result;
                }
            };
            prop_assert_eq!(bits(&whole, None), bits(&result.value, None), "{}", query);
            interrupted += usize::from(slices > 1);
        }
        prop_assert!(interrupted > QUERIES.len() / 2, "only {interrupted} were interrupted");
    }
}

#[test]
fn blocks_of_steps_do_not_show() {
    let head = head(7);
    // Longer than one block: there are six series.
    let range = QueryRange::Range { start: Timestamp(0), end: Timestamp(900_000), step: Millis(20) };
    for query in QUERIES {
        let matrix = evaluation(query, range).finish(&head).unwrap().value;
        for at in [0, 436_880, 436_900, 436_920, 899_980].map(Timestamp) {
            let instant = evaluation(query, QueryRange::Instant(at)).finish(&head).unwrap().value;
            assert_eq!(bits(&matrix, Some(at)), bits(&instant, None), "{query} at {}", at.0);
        }
    }
}

#[test]
fn a_query_that_holds_too_much_or_works_too_long_fails() {
    let head = head(1);
    let range = QueryRange::Range { start: Timestamp(0), end: Timestamp(900_000), step: Millis(1000) };
    let expr = syntax::parse("sum(m)", &syntax::Options::default()).unwrap();
    let fails = |options: Options| {
        Evaluation::new(&expr, range, options).unwrap().finish(&head).unwrap_err().to_string()
    };
    assert_eq!(
        fails(Options { max_samples: 100, ..options() }),
        "query processing would load too many samples into memory in query execution"
    );
    assert_eq!(fails(Options { max_work: 100, ..options() }), "query timed out in expression evaluation");
}

#[test]
fn work_on_nothing_and_labels_that_double_end_too() {
    let head = steady();
    let at = QueryRange::Instant(Timestamp(600_000));
    let fails = |query: &str| {
        let expr = syntax::parse(query, &syntax::Options::all()).unwrap();
        let mut evaluation =
            Evaluation::new(&expr, at, Options { max_work: 50_000_000, ..options() }).unwrap();
        let mut slices = 0;
        loop {
            match evaluation.advance(&head, 1_000_000) {
                Ok(Advance::Ready(_)) => panic!("{query} has a value"),
                Ok(_) => slices += 1,
                Err(error) => return (error.to_string(), slices),
            }
        }
    };
    for endless in ["max_over_time((vector(1) > 2)[290y:1ms])", "count_over_time((nope or nope)[290y:1ms])"] {
        let (error, slices) = fails(endless);
        assert_eq!(error, "query timed out in expression evaluation");
        assert!(slices > 10, "{endless}: {slices}");
    }
    let joined =
        (0..30).fold("g".to_owned(), |query, _| format!("label_join({query}, \"b\", \"\", \"b\", \"b\")"));
    assert_eq!(fails(&joined).0, "label_join(): label value longer than 65536 bytes");
    let replaced = (0..30)
        .fold("g".to_owned(), |query, _| format!("label_replace({query}, \"b\", \"$1$1\", \"b\", \"(.*)\")"));
    assert_eq!(fails(&replaced).0, "label_replace(): label value longer than 65536 bytes");
}

#[test]
fn values_that_are_counted_at_each_step_take_little_room() {
    let range = QueryRange::Range { start: Timestamp(0), end: Timestamp(10_999_000), step: Millis(1000) };
    let expr = syntax::parse("count(count_values(\"v\", vector(time())))", &syntax::Options::all()).unwrap();
    // A cell for each of 11,000 values at each of as many steps would be sixty times as many.
    let max_samples = 500_000;
    let evaluation = Evaluation::new(&expr, range, Options { max_samples, ..options() }).unwrap();
    let QueryValue::Matrix(series) = evaluation.finish(&steady()).unwrap().value else { panic!("no matrix") };
    assert!(series[0].points.len() == 11_000 && series[0].points.iter().all(|point| point.value == 1.0));
}

/// Six series without gaps.
fn steady() -> Head {
    let mut head = Head::new();
    for b in 0..6 {
        let id = head.series_id(&Labels::from_pairs([("__name__", "g".to_owned()), ("b", b.to_string())]));
        for sample in 0..60 {
            head.append(id, Timestamp(sample * 15_000), (sample * b) as f64 + 0.1).unwrap();
        }
    }
    head
}

#[test]
fn samples_are_counted_as_prometheus_counts_them() {
    let head = steady();
    let range = QueryRange::Range { start: Timestamp(300_000), end: Timestamp(399_000), step: Millis(1000) };
    let peak = |query: &str| {
        let expr = syntax::parse(query, &syntax::Options::all()).unwrap();
        let is_enough = |max_samples: u64| {
            let evaluation = Evaluation::new(&expr, range, Options { max_samples, ..options() }).unwrap();
            evaluation.finish(&head).is_ok()
        };
        (1..100_000).find(|most| is_enough(*most)).unwrap_or_default()
    };
    // Six series at a hundred steps. Prometheus counts the operands of a step once more: 1206, 1812, 1812, 1307.
    assert_eq!(peak("g"), 600);
    assert_eq!(peak("sum(g)"), 600);
    assert_eq!(peak("-g"), 600);
    assert_eq!(peak("abs(g)"), 1200);
    assert_eq!(peak("g + g"), 1800);
    assert_eq!(peak("g + g + g"), 1800);
    assert_eq!(peak("g + 1"), 1300);
    assert_eq!(peak("sum(g) + sum(g)"), 700);
}

#[test]
fn long_chains_of_operators_need_little_stack() {
    let work = || {
        let head = steady();
        let operators = syntax::MAX_OPERATORS as usize;
        let at = Timestamp(300_000);
        let value = |query: &str| {
            let sum = evaluation(query, QueryRange::Instant(at)).finish(&head).unwrap().value;
            let QueryValue::Vector(elements) = sum else { panic!("no vector") };
            elements[0].value.float()
        };
        let one = value("g{b=\"0\"}").unwrap();
        let chain = |operand: &str| format!("g{{b=\"0\"}}{}", format!(" {operand}").repeat(operators));
        let added = (0..operators).fold(one, |sum, _| sum + one);
        assert_eq!(value(&chain("+ g{b=\"0\"}")), Some(added));
        assert_eq!(value(&chain("+ 1")), Some((0..operators).fold(one, |sum, _| sum + 1.0)));
        // What does not depend on the step begins the chain.
        assert_eq!(value("g{b=\"0\"} @ 300 + 1 + g"), Some(one + 1.0 + one));
        let mut sliced = evaluation(&chain("* 1"), QueryRange::Instant(at));
        while !matches!(sliced.advance(&head, 1).unwrap(), Advance::Ready(_)) {}
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(work).unwrap().join().unwrap();
}
