//! The numbers of an explanation give the evaluator's value again, bit for bit.

use super::*;
use crate::model::labels::Labels;
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
    let head = head(seed);
    let expr = syntax::parse(query, &syntax::Options::all()).unwrap();
    let (at, options) = (Timestamp(at), Options::default());
    let tree = Explainer::new(&expr, at, &options).unwrap().advance(&head, u64::MAX).unwrap();
    let mut replayed = 0;
    for (node, report) in tree.nodes.iter().enumerate() {
        let NodeResult::Vector { cells, .. } = &report.result else { continue };
        for cell in cells {
            let made = how_made(&head, &expr, (node as u32, &cell.labels), at, &options)
                .unwrap_or_else(|error| panic!("{query} {}: {error:?}", cell.labels));
            let said = made.cell.number().map(bits);
            assert_eq!(said, cell.number().map(bits), "{query} {}", cell.labels);
            if let Some(value) = made.replay() {
                assert_eq!(Some(bits(value)), said, "{query} {}: {:?}", cell.labels, made.how);
                replayed += 1;
            }
        }
    }
    replayed
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
