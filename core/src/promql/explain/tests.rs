//! The numbers of an explanation give the evaluator's value again, bit for bit.

use super::*;
use crate::model::histogram::{Buckets, CUSTOM_BUCKETS_SCHEMA, FloatHistogram};
use crate::model::labels::Labels;
use crate::promql::eval::names::without_metric;
use crate::promql::syntax;

/// Counters with resets, gaps and rounding, a gauge with NaN, and a histogram whose counts sometimes fall.
fn head(seed: u64) -> Head {
    let mut head = Head::new();
    let mut state = seed;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for a in 0..3 {
        for b in 0..4 {
            let labels = [("a", a.to_string()), ("b", b.to_string())];
            let named = |name: &str| {
                let pairs = labels.iter().map(|(name, value)| (*name, value.clone()));
                Labels::from_pairs(pairs.chain([("__name__", name.to_owned())]))
            };
            let counter = head.series_id(&named("c_total"));
            let gauge = head.series_id(&named("g"));
            let mut value = 0.1 * random(1000) as f64;
            for sample in 0..40 {
                let at = Timestamp(sample * 15_000 + random(9_000) as i64);
                value =
                    if random(9) == 0 { 0.1 * random(50) as f64 } else { value + 0.1 * random(90) as f64 };
                if random(5) > 0 {
                    head.append(counter, at, value).unwrap();
                    let odd = [f64::NAN, 1e308, -0.0][random(3) as usize];
                    let measured = if random(12) == 0 { odd } else { 0.3 * random(40) as f64 - 5.0 };
                    head.append(gauge, at, measured).unwrap();
                }
            }
        }
    }
    for a in 0..3 {
        let mut counts = 0.0;
        for (index, bound) in ["-1", "0.1", "0.5", "2.5", "+Inf"].into_iter().enumerate() {
            counts +=
                if index == 0 { 0.0 } else { random(20) as f64 - f64::from(u8::from(random(4) == 0)) * 9.0 };
            let labels = [("__name__", "h_bucket"), ("a", &a.to_string()), ("le", bound)];
            let id = head.series_id(&Labels::from_pairs(labels));
            head.append(id, Timestamp(500_000), f64::max(counts, 0.0)).unwrap();
        }
    }
    head
}

/// The bits of a number; which NaN it is depends on the processor.
fn bits(value: f64) -> u64 {
    if value.is_nan() { u64::MAX } else { value.to_bits() }
}

/// Explains every cell of every node and gives how many were replayed.
fn replay_all(query: &str, seed: u64, at: i64) -> usize {
    replay_over(&head(seed), query, at)
}

fn replay_over(head: &Head, query: &str, at: i64) -> usize {
    let expr = syntax::parse(query, &syntax::Options::all()).unwrap();
    let (at, options) = (Timestamp(at), Options::default());
    let tree = Explainer::new(&expr, at, &options).unwrap().advance(head, u64::MAX).unwrap();
    let mut replayed = 0;
    for (node, report) in tree.nodes.iter().enumerate() {
        let NodeResult::Vector { cells, .. } = &report.result else { continue };
        for cell in cells {
            let made = how_made(head, &expr, (node as u32, &cell.labels), at, &options)
                .unwrap_or_else(|error| panic!("{query} {}: {error:?}", cell.labels));
            assert_eq!(format!("{:?}", made.cell), format!("{cell:?}"), "{query}");
            let said = number_or_count(head, report.span.of(query), cell, report.at).map(bits);
            if let Some(value) = made.replay() {
                assert_eq!(Some(bits(value)), said, "{query} {}: {:?}", cell.labels, made.how);
                replayed += 1;
            }
        }
    }
    replayed
}

/// The number of a cell; of a native histogram its count, which `text` is the expression of.
fn number_or_count(head: &Head, text: &str, cell: &Cell, at: Timestamp) -> Option<f64> {
    if let Some(number) = cell.number() {
        return Some(number);
    }
    let expr = syntax::parse(&format!("histogram_count({text})"), &syntax::Options::all()).unwrap();
    let counts = value_at(head, &expr, at, &Options::default()).unwrap().cells();
    let own = counts.iter().find(|count| count.labels == without_metric(&cell.labels))?;
    own.number()
}

