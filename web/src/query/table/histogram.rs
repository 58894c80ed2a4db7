//! A native histogram to be read: how many observations and their sum, and its buckets as bars.

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::lab::view::{BucketView, HistogramView};
use yew::prelude::{Html, html};

use crate::texts::{Texts, value_shown};

/// Buckets that are drawn; the number of the others is said.
const SHOWN: usize = 40;
/// The length of the longest bar.
const BAR: f64 = 100.0;

/// The histogram: a line, and its buckets when it is opened.
pub fn histogram(texts: &Texts, histogram: &HistogramView) -> Html {
    let most = histogram.buckets.iter().map(|bucket| bucket.count.abs()).fold(0.0, f64::max);
    let row = |bucket: &BucketView| {
        let length = if most > 0.0 { bucket.count.abs() / most * BAR } else { 0.0 };
        html! {
            <tr>
                <td>{ bounds(bucket) }</td>
                <td><svg class="bucket-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={format!("{length:.1}")} height="8" />
                </svg></td>
                <td>{ value_shown(bucket.count) }</td>
            </tr>
        }
    };
    let rest = (histogram.bucket_count as usize).saturating_sub(SHOWN.min(histogram.buckets.len()));
    let (count, sum) = (value_shown(histogram.count), value_shown(histogram.sum));
    html! {
        <details class="histogram" data-testid="result-histogram">
            <summary>{ texts.with("histogram-line", &[("count", (&count).into()), ("sum", (&sum).into())]) }</summary>
            <table>
                <caption class="vh">{ texts.say("histogram-buckets") }</caption>
                <tbody>{ for histogram.buckets.iter().take(SHOWN).map(row) }</tbody>
            </table>
            if rest > 0 { <p class="mid">{ texts.with("explain-more", &[("count", rest.into())]) }</p> }
            <code>{ &histogram.text }</code>
        </details>
    }
}

/// `(0.5, 1]`: a round bracket leaves its bound out.
fn bounds(bucket: &BucketView) -> String {
    let open = if bucket.holds_lower { '[' } else { '(' };
    let close = if bucket.holds_upper { ']' } else { ')' };
    format!("{open}{}, {}{close}", print_plain(bucket.lower), print_plain(bucket.upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_bracket_leaves_its_bound_out() {
        let bucket = BucketView { lower: 0.5, upper: 1.0, holds_lower: false, holds_upper: true, count: 2.0 };
        assert_eq!(bounds(&bucket), "(0.5, 1]");
    }
}
