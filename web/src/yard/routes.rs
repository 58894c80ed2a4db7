//! Which way a lane takes between two cards: at most one bend pair, never through a card. Draws nothing.

use super::geometry::{Rect, Spot};

/// Room left between a lane's end and the card, for the arrow's head.
const HEAD: f64 = 3.0;
/// How far above the cards the first lane runs that goes over others.
const OVER: f64 = 30.0;
/// The distance between two lanes that run beside each other.
const APART: f64 = 14.0;

/// The way of a request. `over` counts the lanes that already run above the row; `cards` are all cards of the row;
/// `taken` says where scrapes come up to them.
pub fn request(from: &Rect, to: &Rect, cards: &[Rect], over: usize, taken: &[f64]) -> Vec<Spot> {
    if !from.is_beside(to) {
        return down(from, to, taken);
    }
    let (left, right) = if from.x < to.x { (from, to) } else { (to, from) };
    let in_between = cards
        .iter()
        .any(|card| card.x > left.x && card.right() < right.right() && card != to && card != from);
    if in_between {
        let above =
            cards.iter().fold(from.y.min(to.y), |top, card| top.min(card.y)) - OVER - over as f64 * APART;
        return vec![
            (from.middle(), from.y),
            (from.middle(), above),
            (to.middle(), above),
            (to.middle(), to.y - HEAD),
        ];
    }
    let level = from.y.max(to.y) + (from.bottom().min(to.bottom()) - from.y.max(to.y)) / 2.0;
    if from.x < to.x {
        vec![(from.right(), level), (to.x - HEAD, level)]
    } else {
        vec![(from.x, level), (to.right() + HEAD, level)]
    }
}

/// From a card down to one of the row below, as far as there is room beside the scrapes that come up.
fn down(from: &Rect, to: &Rect, taken: &[f64]) -> Vec<Spot> {
    let shared = (from.x.max(to.x), from.right().min(to.right()));
    if shared.1 - shared.0 > 24.0 {
        let step = (shared.1 - shared.0 - 24.0) / 16.0;
        let free = |x: f64| taken.iter().map(|other| (other - x).abs()).fold(2.0 * APART, f64::min);
        let places = (0..=16).map(|place| shared.1 - 12.0 - f64::from(place) * step);
        let x =
            places.reduce(|best, x| if free(x) > free(best) { x } else { best }).unwrap_or(shared.1 - 12.0);
        return vec![(x, from.bottom()), (x, to.y - HEAD)];
    }
    let level = to.y - (to.y - from.bottom()).abs() / 4.0;
    vec![
        (from.middle(), from.bottom()),
        (from.middle(), level),
        (to.middle(), level),
        (to.middle(), to.y - HEAD),
    ]
}

/// The ways of a Prometheus's scrapes, from its card to the given ends: the place along the lower edge of a card above,
/// or a card beside it.
pub fn scrapes(from: &Rect, ends: &[End]) -> Vec<Vec<Spot>> {
    let reach = |end: &End| end.x >= from.x + 14.0 && end.x <= from.right() - 14.0;
    let side = |end: &End| if end.x < from.middle() { Side::Left } else { Side::Right };
    let ways = ends.iter().enumerate().map(|(index, end)| {
        if end.card.is_beside(from) {
            let level = from.center().clamp(end.card.y + 8.0, end.card.bottom() - 8.0);
            return if end.card.x < from.x {
                vec![(from.x, level), (end.card.right() + HEAD, level)]
            } else {
                vec![(from.right(), level), (end.card.x - HEAD, level)]
            };
        }
        let foot = end.card.bottom() + HEAD;
        if reach(end) {
            return vec![(end.x, from.y), (end.x, foot)];
        }
        // Of the lanes to one side the one that goes farthest starts nearest to the corner and runs lowest.
        let own = side(end);
        let farther = ends
            .iter()
            .enumerate()
            .filter(|(other, there)| {
                let same = !there.card.is_beside(from) && !reach(there) && side(there) == own;
                let distance = |end: &End| (end.x - from.middle()).abs();
                same && (distance(there), *other) > (distance(end), index)
            })
            .count() as f64;
        let port = match own {
            Side::Left => from.x + 14.0 + farther * APART,
            Side::Right => from.right() - 14.0 - farther * APART,
        };
        let middle = (from.y + end.card.bottom()) / 2.0;
        let level = middle - farther * APART;
        vec![(port, from.y), (port, level), (end.x, level), (end.x, foot)]
    });
    ways.collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Where a scrape ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The card that is reached.
    pub card: Rect,
    /// Where along its lower edge.
    pub x: f64,
}

