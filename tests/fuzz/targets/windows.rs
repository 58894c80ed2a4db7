//! The windowed forms of functions over loaded series, against fresh evaluation of each window.

use scrapeyard_core::base::number::is_stale;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::promql::eval::lanes::Lanes;
use scrapeyard_core::promql::eval::steps::Steps;
use scrapeyard_core::promql::eval::window::{Reach, slide};
use scrapeyard_core::promql::functions::{Body, WindowBody, all};
use scrapeyard_core::tsdb::{Head, Samples};

use super::evaluation::scene;

/// Understood: some window had a value.
pub fn windowed_is_fresh(input: &[u8]) -> Result<bool, String> {
    let Some((head, _, _)) = scene(input) else { return Ok(false) };
    let bits = input.iter().fold(3_u64, |hash, byte| hash.wrapping_mul(131).wrapping_add(u64::from(*byte)));
    let newest = head.max_time().map_or(0, |at| at.0).clamp(0, 100_000_000);
    let reach = Reach {
        range: [1, 15_000, 60_000, 300_000, 301_000, newest / 3 + 1, newest + 1, 90_001][(bits & 7) as usize],
        offset: [0, 0, 30_000, -45_000][(bits >> 3 & 3) as usize],
        left_open: bits >> 5 & 1 == 0,
        ..Reach::default()
    };
    let step = [30_000, 60_000, 7_777, newest / 20 + 1][(bits >> 6 & 3) as usize];
    let most = newest.saturating_add(2 * reach.range).min(step * 300);
    let steps = Steps::within(-step, most, step);
    let mut some = false;
    for id in head.select(&[], Timestamp::MIN, Timestamp::MAX) {
        let samples = plain_samples(&head, id);
        for function in all() {
            let Body::Window(body) = &function.body else { continue };
            if body.lane.is_some() {
                some |= same(function.name, body, &samples, reach, &steps)?;
            }
        }
    }
    Ok(some)
}

/// The floats of a series without staleness markers, as range selectors give them.
fn plain_samples(head: &Head, id: scrapeyard_core::tsdb::SeriesId) -> Samples {
    let mut read = Samples::default();
    head.read(id, Timestamp::MIN, Timestamp::MAX, &mut read);
    let kept = |at: &usize| !is_stale(read.values[*at]) && !read.histograms.has(*at);
    let kept: Vec<usize> = (0..read.times.len()).filter(kept).collect();
    let times = kept.iter().map(|at| read.times[*at]).collect();
    let values = kept.iter().map(|at| read.values[*at]).collect();
    Samples { times, values, ..Samples::default() }
}

/// Whether any window had a value; both ways must agree on each.
fn same(
    name: &str,
    body: &WindowBody,
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
) -> Result<bool, String> {
    let Some(windowed) = body.lane else { return Ok(false) };
    let mut lanes = Lanes::default();
    lanes.reset(1, steps.count);
    // Scalar arguments, more than any function takes and others at each step.
    let scalars = [0.1, 0.6]
        .map(|first| -> Vec<f64> { (0..steps.count).map(|step| first + (step % 4) as f64 * 0.09).collect() });
    windowed(samples, reach, steps, &scalars.each_ref().map(Vec::as_slice), &mut lanes.lane_mut(0));
    let mut some = false;
    let mut difference = None;
    slide(samples, reach, steps, |step, window| {
        let arguments = scalars.each_ref().map(|scalar| scalar[step]);
        let fresh = if window.times.is_empty() { None } else { (body.fresh)(window, &arguments) };
        let at_once = lanes.get(0, step);
        some |= fresh.is_some();
        if fresh.map(bits) != at_once.map(bits) {
            difference.get_or_insert_with(|| {
                format!("{name} over {:?}: at once {at_once:?}, fresh {fresh:?}", window.values)
            });
        }
    });
    difference.map_or(Ok(some), Err)
}

/// Which NaN it is depends on the processor.
fn bits(value: f64) -> u64 {
    if value.is_nan() { u64::MAX } else { value.to_bits() }
}