/// Native histograms that grow and begin anew, exponential and custom ones, and counters with known start times.
fn natives(seed: u64) -> Head {
    let mut head = Head::new();
    let mut state = seed;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for a in 0..3 {
        let named = |name: &str| Labels::from_pairs([("__name__", name.to_owned()), ("a", a.to_string())]);
        let [native, custom, started] = ["nh", "nc", "s_total"].map(|name| head.series_id(&named(name)));
        let mut counts = [0.0; 6];
        let (mut value, mut start) = (0.0, 1_000);
        for sample in 0..40 {
            let at = sample * 15_000 + random(9_000) as i64;
            if random(7) == 0 {
                (counts, value, start) = ([0.0; 6], 0.0, at - 5_000);
            }
            counts.iter_mut().for_each(|count| *count += random(9) as f64);
            value += 0.1 * random(90) as f64;
            let buckets = |from: i32| {
                Buckets::from_pairs((from..).zip(&counts[..4]).map(|(index, count)| (index, *count)))
            };
            let inside: f64 = counts[..4].iter().sum();
            let exponential = FloatHistogram {
                schema: 1,
                zero_threshold: 0.01,
                zero_count: counts[4],
                count: inside + counts[4] + counts[5],
                sum: value,
                positive: buckets(-2),
                negative: Buckets::from_pairs([(1, counts[5])]),
                ..FloatHistogram::default()
            };
            let custom_histogram = FloatHistogram {
                schema: CUSTOM_BUCKETS_SCHEMA,
                count: inside,
                sum: value,
                positive: buckets(0),
                custom_bounds: [0.5, 1.0, 2.5].into(),
                ..FloatHistogram::default()
            };
            if random(6) > 0 {
                head.append_histogram(native, Timestamp(at), exponential).unwrap();
                head.append_histogram(custom, Timestamp(at), custom_histogram).unwrap();
                head.append(started, Timestamp(at), value).unwrap();
                head.set_newest_start(started, Timestamp(start));
            }
        }
    }
    head
}

#[test]
fn native_histograms_and_start_times_replay_to_the_same_float() {
    let queries = [
        "increase(nh[2m])",
        "rate(nc[3m])",
        "delta(nh[95s])",
        "rate(nh[40s] offset 20s)",
        "rate(s_total[2m])",
        "increase(s_total[40s])",
        "histogram_quantile(0.1, nh)",
        "histogram_quantile(0.5, nh)",
        "histogram_quantile(0.97, rate(nh[3m]))",
        "histogram_quantile(0.3, nc)",
        "histogram_quantile(0.9, rate(nc[3m]))",
        "histogram_quantile(1, nh)",
    ];
    for query in queries {
        let replays = (0..8).map(|seed| replay_over(&natives(seed), query, 200_000 + 37_001 * seed as i64));
        let replayed: usize = replays.sum();
        assert!(replayed > 12, "{query}: only {replayed}");
    }
    // Some counter started within its window, and some start time told a reset.
    let starts = (0..8).filter(|seed| {
        let expr = syntax::parse("increase(s_total[2m])", &syntax::Options::all()).unwrap();
        let labels = Labels::from_pairs([("a", "0")]);
        let at = Timestamp(200_000 + 37_001 * *seed as i64);
        let made = how_made(&natives(*seed), &expr, (0, &labels), at, &Options::default());
        matches!(made.map(|made| made.how), Ok(How::Change(change)) if change.started.is_some())
    });
    assert!(starts.count() > 0);
}

#[test]
fn what_is_explained_in_one_go_has_a_budget() {
    let head = natives(1);
    // Each level looks at thousands of windows of thousands of samples.
    let text = (0..4).fold("sum_over_time(s_total[1h:1s])".to_owned(), |inner, _| {
        format!("sum_over_time({inner}[2h:1s])")
    });
    let expr = syntax::parse(&text, &syntax::Options::all()).unwrap();
    let (at, options) = (Timestamp(4_000_000), Options::default());
    let labels = Labels::from_pairs([("a", "0")]);
    let made = how_made(&head, &expr, (0, &labels), at, &options);
    assert!(matches!(made, Err(NotMade::Failed(error)) if error.to_string().contains("timed out")));
    let found = doctor::findings(&head, &expr, at, &options);
    assert!(found.unwrap_err().to_string().contains("timed out"));
}

