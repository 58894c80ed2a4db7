//! Rectangles and orthogonal paths with rounded corners, in CSS pixels of the floor. Knows no service.

/// A rectangle on the floor.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The middle between left and right.
    pub fn middle(&self) -> f64 {
        self.x + self.width / 2.0
    }

    /// The middle between top and bottom.
    pub fn center(&self) -> f64 {
        self.y + self.height / 2.0
    }

    /// Whether the two stand side by side in one row.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.y < other.bottom() && other.y < self.bottom()
    }

    /// The smallest rectangle that holds both.
    pub fn joined(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, width: right - x, height: bottom - y }
    }
}

/// A point on the floor.
pub type Spot = (f64, f64);

/// The path through `spots` as SVG writes it, its corners rounded by at most `radius`; `closed` joins the ends.
pub fn path(spots: &[Spot], radius: f64, closed: bool) -> String {
    let Some(first) = spots.first() else { return String::new() };
    let count = spots.len();
    let start = if closed { between(*first, spots[1 % count], 0.5) } else { *first };
    let mut text = format!("M{}", spot(start));
    let corners = if closed { 1..=count } else { 1..=count.saturating_sub(2) };
    for index in corners {
        let (before, corner, after) = (spots[index - 1], spots[index % count], spots[(index + 1) % count]);
        let room = (distance(before, corner).min(distance(corner, after)) / 2.0).min(radius);
        let (enter, leave) = (towards(corner, before, room), towards(corner, after, room));
        text.push_str(&format!("L{}Q{} {}", spot(enter), spot(corner), spot(leave)));
    }
    if closed {
        text.push('Z');
    } else if let Some(last) = spots.last() {
        text.push_str(&format!("L{}", spot(*last)));
    }
    text
}

/// The middle of the longest level piece of a path; of the longest piece at all where none is level and long enough.
pub fn resting_place(spots: &[Spot], wanted: f64) -> Spot {
    let pieces = || spots.windows(2).map(|pair| (pair[0], pair[1]));
    let by_length = |left: &(Spot, Spot), right: &(Spot, Spot)| {
        distance(left.0, left.1).total_cmp(&distance(right.0, right.1))
    };
    let level =
        pieces().filter(|(from, to)| from.1 == to.1 && distance(*from, *to) >= wanted).max_by(by_length);
    let (from, to) = level.or_else(|| pieces().max_by(by_length)).unwrap_or_default();
    between(from, to, 0.5)
}

/// The path cut off half way along.
pub fn first_half(spots: &[Spot]) -> Vec<Spot> {
    let total: f64 = spots.windows(2).map(|pair| distance(pair[0], pair[1])).sum();
    let mut left = total / 2.0;
    let mut half: Vec<Spot> = spots.first().copied().into_iter().collect();
    for pair in spots.windows(2) {
        let length = distance(pair[0], pair[1]);
        if length >= left {
            half.push(towards(pair[0], pair[1], left));
            break;
        }
        left -= length;
        half.push(pair[1]);
    }
    half
}

fn distance(from: Spot, to: Spot) -> f64 {
    (to.0 - from.0).abs() + (to.1 - from.1).abs()
}

fn between(from: Spot, to: Spot, share: f64) -> Spot {
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}

fn towards(from: Spot, to: Spot, length: f64) -> Spot {
    let whole = distance(from, to);
    if whole == 0.0 { from } else { between(from, to, length / whole) }
}

fn spot(at: Spot) -> String {
    format!("{:.1} {:.1}", at.0, at.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_by_what_there_is_room_for() {
        let bent = path(&[(0.0, 0.0), (0.0, 100.0), (10.0, 100.0)], 12.0, false);
        assert_eq!(bent, "M0.0 0.0L0.0 95.0Q0.0 100.0 5.0 100.0L10.0 100.0");
        assert!(path(&[(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)], 3.0, true).ends_with('Z'));
        assert_eq!(path(&[], 3.0, false), "");
    }

    #[test]
    fn a_pill_rests_on_the_longest_level_piece() {
        let spots = [(0.0, 0.0), (0.0, 500.0), (100.0, 500.0), (100.0, 600.0)];
        assert_eq!(resting_place(&spots, 40.0), (50.0, 500.0));
        assert_eq!(resting_place(&spots, 400.0), (0.0, 250.0));
    }

    #[test]
    fn half_a_path_is_half_as_long() {
        assert_eq!(
            first_half(&[(0.0, 0.0), (0.0, 10.0), (30.0, 10.0)]),
            [(0.0, 0.0), (0.0, 10.0), (10.0, 10.0)]
        );
    }
}
