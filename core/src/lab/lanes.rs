//! Series over steps as a page takes them: a bitmap of the steps, the values, and buckets that a picture can show.

use super::view::{BucketSpan, PointLanes};
use crate::base::time::Timestamp;
use crate::model::histogram::FloatHistogram;
use crate::promql::eval::SeriesPoints;

/// A page is handed so many buckets at most.
const MOST_BUCKETS: usize = 100_000;
/// From the finest to the coarsest that still tells something: a bucket from a power of sixteen to the next.
const SCHEMAS: [i32; 11] = [8, 7, 6, 5, 4, 3, 2, 1, 0, -1, -2];

/// Points that lie on steps. Histograms are made coarser, all alike, until there are few enough buckets; where even
/// that does not help, none is handed over, since a part would be taken for the whole.
pub(super) fn lanes(
    series: Vec<SeriesPoints>,
    start: Timestamp,
    step_ms: i64,
    steps: usize,
) -> Vec<PointLanes> {
    let schema = fitting_schema(&series);
    let index = |at: Timestamp| ((at - start).0 / step_ms.max(1)) as usize;
    let lane = |series: SeriesPoints| {
        let mut present = vec![0_u64; steps.div_ceil(64)];
        let mut values = Vec::with_capacity(series.points.len());
        for sample in &series.points {
            let index = index(sample.at);
            if let Some(word) = present.get_mut(index / 64) {
                *word |= 1 << (index % 64);
                values.push(sample.value);
            }
        }
        let histograms = schema.map_or_else(Vec::new, |schema| {
            let point = series.histograms.iter();
            point.map(|point| (index(point.at) as u32, buckets(&point.histogram, schema))).collect()
        });
        PointLanes { labels: series.labels, present, values, histograms }
    };
    series.into_iter().map(lane).collect()
}

/// The finest schema in which all histograms have few enough buckets; `None` where none does.
fn fitting_schema(series: &[SeriesPoints]) -> Option<i32> {
    let fits = |schema: &i32| {
        let mut left = MOST_BUCKETS;
        series.iter().flat_map(|series| &series.histograms).all(|point| {
            let count = buckets(&point.histogram, *schema).len();
            left.checked_sub(count).is_some_and(|less| {
                left = less;
                true
            })
        })
    };
    SCHEMAS.into_iter().find(fits)
}

fn buckets(histogram: &FloatHistogram, schema: i32) -> Vec<BucketSpan> {
    let span = |bucket: crate::model::histogram::Bucket| BucketSpan {
        lower: bucket.lower,
        upper: bucket.upper,
        count: bucket.count,
    };
    if histogram.uses_custom_buckets() || histogram.schema <= schema {
        return histogram.all_buckets().map(span).collect();
    }
    histogram.reduced_to(schema).all_buckets().map(span).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::histogram::Buckets;
    use crate::model::labels::Labels;
    use crate::promql::eval::HistogramPoint;

    fn series(points: usize, buckets: i32) -> SeriesPoints {
        let positive = Buckets::from_pairs((0..buckets).map(|index| (index, 1.0)));
        let count = f64::from(buckets);
        let histogram = Arc::new(FloatHistogram { schema: 3, count, positive, ..FloatHistogram::default() });
        let point = |index: usize| HistogramPoint {
            at: Timestamp(index as i64 * 1000),
            histogram: Arc::clone(&histogram),
        };
        let histograms = (0..points).map(point).collect();
        SeriesPoints { labels: Labels::default(), points: Vec::new(), histograms }
    }

    #[test]
    fn many_buckets_are_made_coarser_and_keep_their_sum() {
        let lanes = lanes(vec![series(1000, 160), series(1000, 160)], Timestamp(0), 1000, 1000);
        let all: usize = lanes.iter().flat_map(|lane| &lane.histograms).map(|(_, spans)| spans.len()).sum();
        assert!(all <= MOST_BUCKETS && all > MOST_BUCKETS / 4, "{all}");
        for (_, spans) in &lanes[1].histograms {
            assert_eq!(spans.iter().map(|span| span.count).sum::<f64>(), 160.0);
        }
        assert_eq!(lanes[1].histograms[999].0, 999);
    }

    #[test]
    fn what_is_too_much_in_any_form_is_left_out_whole() {
        let many = (0..200).map(|_| series(600, 1)).collect();
        assert!(lanes(many, Timestamp(0), 1000, 600).iter().all(|lane| lane.histograms.is_empty()));
    }
}