#[test]
fn changes_replay_to_the_same_float() {
    let queries = [
        "rate(c_total[2m])",
        "increase(c_total[95s])",
        "delta(g[3m])",
        "rate(c_total[1m] offset 40s)",
        "increase(c_total[2m] @ 300)",
        "delta(g[40s])",
        "rate(sum by (a) (c_total)[4m:20s])",
    ];
    for query in queries {
        let replayed: usize =
            (0..8).map(|seed| replay_all(query, seed, 200_000 + 37_001 * seed as i64)).sum();
        assert!(replayed > 20, "{query}: only {replayed}");
    }
}

#[test]
fn quantiles_of_histograms_replay_to_the_same_float() {
    for quantile in ["0", "0.01", "0.5", "0.9", "0.99", "1", "1.5", "-0.1", "NaN"] {
        let query = format!("histogram_quantile({quantile}, h_bucket)");
        let replayed: usize = (0..8).map(|seed| replay_all(&query, seed, 510_000)).sum();
        assert_eq!(replayed, 8 * (3 + 15), "{query}");
    }
}

#[test]
fn every_aggregation_replays_to_the_same_float() {
    for (op, name) in syntax::operator::AGGREGATORS {
        for (grouping, of) in
            [("", "g"), ("by (a)", "g"), ("without (b)", "rate(c_total[2m])"), ("by (b)", "g * 1e3")]
        {
            let parameter = match *name {
                "count_values" => "\"v\", ",
                "quantile" => "0.37, ",
                "limit_ratio" => "0.5, ",
                _ if op.takes_parameter() => "2, ",
                _ => "",
            };
            let query = format!("{name} {grouping} ({parameter}{of})");
            let replayed: usize =
                (0..6).map(|seed| replay_all(&query, seed, 250_000 + 20_000 * seed as i64)).sum();
            assert!(replayed > 60, "{query}: only {replayed}");
        }
    }
}

fn tree_of(query: &str) -> Tree {
    let expr = syntax::parse(query, &syntax::Options::all()).unwrap();
    let mut explainer = Explainer::new(&expr, Timestamp(510_000), &Options::default()).unwrap();
    let head = head(1);
    // In slices, as the worker does.
    (0..10_000).find_map(|_| explainer.advance(&head, 10)).expect("it comes to an end")
}

#[test]
fn the_tree_has_every_node_with_counts() {
    let tree = tree_of("sum by (a) (rate(c_total[2m])) > 1e9");
    let kinds: Vec<NodeKind> = tree.nodes.iter().map(|node| node.kind).collect();
    use NodeKind::{Aggregation, Binary, Call, Literal, Window};
    assert_eq!(kinds, [Binary, Aggregation, Call, Window, Literal]);
    assert_eq!(
        tree.nodes.iter().map(|node| node.parent).collect::<Vec<_>>(),
        [None, Some(0), Some(1), Some(2), Some(0)]
    );
    assert!(matches!(tree.nodes[0].result, NodeResult::Vector { count: 0, .. }));
    assert!(matches!(tree.nodes[1].result, NodeResult::Vector { count: 3, .. }));
    assert!(matches!(tree.nodes[3].result, NodeResult::Windows { count: 12, .. }));
    assert_eq!(tree.nodes[3].labels.iter().map(|label| label.values).collect::<Vec<_>>(), [1, 3, 4]);
}

#[test]
fn match_groups_say_why_a_pair_fails() {
    let outcomes = |query: &str| -> Vec<MatchOutcome> {
        tree_of(query).nodes[0].groups.iter().map(|group| group.outcome).collect()
    };
    assert_eq!(outcomes("g{a=\"0\"} * on(a) c_total")[0], MatchOutcome::ManyOnRight);
    assert_eq!(
        outcomes("g{a=\"0\"} * on(a) group_left c_total{b=\"1\"}"),
        [MatchOutcome::NoLeft, MatchOutcome::NoLeft, MatchOutcome::Matched]
    );
    assert_eq!(outcomes("g{b=\"0\"} * c_total{b=\"1\"}").len(), 6);
    assert_eq!(outcomes("count(g) > count(g) + 1"), [MatchOutcome::Filtered]);
    assert!(matches!(tree_of("g * on(a) c_total").nodes[0].result, NodeResult::Failed { .. }));
}
