//! Thins a stretch of points to what a column of pixels can show: first, least, greatest and last of each. Draws nothing.

use super::line::Point;

/// The points that matter when `points` are drawn over columns of `column` each; `place` gives a point's place along
/// the level axis in the same measure. Few points are given back as they are. The order is kept, and so are both ends
/// and the extremes of every column, hence the picture.
pub fn thinned(points: &[Point], column: f64, place: impl Fn(&Point) -> f64) -> Vec<Point> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let columns = (place(last) - place(first)) / column;
    if points.len() as f64 <= columns * 2.0 || points.len() < 8 {
        return points.to_vec();
    }
    let mut kept = Vec::new();
    let mut from = 0;
    while from < points.len() {
        let current = libm::floor(place(&points[from]) / column);
        let until = points[from..]
            .iter()
            .position(|point| libm::floor(place(point) / column) != current)
            .map_or(points.len(), |length| from + length);
        keep_column(&points[from..until], &mut kept);
        from = until;
    }
    kept
}

fn keep_column(column: &[Point], kept: &mut Vec<Point>) {
    let by_value = |left: &(usize, &Point), right: &(usize, &Point)| left.1.value.total_cmp(&right.1.value);
    let least = column.iter().enumerate().min_by(by_value).map_or(0, |(index, _)| index);
    let greatest = column.iter().enumerate().max_by(by_value).map_or(0, |(index, _)| index);
    let mut indices = [0, least, greatest, column.len().saturating_sub(1)];
    indices.sort();
    for (position, index) in indices.into_iter().enumerate() {
        if position == 0 || indices[position - 1] != index {
            kept.push(column[index]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Timestamp;

    fn points(count: i64, value: impl Fn(i64) -> f64) -> Vec<Point> {
        (0..count).map(|at| Point { at: Timestamp(at), value: value(at) }).collect()
    }

    #[test]
    fn a_single_peak_among_a_hundred_thousand_survives() {
        let all = points(100_000, |at| if at == 54_321 { 9.0 } else { (at % 7) as f64 / 10.0 });
        let kept = thinned(&all, 100.0, |point| point.at.0 as f64);
        assert!(kept.len() <= 4000, "{}", kept.len());
        assert!(kept.iter().any(|point| point.value == 9.0 && point.at.0 == 54_321));
        assert!(kept.is_sorted_by_key(|point| point.at));
        assert_eq!((kept.first(), kept.last()), (all.first(), all.last()));
    }

    #[test]
    fn each_column_keeps_its_extremes() {
        let all = points(1000, |at| ((at * 7919) % 1000) as f64);
        let kept = thinned(&all, 50.0, |point| point.at.0 as f64);
        for column in 0..20 {
            let extent = |points: &[Point]| {
                let inside = points.iter().filter(|point| point.at.0 / 50 == column).map(|point| point.value);
                inside.fold((f64::MAX, f64::MIN), |(least, greatest), value| {
                    (value.min(least), value.max(greatest))
                })
            };
            assert_eq!(extent(&kept), extent(&all));
        }
    }

    #[test]
    fn few_points_stay_as_they_are() {
        let all = points(40, |at| at as f64);
        assert_eq!(thinned(&all, 1.0, |point| point.at.0 as f64 * 10.0), all);
        assert!(thinned(&[], 1.0, |point| point.at.0 as f64).is_empty());
    }
}