/// The outline of a network: around the row of cards, with a bay for the Prometheus below.
pub fn network(row: &Rect, hub: Option<&Rect>) -> Vec<Spot> {
    const SIDE: f64 = 12.0;
    const ABOVE: f64 = 54.0;
    let (left, right, top) = (row.x - SIDE, row.right() + SIDE, row.y - ABOVE);
    let Some(hub) = hub else {
        let bottom = row.bottom() + SIDE;
        return vec![(left, top), (right, top), (right, bottom), (left, bottom)];
    };
    let bottom = hub.y - 22.0;
    let (inner_left, inner_right, foot) = (hub.x - 20.0, hub.right() + 20.0, hub.bottom() + SIDE);
    if inner_left <= left || inner_right >= right {
        let (left, right) = (left.min(inner_left), right.max(inner_right));
        return vec![(left, top), (right, top), (right, foot), (left, foot)];
    }
    vec![
        (left, top),
        (right, top),
        (right, bottom),
        (inner_right, bottom),
        (inner_right, foot),
        (inner_left, foot),
        (inner_left, bottom),
        (left, bottom),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(x: f64, y: f64) -> Rect {
        Rect { x, y, width: 200.0, height: 180.0 }
    }

    #[test]
    fn a_neighbour_is_reached_straight_and_a_farther_card_over_the_one_between() {
        let cards = [card(0.0, 60.0), card(260.0, 60.0), card(520.0, 60.0)];
        let straight = request(&cards[0], &cards[1], &cards, 0, &[]);
        assert_eq!(straight.len(), 2);
        assert_eq!(straight[0].1, straight[1].1);
        let over = request(&cards[0], &cards[2], &cards, 0, &[]);
        assert!(over.iter().any(|spot| spot.1 < 60.0));
        assert_eq!(over.last().map(|spot| spot.1), Some(57.0));
    }

    #[test]
    fn a_request_goes_down_beside_the_scrapes_that_come_up() {
        let (from, to) = (card(0.0, 60.0), card(40.0, 400.0));
        for taken in [&[100.0][..], &[60.0, 100.0, 180.0], &[188.0, 120.0], &[]] {
            let way = request(&from, &to, &[from], 0, taken);
            assert!(way.len() == 2 && way[0].0 == way[1].0);
            assert!((40.0..=200.0).contains(&way[0].0));
            assert!(taken.iter().all(|other| (other - way[0].0).abs() > APART), "{taken:?} {way:?}");
        }
    }

    #[test]
    fn scrapes_to_one_side_do_not_cross() {
        let hub = card(300.0, 400.0);
        let ends = [End { card: card(0.0, 60.0), x: 50.0 }, End { card: card(0.0, 60.0), x: 150.0 }];
        let ways = scrapes(&hub, &ends);
        // The farther one starts farther out and runs below the nearer one.
        assert!(ways[0][0].0 < ways[1][0].0);
        assert!(ways[0][1].1 > ways[1][1].1);
    }

    #[test]
    fn what_lies_above_is_reached_straight_up() {
        let hub = card(300.0, 400.0);
        let ways = scrapes(&hub, &[End { card: card(300.0, 60.0), x: 400.0 }]);
        assert_eq!(ways[0], [(400.0, 400.0), (400.0, 243.0)]);
    }
}
