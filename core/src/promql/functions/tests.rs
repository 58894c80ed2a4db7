//! Properties that hold for every function of a window.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Body, WindowBody, all, find};
use crate::base::number::almost_equal;
use crate::base::span::Span;
use crate::model::histogram::{Buckets, FloatHistogram};
use crate::model::labels::Labels;
use crate::promql::eval::annotation::Annotations;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::value::Value;
use crate::promql::eval::window::{Reach, Window, slide};
use crate::promql::syntax::ast::Extension;
use crate::tsdb::Samples;

/// Calls `body` with each window of a series, as the function named sees it.
fn each(samples: &Samples, reach: Reach, steps: &Steps, mut body: impl FnMut(&Window<'_>, &mut Remarks<'_>)) {
    let mut notes = Annotations::default();
    let labels = Labels::default();
    let mut remarks = Remarks::new(&labels, Span::default(), &mut notes);
    slide(samples, reach, steps, |_, window| {
        if !window.times.is_empty() {
            body(window, &mut remarks);
        }
    });
}

fn window_body(name: &str) -> &'static WindowBody {
    match &find(name).unwrap().body {
        Body::Window(body) => body,
        _ => panic!("{name} is not a function of a window"),
    }
}

/// A histogram all of whose observations are in one bucket.
fn histogram(count: f64) -> Arc<FloatHistogram> {
    let positive = Buckets::from_pairs([(1, count)]);
    Arc::new(FloatHistogram { count, sum: 2.0 * count, positive, ..FloatHistogram::default() })
}

/// The same series as floats and as histograms of that many observations.
fn both(times: Vec<i64>, values: Vec<f64>, starts: Vec<i64>) -> (Samples, Samples) {
    let mut histograms = Samples::default();
    for (time, value) in times.iter().zip(&values) {
        histograms.push_histogram(*time, &histogram(*value));
    }
    histograms.starts.clone_from(&starts);
    let mut floats = Samples::of_floats(times, values);
    floats.starts = starts;
    (floats, histograms)
}

/// The count of a histogram, or a number.
fn count(value: Option<Value>) -> Option<f64> {
    Some(match value? {
        Value::Float(value) => value,
        Value::Histogram(histogram) => histogram.count,
    })
}

fn bits(value: Option<f64>) -> Option<u64> {
    // Which NaN it is depends on the processor.
    value.map(|value| if value.is_nan() { u64::MAX } else { value.to_bits() })
}

/// Whole numbers that mostly rise, as a counter does that is reset now and then.
fn counter() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![5 => 0_u32..9, 1 => Just(u32::MAX)], 1..60).prop_map(|rises| {
        let mut value = 0.0;
        let next = |rise: &u32| {
            value = if *rise == u32::MAX { 0.0 } else { value + f64::from(*rise) };
            value
        };
        rises.iter().map(next).collect()
    })
}

fn times(gaps: &[i64], count: usize) -> Vec<i64> {
    let mut at = 0;
    gaps.iter()
        .take(count)
        .map(|gap| {
            at += gap;
            at
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn windows_of_floats_give_the_same_bits_where_there_are_histograms_elsewhere(
        values in prop::collection::vec(prop_oneof![4 => -50.0..50.0, 1 => Just(f64::NAN), 1 => Just(1e100)], 1..60),
        gaps in prop::collection::vec(1_i64..30, 60),
        range in 1_i64..200,
        step in 1_i64..60,
    ) {
        let times = times(&gaps, values.len());
        let steps = Steps::within(-50, times.last().unwrap() + 50, step);
        let samples = Samples::of_floats(times, values);
        let reach = Reach { range, left_open: true, ..Reach::default() };
        for function in all() {
            let Body::Window(body) = &function.body else { continue };
            let Some(whole) = body.whole else { continue };
            let mut differs = None;
            each(&samples, reach, &steps, |window, remarks| {
                let (fresh, whole) = ((body.fresh)(window, &[]), whole(window, &[], remarks));
                if bits(fresh) != bits(count(whole)) {
                    differs = Some(window.time);
                }
            });
            prop_assert_eq!(differs, None, "{}", function.name);
        }
    }

    #[test]
    fn the_count_of_histograms_goes_the_way_of_a_float(
        values in counter(),
        gaps in prop::collection::vec(1_i64..30, 60),
        starts in prop::option::of(prop::collection::vec(-20_i64..60, 60)),
        range in 1_i64..200,
        step in 1_i64..60,
    ) {
        let times = times(&gaps, values.len());
        let steps = Steps::within(-50, times.last().unwrap() + 50, step);
        let starts = starts.map_or(Vec::new(), |before| {
            times.iter().zip(before).map(|(time, before)| time - before).collect()
        });
        let (floats, histograms) = both(times, values, starts);
        let reach = Reach { range, left_open: true, ..Reach::default() };
        for name in [
            "rate", "increase", "delta", "irate", "idelta", "changes", "resets", "sum_over_time", "avg_over_time",
            "count_over_time", "first_over_time", "last_over_time", "ts_of_first_over_time",
        ] {
            let whole = window_body(name).whole.unwrap();
            let (mut of_floats, mut of_histograms) = (Vec::new(), Vec::new());
            each(&floats, reach, &steps, |window, remarks| of_floats.push(bits(count(whole(window, &[], remarks)))));
            each(&histograms, reach, &steps, |window, remarks| {
                of_histograms.push(bits(count(whole(window, &[], remarks))));
            });
            prop_assert_eq!(of_floats, of_histograms, "{}", name);
        }
    }

    #[test]
    fn so_it_does_in_anchored_and_smoothed_windows(
        values in counter(),
        gaps in prop::collection::vec(1_i64..30, 60),
        range in 1_i64..200,
        step in 1_i64..60,
    ) {
        let times = times(&gaps, values.len());
        let steps = Steps::within(-50, times.last().unwrap() + 50, step);
        let (floats, histograms) = both(times, values, Vec::new());
        for extension in [Extension::Anchored, Extension::Smoothed] {
            let after = if extension == Extension::Smoothed { 100 } else { 0 };
            let reach = Reach { range, before: 100, after, left_open: true, ..Reach::default() };
            for name in ["rate", "increase", "delta"] {
                let extended = window_body(name).extended.unwrap();
                let (mut of_floats, mut of_histograms) = (Vec::new(), Vec::new());
                each(&floats, reach, &steps, |window, remarks| of_floats.push(count(extended(window, extension, remarks))));
                each(&histograms, reach, &steps, |window, remarks| {
                    of_histograms.push(count(extended(window, extension, remarks)));
                });
                for (float, histogram) in of_floats.iter().zip(&of_histograms) {
                    let same = match (float, histogram) {
                        (Some(float), Some(histogram)) => {
                            // The line between two histograms is computed in another order.
                            (float - histogram).abs() < 1e-9 || almost_equal(*float, *histogram, 1e-9)
                        }
                        (float, histogram) => float.is_none() && histogram.is_none(),
                    };
                    prop_assert!(same, "{} {:?}: {:?} and {:?}", name, extension, float, histogram);
                }
            }
        }
    }
}
