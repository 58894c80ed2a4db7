//! What keys do on a chart. Knows no element.

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::plot::{Pointer, nearest_lines};

use super::answered::Zoom;
use super::canvas::Drawn;

/// Nobody looks at less.
const LEAST_WINDOW: Millis = Millis(2000);
/// Nobody has more.
const MOST_WINDOW: Millis = Millis(366 * 24 * 3_600_000);

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wish {
    /// The cursor goes there, or away.
    Point(Option<Pointer>),
    /// Another stretch of time.
    Zoom(Zoom),
}

/// What `key` asks for: arrows go a step, with Shift ten; up and down go to the next series or bucket; Home and End to
/// the ends; + and − show less and more; Esc takes the cursor away. `None` for a key that is somebody else's.
pub fn wish(drawn: &Drawn, pointer: Option<Pointer>, zoomed: bool, key: &str, shift: bool) -> Option<Wish> {
    let (first, step, count) = drawn.lines.steps()?;
    let last = first + Millis(step.0 * i64::from(count - 1));
    let here = pointer.map_or(last, |pointer| pointer.at);
    let y_px = pointer.and_then(|pointer| pointer.y_px);
    let far = Millis(step.0 * if shift { 10 } else { 1 });
    let to = |at: Timestamp| Some(Wish::Point(Some(Pointer { at: at.max(first).min(last), y_px })));
    match key {
        "ArrowLeft" => to(here - far),
        "ArrowRight" => to(here + far),
        "Home" => to(first),
        "End" => to(last),
        "ArrowUp" => {
            beside(drawn, Pointer { at: here, y_px }, true).map(|pointer| Wish::Point(Some(pointer)))
        }
        "ArrowDown" => {
            beside(drawn, Pointer { at: here, y_px }, false).map(|pointer| Wish::Point(Some(pointer)))
        }
        "Escape" if pointer.is_some() => Some(Wish::Point(None)),
        "+" | "=" => {
            let (from, to) = around(drawn, pointer.map(|pointer| pointer.at), 0.5);
            Some(Wish::Zoom(Zoom::To(from, to)))
        }
        "-" | "_" if zoomed => Some(Wish::Zoom(Zoom::Back)),
        "-" | "_" => {
            let (from, to) = around(drawn, None, 2.0);
            Some(Wish::Zoom(Zoom::To(from, to)))
        }
        _ => None,
    }
}

/// The pointer on the next series or bucket above or below; on the uppermost or lowest where it had no height.
fn beside(drawn: &Drawn, pointer: Pointer, upwards: bool) -> Option<Pointer> {
    let frame = &drawn.frame;
    let heights: Vec<f64> = if let Some(heat) = &drawn.lines.heat {
        (0..heat.rows()).map(|row| frame.y_px(row as f64 + 0.5)).collect()
    } else {
        let chart = drawn.chart();
        let point = |index| frame.nearest(&chart, index, pointer.at).map(|point| frame.y_px(point.value));
        nearest_lines(&chart, frame, Pointer { y_px: None, ..pointer })
            .into_iter()
            .filter_map(point)
            .collect()
    };
    let from = pointer.y_px.unwrap_or(if upwards { f64::INFINITY } else { f64::NEG_INFINITY });
    // Half a pixel apart is the same place.
    let next = if upwards {
        heights.into_iter().filter(|y_px| *y_px < from - 0.5).reduce(f64::max)
    } else {
        heights.into_iter().filter(|y_px| *y_px > from + 0.5).reduce(f64::min)
    };
    Some(Pointer { y_px: Some(next.or(pointer.y_px)?), ..pointer })
}

/// `share` times as much time as is shown, around an instant or the middle.
fn around(drawn: &Drawn, at: Option<Timestamp>, share: f64) -> (Timestamp, Timestamp) {
    let time = &drawn.frame.time;
    let middle = at.map_or(0.5, |at| time.share(at).clamp(0.0, 1.0));
    // The instant stays where it is on the screen.
    held(time.at(middle * (1.0 - share)), time.at(middle + (1.0 - middle) * share))
}

/// A stretch of time that is neither too short nor too long to look at.
pub fn held(from: Timestamp, to: Timestamp) -> (Timestamp, Timestamp) {
    let length = (to - from).0.clamp(LEAST_WINDOW.0, MOST_WINDOW.0);
    let middle = from.0 + (to.0 - from.0) / 2;
    (Timestamp(middle - length / 2), Timestamp(middle - length / 2 + length))
}

/// The stretch that is shown when the instants under two fingers have come with them: from level places to level places.
pub fn spread(drawn: &Drawn, from: (f64, f64), to: (f64, f64)) -> (Timestamp, Timestamp) {
    /// Fingers closer than this only push.
    const LEAST_APART_PX: f64 = 24.0;
    let frame = &drawn.frame;
    let width_px = frame.right_px - frame.left_px;
    let share = |x_px: f64| (x_px - frame.left_px) / width_px;
    let ((one, other), (one_now, other_now)) = (sorted(from), sorted(to));
    let grown = if other - one < LEAST_APART_PX || other_now - one_now < LEAST_APART_PX {
        1.0
    } else {
        (other_now - one_now) / (other - one)
    };
    let (middle, middle_now) = (share((one + other) / 2.0), share((one_now + other_now) / 2.0));
    let left = middle - middle_now / grown;
    held(frame.time.at(left), frame.time.at(left + 1.0 / grown))
}

fn sorted((one, other): (f64, f64)) -> (f64, f64) {
    if one <= other { (one, other) } else { (other, one) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_never_too_short() {
        assert_eq!(held(Timestamp(10_000), Timestamp(10_010)), (Timestamp(9_005), Timestamp(11_005)));
        assert_eq!(held(Timestamp(0), Timestamp(60_000)), (Timestamp(0), Timestamp(60_000)));
    }
}
