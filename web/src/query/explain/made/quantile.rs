//! A quantile of a histogram: rank, bucket, interpolation.

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::lab::view::{BucketCount, Interpolation, QuantileCase};
use yew::prelude::{Html, classes, html};

use super::{LISTED, Step};
use crate::texts::{Texts, value_shown};

/// The steps.
pub fn steps(texts: &Texts, made: &Interpolation) -> Vec<Step> {
    let step = |title: &str, equation: String, why: &str| Step {
        title: texts.say(title),
        equation,
        why: texts.say(why),
    };
    let shown = |value: f64| value_shown(value);
    let all = made.buckets.last().map_or(f64::NAN, |bucket| bucket.count);
    let is_from_above = made.native.is_some_and(|native| native.from_above);
    let quantile =
        if is_from_above { format!("(1 − {})", shown(made.quantile)) } else { shown(made.quantile) };
    let rank = format!("{quantile} × {} = {}", shown(all), shown(made.rank));
    let mut steps = vec![step("made-rank", rank, "made-rank-why")];
    let result = shown(made.result);
    let why = match made.case {
        QuantileCase::Inside { lower, upper, below, inside, .. } => {
            steps.push(step(
                "made-bucket",
                format!("({} … {}]", shown(lower), shown(upper)),
                "made-bucket-why",
            ));
            let (from, to) = if is_from_above { (below, made.rank) } else { (made.rank, below) };
            let share = format!("({} − {}) ÷ {}", shown(from), shown(to), shown(inside));
            let (lower, upper) = (shown(lower), shown(upper));
            let equation = if made.native.is_some_and(|native| native.is_exponential) {
                format!("{lower} × ({upper} ÷ {lower}) ^ ({share}) = {result}")
            } else {
                format!("{lower} + ({upper} − {lower}) × {share} = {result}")
            };
            steps.push(step("made-result", equation, "made-inside-why"));
            return steps;
        }
        QuantileCase::NoQuantile => "quantile-none",
        QuantileCase::BelowZero => "quantile-below",
        QuantileCase::AboveOne => "quantile-above",
        QuantileCase::NoInfinity => "quantile-no-infinity",
        QuantileCase::OneBucket => "quantile-one-bucket",
        QuantileCase::NoObservations => "quantile-no-observations",
        QuantileCase::BeyondBounds { .. } => "quantile-beyond",
        QuantileCase::FirstNotPositive { .. } => "quantile-first",
    };
    steps.push(step("made-result", result, why));
    steps
}

/// The buckets, the one with the rank marked.
pub fn buckets(texts: &Texts, made: &Interpolation) -> Html {
    let chosen = match made.case {
        QuantileCase::Inside { bucket, .. } => Some(bucket as usize),
        _ => None,
    };
    let row = |(index, bucket): (usize, &BucketCount)| {
        let raised = bucket.raised_from.map(|from| format!("{} → ", print_plain(from))).unwrap_or_default();
        html! {
            <tr class={classes!((chosen == Some(index)).then_some("out"))}>
                <td>{ format!("≤ {}", print_plain(bucket.bound)) }</td>
                <td class="value">{ format!("{raised}{}", print_plain(bucket.count)) }</td>
            </tr>
        }
    };
    html! {
        <table class="result">
            <caption>{ texts.say("made-buckets") }</caption>
            <tbody>{ for made.buckets.iter().enumerate().take(LISTED * 4).map(row) }</tbody>
        </table>
    }
}
